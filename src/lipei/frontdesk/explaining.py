"""The time limits that are explained at the counter, from the law in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lipei.claimfile.diary import law
from lipei.clocks import Event, readings
from lipei.clocks.clock import Clock
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Time:
    """One time limit as told: what, how long, by which day when it can be said, and the law it comes from."""

    what: Words
    by: dt.date | None
    source: Words
    long: Words


_PLAIN: dict[str, Words] = {
    "determination": Words("决定付不付、付多少", "Whether we pay, and how much"),
    "payment": Words("说定以后付款", "Payment, after it is agreed"),
    "denial_notice": Words("不付的，书面写明理由", "A refusal, in writing with its reasons"),
}


def times(*, at: dt.datetime, line: str) -> tuple[Time, ...]:
    """The limits that begin with a claim request at `at`: decision, decision of a complex case, payment, refusal."""
    found = [
        Time(_what(r.clock, _PLAIN[kind]), r.due_day if r.is_open else None, r.clock.source.citation, _long(r.clock))
        for kind in _PLAIN
        for r in readings(law(at), events=[Event("claim_requested", at)], at=at, line=line)
        if r.id.split(".")[0] == kind
    ]
    return tuple(sorted(found, key=lambda time: time.by is None))


def _long(clock: Clock) -> Words:
    n = clock.period.amount
    return Words(f"{n} 个工作日", f"{n} working days") if clock.period.day_type == "business" else Words(f"{n} 日", f"{n} days")


def _what(clock: Clock, plain: Words) -> Words:
    long = _long(clock)
    tag = Words(f"（{clock.tag.zh}）：", f" ({clock.tag.en}): ") if clock.tag else Words("：", ": ")
    return Words(f"{plain.zh}{tag.zh}{long.zh}", f"{plain.en}{tag.en}{long.en}")
