"""Coaching pages: a talk is pasted or chosen as a file, its scorecard shown to the clerk; kept and shared only if the clerk wishes."""

from __future__ import annotations

import uuid as ids
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lipei.communication.coaching import scorecard_of, scorecards_of, scored
from lipei.communication.commands import keep_scorecard, share_scorecard
from lipei.filing.refusal import Missing, Refused
from lipei.terms.words import Words
from lipei.workbench.arriving import actor_in, typed
from lipei.workbench.refusing import STATUS, panel

FILE_BYTES_MAX = 500_000
ENCODINGS = ("utf-8-sig", "gb18030")
READINGS = {"zh": "zh-hans", "en": "en"}
EXAMPLE = Words(
    "00:00-00:06 柜员：您好，我是冉晴，请坐。\n00:07-00:20 客户：我想问问住院的事。",
    "00:00-00:06 Clerk: Good morning, my name is Ada Finch.\n00:07-00:20 Customer: I would like to ask about a hospital stay.",
)


@require_http_methods(["GET", "POST"])
def coaching(request: HttpRequest) -> HttpResponse:
    """My talks: one to be looked at, those I kept, and for a supervisor those that were shared."""
    if request.method == "GET":
        return _page(request)
    try:
        text = _text(request)
        return _page(request, values={**typed(request, "about"), "text": text}, card=scored(text))
    except Refused as refused:
        return _page(request, values=typed(request, "about", "text"), refused=refused)


def _text(request: HttpRequest) -> str:
    """What was pasted; or the file, when one was chosen."""
    given = request.FILES.get("file")
    if given is None:
        return request.POST.get("text", "")
    what = Words("这段对话还读不了", "This talk cannot be read yet")
    if (given.size or 0) > FILE_BYTES_MAX:
        raise Refused("bad_input", what, missing=(Missing(Words(f"文件大于 {FILE_BYTES_MAX // 1000} KB", f"The file is larger than {FILE_BYTES_MAX // 1000} kB"), field="file"),))
    content = given.read()
    for encoding in ENCODINGS:
        try:
            return str(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Refused("bad_input", what, missing=(Missing(Words("这不是文本文件", "This is no text file"), field="file", do=Words("请存成 .txt 再选。", "Save it as .txt and choose it again.")),))


def _page(request: HttpRequest, *, values: dict[str, str] | None = None, card: Any = None, refused: Refused | None = None) -> HttpResponse:
    actor = actor_in(request)
    seen = scorecards_of(actor)
    context = {
        "values": values or {}, "card": card, "example": EXAMPLE, "may_keep": "coaching.keep" in actor.verbs, "is_supervisor": actor.has("supervisor"),
        "mine": [one for one in seen if one.is_mine], "shared": [one for one in seen if not one.is_mine],
        "refused": panel(refused) if refused else None,
        "faults": {missing.field: missing.what for missing in refused.missing if missing.field} if refused else {},
    }
    return render(request, "workbench/communication/coaching.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the scorecard of the talk that was just looked at."""
    values = typed(request, "about", "text")
    try:
        uuid = keep_scorecard(text=values["text"], about=values["about"], by=actor_in(request))
    except Refused as refused:
        return _page(request, values=values, refused=refused)
    messages.success(request, _("The scorecard is kept; only you see it."))
    return redirect("coaching_card", uuid)


@require_GET
def card(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """One scorecard; `?reading=en` shows it in the other language, to be printed."""
    seen = scorecard_of(uuid, actor=actor_in(request))
    reading = READINGS.get(request.GET.get("reading", ""))
    with translation.override(reading or translation.get_language()):
        return render(request, "workbench/communication/scorecard.html", {"seen": seen, "card": seen.card})


@require_POST
def share(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """Let the supervisor see it."""
    share_scorecard(str(uuid), by=actor_in(request))
    messages.success(request, _("Your supervisor can see this scorecard now."))
    return redirect("coaching_card", uuid)
