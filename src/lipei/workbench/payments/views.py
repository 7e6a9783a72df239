"""The pages of payments: what the maker prepares, what the checker releases, and one claim's payment."""

from __future__ import annotations

import uuid as ids
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lipei.claimfile.summary import summary_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import Missing, Refused
from lipei.payments.commands import order_payment, release_payment, send_back_order
from lipei.payments.queries import (
    OrderView,
    balances_of,
    orders_at_the_bank,
    orders_of,
    orders_to_release,
    payables_of,
    payables_to_order,
)
from lipei.terms.money import AmountFault, amount_of, plain
from lipei.terms.words import Words
from lipei.workbench.refusing import STATUS, panel


@require_GET
def payments(request: HttpRequest) -> HttpResponse:
    """All that waits: to be ordered, to be released, with the bank."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    to_order, to_release = payables_to_order(actor=actor), orders_to_release(actor=actor)
    first = None
    if actor.has("finance_maker") and to_order:
        first = {"claim": to_order[0].claim_number, "amount": to_order[0].left, "name": to_order[0].payee_name, "kind": "order"}
    others = [o for o in to_release if o.made_by_id != actor.user_id]
    if actor.has("finance_checker") and others:
        first = {"claim": others[0].claim_number, "amount": others[0].amount, "name": others[0].payee_name, "kind": "release"}
    context = {
        "to_order": to_order, "to_release": to_release, "at_bank": orders_at_the_bank(actor=actor), "first": first,
        "is_maker": actor.has("finance_maker"), "is_checker": actor.has("finance_checker"),
    }
    return render(request, "workbench/payments/payments.html", context)


@require_http_methods(["GET", "POST"])
def claim_payment(request: HttpRequest, number: str) -> HttpResponse:
    """One claim's payment: payable, orders, ledger; the maker orders here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    typed = request.POST.get("amount", "")
    refused = None
    if request.method == "POST":
        try:
            order_payment(number, payable_id=_payable_id(request), amount=_amount(typed), by=actor)
            messages.success(request, _("The order is made; a second person releases it"))
            return redirect("claim_payment", number)
        except Refused as fault:
            refused = fault
    return _page(request, number, actor=actor, typed=typed, refused=refused)


def _payable_id(request: HttpRequest) -> int:
    text = request.POST.get("payable", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _amount(typed: str) -> int:
    try:
        return amount_of(typed)
    except AmountFault as fault:
        raise Refused(
            "bad_input", Words("还不能制作付款单", "The order cannot be made yet"), missing=(Missing(fault.words, field="amount"),)
        ) from fault


def _page(request: HttpRequest, number: str, *, actor: Actor, typed: str, refused: Refused | None) -> HttpResponse:
    claim = summary_of(number, actor=actor)
    payables, orders = payables_of(number, actor=actor), orders_of(number, actor=actor)
    open_payable = next((p for p in payables if p.left > 0), None)
    to_release = next((o for o in orders if o.state == "ready"), None)
    context: dict[str, Any] = {
        "claim": claim, "claim_url": reverse("claim", args=[number]), "payables": payables, "orders": orders, "open": open_payable,
        "to_release": to_release, "may_order": "payment.order" in actor.verbs and open_payable is not None,
        "may_release": "payment.release" in actor.verbs and to_release is not None,
        "typed": typed or (plain(open_payable.left) if open_payable else ""), "balances": balances_of(number, actor=actor),
        "order_checks": _checks(to_release, actor=actor), "refused": panel(refused) if refused else None,
    }
    return render(
        request, "workbench/payments/claim_payment.html", context, status=STATUS.get(refused.code, 422) if refused else 200
    )


def _checks(order: OrderView | None, *, actor: Actor) -> list[dict[str, Any]]:
    if order is None:
        return []
    own = order.made_by_id == actor.user_id
    return [
        {"state": "yes", "text": Words(f"收款户名 {order.payee_name}，{order.bank_name} 尾号 {order.account_tail}",
                                       f"Payee {order.payee_name}, {order.bank_name} ending {order.account_tail}")},
        {"state": "no" if own else "yes", "text": Words(f"由{order.made_by.zh}制作" + ("，就是您自己" if own else "，不是您"),
                                                        f"Made by {order.made_by.en}" + (", that is you" if own else ", not by you"))},
    ]


@require_POST
def release(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """The checker releases an order."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    release_payment(str(uuid), by=actor)
    messages.success(request, _("Released; the bank gets it now"))
    return redirect("payments")


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """The checker sends an order back with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    refused = None
    if request.method == "POST":
        try:
            send_back_order(str(uuid), by=actor, why=request.POST.get("why", ""))
            messages.success(request, _("Sent back to the maker"))
            return redirect("payments")
        except Refused as fault:
            refused = fault
    return render(request, "workbench/payments/send_back.html", {"uuid": uuid, "refused": panel(refused) if refused else None,
                                                                "why": request.POST.get("why", "")}, status=422 if refused else 200)
