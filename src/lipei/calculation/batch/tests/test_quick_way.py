"""The quick way gives what the general one gives, also where it has to leave rows to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from lipei.calculation.batch import MISSING, Claims, Policies, Result, Workspace, batch
from lipei.calculation.batch.accumulating import CALENDAR_YEAR, _period
from lipei.calculation.batch.running import prepared_for
from lipei.calculation.tests.small_terms import edition_with
from lipei.terms.edition import Edition

MANY = 9_000
"""More rows than are looked over at one time, twice."""


def annual(deductible: int, pays: str, *, between: str = "") -> Edition:
    steps = [f'step: aggregate_deductible, amount: "{deductible}.00", accumulator: borne', f"step: coinsurance, pays: {pays}"]
    steps += [between] if between else []
    return edition_with(*steps, 'step: aggregate_limit, limit: "9000.00", accumulator: paid', amounts=("borne", "paid"))


EDITIONS = (annual(100, "80%"), annual(250, "2/37"), annual(0, "95%", between='step: limit, limit: "2000.00"'))
BANDED = annual(
    50, "90%", between='step: bands, kind: marginal, on: excess, table: [{to: "100.00", ratio: 70%}, {to: "700.00", ratio: 1/3}, {ratio: 90%}]'
)


def book(*, seed: int) -> tuple[Policies, Claims]:
    """Policies of up to five claims each with two members, bills from nothing to far above every limit."""
    chance = np.random.default_rng(seed)
    policy = np.sort(chance.integers(0, MANY // 3, MANY))
    on = chance.integers(739_617, 739_617 + 900, MANY)
    on = on[np.lexsort((on, policy))]
    facts = {"on": on, "days": chance.integers(0, 9, MANY), "level": chance.integers(0, 2, MANY)}
    claims = Claims(
        policy, on.copy(), facts, choices=("low", "high"), member=2 * policy + chance.integers(0, 2, MANY),
        bill=chance.integers(0, 700_000, MANY), bill_category="a",
    )  # fmt: skip
    return Policies(chance.integers(0, 3, MANY // 3)), claims


def both(editions: tuple[Edition, ...], policies: Policies, claims: Claims, **more: Any) -> Result:
    """What the quick way says, which is what the general one says, balances at the end too."""
    general, quick = (batch(editions, policies=policies, claims=claims, speed=speed, **more) for speed in ("ready", "fastest"))
    assert prepared_for(editions, tuple(sorted(claims.columns)), (), claims.choices).program.patterns
    assert (general.by_coverage == quick.by_coverage).all()
    assert (general.moved == quick.moved).all()
    assert [problem.row for problem in general.problems] == [problem.row for problem in quick.problems]
    assert general.exact == quick.exact
    keys = [np.stack([one.closing.accumulator, one.closing.person, one.closing.start, one.closing.used]) for one in (general, quick)]
    assert sorted(keys[0].T.tolist()) == sorted(keys[1].T.tolist())
    return quick


def test_several_editions_with_balances_of_years() -> None:
    policies, claims = book(seed=1)
    assert both(EDITIONS, policies, claims).owed.sum() > 0
    assert both((*EDITIONS[:2], BANDED), policies, claims, threads=2).owed.sum() > 0


def test_one_edition_with_and_without_balances() -> None:
    policies, claims = book(seed=2)
    one = Policies(np.zeros_like(policies.edition))
    assert both(EDITIONS[1:2], one, claims).owed.sum() > 0
    assert both((edition_with("step: coinsurance, pays: 1/3", 'step: limit, limit: "70.00"'),), one, claims).owed.sum() > 0


def test_rows_with_something_missing_out_of_range_or_too_large_go_the_other_way() -> None:
    policies, claims = book(seed=3)
    assert claims.bill is not None
    facts = {name: column.copy() for name, column in claims.columns.items()}
    bill = claims.bill.copy()
    facts["days"][[5, 4_500]] = 2 * 10**9
    facts["level"][[77, 8_999]] = 7, MISSING
    facts["on"][4_100] = MISSING
    bill[[9, 6_000, 8_000]] = MISSING, -1, 9 * 10**12
    found = both(EDITIONS, policies, replace(claims, columns=facts, bill=bill))
    assert {5, 77, 4_500, 6_000} <= {problem.row for problem in found.problems}


def test_columns_of_other_kinds_persons_and_dates_in_no_order() -> None:
    policies, claims = book(seed=4)
    assert claims.bill is not None
    narrow = {name: column.astype(np.int32) for name, column in claims.columns.items()}
    bill = np.repeat(claims.bill, 2)[::2]
    bill.flags.writeable = False
    mixed = replace(claims, columns={**narrow, "on": np.roll(narrow["on"], 7)}, bill=bill)
    both(EDITIONS, policies, mixed)
    places = np.random.default_rng(5).permutation(MANY)
    shuffled = replace(
        claims, policy=claims.policy[places], order=claims.order[places], bill=claims.bill[places],
        member=None if claims.member is None else claims.member[places],
        columns={name: column[places] for name, column in claims.columns.items()},
    )  # fmt: skip
    assert (both(EDITIONS, policies, shuffled).by_coverage.sum(axis=1) > 0).all()


def test_a_book_in_two_calls_with_memory_that_is_kept() -> None:
    policies, claims = book(seed=6)
    workspace = Workspace()
    before = batch(EDITIONS, policies=policies, claims=claims, speed="fastest", workspace=workspace).closing
    both(EDITIONS, policies, replace(claims, columns={**claims.columns, "on": claims.columns["on"] + 30}), balances=before)


def test_calendar_years_begin_on_new_years_day() -> None:
    for year in (1, 4, 99, 100, 101, 399, 400, 401, 1900, 2000, 2023, 2024, 2025, 2026, 2100, 9998):
        first, beyond = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        for day in (first, first + 58, first + 180, beyond - 1):
            assert _period(CALENDAR_YEAR, day, 1) == (first, beyond)
