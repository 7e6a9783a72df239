"""The clocks of a claim in mainland China, told as stories of the people who watch them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from lipei import jurisdictions
from lipei.clocks import Clock, Event, Reading, due_key, most_urgent, readings
from lipei.clocks.clock import QUEUED
from lipei.terms.words import Words

CN = jurisdictions.load("cn", on=date(2026, 11, 22))
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(month: int, day: int, hour: int = 10, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def read(*events: Event, on: datetime, line: str = "medical", traits: Iterable[str] = ()) -> dict[str, Reading]:
    return {found.id: found for found in readings(CN, events=events, at=on, line=line, traits=traits)}


def test_a_handler_has_five_working_days_until_somebody_marks_the_claim_complex() -> None:
    asked, marked = Event("claim_requested", at(11, 20)), Event("marked_complex", at(11, 23))
    before = read(asked, on=at(11, 21))
    assert (before["determination.normal"].due_day, before["determination.complex"].state) == (
        date(2026, 11, 27),
        "not_started",
    )
    after = read(asked, marked, on=at(11, 24))
    assert after["determination.normal"].state == "superseded"
    complex_ = after["determination.complex"]
    assert (complex_.unmoved_day, complex_.due_day) == (date(2026, 12, 20), date(2026, 12, 21))
    assert complex_.which == Words("核定 30 日 · 情形复杂", "30 days to decide · complex case")


def test_the_claim_of_the_design_has_26_days_left() -> None:
    events = (
        Event("claim_requested", at(11, 20)),
        Event("marked_complex", at(11, 21)),
        Event("supplement_notice_delivered", at(11, 22), "notice-1"),
        Event("supplement_received", at(11, 25), "notice-1"),
    )
    urgent = most_urgent(read(*events, on=at(11, 27)).values())
    assert urgent is not None
    assert urgent.chip.zh == "剩 26 天 · 核定 30 日"
    assert urgent.due_words.zh == "12-23 到期"
    key = due_key(CN, events=events, at=at(11, 27), line="medical")
    assert (key.due_at, key.clock_id) == (at(12, 24, 0), "determination.complex")


def test_the_sixty_days_are_no_extension_and_are_not_stopped_by_a_request_for_papers() -> None:
    events = (
        Event("claim_requested", at(8, 3)),
        Event("marked_complex", at(8, 4)),
        Event("supplement_notice_delivered", at(8, 10), "notice-1"),
        Event("supplement_received", at(8, 20), "notice-1"),
    )
    found = read(*events, on=at(8, 21))
    assert found["determination.complex"].due_day == date(2026, 9, 14)
    assert found["advance"].unmoved_day == date(2026, 10, 2)
    assert found["advance"].due_day == date(2026, 10, 8)
    paid = read(*events, Event("advance_paid", at(9, 20)), on=at(9, 21))
    assert (paid["advance"].state, paid["determination.complex"].state) == ("met", "missed")


def test_a_refusal_goes_out_in_writing_within_three_days() -> None:
    refused = (Event("claim_requested", at(11, 9)), Event("determined", at(11, 12)), Event("denied", at(11, 12)))
    waiting = read(*refused, on=at(11, 12, 15))["denial_notice"]
    assert (waiting.due_day, waiting.unmoved_day) == (date(2026, 11, 16), date(2026, 11, 15))
    sent = read(*refused, Event("denial_letter_sent", at(11, 13)), on=at(11, 20))["denial_notice"]
    assert sent.state == "met"
    assert read(refused[0], refused[1], on=at(11, 20))["denial_notice"].state == "not_started"


def test_a_cashier_has_ten_days_from_the_agreement() -> None:
    agreed = Event("agreement_reached", at(11, 12), "payable-1")
    assert read(agreed, on=at(11, 13))["payment"].due_day == date(2026, 11, 23)
    assert read(agreed, Event("paid", at(11, 20), "payable-1"), on=at(11, 30))["payment"].state == "met"


def test_the_right_to_rescind_is_lost_after_thirty_days_and_nobody_counts_on_a_holiday() -> None:
    known = Event("ground_known", at(9, 1))
    running = read(known, on=at(9, 2))["rescission.known"]
    assert (running.due_day, running.is_moved) == (date(2026, 10, 1), False)
    gone = read(known, on=at(10, 2))["rescission.known"]
    assert (gone.state, gone.left.zh, gone.is_queued) == ("missed", "已届满", False)
    formed = read(Event("contract_formed", at(2, 29, year=2024)), on=at(11, 22))["rescission.formed"]
    assert (formed.due_day, formed.state) == (date(2026, 2, 28), "missed")


def test_the_time_to_sue_is_two_years_and_five_for_life_and_a_claim_begins_it_anew() -> None:
    known, asked = Event("loss_known", at(11, 20, year=2025)), Event("claim_requested", at(3, 2))
    assert read(known, on=at(1, 10))["limitation.non_life"].unmoved_day == date(2027, 11, 20)
    assert read(known, asked, on=at(3, 3))["limitation.non_life"].unmoved_day == date(2028, 3, 2)
    assert read(known, on=at(1, 10), line="life")["limitation.life"].unmoved_day == date(2030, 11, 20)
    assert "limitation.non_life" not in read(known, on=at(1, 10), line="life")
    liable = read(Event("liability_determined", at(3, 2)), on=at(3, 3), line="liability")
    assert liable["limitation.liability"].unmoved_day == date(2028, 3, 2)


def test_compulsory_motor_is_faster() -> None:
    found = read(Event("claim_requested", at(11, 9)), on=at(11, 10), line="ctpl")
    assert found["papers_told.ctpl"].due_day == date(2026, 11, 10)
    assert found["determination.ctpl"].due_day == date(2026, 11, 16)
    assert {"advance", "determination.normal", "determination.property"}.isdisjoint(found)


def test_property_claims_have_thirty_days_without_anybody_marking_them() -> None:
    found = read(Event("claim_requested", at(11, 9)), on=at(11, 10), line="household")
    assert found["determination.property"].due_day == date(2026, 12, 9)


def test_one_notice_asks_for_everything_promptly() -> None:
    missing = Event("file_incomplete", at(11, 10))
    assert read(missing, on=at(11, 11))["supplement_notice"].left.zh == "尽快"
    told = Event("supplement_notice_delivered", at(11, 11), "notice-1")
    assert read(missing, told, on=at(11, 12))["supplement_notice"].state == "met"


def test_a_complaint_has_fifteen_thirty_or_sixty_days_each_complaint_for_itself() -> None:
    first = Event("complaint_received", at(11, 2), "complaint-1")
    second = Event("complaint_received", at(11, 3), "complaint-2")
    complex_ = Event("complaint_marked_complex", at(11, 5), "complaint-1")
    longer = Event("complaint_extension_approved", at(11, 20), "complaint-1")
    found = readings(CN, events=(first, second, complex_, longer), at=at(11, 21), line="")
    assert {one.days_late for one in found if one.state == "superseded"} == {0}
    shown = {(one.id, one.about): (one.state, one.due_day) for one in found if one.id.startswith("complaint")}
    assert shown == {
        ("complaint.simple", "complaint-1"): ("superseded", date(2026, 11, 17)),
        ("complaint.simple", "complaint-2"): ("missed", date(2026, 11, 18)),
        ("complaint.complex", "complaint-1"): ("superseded", date(2026, 12, 2)),
        ("complaint.extended", "complaint-1"): ("running", date(2027, 1, 4)),
    }


def test_a_medical_claimant_hears_within_one_working_day_which_papers_are_needed() -> None:
    reported = Event("reported", at(9, 30))
    assert read(reported, on=at(9, 30, 12))["papers_told.medical"].due_day == date(2026, 10, 8)


def test_an_objection_to_a_money_laundering_measure_is_answered_in_fifteen_days() -> None:
    assert read(Event("aml_objection_received", at(11, 2)), on=at(11, 3))["aml_objection"].due_day == date(2026, 11, 17)


def test_records_are_kept_by_the_length_of_the_policy_and_ten_years_after_the_payment() -> None:
    events = (Event("contract_ended", at(6, 30)), Event("paid", at(11, 2), "payable-1"))
    short = read(*events, on=at(11, 22), traits=["policy_up_to_one_year"])
    long = read(*events, on=at(11, 22), traits=["policy_over_one_year"])
    assert (short["retention.short"].due_day, "retention.long" in short) == (date(2031, 6, 30), False)
    assert long["retention.long"].due_day == date(2036, 6, 30)
    assert short["retention.transaction"].due_words.zh == "保存至 2036-11-02"
    assert most_urgent(short.values()) is None


def test_a_withdrawn_claim_is_not_due_any_more() -> None:
    events = (Event("claim_requested", at(11, 9)), Event("claim_withdrawn", at(11, 11)))
    assert most_urgent(read(*events, on=at(11, 30)).values()) is None


def test_a_claim_from_before_the_law_was_in_force_is_not_read_by_it() -> None:
    assert read(Event("claim_requested", at(5, 4, year=2009)), on=at(11, 22)).get("advance") is None


@pytest.mark.parametrize("clock", CN.clocks, ids=lambda clock: clock.id)
def test_every_clock_names_its_law_its_consequence_and_how_sure_we_are(clock: Clock) -> None:
    assert clock.source.words
    assert clock.consequence.zh
    assert clock.source.last_checked <= date(2026, 11, 22)
    assert clock.source.grade == "A" or clock.source.note is not None
    assert clock.nature in QUEUED or clock.nature in ("bar", "hold")


def test_an_administrator_sees_everything_that_is_not_read_in_the_law_itself() -> None:
    doubtful = {doubt.what for doubt in CN.doubts()}
    assert {"determination.normal", "complaint.simple", "aml.identity_threshold", "counting"} <= doubtful
    assert {"determination.complex", "denial_notice", "payment", "advance"}.isdisjoint(doubtful)
    assert all(doubt.source.note is not None for doubt in CN.doubts())


def test_parameters_are_read_by_name_and_day() -> None:
    assert CN.whole("small_claim.medical_max") == 300_000
    assert CN.whole("aml.identity_threshold") == 1_000_000
    assert CN.parameter("mitigation.limit_share").value == (100, 100)
    with pytest.raises(jurisdictions.UnknownParameter, match="2015-01-01"):
        CN.whole("small_claim.medical_max", on=date(2015, 1, 1))
    with pytest.raises(jurisdictions.UnknownParameter, match="speed_limit"):
        CN.whole("speed_limit")
    with pytest.raises(TypeError):
        CN.whole("mitigation.limit_share")
