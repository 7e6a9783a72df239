"""The rest days of mainland China, held against two public calendars on every day of every published year."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from lipei import jurisdictions

CALENDAR = jurisdictions.load("cn", on=date(2026, 11, 22)).calendar
PUBLISHED = sorted(number for number, year in CALENDAR.years.items() if not year.provisional)


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_day_agrees_with_both_public_calendars(year: int) -> None:
    theirs = holidays.country_holidays("CN", years=[year])
    for day in _days(year):
        rests = CALENDAR.is_rest_day(day)
        assert rests is chinese_calendar.is_holiday(day), day
        assert rests is not theirs.is_working_day(day), day


def test_the_years_that_are_published_are_these() -> None:
    assert PUBLISHED == [2024, 2025, 2026]


def test_the_coming_year_holds_its_thirteen_statutory_days_and_warns() -> None:
    coming = CALENDAR.years[2027]
    assert coming.provisional
    assert len(coming.rest) == 13
    assert coming.work == frozenset()
    theirs = holidays.country_holidays("CN", years=[2027])
    assert set(coming.rest) <= set(theirs)
    (warning,) = CALENDAR.warnings(date(2026, 12, 31), date(2027, 1, 4))
    assert "尚未公布" in warning.zh
    assert "not published" in warning.en


def test_a_rest_day_is_called_by_its_feast() -> None:
    name = CALENDAR.rest_name(date(2025, 10, 6))
    assert name is not None
    assert name.zh == "国庆节、中秋节"


def test_each_year_names_the_notice_it_comes_from() -> None:
    assert all("通知" in CALENDAR.years[year].source.citation.zh for year in PUBLISHED)
