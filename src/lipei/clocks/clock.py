"""A legal or promised clock as dated data: what starts it, how long it runs, what stops it, and where that stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from lipei.clocks.calendar import Period
from lipei.clocks.source import Source
from lipei.terms.words import Words

Nature = Literal["duty", "promise", "right", "bar", "hold"]
NATURES: tuple[Nature, ...] = ("duty", "promise", "right", "bar", "hold")
"""duty: the law binds us · promise: guidance or our word · right: ours, lost if unused · bar: time that ends a right of
others, or one that nobody can act on · hold: something must be kept until then."""

CountFrom = Literal["first", "last", "each"]
COUNTS_FROM: tuple[CountFrom, ...] = ("first", "last", "each")
"""first: only the first event starts it; last: the latest starts it anew; each: one reading for each `about`."""

Further = Literal["approved_only", "always", "never"]
FURTHER: tuple[Further, ...] = ("approved_only", "always", "never")
"""Whether a second request for papers stops the clock as well."""

QUEUED: frozenset[Nature] = frozenset({"duty", "promise", "right"})
"""The natures that somebody here must act on, and that therefore order the work list."""


@dataclass(frozen=True, slots=True)
class Tolling:
    """What stops a clock and what lets it run again."""

    stops_on: str
    resumes_on: str
    why: Words
    further: Further


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock in one version. `effective_to` is the first day on which it no longer applies; None: still in force.

    `met_in_part`: an event about one part (one notice of several) meets it too; otherwise only one about the same thing
    or the whole claim does. `rolls`: a last day on a rest day moves to the day after.
    """

    id: str
    label: Words
    source: Source
    trigger: tuple[str, ...]
    met_by: tuple[str, ...]
    period: Period
    nature: Nature
    consequence: Words
    effective_from: date
    effective_to: date | None = None
    tag: Words | None = None
    count_from: CountFrom = "first"
    requires: tuple[str, ...] = ()
    superseded_by: tuple[tuple[str, Words], ...] = ()
    tolling: Tolling | None = None
    met_in_part: bool = False
    rolls: bool = True
    lines: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()

    def applies_to(self, line: str, traits: frozenset[str]) -> bool:
        """Does it concern this line of business (none named: all) and a claim with these traits?"""
        return (not self.lines or line in self.lines) and self.traits <= traits

    def in_force(self, day: date) -> bool:
        """Was this version the law on `day`? Half open: from `effective_from` until before `effective_to`."""
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)
