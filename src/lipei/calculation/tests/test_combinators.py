"""Every combinator by itself: what it does to an amount, at its edges, and what it says."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lipei.calculation import LineItem
from lipei.calculation.tests.small_terms import edition_with, owed, read


def test_absolute_deductible_of_500_takes_all_of_400_and_leaves_600_of_1100() -> None:
    terms = edition_with('step: deductible, amount: "500.00"')
    assert owed(terms, 400_00) == 0
    assert owed(terms, 1100_00) == 600_00


@pytest.mark.parametrize(("equal", "at_it"), [("pays", 500_00), ("pays_nothing", 0)])
def test_a_franchise_pays_all_or_nothing_and_says_what_happens_exactly_at_it(equal: str, at_it: int) -> None:
    terms = edition_with(f'step: franchise, amount: "500.00", equal: {equal}')
    assert [owed(terms, 499_99), owed(terms, 500_00), owed(terms, 500_01)] == [0, at_it, 500_01]


def test_a_disappearing_deductible_shrinks_in_a_straight_line() -> None:
    terms = edition_with('step: disappearing_deductible, amount: "1,000.00", gone_at: "5,000.00"')
    assert owed(terms, 900_00) == 0
    assert owed(terms, 3000_00) == 2500_00  # half way: 500 left of the deductible
    assert owed(terms, 5000_00) == 5000_00


def test_five_percent_of_what_the_loss_the_sum_insured_or_within_bounds() -> None:
    of_loss = edition_with("step: percentage_deductible, ratio: 5%")
    of_sum = edition_with("step: percentage_deductible, ratio: 5%, base: sum_insured")
    bounded = edition_with('step: percentage_deductible, ratio: 5%, at_least: "300.00", at_most: "900.00"')
    assert owed(of_loss, 10_000_00) == 9_500_00
    assert owed(of_sum, 10_000_00) == 5_000_00
    assert owed(bounded, 1_000_00) == 700_00
    assert owed(bounded, 100_000_00) == 99_100_00


def test_a_home_insured_for_250000_with_a_two_percent_deductible_and_50000_damage_gets_45000() -> None:
    terms = edition_with("step: percentage_deductible, ratio: 2%, base: sum_insured")
    assert owed(terms, 50_000_00, policy={"sum_insured": 250_000_00}) == 45_000_00


def test_copayment_once_or_for_each_line() -> None:
    once = edition_with('step: copayment, amount: "30.00"')
    each = edition_with('step: copayment, amount: "30.00", scope: item, of: [a]')
    assert owed(once, 200_00) == 170_00
    assert owed(each, 200_00, 20_00, 100_00) == 240_00


def test_a_ratio_for_some_categories_only() -> None:
    terms = edition_with("step: coinsurance, of: [b], pays: 90%")
    assert owed(terms, items=[LineItem("a", 100_00), LineItem("b", 50_00)]) == 145_00


def test_rates_multiply_or_add_as_the_clause_says() -> None:
    assert owed(edition_with("step: deductible_rate, rates: [10%, 5%], combine: multiply"), 1000_00) == 855_00
    assert owed(edition_with("step: deductible_rate, rates: [10%, 5%], combine: add"), 1000_00) == 850_00
    assert owed(edition_with("step: deductible_rate, rates: [60%, 50%], combine: add"), 1000_00) == 0


@pytest.mark.parametrize(
    ("kind", "on", "expected"),
    [
        ("marginal", "excess", 1_000_00 * 80 // 100 + 500_00 * 90 // 100),
        ("whole", "excess", 1_500_00 * 90 // 100),
        ("marginal", "bill", 500_00 * 80 // 100 + 1_000_00 * 90 // 100),
        ("whole", "bill", 1_500_00 * 90 // 100),
    ],
)
def test_bands_on_the_bill_or_the_excess_marginal_or_whole(kind: str, on: str, expected: int) -> None:
    terms = edition_with(
        'step: deductible, amount: "500.00"',
        f'step: bands, kind: {kind}, on: {on}, table: [{{to: "1,000.00", ratio: 80%}}, {{ratio: 90%}}]',
    )
    assert owed(terms, 2_000_00) == expected


def test_a_band_ends_at_its_own_amount_included() -> None:
    terms = edition_with('step: bands, kind: whole, on: excess, table: [{to: "1,000.00", ratio: 80%}, {ratio: 90%}]')
    assert owed(terms, 1_000_00) == 800_00
    assert owed(terms, 1_000_01) == 900_01


def test_bands_by_a_choice_name_it_in_the_label() -> None:
    terms = edition_with(
        "step: bands, kind: marginal, on: excess, table: {by: level, of: {high: [{ratio: 80%}], low: [{ratio: 50%}]}}"
    )
    assert owed(terms, 100_00, level="high") == 80_00
    assert owed(terms, 100_00, level="low") == 50_00


def test_an_item_limit_of_200_cuts_an_x_ray_of_300_by_100_and_leaves_others_alone() -> None:
    statement = read(edition_with('step: limit, of: [a], scope: item, limit: "200.00"'), 300_00, 150_00)
    assert statement.owed == 350_00
    assert statement.lines[1].cut == 100_00
    assert statement.lines[1].bound


def test_a_limit_for_a_category_leaves_the_other_categories_alone() -> None:
    terms = edition_with('step: limit, of: [a], limit: "100.00"')
    assert owed(terms, items=[LineItem("a", 90_00), LineItem("a", 60_00), LineItem("b", 70_00)]) == 170_00


def test_a_daily_limit_holds_for_each_line_by_its_own_days() -> None:
    terms = edition_with('step: limit, of: [a], scope: day, limit: "120.00", days: days')
    lines = [LineItem("a", 700_00, days=7), LineItem("a", 1260_00, days=7)]
    assert owed(terms, items=lines, days=14) == 700_00 + 840_00


def test_lines_without_days_share_the_days_that_are_left() -> None:
    terms = edition_with('step: limit, of: [a], scope: day, limit: "100.00", days: days')
    assert owed(terms, items=[LineItem("a", 500_00, days=4), LineItem("a", 900_00)], days=10) == 400_00 + 600_00


def test_an_annual_limit_of_2_million_after_500000_a_time() -> None:
    terms = edition_with(
        'step: limit, limit: "500,000.00"',
        'step: aggregate_limit, limit: "2,000,000.00", accumulator: year',
        amounts=("year",),
    )
    used, paid = 0, []
    for loss in (600_000_00, 20_000_00, 1_200_000_00):
        statement = read(terms, loss, balances={"year": used})
        paid.append(statement.owed)
        used += sum(movement.amount for movement in statement.movements)
    assert paid == [500_000_00, 20_000_00, 500_000_00]
    assert used == 1_020_000_00


def test_an_annual_deductible_is_used_up_claim_by_claim() -> None:
    terms = edition_with('step: aggregate_deductible, amount: "1,000.00", accumulator: year', amounts=("year",))
    first = read(terms, 300_00)
    assert (first.owed, first.movements[0].amount, first.movements[0].left_after) == (0, 300_00, 700_00)
    assert owed(terms, 900_00, balances={"year": 300_00}) == 200_00
    assert owed(terms, 900_00, balances={"year": 1_500_00}) == 900_00


def test_half_of_two_procedures_leaves_200_of_an_annual_750() -> None:
    terms = edition_with(
        "step: coinsurance, pays: 50%", 'step: aggregate_limit, limit: "750.00", accumulator: year', amounts=("year",)
    )
    first = read(terms, 100_00)
    second = read(terms, 1000_00, balances={"year": first.owed})
    assert (first.owed, second.owed, second.movements[0].left_after) == (50_00, 500_00, 200_00)


def test_a_layer_pays_its_share_above_the_attachment() -> None:
    terms = edition_with('step: layer, attachment: "1,000.00", limit: "5,000.00", share: 40%')
    assert [owed(terms, 900_00), owed(terms, 3_000_00), owed(terms, 9_000_00)] == [0, 800_00, 2_000_00]


def test_a_layer_with_one_reinstatement_pays_its_limit_twice_in_all() -> None:
    terms = edition_with(
        'step: layer, attachment: "0.00", limit: "5,000.00", accumulator: treaty, reinstatements: 1',
        amounts=("treaty",),
    )
    assert owed(terms, 8_000_00, balances={"treaty": 5_000_00}) == 5_000_00
    assert owed(terms, 8_000_00, balances={"treaty": 7_000_00}) == 3_000_00


@pytest.mark.parametrize(
    ("insured", "value", "required", "loss", "pays"),
    [
        (40_000_000_00, 60_000_000_00, "100%", 6_000_000_00, 4_000_000_00),
        (2_000_000_00, 4_000_000_00, "100%", 600_000_00, 300_000_00),
        (700_000_00, 1_000_000_00, "80%", 100_000_00, 87_500_00),
        (350_000_00, 400_000_00, "100%", 20_000_00, 17_500_00),
        (900_000_00, 1_000_000_00, "80%", 100_000_00, 100_000_00),
    ],
)
def test_average_pays_in_proportion_and_never_more_than_the_loss(
    insured: int, value: int, required: str, loss: int, pays: int
) -> None:
    terms = edition_with(f"step: average, insured: sum_insured, value: value, required: {required}")
    assert owed(terms, loss, value=value, policy={"sum_insured": insured}) == pays


def test_first_loss_knows_no_average() -> None:
    terms = edition_with("step: first_loss, insured: sum_insured")
    assert owed(terms, 100_000_00, value=500_000_00, policy={"sum_insured": 400_000_00}) == 100_000_00
    assert owed(terms, 450_000_00, value=500_000_00, policy={"sum_insured": 400_000_00}) == 400_000_00


def test_depreciation_by_whole_months_up_to_its_cap() -> None:
    terms = edition_with("step: depreciation, periods: days, rate: 0.6%, cap: 80%")
    assert owed(terms, 100_000_00, days=10) == 94_000_00
    assert owed(terms, 100_000_00, days=500) == 20_000_00


def test_salvage_holdback_and_agreed_value() -> None:
    assert owed(edition_with("step: salvage, amount: value"), 1000_00, value=300_00) == 700_00
    assert owed(edition_with('step: holdback, amount: "200.00", when: not flag'), 1000_00) == 800_00
    assert owed(edition_with('step: holdback, amount: "200.00", when: not flag'), 1000_00, flag=True) == 1000_00
    assert (
        owed(edition_with("step: agreed_value, value: value, when: flag"), 1000_00, value=5000_00, flag=True) == 5000_00
    )


def test_lesser_and_greater_of() -> None:
    assert owed(edition_with("step: lesser_of, amounts: [value, sum_insured]"), 900_00, value=700_00) == 700_00
    assert owed(edition_with("step: greater_of, amounts: [value]"), 900_00, value=1700_00) == 1700_00


def test_per_diem_from_day_four_with_days_left_of_the_year() -> None:
    terms = edition_with(
        'step: per_diem, daily: "150.00", days: days, elimination_days: 3, days_max: 90, accumulator: year',
        kind="benefit",
        days=("year",),
    )
    assert [owed(terms, days=3), owed(terms, days=4), owed(terms, days=14)] == [0, 150_00, 1650_00]
    statement = read(terms, days=30, balances={"year": 85})
    assert (statement.owed, statement.movements[0].amount, statement.movements[0].left_after) == (750_00, 5, 0)


@pytest.mark.parametrize(
    ("combine", "counts", "pays"),
    [
        ("worst", (0, 2, 1), 60_000_00),
        ("worst_promoted", (0, 2, 1), 100_000_00),
        ("worst_promoted", (0, 1, 1), 60_000_00),
        ("worst_promoted", (2, 0, 0), 100_000_00),
        ("add_capped", (0, 1, 1), 90_000_00),
        ("add_capped", (0, 2, 1), 100_000_00),
        ("add_capped", (0, 0, 0), 0),
    ],
)
def test_a_schedule_of_grades_with_its_rule_for_several_injuries(
    combine: str, counts: tuple[int, int, int], pays: int
) -> None:
    grades = ", ".join(
        f"{{label: {{zh: 级, en: grade}}, count: n{at}, ratio: {ratio}}}"
        for at, ratio in ((1, "100%"), (2, "60%"), (3, "30%"))
    )
    terms = edition_with(
        f"step: schedule, insured: sum_insured, combine: {combine}, grades: [{grades}]", kind="benefit"
    )
    assert owed(terms, n1=counts[0], n2=counts[1], n3=counts[2]) == pays


def test_a_delay_table_pays_by_the_row_that_is_reached() -> None:
    rows = '{at_least: 4, pays: "300.00"}, {at_least: 8, pays: "600.00"}'
    terms = edition_with(f"step: amount_table, by: days, rows: [{rows}]", kind="benefit")
    assert [owed(terms, days=n) for n in (3, 4, 7, 8, 30)] == [0, 300_00, 300_00, 600_00, 600_00]


def test_a_ratio_by_growth_stage() -> None:
    terms = edition_with("step: ratio_table, by: level, ratios: {high: 70%, low: 40%}")
    assert owed(terms, 1000_00, level="low") == 400_00


def test_a_sublimit_uses_up_its_own_accumulator_and_the_whole_still_counts() -> None:
    terms = edition_with(
        'step: sublimit, of: [b], limit: "500.00", accumulator: inner',
        'step: aggregate_limit, limit: "1,000.00", accumulator: outer',
        amounts=("inner", "outer"),
    )
    statement = read(terms, items=[LineItem("a", 700_00), LineItem("b", 600_00)], balances={"inner": 100_00})
    assert statement.owed == 1000_00
    assert {movement.accumulator: movement.amount for movement in statement.movements} == {
        "inner": 400_00,
        "outer": 1000_00,
    }


def test_an_embedded_family_deductible_takes_at_most_the_members_own_amount() -> None:
    terms = edition_with(
        'step: family_deductible, amount: "1,000.00", accumulator: own, family_amount: "1,500.00", family_accumulator: family',
        amounts=("own", "family"),
    )
    assert owed(terms, 5_000_00) == 4_000_00
    assert owed(terms, 5_000_00, balances={"family": 1_000_00}) == 4_500_00
    assert owed(terms, 5_000_00, balances={"own": 400_00, "family": 400_00}) == 4_400_00


def test_above_the_out_of_pocket_maximum_the_cover_pays_in_full() -> None:
    terms = edition_with(
        'step: deductible, amount: "1,000.00"',
        "step: coinsurance, pays: 80%",
        'step: out_of_pocket_max, amount: "2,000.00", accumulator: year',
        amounts=("year",),
    )
    assert owed(terms, 3_000_00) == 1_600_00  # bears 1,400
    assert owed(terms, 11_000_00) == 9_000_00  # would bear 3,000; bears 2,000
    assert owed(terms, 11_000_00, balances={"year": 1_500_00}) == 10_500_00


def test_who_is_paid_more_than_the_bill_bears_nothing_and_nothing_negative_is_booked() -> None:
    terms = edition_with(
        "step: coinsurance, pays: 80%",
        'step: greater_of, amounts: ["2,000.00"]',
        'step: out_of_pocket_max, amount: "500.00", accumulator: year',
        amounts=("year",),
    )
    statement = read(terms, 1_000_00)
    assert (statement.owed, statement.movements) == (2_000_00, ())


@pytest.mark.parametrize(
    ("rule", "ours", "others", "loss", "pays"),
    [
        ("by_sum_insured", "600,000.00", ["400,000.00", "200,000.00"], 600_000_00, 300_000_00),
        ("by_sum_insured", "40,000.00", ["60,000.00"], 50_000_00, 20_000_00),
        ("independent_liability", "40,000.00", ["60,000.00"], 50_000_00, 22_222_22),
        ("independent_liability", "60,000.00", ["40,000.00"], 50_000_00, 27_777_78),
        ("equal_shares", "10,000.00", ["60,000.00"], 50_000_00, 10_000_00),
        ("equal_shares", "60,000.00", ["10,000.00"], 50_000_00, 40_000_00),
        ("sequential", "60,000.00", ["40,000.00"], 50_000_00, 10_000_00),
    ],
)
def test_contribution_between_insurers_to_the_cent(
    rule: str, ours: str, others: list[str], loss: int, pays: int
) -> None:
    listed = ", ".join(f'"{other}"' for other in others)
    terms = edition_with(f'step: contribution, rule: {rule}, ours: "{ours}", others: [{listed}]')
    assert owed(terms, loss) == pays


def test_as_secondary_payer_no_more_than_the_primary_left() -> None:
    terms = edition_with("step: coinsurance, pays: 80%", "step: coordinate, allowed: value, primary_paid: paid")
    assert owed(terms, 1000_00, value=1000_00, paid=700_00) == 300_00
    assert owed(terms, 1000_00, value=1000_00, paid=100_00) == 800_00


def test_allocation_back_to_the_lines_loses_no_cent() -> None:
    statement = read(edition_with("step: coinsurance, pays: 1/3", "step: allocate"), 100_00, 100_00, 100_00, 1)
    shares = [operand.figure.value for operand in statement.lines[-1].operands]
    assert sum(shares) == statement.owed == 100_00


def test_what_another_payer_paid_never_makes_the_amount_negative() -> None:
    assert (
        owed(
            edition_with("step: prior_payment, amount: paid, payer: {zh: 社保, en: Social insurance}"),
            100_00,
            paid=900_00,
        )
        == 0
    )


def test_an_exception_lifts_or_replaces_its_step_and_says_so() -> None:
    lifted = edition_with(
        'step: limit, limit: "10.00", exceptions: [{label: {zh: 例外, en: lifted}, clause: "1", when: flag}]'
    )
    assert owed(lifted, 100_00) == 10_00
    statement = read(lifted, 100_00, flag=True)
    assert statement.owed == 100_00
    assert statement.lines[-1].replaced_by is not None
    instead = 'instead: {step: coinsurance, label: {zh: 一半, en: half}, clause: "1", pays: 50%}'
    replaced = edition_with(
        f'step: limit, limit: "10.00", exceptions: [{{label: {{zh: 例外, en: half}}, clause: "1", when: flag, {instead}}}]'
    )
    assert owed(replaced, 100_00, flag=True) == 50_00


def test_a_step_whose_condition_fails_is_listed_as_not_reached_with_the_fact() -> None:
    statement = read(edition_with('step: deductible, amount: "10.00", when: flag'), 100_00)
    skipped = statement.coverages[0].not_reached
    assert [one.why.en for one in skipped] == ["Stated: no"]


def test_amounts_between_steps_are_exact_and_only_the_end_is_rounded() -> None:
    statement = read(edition_with("step: coinsurance, pays: 1/3", "step: coinsurance, pays: 1/7"), 100_00)
    assert statement.lines[1].after == Fraction(10_000, 3)
    assert statement.owed == 476
