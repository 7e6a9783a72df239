"""A small place for the stories of the clocks: the rest days around National Day 2026, and clocks made to order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lipei.clocks import Calendar, Clock, Event, Period, Source, Tolling, Year
from lipei.clocks.calendar import DayType
from lipei.terms.words import Words, both

SHANGHAI = ZoneInfo("Asia/Shanghai")
NATIONAL_DAY = Words("国庆节", "National Day")
NEW_YEAR = Words("元旦", "New Year")
READ = Source(Words("《示例法》第一条", "Example Law, art. 1"), "示例", "A", date(2026, 11, 22))
WAITING = Words("等客户补件", "waiting for papers")
ONE_NOTICE = Tolling("supplement_notice_delivered", "supplement_received", WAITING, "approved_only")


def _days(first: date, last: date, name: Words) -> dict[date, Words]:
    return {first + timedelta(days=offset): name for offset in range((last - first).days + 1)}


YEARS = {
    2025: Year(2025, READ, provisional=False),
    2026: Year(
        2026,
        READ,
        provisional=False,
        rest=_days(date(2026, 10, 1), date(2026, 10, 7), NATIONAL_DAY),
        work=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    ),
    2027: Year(2027, READ, provisional=True, rest={date(2027, 1, 1): NEW_YEAR}),
}
CALENDAR = Calendar(both("Example"), frozenset({5, 6}), YEARS)


@dataclass(frozen=True, slots=True)
class ExamplePlace:
    """A jurisdiction made for one story."""

    clocks: tuple[Clock, ...]
    calendar: Calendar = CALENDAR
    time_zone: str = "Asia/Shanghai"
    lines: frozenset[str] = frozenset({"medical", "motor"})


def clock(amount: int = 30, day_type: DayType = "calendar", **changes: Any) -> Clock:
    """A clock of 30 days from the claim to the decision that one notice stops, with `changes`."""
    given: dict[str, Any] = {
        "id": "determination",
        "label": Words("核定 30 日", "30 days to decide"),
        "source": READ,
        "trigger": ("claim_requested",),
        "met_by": ("determined",),
        "period": Period(amount, day_type),
        "nature": "duty",
        "consequence": Words("赔偿损失", "loss is owed"),
        "effective_from": date(2009, 10, 1),
        "tolling": ONE_NOTICE if day_type in ("calendar", "business") else None,
    }
    return Clock(**(given | changes))


def at(month: int, day: int, hour: int = 10, *, year: int = 2026) -> datetime:
    """A moment in Shanghai."""
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def claim(month: int, day: int, **more: Any) -> Event:
    """The claim request."""
    return Event("claim_requested", at(month, day, **more))


def notice(month: int, day: int, hour: int = 10, *, about: str = "notice-1", approved: bool = False) -> Event:
    """The notice of missing papers, delivered."""
    return Event("supplement_notice_delivered", at(month, day, hour), about, approved)


def papers(month: int, day: int, hour: int = 15, *, about: str = "notice-1") -> Event:
    """What the notice asked for, received."""
    return Event("supplement_received", at(month, day, hour), about)
