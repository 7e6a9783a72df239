"""Facts of intake, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.money import shown
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class ClaimRegistered(Event):
    """立案: the claim was accepted for handling, with its first estimate (fen)."""

    KIND: ClassVar[str] = "claim_registered"
    KEY: ClassVar[bool] = True
    number: str
    estimate: int

    def sentence(self) -> Words:
        return Words(f"立案，第一笔估计 {shown(self.estimate)}", f"Registered, first estimate {shown(self.estimate)}")


@dataclass(frozen=True, kw_only=True)
class PartnerReported(Event):
    """合作方报案: a partner told of a loss by the machine door, with the key that makes the call harmless when repeated."""

    KIND: ClassVar[str] = "partner_reported"
    number: str
    partner: str
    key: str

    def sentence(self) -> Words:
        return Words(f"合作方“{self.partner}”通过接口报案", f"Reported by partner “{self.partner}” through the API")


@dataclass(frozen=True, kw_only=True)
class PartnerSentPaper(Event):
    """合作方交件: a partner added a paper by the machine door."""

    KIND: ClassVar[str] = "partner_sent_paper"
    number: str
    partner: str
    key: str
    custody_number: str

    def sentence(self) -> Words:
        return Words(f"合作方“{self.partner}”通过接口交来 {self.custody_number}", f"Paper {self.custody_number} from partner “{self.partner}” through the API")
