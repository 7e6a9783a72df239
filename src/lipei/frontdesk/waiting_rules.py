"""How long somebody will wait, as promised: the usual time of those before them, shared by the open counters. Pure.

The usual time is the median of the queue's own past, of the same purpose in the same hours if it has been enough; else of the purpose,
else of the branch, else a named guess that says of itself that it is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median_low

from lipei.terms.words import Words

SAMPLES_MIN = 8
GUESS_SECONDS = 12 * 60
HOURS_AROUND = 1
SUNDAY, SATURDAY = 6, 5
MINUTES_MIN, MINUTES_MAX = 2, 480
SERVICE_SECONDS_MIN, SERVICE_SECONDS_MAX = 30, 4 * 3600
"""Shorter or longer than this was no service of one visitor: a slip, or a visit left open."""

BASES: dict[str, Words] = {
    "hours": Words("按这几周同一时段、同一类事的实际用时", "from what such visits took at this time of day in past weeks"),
    "purpose": Words("按这几周同一类事的实际用时", "from what such visits took in past weeks"),
    "branch": Words("按这个网点这几周的实际用时", "from what visits took here in past weeks"),
    "guess": Words("这里还没有足够的记录，按一般情形估计", "a usual guess, for there are too few records here yet"),
}


@dataclass(frozen=True, slots=True)
class Served:
    """One visitor served in the past: purpose, weekday (Monday 0), hour of the call, and seconds from call to farewell."""

    purpose: str
    weekday: int
    hour: int
    seconds: int


@dataclass(frozen=True, slots=True)
class UsualTime:
    """The usual time of one visitor, in seconds, and what it was taken from (a key of `BASES`)."""

    seconds: int
    basis: str


def usual_time(past: Sequence[Served], *, purpose: str, weekday: int, hour: int) -> UsualTime:
    """The median of the closest past that has at least `SAMPLES_MIN` visitors; without any the guess."""
    sound = [s for s in past if SERVICE_SECONDS_MIN <= s.seconds <= SERVICE_SECONDS_MAX]
    same = [s for s in sound if s.purpose == purpose]
    is_weekend = weekday in (SATURDAY, SUNDAY)
    hours = [s for s in same if abs(s.hour - hour) <= HOURS_AROUND and (s.weekday in (SATURDAY, SUNDAY)) == is_weekend]
    for basis, found in (("hours", hours), ("purpose", same), ("branch", sound)):
        if len(found) >= SAMPLES_MIN:
            return UsualTime(median_low(s.seconds for s in found), basis)
    return UsualTime(GUESS_SECONDS, "guess")


def minutes_to_wait(before: Sequence[int], *, counters: int, busy_seconds: int = 0) -> int:
    """Whole minutes until the call, rounded up: the usual seconds of those `before`, and half a visit when no counter is free
    (`busy_seconds`: the usual time of those being served, 0 when a counter is free), shared by the open counters (none counts as one).
    """
    seconds = Fraction(2 * sum(before) + busy_seconds, 2 * max(1, counters))
    return min(MINUTES_MAX, max(MINUTES_MIN, -(-seconds // 60)))


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise against the clock: whole minutes waited, whether it is still kept, and by how many minutes not."""

    waited: int
    is_kept: bool
    over: int


def promise_kept(*, taken_at: datetime, minutes: int, called_at: datetime | None, now: datetime) -> Kept:
    """How the wait compares with what was promised, up to the call or up to now."""
    until = called_at or now
    waited = max(timedelta(0), until - taken_at)
    late = until - (taken_at + timedelta(minutes=minutes))
    return Kept(int(waited.total_seconds() // 60), late <= timedelta(0), max(0, -int(-late.total_seconds() // 60)) if late > timedelta(0) else 0)
