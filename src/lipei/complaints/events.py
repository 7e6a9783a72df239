"""Facts of a complaint, in the past tense; on the complaint's own file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class ComplaintOpened(Event):
    """投诉已受理: the legal clock runs from its receipt."""

    KIND: ClassVar[str] = "complaint_opened"
    KEY: ClassVar[bool] = True
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"complainant", "matter"})
    number: str
    visit: str
    about: Words
    complainant: str
    matter: str

    def sentence(self) -> Words:
        return Words(f"受理{self.complainant}的投诉（{self.about.zh}）：{self.matter}", f"Complaint of {self.complainant} received ({self.about.en}): {self.matter}")


@dataclass(frozen=True, kw_only=True)
class ComplaintGiven(Event):
    """Who looks after it, by rule or by a person with a reason."""

    KIND: ClassVar[str] = "complaint_given"
    KEY: ClassVar[bool] = True
    to: Words

    def sentence(self) -> Words:
        return Words(f"由{self.to.zh}负责", f"{self.to.en} looks after it")


@dataclass(frozen=True, kw_only=True)
class ComplaintTakenOn(Event):
    """The owner has begun to look into it."""

    KIND: ClassVar[str] = "complaint_taken_on"
    who: Words

    def sentence(self) -> Words:
        return Words(f"{self.who.zh}接手，开始查", f"{self.who.en} has begun to look into it")


@dataclass(frozen=True, kw_only=True)
class ComplaintNoted(Event):
    """What was found out or said."""

    KIND: ClassVar[str] = "complaint_noted"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text"})
    text: str

    def sentence(self) -> Words:
        return Words(f"记录：{self.text}", f"Note: {self.text}")


@dataclass(frozen=True, kw_only=True)
class ComplainantReached(Event):
    """Somebody looked up how to reach the complainant."""

    KIND: ClassVar[str] = "complainant_reached"

    def sentence(self) -> Words:
        return Words("看了投诉人的联系方式", "Looked up how to reach the complainant")
