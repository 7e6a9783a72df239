"""The traps of claims calculation, each with named tests: order, equality, bands, rates, rounding, sharing.

Traps of days, persons, dates and disabilities (3, 10, 11, 13, 14) need whole products: `products/tests/test_traps.py`.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from lipei.calculation import LineItem
from lipei.calculation.figures import rounded, shared_out
from lipei.calculation.tests.small_terms import edition_with, owed, read


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


@pytest.mark.parametrize(
    ("equal", "at_it", "above_it"), [("pays", 500_00, 500_01), ("pays_nothing", 0, 500_01)], ids=["<", "<="]
)
def test_trap_2_the_document_states_what_happens_exactly_at_the_threshold(
    equal: str, at_it: int, above_it: int
) -> None:
    terms = edition_with(f'step: franchise, amount: "500.00", equal: {equal}')
    assert owed(terms, 499_99) == 0
    assert owed(terms, 500_00) == at_it
    assert owed(terms, 500_01) == above_it


def test_trap_2_a_deductible_takes_all_of_a_loss_equal_to_it() -> None:
    terms = edition_with('step: deductible, amount: "500.00"')
    assert (owed(terms, 500_00), owed(terms, 500_01)) == (0, 1)


def test_trap_4_bands_on_the_bill_differ_from_bands_on_the_excess() -> None:
    table = 'table: [{to: "10,000.00", ratio: 50%}, {ratio: 100%}]'
    deductible = 'step: deductible, amount: "10,000.00"'
    assert owed(edition_with(deductible, f"step: bands, kind: marginal, on: bill, {table}"), 15_000_00) == 5_000_00
    assert owed(edition_with(deductible, f"step: bands, kind: marginal, on: excess, {table}"), 15_000_00) == 2_500_00


def test_trap_4_marginal_bands_differ_from_the_whole_amount_at_one_ratio() -> None:
    table = 'table: [{to: "10,000.00", ratio: 50%}, {ratio: 80%}]'
    marginal = edition_with(f"step: bands, kind: marginal, on: excess, {table}")
    whole = edition_with(f"step: bands, kind: whole, on: excess, {table}")
    assert (owed(marginal, 10_000_00), owed(whole, 10_000_00)) == (5_000_00, 5_000_00)
    assert (owed(marginal, 15_000_00), owed(whole, 15_000_00)) == (9_000_00, 12_000_00)


def test_trap_5_rates_that_multiply_are_not_rates_that_add() -> None:
    assert owed(edition_with("step: deductible_rate, rates: [20%, 10%], combine: multiply"), 100_00) == 72_00
    assert owed(edition_with("step: deductible_rate, rates: [20%, 10%], combine: add"), 100_00) == 70_00


@pytest.mark.parametrize(
    ("of_what", "left"),
    [
        ("", 95_000_00),
        (", base: sum_insured", 90_000_00),
        (", base: value", 80_000_00),
        (", base: paid", 98_000_00),
    ],
    ids=["the loss", "the sum insured", "the value", "the shipment"],
)
def test_trap_6_five_per_cent_of_what(of_what: str, left: int) -> None:
    terms = edition_with(f"step: percentage_deductible, ratio: 5%{of_what}")
    shipment = {"value": 400_000_00, "paid": 40_000_00, "policy": {"sum_insured": 200_000_00}}
    assert owed(terms, 100_000_00, **shipment) == left


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


def test_trap_8_two_insurers_contributions_add_up_to_the_loss() -> None:
    terms = edition_with("step: contribution, rule: independent_liability, ours: value, others: [paid]")
    first = owed(terms, 50_000_00, value=40_000_00, paid=60_000_00)
    second = owed(terms, 50_000_00, value=60_000_00, paid=40_000_00)
    assert (first, second) == (22_222_22, 27_777_78)
    assert first + second == 50_000_00


def test_trap_8_a_limit_shared_over_lines_gives_away_every_cent() -> None:
    terms = edition_with('step: limit, of: [a], limit: "1.00"', "step: allocate")
    statement = read(terms, 1_00, 1_00, 1_00)
    assert [operand.figure.value for operand in statement.coverages[0].lines[-1].operands] == [34, 33, 33]


def test_trap_9_a_limit_per_person_holds_inside_the_limit_per_accident() -> None:
    terms = edition_with('step: limit, scope: person, limit: "100,000.00"', 'step: limit, limit: "250,000.00"')
    victims = [
        LineItem("a", 150_000_00, person="Lin"),
        LineItem("a", 90_000_00, person="Zhao"),
        LineItem("b", 30_000_00, person="Zhao"),
    ]
    assert owed(terms, items=victims) == 200_000_00
    assert owed(terms, items=[*victims, LineItem("a", 80_000_00, person="Qian")]) == 250_000_00


def test_trap_9_a_sublimit_uses_up_the_limit_it_lies_in() -> None:
    inside = 'step: sublimit, of: [a], limit: "1,000.00", accumulator: inside'
    terms = edition_with(
        inside, 'step: aggregate_limit, limit: "1,500.00", accumulator: parent', amounts=("inside", "parent")
    )
    first = read(terms, 1_200_00)
    assert first.owed == 1_000_00
    used = {movement.accumulator: movement.amount for movement in first.movements}
    assert used == {"inside": 1_000_00, "parent": 1_000_00}
    assert owed(terms, items=[LineItem("b", 800_00)], balances=used) == 500_00
    assert owed(terms, 800_00, balances=used) == 0


def test_trap_9_a_member_counts_at_most_the_own_amount_in_an_embedded_family_deductible() -> None:
    terms = edition_with(
        'step: family_deductible, amount: "500.00", accumulator: own, family_amount: "1,000.00", '
        "family_accumulator: family",
        amounts=("own", "family"),
    )
    first = read(terms, 900_00)
    assert first.owed == 400_00
    assert {movement.accumulator: movement.amount for movement in first.movements} == {
        "own": 500_00,
        "family": 500_00,
    }
    assert owed(terms, 900_00, balances={"family": 500_00}) == 400_00
    assert owed(terms, 900_00, balances={"family": 700_00}) == 600_00
    assert owed(terms, 900_00, balances={"family": 1_000_00}) == 900_00


def test_trap_12_ratios_that_are_not_decimals_stay_exact() -> None:
    assert owed(edition_with("step: coinsurance, pays: 1/3", 'step: copayment, amount: "0.01"'), 1_00) == 32
    assert owed(edition_with("step: coinsurance, pays: 2/37"), 37_00) == 2_00
