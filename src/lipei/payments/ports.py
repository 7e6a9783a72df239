"""What payments need from outside: a bank that takes an order by its UUID and answers later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


class BankSilent(Exception):
    """The bank does not answer now; the order stays as it is and is tried again."""


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """What the bank says of an order."""

    state: Literal["waiting", "confirmed", "failed"]
    reference: str = ""
    fault: str = ""


class Bank(Protocol):
    """The bank's door. The same UUID again must not pay twice."""

    def pay(self, *, uuid: str, number: str, payee: str, bank: str, account: str, amount: int) -> str:
        """Hand an order over (amount in fen); returns the bank's receipt. Raises `BankSilent`."""
        ...

    def answer(self, *, uuid: str) -> BankAnswer:
        """What has become of an order. Raises `BankSilent`."""
        ...
