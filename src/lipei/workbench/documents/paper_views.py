"""Pages of one paper: what it must show, its examination, the chain of hands, and the file itself."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lipei.communication.labels import LABELS_MAX, Label, labels_printed
from lipei.communication.press import PressFault
from lipei.documents.commands import (
    confirm_document,
    move_paper,
    reject_document,
    return_paper,
    say_found,
    say_not_found,
    send_out_paper,
)
from lipei.documents.hands import OURS
from lipei.documents.queries import content_of, custody_of, paper_of, papers_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import Missing, Refused
from lipei.terms.words import Words
from lipei.workbench.documents import showing
from lipei.workbench.documents.views import actor_of_request, refused_status, typed
from lipei.workbench.refusing import panel


@require_GET
def paper(request: HttpRequest, custody_number: str) -> HttpResponse:
    """One paper and through whose hands it went."""
    return _page(request, custody_number)


def _page(request: HttpRequest, custody_number: str, *, refused: Refused | None = None, given: dict[str, str] | None = None) -> HttpResponse:
    actor = actor_of_request(request)
    seen = paper_of(custody_number, actor=actor)
    context: dict[str, Any] = {
        "shown": showing.shown_paper(seen), "paper": seen, "chain": custody_of(custody_number, actor=actor), "given": given or {}, "is_ours": seen.keeping in OURS,
        "back": reverse("claim_papers", args=[seen.claim_number]), "refused": panel(refused) if refused else None,
        "may": {verb: f"documents.{verb}" in actor.verbs for verb in ("examine", "move", "return", "seek")},
    }
    return render(request, "workbench/documents/paper.html", context, status=refused_status(refused) if refused else 200)


def _step(
    request: HttpRequest, custody_number: str, *names: str, take: Callable[[dict[str, str], Actor], object], told: str,
    tell: Callable[[HttpRequest, str], None] = messages.success, onward: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """Take one step with what was typed into the fields `names`: told at the paper (or `onward`), or its page again with what lacks. Without a form: the paper."""
    if request.method == "GET":
        return redirect("paper", custody_number)
    given = typed(request, *names)
    try:
        take(given, actor_of_request(request))
    except Refused as refused:
        return _page(request, custody_number, refused=refused, given=given)
    tell(request, told)
    return onward() if onward else redirect("paper", custody_number)


@require_http_methods(["GET", "POST"])
def examine(request: HttpRequest, custody_number: str) -> HttpResponse:
    """In order, or not usable with the reason; goes back to the claim's papers."""
    by = actor_of_request(request)
    return _step(
        request, custody_number, "finding", "reason", told=_("%(number)s: the finding is written down") % {"number": custody_number},
        take=lambda given, by: _find(custody_number, given, by), onward=lambda: redirect("claim_papers", paper_of(custody_number, actor=by).claim_number),
    )


def _find(custody_number: str, given: Mapping[str, str], by: Actor) -> None:
    if given["finding"] == "reject":
        reject_document(custody_number, reason=given["reason"], by=by)
    else:
        confirm_document(custody_number, note=given["reason"], by=by)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, custody_number: str) -> HttpResponse:
    """Into other hands or to another place."""
    return _step(request, custody_number, "to_hands", "place", told=_("The hand-over is written down"),
                 take=lambda given, by: move_paper(custody_number, to_hands=given["to_hands"], place=given["place"], by=by))


@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, custody_number: str) -> HttpResponse:
    """Back to the person who signs for it."""
    return _step(request, custody_number, "signed_by", told=_("Returned and signed for"),
                 take=lambda given, by: return_paper(custody_number, signed_by=given["signed_by"], by=by))


@require_http_methods(["GET", "POST"])
def send_out(request: HttpRequest, custody_number: str) -> HttpResponse:
    """To an expert, a court, by post: it stays ours."""
    return _step(request, custody_number, "out_to", "out_place", told=_("Sent out; we ask when it stays away too long"),
                 take=lambda given, by: send_out_paper(custody_number, to_hands=given["out_to"], place=given["out_place"], by=by))


@require_http_methods(["GET", "POST"])
def not_found(request: HttpRequest, custody_number: str) -> HttpResponse:
    """Somebody looked for it and did not find it: it is sought from now on."""
    return _step(request, custody_number, "looked", told=_("It is being sought; the supervisor has the task"), tell=messages.warning,
                 take=lambda given, by: say_not_found(custody_number, looked=given["looked"], by=by))


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, custody_number: str) -> HttpResponse:
    """It is there again, and where."""
    return _step(request, custody_number, "found_place", told=_("Found, and put down where it is"),
                 take=lambda given, by: say_found(custody_number, place=given["found_place"], by=by))


@require_GET
def labels(request: HttpRequest, number: str) -> HttpResponse:
    """The labels of every paper of a claim that is ours, to stick on before it goes to its shelf."""
    ours = [p for p in papers_of(number, actor=actor_of_request(request)) if p.keeping in OURS][:LABELS_MAX]
    if not ours:
        raise Refused("conflict", Words("这件没有留在我们这里的纸件，没有标签可印", "We keep no paper of this claim; there is no label to print"),
                      missing=(Missing(Words("回到单证", "Back to the papers"), where=("claim_papers", (number,))),))
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    rows = [Label(p.custody_number, p.label, Words(f"{p.form_word.zh} · {p.pages} 页", f"{p.form_word.en} · {p.pages} p.")) for p in ours]
    try:
        page = labels_printed(rows, language=language, author=settings.INSURER_ZH, at=ours[-1].received_at)
    except PressFault as fault:
        raise Refused("bad_input", fault.words) from fault
    answer = HttpResponse(page.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{number}-labels.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def content(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The file itself, to staff who may see its claim: its checked type, never sniffed, never kept by the browser."""
    file = content_of(uuid, actor=actor_of_request(request))
    answer = HttpResponse(file.content, content_type=file.content_type)
    answer["Content-Disposition"] = f'inline; filename="{file.file_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    if file.content_type.startswith("image/"):
        answer["Content-Security-Policy"] = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox"
    return answer
