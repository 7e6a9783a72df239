"""Background work of payments: hand released orders to the bank, ask after those it has."""

from __future__ import annotations

from datetime import datetime

from lipei.filing.actor import system
from lipei.filing.command import NOW
from lipei.payments.commands import confirm_payment, fail_payment, hand_over_payment
from lipei.payments.ports import Bank, BankSilent
from lipei.payments.queries import order_for_bank, orders_by_state


def pay_order(uuid: str, *, bank: Bank, at: datetime = NOW) -> None:
    """Hand one released order to the bank. Killed before the answer was recorded, it runs again: the bank knows the UUID."""
    number, payee, amount, bank_name, account = order_for_bank(uuid)
    try:
        receipt = bank.pay(uuid=uuid, number=number, payee=payee, bank=bank_name, account=account, amount=amount)
    except BankSilent:
        return
    hand_over_payment(uuid, receipt=receipt, by=system(), at=at)


def ask_after(uuid: str, *, bank: Bank, at: datetime = NOW) -> None:
    """Record what the bank says of one order it has."""
    try:
        said = bank.answer(uuid=uuid)
    except BankSilent:
        return
    if said.state == "confirmed":
        confirm_payment(uuid, reference=said.reference, by=system(), at=at)
    elif said.state == "failed":
        fail_payment(uuid, fault=said.fault, by=system(), at=at)


def talk_to_bank(bank: Bank) -> None:
    """The periodic round: everything released, then everything the bank has."""
    for uuid in orders_by_state("released"):
        pay_order(uuid, bank=bank)
    for uuid in orders_by_state("handed_over"):
        ask_after(uuid, bank=bank)
