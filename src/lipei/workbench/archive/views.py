"""The pages of closing and the archive."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lipei.archive.commands import close_claim, file_in_archive
from lipei.archive.queries import claims_to_file, filed, keeping_for
from lipei.claimfile.summary import summary_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.workbench.refusing import STATUS, panel


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close a claim, or hear all that is missing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    claim = summary_of(number, actor=actor)
    refused = None
    if request.method == "POST":
        try:
            close_claim(number, by=actor)
            messages.success(request, _("Closed; the closing letter is on its way"))
            return redirect("claim", number)
        except Refused as fault:
            refused = fault
    context = {"claim": claim, "claim_url": reverse("claim", args=[number]), "refused": panel(refused) if refused else None}
    return render(request, "workbench/archive/close.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


@require_GET
def archive(request: HttpRequest) -> HttpResponse:
    """Closed claims that wait for the archive."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(request, "workbench/archive/archive.html", {"rows": claims_to_file(actor=actor)})


@require_http_methods(["GET", "POST"])
def file_claim(request: HttpRequest, number: str) -> HttpResponse:
    """File one closed claim: where it stands, until when it is kept and by which rule."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shelf = request.POST.get("shelf", "")
    refused = None
    if request.method == "POST":
        try:
            file_in_archive(number, shelf=shelf, by=actor)
            messages.success(request, _("Filed in the archive"))
            return redirect("archive")
        except Refused as fault:
            refused = fault
    context: dict[str, Any] = {
        "claim": summary_of(number, actor=actor), "claim_url": reverse("claim", args=[number]), "shelf": shelf,
        "keeping": keeping_for(number, actor=actor), "filed": filed(number, actor=actor), "refused": panel(refused) if refused else None,
    }
    return render(request, "workbench/archive/file.html", context, status=STATUS.get(refused.code, 422) if refused else 200)
