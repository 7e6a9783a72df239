"""Rest days and the counting of days: which day is the last one (China: Civil Code articles 200-204).

The start day is not counted (201); months end on the corresponding day or the last of the month (202); a last day that
is a rest day moves to the day after (203). A year whose official notice is not out yet counts with a warning.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from lipei.clocks.source import Source
from lipei.terms.words import Words

DayType = Literal["calendar", "business", "hour", "month", "promptly"]
DAY_TYPES: tuple[DayType, ...] = ("calendar", "business", "hour", "month", "promptly")
REST_RUN_MAX = 60  # days; no place rests longer, so a longer run is a fault in the data
ONE_DAY = timedelta(days=1)

_WEEKDAYS = (
    Words("周一", "Monday"),
    Words("周二", "Tuesday"),
    Words("周三", "Wednesday"),
    Words("周四", "Thursday"),
    Words("周五", "Friday"),
    Words("周六", "Saturday"),
    Words("周日", "Sunday"),
)


@dataclass(frozen=True, slots=True)
class Year:
    """The rest days of one year as its notice names them, and the weekend days that are worked instead."""

    year: int
    source: Source
    provisional: bool
    rest: Mapping[date, Words] = field(default_factory=dict)
    work: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The rest days of one place: its weekend (0 = Monday) and its years."""

    name: Words
    weekend: frozenset[int]
    years: Mapping[int, Year]

    def is_rest_day(self, day: date) -> bool:
        """Is `day` a rest day: named by the notice, or a weekend day that is not worked instead?"""
        year = self.years.get(day.year)
        if year is not None:
            if day in year.rest:
                return True
            if day in year.work:
                return False
        return day.weekday() in self.weekend

    def rest_name(self, day: date) -> Words | None:
        """Why `day` is a rest day (国庆节, 周六), or None on a working day."""
        if not self.is_rest_day(day):
            return None
        year = self.years.get(day.year)
        return (year.rest.get(day) if year else None) or _WEEKDAYS[day.weekday()]

    def first_working_day(self, day: date) -> date:
        """`day` itself when it is worked, else the first worked day after it.

        Raises `ValueError` when `REST_RUN_MAX` days in a row rest: the data is wrong.
        """
        for offset in range(REST_RUN_MAX):
            later = day + offset * ONE_DAY
            if not self.is_rest_day(later):
                return later
        raise ValueError(f"{REST_RUN_MAX} rest days in a row from {day}: the calendar data is wrong")

    def rest_days(self, first: date, last: date) -> tuple[date, ...]:
        """The rest days from `first` to `last`, both included."""
        return tuple(day for day in days_from(first, last) if self.is_rest_day(day))

    def warnings(self, first: date, last: date) -> tuple[Words, ...]:
        """What is not sure about the years from `first` to `last`: no notice published yet, or no data at all."""
        return tuple(
            warning for number in range(first.year, last.year + 1) if (warning := self._warning_of(number)) is not None
        )

    def _warning_of(self, number: int) -> Words | None:
        year = self.years.get(number)
        if year is None:
            return Words(
                f"没有 {number} 年的节假日数据，只按周末推算；公布后会重新计算",
                f"No rest days are recorded for {number}; only weekends are counted until they are",
            )
        if not year.provisional:
            return None
        return Words(
            f"{number} 年放假安排尚未公布，按法定节日推算；公布后会重新计算",
            f"The rest days of {number} are not published yet; statutory days are used until they are",
        )


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as the law writes it: 30 days, 5 working days, 48 hours, 24 months, or "promptly"."""

    amount: int
    day_type: DayType

    def __post_init__(self) -> None:
        if self.day_type not in DAY_TYPES:
            raise ValueError(f"unknown day type {self.day_type!r}")
        if (self.amount < 1) != (self.day_type == "promptly"):
            raise ValueError(f"a period of {self.amount} {self.day_type} has no meaning")


@dataclass(frozen=True, slots=True)
class Span:
    """Days that do not count: those after `first` up to and including `last` (art. 201: the start day is not in)."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Calendar days in the span; nought when both ends are one day."""
        return (self.last - self.first).days


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a period, the day before any move, the stops that counted, and what is not sure."""

    day: date
    unmoved: date
    spans: tuple[Span, ...] = ()
    warnings: tuple[Words, ...] = ()


def days_from(first: date, last: date) -> Iterator[date]:
    """Each day from `first` to `last`, both included; none when `last` is earlier."""
    for offset in range((last - first).days + 1):
        yield first + offset * ONE_DAY


def local_day(at: datetime, zone: str) -> date:
    """The day on which `at` falls in the time zone `zone`. Raises `ValueError` for a moment without time zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return at.astimezone(ZoneInfo(zone)).date()


