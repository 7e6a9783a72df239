"""Pages of registration, facts and verification; what was typed stays when a step is refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lipei.claimfile.stages import BY_ID
from lipei.coverage.commands import REVISABLE, estimate_exposures, record_answers, verify_coverage
from lipei.coverage.queries import questions_of, registration_of, verification_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.intake.commands import register_claim
from lipei.intake.queries import duplicates_of
from lipei.workbench.coverage import showing
from lipei.workbench.refusing import STATUS, panel

TYPED_CHARACTERS_MAX = 20_000


def actor_of_request(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def typed_in(request: HttpRequest) -> dict[str, str]:
    """Everything that was typed, by field, at most `TYPED_CHARACTERS_MAX` characters each."""
    return {name: str(value)[:TYPED_CHARACTERS_MAX] for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def refused_status(refused: Refused | None) -> int:
    """The status of a page that may carry a refusal."""
    return STATUS.get(refused.code, 422) if refused is not None else 200


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, number: str) -> HttpResponse:
    """What registration needs; pressing estimates every coverage and registers the claim."""
    actor = actor_of_request(request)
    refused: Refused | None = None
    why = request.POST.get("why", "")[:TYPED_CHARACTERS_MAX]
    if request.method == "POST":
        try:
            _estimate_if_possible(number, actor=actor)
            register_claim(number, why=why, by=actor)
        except Refused as caught:
            refused = caught
        else:
            messages.success(request, _("Registered; a handler takes it on next"))
            return redirect("claim", number)
    view = registration_of(number, actor=actor, at=timezone.now())
    context = showing.registration(view, duplicates=duplicates_of(number, actor=actor), why=why)
    context |= {"refused": panel(refused) if refused else None, "may": "claim.register" in actor.verbs, "here": BY_ID[view.stage].name}
    return render(request, "workbench/coverage/register.html", context, status=refused_status(refused))


def _estimate_if_possible(number: str, *, actor: Actor) -> None:
    """Estimate first; when that is not possible yet, registration itself lists everything that lacks."""
    if registration_of(number, actor=actor, at=timezone.now()).stage != "reported":
        return
    try:
        estimate_exposures(number, by=actor)
    except Refused as refused:
        if refused.code in ("not_permitted", "not_found"):
            raise


@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, number: str) -> HttpResponse:
    """Every fact the terms ask for, each with its source; answers from one paper or person are written down together."""
    actor = actor_of_request(request)
    refused: Refused | None = None
    typed = typed_in(request) if request.method == "POST" else {}
    if request.method == "POST":
        answers = {name.removeprefix("fact_"): text for name, text in typed.items() if name.startswith("fact_")}
        try:
            new = record_answers(number, answers=answers, source=typed.get("source", ""), said_by=typed.get("said_by", ""), by=actor)
        except Refused as caught:
            refused = caught
        else:
            messages.success(request, ngettext("%(n)s fact written down", "%(n)s facts written down", new) % {"n": new})
            return redirect("claim_facts", number)
    view = verification_of(number, actor=actor, at=timezone.now())
    context: dict[str, Any] = {
        "claim": showing.claim_head(number, name=view.insured_name, subject=view.subject),
        "groups": showing.questions(questions_of(number, actor=actor), typed=typed), "sources": showing.source_options(),
        "source": typed.get("source", "document"), "said_by": typed.get("said_by", ""), "may": "fact.record" in actor.verbs,
        "refused": panel(refused) if refused else None, "coverage_url": showing.place("claim_coverage", number),
        "calculation_url": showing.place("claim_calculation", number),
    }
    return render(request, "workbench/coverage/facts.html", context, status=refused_status(refused))


@require_http_methods(["GET", "POST"])
def coverage(request: HttpRequest, number: str) -> HttpResponse:
    """Every verdict with its reason, and the conclusion on each coverage."""
    actor = actor_of_request(request)
    refused: Refused | None = None
    typed = typed_in(request) if request.method == "POST" else {}
    view = verification_of(number, actor=actor, at=timezone.now())
    if request.method == "POST":
        try:
            verify_coverage(number, conclusions=showing.conclusions(view, typed), by=actor)
        except Refused as caught:
            refused = caught
        else:
            messages.success(request, _("Cover is verified; the papers come next") if view.stage == "verifying" else _("The conclusions are revised"))
            return redirect("claim", number) if view.stage == "verifying" else redirect("claim_coverage", number)
    context: dict[str, Any] = {
        "claim": showing.claim_head(number, name=view.insured_name, subject=view.subject), "view": view,
        "groups": showing.verdict_groups(view.verdicts), "exposures": showing.exposures(view, typed=typed),
        "clauses": showing.clause_options(view), "opinions": showing.OPINIONS, "here": BY_ID[view.stage].name,
        "may": "coverage.verify" in actor.verbs and view.stage in ("verifying", *REVISABLE), "is_revision": view.stage in REVISABLE,
        "refused": panel(refused) if refused else None, "facts_url": showing.place("claim_facts", number),
        "counts": {state: sum(v.passed == state for v in view.verdicts) for state in ("yes", "no", "open")},
    }
    return render(request, "workbench/coverage/coverage.html", context, status=refused_status(refused))
