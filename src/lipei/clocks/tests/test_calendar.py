"""How days are counted: the start day, rest days, months, time zones, and years that are not published yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lipei.clocks import Calendar, Period, Year, add_months, end_of_day, last_day, local_day
from lipei.clocks.calendar import Span, counted, merged
from lipei.clocks.tests.places import CALENDAR, READ, YEARS
from lipei.terms.words import Words, both

THIRTY = Period(30, "calendar")


def test_the_day_of_the_event_is_not_counted() -> None:
    """Art. 201: received on 20 November, day 1 is the 21st, day 30 is 20 December (a Sunday: see the move below)."""
    end = last_day(CALENDAR, start=date(2026, 11, 20), period=THIRTY)
    assert end.unmoved == date(2026, 12, 20)
    assert last_day(CALENDAR, start=date(2026, 11, 23), period=Period(1, "calendar")).day == date(2026, 11, 24)


def test_a_last_day_in_the_national_holiday_moves_to_the_day_after_it() -> None:
    """Art. 203: 1 September plus 30 days is 1 October; the holiday ends on the 7th, so the 8th is the last day."""
    end = last_day(CALENDAR, start=date(2026, 9, 1), period=THIRTY)
    assert (end.unmoved, end.day) == (date(2026, 10, 1), date(2026, 10, 8))


def test_rest_days_inside_the_period_do_not_lengthen_it() -> None:
    assert last_day(CALENDAR, start=date(2026, 9, 14), period=THIRTY).day == date(2026, 10, 14)


def test_a_last_day_on_sunday_moves_to_monday_but_a_worked_saturday_stays() -> None:
    assert last_day(CALENDAR, start=date(2026, 11, 20), period=THIRTY).day == date(2026, 12, 21)
    worked_saturday = date(2026, 10, 10)
    assert last_day(CALENDAR, start=date(2026, 9, 10), period=THIRTY).day == worked_saturday


def test_a_clock_that_does_not_roll_ends_on_the_rest_day() -> None:
    end = last_day(CALENDAR, start=date(2026, 9, 1), period=THIRTY, rolls=False)
    assert end.day == end.unmoved == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 11, 20), 24, date(2028, 11, 20)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_thirty_days_in_february_know_the_leap_year() -> None:
    plain = replace(CALENDAR, weekend=frozenset())
    assert last_day(plain, start=date(2024, 2, 1), period=THIRTY).day == date(2024, 3, 2)
    assert last_day(plain, start=date(2026, 2, 1), period=THIRTY).day == date(2026, 3, 3)


def test_working_days_skip_the_holiday_and_count_the_saturday_worked_instead() -> None:
    """From Wednesday 30 September: 8 Thursday, 9 Friday, 10 worked Saturday, 12 Monday, 13 Tuesday."""
    assert last_day(CALENDAR, start=date(2026, 9, 30), period=Period(5, "business")).day == date(2026, 10, 13)
    assert counted(CALENDAR, date(2026, 9, 30), date(2026, 10, 13), day_type="business") == 5


def test_a_moment_belongs_to_the_day_of_the_place() -> None:
    late_evening_in_london = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    assert local_day(late_evening_in_london, "Asia/Shanghai") == date(2026, 11, 21)
    assert local_day(late_evening_in_london, "America/Los_Angeles") == date(2026, 11, 20)
    with pytest.raises(ValueError, match="no time zone"):
        local_day(datetime(2026, 11, 20, 16, 30), "Asia/Shanghai")


def test_the_day_ends_at_midnight_of_the_place_also_when_its_clocks_are_changed() -> None:
    assert end_of_day(date(2026, 12, 20), "Asia/Shanghai").isoformat() == "2026-12-21T00:00:00+08:00"
    before, after = (end_of_day(day, "America/Los_Angeles") for day in (date(2026, 3, 7), date(2026, 3, 8)))
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=23)
    assert (before.hour, after.hour) == (0, 0)


def test_a_year_without_a_published_notice_warns_in_both_languages() -> None:
    (warning,) = last_day(CALENDAR, start=date(2026, 12, 10), period=THIRTY).warnings
    assert "2027" in warning.zh
    assert "2027" in warning.en
    assert last_day(CALENDAR, start=date(2026, 10, 10), period=THIRTY).warnings == ()


def test_a_year_without_any_data_counts_weekends_only_and_says_so() -> None:
    end = last_day(CALENDAR, start=date(2030, 5, 1), period=Period(3, "calendar"))
    assert end.day == date(2030, 5, 6)
    assert "2030" in end.warnings[0].en


def test_working_days_warn_about_every_year_they_were_counted_in() -> None:
    end = last_day(CALENDAR, start=date(2027, 12, 30), period=Period(5, "business"))
    assert ["2027" in end.warnings[0].en, "2028" in end.warnings[1].en] == [True, True]
    assert len(last_day(CALENDAR, start=date(2027, 12, 30), period=Period(5, "calendar")).warnings) == 1


def test_calendar_data_in_which_nobody_ever_works_is_refused() -> None:
    idle = Calendar(both("Idle"), frozenset(range(7)), {})
    with pytest.raises(ValueError, match="calendar data is wrong"):
        idle.first_working_day(date(2026, 1, 1))


def test_the_name_of_a_rest_day_is_the_feast_or_the_weekday() -> None:
    assert CALENDAR.rest_name(date(2026, 10, 3)) == Words("国庆节", "National Day")
    assert CALENDAR.rest_name(date(2026, 11, 22)) == Words("周日", "Sunday")
    assert CALENDAR.rest_name(date(2026, 11, 23)) is None
    assert CALENDAR.rest_days(date(2026, 11, 20), date(2026, 11, 23)) == (date(2026, 11, 21), date(2026, 11, 22))


def test_a_period_without_meaning_is_refused() -> None:
    for amount, day_type in ((0, "calendar"), (-1, "month"), (3, "promptly")):
        with pytest.raises(ValueError, match="no meaning"):
            Period(amount, day_type)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown day type"):
        Period(3, "fortnight")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no last day"):
        last_day(CALENDAR, start=date(2026, 1, 1), period=Period(48, "hour"))
    with pytest.raises(ValueError, match="cannot be stopped"):
        last_day(
            CALENDAR,
            start=date(2026, 1, 1),
            period=Period(1, "month"),
            spans=[Span(date(2026, 1, 2), date(2026, 1, 3))],
        )


def test_spans_that_overlap_or_touch_become_one() -> None:
    first, second, third = (
        Span(date(2026, 1, 1), date(2026, 1, 5)),
        Span(date(2026, 1, 3), date(2026, 1, 8)),
        Span(date(2026, 1, 8), date(2026, 1, 9)),
    )
    assert merged([third, first, second]) == (Span(date(2026, 1, 1), date(2026, 1, 9)),)


def test_a_weekend_day_named_by_nobody_rests_and_a_year_can_be_empty() -> None:
    bare = Calendar(both("Bare"), frozenset({4}), {2026: Year(2026, READ, provisional=False)})
    assert bare.is_rest_day(date(2026, 11, 20))
    assert not bare.is_rest_day(date(2026, 11, 21))
    assert YEARS[2026].work
