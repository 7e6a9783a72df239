"""The decision's page: proposal, cuts, similar decisions, who may decide – and the choices beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lipei.filing.actor import Actor
from lipei.filing.drafts import draft_of, drop_draft, keep_draft
from lipei.filing.refusal import Refused, refuse_if
from lipei.settlement.commands import decide, pass_review, return_claim, review_and_decide
from lipei.settlement.queries import current_statement
from lipei.settlement.rules import KINDS
from lipei.settlement.seats import ClaimHead, desk_of, head_of
from lipei.workbench.refusing import STATUS, panel
from lipei.workbench.settlement import adjusting, deciding, showing
from lipei.workbench.settlement.views import actor_of_request

REASON_CHARACTERS_KEPT = 20_000


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """Read the reasons and sign, or send it back; a refusal keeps what was written."""
    if request.method == "GET":
        return _page(request, number)
    actor = actor_of_request(request)
    chosen = request.POST.get("decision", "")[:20]
    reason = request.POST.get("reason", "")[:REASON_CHARACTERS_KEPT]
    try:
        told = _do(head_of(number, actor=actor), chosen, reason=reason, seen=request.POST.get("statement", ""), actor=actor)
    except Refused as refused:
        return _page(request, number, chosen=chosen, reason=reason, refused=refused)
    drop_draft(_place(number), by=actor)
    messages.success(request, told)
    return redirect("claim", number)


def _do(found: ClaimHead, chosen: str, *, reason: str, seen: str, actor: Actor) -> str:
    """Carry out the choice; the statement that was on the screen must still be the one in force."""
    view = current_statement(found.number, actor=actor)
    if view is not None and seen != str(view.id):
        raise deciding.changed_meanwhile(found.number)
    if chosen == "return":
        return_claim(found.number, what=reason, by=actor)
        return _("Returned to the handler with what to add")
    if chosen == "pass":
        pass_review(found.number, reason=reason, by=actor)
        return _("Review passed; a colleague with the authority decides")
    if chosen not in KINDS:
        refuse_if([deciding.nothing_chosen()], deciding.CANNOT_SIGN)
    step = review_and_decide if found.stage == "reviewing" else decide
    step(found.number, kind=chosen, reason=reason, by=actor)
    return _("Signed; the letter and what follows are being prepared")


def _place(number: str) -> str:
    return f"decision:{number}"


@require_POST
def keep_reason(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the reason while it is written; answers with when it was saved."""
    actor = actor_of_request(request)
    head_of(number, actor=actor)
    content = {"reason": request.POST.get("reason", ""), "decision": request.POST.get("decision", "")[:20]}
    saved_at = keep_draft(_place(number), content, by=actor)
    return render(request, "workbench/settlement/saved.html", {"saved_at": saved_at})


def _page(
    request: HttpRequest, number: str, *, chosen: str | None = None, reason: str | None = None, refused: Refused | None = None
) -> HttpResponse:
    actor = actor_of_request(request)
    desk = desk_of(number, actor=actor, at=timezone.now())
    found, view, proposal = desk.head, desk.view, desk.proposal
    context: dict[str, Any] = {"claim": showing.head(found), "refused": panel(refused) if refused else None}
    if view is None or proposal is None:
        context |= deciding.nothing_yet(found)
    else:
        context |= deciding.reasons(found, view, proposal) | deciding.around(desk)
        if desk.decision is not None:
            context |= deciding.signed_card(desk.decision) | adjusting.after_signing(desk.adjustments, number=number)
        elif desk.seat is not None:
            context |= adjusting.before_signing(desk.effect, number=number)
            context |= deciding.seat_context(desk.seat, proposal=proposal, payee=desk.payee, view=view)
            typed = _typed(number, actor=actor, chosen=chosen, reason=reason)
            context |= deciding.choices(found, view, proposal, seat=desk.seat, typed=typed, actor=actor)
    return render(request, "workbench/settlement/decision.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


def _typed(number: str, *, actor: Actor, chosen: str | None, reason: str | None) -> tuple[str, str, datetime | None]:
    """What stands in the form: as sent, else as kept in the draft, else nothing."""
    if chosen is not None:
        return chosen, reason or "", None
    draft = draft_of(_place(number), by=actor) if "draft.keep" in actor.verbs else None
    if draft is None:
        return "", "", None
    return draft.content.get("decision", ""), draft.content.get("reason", ""), draft.saved_at
