"""What a claim uses of each accumulator: the movements that the ledger of the policy will hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from lipei.calculation.figures import rounded
from lipei.calculation.inputs import Inputs
from lipei.calculation.statement import Movement
from lipei.calculation.working import Use
from lipei.terms import combinators as steps
from lipei.terms.document import Accumulator
from lipei.terms.edition import Edition
from lipei.terms.expressions import Expression

LIMITING = (steps.AggregateLimit, steps.Sublimit)
BEARING = (steps.AggregateDeductible, steps.FamilyDeductible, steps.OutOfPocketMax)


def movements_of(
    edition: Edition, inputs: Inputs, *, env: Mapping[str, Any], uses: Iterable[tuple[Use, str, int]]
) -> tuple[Movement, ...]:
    """The movements of one claim, in the order of the steps, each with what is left after it (fen or days)."""
    used = {name: balance.used for name, balance in inputs.balances.items()}
    found: list[Movement] = []
    for use, coverage, number in uses:
        amount = rounded(use.amount)
        if amount == 0:
            continue
        used[use.accumulator] += amount
        spec = edition.document.accumulators[use.accumulator]
        dated: date = env[spec.dated_by]
        full = _wholes(edition).get(use.accumulator)
        left = None if full is None else max(rounded(full.value(env)) - used[use.accumulator], 0)
        start = period_start(spec, dated, env=env)
        place = (spec.unit, spec.person, spec.period, start, dated)
        found.append(Movement(use.accumulator, spec.label, amount, *place, coverage, number, left))
    return tuple(found)


@lru_cache(maxsize=1024)
def _wholes(edition: Edition) -> dict[str, Expression]:
    """The whole of each accumulator's limit, deductible or days, from the first step that says it."""
    found: dict[str, Expression] = {}
    for coverage in edition.document.coverages:
        for step in coverage.steps:
            if isinstance(step, LIMITING) and step.accumulator is not None:
                found.setdefault(step.accumulator, step.limit)
            if isinstance(step, BEARING):
                found.setdefault(step.accumulator, step.amount)
            if isinstance(step, steps.FamilyDeductible):
                found.setdefault(step.family_accumulator, step.family_amount)
            if isinstance(step, steps.PerDiem) and step.accumulator is not None and step.days_max is not None:
                found.setdefault(step.accumulator, step.days_max)
    return found


def period_start(spec: Accumulator, dated: date, *, env: Mapping[str, Any]) -> date | None:
    """The first day of the period that the date belongs to: a policy year begins on the policy's own day, an event on its day."""
    if spec.period == "event":
        return dated
    if spec.period == "calendar_year":
        return date(dated.year, 1, 1)
    if spec.period == "policy_year" and spec.starts is not None:
        first: date = env[spec.starts]
        years = dated.year - first.year - ((dated.month, dated.day) < (first.month, first.day))
        return _same_day(first, first.year + years)
    return None


def _same_day(first: date, year: int) -> date:
    """The same day in another year; 29 February becomes 1 March where there is none."""
    try:
        return first.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
