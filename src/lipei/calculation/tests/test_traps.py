"""The traps of claims calculation, one named test each: order, equality, days, bands, rates, rounding, sharing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lipei.calculation import LineItem
from lipei.calculation.figures import rounded, shared_out
from lipei.calculation.tests.small_terms import edition_with, owed


def test_trap_1_the_fixed_deductible_comes_last_in_the_motor_formula() -> None:
    last = edition_with(
        "step: deductible_rate, rates: [15%, 10%], combine: multiply", 'step: deductible, amount: "500.00"'
    )
    first = edition_with(
        'step: deductible, amount: "500.00"', "step: deductible_rate, rates: [15%, 10%], combine: multiply"
    )
    assert owed(last, 20_000_00) == 14_800_00
    assert owed(first, 20_000_00) == 14_917_50


def test_trap_1_average_comes_before_the_deductible() -> None:
    average = "step: average, insured: sum_insured, value: value"
    deductible = 'step: deductible, amount: "1,000.00"'
    given = {"value": 400_000_00, "policy": {"sum_insured": 300_000_00}}
    assert owed(edition_with(average, deductible), 100_000_00, **given) == 74_000_00
    assert owed(edition_with(deductible, average), 100_000_00, **given) == 74_250_00


def test_trap_1_in_health_the_deductible_comes_before_the_ratio() -> None:
    assert (
        owed(edition_with('step: deductible, amount: "1,000.00"', "step: coinsurance, pays: 80%"), 5_000_00) == 3_200_00
    )
    assert (
        owed(edition_with("step: coinsurance, pays: 80%", 'step: deductible, amount: "1,000.00"'), 5_000_00) == 3_000_00
    )


def test_trap_2_a_franchise_is_not_a_deductible() -> None:
    assert owed(edition_with('step: franchise, amount: "500.00", equal: pays'), 800_00) == 800_00
    assert owed(edition_with('step: deductible, amount: "500.00"'), 800_00) == 300_00


def test_trap_4_bands_on_the_bill_differ_from_bands_on_the_excess() -> None:
    table = 'table: [{to: "10,000.00", ratio: 50%}, {ratio: 100%}]'
    deductible = 'step: deductible, amount: "10,000.00"'
    assert owed(edition_with(deductible, f"step: bands, kind: marginal, on: bill, {table}"), 15_000_00) == 5_000_00
    assert owed(edition_with(deductible, f"step: bands, kind: marginal, on: excess, {table}"), 15_000_00) == 2_500_00


def test_trap_5_rates_that_multiply_are_not_rates_that_add() -> None:
    assert owed(edition_with("step: deductible_rate, rates: [20%, 10%], combine: multiply"), 100_00) == 72_00
    assert owed(edition_with("step: deductible_rate, rates: [20%, 10%], combine: add"), 100_00) == 70_00


@pytest.mark.parametrize(
    ("exact", "to_the_cent"),
    [(Fraction(5, 2), 3), (Fraction(7, 2), 4), (Fraction(-5, 2), -3), (Fraction(49, 20), 2), (Fraction(1, 2), 1)],
)
def test_trap_7_half_a_cent_goes_up_away_from_zero_not_to_the_even_cent(exact: Fraction, to_the_cent: int) -> None:
    assert rounded(exact) == to_the_cent


def test_trap_7_rounding_once_at_the_end_differs_from_rounding_at_every_step() -> None:
    third = "step: coinsurance, pays: 1/3"
    rounding = "step: round"
    assert owed(edition_with(third, "step: coinsurance, pays: 1/2"), 1) == 0
    assert (
        owed(edition_with("step: coinsurance, pays: 1/2", rounding, "step: coinsurance, pays: 1/2", rounding), 1) == 1
    )
    assert owed(edition_with("step: coinsurance, pays: 1/2", "step: coinsurance, pays: 1/2"), 1) == 0


def test_trap_7_a_clause_may_round_to_the_yuan() -> None:
    assert owed(edition_with('step: round, to: "1.00"'), 1_50) == 2_00


def test_trap_8_the_largest_remainder_loses_no_cent() -> None:
    assert shared_out(100, [1, 1, 1]) == [34, 33, 33]
    assert shared_out(50_000_00, [40_000_00, 50_000_00]) == [22_222_22, 27_777_78]
    assert sum(shared_out(7, [Fraction(1, 3), Fraction(1, 7), 5])) == 7


def test_trap_9_a_limit_per_person_holds_inside_the_limit_per_accident() -> None:
    terms = edition_with('step: limit, scope: person, limit: "100,000.00"', 'step: limit, limit: "250,000.00"')
    victims = [
        LineItem("a", 150_000_00, person="Lin"),
        LineItem("a", 90_000_00, person="Zhao"),
        LineItem("b", 30_000_00, person="Zhao"),
    ]
    assert owed(terms, items=victims) == 200_000_00
    assert owed(terms, items=[*victims, LineItem("a", 80_000_00, person="Qian")]) == 250_000_00


def test_trap_12_ratios_that_are_not_decimals_stay_exact() -> None:
    assert owed(edition_with("step: coinsurance, pays: 1/3", 'step: copayment, amount: "0.01"'), 1_00) == 32
    assert owed(edition_with("step: coinsurance, pays: 2/37"), 37_00) == 2_00
