"""The machine door itself: tokens, refusals as problem+json, and the four things a partner may do."""

from __future__ import annotations

import functools
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Header, NinjaAPI, Path, Query, Status, UploadedFile
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from pydantic import StringConstraints

from lipei.api import problems
from lipei.api.schemas import ClaimDetail, ClaimPage, PageIn, PaperIn, PaperOut, Problem, ReportIn, ReportOut
from lipei.documents.contents import BYTES_MAX
from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.intake.commands import PartnerReport, add_paper_by_partner, report_by_partner
from lipei.intake.reported import ReportedClaim, claims_reported, papers_missing, reported_claim
from lipei.staff.commands import digest_of
from lipei.staff.queries import partner_of
from lipei.terms.money import machine
from lipei.terms.words import Words

REFUSALS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 413: Problem, 422: Problem}
TOKEN_CHARACTERS_MAX = 200
Number = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,8}-[0-9]{4}-[0-9]{1,9}$", max_length=24)]
KeyHeader = Annotated[str, Header(alias="Idempotency-Key", description="8 to 80 visible ASCII characters; repeat the same key when you repeat the call", pattern=r"^[\x21-\x7e]{8,80}$")]


class PartnerToken(HttpBearer):
    """`Authorization: Bearer <token>`; the token's digest names the partner."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The partner, or None."""
        return partner_of(digest_of(token)) if len(token) <= TOKEN_CHARACTERS_MAX else None


def with_token(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description, too, is for partners only."""

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or PartnerToken().authenticate(request, token) is None:
            return problems.problem("no_token", problems.NO_TOKEN)
        return view(request, *args, **kwargs)

    return opened


class Door(NinjaAPI):
    """The door, whose description says that refusals come as problem+json."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """The OpenAPI description of every call."""
        schema = super().get_openapi_schema(*args, **kwargs)
        answers = [a for verbs in schema["paths"].values() for call in verbs.values() for code, a in call["responses"].items() if int(code) >= 400]
        for answer in answers:
            answer["content"] = {problems.CONTENT_TYPE: next(iter(answer["content"].values()))}
        return schema


api = Door(
    title="Lipei 理赔", version="1", urls_namespace="api", docs_url=None, docs_decorator=with_token, auth=PartnerToken(),
    description="Report claims, add papers, read their state. Amounts are strings in yuan such as \"26320.33\". Every write needs an Idempotency-Key. "
    "报案、交材料、查进度。金额是字符串，单位元。每次写入都要带 Idempotency-Key。",
)


def _partner(request: HttpRequest, verb: str) -> Actor:
    actor: Actor = request.auth  # type: ignore[attr-defined]
    if verb not in actor.verbs:
        raise Refused("not_permitted", problems.NOT_YOURS)
    return actor


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return problems.of_refused(request, refused)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    return problems.of_validation(request, fault.errors)


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    return problems.problem("no_token", problems.NO_TOKEN)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, fault: HttpError) -> HttpResponse:
    return problems.problem("unreadable", problems.UNREADABLE)


@api.post("/claims", response={201: ReportOut, **REFUSALS}, operation_id="report_claim", summary="报案 / Report a loss")
def report(request: HttpRequest, report: ReportIn, key: KeyHeader) -> Status[dict[str, Any]]:
    """Opens a draft claim under a policy. Identity, papers and every later step are for the people of the house; nothing is skipped from here."""
    by = _partner(request, "api.report")
    digest = hashlib.sha256(report.model_dump_json().encode("utf-8", "surrogatepass")).hexdigest()
    told = PartnerReport(
        policy_number=report.policy_number, insured_identity=report.insured_identity, reporter_name=report.reporter_name,
        reporter_phone=report.reporter_phone, account=report.account, facts=report.facts,
    )
    return Status(201, report_by_partner(told, key=key, digest=digest, by=by))


@api.get("/claims", response={200: ClaimPage, **REFUSALS}, operation_id="list_claims", summary="案件列表 / List claims")
def list_claims(
    request: HttpRequest, page: Query[PageIn],
) -> dict[str, Any]:
    """The claims this partner reported, newest first, a page at a time."""
    by = _partner(request, "api.read")
    found = claims_reported(actor=by, before=_before(page.after), most=page.limit)
    return {"claims": [_claim(c) for c in found], "next": _cursor(found[-1].id) if len(found) == page.limit else ""}


@api.get("/claims/{number}", response={200: ClaimDetail, **REFUSALS}, operation_id="read_claim", summary="查进度 / Read a claim")
def read_claim(request: HttpRequest, number: Annotated[Number, Path()]) -> dict[str, Any]:
    """One claim's state, with every required paper that has not come yet."""
    by = _partner(request, "api.read")
    claim = reported_claim(number, actor=by)
    missing = [{"kind": p.kind, "label": p.label.as_dict(), "shows": p.shows.as_dict()} for p in papers_missing(number, actor=by)]
    return {**_claim(claim), "papers_missing": missing}


@api.post("/claims/{number}/documents", response={201: PaperOut, **REFUSALS}, operation_id="add_document", summary="交材料 / Add a paper")
def add_document(
    request: HttpRequest, number: Annotated[Number, Path()], key: KeyHeader, paper: Form[PaperIn], content: Annotated[UploadedFile, File()],
) -> Status[dict[str, Any]]:
    """A PDF, JPEG or PNG up to 10 MB. A colleague examines it like any other paper."""
    by = _partner(request, "api.document")
    if (content.size or 0) > BYTES_MAX:
        raise Refused("too_large", Words("文件超过 10 MB", "The file is above 10 MB"))
    raw = content.read()
    digest = hashlib.sha256(b"\x1f".join([number.encode(), paper.model_dump_json().encode(), raw])).hexdigest()
    return Status(201, add_paper_by_partner(number, kind=paper.kind, title=paper.title, pages=paper.pages, content=raw, key=key, digest=digest, by=by))


def _claim(claim: ReportedClaim) -> dict[str, Any]:
    return {
        "number": claim.number, "policy_number": claim.policy_number, "stage": claim.stage, "stage_word": claim.stage_word.as_dict(), "turn": claim.turn,
        "subject": claim.subject.as_dict(), "reported_at": claim.reported_at, "requested_at": claim.requested_at, "claimed": machine(claim.claimed),
        "owed": machine(claim.owed) if claim.owed is not None else None, "closing": claim.closing, "closing_word": problems.said(claim.closing_word),
    }


def _cursor(claim_id: int) -> str:
    return urlsafe_b64encode(str(claim_id).encode()).decode().rstrip("=")


def _before(after: str) -> int | None:
    if not after:
        return None
    try:
        text = urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode("ascii")
        if not text.isdigit() or len(text) > 18:
            raise ValueError(text)
        return int(text)
    except (ValueError, UnicodeDecodeError) as fault:
        what = Words("after 不是上一页给的值", "`after` is not a value that a page gave")
        raise Refused("bad_input", what) from fault
