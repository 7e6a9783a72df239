"""What people mistype at a counter: each is told exactly, kindly, in both languages, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lipei.claimfile.tests.people import identity_number
from lipei.filing.refusal import Missing
from lipei.frontdesk.facts_rules import asked_at_desk, facts_of_talk
from lipei.frontdesk.identity_rules import document_number, visitor_of
from lipei.frontdesk.papers_rules import papers_of
from lipei.frontdesk.reading import day_of, fen_of, time_of
from lipei.frontdesk.rules import farewell_of, must_hold_account
from lipei.products import load

TODAY = dt.date(2026, 11, 23)
EDITION = load("anxin_inpatient", on=dt.date(2026, 1, 1))
ASKED = asked_at_desk(EDITION)
FACTS = {
    "cause": "accident", "happened_on": "2026-10-28", "place": "家里", "hospital": "镜湖市第一人民医院", "hospital_level": "tertiary",
    "admitted_on": "2026-10-28", "discharged_on": "2026-11-11", "settled_through_social_insurance": "true", "estimated_cost": "68,000",
    "other_insurance": "false",
}
RUDE = ("有误", "非法", "错误", "invalid", "please", "oops", "!", "！")


def facts_faults(**changes: str) -> list[Missing]:
    return facts_of_talk(ASKED, {**FACTS, **changes}, today=TODAY, born_on=dt.date(1955, 3, 8), colleagues=frozenset({7}))[1]


def is_kind(missing: Missing) -> bool:
    said = f"{missing.what.zh}{missing.what.en}{missing.do.zh if missing.do else ''}{missing.do.en if missing.do else ''}".lower()
    return not any(word in said for word in RUDE) and missing.what.zh != missing.what.en


def test_all_answers_in_order_leave_no_fault() -> None:
    assert facts_faults() == []


@pytest.mark.parametrize(
    ("field", "typed", "zh", "en"),
    [
        ("happened_on", "2026-02-31", "2 月只有 28 天，没有 2026-02-31", "February has 28 days; 2026-02-31 does not exist"),
        ("happened_on", "2026-11-31", "11 月只有 30 天，没有 2026-11-31", "November has 30 days; 2026-11-31 does not exist"),
        ("happened_on", "2026-13-01", "一年只有 12 个月，没有 13 月", "A year has 12 months; there is no month 13"),
        ("admitted_on", "2026-12-01", "2026-12-01 还没有到，今天是 2026-11-23", "2026-12-01 has not come yet; today is 2026-11-23"),
        ("happened_on", "1926-10-28", "1926-10-28 早于被保险人的出生日期 1955-03-08", "1926-10-28 is before the insured's date of birth, 1955-03-08"),
        ("discharged_on", "2026-10-01", "出院日 2026-10-01 早于入院日 2026-10-28", "Day of discharge 2026-10-01 is before day of admission 2026-10-28"),
        ("happened_on", "上个月", "“上个月”不是日期；请写成 2026-11-27 这样", "“上个月” is not a date; write it like 2026-11-27"),
        ("happened_time", "6点70", "“6点70”不是时间；请写成 06:20 这样", "“6点70” is not a time; write it like 06:20"),
        ("estimated_cost", "-12.50", "−¥12.50 是负数；金额从 ¥0.01 起", "−¥12.50 is negative; amounts begin at ¥0.01"),
        ("estimated_cost", "0", "¥0.00 不是金额；最少 ¥0.01", "¥0.00 is no amount; the least is ¥0.01"),
        ("estimated_cost", "1000000000", "¥1,000,000,000.00 超过一份材料能写的最大金额 ¥99,999,999.99；请再看一遍单位和小数点",
         "¥1,000,000,000.00 is above the most that one paper can say, ¥99,999,999.99; check the unit and the decimal point"),
        ("estimated_cost", "六万八", "“六万八”不是金额；请写成 1234.50 这样", "“六万八” is not an amount; write it like 1234.50"),
        ("place", "家里😀", "在哪里第 3 个字“😀”是表情，信上印不出来", "Where: character 3, “😀”, is a picture and cannot be printed"),
        ("place", "家\x00里", "在哪里第 2 个字是看不见的控制字符", "Where: character 2 is an invisible control character"),
        ("hospital", "院" * 201, "哪家医院有 201 个字，最多 200 个", "Hospital: 201 characters; the most is 200"),
        ("cause", "alien", "住院原因：请从选项里选", "Cause of the stay: choose one of the options"),
    ],
)
def test_a_wrong_answer_is_named_with_what_is_right(field: str, typed: str, zh: str, en: str) -> None:
    faults = facts_faults(**{field: typed})
    assert (zh, en) in [(f.what.zh, f.what.en) for f in faults]
    assert all(is_kind(f) for f in faults)
    assert next(f.field for f in faults if f.what.zh == zh) == field


def test_the_smallest_and_the_largest_amount_are_taken() -> None:
    assert facts_faults(estimated_cost="0.01") == []
    assert facts_faults(estimated_cost="99,999,999.99") == []
    assert facts_faults(estimated_cost="０．０１") == []


def test_every_gap_is_told_at_once() -> None:
    faults = facts_of_talk(ASKED, {}, today=TODAY, born_on=None, colleagues=frozenset())[1]
    assert len(faults) == len([a for a in ASKED if a.is_needed]) == 10


def test_not_known_needs_a_person_and_a_day() -> None:
    faults = facts_faults(discharged_on="", discharged_on__unknown="on", discharged_on__who="99", discharged_on__until="2026-11-01")
    assert [f.field for f in faults] == ["discharged_on__who", "discharged_on__until"]
    assert facts_faults(discharged_on="", discharged_on__unknown="on", discharged_on__who="7", discharged_on__until="2026-11-25") == []


GOOD = identity_number(dt.date(1983, 9, 21), order=262)
PERSON = {"name": "周砚秋", "capacity": "policyholder", "document": "id_card", "number": GOOD, "long_term": "on", "phone": "199 0000 0042", "sighted": "on"}


def test_a_right_identity_number_is_taken_also_with_spaces_and_a_small_x() -> None:
    visitor, faults = visitor_of({**PERSON, "number": f"{GOOD[:6]} {GOOD[6:14]} {GOOD[14:].lower()}"}, today=TODAY)
    assert faults == []
    assert visitor is not None
    assert visitor.number == GOOD


@pytest.mark.parametrize(
    ("number", "zh"),
    [
        (GOOD[:-1] + ("1" if GOOD[-1] != "1" else "2"), "最后一位和前 17 位对不上"),
        (GOOD[:-1], "有 17 位，应是 18 位"),
        ("000000" + "19830231" + "2620", "不是存在的出生日期"),
        ("000000" + "20990921" + "2620", "出生日期还没有到"),
        ("ABCDEF198309212620", "前 17 位是数字"),
    ],
)
def test_a_misread_identity_number_is_told_without_repeating_it(number: str, zh: str) -> None:
    faults = visitor_of({**PERSON, "number": number}, today=TODAY)[1]
    assert len(faults) == 1
    assert zh in faults[0].what.zh
    assert number not in faults[0].what.zh + faults[0].what.en


@given(st.integers(0, 17), st.integers(1, 9))
def test_no_single_misread_digit_passes(place: int, by: int) -> None:
    digit = GOOD[place]
    if not digit.isdigit():
        return
    wrong = GOOD[:place] + str((int(digit) + by) % 10) + GOOD[place + 1 :]
    assert document_number("id_card", wrong, today=TODAY)[1] is not None


def test_identity_lists_every_gap_at_once() -> None:
    faults = visitor_of({"capacity": "agent", "document": "passport", "number": "E1", "valid_to": "2026-11-01", "phone": "110"}, today=TODAY)[1]
    assert [f.field for f in faults] == ["name", "number", "valid_to", "phone", "relation", "authority", "sighted"]
    assert "2026-11-01 过期了" in faults[2].what.zh


def test_ten_megabytes_of_account_are_told_by_their_number() -> None:
    faults = must_hold_account("字" * 10_000_000, is_read_back=True)
    assert [f.what.zh for f in faults] == ["陈述有 10,000,000 个字，最多 4,000 个"]
    assert [f.what.en for f in faults] == ["The account: 10,000,000 characters; the most is 4,000"]


def test_the_bill_is_read_line_by_line() -> None:
    told = {
        "paper_receipts_form": "original", "item_1_category": "bed", "item_1_amount": "0", "item_2_amount": "12.345", "item_3_category": "ghost",
        "item_3_amount": "5", "item_3_days": "1000",
    }
    kinds = {code: p.label for code, p in EDITION.document.documents.items()}
    faults = papers_of(told, today=TODAY, kinds=kinds, categories=EDITION.document.categories, needs_application=True)[1]
    assert [f.field for f in faults] == ["item_1_amount", "item_2_category", "item_2_amount", "item_3_category", "item_3_days",
                                         "application_read", "application_signed", "place"]
    assert all(is_kind(f) for f in faults)


def test_the_next_contact_is_neither_past_nor_far() -> None:
    for day in ("2026-11-22", "2027-11-23"):
        faults = farewell_of({"contact_on": day, "about": "x", "receipt_given": "on"}, today=TODAY, needs_contact=True, needs_receipt=True)[1]
        assert [f.field for f in faults] == ["contact_on"]


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_told_never_a_crash(text: str) -> None:
    for value, wrong in (day_of(text), time_of(text), fen_of(text)):
        assert wrong is not None or value or text.strip() == ""
