"""When the steps of the demonstration's stories are taken: how far each has come, told backwards from today in office hours. Pure."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lipei.demo.told import STEPS

SHANGHAI = ZoneInfo("Asia/Shanghai")
# the last step of a story, how many in four hundred end there, and how many days ago that step was (from, to)
ENDS: tuple[tuple[str, int, tuple[int, int]], ...] = (
    ("visit", 16, (0, 2)), ("register", 22, (0, 1)), ("take_on", 26, (0, 2)), ("verify", 20, (0, 2)), ("ask_papers", 24, (0, 9)), ("papers", 32, (0, 2)),
    ("assess", 16, (0, 1)), ("calculate", 22, (0, 2)), ("submit", 24, (0, 2)), ("review", 12, (0, 1)), ("decide", 20, (0, 2)), ("order", 14, (0, 1)),
    ("release", 16, (0, 3)), ("close", 20, (0, 6)), ("file", 106, (1, 260)), ("withdraw", 10, (1, 60)),
)
# working days that pass before a step is taken (from, to), counted from the step before
GAPS = {
    "register": (0, 0), "take_on": (0, 1), "verify": (0, 1), "ask_papers": (0, 0), "papers": (0, 1), "assess": (0, 1), "calculate": (0, 1), "submit": (0, 0),
    "review": (0, 1), "decide": (0, 0), "order": (0, 1), "release": (0, 0), "close": (1, 3), "file": (1, 5), "withdraw": (1, 4),
}
SLOWER = {"papers": (2, 8), "assess": (1, 3), "calculate": (1, 2)}


def ends_in_order(*, seed: int) -> tuple[str, ...]:
    """For each story its last step: shuffled, so that the first forty already stand in every stage."""
    ends = [end for end, count, _ in ENDS for _ in range(count)]
    random.Random(f"{seed} ends").shuffle(ends)
    kinds = [end for end, _, _ in ENDS]
    for end in kinds:
        ends.remove(end)
    return (*kinds, *ends)


def days_back(draw: random.Random, *, end: str) -> int:
    """How many days ago the last step of a story was that ends so."""
    return draw.randint(*next(days for name, _, days in ENDS if name == end))


def _names(draw: random.Random, *, end: str, is_slow: bool) -> list[str]:
    if end == "withdraw":
        return ["visit", "register", "take_on", *(["verify"] if draw.random() < 0.5 else []), "withdraw"]
    names = list(STEPS[: STEPS.index(end) + 1])
    if end != "ask_papers" and "ask_papers" in names and not (is_slow and draw.random() < 0.6):
        names.remove("ask_papers")
    return names


def steps_back(draw: random.Random, *, end: str, back: int, is_slow: bool, now: datetime) -> tuple[tuple[str, datetime], ...]:
    """The moments of a story whose last step was `back` days ago, told backwards so that none lies in the future."""
    names = _names(draw, end=end, is_slow=is_slow)
    day = _working_day(now.astimezone(SHANGHAI).date() - timedelta(days=back))
    days = [day]
    for name in reversed(names[1:]):
        low, high = (SLOWER if is_slow else GAPS).get(name, GAPS[name])
        for _ in range(draw.randint(low, high)):
            day = _working_day(day - timedelta(days=1))
        days.append(day)
    return tuple(zip(names, _moments(draw, list(reversed(days)), now=now), strict=True))


def _working_day(day: date) -> date:
    """The day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _moments(draw: random.Random, days: list[date], *, now: datetime) -> list[datetime]:
    """A moment in office hours for each step, later ones later; a day that has not come that far is moved to the day before."""
    latest = now.astimezone(SHANGHAI) - timedelta(minutes=5)
    moments: list[datetime] = []
    for day in days:
        first = datetime(day.year, day.month, day.day, 9, draw.randint(0, 40), tzinfo=SHANGHAI)
        moments.append(max(first, moments[-1] + timedelta(minutes=draw.randint(50, 70))) if moments else first)
    late = moments[-1] + timedelta(hours=4) - latest
    if late > timedelta(0):
        whole = timedelta(days=max(1, late.days + 1))
        moments = [m - whole for m in moments]
    return moments
