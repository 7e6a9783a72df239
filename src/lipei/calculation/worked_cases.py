"""Runs the worked cases of an edition: what must come out, to the cent, before it may be put in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lipei.calculation.cures import cure_of, said_of, section_of
from lipei.calculation.explaining import explain
from lipei.calculation.inputs import CannotCalculate, LineItem, Need, facts_of
from lipei.calculation.statement import Statement
from lipei.terms.document import WorkedCase
from lipei.terms.edition import Edition, clause_label
from lipei.terms.faults import Path
from lipei.terms.money import amount_of, plain
from lipei.terms.scalars import exact_shown
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Difference:
    """What came out otherwise than a worked case says, and at which of its fields."""

    at: Path
    said: Words
    cure: Words | None = None
    """What to write, when the case cannot be calculated at all."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A worked case that was run: what differs from what the document says (empty when it passes)."""

    case: WorkedCase
    statement: Statement | None
    differences: tuple[Difference, ...]

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
        return CaseResult(case, None, tuple(_in_the_way(need, edition, case) for need in error.needs))
    return CaseResult(case, statement, tuple(_differences(case, statement)))


def _in_the_way(need: Need, edition: Edition, case: WorkedCase) -> Difference:
    """A fact that lacks or cannot be, at the place in the case where it is to be put right."""
    section = section_of(need, edition)
    at: Path = ()
    if section is not None:
        at = (section, need.name)
    elif need.row is not None:
        at = ("items", need.row - 1)
    written = section is not None and need.name in getattr(case, section)
    return Difference(at, said_of(need), cure_of(need, edition, written=written))


def _differences(case: WorkedCase, statement: Statement) -> Iterator[Difference]:
    readings = {reading.id: reading for reading in statement.coverages}
    if statement.owed != case.owed:
        yield Difference(("owed",), _two_amounts(case.owed, statement.owed))
    for code, amount in case.coverages.items():
        if readings[code].owed != amount:
            yield Difference(("coverages", code), _two_amounts(amount, readings[code].owed))
    after = [line.after for line in statement.lines]
    if case.after and after != case.after:
        steps = ", ".join(exact_shown(amount) for amount in after)
        yield Difference(("after",), Words(f"各步之后算出 {steps}", f"after the steps there is {steps}"))
    for code, clause in case.refused_by.items():
        stop = readings[code].stop_clause
        if stop != clause:
            shown = clause_label(stop) if stop else Words("没有拒付", "not refused")
            said = Words("写的是{written}，算出{computed}", "written {written}, computed {computed}")
            yield Difference(("refused_by", code), said.with_(written=clause_label(clause), computed=shown))


def _two_amounts(written: int, computed: int) -> Words:
    return Words(
        f"写的是 {plain(written)}，算出 {plain(computed)}", f"written {plain(written)}, computed {plain(computed)}"
    )


def cases_said(results: tuple[CaseResult, ...]) -> Words:
    """How many of the cases pass."""
    passed = sum(result.passes for result in results)
    return Words(f"{len(results)} 个算例，{passed} 个相符", f"{len(results)} worked cases, {passed} agree")
