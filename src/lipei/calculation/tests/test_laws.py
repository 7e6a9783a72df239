"""Laws that hold for whatever terms and claims: bounds, monotony, splitting, repeating – checked on random ones."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lipei.calculation import LineItem, explain, explain_again
from lipei.calculation.tests.drawn import balances, bills, fen, once_each, ratios, terms_of
from lipei.calculation.tests.reference import Bill
from lipei.calculation.tests.small_terms import edition_with, read
from lipei.terms.money import plain

Steps = list[dict[str, Any]]
LAW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def owed(steps: Steps, bill: Bill, used: dict[str, int] | None = None) -> int:
    items = [LineItem(*line) for line in bill]
    return explain(terms_of(steps), facts={}, items=items, balances=used or {}, alternatives=False).owed


@LAW
@given(once_each, bills, balances)
def test_nothing_is_ever_negative(steps: Steps, bill: Bill, used: dict[str, int]) -> None:
    assert owed(steps, bill, used) >= 0


@LAW
@given(once_each, bills, balances)
def test_an_indemnity_never_pays_more_than_the_bill(steps: Steps, bill: Bill, used: dict[str, int]) -> None:
    assume(not any(step["step"] in ("greater_of", "round") for step in steps))
    assert owed(steps, bill, used) <= sum(amount for _, amount in bill)


@LAW
@given(once_each, bills, fen)
def test_a_limit_at_the_end_is_never_exceeded(steps: Steps, bill: Bill, most: int) -> None:
    assert owed([*steps, {"step": "limit", "limit": most}], bill) <= most


@LAW
@given(once_each, bills, balances, st.integers(0, 50_000_00), st.integers(0, 50_000_00))
def test_more_deductible_never_pays_more(steps: Steps, bill: Bill, used: dict[str, int], low: int, more: int) -> None:
    assume(not any(step["step"] in ("franchise", "bands") for step in steps))
    small = owed([{"step": "deductible", "amount": low}, *[s for s in steps if "of" not in s]], bill, used)
    large = owed([{"step": "deductible", "amount": low + more}, *[s for s in steps if "of" not in s]], bill, used)
    assert large <= small


@LAW
@given(once_each, fen, st.integers(0, 50_000_00), balances)
def test_a_larger_loss_never_pays_less_but_for_franchise_and_whole_bands(
    steps: Steps, loss: int, more: int, used: dict[str, int]
) -> None:
    falling = {"franchise", "bands"}
    assume(not any(step["step"] in falling for step in steps))
    assert owed(steps, [("a", loss)], used) <= owed(steps, [("a", loss + more)], used)


@LAW
@given(st.lists(fen, min_size=1, max_size=6), st.integers(0, 200_000_00), ratios)
def test_splitting_a_claim_under_an_annual_limit_changes_the_total_by_rounding_only(
    losses: list[int], limit: int, pays: Any
) -> None:
    terms = edition_with(
        f"step: coinsurance, pays: {pays.numerator}/{pays.denominator}",
        f'step: aggregate_limit, limit: "{plain(limit)}", accumulator: year',
        amounts=("year",),
    )
    used, total = 0, 0
    for loss in losses:
        statement = read(terms, loss, balances={"year": used})
        used += sum(movement.amount for movement in statement.movements)
        total += statement.owed
    assert total == used
    assert abs(total - read(terms, sum(losses)).owed) <= len(losses)


@LAW
@given(st.lists(fen, min_size=1, max_size=6), st.integers(0, 50_000_00))
def test_an_annual_deductible_takes_the_same_from_one_bill_as_from_its_parts(losses: list[int], amount: int) -> None:
    terms = edition_with(f'step: aggregate_deductible, amount: "{plain(amount)}", accumulator: year', amounts=("year",))
    used, total = 0, 0
    for loss in losses:
        statement = read(terms, loss, balances={"year": used})
        used += sum(movement.amount for movement in statement.movements)
        total += statement.owed
    assert total == read(terms, sum(losses)).owed


@LAW
@given(once_each, bills, balances)
def test_the_same_input_gives_the_same_bytes_also_from_what_was_stored(
    steps: Steps, bill: Bill, used: dict[str, int]
) -> None:
    terms = terms_of(steps)
    items = [LineItem(*line) for line in bill]
    first = explain(terms, facts={}, items=items, balances=used)
    second = explain(terms, facts={}, items=items, balances=used)
    assert first.to_bytes() == second.to_bytes()
    assert explain_again(terms, first.as_dict()).to_bytes() == first.to_bytes()


@LAW
@given(once_each, bills, balances)
def test_the_sum_of_coverages_is_what_is_owed_and_every_line_begins_where_the_last_ended(
    steps: Steps, bill: Bill, used: dict[str, int]
) -> None:
    statement = explain(
        terms_of(steps), facts={}, items=[LineItem(*line) for line in bill], balances=used, alternatives=False
    )
    lines = statement.lines
    assert all(line.before == earlier.after for earlier, line in itertools.pairwise(lines))
    assert statement.owed == sum(coverage.owed for coverage in statement.coverages)
