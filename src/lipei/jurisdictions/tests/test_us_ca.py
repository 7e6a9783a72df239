"""California: another place, with other lines, other clocks and another time zone, and not one line of code for it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from lipei import clocks, jurisdictions
from lipei.clocks import Event, Reading, readings

CA = jurisdictions.load("us-ca", on=date(2026, 11, 22))
PACIFIC = ZoneInfo("America/Los_Angeles")


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=PACIFIC)


def read(*events: Event, on: datetime) -> dict[str, Reading]:
    return {found.id: found for found in readings(CA, events=events, at=on, line="homeowners")}


def test_forty_calendar_days_end_on_a_sunday_and_do_not_move() -> None:
    found = read(Event("claim_requested", at(10, 6)), on=at(10, 7))["determination"]
    assert (found.due_day, found.is_moved) == (date(2026, 11, 15), False)
    assert CA.calendar.is_rest_day(date(2026, 11, 15))


def test_the_day_ends_at_midnight_in_california_although_the_clocks_were_set_back() -> None:
    found = read(Event("claim_requested", at(10, 20)), on=at(10, 21))["determination"]
    assert found.due is not None
    assert found.due.isoformat() == "2026-11-30T00:00:00-08:00"


def test_a_request_for_papers_does_not_stop_the_clock_there() -> None:
    events = (Event("claim_requested", at(10, 6)), Event("supplement_notice_delivered", at(10, 8), "n1"))
    assert read(*events, on=at(10, 12))["determination"].state == "running"


def test_who_needs_more_time_writes_every_thirty_days() -> None:
    events = (
        Event("claim_requested", at(8, 3)),
        Event("more_time_notice_sent", at(9, 10)),
        Event("more_time_notice_sent", at(10, 9)),
    )
    found = read(*events, on=at(10, 10))
    assert found["determination"].state == "superseded"
    assert (found["status_letter"].due_day, found["status_letter"].state) == (date(2026, 11, 8), "running")
    assert read(*events, Event("determined", at(10, 20)), on=at(10, 30))["status_letter"].state == "met"


def test_each_letter_of_the_claimant_is_answered_in_fifteen_days() -> None:
    first, second = Event("communication_received", at(11, 2), "a"), Event("communication_received", at(11, 9), "b")
    found = readings(
        CA, events=(first, second, Event("communication_answered", at(11, 5), "a")), at=at(11, 10), line="auto"
    )
    assert {(r.about, r.state) for r in found if r.id == "answer"} == {("a", "met"), ("b", "running")}


def test_its_rest_days_are_the_federal_holidays() -> None:
    for number, year in CA.calendar.years.items():
        theirs = holidays.country_holidays("US", years=[number])
        assert set(year.rest) == {day for day in theirs if day.year == number}


def test_rest_days_of_the_past_need_no_confirmation_any_more() -> None:
    doubtful = {doubt.what for doubt in CA.doubts()}
    assert "calendar.2026" in doubtful
    assert "calendar.2025" not in doubtful


def test_no_code_knows_the_place() -> None:
    folders = [Path(package.__file__ or "").parent for package in (clocks, jurisdictions)]
    sources = [path for folder in folders for path in folder.glob("*.py")]
    assert len(sources) > 10
    for path in sources:
        code = path.read_text(encoding="utf-8").lower()
        assert "california" not in code, path
        assert "los_angeles" not in code, path
