"""Laws of every product on random claims: never below nothing, an indemnity never above its bill."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lipei import products
from lipei.calculation import CannotCalculate, LineItem, Statement, explain
from lipei.terms.document import FactSpec
from lipei.terms.fact_values import value_of_text

EDITIONS = {edition.code: edition for edition in products.editions()}
FEN_DRAWN_MAX = 500_000_00
WHOLES_DRAWN_MAX = 400
FIRST_DAY, LAST_DAY = date(2019, 1, 1), date(2031, 12, 31)


def values_of(spec: FactSpec) -> st.SearchStrategy[Any]:
    """Values of a fact within the bounds that the terms state."""
    low = 0 if spec.at_least is None else value_of_text(spec, spec.at_least)
    if spec.kind == "boolean":
        return st.booleans()
    if spec.kind == "choice":
        return st.sampled_from(sorted(spec.choices))
    if spec.kind == "date":
        return st.dates(FIRST_DAY, LAST_DAY)
    if spec.kind == "ratio":
        high = 1 if spec.at_most is None else value_of_text(spec, spec.at_most)
        return st.fractions(Fraction(low), Fraction(high), max_denominator=1000)
    usual = FEN_DRAWN_MAX if spec.kind == "amount" else WHOLES_DRAWN_MAX
    high = usual if spec.at_most is None else min(value_of_text(spec, spec.at_most), usual)
    return st.integers(low, max(low, high))


@st.composite
def statements(draw: st.DrawFn, code: str) -> Statement:
    """The statement of a random claim; claims that contradict themselves are thrown away."""
    edition = EDITIONS[code]
    document = edition.document
    policy = {name: draw(values_of(spec)) for name, spec in document.policy.items()}
    facts = {name: draw(values_of(spec)) for name, spec in document.facts.items() if spec.needed_when is None}
    for name, spec in document.facts.items():
        if spec.needed_when is not None and spec.needed_when.value({**policy, **facts}):
            facts[name] = draw(values_of(spec))
    category = st.sampled_from(sorted(document.categories)) if document.categories else st.nothing()
    bill = st.lists(
        st.builds(LineItem, category, st.integers(0, FEN_DRAWN_MAX), person=st.sampled_from(["A", "B"])), max_size=5
    )
    try:
        return explain(
            edition, facts=facts, policy=policy, items=draw(bill) if document.categories else [], alternatives=False
        )
    except CannotCalculate:
        assume(False)
        raise


@pytest.mark.parametrize("code", list(EDITIONS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_no_product_owes_less_than_nothing_or_more_than_the_bill(code: str, data: st.DataObject) -> None:
    statement = data.draw(statements(code))
    for coverage in statement.coverages:
        assert coverage.owed >= 0
        assert all(line.after >= 0 for line in coverage.lines)
        if coverage.kind == "indemnity" and coverage.lines:
            assert coverage.owed <= coverage.lines[0].before
    assert statement.owed == sum(coverage.owed for coverage in statement.coverages)
