"""Pages of one paper: what it must show, its examination, the chain of hands, and the file itself."""

from __future__ import annotations

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lipei.documents.commands import confirm_document, move_paper, reject_document, return_paper
from lipei.documents.queries import content_of, custody_of, paper_of
from lipei.filing.refusal import Refused
from lipei.workbench.documents import showing
from lipei.workbench.documents.views import actor_of_request, refused_status, typed
from lipei.workbench.refusing import panel


@require_GET
def paper(request: HttpRequest, custody_number: str) -> HttpResponse:
    """One paper and through whose hands it went."""
    return _page(request, custody_number)


def _page(request: HttpRequest, custody_number: str, *, refused: Refused | None = None, given: dict[str, str] | None = None) -> HttpResponse:
    actor = actor_of_request(request)
    found = paper_of(custody_number, actor=actor)
    context: dict[str, Any] = {
        "shown": showing.shown_paper(found), "paper": found, "chain": custody_of(custody_number, actor=actor), "given": given or {},
        "back": reverse("claim_papers", args=[found.claim_number]), "refused": panel(refused) if refused else None,
        "may": {verb: f"documents.{verb}" in actor.verbs for verb in ("examine", "move", "return")},
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
    found = paper_of(custody_number, actor=by)
    messages.success(request, _("%(number)s: the finding is written down") % {"number": custody_number})
    return redirect("claim_papers", found.claim_number)


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


@require_GET
def content(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The file itself, to staff who may see its claim: its checked type, never sniffed, never kept by the browser."""
    found = content_of(uuid, actor=actor_of_request(request))
    answer = HttpResponse(found.content, content_type=found.content_type)
    answer["Content-Disposition"] = f'inline; filename="{found.file_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    if found.content_type.startswith("image/"):
        answer["Content-Security-Policy"] = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox"
    return answer
