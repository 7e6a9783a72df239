"""Facts of verification, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.money import shown
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class CoverageChecked(Event):
    """核对: policy, person, premium, terms and exclusions were looked through, each with its verdict."""

    KIND: ClassVar[str] = "coverage_checked"
    number: str
    yes: int
    no: int
    open: int

    def sentence(self) -> Words:
        return Words(f"当场核对：{self.yes} 项符合，{self.no} 项不符合，{self.open} 项待查",
                     f"Checked: {self.yes} in order, {self.no} not in order, {self.open} open")


@dataclass(frozen=True, kw_only=True)
class FirstViewShown(Event):
    """初步看法: what may be covered and roughly how much, told as a range and no promise (fen)."""

    KIND: ClassVar[str] = "first_view_shown"
    KEY: ClassVar[bool] = True
    number: str
    low: int
    high: int
    is_open_ended: bool

    def sentence(self) -> Words:
        if self.is_open_ended:
            return Words(f"说了初步看法：合同最多付 {shown(self.high)}，费用还不知道",
                         f"First view told: at most {shown(self.high)}, the cost is not known yet")
        return Words(f"说了初步看法：大约 {shown(self.low)} 到 {shown(self.high)}，不是承诺",
                     f"First view told: roughly {shown(self.low)} to {shown(self.high)}, no promise")


@dataclass(frozen=True, kw_only=True)
class ExposuresEstimated(Event):
    """Each coverage the claim may touch has a first estimate (sums in fen)."""

    KIND: ClassVar[str] = "exposures_estimated"
    KEY: ClassVar[bool] = True
    number: str
    low: int
    high: int
    estimate: int

    def sentence(self) -> Words:
        return Words(f"第一笔估计 {shown(self.estimate)}（{shown(self.low)} 到 {shown(self.high)}）",
                     f"First estimate {shown(self.estimate)} ({shown(self.low)} to {shown(self.high)})")


@dataclass(frozen=True, kw_only=True)
class CoverageVerified(Event):
    """核责完成: the conclusion on every coverage, and the edition of the terms that applies."""

    KIND: ClassVar[str] = "coverage_verified"
    KEY: ClassVar[bool] = True
    number: str
    edition: str
    covered: list[str]
    not_covered: list[str]

    def sentence(self) -> Words:
        if not self.not_covered:
            return Words(f"核责完成：{len(self.covered)} 项责任都在保障内", f"Verified: all {len(self.covered)} coverages answer")
        return Words(f"核责完成：{len(self.covered)} 项在保障内，{len(self.not_covered)} 项不在",
                     f"Verified: {len(self.covered)} covered, {len(self.not_covered)} not")


@dataclass(frozen=True, kw_only=True)
class CoverageRevised(Event):
    """The conclusions were taken again because a fact changed."""

    KIND: ClassVar[str] = "coverage_revised"
    KEY: ClassVar[bool] = True
    number: str
    covered: list[str]
    not_covered: list[str]

    def sentence(self) -> Words:
        return Words(f"更正核责结论：{len(self.covered)} 项在保障内，{len(self.not_covered)} 项不在",
                     f"Conclusions revised: {len(self.covered)} covered, {len(self.not_covered)} not")
