"""The results of a batch as tables: what each coverage owes, what was used of accumulators, what could not be calculated and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from lipei.calculation.batch.tables import Claims, Policies, Result
from lipei.terms.edition import Edition

MONEY = pa.decimal128(18, 2)


def money_column(fen: Any) -> Any:
    """Amounts as decimals with two places, exactly: the same whole numbers, 128 bits wide."""
    wide = np.empty((len(fen), 2), dtype="<i8")
    wide[:, 0] = fen
    np.right_shift(wide[:, 0], 63, out=wide[:, 1])
    return pa.Array.from_buffers(MONEY, len(fen), [None, pa.py_buffer(wide)])


def owed_table(result: Result, *, ids: Any, editions: Sequence[Edition], policies: Policies, claims: Claims) -> Any:
    """One row for each claim and coverage of its edition: `claim`, `coverage`, `owed`. Claims with a problem have none."""
    edition, fine = policies.edition[claims.policy], np.ones(len(claims), dtype=np.bool_)
    fine[[problem.row for problem in result.problems]] = False
    found = []
    for slot in range(result.by_coverage.shape[0]):
        names = [e.document.coverages[slot].id if slot < len(e.document.coverages) else None for e in editions]
        has = np.array([name is not None for name in names])
        rows = np.flatnonzero(has[edition] & fine)
        coverage = pa.array(names, pa.string()).take(pa.array(edition[rows]))
        owed = money_column(result.by_coverage[slot, rows])
        found.append(pa.table({"claim": ids.take(pa.array(rows)), "coverage": coverage, "owed": owed}))
    return pa.concat_tables(found)


def movements_table(result: Result, *, ids: Any, editions: Sequence[Edition], policies: Policies, claims: Claims) -> Any:
    """One row for each accumulator that a claim used: `claim`, `accumulator`, `unit`, `used` (fen or days)."""
    kinds = [("claim", ids.type), ("accumulator", pa.string()), ("unit", pa.string()), ("used", pa.int64())]
    edition, found = policies.edition[claims.policy], [pa.schema(kinds).empty_table()]
    for slot in range(result.moved.shape[0]):
        rows = np.flatnonzero(result.moved[slot])
        specs = [list(e.document.accumulators.items()) for e in editions]
        names = pa.array([one[slot][0] if slot < len(one) else None for one in specs], pa.string())
        units = pa.array([one[slot][1].unit if slot < len(one) else None for one in specs], pa.string())
        of = pa.array(edition[rows])
        used = pa.array(result.moved[slot, rows], pa.int64())
        found.append(
            pa.table({"claim": ids.take(pa.array(rows)), "accumulator": names.take(of), "unit": units.take(of), "used": used})
        )
    return pa.concat_tables(found)


def problems_table(result: Result, *, ids: Any) -> Any:
    """One row for each thing that stands in the way: `claim`, `fact`, and what it is, in both languages."""
    needs = [(problem.row, need) for problem in result.problems for need in problem.needs]
    return pa.table(
        {
            "claim": ids.take(pa.array([row for row, _ in needs], pa.int64())),
            "fact": pa.array([need.name for _, need in needs], pa.string()),
            "zh": pa.array([need.label.zh + need.what.zh for _, need in needs], pa.string()),
            "en": pa.array([f"{need.label.en} {need.what.en}" for _, need in needs], pa.string()),
        }
    )
