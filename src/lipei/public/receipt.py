"""验真: whether a custody receipt is one we wrote and whole, for whoever holds the paper; without login, masked."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from lipei.documents.kinds import FORMS
from lipei.documents.receipt_rules import (
    TYPED_CHARACTERS_MAX,
    ReceiptContent,
    Told,
    as_typed,
    differences,
    number_as_typed,
)
from lipei.documents.receipts import Checked, check_receipt
from lipei.filing.refusal import Refused
from lipei.frontdesk.knocking import knock
from lipei.frontdesk.status import code_of_receipt
from lipei.privacy.masking import mask_name
from lipei.public.asking import address_of, wait_page
from lipei.public.private import private
from lipei.terms.words import Words

STATUS = {"genuine": 200, "unknown": 404, "altered": 409, "ask": 200}
DOOR = "receipt"
FIELDS = ("giver", "papers", "day", "custody")
CUSTODY_CHARACTERS_MAX = 4_000
_NUMBER = re.compile(r"[A-Z0-9-]{3,40}")
_CODE = re.compile(r"[0-9a-z]{4,40}")


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for number and fingerprint; both in the address lead on."""
    number = request.GET.get("number", "")[:TYPED_CHARACTERS_MAX]
    code = request.GET.get("fingerprint", "")[:TYPED_CHARACTERS_MAX]
    if _NUMBER.fullmatch(number_as_typed(number)) and _CODE.fullmatch(as_typed(code)):
        return redirect("receipt_check", number_as_typed(number), as_typed(code))
    return _page(request, "unknown" if number.strip() or code.strip() else "ask", number=number, fingerprint=code)


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, number: str, fingerprint: str) -> HttpResponse:
    """Genuine and whole, masked – or said kindly that it cannot be confirmed; a POST compares what the paper says with what we wrote."""
    seen: list[Checked] = []

    def looked() -> Checked | None:
        seen.append(check_receipt(number, fingerprint))
        return seen[0] if seen[0].receipt else None

    try:
        checked = knock(DOOR, address=address_of(request), look=looked)
        if checked is None or checked.receipt is None:
            return _page(request, "altered" if seen[0].is_altered else "unknown", number=number, fingerprint=fingerprint)
        content = checked.receipt.content
        more: dict[str, Any] = {"seen": _masked(content), "status_code": code_of_receipt(content.number)}
        if request.method == "POST":
            more |= _compared(checked, request)
            knock(DOOR, address=address_of(request), look=lambda: more["is_same"] or None)
    except Refused as refused:
        return wait_page(request, refused)
    return _page(request, "genuine", number=content.number, fingerprint=fingerprint, **more)


def _compared(checked: Checked, request: HttpRequest) -> dict[str, Any]:
    assert checked.receipt is not None  # looked at before
    told = {name: request.POST.get(name, "").replace("\x00", "")[:CUSTODY_CHARACTERS_MAX] for name in FIELDS}
    faults = differences(checked.receipt.content, told=Told(**told))
    return {"told": told, "faults": faults, "errors": {fault.field: fault.what for fault in faults}, "is_same": not faults}


def _masked(content: ReceiptContent) -> dict[str, Any]:
    """What the page may show: when and where, how many, which kinds; of the name only its first character."""
    at = dt.datetime.fromisoformat(content.at)
    return {
        "at": at, "branch": Words(**content.branch), "counter": content.counter, "giver": mask_name(content.giver), "is_return": content.occasion == "returned",
        "papers": [
            {"label": Words(**line.label), "form": FORMS[line.form], "pages": line.pages, "short": line.number.partition("-")[2], "is_returned": line.is_returned}
            for line in content.lines
        ],
    }


def _page(request: HttpRequest, finding: str, *, number: str, fingerprint: str, **more: Any) -> HttpResponse:
    context = {"finding": finding, "number": number[:TYPED_CHARACTERS_MAX], "fingerprint": fingerprint[:TYPED_CHARACTERS_MAX], **more}
    return private(render(request, "public/receipt.html", context, status=STATUS[finding]))
