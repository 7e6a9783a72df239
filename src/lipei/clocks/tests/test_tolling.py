"""When the clock stands still: one notice, from its delivery to the papers, each day once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lipei.clocks import Event, Reading, readings
from lipei.clocks.clock import Further
from lipei.clocks.tests.places import ONE_NOTICE, ExamplePlace, at, claim, clock, notice, papers

PLACE = ExamplePlace((clock(),))


def read(*events: Event, on: tuple[int, int] = (11, 30)) -> Reading:
    (found,) = readings(PLACE, events=events, at=at(*on), line="medical")
    return found


def test_a_handler_sees_the_clock_stop_with_the_delivery_and_run_on_with_the_papers() -> None:
    asked, waiting, back = claim(11, 9), notice(11, 12), papers(11, 15)
    assert read(asked).unmoved_day == date(2026, 12, 9)
    stopped = read(asked, waiting, on=(11, 14))
    assert (stopped.state, stopped.stopped_since, stopped.days_stopped) == ("stopped", date(2026, 11, 12), 2)
    running = read(asked, waiting, back)
    assert (running.state, running.due_day, running.days_stopped) == ("running", date(2026, 12, 14), 3)
    assert running.unmoved_day == date(2026, 12, 12)


def test_a_notice_that_was_only_sent_stops_nothing() -> None:
    assert read(claim(11, 9), Event("supplement_notice_sent", at(11, 12), "notice-1")).state == "running"


def test_delivered_and_answered_on_one_day_stops_no_day() -> None:
    found = read(claim(11, 9), notice(11, 12, 9), papers(11, 12, 17))
    assert (found.state, found.days_stopped, found.due_day) == ("running", 0, date(2026, 12, 9))


def test_delivered_today_the_clock_stands_although_no_day_is_stopped_yet() -> None:
    found = read(claim(11, 9), notice(11, 12), on=(11, 12))
    assert (found.state, found.days_stopped, found.left.zh) == ("stopped", 0, "今天起停")


def test_delivery_just_before_and_just_after_midnight_are_different_days() -> None:
    assert read(claim(11, 9), notice(11, 12, 23), papers(11, 15, 0)).days_stopped == 3
    assert read(claim(11, 9), notice(11, 13, 0), papers(11, 15, 0)).days_stopped == 2


def test_a_second_request_stops_nothing_unless_it_was_approved() -> None:
    first = (claim(11, 9), notice(11, 10), papers(11, 12))
    again = (notice(11, 16, about="notice-2"), papers(11, 20, about="notice-2"))
    approved = (notice(11, 16, about="notice-2", approved=True), again[1])
    assert read(*first, *again).days_stopped == 2
    assert read(*first, *approved).days_stopped == 6
    assert read(*first, again[0], on=(11, 18)).state == "running"


def test_the_first_request_needs_no_approval_and_a_later_delivery_of_it_changes_nothing() -> None:
    found = read(claim(11, 9), notice(11, 12), notice(11, 14, approved=True), papers(11, 15))
    assert (found.days_stopped, found.stops[0].since) == (3, date(2026, 11, 12))
    assert len(found.stops) == 1


def test_two_stops_that_overlap_count_each_day_once() -> None:
    found = read(
        claim(11, 9),
        notice(11, 10),
        notice(11, 12, about="notice-2", approved=True),
        papers(11, 14),
        papers(11, 16, about="notice-2"),
    )
    assert found.days_stopped == 6
    assert found.unmoved_day == date(2026, 12, 15)


def test_while_one_of_two_requests_is_open_the_clock_still_stands() -> None:
    two = (claim(11, 9), notice(11, 10), notice(11, 12, about="notice-2", approved=True), papers(11, 14))
    found = read(*two, on=(11, 15))
    assert found.state == "stopped"
    assert found.stopped_since == date(2026, 11, 12)
    assert found.days_stopped == 5


def test_papers_that_came_before_the_delivery_was_proved_leave_nothing_to_wait_for() -> None:
    found = read(claim(11, 9), papers(11, 11), notice(11, 12))
    assert (found.state, found.days_stopped) == ("running", 0)


def test_papers_without_a_name_answer_every_open_request_but_none_that_came_later() -> None:
    unnamed = Event("supplement_received", at(11, 14))
    assert read(claim(11, 9), notice(11, 12), unnamed).days_stopped == 2
    assert read(claim(11, 9), Event("supplement_received", at(11, 11)), notice(11, 12)).state == "stopped"


def test_papers_for_another_request_do_not_start_the_clock_again() -> None:
    assert read(claim(11, 9), notice(11, 12), papers(11, 14, about="notice-7")).state == "stopped"


def test_a_request_after_the_period_has_run_out_does_not_revive_it() -> None:
    found = read(claim(11, 9), notice(12, 12), papers(12, 20), on=(12, 21))
    assert (found.state, found.due_day, found.days_late, found.stops) == ("missed", date(2026, 12, 9), 12, ())


def test_a_request_delivered_on_the_last_day_still_stops_it() -> None:
    """The whole period is used, so the decision is due on the day the papers come (a Tuesday)."""
    found = read(claim(11, 9), notice(12, 9), papers(12, 15, 9), on=(12, 15))
    assert (found.state, found.due_day, found.left.zh) == ("running", date(2026, 12, 15), "今天 24:00")


def test_a_request_on_a_day_to_which_the_end_had_moved_still_stops_it() -> None:
    """1 September plus 30 days is 1 October, moved to the 8th; the notice of the 5th is in time."""
    found = read(claim(9, 1), notice(10, 5), papers(10, 20, 9), on=(10, 20))
    assert (found.state, found.due_day) == ("running", date(2026, 10, 20))


def test_a_stop_from_before_the_claim_counts_from_the_claim_only() -> None:
    found = read(notice(11, 5), claim(11, 9), papers(11, 12))
    assert (found.days_stopped, found.unmoved_day) == (3, date(2026, 12, 12))


def test_working_days_stand_still_as_well() -> None:
    place = ExamplePlace((clock(5, "business"),))
    events = (claim(11, 9), notice(11, 11), papers(11, 16))
    (found,) = readings(place, events=events, at=at(11, 16), line="medical")
    assert found.due_day == date(2026, 11, 19)
    assert (found.days_used, found.days_left, found.days_stopped) == (2, 3, 5)


@pytest.mark.parametrize(("further", "stopped"), [("always", 6), ("approved_only", 2), ("never", 2)])
def test_whether_a_second_request_stops_the_clock_is_data(further: Further, stopped: int) -> None:
    place = ExamplePlace((clock(tolling=replace(ONE_NOTICE, further=further)),))
    events = (claim(11, 9), notice(11, 10), papers(11, 12), notice(11, 16, about="n2"), papers(11, 20, about="n2"))
    (found,) = readings(place, events=events, at=at(11, 30), line="medical")
    assert found.days_stopped == stopped
