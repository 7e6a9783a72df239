"""Pages of a claim's papers: the checklist, receiving, the one notice, waivers, completion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lipei.claimfile.stages import OPEN_STAGES
from lipei.documents.commands import (
    ask_again_for_papers,
    ask_for_papers,
    complete_papers,
    deliver_paper_request,
    need_paper_again,
    receive_document,
    waive_paper,
)
from lipei.documents.contents import BYTES_MAX
from lipei.documents.queries import checklist_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused, not_found
from lipei.terms.words import Words
from lipei.workbench.documents import showing
from lipei.workbench.refusing import STATUS, panel

NOTHING = "\x00"
"""A character that no text has and no database keeps."""


def actor_of_request(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def typed(request: HttpRequest, *names: str) -> dict[str, str]:
    """What was typed into fields, by name, whole: the rules say what is too long, and the page gives it back."""
    return {name: request.POST.get(name, "").replace(NOTHING, "") for name in names}


def refused_status(refused: Refused) -> int:
    """The answer's status for a refusal shown on the page itself."""
    return STATUS.get(refused.code, 422)


@require_GET
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """The checklist with what is missing and why, and where each paper is."""
    return _page(request, number)


def _page(request: HttpRequest, number: str, *, refused: Refused | None = None, given: dict[str, str] | None = None) -> HttpResponse:
    actor = actor_of_request(request)
    found = checklist_of(number, actor=actor)
    next_ = showing.next_action(found, actor=actor)
    may = _may(actor)
    context: dict[str, Any] = {
        "claim": showing.head(found), "found": found, "edition": showing.edition_of(found), "rows": [showing.shown_row(row) for row in found.rows],
        "others": [showing.shown_paper(p) for p in found.others], "next": next_, "may": may,
        "unexamined": [showing.shown_paper(p) for p in found.papers if p.state == "received"],
        "early": may["complete"] and found.stage == "collecting" and "action" not in (next_ or {}), "is_shut": found.stage not in OPEN_STAGES,
        "kinds": showing.kind_options(found), "forms": showing.form_options(),
        "given": given or {"form": "original", "pages": "1"}, "refused": panel(refused) if refused else None,
    }
    return render(request, "workbench/documents/papers.html", context, status=refused_status(refused) if refused else 200)


def _may(actor: Actor) -> dict[str, bool]:
    """What of this page the actor may do, by the last part of the verb."""
    verbs = ("receive", "examine", "waive", "ask", "ask_again", "tell", "complete")
    return {verb: f"documents.{verb}" in actor.verbs for verb in verbs}


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, number: str) -> HttpResponse:
    """Take in one paper or file; a fault shows the page again with everything typed."""
    if request.method == "GET":
        return redirect("claim_papers", number)
    given = typed(request, "kind", "form", "title", "pages", "received_from", "place", "is_returned")
    try:
        custody_number = receive_document(
            number, kind=given["kind"], form=given["form"], title=given["title"], pages=_whole(given["pages"]), received_from=given["received_from"],
            place=given["place"], is_returned=bool(given["is_returned"]), content=_file(request), by=actor_of_request(request),
        )
    except Refused as refused:
        return _page(request, number, refused=refused, given=given)
    messages.success(request, _("Received, custody number %(number)s") % {"number": custody_number})
    return redirect("claim_papers", number)


def _whole(text: str) -> int:
    """A whole number as typed; 0, which no paper has, when it is none."""
    cleaned = text.strip()
    return int(cleaned) if cleaned.isdecimal() and len(cleaned) < 6 else 0


def _file(request: HttpRequest) -> bytes | None:
    """The file's bytes, read one byte past the limit at most; None when none was chosen."""
    upload = request.FILES.get("content")
    return upload.read(BYTES_MAX + 1) if upload is not None and not isinstance(upload, list) else None


def _done(request: HttpRequest, number: str, step: Callable[[], object], *, told: str) -> HttpResponse:
    """Run one command; told where it happened, or the papers page with what is missing."""
    try:
        step()
    except Refused as refused:
        return _page(request, number, refused=refused)
    messages.success(request, told)
    return redirect("claim_papers", number)


@require_POST
def complete(request: HttpRequest, number: str) -> HttpResponse:
    """Papers complete: on to assessment, or everything that is missing."""
    actor = actor_of_request(request)
    return _done(request, number, lambda: complete_papers(number, by=actor), told=_("Papers complete; the bill goes to be reviewed"))


@require_POST
def needed(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A waiver is taken back."""
    actor = actor_of_request(request)
    return _done(request, number, lambda: need_paper_again(number, kind=kind, by=actor), told=_("This paper is needed again"))


@require_POST
def delivered(request: HttpRequest, number: str, request_id: int) -> HttpResponse:
    """The notice reached the customer, with its proof."""
    actor, proof = actor_of_request(request), typed(request, "proof")["proof"]
    return _done(request, number, lambda: deliver_paper_request(request_id, proof=proof, by=actor), told=_("Delivered; the clock stands until the papers are here"))


@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Say why a paper does not apply."""
    actor = actor_of_request(request)
    found = checklist_of(number, actor=actor)
    row = next((r for r in found.rows if r.kind == kind), None)
    if row is None:
        raise not_found(Words("它不在这件的单证清单里。", "It is not on this claim's checklist."))
    reason, refusal = typed(request, "reason")["reason"], None
    if request.method == "POST":
        try:
            waive_paper(number, kind=kind, reason=reason, by=actor)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Marked as not applicable; the reason stays in the file"))
            return redirect("claim_papers", number)
    context = {"claim": showing.head(found), "row": row, "reason": reason, "refused": panel(refusal) if refusal else None}
    return render(request, "workbench/documents/waive.html", context, status=refused_status(refusal) if refusal else 200)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """The one notice of everything that is missing."""
    return _ask(request, number, again=False)


@require_http_methods(["GET", "POST"])
def ask_again(request: HttpRequest, number: str) -> HttpResponse:
    """A further notice, by the supervisor, with the reason."""
    return _ask(request, number, again=True)


def _ask(request: HttpRequest, number: str, *, again: bool) -> HttpResponse:
    actor = actor_of_request(request)
    found = checklist_of(number, actor=actor)
    helpful = [row for row in found.rows if row.need == "helps" and row.state == "missing"]
    chosen, reason, refusal = request.POST.getlist("kinds"), typed(request, "reason")["reason"], None
    if request.method == "POST":
        kinds = [row.kind for row in found.missing] + chosen
        try:
            _send(number, kinds=kinds, reason=reason, actor=actor, again=again)
        except Refused as refused:
            refusal = refused
        else:
            told = ngettext("Notice of %(n)s paper written; it is delivered next", "Notice of %(n)s papers written; it is delivered next", len(kinds))
            messages.success(request, told % {"n": len(kinds)})
            return redirect("claim_papers", number)
    context = {
        "claim": showing.head(found), "found": found, "helpful": helpful, "chosen": chosen, "again": again, "reason": reason,
        "refused": panel(refusal) if refusal else None,
    }
    return render(request, "workbench/documents/ask.html", context, status=refused_status(refusal) if refusal else 200)


def _send(number: str, *, kinds: list[str], reason: str, actor: Actor, again: bool) -> None:
    if again:
        ask_again_for_papers(number, kinds=kinds, reason=reason, by=actor)
    else:
        ask_for_papers(number, kinds=kinds, by=actor)
