"""Facts of the calm mode, of hard contacts and of the shift, in the past tense; on the visit's file, or on that of the branch's desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class CalmBegun(Event):
    """安抚开始: with its reason; the visit's station stays where it was."""

    KIND: ClassVar[str] = "calm_begun"
    KEY: ClassVar[bool] = True
    visit: str
    reason: Words

    def sentence(self) -> Words:
        return Words(f"开始安抚：{self.reason.zh}", f"Calm mode begun: {self.reason.en}")


@dataclass(frozen=True, kw_only=True)
class CalmStepTaken(Event):
    """One of the six steps was done; what was said or agreed is personal."""

    KIND: ClassVar[str] = "calm_step_taken"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"said"})
    visit: str
    step: str
    name: Words
    said: str = ""

    def sentence(self) -> Words:
        said = (f"：{self.said}", f": {self.said}") if self.said else ("", "")
        return Words(f"安抚，{self.name.zh}{said[0]}", f"Calm mode, {self.name.en[0].lower()}{self.name.en[1:]}{said[1]}")


@dataclass(frozen=True, kw_only=True)
class CalmStepNotApplicable(Event):
    """One of the six steps truly did not apply, for a reason from its list."""

    KIND: ClassVar[str] = "calm_step_not_applicable"
    KEY: ClassVar[bool] = True
    visit: str
    step: str
    name: Words
    reason: Words

    def sentence(self) -> Words:
        return Words(f"安抚，“{self.name.zh}”不适用：{self.reason.zh}", f"Calm mode, “{self.name.en}” does not apply: {self.reason.en}")


@dataclass(frozen=True, kw_only=True)
class SecondCalled(Event):
    """A named second person was called to a visit."""

    KIND: ClassVar[str] = "second_called"
    visit: str
    who: Words

    def sentence(self) -> Words:
        return Words(f"叫了{self.who.zh}", f"{self.who.en} was called")


@dataclass(frozen=True, kw_only=True)
class SecondAnswered(Event):
    """The second person comes, or cannot come."""

    KIND: ClassVar[str] = "second_answered"
    visit: str
    who: Words
    comes: bool

    def sentence(self) -> Words:
        if self.comes:
            return Words(f"{self.who.zh}来了", f"{self.who.en} has come")
        return Words(f"{self.who.zh}来不了", f"{self.who.en} cannot come")


@dataclass(frozen=True, kw_only=True)
class ThreatReported(Event):
    """威胁: noted and escalated, not argued about."""

    KIND: ClassVar[str] = "threat_reported"
    KEY: ClassVar[bool] = True
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"words"})
    visit: str
    called: Words | None = None
    words: str = ""

    def sentence(self) -> Words:
        called = (f"，叫了主管{self.called.zh}", f"; supervisor {self.called.en} was called") if self.called else ("，本网点今天没有主管", "; no supervisor works here today")
        said = (f"：{self.words}", f": {self.words}") if self.words else ("", "")
        return Words(f"客户说了威胁的话{called[0]}{said[0]}", f"The visitor uttered a threat{called[1]}{said[1]}")


@dataclass(frozen=True, kw_only=True)
class ComplaintHeard(Event):
    """The visitor complains: who, about what, the wish, and their own words. The duty of complaints opens its file from it."""

    KIND: ClassVar[str] = "complaint_heard"
    KEY: ClassVar[bool] = True
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"complainant", "matter", "wish", "words", "reach"})
    visit: str
    branch_id: int
    clerk_id: int
    about: str
    against_id: int
    claim: str
    answer_by: str
    complainant: str
    matter: str
    wish: str
    words: str
    reach: str

    def sentence(self) -> Words:
        return Words(f"{self.complainant}投诉：{self.matter}", f"{self.complainant} complains: {self.matter}")


@dataclass(frozen=True, kw_only=True)
class CalmEnded(Event):
    """All six steps are through."""

    KIND: ClassVar[str] = "calm_ended"
    visit: str

    def sentence(self) -> Words:
        return Words("安抚的六步走完", "The six steps of the calm mode are complete")


@dataclass(frozen=True, kw_only=True)
class DeskNoted(Event):
    """Something about a branch's desk: a check signed, a break, a quiet room."""

    KIND: ClassVar[str] = "desk_noted"
    what: Words

    def sentence(self) -> Words:
        return self.what
