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
