"""Looks over a stretch of rows before the kernel: facts of the right kind and range, bill lines that can be; else the row is marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from lipei.calculation.batch.accelerated import at, compiled, woven
from lipei.calculation.batch.frame import BILL, CATEGORY, COUNTED, DAYS, EDITION, FIRST_LINE, FLAG, PERSON
from lipei.calculation.batch.tables import Items
from lipei.calculation.batch.whole_numbers import LAST_DAY, MISSING
from lipei.calculation.inputs import ITEM_DAYS_MAX, ITEMS_MAX
from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition
from lipei.terms.fact_values import value_of_text
from lipei.terms.money import AMOUNT_MAX
from lipei.terms.scalars import WHOLE_MAX

NOTHING = 1
"""The least value of a fact that an edition does not have, above its greatest: whatever is given is wrong."""


class Bounds(NamedTuple):
    """For each edition (row) and column: the least and the greatest value, and whether it must be there. `tight` is for all editions."""

    low: Any
    high: Any
    must: Any
    tight: Any


def bounds_of(editions: Sequence[Edition], *, columns: Mapping[str, int], parts: Mapping[str, int], many: int) -> Bounds:
    """The bounds of every column under every edition; columns of denominators and ratios are bounded in the kernel's own way."""
    shape = (len(editions), many)
    low, high = np.full(shape, NOTHING, dtype=np.int64), np.full(shape, NOTHING - 1, dtype=np.int64)
    must = np.zeros(shape, dtype=np.int64)
    for row, edition in enumerate(editions):
        specs = {**edition.document.policy, **edition.document.facts}
        for name, column in columns.items():
            if name in specs:
                low[row, column], high[row, column] = _range(specs[name], name in parts)
                must[row, column] = specs[name].default is None
        for column in parts.values():
            low[row, column], high[row, column] = 1, WHOLE_MAX
    tight = np.stack([low.max(axis=0, initial=-(2**62)), high.min(axis=0, initial=2**62), must.max(axis=0, initial=0)])
    return Bounds(low, high, must, tight)


def _range(spec: FactSpec, is_ratio: bool) -> tuple[int, int]:
    most = {"amount": AMOUNT_MAX, "boolean": 1, "date": LAST_DAY, "choice": 2**31}.get(spec.kind, WHOLE_MAX)
    least = {"boolean": 0, "date": 1, "choice": 0}.get(spec.kind, -most)
    if spec.kind in ("amount", "whole", "date"):
        least = max(least, _number(spec, spec.at_least, least))
        most = min(most, _number(spec, spec.at_most, most))
    return least, most


