"""写留言、再交一份: what a customer sends us from the status page – a message with the day of its answer, a missing paper as photos or PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lipei.claimfile import messages
from lipei.claimfile.rules import MESSAGE_CHARACTERS_MAX
from lipei.claimfile.visibility import customer_of
from lipei.documents import sending_in
from lipei.documents.contents import BYTES_MAX
from lipei.filing.refusal import Refused
from lipei.frontdesk.status import StatusSeen
from lipei.public.asking import TOO_OFTEN, wait_page
from lipei.public.private import private
from lipei.public.status import status_behind
from lipei.terms.words import Words

SALT = "lipei.sent_in"
RECEIVED_SECONDS = 3600
"""How long the address that follows a paper sent in still says so."""


def _with_status(view: Callable[[HttpRequest, str, StatusSeen], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Only behind a right code; a wrong one goes to the page that says so, too many wrong ones wait."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def opened(request: HttpRequest, code: str) -> HttpResponse:
        try:
            status = status_behind(request, code)
        except Refused as refused:
            return wait_page(request, refused)
        return redirect("status", code) if status is None else view(request, code, status)

    return opened


def _page(request: HttpRequest, template: str, context: dict[str, Any], refused: Refused | None) -> HttpResponse:
    told = {"refused": refused, "errors": {m.field: m for m in refused.missing if m.field} if refused else {}}
    status = 200 if refused is None else TOO_OFTEN if refused.code == "too_often" else 422
    return private(render(request, template, context | told, status=status))


@_with_status
def message(request: HttpRequest, code: str, status: StatusSeen) -> HttpResponse:
    """Write a message; once it has arrived, the status page says so and by when it is answered."""
    text, refused = request.POST.get("text", ""), None
    if request.method == "POST":
        try:
            messages.leave_message(status.claim, text=text, or_else=status.receiver, by=customer_of(status.claim, verbs=messages.VERBS))
        except Refused as wrong:
            refused = wrong
        else:
            return redirect("status", code)
    context = {"status": status, "asked_code": code, "text": text[: MESSAGE_CHARACTERS_MAX * 2], "most": MESSAGE_CHARACTERS_MAX}
    return _page(request, "public/status_message.html", context, refused)


@_with_status
def paper(request: HttpRequest, code: str, status: StatusSeen) -> HttpResponse:
    """Send a paper that is missing; what was received is named with its numbers."""
    refused, kind = None, request.POST.get("kind", "")[:40]
    if request.method == "POST":
        files = request.FILES.getlist("content")[: sending_in.FILES_MAX + 1]
        contents = [file.read(BYTES_MAX + 1) for file in files]
        try:
            sent = sending_in.send_in_paper(status.claim, kind=kind, contents=contents, by=customer_of(status.claim, verbs=sending_in.VERBS))
        except Refused as wrong:
            refused = wrong
        else:
            told = signing.dumps({"label": sent.label.as_dict(), "numbers": sent.numbers}, salt=SALT)
            return redirect(f"{request.path}?received={told}")
    context = {
        "status": status, "asked_code": code, "received": _received(request), "most": sending_in.FILES_MAX,
        "kind": kind or (status.missing[0].kind if len(status.missing) == 1 else ""),
        "papers": [{"value": paper.kind, "label": paper.label} for paper in status.missing] if status.may_send else [],
    }
    return _page(request, "public/status_paper.html", context, refused)


def _received(request: HttpRequest) -> dict[str, Any] | None:
    """What the address before this one took in; nothing that anybody could make up."""
    try:
        told = signing.loads(request.GET.get("received", ""), salt=SALT, max_age=RECEIVED_SECONDS)
    except signing.BadSignature:
        return None
    return {"label": Words(**told["label"]), "numbers": told["numbers"]}
