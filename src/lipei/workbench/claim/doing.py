"""Steps of the claim itself, each on its own page with its reason: take on, assign, mark complex, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lipei.claimfile.commands import assign_claim, mark_complex, take_on_claim, withdraw_claim
from lipei.claimfile.overview import head_of
from lipei.filing.refusal import Refused
from lipei.staff.queries import working
from lipei.terms.words import Words
from lipei.workbench.arriving import actor_in, typed, whole
from lipei.workbench.claim.views import claim_page
from lipei.workbench.claim.writing import faults_of
from lipei.workbench.refusing import STATUS, panel


@dataclass(frozen=True, slots=True)
class Asking:
    """What a page with a reason says: its title, what will follow, how the reason is asked, and its button."""

    title: Words
    follows: Words
    reason: Words
    button: Words


ASSIGN = Asking(
    Words("指派给谁", "Assign to whom"),
    Words("接手的同事会在“我的工作”里看到；原来的经过不变。", "They will find it in their work; what was done so far stays."),
    Words("为什么指派或换人", "Why it is assigned, or passed on"), Words("指派", "Assign"),
)
COMPLEX = Asking(
    Words("标为情形复杂", "Mark as a complex case"),
    Words("核定期限改为 30 日（保险法第 23 条），从收到申请起算；理由会告诉客户。", "30 days to decide apply (Insurance Law article 23), counted from the request; the customer is told the reason."),
    Words("为什么复杂", "Why it is complex"), Words("标为情形复杂", "Mark as complex"),
)
WITHDRAW = Asking(
    Words("按客户的意思撤案", "Withdraw at the customer's wish"),
    Words("撤案以后不再计算和付款；客户以后仍可以再来索赔。", "Nothing more is calculated or paid; the customer may claim again later."),
    Words("客户怎么说的", "What the customer said"), Words("撤案", "Withdraw the claim"),
)


def _page(request: HttpRequest, number: str, asking: Asking, *, refused: Refused | None = None, values: dict[str, str] | None = None,
          people: list[dict[str, Any]] | None = None) -> HttpResponse:
    head = head_of(number, actor=actor_in(request))
    context: dict[str, Any] = {
        "claim": head, "asking": asking, "values": values or {}, "people": people, "refused": panel(refused) if refused else None,
        "faults": faults_of(refused),
    }
    return render(request, "workbench/claim/asking.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


def _do(request: HttpRequest, number: str, asking: Asking, step: Callable[[dict[str, str]], object], *, told: str,
        people: list[dict[str, Any]] | None = None) -> HttpResponse:
    if request.method == "GET":
        return _page(request, number, asking, people=people)
    values = typed(request, "why", "user_id")
    try:
        step(values)
    except Refused as refused:
        return _page(request, number, asking, refused=refused, values=values, people=people)
    messages.success(request, told)
    return redirect("claim", number)


@require_http_methods(["GET", "POST"])
def take_on(request: HttpRequest, number: str) -> HttpResponse:
    """接手: from the claim's own button; by address it leads to the claim, where the button stands."""
    if request.method == "GET":
        return redirect("claim", number)
    try:
        take_on_claim(number, by=actor_in(request))
    except Refused as refused:
        if refused.code == "not_found":
            raise
        return claim_page(request, number, refused=refused)
    messages.success(request, _("You handle this claim now."))
    return redirect("claim", number)


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """指派: to a handler of the claim's branch who is there today."""
    actor = actor_in(request)
    head = head_of(number, actor=actor)
    there = working(timezone.localdate(), role="handler", branch_id=head.branch_id)
    people = [{"value": u.pk, "label": Words(u.name, u.name_en)} for u in there if u.pk != head.owner_id]

    def step(v: dict[str, str]) -> None:
        assign_claim(number, user_id=whole(v["user_id"], most=10**9), why=v["why"], by=actor)

    return _do(request, number, ASSIGN, step, told=_("Assigned."), people=people)


@require_http_methods(["GET", "POST"])
def complex_case(request: HttpRequest, number: str) -> HttpResponse:
    """情形复杂."""
    return _do(request, number, COMPLEX, lambda v: mark_complex(number, why=v["why"], by=actor_in(request)), told=_("Marked as complex; 30 days run."))


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """撤案."""
    return _do(request, number, WITHDRAW, lambda v: withdraw_claim(number, why=v["why"], by=actor_in(request)), told=_("Withdrawn, with the customer's reason."))
