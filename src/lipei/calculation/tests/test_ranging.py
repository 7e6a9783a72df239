"""The range of the first view holds the true amount whatever the unknown facts turn out to be, and is no wider than it must be."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lipei.calculation import CannotCalculate, LineItem, explain, explain_range
from lipei.calculation.bounding_steps import OWN_RULE
from lipei.calculation.tests.drawn import balances, bills, fen, once_each, terms_of
from lipei.calculation.tests.small_terms import edition_with
from lipei.calculation.walking import COMBINATORS
from lipei.terms.edition import Edition

QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
LAW = settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
ON_LINES = [
    "step: exclude, of: [b]",
    "step: limit, of: [a, b], limit: value",
    "step: limit, of: [a], scope: item, limit: paid",
    'step: limit, scope: day, of: [a], limit: "120.00", days: days',
    "step: limit, scope: person, limit: value",
    "step: coinsurance, of: [a], pays: 70%",
    'step: copayment, scope: item, of: [b], amount: "30.00"',
    "step: sublimit, of: [a], limit: value, accumulator: sub",
]
ON_TOTAL = [
    "step: prior_payment, amount: paid, payer: {zh: 社保, en: scheme}",
    "step: deductible, amount: value",
    "step: franchise, amount: paid, equal: pays_nothing",
    "step: franchise, amount: value, equal: pays",
    'step: disappearing_deductible, amount: paid, gone_at: "90,000.00"',
    'step: percentage_deductible, ratio: 10%, base: value, at_most: paid + 100.00',
    "step: coinsurance, pays: 80%, when: days > 3",
    "step: fault_share, share: 1/3, when: flag",
    'step: deductible, amount: "500.00", exceptions: [{label: {zh: 例, en: ex}, clause: "1", when: flag and days < 9, instead: nothing}]',
    "step: deductible_rate, rates: [10%, 5%], combine: multiply",
    'step: bands, kind: marginal, on: excess, table: [{to: "1,000.00", ratio: 50%}, {to: "9,000.00", ratio: 90%}, {ratio: 70%}]',
    'step: bands, kind: marginal, on: bill, table: [{to: "1,000.00", ratio: 50%}, {to: "9,000.00", ratio: 90%}, {ratio: 70%}]',
    'step: bands, kind: whole, on: bill, table: [{to: "5,000.00", ratio: 90%}, {ratio: 20%}]',
    'step: bands, kind: whole, on: excess, table: [{to: "5,000.00", ratio: 40%}, {to: "7,000.00", ratio: 80%}, {ratio: 60%}]',
    "step: aggregate_deductible, amount: value, accumulator: deductible",
    "step: aggregate_limit, limit: paid, accumulator: limit",
    'step: out_of_pocket_max, amount: "3,000.00", accumulator: pocket',
    "step: layer, attachment: paid, limit: value, share: 60%",
    "step: average, insured: paid, value: value",
    "step: depreciation, periods: days, rate: 6/1000, cap: 80%",
    "step: salvage, amount: paid",
    "step: lesser_of, amounts: [value, paid]",
    "step: greater_of, amounts: [paid]",
    "step: first_loss, insured: value",
    "step: agreed_value, value: value, when: flag",
    "step: holdback, amount: paid",
    'step: contribution, rule: by_sum_insured, ours: value, others: [paid, "3,000.00"]',
    'step: contribution, rule: equal_shares, ours: value, others: [paid]',
    "step: coordinate, allowed: value, primary_paid: paid",
    "step: allocate",
    "step: ratio_table, by: level, ratios: {high: 30%, low: 90%}",
    'step: round, to: "1.00"',
]
BENEFITS = [
    'step: per_diem, daily: "150.00", days: days, elimination_days: 3, days_max: n1, accumulator: nights',
    "step: lump_sum, amount: value",
    "step: schedule, insured: value, combine: {rule}, grades: [{{label: {{zh: 一, en: I}}, count: n1, ratio: 100%}}, {{label: {{zh: 二, en: II}}, count: n2, ratio: 60%}}, {{label: {{zh: 三, en: III}}, count: n3, ratio: 10%}}]",
    'step: amount_table, by: days, rows: [{at_least: 4, pays: "300.00"}, {at_least: 8, pays: "200.00"}, {at_least: 12, pays: "900.00"}]',
]
AMOUNTS, COUNTS = ("value", "paid"), ("n1", "n2", "n3")
FACTS = [*AMOUNTS, "days", *COUNTS, "flag", "level"]
USED = ("deductible", "limit", "pocket", "sub")


@st.composite
def between(draw: st.DrawFn, numbers: st.SearchStrategy[int]) -> tuple[int, int, int]:
    """The least, the true and the greatest value of something."""
    low, true, high = sorted((draw(numbers), draw(numbers), draw(numbers)))
    return low, true, high


small = st.integers(0, 12_000_00)
facts_between = st.fixed_dictionaries(
    {**dict.fromkeys(AMOUNTS, between(small)), "days": between(st.integers(0, 20)), **dict.fromkeys(COUNTS, between(st.integers(0, 3)))}
)


def holds(
    terms: Edition, drawn: dict[str, Any], *, bill: list[tuple[str, int]], used: dict[str, int], extra: tuple[int, int, int],
    flag: bool, level: str, known: set[str],
) -> None:
    """The range of what is not known holds the amount of what is true."""
    true = {name: value[1] for name, value in drawn.items()} | {"flag": flag, "level": level}
    unknown: dict[str, Any] = {name: (low, high) for name, (low, _, high) in drawn.items() if name not in known}
    unknown |= {name: values for name, values in (("flag", (False, True)), ("level", ("high", "low"))) if name not in known}
    unknown["item:a"] = (extra[0], extra[2])
    items = [LineItem(*line) for line in bill]
    try:
        view = explain_range(
            terms, facts={name: true[name] for name in known}, unknown=unknown, items=items, balances=used, fill=False
        )
        owed = explain(terms, facts=true, items=[*items, LineItem("a", extra[1])], balances=used, alternatives=False).owed
    except CannotCalculate:
        assume(False)
        raise
    assume(view.sure is not None)
    assert view.owed[0] <= owed <= view.owed[1]
    assert view.owed[0] <= view.low.owed
    assert view.high.owed <= view.owed[1]


def once(steps: list[str]) -> bool:
    names = [one.partition("accumulator: ")[2] for one in steps if "accumulator: " in one]
    return len(names) == len(set(names))


walks = st.tuples(st.lists(st.sampled_from(ON_LINES), max_size=3), st.lists(st.sampled_from(ON_TOTAL), max_size=4)).map(
    lambda pair: [*pair[0], *pair[1]]
).filter(once)


@LAW
@given(
    walks, facts_between, bills,
    st.fixed_dictionaries(dict.fromkeys(USED, small)), between(small),
    st.booleans(), st.sampled_from(["high", "low"]), st.sets(st.sampled_from(FACTS), min_size=4),
)
def test_the_true_amount_lies_in_the_range_of_any_indemnity(
    steps: list[str], drawn: Any, bill: Any, used: Any, extra: Any, flag: bool, level: str, known: set[str]
) -> None:
    terms = edition_with(*steps, amounts=USED)
    holds(terms, drawn, bill=bill, used=used, extra=extra, flag=flag, level=level, known=known)


RULES = ["worst", "worst_promoted", "add_capped"]
ALONE = [*ON_LINES, *ON_TOTAL, *BENEFITS[:2], *(BENEFITS[2].format(rule=rule) for rule in RULES), BENEFITS[3]]


@lru_cache(maxsize=100)
def alone(step: str) -> Edition:
    if step in [*ON_LINES, *ON_TOTAL]:
        return edition_with('step: deductible, amount: "700.00"' if step in ON_TOTAL else "step: exclude, of: [b]", step, amounts=USED)
    return edition_with(step, kind="benefit", days=("nights",))


@pytest.mark.parametrize("step", ALONE)
@settings(max_examples=10, deadline=None, suppress_health_check=QUIET)
@given(
    facts_between, bills, st.fixed_dictionaries(dict.fromkeys(USED, small)), between(small), st.integers(0, 20),
    st.booleans(), st.sampled_from(["high", "low"]), st.sets(st.sampled_from(FACTS), min_size=5, max_size=7),
)
def test_the_true_amount_lies_in_the_range_of_each_step_by_itself(
    step: str, drawn: Any, bill: Any, used: Any, extra: Any, nights: int, flag: bool, level: str, known: set[str]
) -> None:
    terms = alone(step)
    is_benefit = "nights" in terms.document.accumulators
    holds(
        terms, drawn, bill=[] if is_benefit else bill, used={"nights": nights} if is_benefit else used, extra=extra, flag=flag,
        level=level, known=known,
    )


@LAW
@given(once_each, bills, balances, between(fen))
def test_the_true_amount_lies_between_for_random_terms_and_one_unknown_bill(
    steps: Any, bill: Any, used: Any, extra: Any
) -> None:
    terms = terms_of(steps)
    items = [LineItem(*line) for line in bill]
    view = explain_range(terms, facts={}, unknown={"item:a": (extra[0], extra[2])}, items=items, balances=used)
    owed = explain(terms, facts={}, items=[*items, LineItem("a", extra[1])], balances=used, alternatives=False).owed
    assert view.owed[0] <= owed <= view.owed[1]


STEADY = {
    "deductible", "limit", "coinsurance", "copayment", "fault_share", "first_loss", "salvage", "holdback", "lesser_of", "greater_of",
    "disappearing_deductible", "percentage_deductible", "deductible_rate", "aggregate_deductible", "aggregate_limit", "layer",
    "average", "depreciation", "round", "franchise",
}


@LAW
@given(once_each, balances, between(fen))
def test_where_more_loss_never_pays_less_the_range_is_exactly_what_the_ends_pay(steps: Any, used: Any, extra: Any) -> None:
    assume(all(step["step"] in STEADY and "of" not in step for step in steps))
    terms = terms_of(steps)
    view = explain_range(terms, facts={}, unknown={"item:a": (extra[0], extra[2])}, balances=used)
    ends = [explain(terms, facts={}, items=[LineItem("a", one)], balances=used).owed for one in (extra[0], extra[2])]
    assert list(view.owed) == ends


def test_a_franchise_inside_the_range_pays_nothing_or_all() -> None:
    view = explain_range(edition_with('step: franchise, amount: "500.00", equal: pays'), facts={}, unknown={"item:a": (400_00, 900_00)})
    assert view.owed == (0, 900_00)


def test_whole_amount_bands_pay_most_in_the_middle_of_the_range_where_the_ends_do_not_show_it() -> None:
    terms = edition_with('step: bands, kind: whole, on: excess, table: [{to: "5,000.00", ratio: 90%}, {ratio: 20%}]')
    view = explain_range(terms, facts={}, unknown={"item:a": (1_000_00, 6_000_00)})
    assert (view.low.owed, view.high.owed) == (900_00, 1_200_00)
    assert view.owed == (900_00, 4_500_00)


def test_a_table_of_delays_pays_less_in_the_middle() -> None:
    terms = edition_with(BENEFITS[3], kind="benefit")
    assert explain_range(terms, facts={}, unknown={"days": (5, 12)}).owed == (200_00, 900_00)


def test_each_unknown_says_how_much_it_moves_the_range() -> None:
    terms = edition_with("step: deductible, amount: value", "step: ratio_table, by: level, ratios: {high: 30%, low: 90%}")
    view = explain_range(
        terms, facts={}, unknown={"value": (0, 100_00), "level": ("high", "low")}, items=[LineItem("a", 1_000_00)], fill=False
    )
    assert view.owed == (270_00, 900_00)
    assert view.moves == {"value": 90_00, "level": 600_00}


def test_a_day_that_is_not_known_is_tried_as_a_span_not_only_at_its_ends() -> None:
    terms = edition_with("step: coinsurance, pays: 50%, when: on >= 2026-03-05 and on <= 2026-03-10")
    ends = (date(2026, 3, 1), date(2026, 3, 20))
    view = explain_range(terms, facts={}, unknown={"on": ends}, items=[LineItem("a", 100_00)])
    assert view.owed == (50_00, 100_00)
    assert {explain(terms, facts={"on": ends[0] + timedelta(days=n)}, items=[LineItem("a", 100_00)]).owed for n in range(20)} == {50_00, 100_00}


def test_what_may_be_divided_by_zero_has_the_range_of_what_was_tried() -> None:
    terms = edition_with("step: coinsurance, pays: paid / value")
    view = explain_range(terms, facts={"paid": 50_00}, unknown={"value": (50_00, 100_00)}, items=[LineItem("a", 100_00)])
    assert view.owed == (50_00, 100_00)
    with pytest.raises(CannotCalculate):
        explain_range(terms, facts={"paid": 50_00}, unknown={"value": (0, 100_00)}, items=[LineItem("a", 100_00)])


def test_every_step_is_drawn_here() -> None:
    drawn = {text.partition("step: ")[2].partition(",")[0] for text in [*ON_LINES, *ON_TOTAL, *BENEFITS]}
    assert drawn | {"sum", "family_deductible"} == set(COMBINATORS)
    assert set(OWN_RULE) <= drawn
