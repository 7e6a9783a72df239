"""What an expression can come to: never narrower than what it does come to, whatever the facts are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lipei.terms.expression_parser import parsed
from lipei.terms.ranges import EITHER, Possible, Span, assumed, possible, span_of

FIRST, LAST = date(2020, 2, 27), date(2028, 3, 2)
ENV: dict[str, Possible] = {
    "a": Span(-3, 40),
    "b": Span(0, 7),
    "n": Span(1, 9),
    "d": Span(FIRST.toordinal(), LAST.toordinal()),
    "e": Span(FIRST.toordinal(), LAST.toordinal()),
    "yes": EITHER,
    "level": frozenset({"high", "low", "middle"}),
}
VALUES = st.fixed_dictionaries(
    {
        "a": st.integers(-3, 40),
        "b": st.integers(0, 7),
        "n": st.integers(1, 9),
        "d": st.dates(FIRST, LAST),
        "e": st.dates(FIRST, LAST),
        "yes": st.booleans(),
        "level": st.sampled_from(["high", "low", "middle"]),
    }
)
NUMBERS = st.recursive(
    st.sampled_from(["a", "b", "n", "2", "0", "(d - e)", "months_between(d, e)", "years_between(e, d)"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda p: f"{p[0]}({p[1]}, {p[2]})"),
    ),
    max_leaves=5,
)
ATOMS = st.one_of(
    st.tuples(NUMBERS, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), NUMBERS).map(" ".join),
    st.sampled_from(["yes", "level == 'high'", "level in ['high', 'low']", "level not in ['low']", "d >= 2024-02-29", "d + 3 < e", "a in [1, 2]"]),
)  # fmt: skip
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda text: f"not ({text})"),
    ),
    max_leaves=5,
)


def within(value: Any, found: Possible) -> bool:
    """Whether the value is among those that were thought possible."""
    if isinstance(found, Span):
        number = value.toordinal() if isinstance(value, date) else value
        return bool(found.low <= number <= found.high)
    return value in found


@settings(max_examples=300, deadline=None)
@given(NUMBERS, VALUES)
def test_a_value_lies_within_its_range(text: str, values: dict[str, Any]) -> None:
    try:
        value = parsed(text).value(values)
    except ZeroDivisionError:
        assume(False)
    assert within(value, possible(parsed(text), ENV)), text


@settings(max_examples=400, deadline=None)
@given(CONDITIONS, VALUES)
def test_what_is_assumed_of_a_condition_is_true_of_every_case_that_meets_it(text: str, values: dict[str, Any]) -> None:
    condition = parsed(text)
    try:
        holds = condition.value(values)
    except ZeroDivisionError:
        assume(False)
    assert holds in possible(condition, ENV), text
    left = assumed(condition, ENV, holds=holds)
    assert left is not None, text
    assert all(within(value, left[name]) for name, value in values.items()), text


@pytest.mark.parametrize(
    ("text", "can_hold", "can_fail"),
    [
        ("a > 40", False, True),
        ("a >= 40", True, True),
        ("a <= 40", True, False),
        ("n == 0", False, True),
        ("b >= 5 and b < 5", False, True),
        ("yes and not yes", False, True),
        ("yes or not yes", True, False),
        ("level == 'high' and level != 'high'", False, True),
        ("level in ['high', 'low', 'middle']", True, False),
        ("n / 2 >= 1 or n < 2", True, True),
        ("d > 2030-01-01", False, True),
    ],
)
def test_the_impossible_and_the_certain_are_seen(text: str, can_hold: bool, can_fail: bool) -> None:
    assert (assumed(parsed(text), ENV) is not None) == can_hold
    assert (assumed(parsed(text), ENV, holds=False) is not None) == can_fail


def test_amounts_keep_their_bounds_through_arithmetic() -> None:
    assert span_of(parsed("min(a, b) * 2"), ENV) == Span(-6, 14)
    assert span_of(parsed("a / n"), ENV) == Span(-3, 40)
    assert span_of(parsed("max(1, e - d)"), ENV).low == 1
