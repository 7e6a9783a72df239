"""What one demonstration claim is about: who comes, what happened, what the bill says and how far the story has gone. Pure values."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from lipei.policies.commands import PersonData, PolicyData
from lipei.terms.words import Words

STEPS = (
    "visit", "register", "take_on", "verify", "ask_papers", "papers", "assess", "calculate", "submit", "review", "decide", "order", "release", "close", "file",
)
"""The steps of a story in their order; a story stops after its last one."""


class Item(NamedTuple):
    """One line of the bill as claimed: category, label, days, fen, page."""

    category: str
    label: str
    days: int | None
    fen: int
    page: int


class Cut(NamedTuple):
    """What the assessor takes off: the item's number from 1, what is allowed (fen), reason, words, fact with its page."""

    item: int
    allowed: int
    code: str
    reason: str
    fact: str


class Found(NamedTuple):
    """A fact found out later, from a paper: its name, label, value as kept, value as shown, and the paper."""

    name: str
    label: Words
    value: str
    shown: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What happened, as the visitor tells it; `own` are the product's own questions with their answers as typed.

    `situation` is what is seen at the welcome; empty where who comes says it.
    """

    account: str
    place: str
    happened_on: date
    happened_time: str
    about: Words | None = None
    situation: str = ""
    own: tuple[tuple[str, str], ...] = ()

    def answers(self) -> dict[str, str]:
        """The product's questions with their answers as typed."""
        return dict(self.own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay(Loss):
    """A loss that led to a hospital."""

    cause: str
    hospital: str
    level: str
    admitted_on: date
    discharged_on: date
    settled: bool

    def answers(self) -> dict[str, str]:
        """What medical policies ask: cause, days, hospital, and whether social insurance has paid its part."""
        return {
            "cause": self.cause, "happened_on": self.happened_on.isoformat(), "hospital": self.hospital, "hospital_level": self.level,
            "admitted_on": self.admitted_on.isoformat(), "discharged_on": self.discharged_on.isoformat(),
            "settled_through_social_insurance": "true" if self.settled else "false",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A whole story. `steps` are those it has gone through with the moment of each, in order."""

    key: uuid.UUID
    number: int
    policy: PolicyData
    visitor: str
    loss: Loss
    items: tuple[Item, ...]
    cuts: tuple[Cut, ...] = ()
    found: tuple[Found, ...] = ()
    early: tuple[Found, ...] = ()
    brings: frozenset[str] = frozenset()
    complex_because: str = ""
    withdrawn_because: str = ""
    returned_because: str = ""
    leaves_open: bool = False
    nth: int = 1
    """Which claim under its policy this is."""
    stops_at: str = ""
    """The station at which a visit still stands; empty when it went to its end."""
    steps: tuple[tuple[str, datetime], ...] = ()

    @property
    def insured(self) -> PersonData:
        """The person who was ill or hurt, or whose car, home, journey or life was insured."""
        return self.policy.insured[0]

    @property
    def comes(self) -> PersonData:
        """Who comes to the counter."""
        return self.insured if self.visitor == "insured" else self.policy.holder

    @property
    def is_paid_to(self) -> PersonData:
        """Whose account it is paid to: the insured's, or of the one who is left."""
        return self.policy.holder if self.loss.situation == "bereavement" else self.insured

    @property
    def claimed(self) -> int:
        """The sum of the bill, in fen."""
        return sum(item.fen for item in self.items)
