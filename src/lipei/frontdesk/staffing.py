"""How many counters an hour needs: Erlang's formula for a line with several counters, over the branch's own past. Pure.

Visitors who come by chance, one after another, wait when all counters are busy. With λ visitors an hour and a mean service of s seconds
the load is a = λ·s/3600; the chance to wait at all with c counters is Erlang's C(c, a), and the share called within t seconds is
1 − C(c, a)·exp(−(c − a)·t/s) (A. K. Erlang 1917). The load is rounded up to a hundredth, so that the arithmetic shown is the one done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import exp
from statistics import median_low
from typing import Literal

DAYS_MIN = 3
"""So many days of the same kind the past must hold before an hour of them says anything."""
SERVICES_MIN = 20
COUNTERS_MOST = 60
PRIOR_VISITORS = 10
"""How slowly to-day overrules the past: with as many visitors as this expected, both weigh the same."""
SATURDAY = 5
Basis = Literal["weekday", "kind"]


@dataclass(frozen=True, slots=True)
class Target:
    """What the branch wants to keep: the share of its visitors called within so many minutes."""

    share: Fraction
    minutes: int


TARGET = Target(Fraction(4, 5), 10)


@dataclass(frozen=True, slots=True)
class Past:
    """The branch's past: visitors by day and hour of their ticket, of days before to-day; and seconds of each sound service."""

    come: Mapping[tuple[date, int], int]
    services: Sequence[int]


@dataclass(frozen=True, slots=True)
class Today:
    """To-day so far: the date, hour and minute now, and who has come."""

    on: date
    hour: int
    minute: int
    come: int


@dataclass(frozen=True, slots=True)
class HourNeed:
    """One hour: visitors usual then, visitors reckoned with to-day, the load, and the fewest counters that keep the target (None: no number does)."""

    hour: int
    usual: Fraction
    visitors: Fraction
    load: Fraction
    counters: int | None
    waiting: float
    kept: float


@dataclass(frozen=True, slots=True)
class Staffing:
    """The counters each hour of to-day needs, and everything the answer rests on."""

    basis: Basis
    days: int
    services: int
    service_mean: int
    service_median: int
    come: int
    expected: Fraction
    factor: Fraction
    target: Target
    hours: tuple[HourNeed, ...]

    def at(self, hour: int) -> HourNeed | None:
        """What an hour needs; None when nobody has come then."""
        return next((h for h in self.hours if h.hour == hour), None)


@dataclass(frozen=True, slots=True)
class TooLittle:
    """The past holds too little for a number: days of the same kind, and services, that it holds."""

    days: int
    services: int


def waiting_chance(load: Fraction, *, counters: int) -> Fraction:
    """Erlang's C: the chance that a visitor waits at all; 1 when the counters cannot keep up with the load."""
    if load <= 0:
        return Fraction(0)
    if counters <= load:
        return Fraction(1)
    lost = Fraction(1)
    for c in range(1, counters + 1):
        lost = load * lost / (c + load * lost)
    return counters * lost / (counters - load * (1 - lost))


def kept_share(load: Fraction, *, counters: int, service: int, within: int) -> float:
    """The share of visitors called within so many seconds, for a mean service of `service` seconds; 0 when the line only grows."""
    if load <= 0:
        return 1.0
    if counters <= load:
        return 0.0
    return 1.0 - float(waiting_chance(load, counters=counters)) * exp(-float((counters - load) * within / service))


def counters_needed(load: Fraction, *, service: int, target: Target) -> int | None:
    """The fewest counters that keep the target; at least one; None when more than `COUNTERS_MOST` would be needed."""
    least = max(1, int(load) + 1 if load > 0 else 1)
    for counters in range(least, COUNTERS_MOST + 1):
        if kept_share(load, counters=counters, service=service, within=target.minutes * 60) >= target.share:
            return counters
    return None


def load_of(visitors: Fraction, *, service: int) -> Fraction:
    """Counters kept busy on average: visitors an hour × seconds of a service ÷ 3600, rounded up to a hundredth."""
    return Fraction(-(-visitors * service * 100 // 3600), 100)


def staffing_of(past: Past, *, today: Today, target: Target = TARGET) -> Staffing | TooLittle:
    """What each hour of to-day needs, as the past and to-day's visitors so far say; `TooLittle` when they say too little."""
    days, basis = _alike(past, on=today.on)
    if len(days) < DAYS_MIN or len(past.services) < SERVICES_MIN:
        return TooLittle(len(days), len(past.services))
    usual = _usual(past, days)
    expected = sum((n for hour, n in usual.items() if hour < today.hour), Fraction(0)) + usual.get(today.hour, Fraction(0)) * Fraction(today.minute, 60)
    factor = (today.come + PRIOR_VISITORS) / (expected + PRIOR_VISITORS)
    mean = -(-sum(past.services) // len(past.services))
    hours = tuple(_hour(hour, n, factor, service=mean, target=target) for hour, n in sorted(usual.items()))
    return Staffing(
        basis=basis, days=len(days), services=len(past.services), service_mean=mean, service_median=median_low(past.services), come=today.come,
        expected=expected, factor=factor, target=target, hours=hours,
    )


def _alike(past: Past, *, on: date) -> tuple[frozenset[date], Basis]:
    """The days of the past like this one on which anybody came: of the same weekday if there are enough, else workdays or weekends."""
    came = {day for (day, _hour), n in past.come.items() if n and day < on}
    same = frozenset(day for day in came if day.weekday() == on.weekday())
    if len(same) >= DAYS_MIN:
        return same, "weekday"
    return frozenset(day for day in came if (day.weekday() >= SATURDAY) == (on.weekday() >= SATURDAY)), "kind"


def _usual(past: Past, days: frozenset[date]) -> dict[int, Fraction]:
    """Visitors of each hour on the mean of these days; an hour in which nobody came on any of them is left out."""
    found: dict[int, int] = {}
    for (day, hour), n in past.come.items():
        if day in days and n:
            found[hour] = found.get(hour, 0) + n
    return {hour: Fraction(n, len(days)) for hour, n in found.items()}


def _hour(hour: int, usual: Fraction, factor: Fraction, *, service: int, target: Target) -> HourNeed:
    visitors = usual * factor
    load = load_of(visitors, service=service)
    counters = counters_needed(load, service=service, target=target)
    tried = COUNTERS_MOST if counters is None else counters
    kept = kept_share(load, counters=tried, service=service, within=target.minutes * 60)
    return HourNeed(hour, usual, visitors, load, counters, float(waiting_chance(load, counters=tried)), kept)
