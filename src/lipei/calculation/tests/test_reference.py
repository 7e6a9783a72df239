"""The engine agrees with a slow exact reading written apart, on random terms and claims, after every step."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from lipei.calculation import LineItem, Statement, explain
from lipei.calculation.tests.drawn import balances, bills, once_each, terms_of
from lipei.calculation.tests.reference import Bill, follow, half_up

QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def _statement(steps: list[dict[str, Any]], bill: Bill, used: dict[str, int]) -> Statement:
    return explain(
        terms_of(steps), facts={}, items=[LineItem(*line) for line in bill], balances=used, alternatives=False
    )


def _agrees(steps: list[dict[str, Any]], bill: Bill, used: dict[str, int]) -> None:
    statement = _statement(steps, bill, used)
    exact = follow(steps, bill, used)
    assert [line.after for line in statement.lines] == exact
    assert statement.owed == half_up(exact[-1])


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(once_each, bills, balances)
def test_every_amount_is_the_reference_amount(steps: list[dict[str, Any]], bill: Bill, used: dict[str, int]) -> None:
    _agrees(steps, bill, used)


@pytest.mark.deep
@settings(max_examples=20_000, deadline=None, suppress_health_check=QUIET)
@given(once_each, bills, balances)
def test_every_amount_is_the_reference_amount_at_length(
    steps: list[dict[str, Any]], bill: Bill, used: dict[str, int]
) -> None:
    _agrees(steps, bill, used)
