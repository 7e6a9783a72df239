"""The pages of letters: those of a claim, one as PDF, and the record of its delivery."""

from __future__ import annotations

import uuid as ids

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lipei.claimfile.summary import summary_of
from lipei.communication.commands import record_delivery
from lipei.communication.queries import letter_of, letter_pdf, letters_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.workbench.refusing import STATUS, panel


@require_GET
def claim_letters(request: HttpRequest, number: str) -> HttpResponse:
    """All letters of a claim, the newest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "claim": summary_of(number, actor=actor), "claim_url": reverse("claim", args=[number]),
        "letters": letters_of(number, actor=actor), "may_deliver": "letter.deliver" in actor.verbs,
    }
    return render(request, "workbench/communication/letters.html", context)


@require_GET
def letter_file(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """The letter as PDF: the bytes that went out; `?reading=en` gives a reading copy in the other language."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    letter = letter_of(str(uuid), actor=actor)
    pdf = letter_pdf(str(uuid), actor=actor, language=request.GET.get("reading", ""))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{letter.number}.pdf"'
    return answer


@require_http_methods(["GET", "POST"])
def delivered(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """Record that a letter reached the customer, and what proves it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    letter = letter_of(str(uuid), actor=actor)
    refused = None
    if request.method == "POST":
        try:
            record_delivery(str(uuid), proof=request.POST.get("proof", ""), by=actor)
            messages.success(request, _("The delivery is on record"))
            return redirect("claim_letters", letter.claim_number)
        except Refused as fault:
            refused = fault
    context = {"letter": letter, "proof": request.POST.get("proof", ""), "refused": panel(refused) if refused else None}
    return render(request, "workbench/communication/delivered.html", context, status=STATUS.get(refused.code, 422) if refused else 200)
