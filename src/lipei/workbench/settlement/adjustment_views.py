"""The page of a claim's adjustments: what was told, what it would be and why – and the decision of a named person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lipei.filing.refusal import Refused
from lipei.settlement.adjusting import decide_adjustment
from lipei.settlement.adjustments import adjustments_of
from lipei.settlement.seats import head_of
from lipei.workbench.refusing import panel
from lipei.workbench.settlement import adjusting, showing
from lipei.workbench.settlement.views import TYPED_CHARACTERS_MAX, actor_of_request, refused_status

FIELDS = ("choice", "reason", "ground")
NUMBER_DIGITS_MAX = 5


@require_http_methods(["GET", "POST"])
def adjustment(request: HttpRequest, number: str) -> HttpResponse:
    """Look at what was proposed, and decide the open one; a refusal keeps what was written."""
    actor = actor_of_request(request)
    refused: Refused | None = None
    typed = {name: request.POST.get(name, "")[:TYPED_CHARACTERS_MAX] for name in FIELDS}
    if request.method == "POST":
        try:
            decide_adjustment(
                number, adjustment=_whole(request.POST.get("adjustment", "")), choice=typed["choice"], reason=typed["reason"],
                ground=typed["ground"], by=actor,
            )
        except Refused as caught:
            refused = caught
        else:
            messages.success(request, _("Decided in your name; it stands in the file"))
            return redirect("claim_adjustment", number)
    found = head_of(number, actor=actor)
    seen = adjustments_of(number, actor=actor)
    waiting = next((one for one in seen if one.state == "open"), None)
    faults = {m.field: m.what for m in refused.missing if m.field} if refused is not None else {}
    may = "settlement.adjust" in actor.verbs
    context: dict[str, Any] = {
        "claim": showing.head(found), "sections": adjusting.sections(seen), "refused": panel(refused) if refused else None, "may": may,
        "form": adjusting.form(waiting, typed=typed, faults=faults) if waiting is not None and may else None, "is_waiting": waiting is not None,
        "owner": found.owner,
    }
    return render(request, "workbench/settlement/adjustment.html", context, status=refused_status(refused))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS_MAX else 0
