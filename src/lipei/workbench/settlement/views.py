"""Pages of the calculation: calculate and look into every step, try other facts, the payee, submit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lipei.claimfile.commands import PartyData
from lipei.claimfile.stages import BY_ID
from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.settlement.commands import calculate_claim, record_payee, submit_for_review
from lipei.settlement.queries import current_statement, rerun, snapshot_content, what_if
from lipei.settlement.rules import ORGANISATION
from lipei.settlement.seats import head_of, payee_of, people_of
from lipei.terms.words import Words
from lipei.workbench.refusing import STATUS, panel
from lipei.workbench.settlement import showing

TYPED_CHARACTERS_MAX = 2_000
PERSON = "person"
HOLDERS = (
    {"value": PERSON, "label": Words("个人的账户", "Of a person")},
    {"value": ORGANISATION, "label": Words("单位的账户（法院、医院、公司）", "Of an organisation (court, hospital, company)")},
)
PAYEE_FIELDS = ("holder", "name", "bank_name", "bank_account", "bank_account_name", "authority")


def actor_of_request(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def refused_status(refused: Refused | None) -> int:
    """The status of a page that may carry a refusal."""
    return STATUS.get(refused.code, 422) if refused is not None else 200


@require_http_methods(["GET", "POST"])
def calculation(request: HttpRequest, number: str) -> HttpResponse:
    """How the amount came about; pressing calculates (again) on the facts and items as they stand."""
    refused: Refused | None = None
    if request.method == "POST":
        try:
            calculate_claim(number, by=actor_of_request(request))
        except Refused as caught:
            refused = caught
        else:
            messages.success(request, _("Calculated; every step can be opened"))
            return redirect("claim_calculation", number)
    return _calculation(request, number, refused=refused)


@require_POST
def submit(request: HttpRequest, number: str) -> HttpResponse:
    """Submit for review, or say everything that lacks on the calculation's own page."""
    try:
        submit_for_review(number, by=actor_of_request(request))
    except Refused as caught:
        return _calculation(request, number, refused=caught)
    messages.success(request, _("Submitted; a colleague reviews and decides"))
    return redirect("claim", number)


def _calculation(request: HttpRequest, number: str, *, refused: Refused | None) -> HttpResponse:
    actor = actor_of_request(request)
    found = head_of(number, actor=actor)
    view = current_statement(number, actor=actor)
    is_here = found.stage == "calculating"
    context: dict[str, Any] = {
        "claim": showing.head(found), "refused": panel(refused) if refused else None, "here": BY_ID[found.stage].shown(found.line),
        "may_calculate": is_here and "settlement.calculate" in actor.verbs, "is_here": is_here,
        "may_submit": is_here and "settlement.submit" in actor.verbs and view is not None and "calculated" in found.reached,
        "is_stale": view is not None and is_here and "calculated" not in found.reached,
        "submit_url": showing.address("claim_submit", number), "payee_url": showing.address("claim_payee", number),
        "facts_url": showing.address("claim_facts", number), "coverage_url": showing.address("claim_coverage", number),
        "payee_verified": "payee_verified" in found.reached, "decision_url": showing.address("claim_decision", number),
    }
    if view is not None:
        explained = showing.explained_words(snapshot_content(number, actor=actor))
        context |= {
            "claimed": view.claimed, "owed": view.owed, "customer_text": showing.said_to_customer(view),
            "groups": showing.groups(view, number=number, explained=explained, opened=request.GET.get("step", "")),
            "what_if": showing.alternatives(view, number=number), "try_url": showing.address("claim_what_if", number),
            "statement": showing.statement_card(view, rerun(number, actor=actor)), "tried_url": showing.address("claim_coverage", number),
            **showing.effects(view),
        }
    return render(request, "workbench/settlement/calculation.html", context, status=refused_status(refused))


@require_GET
def what_if_page(request: HttpRequest, number: str) -> HttpResponse:
    """Other facts, and what would then be owed; the address carries them, nothing is saved."""
    actor = actor_of_request(request)
    found = head_of(number, actor=actor)
    view = current_statement(number, actor=actor)
    if view is None:
        return redirect("claim_calculation", number)
    typed = {name: str(value)[:TYPED_CHARACTERS_MAX] for name, value in request.GET.items() if name.startswith("fact_")}
    changes = showing.changed_only(view, typed)
    refused, result = None, None
    if changes:
        try:
            result = showing.what_if_result(what_if(number, changes=changes, actor=actor))
        except Refused as caught:
            refused = caught
    context: dict[str, Any] = {
        "claim": showing.head(found), "owed": view.owed, "fields": showing.what_if_fields(view, typed=typed), "result": result,
        "refused": panel(refused) if refused else None, "is_tried": bool(typed), "back_url": showing.address("claim_calculation", number),
        "facts_url": showing.address("claim_facts", number),
    }
    return render(request, "workbench/settlement/what_if.html", context, status=refused_status(refused))


@require_http_methods(["GET", "POST"])
def payee(request: HttpRequest, number: str) -> HttpResponse:
    """Where the money goes: written down and checked in one step; the number is never shown again in full."""
    actor = actor_of_request(request)
    found = head_of(number, actor=actor)
    kept = payee_of(number, actor=actor)
    typed = {name: request.POST.get(name, "")[:TYPED_CHARACTERS_MAX] for name in PAYEE_FIELDS}
    refused: Refused | None = None
    if request.method == "POST":
        try:
            record_payee(number, data=_payee_data(typed), by=actor)
        except Refused as caught:
            refused = caught
        else:
            messages.success(request, _("The payee's account agrees"))
            return redirect("claim_calculation" if found.stage == "calculating" else "claim_payee", number)
    elif kept is not None:
        typed = {"holder": ORGANISATION if kept.is_organisation else PERSON, "name": kept.name, "bank_name": kept.bank_name, "bank_account": "", "bank_account_name": kept.account_name, "authority": kept.authority}
    else:
        typed |= {"holder": PERSON, "name": found.name}
    context: dict[str, Any] = {
        "claim": showing.head(found), "kept": kept, "typed": typed, "people": people_of(number, actor=actor),
        "refused": panel(refused) if refused else None, "may": "settlement.record_payee" in actor.verbs,
        "holders": HOLDERS, "is_consented": "account_consented" in found.reached, "consents_url": showing.address("claim_consents", number),
    }
    return render(request, "workbench/settlement/payee.html", context, status=refused_status(refused))


def _payee_data(typed: dict[str, str]) -> PartyData:
    return PartyData(
        role="payee", identity_kind=ORGANISATION if typed["holder"] == ORGANISATION else "id_card", name=typed["name"], bank_name=typed["bank_name"], bank_account=typed["bank_account"],
        bank_account_name=typed["bank_account_name"], authority=typed["authority"],
    )
