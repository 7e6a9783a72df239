"""The handler opens the calculation of a fracture: every step, sum, clause, exception and alternative of the page."""

from __future__ import annotations

from datetime import date

import pytest

from lipei import products
from lipei.calculation import Balance, CannotCalculate, LineItem, customer_text, explain, explain_range, what_if
from lipei.products.tests.anxin import BILL, FACTS, POLICY, USED, fracture
from lipei.terms.edition import Edition
from lipei.terms.money import in_capitals, shown
from lipei.terms.words import Words

STEPS = [
    ("2.1", "9 类，9 行", "68,420.50", False),
    ("2.4.3", "68,420.50 − 2,400.00", "66,020.50", True),
    ("2.2.1", "1,960.00 → 14 日 × 120.00 = 1,680.00，减 280.00", "65,740.50", True),
    ("2.2.5", "28,500.00 → 25,000.00，减 3,500.00", "62,240.50", True),
    ("2.3.1", "62,240.50 − 31,206.80", "31,033.70", False),
    ("2.3.2", "2,000.00 − 600.00 = 1,400.00", "29,633.70", True),
    ("2.3.3", "20,000.00 × 80% + 9,633.70 × 90% = 16,000.00 + 8,670.33", "24,670.33", False),
    ("2.5", "200,000.00 − 3,180.00 = 196,820.00，没有碰到", "24,670.33", False),
    ("3.1", "（14 日 − 3 日）× 150.00", "1,650.00", True),
]


@pytest.fixture(scope="module")
def anxin() -> Edition:
    return products.load("anxin_inpatient", on=date(2026, 10, 24))


def test_nine_steps_with_clause_arithmetic_and_amount(anxin: Edition) -> None:
    lines = fracture(anxin).lines
    assert [(line.clause, line.arithmetic.zh, shown(line.after)[1:], line.bound) for line in lines] == STEPS  # type: ignore[arg-type]
    assert [line.number for line in lines] == list(range(1, 10))


def test_the_total_in_figures_and_in_capitals(anxin: Edition) -> None:
    statement = fracture(anxin)
    assert (shown(statement.claimed), shown(statement.owed)) == ("¥68,420.50", "¥26,320.33")
    assert in_capitals(statement.owed) == "人民币贰万陆仟叁佰贰拾元叁角叁分"
    assert statement.bound_numbers == (2, 3, 4, 6, 9)


def test_an_open_step_quotes_its_clause_and_names_where_each_number_comes_from(anxin: Edition) -> None:
    line = fracture(anxin).lines[3]
    assert line.clause_shown == Words("第 2.2 条第 5 项", "Clause 2.2(5)")
    assert "25,000" in line.clause_text.zh
    named = {
        operand.name.zh: (operand.figure.shown().zh, operand.source and operand.source.zh) for operand in line.operands
    }
    assert named["植入材料费"] == ("28,500.00", "费用清单第 17 页，3 行")
    assert named["植入材料每次住院限额"] == ("25,000.00", "第 2.2 条第 5 项")
    assert named["取小，减去"] == ("3,500.00", None)


def test_the_exception_was_tried_and_says_why_it_does_not_apply(anxin: Edition) -> None:
    tried = fracture(anxin).lines[3].exceptions[0]
    assert not tried.holds
    assert tried.because.zh == "医院书面说明无同类材料可以替代：否（档案里没有，按此处理）"


def test_nine_general_exclusions_were_tried_and_none_applied(anxin: Edition) -> None:
    cash = fracture(anxin).coverage("hospital_cash")
    assert len(cash.exclusions) == 9
    assert not any(tried.holds for tried in cash.exclusions)


def test_what_could_still_be_gained(anxin: Edition) -> None:
    gains = [(one.label.zh, one.difference) for one in fracture(anxin).alternatives]
    assert gains == [
        ("如果“医院说明材料无可替代”成立", 3_150_00),
        ("如果“年度免赔额”此前已经减过", 1_260_00),
        ("社保更正，少付 1,000.00", 900_00),
    ]


