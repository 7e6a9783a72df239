"""What a handler reads: state, what is left, the bar, the sentence, the queue and the key the work list sorts by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from lipei.clocks import (
    EVENT_KINDS,
    Bar,
    Clock,
    Event,
    Period,
    Reading,
    UnknownLine,
    due_key,
    most_urgent,
    queue,
    readings,
)
from lipei.clocks.events import EVENTS_MAX
from lipei.clocks.tests.places import ExamplePlace, at, claim, clock, notice, papers
from lipei.terms.words import Words

ASIDE = Words("情形复杂，改按 30 日", "complex: 30 days now apply")


def read_all(clocks: Iterable[Clock], *events: Event, on: datetime, **more: Any) -> tuple[Reading, ...]:
    return readings(ExamplePlace(tuple(clocks)), events=events, at=on, line="medical", **more)


def read(one: Clock, *events: Event, on: datetime) -> Reading:
    (found,) = read_all([one], *events, on=on)
    return found


def test_the_claim_page_shows_what_is_left_which_clock_and_the_date() -> None:
    """The claim of the design: received 11-20, three days stopped, read on 11-27."""
    found = read(clock(), claim(11, 20), notice(11, 22), papers(11, 25), on=at(11, 27))
    assert found.left == Words("剩 26 天", "26 days left")
    assert found.chip == Words("剩 26 天 · 核定 30 日", "26 days left · 30 days to decide")
    assert found.due_words == Words("12-23 到期", "due 12-23")
    assert found.which == found.label
    assert found.bar_words == Words("30 天里已用 4 天，另停 3 天", "4 days used of 30 days, stopped for 3 days more")
    assert found.bar == Bar(12, 9)
    assert (found.tone, found.moved) == ("", None)
    assert found.sentence.zh == ("核定 30 日（《示例法》第一条），30 天里已用 4 天，另停 3 天，剩 26 天，12-23 到期")


def test_a_stopped_clock_says_since_when_and_why_and_looks_stopped() -> None:
    found = read(clock(), claim(11, 9), notice(11, 21), on=at(11, 27))
    assert (found.state, found.tone) == ("stopped", "wait")
    assert found.chip == Words("停 6 天 · 等客户补件", "stopped 6 days · waiting for papers")
    assert found.bar == Bar(33, 17)
    assert found.due_words.zh == "材料今天到，则 12-15 到期"


@pytest.mark.parametrize(
    ("month", "day", "hour", "left", "tone"),
    [
        (12, 5, 10, "剩 4 天", ""),
        (12, 6, 10, "剩 3 天", "soon"),
        (12, 8, 23, "剩 1 天", "soon"),
        (12, 9, 23, "今天 24:00", "late"),
        (12, 10, 0, "超期 1 天", "late"),
        (12, 12, 10, "超期 3 天", "late"),
    ],
)
def test_it_turns_amber_at_three_days_and_red_on_the_last(
    month: int, day: int, hour: int, left: str, tone: str
) -> None:
    found = read(clock(), claim(11, 9), on=at(month, day, hour))
    assert (found.left.zh, found.tone) == (left, tone)


def test_the_bar_is_never_longer_than_itself() -> None:
    """Five days used and three stopped are 62.5 and 37.5 percent: both halves up would make 101."""
    found = read(clock(5), claim(11, 2), notice(11, 3), papers(11, 6, 9), on=at(11, 10))
    assert found.bar == Bar(62, 38)


def test_one_day_is_singular_in_english() -> None:
    assert read(clock(), claim(11, 9), on=at(12, 8)).left.en == "1 day left"
    assert read(clock(), claim(11, 9), on=at(12, 10)).left.en == "1 day late"


def test_in_time_means_before_midnight_and_late_is_remembered() -> None:
    in_time = read(clock(), claim(11, 9), Event("determined", at(12, 9, 23)), on=at(12, 30))
    late = read(clock(), claim(11, 9), Event("determined", at(12, 11)), on=at(12, 30))
    assert (in_time.state, in_time.days_late, in_time.left.zh) == ("met", 0, "已完成")
    assert (late.state, late.days_late, late.left.en) == ("met", 2, "done 2 days late")
    assert (late.tone, late.is_queued) == ("done", False)
    missed = read(clock(), claim(11, 9), on=at(12, 11))
    assert missed.due_words == Words("12-09 已到期", "was due 12-09")
    assert read(clock(), claim(11, 9), on=at(12, 9)).due_words == Words("今天到期", "due today")


def test_a_decision_while_the_clock_stands_ends_it() -> None:
    found = read(clock(), claim(11, 9), notice(11, 12), Event("determined", at(11, 16)), papers(11, 20), on=at(11, 30))
    assert (found.state, found.days_stopped) == ("met", 4)


def test_a_rest_day_that_moved_the_end_is_said_in_words() -> None:
    found = read(clock(), claim(9, 1), on=at(9, 3))
    assert found.moved == Words(
        "本应到 10-01，逢国庆节休息，顺延到 10-08",
        "it would end on 10-01, a rest day (National Day), so it moves to 10-08",
    )
    assert found.moved.zh in found.sentence.zh
    assert found.days_left == 35


def test_the_date_of_another_year_is_written_out_and_warns_when_not_published() -> None:
    found = read(clock(), claim(12, 10), on=at(12, 11))
    assert found.due_words == Words("2027-01-11 到期", "due 2027-01-11")
    assert [warning.zh[:4] for warning in found.warnings] == ["2027"]


def test_hours_run_through_nights_and_rest_days_from_the_minute() -> None:
    hours = clock(48, "hour", trigger=("loss_known",), met_by=("reported",))
    known = Event("loss_known", at(10, 2, 17))
    found = read(hours, known, on=at(10, 4, 12))
    assert (found.state, found.due, found.left.zh) == ("running", at(10, 4, 17), "剩 5 小时")
    assert (found.due_words.zh, found.bar) == ("今天 17:00 到期", Bar(90, 0))
    assert read(hours, known, on=at(10, 4, 16) + timedelta(minutes=30)).left.en == "under an hour left"
    assert read(hours, known, on=at(10, 4, 17)).left == Words("已超时", "overdue")
    assert read(hours, known, on=at(10, 6, 17)).left.zh == "超期 2 天"


def test_working_days_are_told_as_such() -> None:
    found = read(clock(5, "business"), claim(11, 20), on=at(11, 23))
    assert (found.due_day, found.left) == (date(2026, 11, 27), Words("剩 4 个工作日", "4 working days left"))
    assert found.bar_words.en == "1 working day used of 5 working days"


def test_years_are_told_by_their_end_and_not_in_days() -> None:
    found = read(clock(24, "month", nature="bar"), claim(11, 20), on=at(11, 22))
    assert found.left == Words("至 2028-11-20", "until 2028-11-20")
    assert found.sentence.en == "30 days to decide (Example Law, art. 1), counted from 2026-11-20, until 2028-11-20"
    assert not found.is_queued


def test_promptly_has_no_date_but_is_still_open() -> None:
    prompt = clock(
        trigger=("file_incomplete",),
        met_by=("supplement_notice_delivered",),
        met_in_part=True,
        period=Period(0, "promptly"),
        tolling=None,
    )
    found = read(prompt, Event("file_incomplete", at(11, 10)), on=at(11, 12))
    assert (found.state, found.due, found.left.zh) == ("running", None, "尽快")
    assert found.due_words.en == "no fixed date"
    assert not found.is_queued
    assert read(prompt, Event("file_incomplete", at(11, 10)), notice(11, 11), on=at(11, 12)).state == "met"


def test_a_clock_that_nothing_started_says_so() -> None:
    found = read(clock(), on=at(11, 12))
    assert (found.state, found.left.en, found.is_open) == ("not_started", "not started", False)


def test_what_happens_later_is_not_seen() -> None:
    found = read(clock(), claim(11, 9), Event("determined", at(12, 1)), on=at(11, 30))
    assert (found.state, found.met_at) == ("running", None)


def test_marked_complex_the_normal_clock_gives_way_to_thirty_days_from_the_claim() -> None:
    normal = clock(5, "business", id="normal", superseded_by=(("marked_complex", ASIDE),))
    complex_ = clock(id="complex", requires=("marked_complex",))
    asked, marked = claim(11, 9), Event("marked_complex", at(11, 12))
    before = {r.id: r.state for r in read_all([normal, complex_], asked, on=at(11, 11))}
    assert before == {"normal": "running", "complex": "not_started"}
    after = {r.id: r for r in read_all([normal, complex_], asked, marked, on=at(11, 13))}
    assert (after["normal"].state, after["complex"].due_day) == ("superseded", date(2026, 12, 9))
    assert after["normal"].superseded_why == ASIDE
    assert ASIDE.en in after["normal"].sentence.en


def test_marking_a_claim_complex_after_it_was_decided_changes_nothing() -> None:
    normal = clock(5, "business", superseded_by=(("marked_complex", ASIDE),))
    found = read(
        normal, claim(11, 9), Event("determined", at(11, 12)), Event("marked_complex", at(11, 13)), on=at(11, 20)
    )
    assert (found.state, found.superseded_why) == ("met", None)


def test_marking_a_claim_complex_too_late_does_not_hide_that_it_was_late() -> None:
    normal = clock(5, "business", superseded_by=(("marked_complex", ASIDE),))
    found = read(normal, claim(11, 9), Event("marked_complex", at(11, 18)), on=at(11, 20))
    assert (found.state, found.days_late) == ("superseded", 2)
    assert found.left == Words("超期 2 天后不再适用", "no longer applies, was 2 days late")


def test_each_agreement_has_its_own_ten_days() -> None:
    pay = clock(10, trigger=("agreement_reached",), met_by=("paid",), count_from="each", tolling=None)
    first, second = (Event("agreement_reached", at(11, 9 + 3 * n), f"payable-{n}") for n in (0, 1))
    found = read_all([pay], first, second, Event("paid", at(11, 13), "payable-0"), on=at(11, 14))
    assert [(r.about, r.state) for r in found] == [("payable-0", "met"), ("payable-1", "running")]
    again = read_all([pay], first, Event("agreement_reached", at(11, 13), "payable-0"), on=at(11, 14))
    assert [r.start_day for r in again] == [date(2026, 11, 9)]
    whole = read_all([pay], first, second, Event("paid", at(11, 13)), on=at(11, 14))
    assert {r.state for r in whole} == {"met"}


def test_a_decision_on_one_part_does_not_decide_the_claim() -> None:
    found = read(clock(), claim(11, 9), Event("determined", at(11, 12), "exposure-1"), on=at(11, 14))
    assert found.state == "running"


def test_only_the_first_claim_counts_or_the_latest_where_the_law_says_so() -> None:
    twice = (claim(11, 9), Event("claim_requested", at(11, 16), "reopened"))
    assert read(clock(), *twice, on=at(11, 20)).start_day == date(2026, 11, 9)
    assert read(clock(count_from="last"), *twice, on=at(11, 20)).start_day == date(2026, 11, 16)


def test_a_right_that_has_run_out_leaves_the_queue_and_a_missed_duty_stays() -> None:
    right = clock(id="right", nature="right", trigger=("ground_known",), met_by=("rescinded",), tolling=None)
    duty = clock(60, id="duty", tolling=None)
    events = (claim(11, 9), Event("ground_known", at(11, 9)))
    running = queue(read_all([right, duty], *events, on=at(11, 20)))
    assert [r.id for r in running] == ["right", "duty"]
    gone = read_all([right, duty], *events, on=at(12, 20))
    assert [r.id for r in queue(gone)] == ["duty"]
    lapsed = next(r for r in gone if r.id == "right")
    assert (lapsed.left, lapsed.due_words) == (Words("已届满", "run out"), Words("12-09 届满", "ran out 12-09"))
    long_after = queue(read_all([right, duty], *events, on=at(3, 1, year=2027)))
    assert [(r.id, r.state) for r in long_after] == [("duty", "missed")]


def test_records_are_held_until_the_day_and_then_the_hold_is_over() -> None:
    hold = clock(60, "month", nature="hold", trigger=("contract_ended",), met_by=(), rolls=False)
    ended = Event("contract_ended", at(11, 9))
    assert read(hold, ended, on=at(11, 9, year=2031)).due_words.zh == "保存至今天"
    assert read(hold, ended, on=at(11, 9, year=2030)).state == "running"
    assert read(hold, ended, on=at(11, 10, year=2031)).state == "met"


def test_each_claim_keeps_the_law_of_the_day_its_clock_started() -> None:
    old = clock(30, effective_to=date(2026, 11, 10))
    new = clock(20, effective_from=date(2026, 11, 10))
    before = read_all([old, new], claim(11, 9), on=at(11, 20))
    after = read_all([old, new], claim(11, 10), on=at(11, 20))
    assert [r.clock.period.amount for r in before] == [30]
    assert [r.clock.period.amount for r in after] == [20]
    assert [r.clock.period.amount for r in read_all([old, new], on=at(11, 20))] == [20]


def test_clocks_are_chosen_by_line_of_business_and_by_what_the_claim_is_like() -> None:
    motor = clock(id="motor", lines=frozenset({"motor"}))
    small = clock(id="small", traits=frozenset({"small_claim"}))
    assert [r.id for r in read_all([motor, small], on=at(11, 9))] == []
    assert [r.id for r in read_all([motor, small], on=at(11, 9), traits=["small_claim"])] == ["small"]
    place = ExamplePlace((motor, clock(id="all")))
    assert [r.id for r in readings(place, events=(), at=at(11, 9), line="")] == ["all"]
    with pytest.raises(UnknownLine, match="medical, motor"):
        readings(place, events=(), at=at(11, 9), line="marine")


def test_the_most_urgent_comes_first_and_undated_last() -> None:
    later, sooner, never = clock(30, id="b"), clock(10, id="a"), clock(id="c", trigger=("denied",))
    found = read_all([never, later, sooner], claim(11, 9), on=at(11, 10))
    assert [r.id for r in found] == ["a", "b", "c"]
    urgent = most_urgent(found)
    assert urgent is not None
    assert urgent.id == "a"
    assert most_urgent(read_all([never], on=at(11, 10))) is None


def test_the_key_of_a_running_claim_does_not_change_by_time() -> None:
    place = ExamplePlace((clock(),))
    key = due_key(place, events=[claim(11, 9)], at=at(11, 10), line="medical")
    assert (key.due_at, key.clock_id, key.changes_at) == (at(12, 10, 0), "determination", None)
    assert due_key(place, events=[claim(11, 9)], at=at(12, 25), line="medical") == key


def test_the_key_of_a_stopped_claim_changes_at_midnight() -> None:
    place = ExamplePlace((clock(),))
    events = [claim(11, 9), notice(11, 12)]
    key = due_key(place, events=events, at=at(11, 13), line="medical")
    assert key.changes_at == at(11, 14, 0)
    next_day = due_key(place, events=events, at=at(11, 14, 0), line="medical")
    assert next_day.due_at == at(12, 12, 0)


def test_the_key_changes_when_a_right_runs_out() -> None:
    right = clock(id="right", nature="right", trigger=("ground_known",), met_by=("rescinded",), tolling=None)
    place = ExamplePlace((right, clock(60, tolling=None)))
    events = [claim(11, 9), Event("ground_known", at(11, 9))]
    key = due_key(place, events=events, at=at(11, 20), line="medical")
    assert (key.clock_id, key.changes_at) == ("right", at(12, 10, 0))
    assert due_key(place, events=events, at=at(12, 10, 0), line="medical").clock_id == "determination"


def test_nothing_due_has_no_key() -> None:
    key = due_key(ExamplePlace((clock(),)), events=[], at=at(11, 9), line="medical")
    assert (key.due_at, key.clock_id, key.changes_at) == (None, "", None)


def test_events_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown event kind 'guessed'"):
        Event("guessed", at(11, 9))
    with pytest.raises(ValueError, match="time zone"):
        Event("paid", datetime(2026, 11, 9))
    with pytest.raises(ValueError, match="time zone"):
        readings(ExamplePlace(()), events=(), at=datetime(2026, 11, 9), line="medical")
    with pytest.raises(ValueError, match="more than one claim"):
        read(clock(), *[claim(11, 9)] * (EVENTS_MAX + 1), on=at(11, 10))


def test_every_kind_of_event_has_words_in_both_languages() -> None:
    assert all(words.zh != words.en for words in EVENT_KINDS.values())