def end_of_day(day: date, zone: str) -> datetime:
    """24:00 of `day` in `zone`: the first moment of the next day (art. 203, second paragraph)."""
    after = day + ONE_DAY
    return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone))


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later, or the last day of that month where there is none (art. 202)."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def counted(calendar: Calendar, after: date, through: date, *, day_type: DayType) -> int:
    """How many days after `after`, up to and including `through`, count for a period of `day_type`."""
    if through <= after:
        return 0
    if day_type != "business":
        return (through - after).days
    return sum(not calendar.is_rest_day(day) for day in days_from(after + ONE_DAY, through))


def _add(calendar: Calendar, start: date, amount: int, day_type: DayType) -> date:
    """The day on which `amount` counted days after `start` are full."""
    if day_type == "month":
        return add_months(start, amount)
    if day_type == "calendar":
        return start + amount * ONE_DAY
    day = start
    for _ in range(amount):
        day = calendar.first_working_day(day + ONE_DAY)
    return day


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stopped days, each once: overlapping and touching spans become one."""
    whole: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.first, s.last)):
        if whole and span.first <= whole[-1].last:
            whole[-1] = Span(whole[-1].first, max(whole[-1].last, span.last))
        else:
            whole.append(span)
    return tuple(whole)


def last_day(calendar: Calendar, *, start: date, period: Period, spans: Iterable[Span] = (), rolls: bool = True) -> End:
    """The last day of `period` when `start` is the day of the event, itself not counted (art. 201).

    `spans` are days that do not count; one that begins after the period has run out changes nothing. The period never
    ends before a stop that interrupted it. `rolls`: a last day on a rest day moves to the day after (art. 203).
    Raises `ValueError` for hours (they have no days) and for months with stops (no law we hold has them).
    """
    if period.day_type in ("hour", "promptly"):
        raise ValueError(f"{period.day_type} has no last day")
    stops = merged(spans)
    if stops and period.day_type == "month":
        raise ValueError("months cannot be stopped")
    end, kept = _run(calendar, start, period, stops, rolls)
    moved = calendar.first_working_day(end) if rolls else end
    watched = start if period.day_type == "business" else end
    warnings = calendar.warnings(watched, moved) if rolls or period.day_type == "business" else ()
    return End(moved, end, kept, warnings)


def _run(
    calendar: Calendar, start: date, period: Period, stops: tuple[Span, ...], rolls: bool
) -> tuple[date, tuple[Span, ...]]:
    """Walk from stop to stop, counting only the days between them."""
    cursor, left, kept = start, period.amount, []
    for stop in stops:
        if stop.last < cursor or stop.last < start:
            continue
        first = max(stop.first, cursor)
        end = _add(calendar, cursor, left, period.day_type)
        if first > (calendar.first_working_day(end) if rolls else end):
            break
        left = max(0, left - counted(calendar, cursor, first, day_type=period.day_type))
        cursor = stop.last
        kept.append(Span(first, stop.last))
    return _add(calendar, cursor, left, period.day_type), tuple(kept)
