"""A refusal as problem+json (RFC 9457), in both languages, with everything that is missing at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from lipei.filing.refusal import Refused
from lipei.terms.words import Words

STATUS = {"not_permitted": 403, "own_work": 403, "not_found": 404, "conflict": 409, "too_large": 413, "no_token": 401, "unreadable": 400}
CONTENT_TYPE = "application/problem+json"
UNREADABLE = Words("内容读不出来，或缺少必需的字段", "The body cannot be read, or lacks a required field")
NO_TOKEN = Words("缺少令牌，或令牌无效", "The token is missing or not valid")
NOT_YOURS = Words("这枚令牌不能做这件事", "This token does not allow this")


def said(words: Words | None) -> dict[str, str] | None:
    """Words as `{"zh": …, "en": …}`."""
    return words.as_dict() if words is not None else None


def problem(code: str, title: Words, *, detail: Words | None = None, do: Words | None = None, missing: Sequence[dict[str, Any]] = ()) -> HttpResponse:
    """A problem+json answer; `type` names the kind of refusal and is stable."""
    status = STATUS.get(code, 422)
    body = {
        "type": f"urn:lipei:problem:{code}", "title": title.en, "title_zh": title.zh, "status": status, "code": code,
        "detail": said(detail), "do": said(do), "missing": list(missing),
    }
    answer = JsonResponse(body, status=status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="lipei"'
    return answer


def of_refused(request: HttpRequest, refused: Exception) -> HttpResponse:
    """The answer to a `Refused`."""
    assert isinstance(refused, Refused)
    missing = [{"what": said(m.what), "why": said(m.why), "do": said(m.do), "field": m.field or None} for m in refused.missing]
    return problem(refused.code, refused.what, detail=refused.why, do=refused.do, missing=missing)


def of_validation(request: HttpRequest, errors: Sequence[dict[str, Any]]) -> HttpResponse:
    """The answer to a body or parameter of the wrong shape: each fault with its field; what was sent is not repeated."""
    missing = [
        {"what": {"zh": f"{field}：不合要求（{fault['type']}）", "en": f"{field}: {fault['msg']}"}, "why": None, "do": None, "field": field}
        for fault in errors
        for field in [".".join(str(part) for part in fault["loc"][1:] if part != "report")[:80]]
    ]
    return problem("bad_input", UNREADABLE, missing=missing)
