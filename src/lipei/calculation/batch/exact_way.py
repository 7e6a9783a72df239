"""The exact way: a row that the kernel cannot carry out is explained by itself, with the same balances, and booked like the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from lipei.calculation.batch.tables import Claims, Items, Policies
from lipei.calculation.batch.whole_numbers import LAST_DAY, MISSING
from lipei.calculation.explaining import explain
from lipei.calculation.inputs import CannotCalculate, LineItem, Need
from lipei.calculation.statement import Statement
from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition
from lipei.terms.words import Words

NOT_A_VALUE = "?"
"""What stands for a number in a column that no value of the fact is written as; the engine says that it does not fit."""
DIVIDES_BY_ZERO = Need("terms", Words("条款", "the terms"), Words("里有一步除以零", "hold a step that divides by zero"))


def explained(
    edition: Edition, *, row: int, policies: Policies, claims: Claims, items: Items | None, balances: Mapping[str, int]
) -> Statement:
    """The statement of one row, without alternatives; policy values may stand with the claim. Raises `CannotCalculate` like `explain`."""
    policy = int(claims.policy[row])
    facts = _given(edition.document.facts, edition.document.policy, claims.columns, claims.parts, row, claims.choices)
    values = _given(edition.document.policy, edition.document.facts, policies.columns, policies.parts, policy, claims.choices)
    own = {name: column for name, column in claims.columns.items() if name in edition.document.policy}
    values |= _given(edition.document.policy, {}, own, claims.parts, row, claims.choices)
    try:
        return explain(
            edition,
            facts={name: value for name, value in facts.items() if name not in values},
            policy=values,
            items=lines_of(row, claims=claims, items=items),
            balances=balances,
            alternatives=False,
        )
    except (ZeroDivisionError, OverflowError) as error:
        raise CannotCalculate([DIVIDES_BY_ZERO]) from error


def _given(
    specs: Mapping[str, FactSpec], others: Mapping[str, FactSpec], columns: Mapping[str, Any], parts: Mapping[str, Any], row: int, choices: tuple[str, ...]
) -> dict[str, Any]:
    """The values of one row as the engine takes them; a column that the terms do not know is kept, so that it is named."""
    given: dict[str, Any] = {}
    for name, column in columns.items():
        number = int(column[row])
        if number != MISSING and name not in others:
            below = int(parts[name][row]) if name in parts else 1
            given[name] = value_of(specs.get(name), number, below, choices)
    return given


def value_of(spec: FactSpec | None, number: int, parts: int, choices: tuple[str, ...]) -> Any:
    """The value that a number in a column stands for."""
    kind = "whole" if spec is None else spec.kind
    if kind == "boolean":
        return bool(number) if number in (0, 1) else NOT_A_VALUE
    if kind == "date":
        return date.fromordinal(number) if 1 <= number <= LAST_DAY else NOT_A_VALUE
    if kind == "choice":
        return choices[number] if 0 <= number < len(choices) else NOT_A_VALUE
    if kind == "ratio":
        return NOT_A_VALUE if parts == 0 else Fraction(number, 1 if parts == MISSING else parts)
    return number


def lines_of(row: int, *, claims: Claims, items: Items | None) -> list[LineItem]:
    """The bill of one row."""
    if items is None:
        if claims.bill is None or int(claims.bill[row]) == MISSING:
            return []
        return [LineItem(claims.bill_category, int(claims.bill[row]))]
    return [_line(items, at) for at in range(int(items.offsets[row]), int(items.offsets[row + 1]))]


def _line(items: Items, at: int) -> LineItem:
    number = int(items.category[at])
    category = items.categories[number] if 0 <= number < len(items.categories) else str(number)
    allowed = MISSING if items.allowed is None else int(items.allowed[at])
    days = MISSING if items.days is None else int(items.days[at])
    person = "" if items.person is None else str(int(items.person[at]))
    return LineItem(
        category,
        int(items.claimed[at]),
        None if allowed == MISSING else allowed,
        None if days == MISSING else days,
        person=person,
    )
