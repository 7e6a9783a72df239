"""How a day at the desk went, in figures with their formulas: waits, promises kept, visits that settled their matter. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low

RETURN_DAYS = 30
"""Who comes about the same matter within so many days has come again."""


@dataclass(frozen=True, slots=True)
class Waited:
    """One ticket called: whole minutes waited, and whether within its promise."""

    ticket: str
    minutes: int
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits of a day: how many were called, those kept, the middle wait and the longest, in minutes."""

    called: int
    kept: int
    median: int
    longest: int

    @property
    def share(self) -> Fraction:
        """The share called within their promise."""
        return Fraction(self.kept, self.called)


def waits_of(rows: Sequence[Waited]) -> Waits | None:
    """The waits of a day in figures; None when nobody was called."""
    if not rows:
        return None
    minutes = [row.minutes for row in rows]
    return Waits(len(rows), sum(row.is_kept for row in rows), median_low(minutes), max(minutes))


@dataclass(frozen=True, slots=True)
class Faces:
    """The ratings of a day: how many visits ended, and how many were rated with each score."""

    ended: int
    by_score: Mapping[int, int]

    @property
    def rated(self) -> int:
        """How many were rated."""
        return sum(self.by_score.values())

    @property
    def share(self) -> Fraction:
        """The share of the visits that were rated."""
        return Fraction(self.rated, self.ended)

    def share_of(self, score: int) -> Fraction:
        """The share of the ratings that chose this face."""
        return Fraction(self.by_score[score], self.rated)


def faces_of(scores: Iterable[int], *, ended: int) -> Faces | None:
    """The ratings of a day by face, the best first; None when nobody rated."""
    counted = Counter(scores)
    return Faces(ended, dict(sorted(counted.items(), reverse=True))) if counted and ended else None


@dataclass(frozen=True, slots=True)
class Came:
    """One visit with what it was about: the claim, or failing one the person; empty when neither was established."""

    visit: str
    about: str


@dataclass(frozen=True, slots=True)
class Once:
    """The visits of a day that ended: those about a matter nobody had come for lately, those that came again, those about nothing known."""

    first: tuple[str, ...]
    again: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """The share of visits that were not for the second time; None when no matter is known."""
        known = len(self.first) + len(self.again)
        return Fraction(len(self.first), known) if known else None


def once_of(ended: Iterable[Came], *, earlier: Iterable[str]) -> Once:
    """The visits of a day, oldest first, parted by whether the same matter had been come for already: `earlier`, or before on the same day."""
    seen, first, again, unknown = set(earlier), [], [], []
    for came in ended:
        if not came.about:
            unknown.append(came.visit)
        elif came.about in seen:
            again.append(came.visit)
        else:
            first.append(came.visit)
            seen.add(came.about)
    return Once(tuple(first), tuple(again), tuple(unknown))
