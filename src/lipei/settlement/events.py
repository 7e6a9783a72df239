"""Facts of settlement, in the past tense: calculated, payee verified, submitted, reviewed, returned, decided, refused, adjusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.money import shown
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class ClaimCalculated(Event):
    """理算: the statement was made and kept whole; its fingerprint stands in the chain (amounts in fen)."""

    KIND: ClassVar[str] = "claim_calculated"
    KEY: ClassVar[bool] = True
    number: str
    statement: int
    claimed: int
    owed: int
    edition: str
    sha256: str

    def sentence(self) -> Words:
        return Words(f"算出应付 {shown(self.owed)}", f"Calculated: {shown(self.owed)} owed")


@dataclass(frozen=True, kw_only=True)
class PayeeVerified(Event):
    """The payee's account was checked: in their own name, right check digit."""

    KIND: ClassVar[str] = "payee_verified"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name"})
    number: str
    party_id: int
    name: str
    bank: str
    tail: str

    def sentence(self) -> Words:
        return Words(f"收款户名相符：{self.name}，{self.bank} 尾号 {self.tail}", f"Payee's account agrees: {self.name}, {self.bank} ending {self.tail}")


@dataclass(frozen=True, kw_only=True)
class SubmittedForReview(Event):
    """提交复核."""

    KIND: ClassVar[str] = "submitted_for_review"
    KEY: ClassVar[bool] = True
    number: str
    amount: int
    authority: int

    def sentence(self) -> Words:
        if self.authority and self.amount > self.authority:
            return Words(f"提交复核，超过 {shown(self.authority)}", f"Submitted for review, above {shown(self.authority)}")
        return Words(f"提交复核：{shown(self.amount)}", f"Submitted for review: {shown(self.amount)}")


@dataclass(frozen=True, kw_only=True)
class ReviewPassed(Event):
    """复核通过, by somebody who did not calculate."""

    KIND: ClassVar[str] = "review_passed"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    KEY: ClassVar[bool] = True
    number: str
    amount: int
    reason: str

    def sentence(self) -> Words:
        return Words(f"复核通过：{shown(self.amount)}", f"Review passed: {shown(self.amount)}")


@dataclass(frozen=True, kw_only=True)
class ClaimReturned(Event):
    """退回, with what must be added or changed."""

    KIND: ClassVar[str] = "claim_returned"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"what"})
    KEY: ClassVar[bool] = True
    number: str
    what: str

    def sentence(self) -> Words:
        return Words(f"退回：{self.what}", f"Returned: {self.what}")


@dataclass(frozen=True, kw_only=True)
class ClaimDecided(Event):
    """决定: pay, pay in part, or covered with nothing owed; `payee_id` is the party the amount (fen) is owed to, 0 for none."""

    KIND: ClassVar[str] = "claim_decided"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    KEY: ClassVar[bool] = True
    number: str
    kind: str
    amount: int
    payee_id: int
    reason: str

    def sentence(self) -> Words:
        if self.amount == 0:
            return Words("决定：属于保障范围，应付为零", "Decided: covered, nothing is owed")
        verb = Words("部分给付", "pay in part") if self.kind == "part" else Words("给付", "pay")
        return Words(f"决定{verb.zh} {shown(self.amount)}", f"Decided: {verb.en} {shown(self.amount)}")


@dataclass(frozen=True, kw_only=True)
class ClaimRefused(Event):
    """拒赔, with clause and fact in the decision's grounds; the written notice is due within three days (art. 24)."""

    KIND: ClassVar[str] = "claim_refused"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    KEY: ClassVar[bool] = True
    number: str
    claimed: int
    reason: str

    def sentence(self) -> Words:
        return Words(f"决定：不属于保障范围（要求 {shown(self.claimed)}）", f"Decided: not covered ({shown(self.claimed)} claimed)")


@dataclass(frozen=True, kw_only=True)
class AdjustmentProposed(Event):
    """提出调整: a claim that stands before this one by the clause was decided after it; amounts in fen, `sha256` of the statement as it would be."""

    KIND: ClassVar[str] = "adjustment_proposed"
    number: str
    adjustment: int
    cause: str
    was: int
    now: int
    sha256: str

    def sentence(self) -> Words:
        return Words(
            f"提出调整：案件 {self.cause} 按条款排在前面，告知 {shown(self.was)}，按条款现为 {shown(self.now)}",
            f"Adjustment proposed: claim {self.cause} comes before by the clause; told {shown(self.was)}, by the clause now {shown(self.now)}",
        )


@dataclass(frozen=True, kw_only=True)
class AdjustmentReplaced(Event):
    """A proposal that nobody has decided yet is no longer what the ledger says."""

    KIND: ClassVar[str] = "adjustment_replaced"
    number: str
    adjustment: int

    def sentence(self) -> Words:
        return Words("以前提出的调整不再合用", "The adjustment proposed before no longer fits")


@dataclass(frozen=True, kw_only=True)
class UseCorrected(Event):
    """累计更正: another claim changed what this one uses and not its amount; the ledger was corrected by counter-movements."""

    KIND: ClassVar[str] = "use_corrected"
    number: str
    adjustment: int
    cause: str
    sha256: str

    def sentence(self) -> Words:
        return Words(f"累计已更正：案件 {self.cause} 排在前面，本件金额不变", f"Use corrected: claim {self.cause} comes before; the amount stays")


@dataclass(frozen=True, kw_only=True)
class AdjustmentAccepted(Event):
    """接受调整, by a named person; lowering names its legal ground. The ledger follows; paying or claiming back is another decision."""

    KIND: ClassVar[str] = "adjustment_accepted"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    KEY: ClassVar[bool] = True
    number: str
    adjustment: int
    was: int
    now: int
    reason: str
    ground: str

    def sentence(self) -> Words:
        return Words(f"接受调整：{shown(self.was)} → {shown(self.now)}", f"Adjustment accepted: {shown(self.was)} → {shown(self.now)}")


@dataclass(frozen=True, kw_only=True)
class AdjustmentLeft(Event):
    """维持原告知: a named person leaves the claim as it was told, with the reason."""

    KIND: ClassVar[str] = "adjustment_left"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    KEY: ClassVar[bool] = True
    number: str
    adjustment: int
    was: int
    now: int
    reason: str
    ground: str

    def sentence(self) -> Words:
        return Words(f"不调整，维持 {shown(self.was)}", f"Not adjusted; {shown(self.was)} stands")
