"""What the floor says in words: a place and what happens there, and the sentence on the counters that the next hour needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils import timezone

from lipei.frontdesk.floor_queries import Floor, Place
from lipei.frontdesk.staffing import DAYS_MIN, SERVICES_MIN, HourNeed, Staffing, TooLittle
from lipei.terms.words import Words, both

FREE, REST = Words("空着", "Free"), Words("休息", "Break")


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A place in three lines – its name, the ticket, what happens – and where it leads; `quiet` when it does not take its turn at the line."""

    name: Words
    ticket: Words
    note: Words
    quiet: bool
    visit: str


def places_told(floor: Floor) -> tuple[PlaceTold, ...]:
    """Each place of the floor in words."""
    return tuple(_told(place, now=floor.at) for place in floor.places)


def _told(place: Place, *, now: datetime) -> PlaceTold:
    minutes = place.minutes(now)
    name = place.room or (Words(f"{place.counter} 号", f"No. {place.counter}") if place.counter else place.clerk)
    ticket, note = both(place.label) if place.label else REST if place.kind == "break" else FREE, place.clerk
    if place.station is not None:
        note = Words(f"{place.station.zh} {minutes} 分", f"{place.station.en} {minutes} min")
    elif place.kind == "called":
        note = Words(f"叫号 {minutes} 分", f"called {minutes} min ago")
    elif place.until is not None:
        until = timezone.localtime(place.until)
        note = Words(f"难谈之后，到 {until:%H:%M}", f"after a hard talk, until {until:%H:%M}")
    return PlaceTold(name, ticket, note, not place.receives, place.visit)


def line_told(floor: Floor) -> tuple[Words, Words | None]:
    """How many wait and how long the longest has, after the number itself; and what that visitor was promised."""
    longest = floor.longest
    if longest is None:
        return Words("位在等", "waiting"), None
    minutes = longest.kept.waited
    promised = Words(f"答应 {longest.promised} 分钟", f"{longest.promised} min promised") if longest.promised else None
    return Words(f"位在等，最久 {minutes} 分钟", f"waiting, the longest for {minutes} min"), promised


def forecast_told(found: Staffing | TooLittle, *, hour: int, receiving: int) -> Words:
    """The counters the hour after `hour` needs, and how many there are; honest when the past says too little."""
    if isinstance(found, TooLittle):
        return Words(
            f"来客记录还太少，算不出要几个柜台：同类的日子 {found.days} 天（要 {DAYS_MIN} 天），接待 {found.services} 次（要 {SERVICES_MIN} 次）。",
            f"There are too few records to say how many counters are needed: {found.days} days of this kind ({DAYS_MIN} are needed), "
            f"{found.services} visits ({SERVICES_MIN} are needed).",
        )
    need = found.at(hour + 1)
    if need is None:
        return Words(f"照前几周，{hour + 1} 点以后没有人来。" if not _later(found, hour) else f"照前几周，{hour + 1} 点到 {hour + 2} 点没有人来。",
                     f"As in past weeks, nobody comes after {hour + 1}:00." if not _later(found, hour) else f"As in past weeks, nobody comes between {hour + 1}:00 and {hour + 2}:00.")
    return _needed(need, receiving=receiving)


def _later(found: Staffing, hour: int) -> bool:
    return any(h.hour > hour for h in found.hours)


def _needed(need: HourNeed, *, receiving: int) -> Words:
    start, end = need.hour, need.hour + 1
    zh, en = counters_told(need).zh, counters_told(need).en
    is_are = "is" if receiving == 1 else "are"
    return Words(f"照今天的来客，{start} 点到 {end} 点要 {zh} 个柜台，现在 {receiving} 个。",
                 f"At today’s rate, {start}:00 to {end}:00 needs {en} counter{'' if en == '1' else 's'}; there {is_are} {receiving} now.")


def counters_told(need: HourNeed) -> Words:
    """The number of counters an hour needs."""
    return both(str(need.counters)) if need.counters is not None else Words("60 以上", "more than 60")


def decimal(value: Fraction, *, places: int = 1) -> str:
    """A ratio written with so many decimals, rounded to the nearest; whole numbers bare."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(round(value, places)):.{places}f}"


def percent(share: float) -> str:
    """A share in whole percent, never rounded up: 79.9 % is not 80 %."""
    return f"{int(share * 100 + 1e-9)}%"
