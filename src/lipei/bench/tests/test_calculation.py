"""The measurer of the calculation: a small run has every figure, and the measured book is owed what `explain` says."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lipei.bench import calculation_terms as measured
from lipei.bench.calculation import Wish, kept, peak_bytes, run, shown
from lipei.bench.cli import main
from lipei.calculation import LineItem, explain
from lipei.calculation.batch import batch


def test_a_small_run_has_every_figure_and_its_promises() -> None:
    found = run(Wish((1_000,), times=1, is_memory_measured=False), say=lambda line: None)
    assert {one["what"] for one in found["sizes"][0]["batch"]} == {"one simple edition", "500 editions, two accumulators"}
    assert all(one["rows_explained_one_by_one"] == 0 for one in found["sizes"][0]["batch"])
    assert found["explain"]["claims_a_second"] > 0
    assert len(kept(found)) == 3
    assert "np.copyto" in shown(found)


def test_what_is_measured_is_what_explain_says() -> None:
    editions = measured.mixed_editions(8, seed=1)
    policies, claims = measured.book(400, editions=8, seed=1)
    owed = batch(editions, policies=policies, claims=claims, speed="fastest").owed
    used: dict[tuple[int, int, str], int] = {}
    assert claims.bill is not None
    for row in range(400):
        policy, on = int(claims.policy[row]), date.fromordinal(int(claims.columns["treated_on"][row]))
        names = ("deductible_used", "paid")
        statement = explain(
            editions[int(policies.edition[policy])],
            facts={"treated_on": on},
            items=[LineItem("bill", int(claims.bill[row]))],
            balances={name: used.get((policy, on.year, name), 0) for name in names},
            alternatives=False,
        )
        for movement in statement.movements:
            key = (policy, on.year, movement.accumulator)
            used[key] = used.get(key, 0) + movement.amount
        assert statement.owed == owed[row]


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calculation", "--rows", "1000", "--times", "1", "--no-memory", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["machine"]["processors"] >= 1


def test_the_peak_of_memory_is_that_of_this_process() -> None:
    assert peak_bytes() > 1_000_000
