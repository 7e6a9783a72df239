"""Facts of the assessment, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from lipei.filing.events import Event
from lipei.terms.money import shown
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class ItemsAllowed(Event):
    """Some items were assessed: how many, what was asked for them and what is allowed (fen)."""

    KIND: ClassVar[str] = "items_allowed"
    count: int
    claimed: int
    allowed: int
    items: list[dict[str, Any]]

    def sentence(self) -> Words:
        cut = self.claimed - self.allowed
        zh, en = (f"，核减 {shown(cut)}", f", {shown(cut)} cut") if cut else ("，没有核减", ", nothing cut")
        return Words(f"审核 {self.count} 项{zh}", f"{self.count} items assessed{en}" if self.count != 1 else f"One item assessed{en}")


@dataclass(frozen=True, kw_only=True)
class AssessmentCompleted(Event):
    """费用审核完成: every item with what was asked and allowed (fen), and why less where it is less.

    `items`: {number, category, label, days, claimed, allowed, reason_code, reason, fact, source}.
    """

    KIND: ClassVar[str] = "assessment_completed"
    KEY: ClassVar[bool] = True
    number: str
    total_claimed: int
    total_allowed: int
    items: list[dict[str, Any]]

    def sentence(self) -> Words:
        cut = self.total_claimed - self.total_allowed
        if not cut:
            return Words(f"费用审核完成，{shown(self.total_allowed)} 全部认可", f"Items assessed, {shown(self.total_allowed)} allowed in full")
        return Words(f"费用审核完成，核减 {shown(cut)}", f"Items assessed, {shown(cut)} cut")