def _number(spec: FactSpec, text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    value = value_of_text(spec, text)
    return int(value.toordinal()) if hasattr(value, "toordinal") else int(value)


def allowed_choices(editions: Sequence[Edition], *, columns: Mapping[str, int], choices: tuple[str, ...]) -> list[tuple[int, Any]]:
    """The columns of choices, each with a table edition × choice that says which it may be."""
    found = []
    for name, column in columns.items():
        specs = [{**e.document.policy, **e.document.facts}.get(name) for e in editions]
        if any(spec is not None and spec.kind == "choice" for spec in specs):
            table = [[spec is None or spec.kind != "choice" or one in spec.choices for one in choices] for spec in specs]
            found.append((column, np.array(table, dtype=np.bool_).reshape(len(specs), len(choices))))
    return found


@woven
def all_fit(values: Any, first: Any, last: Any, tight: Any, column: Any) -> Any:
    """Whether all values from `first` to `last` fit every edition: looked at together, several at once."""
    least, most, any_missing = 2**62, -(2**62), 0
    for row in range(first, last):
        value = values[at(row)]
        any_missing |= 1 if value == MISSING else 0
        least = min(least, 2**62 if value == MISSING else value)
        most = max(most, value)
    all_there = any_missing == 0 or tight[2, column] == 0
    return all_there and least >= tight[0, column] and most <= tight[1, column]


@woven
def is_wrong(value: Any, bounds: Any, edition: Any, column: Any) -> Any:
    """Whether an edition cannot take a value."""
    if value == MISSING:
        return bounds.must[edition, column] == 1
    return value < bounds.low[edition, column] or value > bounds.high[edition, column]


@compiled
def mark_facts(rows: Any, bounds: Any, first: Any, last: Any) -> None:
    """Marks the claims of which a fact is missing or out of range; facts that fit all editions are passed over at once."""
    for column in range(first, rows.shape[0]):
        if all_fit(rows[column], 0, last, bounds.tight, column):
            continue
        for row in range(last):
            value, e = rows[column, row], rows[EDITION, row]
            if is_wrong(value, bounds, e, column):
                rows[FLAG, row] = 1


@compiled
def mark_bills(rows: Any, local: Any, last: Any) -> None:
    """Bills of one line: none where it is missing; marked when it cannot be, or is of a category the edition does not have."""
    for row in range(last):
        if rows[BILL, row] == MISSING:
            rows[BILL, row] = 0
        elif rows[BILL, row] < 0 or rows[BILL, row] > AMOUNT_MAX or local[rows[EDITION, row], 0] < 0:
            rows[FLAG, row] = 1


def mark_choices(rows: Any, allowed: list[tuple[int, Any]], many: int) -> None:
    """Marks the claims with a choice that their edition does not offer."""
    flags, edition = rows[FLAG, :many], rows[EDITION, :many]
    for column, table in allowed:
        values = rows[column, :many]
        is_given = (values >= 0) & (values < table.shape[1])
        flags[(values >= table.shape[1])] = 1
        if table.shape[1]:
            flags[is_given & ~table[edition, np.where(is_given, values, 0)]] = 1


@compiled
def read_lines(items: Any, local: Any, rows: Any, lines: Any, first: Any, last: Any) -> None:
    """The bills of claims `first` to `last`: totals, lines as counted, categories as the edition of each claim numbers them."""
    offsets, category, claimed, allowed, days, person = items
    begin = offsets[first]
    for row in range(first, last):
        total, here = 0, row - first
        rows[FIRST_LINE, here] = offsets[row] - begin
        wrong = offsets[row + 1] - offsets[row] > ITEMS_MAX
        for line in range(offsets[row], offsets[row + 1]):
            amount, stay, kind = claimed[line], days[min(line, len(days) - 1)], -1
            if allowed[min(line, len(allowed) - 1)] != MISSING:
                amount = allowed[min(line, len(allowed) - 1)]
            if 0 <= category[line] < local.shape[1]:
                kind = local[rows[EDITION, here], category[line]]
            wrong = wrong or kind < 0 or claimed[line] < 0 or claimed[line] > AMOUNT_MAX
            wrong = wrong or amount < 0 or amount > claimed[line]
            wrong = wrong or (stay != MISSING and (stay < 0 or stay > ITEM_DAYS_MAX))
            lines[CATEGORY, line - begin], lines[COUNTED, line - begin] = max(kind, 0), amount
            lines[DAYS, line - begin], lines[PERSON, line - begin] = stay, person[min(line, len(person) - 1)]
            total += amount if not wrong else 0
        rows[BILL, here] = total
        if wrong:
            rows[FLAG, here] = 1
    rows[FIRST_LINE, last - first] = offsets[last] - begin


def local_categories(editions: Sequence[Edition], *, names: tuple[str, ...]) -> Any:
    """Edition × category of the table: the edition's own number of it, −1 where it does not have it."""
    table = np.full((len(editions), max(len(names), 1)), -1, dtype=np.int64)
    for row, edition in enumerate(editions):
        for place, own in enumerate(edition.document.categories):
            if own in names:
                table[row, names.index(own)] = place
    return table


def bill_as_items(bill: Any, category: str) -> Items:
    """One line a claim; none where the bill is missing."""
    is_there = bill != MISSING
    offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(is_there, dtype=np.int64)])
    claimed = bill[is_there]
    return Items(offsets, np.zeros(len(claimed), dtype=np.int64), claimed, (category,))
