"""Pages of one paper: what it must show, its examination, the chain of hands, and the file itself."""

from __future__ import annotations

import uuid as uuids
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


@require_http_methods(["GET", "POST"])
def examine(request: HttpRequest, custody_number: str) -> HttpResponse:
    """In order, or not usable with the reason; goes back to the claim's papers."""
    if request.method == "GET":
        return redirect("paper", custody_number)
    given, by = typed(request, "finding", "reason"), actor_of_request(request)
    try:
        if given["finding"] == "reject":
            reject_document(custody_number, reason=given["reason"], by=by)
        else:
            confirm_document(custody_number, note=given["reason"], by=by)
    except Refused as refused:
        return _page(request, custody_number, refused=refused, given=given)
    seen = paper_of(custody_number, actor=by)
    messages.success(request, _("%(number)s: the finding is written down") % {"number": custody_number})
    return redirect("claim_papers", seen.claim_number)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, custody_number: str) -> HttpResponse:
    """Into other hands or to another place."""
    if request.method == "GET":
        return redirect("paper", custody_number)
    given = typed(request, "to_hands", "place")
    try:
        move_paper(custody_number, to_hands=given["to_hands"], place=given["place"], by=actor_of_request(request))
    except Refused as refused:
        return _page(request, custody_number, refused=refused, given=given)
    messages.success(request, _("The hand-over is written down"))
    return redirect("paper", custody_number)


@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, custody_number: str) -> HttpResponse:
    """Back to the person who signs for it."""
    if request.method == "GET":
        return redirect("paper", custody_number)
    given = typed(request, "signed_by")
    try:
        return_paper(custody_number, signed_by=given["signed_by"], by=actor_of_request(request))
    except Refused as refused:
        return _page(request, custody_number, refused=refused, given=given)
    messages.success(request, _("Returned and signed for"))
    return redirect("paper", custody_number)


@require_http_methods(["GET", "POST"])
def send_out(request: HttpRequest, custody_number: str) -> HttpResponse:
    """To an expert, a court, by post: it stays ours."""
    if request.method == "GET":
        return redirect("paper", custody_number)
    given = typed(request, "out_to", "out_place")
    try:
        send_out_paper(custody_number, to_hands=given["out_to"], place=given["out_place"], by=actor_of_request(request))
    except Refused as refused:
        return _page(request, custody_number, refused=refused, given=given)
    messages.success(request, _("Sent out; we ask when it stays away too long"))
    return redirect("paper", custody_number)


@require_http_methods(["GET", "POST"])
def not_found(request: HttpRequest, custody_number: str) -> HttpResponse:
    """Somebody looked for it and did not find it: it is sought from now on."""
    if request.method == "GET":
        return redirect("paper", custody_number)
    given = typed(request, "looked")
    try:
        say_not_found(custody_number, looked=given["looked"], by=actor_of_request(request))
    except Refused as refused:
        return _page(request, custody_number, refused=refused, given=given)
    messages.warning(request, _("It is being sought; the supervisor has the task"))
    return redirect("paper", custody_number)


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, custody_number: str) -> HttpResponse:
    """It is there again, and where."""
    if request.method == "GET":
        return redirect("paper", custody_number)
    given = typed(request, "found_place")
    try:
        say_found(custody_number, place=given["found_place"], by=actor_of_request(request))
    except Refused as refused:
        return _page(request, custody_number, refused=refused, given=given)
    messages.success(request, _("Found, and put down where it is"))
    return redirect("paper", custody_number)


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
