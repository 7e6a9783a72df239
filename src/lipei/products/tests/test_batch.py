"""The worked cases of every product, as a batch: tables in, tables out, and the same to the cent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from lipei.calculation import facts_of
from lipei.calculation.batch import Balances, batch, border, results
from lipei.calculation.movements import period_start
from lipei.terms.edition import Edition, edition_of
from lipei.terms.money import amount_of, machine

PRODUCTS = Path(__file__).resolve().parents[1]
EDITIONS = sorted(path for path in PRODUCTS.glob("*/*.yaml"))


def table_of(rows: list[dict[str, str]]) -> Any:
    """Rows of text as a table; what a row lacks is empty."""
    names = sorted({name for row in rows for name in row})
    return pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})


def tables(edition: Edition, tmp_path: Path) -> tuple[Any, Any, Any]:
    cases = edition.document.cases
    policies = [{"policy": str(at), "edition": edition.code, **case.policy} for at, case in enumerate(cases)]
    claims = [{"claim": f"c{at}", "policy": str(at), "order": "1", **case.facts} for at, case in enumerate(cases)]
    items = [
        {"claim": f"c{at}", "category": item.category, "claimed": machine(item.claimed), "person": item.person}
        | ({} if item.allowed is None else {"allowed": machine(item.allowed)})
        | ({} if item.days is None else {"days": str(item.days)})
        for at, case in enumerate(cases)
        for item in case.items
    ]
    found = []
    for name, rows in (("policies", policies), ("claims", claims), ("items", items)):
        path = tmp_path / f"{name}.parquet"
        border.write_table(table_of(rows), path)
        found.append(border.read_table(path) if rows else None)
    return found[0], found[1], found[2]


def before(edition: Edition) -> Balances:
    """What the worked cases say was used, in the period of each claim; every case has a policy of its own."""
    found: list[tuple[int, int, int, int]] = []
    names = tuple(edition.document.accumulators)
    for at, case in enumerate(edition.document.cases):
        policy = facts_of(edition, case.policy, section="policy")
        env = {**edition.defaults, **policy, **facts_of(edition, case.facts)}
        for name, text in case.balances.items():
            spec = edition.document.accumulators[name]
            start = period_start(spec, env[spec.dated_by], env=env)
            used = int(text) if spec.unit == "days" else amount_of(text)
            found.append((names.index(name), at, start.toordinal() if start else 0, used))
    columns = np.array(found, dtype=np.int64).reshape(-1, 4).T
    return Balances(names, *columns)


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: f"{path.parent.name}@{path.stem}")
def test_the_worked_cases_come_out_of_a_batch(path: Path, tmp_path: Path) -> None:
    edition = edition_of(path.read_text(), source=str(path))
    cases = edition.document.cases
    policies, claims, items = tables(edition, tmp_path)
    given = border.claims_of(claims, policies=policies, editions=[edition])
    lines = None if items is None else border.items_of(items, claims=claims)
    result = batch([edition], policies=border.policies_of(policies, editions=[edition]), claims=given, items=lines, balances=before(edition))
    assert result.problems == ()
    assert result.exact == ()
    assert [int(one) for one in result.owed] == [case.owed for case in cases]
    ids = claims.column("claim").combine_chunks()
    of = {"ids": ids, "editions": [edition], "policies": border.policies_of(policies, editions=[edition]), "claims": given}
    owed = results.owed_table(result, **of).to_pylist()
    for at, case in enumerate(cases):
        said = {row["coverage"]: int(row["owed"] * 100) for row in owed if row["claim"] == f"c{at}"}
        assert {name: said[name] for name in case.coverages} == case.coverages
    assert results.problems_table(result, ids=ids).num_rows == 0
    moved = results.movements_table(result, **of)
    assert moved.num_rows == int((result.moved != 0).sum())
