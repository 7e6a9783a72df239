"""The traps of claims calculation that need whole products: days, order of claims, disabilities, dates, persons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

import lipei.calculation
from lipei import products
from lipei.calculation import LineItem, Statement, explain
from lipei.calculation.inputs import facts_of
from lipei.products.claims_file import claims_of, statements_of
from lipei.terms.edition import Edition

TRAPS_COUNT = 14
YEAR = {"cover_from": "2026-01-01", "cover_to": "2026-12-31"}


def told(
    code: str, policy: dict[str, str], facts: dict[str, str], items: Iterable[LineItem] = (), **balances: int
) -> Statement:
    """The statement of one claim under the newest edition of a product, values as forms send them."""
    edition = products.editions(code)[-1]
    return explain(
        edition,
        facts=facts_of(edition, facts),
        policy=facts_of(edition, policy, section="policy"),
        items=items,
        balances=balances,
    )


def in_order(edition: Edition, text: str) -> list[int]:
    """What is owed for each claim of a file."""
    return [statement.owed for statement in statements_of(edition, claims_of(text, source="claims"))]


def test_every_trap_has_a_named_test() -> None:
    files = [Path(__file__), Path(lipei.calculation.__file__).parent / "tests" / "test_traps.py"]
    numbers = {int(n) for file in files for n in re.findall(r"def test_trap_(\d+)_", file.read_text(encoding="utf-8"))}
    assert numbers == set(range(1, TRAPS_COUNT + 1))


@pytest.mark.parametrize(("diagnosed", "owed"), [("2026-03-31", 0), ("2026-04-01", 300_000_00)])
def test_trap_3_day_90_is_still_in_the_waiting_period_and_day_91_is_not(diagnosed: str, owed: int) -> None:
    facts = {"cause": "illness", "diagnosed_on": diagnosed, "form": "severe", "tumour": "false"}
    assert told("changqing_illness", {**YEAR, "sum_insured": "300,000.00"}, facts).owed == owed


@pytest.mark.parametrize(("discharged", "owed"), [("2026-03-04", 0), ("2026-03-05", 150_00), ("2026-03-06", 300_00)])
def test_trap_3_from_day_4_on_the_day_of_admission_counts_and_the_day_of_discharge_does_not(
    discharged: str, owed: int
) -> None:
    facts = {
        "cause": "illness",
        "happened_on": "2026-03-01",
        "admitted_on": "2026-03-01",
        "discharged_on": discharged,
    }
    assert told("anri_cash", {**YEAR, "daily_amount": "150.00"}, facts).owed == owed


TWO_CLAIMS = """
policy: {{cover_from: 2026-01-01, cover_to: 2027-12-31}}
claims:
  - {{facts: {{treated_from: {0}, settled_through_social_insurance: "true", social_paid: "0.00"}}, items: [{{category: exam, claimed: "{1}"}}]}}
  - {{facts: {{treated_from: {2}, settled_through_social_insurance: "true", social_paid: "0.00"}}, items: [{{category: exam, claimed: "{3}"}}]}}
