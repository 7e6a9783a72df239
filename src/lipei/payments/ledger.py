"""The ledger: bookings of balanced postings, debit positive, in fen. Balances are sums, never stored.

incurred is the expense; reserve, payable and clearing are what we owe at each stage; bank is what has left.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Sum

from lipei.claimfile.models import Claim
from lipei.filing.running import running
from lipei.payments.models import ACCOUNTS, Posting

TEXTS = {
    "reserve_set": ("incurred", "reserve"),
    "reserve_released": ("reserve", "incurred"),
    "payable_made": ("incurred", "payable"),
    "payment_handed_over": ("payable", "clearing"),
    "payment_confirmed": ("clearing", "bank"),
    "payment_failed": ("clearing", "payable"),
}


@dataclass(frozen=True, slots=True)
class Balances:
    """What stands on each account of one claim, in fen; they sum to zero."""

    reserve: int
    incurred: int
    payable: int
    clearing: int
    bank: int


def book(claim: Claim, text: str, *, amount: int, entry: int) -> None:
    """Book one movement by its text's two accounts (debit, credit); nothing for an amount of zero."""
    if amount == 0:
        return
    debit, credit = TEXTS[text]
    booking, at = uuid.uuid4(), running().at
    for account, signed in ((debit, amount), (credit, -amount)):
        Posting.objects.create(booking=booking, claim=claim, account=account, amount=signed, currency=claim.currency,
                               text=text, at=at, entry_id=entry)


def balances(claim_id: int) -> Balances:
    """The claim's balances as the ledger has them now."""
    sums = dict(Posting.objects.filter(claim_id=claim_id).values_list("account").annotate(total=Sum("amount")))
    return Balances(**{account: int(sums.get(account, 0)) for account in ACCOUNTS})
