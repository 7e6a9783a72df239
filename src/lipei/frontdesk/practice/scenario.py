"""What a practice visit is made of: the visitor, the hidden facts, the law at hand, and how the visitor answers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from lipei.terms.words import Language, Words

END = "end"
"""The state in which the visitor has left."""
UNKNOWN = "unknown"
"""The answer to a fact nobody at the counter can know: a colleague finds out."""
FactKind = Literal["day", "choice", "number"]
FACT_KINDS: tuple[FactKind, ...] = ("day", "choice", "number")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Ways to say one thing, by language; found whatever the spaces and capitals."""

    zh: tuple[str, ...]
    en: tuple[str, ...]

    def in_(self, language: Language) -> tuple[str, ...]:
        """The phrases of a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class HiddenFact:
    """What is true in the story; `answer` is a day `2026-11-20`, an option's id, a whole number as text, or `UNKNOWN`."""

    id: str
    ask: Words
    kind: FactKind
    answer: str
    why: Words
    options: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class LawPoint:
    """What the law asks to be told here, the words that tell it, the words that tell it wrongly, and where it is written."""

    id: str
    name: Words
    said: Phrases
    wrong: Phrases
    why: Words
    better: Words
    source: Words


@dataclass(frozen=True, slots=True)
class Reply:
    """What the visitor says when all signs of `when` were met and none of `unless`; `to` is the state that follows."""

    when: frozenset[str]
    unless: frozenset[str]
    says: Words
    to: str
    identifies: bool = False

    def fits(self, signs: frozenset[str]) -> bool:
        """Does this reply answer these signs?"""
        return self.when <= signs and not self.unless & signs


@dataclass(frozen=True, slots=True)
class ModelTurn:
    """What a good colleague says at a station; in the calm mode at which of its steps, and what she fills in there."""

    station: str
    words: Words
    step: str = ""
    told: Mapping[str, Words] = field(default_factory=dict)

    def told_in(self, language: Language) -> dict[str, str]:
        """What she fills in at a step of the calm mode."""
        return {name: text.in_(language) for name, text in self.told.items()}


@dataclass(frozen=True, slots=True)
class Scenario:
    """情景: one practice visit. `sheet` is what the desk would show once identity is established; `secret` what it holds."""

    id: str
    name: Words
    visitor: Words
    about: Words
    purpose: str
    situation: str
    today: date
    begins: Words
    start: str
    states: Mapping[str, tuple[Reply, ...]]
    sheet: tuple[Words, ...]
    secret: Phrases
    cues: Mapping[str, Phrases]
    facts: tuple[HiddenFact, ...]
    law: tuple[LawPoint, ...]
    courtesy: tuple[str, ...]
    good: Words
    model: tuple[ModelTurn, ...]
