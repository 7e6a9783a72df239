"""Runs the worked cases of an edition: what must come out, to the cent, before it may be put in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lipei.calculation.explaining import explain
from lipei.calculation.inputs import CannotCalculate, LineItem, facts_of
from lipei.calculation.statement import Statement
from lipei.terms.document import WorkedCase
from lipei.terms.edition import Edition
from lipei.terms.money import amount_of, machine
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A worked case that was run: what differs from what the document says (empty when it passes)."""

    case: WorkedCase
    statement: Statement | None
    differences: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether every amount came out as written."""
        return not self.differences


def run_cases(edition: Edition) -> tuple[CaseResult, ...]:
    """All worked cases of the edition, in order."""
    return tuple(_run(edition, case) for case in edition.document.cases)


def statement_of(edition: Edition, case: WorkedCase) -> Statement:
    """The statement of one worked case. Raises `CannotCalculate`."""
    items = [
        LineItem(
            item.category,
            item.claimed,
            item.allowed,
            item.days,
            reason=item.reason,
            person=item.person,
            label=edition.document.categories.get(item.category),
        )
        for item in case.items
    ]
    return explain(
        edition,
        facts=facts_of(edition, case.facts),
        policy=facts_of(edition, case.policy, section="policy"),
        items=items,
        balances=balances_of(edition, case.balances),
    )


def balances_of(edition: Edition, texts: dict[str, str]) -> dict[str, int]:
    """Balances from texts: fen for accumulators of money, whole days for those of days. Raises `AmountFault`, `ValueError`."""
    units = {name: spec.unit for name, spec in edition.document.accumulators.items()}
    return {name: int(text) if units.get(name) == "days" else amount_of(text) for name, text in texts.items()}


def _run(edition: Edition, case: WorkedCase) -> CaseResult:
    try:
        statement = statement_of(edition, case)
    except CannotCalculate as error:
        return CaseResult(case, None, (str(error),))
    return CaseResult(case, statement, tuple(_differences(case, statement)))


def _differences(case: WorkedCase, statement: Statement) -> Iterator[str]:
    if statement.owed != case.owed:
        yield f"owed: written {machine(case.owed)}, computed {machine(statement.owed)}"
    for code, amount in case.coverages.items():
        owed = {reading.id: reading.owed for reading in statement.coverages}.get(code)
        if owed != amount:
            yield f"{code}: written {machine(amount)}, computed {machine(owed or 0)}"
    after = [line.after for line in statement.lines]
    if case.after and after != case.after:
        yield f"after: computed {[str(amount) for amount in after]}"
    for code, clause in case.refused_by.items():
        stop = {reading.id: reading.stop_clause for reading in statement.coverages}.get(code)
        if stop != clause:
            yield f"{code}: refused by {stop}, written {clause}"


def cases_said(results: tuple[CaseResult, ...]) -> Words:
    """How many of the cases pass."""
    passed = sum(result.passes for result in results)
    return Words(f"{len(results)} 个算例，{passed} 个相符", f"{len(results)} worked cases, {passed} agree")
