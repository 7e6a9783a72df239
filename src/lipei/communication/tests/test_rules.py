"""What keeps a letter from going: all of it at once, each with its field and a cure in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from lipei.communication.letters.compose import compose
from lipei.communication.rules import must_hold, page_must_hold
from lipei.communication.tests import letters_case as case
from lipei.communication.tests import letters_case_more as more
from lipei.communication.tests.letters_case import both
from lipei.communication.tests.letters_written import a_letter


def codes(kind: str, language: str = "zh", **changes: Any) -> list[str]:
    return [fault.code for fault in must_hold(a_letter(kind, language, **changes))]


def test_a_decision_that_does_not_add_up_is_held() -> None:
    faults = must_hold(a_letter("decision_pay", owed=2_632_034))
    assert [(f.code, f.where) for f in faults] == [("sum_wrong", "owed")]
    assert "¥26,320.33" in faults[0].words.zh
    assert "¥26,320.34" in faults[0].words.en


def test_all_faults_are_told_at_once() -> None:
    bare = {**case.LINES[0], "clauses": []}
    unquoted = {**case.LINES[1], "clauses": [{**case.BED, "text": None}]}
    found = codes("decision_pay", lines=[bare, unquoted], pay_by=None, account=None, handler={"name": "沈怀瑾"})
    assert sorted(found) == sorted(
        ["sum_wrong", "clause_missing", "clause_text_missing", "pay_date_missing", "account_missing", "phone_missing"]
    )


def test_what_is_added_needs_a_clause_but_not_its_words() -> None:
    cash = {**case.LINES[6], "clauses": [{**case.CASH, "text": None}]}
    assert codes("decision_pay", lines=[*case.LINES[:6], cash]) == []


@pytest.mark.parametrize(
    ("pay_by", "code"),
    [
        ("2026-11-26", ["pay_date_past"]),
        ("2026-11-27", []),
        ("2026-12-07", []),
        ("2026-12-08", ["pay_date_late"]),
    ],
)
def test_money_is_due_within_ten_days(pay_by: str, code: list[str]) -> None:
    assert codes("decision_pay", pay_by=pay_by) == code


def test_a_refusal_without_fact_clause_or_hope_is_held() -> None:
    bare = {**case.DRUNK, "facts": [], "clauses": []}
    assert codes("decision_refuse", refused=[bare], changes=[]) == ["fact_missing", "clause_missing", "change_missing"]
    assert codes("decision_refuse", refused=[]) == ["refused_missing"]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-11-25", ["decided_after_letter"]),
        ("2026-11-26", []),
        ("2026-11-29", []),
        ("2026-11-30", ["refusal_late"]),
    ],
)
def test_a_refusal_goes_within_three_days_of_the_decision(day: str, code: list[str]) -> None:
    assert codes("decision_refuse", date=day) == code


def test_the_refused_items_cover_the_whole_claim() -> None:
    assert codes("decision_refuse", asked=1_864_001) == ["refused_sum_wrong"]


def test_a_part_decision_without_a_refused_part_is_held() -> None:
    assert "refused_missing" in codes("decision_part", refused=[])


def test_a_notice_asks_for_each_paper_once() -> None:
    paper = more.SUPPLEMENT["papers"][0]
    assert codes("supplement_notice", papers=[paper, paper]) == ["paper_twice"]
    assert codes("supplement_notice", papers=[]) == ["papers_missing"]
    assert codes("supplement_notice", wanted_by="2026-11-01") == ["day_in_past"]


def test_a_closing_says_what_was_paid_or_why_nothing() -> None:
    assert codes("closing", payments=[]) == ["payment_missing"]
    assert codes("closing", ending="withdrawn", payments=[]) == ["reason_missing"]
    assert codes("closing", closed_on="2026-12-01") == ["payment_later"]


def test_a_calculation_adds_up_in_each_coverage_and_in_all() -> None:
    assert codes("calculation_statement", owed=1) == ["sum_wrong"]
    wrong = {**more.CALCULATION["coverages"][1], "owed": 165_001}
    found = must_hold(a_letter("calculation_statement", coverages=[more.CALCULATION["coverages"][0], wrong]))
    assert [f.where for f in found] == ["owed", "coverages[1].owed"]


def test_a_custody_number_stands_for_one_paper() -> None:
    assert codes("custody_receipt", papers=[case.KEPT[0], case.KEPT[0]]) == ["number_twice"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "请放心，一定会赔"),
        ("zh", "我们保证您拿到钱"),
        ("zh", "100%能赔"),
        ("zh", "钱已打款"),
        ("zh", "很遗憾"),
        ("zh", "规定就是这样"),
        ("zh", "逾期视为放弃"),
        ("en", "We guarantee payment"),
        ("en", "Unfortunately the limit applies"),
        ("en", "As we told you"),
    ],
)
def test_promises_and_barred_phrases_hold_a_letter_and_offer_a_better_way(language: str, words: str) -> None:
    change = {**case.CHANGE, "how": words}
    faults = must_hold(a_letter("decision_pay", language, changes=[change]))
    assert [(f.code, f.where) for f in faults] == [("barred_phrase", "changes[0].how")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "本产品保证续保 20 年"),
        ("zh", "三级医院 100% 付"),
        ("zh", "一定条件下可以调整"),
        ("en", "guaranteed renewal for 20 years"),
        ("en", "100% of the rest"),
    ],
)
def test_words_of_the_trade_are_no_promise(language: str, words: str) -> None:
    assert must_hold(a_letter("decision_pay", language, changes=[{**case.CHANGE, "how": words}])) == ()


def test_quoted_words_are_never_corrected() -> None:
    quoted = {**case.SPECIAL, "text": both("本公司保证您的权益。", "We guarantee your rights.")}
    assert codes("decision_pay", lines=[{**case.LINES[0], "clauses": [quoted]}, *case.LINES[1:]]) == []
    assert codes("claim_form", account_of="医生说一定赔，我就没管") == []


def test_a_text_that_hides_the_decision_is_found_on_the_page() -> None:
    letter = a_letter("decision_pay")
    page = compose(letter)
    for block in page["blocks"]:
        if block["is"] == "lead":
            block["runs"] = [{"t": "关于您的理赔，说明如下。", "b": False}]
    codes_found = [fault.code for fault in page_must_hold(letter, page)]
    assert codes_found == ["not_first", "not_first", "not_first"]


def test_a_page_without_the_regulator_is_found() -> None:
    letter = a_letter("decision_refuse", "en")
    page = compose(letter)
    page["blocks"] = [block for block in page["blocks"] if block["is"] != "numbered"]
    labels = [fault.words.en for fault in page_must_hold(letter, page)]
    assert any("12378" in label for label in labels)


def test_the_other_language_is_checked_too_for_the_letter_prints_in_both() -> None:
    change = {**case.CHANGE, "how": both("请主治医生写一份。", "Unfortunately we need a note.")}
    assert codes("decision_pay", "zh", changes=[change]) == ["barred_phrase"]


def test_the_receipt_of_a_complaint_names_a_phone_and_a_day_to_come() -> None:
    assert codes("complaint_receipt", owner={"name": case.both("苏砚行", "Su Yanxing")}) == ["phone_missing"]
    assert codes("complaint_receipt", answer_by="2026-11-26") == ["day_in_past"]
    assert codes("complaint_receipt", answer_by=None, rule=None, agreed=None, regulator_phone="") == []
