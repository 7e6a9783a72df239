"""The quick way: whole stretches of a book through the quick kernel, straight from the columns; what it leaves goes the general way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lipei.calculation.batch.accumulating import DATED, STARTS, WIDTH, Slots
from lipei.calculation.batch.checking import Bounds
from lipei.calculation.batch.frame import BILL, FIRST_LINE
from lipei.calculation.batch.quick_kernel import BLOCK, LONG, Stretch, Way
from lipei.calculation.batch.shapes import Pattern
from lipei.calculation.batch.tables import Claims, Policies

ROWS_AT_ONCE = 2**20
"""Rows whose columns are made ready at one time, where they are not 64-bit numbers side by side already."""


def way_of(
    patterns: tuple[Pattern, ...], slots: Slots, *, editions: int, columns: int, first_column: int, coverages: int, claims: Claims, has_lines: bool
) -> Way:
    """How the quick kernel is to be written for these editions and tables."""
    own = slots.table.reshape(-1, WIDTH)
    is_used = own[:, 0] >= 0
    dated, starts = (tuple(sorted({int(one) for one in own[is_used, place] if one >= 0})) for place in (DATED, STARTS))
    names = {name.split()[0] for pattern in patterns for name in pattern.shape}
    return Way(
        patterns,
        editions,
        columns,
        first_column,
        slots.many if slots.groups else 0,
        coverages,
        dated,
        starts,
        claims.member is not None,
        claims.family is not None,
        has_lines,
        bool(names & set(LONG)),
    )


def bounds_for(way: Way, bounds: Bounds, allowed: Sequence[tuple[int, Any]], *, local: Any) -> Bounds:
    """The bounds with those of the bill in column 0 and, of the choices of each edition, the first that stand side by side."""
    low, high, tight = bounds.low.copy(), bounds.high.copy(), bounds.tight.copy()
    for column, table in allowed:
        if table.shape[1] == 0:
            low[:, column], high[:, column] = 1, 0
            continue
        first = table.argmax(axis=1)
        beyond = np.where(np.arange(table.shape[1]) > first[:, None], ~table, False)
        after = np.where(beyond.any(axis=1), beyond.argmax(axis=1), table.shape[1])
        low[:, column] = np.maximum(low[:, column], first)
        high[:, column] = np.minimum(high[:, column], np.where(table.any(axis=1), after, 0) - 1)
        tight[0, column], tight[1, column] = low[:, column].max(), high[:, column].min()
    is_known = way.has_lines or bool((local[:, 0] >= 0).all())
    tight[:, 0] = 0, (2**62 if way.has_lines else way.bill_bits) if is_known else -1, 1
    return Bounds(low, high, bounds.must, tight)


def own_numbers(way: Way, program: Any) -> Any:
    """For each edition the number of its shape and the numbers that are its own."""
    width = 1 + max(len(pattern.own) for pattern in way.patterns)
    found = np.zeros((way.editions, -(-width // 8) * 8), dtype=np.int64)
    for edition in range(way.editions):
        start, shape = program[2 * edition : 2 * edition + 2].tolist()
        places = way.patterns[shape].own
        found[edition, 0] = shape
        found[edition, 1 : 1 + len(places)] = program[np.array(places, dtype=np.int64) + start]
    return found


def stretch_of(
    begin: int, end: int, *, way: Way, names: Sequence[tuple[str, bool]], policies: Policies, claims: Claims, bounds: Bounds, own: Any, lines: Any
) -> Stretch:
    """The columns of the claims from `begin` to `end`; `lines` is the table with bills and first lines, or None."""
    policy = _numbers(claims.policy[begin:end])
    nobody = policy[:0]
    bill = np.zeros(end - begin, dtype=np.int64) if claims.bill is None else _numbers(claims.bill[begin:end])
    columns = [bill if lines is None else lines[BILL, : end - begin]]
    for name, is_part in names:
        of_claims, of_policies = (claims.parts, policies.parts) if is_part else (claims.columns, policies.columns)
        columns.append(_numbers(of_claims[name][begin:end] if name in of_claims else of_policies[name][policy]))
    return Stretch(
        policy,
        _numbers(policies.edition),
        nobody if claims.member is None else _numbers(claims.member[begin:end]),
        nobody if claims.family is None else _numbers(claims.family[begin:end]),
        nobody if lines is None else lines[FIRST_LINE, : end - begin + 1],
        tuple(columns),
        bounds,
        own,
    )


def _numbers(column: Any) -> Any:
    """The column itself where it is 64-bit numbers side by side, else a copy that is."""
    is_ready = column.dtype == np.int64 and column.flags.c_contiguous and column.flags.writeable
    return column if is_ready else np.array(column, dtype=np.int64)


def through(many: int, *, quick: Callable[[int], int], general: Callable[[int, int], None]) -> None:
    """The claims of a stretch: `quick` says how far it came, and a block from there goes the general way."""
    row = 0
    while row < many:
        row = quick(row)
        if row < many:
            beyond = min(row + BLOCK, many)
            general(row, beyond)
            row = beyond