def test_a_missing_receipt_would_add_its_share(anxin: Edition) -> None:
    label = Words("补上 11-18 门诊复查票据", "the receipt of 18 November")
    assert what_if(fracture(anxin), label=label, items_added=(LineItem("followup", 1_240_00),)).difference == 1_116_00


def test_with_the_hospitals_statement_the_limit_falls_away(anxin: Edition) -> None:
    statement = fracture(anxin, hospital_states_no_substitute=True)
    assert statement.owed == 29_470_33
    assert statement.lines[3].replaced_by == Words(
        "医院说明材料无可替代", "The hospital states that nothing can be substituted"
    )


def test_what_the_claim_uses_of_the_years_sums(anxin: Edition) -> None:
    used = {one.accumulator: (one.amount, one.left_after, one.period_start) for one in fracture(anxin).movements}
    year = date(2026, 1, 1)
    assert used == {
        "annual_deductible": (1_400_00, 0, year),
        "annual_limit": (24_670_33, 172_149_67, year),
        "cash_days": (11, 79, year),
    }


def test_the_customer_reads_it_in_plain_sentences(anxin: Edition) -> None:
    text = customer_text(fracture(anxin))
    assert text.zh.startswith(
        "您交来的费用是 68,420.50 元。其中 2,400.00 元不在保障范围，3,780.00 元超过限额。社保已付 31,206.80 元。"
    )
    assert text.zh.endswith("住院津贴按 11 天付，1,650.00 元。一共 26,320.33 元。")
    assert text.en.endswith("Hospital cash: 11 days, 1,650.00 yuan. In all, 26,320.33 yuan.")


def test_a_refused_claim_says_why_in_the_customers_text(anxin: Edition) -> None:
    statement = fracture(anxin, unlawful_driving=True)
    assert statement.owed == 0
    assert statement.coverage("inpatient").stop_clause == "4.4"
    assert "酒后或无证驾驶（第 4.4 条）" in customer_text(statement).zh


def test_an_illness_within_the_waiting_period_says_how_many_days_were_missing(anxin: Edition) -> None:
    early = {
        **FACTS,
        "cause": "illness",
        "happened_on": date(2026, 1, 24),
        "admitted_on": date(2026, 1, 25),
        "discharged_on": date(2026, 1, 30),
    }
    statement = explain(anxin, facts=early, items=BILL, policy=POLICY)
    waiting = statement.coverage("inpatient").waiting
    assert waiting is not None
    assert (waiting.over, waiting.days_left, waiting.first_day_covered) == (False, 7, date(2026, 1, 31))
    assert any(one.label.en == "had it happened 7 days later" and one.difference > 0 for one in statement.alternatives)


def test_all_that_is_missing_is_named_at_once_with_its_question(anxin: Edition) -> None:
    with pytest.raises(CannotCalculate) as refusal:
        explain(anxin, facts={"cause": "accident"}, items=BILL)
    assert {need.name for need in refusal.value.needs} == {
        "cover_from",
        "cover_to",
        "happened_on",
        "admitted_on",
        "discharged_on",
        "hospital_level",
        "settled_through_social_insurance",
    }
    assert all(need.question for need in refusal.value.needs if not need.name.startswith("cover"))
    assert "出院日还不知道" in refusal.value.words.zh


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"social_paid": -1}, "社保已付不能小于 0.00"),
        ({"social_paid": "many"}, "社保已付的值不合用"),
        ({"hospital_level": "palace"}, "医院级别的值不合用"),
        ({"admitted_on": "2026-10-24"}, "入院日的值不合用"),
        ({"settled_through_social_insurance": False}, "社保已付与其他事实矛盾，应为 0.00"),
        ({"shoe_size": 43}, "“shoe_size”不在条款的事实里"),
    ],
)
def test_impossible_facts_are_refused_in_words(anxin: Edition, facts: dict[str, object], named: str) -> None:
    with pytest.raises(CannotCalculate) as refusal:
        explain(anxin, facts={**FACTS, **facts}, items=BILL, policy=POLICY)
    assert named in refusal.value.words.zh


