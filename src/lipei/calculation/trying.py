"""Conditions that were tried: triggers, exclusions, exceptions, waiting periods, with the facts that decided them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from lipei.calculation.figures import sentence
from lipei.calculation.inputs import Inputs, shown_value
from lipei.calculation.working import Pieces
from lipei.terms.document import Exclusion, Trigger
from lipei.terms.edition import Edition
from lipei.terms.step_base import StepException
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class FactSeen:
    """A fact that a condition looked at: its name, label and value, and where it is known from."""

    name: str
    label: Words
    value: Words
    source: Words | None
    assumed: bool

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        kept = {
            "name": self.name,
            "label": self.label.as_dict(),
            "value": self.value.as_dict(),
            "assumed": self.assumed,
        }
        return kept | ({"source": self.source.as_dict()} if self.source else {})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was known when a condition was tried; shared by all conditions of one statement."""

    edition: Edition = field(repr=False)
    inputs: Inputs = field(repr=False)
    values: Mapping[str, Any] = field(repr=False)

    def seen(self, name: str) -> FactSeen:
        """The fact as it was seen."""
        value = shown_value(self.edition, name, self.values[name])
        return FactSeen(
            name, self.edition.names[name], value, self.inputs.sources.get(name), name in self.inputs.assumed
        )

    def filled(self, label: Words) -> Words:
        """A label may name facts in braces: `按段给付，{hospital_level}`."""
        if "{" not in label.zh and "{" not in label.en:
            return label
        names = [name for name in self.edition.names if "{" + name + "}" in label.zh + label.en]
        return label.with_(**{name: shown_value(self.edition, name, self.values[name]) for name in names})


class Tried(NamedTuple):
    """A trigger, exclusion or exception that was tried: whether it held, and the facts that decided it."""

    tested: Trigger | Exclusion | StepException
    holds: bool
    evidence: Evidence

    @property
    def label(self) -> Words:
        """What was tried, in words."""
        return self.tested.label

    @property
    def clause(self) -> str:
        """The clause that says it."""
        return self.tested.clause

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the condition reads."""
        return self.tested.when.names

    @property
    def facts(self) -> tuple[FactSeen, ...]:
        """The facts that the condition looked at."""
        return tuple(self.evidence.seen(name) for name in self.names)

    @property
    def because(self) -> Words:
        """`饮酒驾驶：否（没有材料，按否处理）`, the facts in a sentence."""
        zh = "；".join(
            f"{seen.label.zh}：{seen.value.zh}" + ("（档案里没有，按此处理）" if seen.assumed else "")
            for seen in self.facts
        )
        en = "; ".join(
            f"{seen.label.en}: {seen.value.en}" + (" (nothing on file, taken so)" if seen.assumed else "")
            for seen in self.facts
        )
        return Words(zh or "无需事实", en or "needs no fact")

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "label": self.label.as_dict(),
            "clause": self.clause,
            "holds": self.holds,
            "facts": [seen.as_dict() for seen in self.facts],
        }


@dataclass(frozen=True, slots=True)
class Waited:
    """The waiting period of a coverage: first day covered, the day it happened, whether it is over or waived."""

    label: Words
    clause: str
    over: bool
    waived_by: Words | None
    first_day_covered: date
    happened: date

    @property
    def days_left(self) -> int:
        """Days by which it happened too early; 0 when the period was over or waived."""
        return 0 if self.over else (self.first_day_covered - self.happened).days

    @property
    def because(self) -> Words:
        """Why it is over, waived, or not over."""
        if self.waived_by is not None:
            return self.waived_by
        if self.over:
            return Words("{happened}，{first} 起已过等待期", "{happened}: covered from {first} on").with_(
                happened=self.happened, first=self.first_day_covered
            )
        return Words(
            "{happened} 还在等待期内，{first} 起才有保障（差 {n} 日）",
            "{happened} is within the waiting period; cover begins on {first}, {n} days later",
        ).with_(happened=self.happened, first=self.first_day_covered, n=self.days_left)

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "label": self.label.as_dict(),
            "clause": self.clause,
            "over": self.over,
            "waived_by": self.waived_by.as_dict() if self.waived_by else None,
            "first_day_covered": self.first_day_covered.isoformat(),
            "happened": self.happened.isoformat(),
        }


class Skipped(NamedTuple):
    """A step that was not reached, and why."""

    label: Words
    clause: str
    pieces: Pieces

    @property
    def why(self) -> Words:
        """Why it was not reached, or changed nothing."""
        return sentence(self.pieces() if callable(self.pieces) else self.pieces)

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        return {"label": self.label.as_dict(), "clause": self.clause, "why": self.why.as_dict()}
