"""Laws that hold for every claim: more waiting never makes the insurer's day come sooner, and nothing counts twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as some

from lipei.clocks import Event, Period, due_key, last_day, readings
from lipei.clocks.calendar import DayType, Span, days_from
from lipei.clocks.tests.places import CALENDAR, ExamplePlace, at, clock

FIRST = date(2025, 12, 1)
ONE_DAY = timedelta(days=1)

starts = some.dates(FIRST, date(2026, 11, 30))
amounts = some.integers(1, 60)
kinds: some.SearchStrategy[DayType] = some.sampled_from(["calendar", "business"])
spans = some.lists(
    some.builds(lambda first, length: Span(first, first + length * ONE_DAY), starts, some.integers(0, 25)), max_size=5
)


@given(starts, amounts, kinds, spans, starts, some.integers(0, 25))
def test_another_stop_never_makes_the_end_earlier(
    start: date, amount: int, kind: DayType, stops: list[Span], first: date, length: int
) -> None:
    period = Period(amount, kind)
    without = last_day(CALENDAR, start=start, period=period, spans=stops)
    more = [*stops, Span(first, first + length * ONE_DAY)]
    assert last_day(CALENDAR, start=start, period=period, spans=more).day >= without.day


@given(starts, amounts, kinds, spans, some.randoms(use_true_random=False))
def test_order_repetition_and_cutting_of_stops_change_nothing(
    start: date, amount: int, kind: DayType, stops: list[Span], chance: Random
) -> None:
    period = Period(amount, kind)
    whole = last_day(CALENDAR, start=start, period=period, spans=stops)
    pieces = [piece for stop in stops for piece in _halves(stop)] + stops
    chance.shuffle(pieces)
    assert last_day(CALENDAR, start=start, period=period, spans=pieces) == whole


def _halves(span: Span) -> list[Span]:
    middle = span.first + (span.days // 2) * ONE_DAY
    return [Span(span.first, middle), Span(middle, span.last)]


@given(starts, amounts, kinds, spans)
def test_the_last_day_is_worked_and_never_before_the_unmoved_day(
    start: date, amount: int, kind: DayType, stops: list[Span]
) -> None:
    end = last_day(CALENDAR, start=start, period=Period(amount, kind), spans=stops)
    assert not CALENDAR.is_rest_day(end.day)
    assert end.day >= end.unmoved > start
    assert all(CALENDAR.is_rest_day(day) for day in days_from(end.unmoved, end.day - ONE_DAY))


@given(starts, amounts, spans)
def test_working_days_never_end_before_as_many_calendar_days(start: date, amount: int, stops: list[Span]) -> None:
    worked = last_day(CALENDAR, start=start, period=Period(amount, "business"), spans=stops)
    assert worked.day >= last_day(CALENDAR, start=start, period=Period(amount, "calendar"), spans=stops).day


@given(starts, amounts, kinds, spans)
def test_a_longer_period_or_a_later_start_never_ends_sooner(
    start: date, amount: int, kind: DayType, stops: list[Span]
) -> None:
    end = last_day(CALENDAR, start=start, period=Period(amount, kind), spans=stops).day
    assert last_day(CALENDAR, start=start, period=Period(amount + 1, kind), spans=stops).day >= end
    assert last_day(CALENDAR, start=start + ONE_DAY, period=Period(amount, kind), spans=stops).day >= end


@given(starts, amounts, kinds, spans)
def test_walking_day_by_day_gives_the_same_end(start: date, amount: int, kind: DayType, stops: list[Span]) -> None:
    """The same article written a second time, slowly: one day after another, each stopped or counted."""
    expected = _walked(start, amount, kind, stops)
    assert last_day(CALENDAR, start=start, period=Period(amount, kind), spans=stops).day == expected


def _walked(start: date, amount: int, kind: DayType, stops: list[Span]) -> date:
    day, left = start, amount
    while True:
        open_ends = [stop.last for stop in stops if stop.first <= day < stop.last and stop.last > start]
        if open_ends and (left > 0 or day <= _moved(day)):
            day += ONE_DAY
            continue
        if left == 0:
            later = [s for s in stops if day < s.first <= _moved(day) and s.last > s.first]
            if not later:
                return _moved(day)
            day = min(stop.first for stop in later)
            continue
        day += ONE_DAY
        if kind == "calendar" or not CALENDAR.is_rest_day(day):
            left -= 1


def _moved(day: date) -> date:
    while CALENDAR.is_rest_day(day):
        day += ONE_DAY
    return day


events = some.lists(
    some.builds(
        Event,
        some.sampled_from(
            ["supplement_notice_delivered", "supplement_received", "marked_complex", "determined", "ground_known"]
        ),
        some.integers(0, 24 * 70).map(lambda hours: at(9, 1, 0) + timedelta(hours=hours)),
        some.sampled_from(["", "notice-1", "notice-2"]),
        some.booleans(),
    ),
    max_size=8,
)
moments = some.integers(1, 24 * 100).map(lambda hours: at(9, 1, 9) + timedelta(hours=hours))
PLACE = ExamplePlace(
    (
        clock(),
        clock(60, id="advance", tolling=None),
        clock(5, "business", id="normal"),
        clock(id="right", nature="right", trigger=("ground_known",), met_by=("rescinded",), tolling=None, rolls=False),
    )
)
CLAIM = Event("claim_requested", at(9, 1, 9))


@given(events, moments)
def test_the_days_of_a_reading_add_up(happened: list[Event], moment: datetime) -> None:
    for found in readings(PLACE, events=[CLAIM, *happened], at=moment, line="medical"):
        assert 0 <= found.bar.used_percent <= 100
        assert 0 <= found.bar.used_percent + found.bar.stopped_percent <= 100
        assert found.sentence.zh
        assert found.sentence.en
        if found.state != "running" or found.clock.period.day_type != "calendar":
            continue
        assert found.due_day is not None
        assert found.unmoved_day is not None
        assert found.start_day is not None
        assert found.days_left is not None
        assert found.days_left == (found.due_day - found.today).days
        if found.today <= found.unmoved_day:
            moved = (found.due_day - found.unmoved_day).days
            whole = found.clock.period.amount + found.days_stopped + moved
            assert (found.due_day - found.start_day).days >= whole
            assert found.days_used + found.days_left >= found.clock.period.amount + moved


@given(events, moments, some.integers(0, 2_000))
def test_the_stored_key_holds_until_the_moment_it_names(happened: list[Event], moment: datetime, minutes: int) -> None:
    known = [CLAIM, *(event for event in happened if event.at <= moment)]
    key = due_key(PLACE, events=known, at=moment, line="medical")
    later = moment + timedelta(minutes=minutes)
    if key.changes_at is None or later < key.changes_at:
        again = due_key(PLACE, events=known, at=later, line="medical")
        assert (again.due_at, again.clock_id) == (key.due_at, key.clock_id)


@given(events, moments)
def test_events_given_in_another_order_read_the_same(happened: list[Event], moment: datetime) -> None:
    distinct = list({event.at: event for event in [*happened, CLAIM]}.values())
    one = readings(PLACE, events=distinct, at=moment, line="medical")
    assert readings(PLACE, events=reversed(distinct), at=moment, line="medical") == one
