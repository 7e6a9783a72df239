"""A calculation read for letters: the lines add up to the cent, and the statement shows every step it took."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from lipei import products
from lipei.calculation import Balance, Known, LineItem, Statement, explain
from lipei.communication.letters import schemas
from lipei.communication.letters.printing import faults_before_sending, printed
from lipei.communication.letters.reckoning import changes_of, lines_of, refused_of, statement_fields
from lipei.communication.tests.letters_written import AT, a_letter
from lipei.communication.tests.reading import text_of, tight
from lipei.terms.words import Words

BILL = Words("费用清单第 17 页", "bill, page 17")


def a_statement(*, implant: int = 2_850_000, lab: int = 231_520, **facts: Any) -> Statement:
    """The stay of the design pictures under the medical product, calculated by the engine itself."""
    edition = products.load("anxin_inpatient", on=date(2026, 10, 24))
    known = {
        "cause": "accident",
        "happened_on": date(2026, 10, 24),
        "admitted_on": date(2026, 10, 24),
        "discharged_on": date(2026, 11, 7),
        "hospital_level": "tertiary",
        "settled_through_social_insurance": True,
        "social_paid": Known(3_120_680, Words("社保结算单", "social insurance statement")),
    }
    rest = [("drug_west", 1_246_030), ("surgery", 980_000), ("nursing", 112_000), ("special_care", 240_000),
            ("exam", 486_000), ("lab", lab), ("treatment", 500_500)]  # fmt: skip
    items = [LineItem("bed", 196_000, days=14), LineItem("implant", implant, source=BILL)]
    return explain(
        edition,
        facts={**known, **facts},
        items=[*items, *[LineItem(category, amount) for category, amount in rest]],
        policy={"cover_from": date(2026, 1, 1), "cover_to": date(2026, 12, 31)},
        balances={"annual_deductible": Balance(60_000, Words("3 月已抵", "used in March")), "annual_limit": 318_000},
    )


def a_decision(statement: Statement, language: str = "zh") -> schemas.AnyLetter:
    return a_letter(
        "decision_pay",
        language,
        asked=statement.claimed,
        lines=lines_of(statement),
        owed=statement.owed,
        changes=changes_of(statement, answer_days=5),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_decision_of_a_real_calculation_may_go_and_adds_up(language: str) -> None:
    statement = a_statement()
    letter = a_decision(statement, language)
    assert isinstance(letter, schemas.DecisionPay)
    assert faults_before_sending(letter) == ()
    assert letter.owed == 2_632_033
    assert [line.amount for line in letter.lines] == [240_000, 28_000, 350_000, 3_120_680, 140_000, 496_337, 165_000]
    text = text_of(printed(letter, at=AT))
    assert all(
        line.clauses[0].text is not None and tight(line.clauses[0].text.in_(language)) in text for line in letter.lines
    )


def test_the_customer_reads_where_the_figure_was_found() -> None:
    text = text_of(printed(a_decision(a_statement()), at=AT))
    assert "费用清单第17页" in text
    assert "3月已抵" in text


def test_only_a_paper_that_would_raise_the_amount_is_named_as_a_change() -> None:
    (change,) = changes_of(a_statement(), answer_days=5)
    assert change.gain == 315_000
    assert change.what.zh.startswith("如果“医院说明材料无可替代”成立，")
    assert change.what.en.startswith("If “The hospital states that nothing can be substituted” applied, ")


@pytest.mark.parametrize("implant", [2_500_000, 2_500_001, 2_733_333, 9_999_999])
def test_the_lines_add_up_for_odd_amounts_too(implant: int) -> None:
    statement = a_statement(implant=implant)
    signed = sum(line.amount if line.effect == "plus" else -line.amount for line in lines_of(statement))
    assert statement.claimed + signed == statement.owed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_statement_shows_every_step_with_its_clause_and_each_exclusion_once(language: str) -> None:
    statement = a_statement()
    letter = a_letter("calculation_statement", language, **statement_fields(statement))
    assert isinstance(letter, schemas.CalculationStatement)
    assert faults_before_sending(letter) == ()
    text = text_of(printed(letter, at=AT))
    for line in statement.lines:
        assert tight(line.label.in_(language)) in text
        assert tight(line.arithmetic.in_(language)) in text
    labels = [tried.label for tried in letter.exclusions]
    assert len(labels) == len(set(labels)) >= 9
    assert statement.fingerprint[:4] in text


def test_a_coverage_that_does_not_answer_says_why_and_under_which_clause() -> None:
    statement = a_statement(unlawful_driving=True)
    stopped = [coverage for coverage in statement.coverages if not coverage.answers]
    assert stopped
    letter = a_letter("calculation_statement", **statement_fields(statement))
    assert faults_before_sending(letter) == ()
    text = text_of(printed(letter, at=AT))
    assert "这一项没有付" in text
    assert lines_of(statement) == ()


def test_a_refusal_rests_on_the_facts_that_stopped_every_coverage() -> None:
    drove = Known(True, Words("交警认定书", "police report"))
    statement = a_statement(unlawful_driving=drove)
    refused = refused_of(statement)
    assert [item.amount for item in refused] == [6_842_050, 0]
    letter = a_letter("decision_refuse", asked=statement.claimed, refused=refused)
    assert faults_before_sending(letter) == ()
    text = text_of(printed(letter, at=AT))
    assert "酒后或无证驾驶：是（交警认定书）" in text
    assert "这正是第4.4条写明的情形" in text


def test_an_illness_within_the_waiting_period_is_refused_with_its_dates() -> None:
    statement = a_statement(cause="illness", happened_on=date(2026, 1, 10), admitted_on=date(2026, 1, 11),
                            discharged_on=date(2026, 1, 25))  # fmt: skip
    assert "2026-01-31" in refused_of(statement)[0].facts[0].what.zh


def test_part_refused_part_paid_adds_up() -> None:
    statement = a_statement(discharged_on=date(2026, 10, 26))
    lines, refused = lines_of(statement), refused_of(statement)
    signed = sum(line.amount if line.effect == "plus" else -line.amount for line in lines)
    assert statement.claimed - sum(item.amount for item in refused) + signed == statement.owed


def test_half_a_fen_is_rounded_up_once_and_shown_exactly_in_the_statement() -> None:
    statement = a_statement(lab=231_525)
    exact = [line for line in statement.lines if not isinstance(line.after, int)]
    assert {line.after for line in exact} == {Fraction(4_934_075, 2)}
    assert [line.amount for line in lines_of(statement)][-2:] == [496_337, 165_000]
    assert not any("四舍五入" in line.label.zh for line in lines_of(statement))
    coverage = statement_fields(statement)["coverages"][0]
    shown = [step.after_exact.zh for step in coverage.steps if step.after_exact is not None]
    assert set(shown) == {"24,670.375"}
