"""Commands of payments: reserve, payable, order, release, hand over, confirm or fail."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from lipei.claimfile import moving
from lipei.claimfile.models import Claim, Exposure, Milestone, Party
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Refused, not_found, refuse_if
from lipei.payments.events import (
    PayableMade,
    PaymentConfirmed,
    PaymentFailed,
    PaymentHandedOver,
    PaymentOrdered,
    PaymentReleased,
    ReserveReleased,
    ReserveSet,
)
from lipei.payments.ledger import balances, book
from lipei.payments.models import Payable, PaymentOrder
from lipei.payments.rules import may_order, may_release
from lipei.staff.models import User
from lipei.terms.words import Words

HELD = ("ready", "released", "handed_over", "confirmed")


@command("system.set_reserve")
def set_reserve(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """Book the first estimate of every exposure as reserve; a claim that has one keeps it."""
    claim = moving.locked_claim(number, by=by)
    if balances(claim.pk).reserve:
        return
    total = Exposure.objects.filter(claim=claim).aggregate(total=Sum("estimate"))["total"] or 0
    entry = record(ReserveSet(amount=total), file_id=claim.file_id)
    book(claim, "reserve_set", amount=total, entry=entry)


@command("system.make_payable")
def make_payable(number: str, *, decision_entry: int, payee_id: int, amount: int, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """What a decision owes becomes payable, and the reserve is released. A second run for the same decision does nothing."""
    claim = moving.locked_claim(number, by=by)
    if Payable.objects.filter(decision_entry_id=decision_entry).exists():
        return
    _release_reserve(claim)
    if amount == 0:
        return
    payable = Payable(claim=claim, decision_entry_id=decision_entry, payee_id=payee_id, amount=amount, currency=claim.currency, decided_at=at)
    payable.save()
    entry = record(PayableMade(payable=payable.pk, amount=amount), file_id=claim.file_id)
    book(claim, "payable_made", amount=amount, entry=entry)


def _release_reserve(claim: Claim) -> None:
    held = -balances(claim.pk).reserve
    if held > 0:
        entry = record(ReserveReleased(amount=held), file_id=claim.file_id)
        book(claim, "reserve_released", amount=held, entry=entry)


def left_to_order(payable: Payable) -> int:
    """What of a payable no order holds yet, in fen."""
    held = payable.orders.filter(state__in=HELD).aggregate(total=Sum("amount"))["total"] or 0
    return payable.amount - int(held)


@command("payment.order")
def order_payment(number: str, *, payable_id: int, amount: int, by: Actor, why: str = "", at: datetime = NOW) -> str:
    """制作付款单: by the maker, to the payee's verified account; never above what is left of the payable. Returns its UUID."""
    claim = moving.locked_claim(number, by=by)
    payable = Payable.objects.select_for_update(of=("self",)).select_related("payee").filter(id=payable_id, claim=claim).first()
    if payable is None:
        raise not_found(Words("没有这笔应付。", "There is no such payable."))
    payee: Party = payable.payee
    has_account = bool(payee.bank_account) and Milestone.objects.filter(claim=claim, kind="payee_verified", is_valid=True).exists()
    refuse_if(may_order(amount, left=left_to_order(payable), has_account=has_account), Words("还不能制作付款单", "The order cannot be made yet"))
    year = timezone.localtime(at).year
    order = PaymentOrder(
        number=f"FK-{year}-{moving.next_number(f'FK-{year}'):06d}", claim=claim, payable=payable, payee_name=payee.bank_account_name,
        bank_name=payee.bank_name, account_tail=payee.bank_account_tail, amount=amount, made_by_id=by.staff_id, made_at=at,
    )
    order.entry_id = record(PaymentOrdered(order=str(order.uuid), number=order.number, amount=amount), file_id=claim.file_id)
    order.save()
    _turn(claim, "finance_checker")
    return str(order.uuid)


def _turn(claim: Claim, role: str) -> None:
    claim.turn = role
    claim.turn_user_id = claim.owner_id if role == "handler" else None
    claim.save(update_fields=["turn", "turn_user"])