"""


def test_trap_10_the_date_that_the_clause_names_decides_the_year_of_a_claim() -> None:
    group = products.named("tuanhui_group", edition="2026")
    same_year = TWO_CLAIMS.format("2026-03-01", "500.00", "2026-12-31", "500.00")
    next_year = TWO_CLAIMS.format("2026-03-01", "500.00", "2027-01-01", "500.00")
    assert in_order(group, same_year) == [0, 450_00]
    assert in_order(group, next_year) == [0, 0]


def test_trap_10_claims_of_one_day_count_in_the_order_they_are_given() -> None:
    group = products.named("tuanhui_group", edition="2026")
    small_first = TWO_CLAIMS.format("2026-03-01", "300.00", "2026-03-01", "800.00")
    large_first = TWO_CLAIMS.format("2026-03-01", "800.00", "2026-03-01", "300.00")
    assert in_order(group, small_first) == [0, 540_00]
    assert in_order(group, large_first) == [270_00, 270_00]


def test_trap_10_two_accidents_of_one_policy_do_not_share_the_limit_of_an_accident() -> None:
    motor = products.named("lutong_compulsory", edition="2008")
    line = '{{facts: {{accident_on: {0}, at_fault: "true"}}, items: [{{category: treatment, claimed: "12,000.00"}}]}}'
    text = "policy: {cover_from: 2026-01-01, cover_to: 2026-12-31}\nclaims:\n" + "".join(
        f"  - {line.format(day)}\n" for day in ("2026-05-01", "2026-05-01", "2026-06-01")
    )
    assert in_order(motor, text) == [12_000_00, 6_000_00, 12_000_00]


ACCIDENT = {**YEAR, "sum_insured": "500,000.00"}


@pytest.mark.parametrize(
    ("grades", "owed"),
    [
        ({"grade_8": "1", "grade_9": "2"}, 150_000_00),
        ({"grade_7": "2"}, 250_000_00),
        ({"grade_7": "3"}, 250_000_00),
        ({"grade_1": "2"}, 500_000_00),
    ],
    ids=["the worst decides", "tied worst go up one", "by one grade only", "never above grade 1"],
)
def test_trap_11_disabilities_of_one_accident(grades: dict[str, str], owed: int) -> None:
    facts = {"accident_on": "2026-03-01", "died": "false", **grades}
    assert told("pingbu_accident", ACCIDENT, facts).owed == owed


def test_trap_11_a_later_accident_pays_the_higher_grade_less_what_was_paid() -> None:
    later = {"accident_on": "2026-08-01", "died": "false", "grade_5": "1"}
    policy = {**ACCIDENT, "included_disability_paid": "200,000.00"}
    assert told("pingbu_accident", policy, later, body_sum=200_000_00).owed == 100_000_00


@pytest.mark.parametrize(("accident", "owed"), [("2020-09-18", 110_000_00), ("2020-09-19", 180_000_00)])
def test_trap_13_compulsory_limits_go_by_the_day_of_the_accident_under_one_policy(accident: str, owed: int) -> None:
    policy = {"cover_from": "2020-03-01", "cover_to": "2021-02-28"}
    facts = {"accident_on": accident, "at_fault": "true"}
    bill = [LineItem("death_compensation", 900_000_00)]
    assert told("lutong_compulsory", policy, facts, bill).owed == owed


@pytest.mark.parametrize(("taken_out", "owed"), [("2015-12-31", 100_000_00), ("2016-01-01", 200_000_00)])
def test_trap_13_the_cap_for_minors_goes_by_the_day_of_the_contract(taken_out: str, owed: int) -> None:
    edition = products.load("anshou_life", on=date(2015, 12, 31))
    policy = {"cover_from": taken_out, "cover_to": "2035-12-31", "sum_insured": "1000000.00", "born_on": "2008-05-05"}
    facts = facts_of(edition, {"died_on": "2017-08-01", "cause": "accident"})
    assert explain(edition, facts=facts, policy=facts_of(edition, policy, section="policy")).owed == owed


@pytest.mark.parametrize(
    ("died", "owed"),
    [("2030-05-04", 200_000_00), ("2030-05-05", 500_000_00), ("2038-05-04", 500_000_00), ("2038-05-05", 1_000_000_00)],
)
def test_trap_14_childrens_rules_for_children_and_adults_rules_for_adults(died: str, owed: int) -> None:
    policy = {"cover_from": "2026-01-01", "cover_to": "2045-12-31", "sum_insured": "1000000.00"}
    statement = told("anshou_life", {**policy, "born_on": "2020-05-05"}, {"died_on": died, "cause": "accident"})
    assert statement.owed == owed


def test_trap_14_what_was_asked_for_stays_beside_what_was_allowed() -> None:
    bill = [LineItem("exam", 2_000_00, allowed=1_500_00)]
    facts = {"treated_from": "2026-05-01", "settled_through_social_insurance": "true", "social_paid": "0.00"}
    statement = told("tuanhui_group", YEAR, facts, bill)
    assert (statement.claimed, statement.inputs.items[0].claimed, statement.owed) == (2_000_00, 2_000_00, 900_00)
    assert statement.as_dict()["inputs"]["items"][0]["claimed"] == "2000.00"


def test_trap_14_the_limit_of_a_category_remembers_earlier_claims() -> None:
    group = products.named("tuanhui_group", edition="2026")
    visit = TWO_CLAIMS.replace("exam", "dental").format("2026-03-01", "1,600.00", "2026-04-01", "1,600.00")
    assert in_order(group, visit) == [990_00, 360_00]