@pytest.mark.parametrize(
    "item",
    [
        LineItem("shoes", 1),
        LineItem("bed", -1),
        LineItem("bed", 5, allowed=6),
        LineItem("bed", 5, days=-1),
        LineItem("bed", 10**14),
    ],
)
def test_impossible_lines_of_the_bill_are_refused(anxin: Edition, item: LineItem) -> None:
    with pytest.raises(CannotCalculate, match="line 1 of the bill"):
        explain(anxin, facts=FACTS, items=[item], policy=POLICY)


def test_nothing_to_pay_is_said_in_words_not_as_a_row_of_zeros(anxin: Edition) -> None:
    short = {**FACTS, "discharged_on": date(2026, 10, 26), "social_paid": 0}
    text = customer_text(explain(anxin, facts=short, items=[LineItem("treatment", 1_500_00)], policy=POLICY))
    assert "所以这一项没有可给付的金额" in text.zh
    assert "“住院津贴”这次没有可给付的金额" in text.zh


def test_bills_that_belong_to_no_cover_are_named() -> None:
    million = products.load("qinghe_million", on=date(2026, 5, 1))
    facts = {
        "cause": "accident",
        "happened_on": date(2026, 5, 1),
        "treated_from": date(2026, 5, 1),
        "serious_illness": False,
    }
    facts |= {"settled_through_social_insurance": True, "social_paid": 0}
    bill = [LineItem("surgery", 20_000_00), LineItem("special_drug", 3_000_00)]
    text = customer_text(explain(million, facts=facts, items=bill, policy=POLICY))
    assert "另有 3,000.00 元的费用不属于这次的任何一项责任" in text.zh


def test_a_discharge_before_the_admission_is_refused_with_the_question(anxin: Edition) -> None:
    with pytest.raises(CannotCalculate, match="the discharge is not before the admission"):
        fracture(anxin, discharged_on=date(2026, 10, 20))


def test_two_coverages_of_one_claim_never_use_the_same_days_twice(anxin: Edition) -> None:
    statement = explain(anxin, facts=FACTS, items=BILL, policy=POLICY, balances={"cash_days": Balance(88)})
    assert statement.coverage("hospital_cash").owed == 2 * 150_00


class TestTheFirstView:
    """At the counter little is known: the clerk sees from – to, and what would narrow it."""

    def test_unknown_amounts_give_a_range_that_holds_the_true_answer(self, anxin: Edition) -> None:
        known = {name: value for name, value in FACTS.items() if name != "social_paid"}
        view = explain_range(
            anxin,
            facts=known,
            items=BILL,
            balances=USED,
            policy=POLICY,
            unknown={"social_paid": (20_000_00, 40_000_00)},
        )
        low, high = view.owed
        assert low < 26_320_33 < high
        assert view.unknown == ("social_paid",)

    def test_unknown_yes_no_and_choice_facts_are_tried_with_every_value(self, anxin: Edition) -> None:
        known = {name: FACTS[name] for name in ("cause", "happened_on", "admitted_on", "discharged_on")}
        view = explain_range(
            anxin,
            facts=known,
            policy=POLICY,
            unknown={"item:other": (10_000_00, 12_000_00), "social_paid": (0, 4_000_00)},
        )
        assert set(view.unknown) == {"hospital_level", "settled_through_social_insurance", "item:other", "social_paid"}
        assert view.owed == (3_200_00 + 1_650_00, 9_500_00 + 1_650_00)

    def test_a_missing_date_is_asked_for_not_guessed(self, anxin: Edition) -> None:
        with pytest.raises(CannotCalculate, match="Day of discharge is not known yet"):
            explain_range(
                anxin,
                facts={"cause": "accident", "happened_on": date(2026, 1, 1), "admitted_on": date(2026, 1, 1)},
                policy=POLICY,
            )

    def test_too_many_unknowns_are_refused_not_awaited(self, anxin: Edition) -> None:
        wide = {f"item:{name}": (0, 1) for name in anxin.document.categories}
        with pytest.raises(CannotCalculate, match="too many"):
            explain_range(anxin, facts=FACTS, policy=POLICY, unknown=wide)