def _locked(uuid: str) -> PaymentOrder:
    order = PaymentOrder.objects.select_for_update(of=("self",)).select_related("claim", "payable").filter(uuid=uuid).first()
    if order is None:
        raise not_found(Words("没有这张付款单。", "There is no such payment order."))
    return order


@command("payment.release")
def release_payment(uuid: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """放行: by another person than the maker, who has not worked on the claim."""
    order = _locked(uuid)
    claim = moving.locked_claim(order.claim.number, by=by)
    others = Milestone.objects.filter(claim=claim, kind__in=("calculated", "review_passed", "decided"), is_valid=True)
    other_ids = User.objects.filter(number__in=others.values("by_ref")).values_list("id", flat=True)
    faults = may_release(
        state=order.state, maker_id=order.made_by_id, checker_id=by.staff_id, other_ids=frozenset(other_ids)
    )
    if faults:
        raise Refused("own_work", Words("还不能放行", "The order cannot be released"), missing=tuple(faults))
    order.state, order.released_by_id, order.released_at = "released", by.user_id, at
    order.save(update_fields=["state", "released_by", "released_at"])
    record(PaymentReleased(order=uuid, number=order.number, amount=order.amount), file_id=claim.file_id)


@command("payment.release")
def send_back_order(uuid: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """退回: the checker sends an order back with a reason; the amount is free to be ordered again."""
    order = _locked(uuid)
    claim = moving.locked_claim(order.claim.number, by=by)
    if order.state != "ready":
        raise Refused("conflict", Words("这张付款单已经放行，不能退回。", "The order was released and cannot be sent back."))
    if not why.strip():
        raise Refused("missing", Words("退回要写明理由。", "Sending back needs a reason."))
    order.state, order.fault = "sent_back", why.strip()
    order.save(update_fields=["state", "fault"])
    record(PaymentFailed(order=uuid, number=order.number, fault=why.strip()), file_id=claim.file_id)
    _turn(claim, "finance_maker")


@command("system.hand_over_payment")
def hand_over_payment(uuid: str, *, receipt: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """The bank took the order; told again, nothing changes."""
    order = _locked(uuid)
    if order.state != "released":
        return
    order.state, order.handed_over_at = "handed_over", at
    order.save(update_fields=["state", "handed_over_at"])
    entry = record(PaymentHandedOver(order=uuid, number=order.number, receipt=receipt), file_id=order.claim.file_id)
    book(order.claim, "payment_handed_over", amount=order.amount, entry=entry)


@command("system.confirm_payment")
def confirm_payment(uuid: str, *, reference: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """到账: the bank confirmed; told again, nothing changes. When the whole payable is confirmed, the claim is paid."""
    order = _locked(uuid)
    claim = moving.locked_claim(order.claim.number, by=by)
    if order.state == "confirmed":
        return
    if order.state != "handed_over":
        raise Refused("conflict", Words("付款单还没有交给银行。", "The order has not gone to the bank."))
    order.state, order.confirmed_at, order.bank_reference = "confirmed", at, reference
    order.save(update_fields=["state", "confirmed_at", "bank_reference"])
    entry = record(
        PaymentConfirmed(order=uuid, number=order.number, amount=order.amount, reference=reference), file_id=claim.file_id
    )
    book(claim, "payment_confirmed", amount=order.amount, entry=entry)
    paid = order.payable.orders.filter(state="confirmed").aggregate(total=Sum("amount"))["total"] or 0
    if paid == order.payable.amount:
        moving.reach(claim, "paid", entry=entry)
        moving.clock_event(claim, "paid", entry=entry)
        _turn(claim, "handler")


@command("system.confirm_payment")
def fail_payment(uuid: str, *, fault: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """The bank could not pay: the amount is payable again, and the maker hears why."""
    order = _locked(uuid)
    claim = moving.locked_claim(order.claim.number, by=by)
    if order.state != "handed_over":
        return
    order.state, order.fault = "failed", fault
    order.save(update_fields=["state", "fault"])
    entry = record(PaymentFailed(order=uuid, number=order.number, fault=fault), file_id=claim.file_id)
    book(claim, "payment_failed", amount=order.amount, entry=entry)
    _turn(claim, "finance_maker")
