"""Facts about money, in the past tense. Amounts in fen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.money import shown
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class ReserveSet(Event):
    """准备金: the first estimate of every exposure was booked."""

    KIND: ClassVar[str] = "reserve_set"
    amount: int

    def sentence(self) -> Words:
        return Words(f"提存准备金 {shown(self.amount)}", f"Reserve set, {shown(self.amount)}")


@dataclass(frozen=True, kw_only=True)
class ReserveReleased(Event):
    """The reserve was released because the claim was decided."""

    KIND: ClassVar[str] = "reserve_released"
    amount: int

    def sentence(self) -> Words:
        return Words(f"转回准备金 {shown(self.amount)}", f"Reserve released, {shown(self.amount)}")


@dataclass(frozen=True, kw_only=True)
class PayableMade(Event):
    """应付: a decision owes this amount to the payee."""

    KIND: ClassVar[str] = "payable_made"
    KEY: ClassVar[bool] = True
    payable: int
    amount: int

    def sentence(self) -> Words:
        return Words(f"应付 {shown(self.amount)}", f"Payable {shown(self.amount)}")


@dataclass(frozen=True, kw_only=True)
class PaymentOrdered(Event):
    """A payment order was made by one person."""

    KIND: ClassVar[str] = "payment_ordered"
    order: str
    number: str
    amount: int

    def sentence(self) -> Words:
        return Words(f"制作付款单 {self.number}，{shown(self.amount)}", f"Payment order {self.number} made, {shown(self.amount)}")


@dataclass(frozen=True, kw_only=True)
class PaymentReleased(Event):
    """Another person checked and released it."""

    KIND: ClassVar[str] = "payment_released"
    KEY: ClassVar[bool] = True
    order: str
    number: str
    amount: int

    def sentence(self) -> Words:
        return Words(f"放行付款单 {self.number}，{shown(self.amount)}", f"Payment order {self.number} released, {shown(self.amount)}")


@dataclass(frozen=True, kw_only=True)
class PaymentHandedOver(Event):
    """The bank took the order."""

    KIND: ClassVar[str] = "payment_handed_over"
    order: str
    number: str
    receipt: str

    def sentence(self) -> Words:
        return Words(f"付款单 {self.number} 已交银行", f"Payment order {self.number} went to the bank")


@dataclass(frozen=True, kw_only=True)
class PaymentConfirmed(Event):
    """The bank confirmed that the money arrived."""

    KIND: ClassVar[str] = "payment_confirmed"
    KEY: ClassVar[bool] = True
    order: str
    number: str
    amount: int
    reference: str

    def sentence(self) -> Words:
        return Words(f"银行确认到账 {shown(self.amount)}", f"The bank confirmed {shown(self.amount)}")


@dataclass(frozen=True, kw_only=True)
class PaymentFailed(Event):
    """The bank could not pay; the amount is payable again."""

    KIND: ClassVar[str] = "payment_failed"
    KEY: ClassVar[bool] = True
    order: str
    number: str
    fault: str

    def sentence(self) -> Words:
        return Words(f"付款单 {self.number} 没有付成：{self.fault}", f"Payment order {self.number} failed: {self.fault}")
