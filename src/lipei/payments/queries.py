"""What others may ask about money: payables and orders of a claim, the lists of maker and checker, balances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lipei.claimfile.diary import due_day_of
from lipei.claimfile.visibility import claims_visible_to
from lipei.filing.actor import Actor
from lipei.payments.commands import left_to_order
from lipei.payments.ledger import Balances, balances
from lipei.payments.models import Payable, PaymentOrder
from lipei.privacy.cipher import keyring
from lipei.terms.words import Words

ROWS_MAX = 50
ORDER_STATES: dict[str, Words] = {
    "ready": Words("等放行", "to be released"),
    "sent_back": Words("已退回", "sent back"),
    "released": Words("已放行，待交银行", "released"),
    "handed_over": Words("已交银行，等回音", "with the bank"),
    "confirmed": Words("已到账", "confirmed"),
    "failed": Words("没有付成", "failed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """A payment order as doors show it; amounts in fen."""

    uuid: str
    number: str
    claim_number: str
    insured_name: str
    payee_name: str
    bank_name: str
    account_tail: str
    amount: int
    state: str
    state_word: Words
    made_by: Words
    made_by_id: int
    made_at: datetime
    released_by: Words | None
    confirmed_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayableView:
    """A payable with what is left to order (fen) and until when it must be paid."""

    id: int
    claim_number: str
    insured_name: str
    payee_name: str
    bank_name: str
    account_tail: str
    amount: int
    left: int
    decided_at: datetime
    due_on: date | None


def _order(order: PaymentOrder) -> OrderView:
    return OrderView(
        uuid=str(order.uuid), number=order.number, claim_number=order.claim.number, insured_name=order.claim.insured_name,
        payee_name=order.payee_name, bank_name=order.bank_name, account_tail=order.account_tail, amount=order.amount,
        state=order.state, state_word=ORDER_STATES[order.state], made_by=Words(order.made_by.name, order.made_by.name_en), made_by_id=order.made_by_id,
        made_at=order.made_at, released_by=Words(order.released_by.name, order.released_by.name_en) if order.released_by else None, confirmed_at=order.confirmed_at,
        fault=order.fault,
    )


def _payable(payable: Payable) -> PayableView:
    return PayableView(
        id=payable.pk, claim_number=payable.claim.number, insured_name=payable.claim.insured_name,
        payee_name=payable.payee.bank_account_name or payable.payee.name, bank_name=payable.payee.bank_name,
        account_tail=payable.payee.bank_account_tail, amount=payable.amount, left=left_to_order(payable),
        decided_at=payable.decided_at, due_on=due_day_of(payable.claim.due_at) if payable.claim.due_at else None,
    )


def orders_of(number: str, *, actor: Actor) -> tuple[OrderView, ...]:
    """The payment orders of a claim, the newest first."""
    rows = PaymentOrder.objects.select_related("claim", "made_by", "released_by").filter(
        claim__number=number, claim__in=claims_visible_to(actor)
    )
    return tuple(_order(o) for o in rows.order_by("-id"))


def payables_of(number: str, *, actor: Actor) -> tuple[PayableView, ...]:
    """The payables of a claim."""
    rows = Payable.objects.select_related("claim", "payee").filter(claim__number=number, claim__in=claims_visible_to(actor))
    return tuple(_payable(p) for p in rows.order_by("id"))


def payables_to_order(*, actor: Actor) -> tuple[PayableView, ...]:
    """Payables with something left to order, the first due first."""
    rows = Payable.objects.select_related("claim", "payee").filter(
        claim__in=claims_visible_to(actor), claim__stage="paying", claim__turn="finance_maker"
    )
    return tuple(v for v in (_payable(p) for p in rows.order_by("claim__due_at", "id")[:ROWS_MAX]) if v.left > 0)


def orders_to_release(*, actor: Actor) -> tuple[OrderView, ...]:
    """Orders that wait for a second person, the oldest first."""
    rows = PaymentOrder.objects.select_related("claim", "made_by", "released_by").filter(
        state="ready", claim__in=claims_visible_to(actor)
    )
    return tuple(_order(o) for o in rows.order_by("id")[:ROWS_MAX])


def orders_at_the_bank(*, actor: Actor) -> tuple[OrderView, ...]:
    """Orders released or with the bank, the oldest first."""
    rows = PaymentOrder.objects.select_related("claim", "made_by", "released_by").filter(
        state__in=("released", "handed_over", "failed"), claim__in=claims_visible_to(actor)
    )
    return tuple(_order(o) for o in rows.order_by("id")[:ROWS_MAX])


def orders_by_state(state: str) -> tuple[str, ...]:
    """The UUIDs of orders in a state, the oldest first; for the job that talks to the bank."""
    return tuple(str(u) for u in PaymentOrder.objects.filter(state=state).order_by("id").values_list("uuid", flat=True)[:200])


def order_for_bank(uuid: str) -> tuple[str, str, int, str, str]:
    """What the bank must know of an order: number, payee's name, amount (fen), bank, sealed account opened for this purpose."""
    order = PaymentOrder.objects.select_related("payable__payee").get(uuid=uuid)
    payee = order.payable.payee
    account = keyring().open(payee.bank_account or b"", purpose="party.bank_account")
    return order.number, order.payee_name, order.amount, order.bank_name, account


def balances_of(number: str, *, actor: Actor) -> Balances | None:
    """The ledger's balances of a claim; None when it is not to be seen."""
    claim = claims_visible_to(actor).filter(number=number).first()
    return balances(claim.pk) if claim else None
