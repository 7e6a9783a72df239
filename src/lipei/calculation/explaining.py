"""`explain`: one edition, one claim, every step with its clause – the reading that people see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from lipei.calculation import limiting, taking_off, valuing
from lipei.calculation.figures import rounded
from lipei.calculation.inputs import Balance, CannotCalculate, Inputs, LineItem, Need, prepared, shown_value
from lipei.calculation.statement import CoverageReading, FactSeen, Line, Movement, Skipped, Statement, Tried, Waited
from lipei.calculation.working import Outcome, Use, Work
from lipei.terms import combinators as steps
from lipei.terms.document import Accumulator, Coverage, Exclusion, Trigger, Waiting
from lipei.terms.edition import Edition, clause_label
from lipei.terms.expressions import Expression
from lipei.terms.words import Words

COMBINATORS: Mapping[str, Callable[[Any, Work], Outcome]] = {
    "sum": valuing.total, "exclude": taking_off.exclude, "limit": limiting.limit,
    "prior_payment": taking_off.prior_payment, "deductible": taking_off.deductible, "franchise": taking_off.franchise,
    "disappearing_deductible": taking_off.disappearing_deductible,
    "percentage_deductible": taking_off.percentage_deductible, "copayment": taking_off.copayment,
    "coinsurance": taking_off.coinsurance, "fault_share": taking_off.fault_share,
    "deductible_rate": taking_off.deductible_rate, "bands": limiting.bands,
    "aggregate_deductible": taking_off.aggregate_deductible, "aggregate_limit": limiting.aggregate_limit,
    "layer": limiting.layer, "average": valuing.average, "depreciation": valuing.depreciation,
    "salvage": valuing.salvage, "lesser_of": valuing.lesser_of, "greater_of": valuing.greater_of,
    "per_diem": valuing.per_diem, "lump_sum": valuing.lump_sum, "schedule": valuing.schedule, "round": valuing.round_off,
}
DEDUCTIBLES = frozenset({"deductible", "aggregate_deductible", "percentage_deductible", "disappearing_deductible"})
STARTING = frozenset({"sum", "per_diem", "lump_sum", "schedule"})


@dataclass(slots=True)
class _Run:
    edition: Edition
    inputs: Inputs
    env: Mapping[str, Any]
    names: Mapping[str, Words]
    next_number: int = 1
    seen: dict[str, FactSeen] = field(default_factory=dict)
    uses: list[tuple[Use, str, int]] = field(default_factory=list)

    def fact(self, name: str) -> FactSeen:
        if name not in self.seen:
            value = shown_value(self.edition, name, self.env[name])
            source = self.inputs.sources.get(name)
            self.seen[name] = FactSeen(name, self.names[name], value, source, name in self.inputs.assumed)
        return self.seen[name]

    def tried(self, tested: Trigger | Exclusion | steps.StepException) -> Tried:
        holds = bool(tested.when.value(self.env))
        return Tried(tested.label, tested.clause, holds, tuple(self.fact(name) for name in tested.when.names))


def explain(
    edition: Edition, *, facts: Mapping[str, Any], items: Iterable[LineItem] = (),
    balances: Mapping[str, int | Balance] | None = None, policy: Mapping[str, Any] | None = None,
    alternatives: bool = True,
) -> Statement:
    """The statement of one claim. Amounts are whole fen; facts may be wrapped in `Known(value, source)`.

    Raises `CannotCalculate` naming all facts that are missing or cannot be. The same input gives the same bytes.
    """
    return explain_inputs(edition, prepared(edition, facts=facts, items=items, balances=balances, policy=policy), alternatives=alternatives)


def explain_inputs(edition: Edition, inputs: Inputs, *, alternatives: bool = True) -> Statement:
    """`explain` for inputs that are already checked."""
    statement = _read(edition, inputs)
    if not alternatives:
        return statement
    from lipei.calculation.alternatives import alternatives_of

    found = alternatives_of(statement, read=_read)
    return Statement(edition, inputs, statement.coverages, statement.owed, statement.movements, found)


def _read(edition: Edition, inputs: Inputs) -> Statement:
    run = _Run(edition, inputs, inputs.environment(edition), names_of(edition))
    try:
        readings = tuple(_coverage(coverage, run) for coverage in edition.document.coverages)
    except (ZeroDivisionError, OverflowError) as error:
        what = Words("里有一步除以零", "hold a step that divides by zero")
        raise CannotCalculate([Need("terms", Words("条款", "the terms"), what)]) from error
    return Statement(edition, inputs, readings, sum(reading.owed for reading in readings), _movements(run, readings))


def names_of(edition: Edition) -> dict[str, Words]:
    """The label of every fact, policy value and derived value."""
    document = edition.document
    return {name: spec.label for name, spec in (*document.policy.items(), *document.facts.items(), *document.values.items())}


def _coverage(coverage: Coverage, run: _Run) -> CoverageReading:
    trigger = run.tried(coverage.trigger)
    waiting = _waited(coverage.waiting, run) if coverage.waiting is not None and trigger.holds else None
    exclusions = tuple(run.tried(exclusion) for exclusion in coverage.exclusions) if trigger.holds else ()
    stopped = _stop(trigger, waiting, exclusions)
    lines: tuple[Line, ...] = ()
    skipped: tuple[Skipped, ...]
    if stopped is None:
        lines, skipped, owed = _walk(coverage, run)
    else:
        owed, why = 0, Words("前面已经停下：{why}", "stopped before: {why}").with_(why=stopped[0])
        skipped = tuple(Skipped(step.label, step.clause, why) for step in coverage.steps)
    return CoverageReading(
        coverage.id, coverage.label, coverage.about, coverage.kind, coverage.clause, trigger, waiting, exclusions,
        lines, skipped, owed, stopped[0] if stopped else None, stopped[1] if stopped else None,
    )


def _stop(trigger: Tried, waiting: Waited | None, exclusions: tuple[Tried, ...]) -> tuple[Words, str] | None:
    if not trigger.holds:
        return Words("不是“{label}”", "not “{label}”").with_(label=trigger.label), trigger.clause
    for tried in exclusions:
        if tried.holds:
            return tried.label, tried.clause
    if waiting is not None and not waiting.over:
        return waiting.because, waiting.clause
    return None


def _waited(waiting: Waiting, run: _Run) -> Waited:
    env = run.env
    first = waiting.counted_from.value(env) + timedelta(days=waiting.days.value(env))
    happened: date = waiting.happened.value(env)
    waived = waiting.unless is not None and bool(waiting.unless.value(env))
    label = (waiting.unless_label or Words("不适用等待期", "no waiting period applies")) if waived else None
    return Waited(waiting.label, waiting.clause, waived or happened >= first, label, first, happened)


def _walk(coverage: Coverage, run: _Run) -> tuple[tuple[Line, ...], tuple[Skipped, ...], int]:
    inputs = run.inputs
    work = Work(run.env, inputs.items, inputs.balances, inputs.sources, run.names)
    lines: list[Line] = []
    skipped: list[Skipped] = []
    paid_uses: list[tuple[Use, int]] = []
    for step in coverage.steps:
        if step.when is not None and not step.when.value(run.env):
            skipped.append(Skipped(step.label, step.clause, _why_not(step.when, run)))
            continue
        line, outcome = _step(step, coverage, work, run)
        if step.quiet and line.before == line.after and not line.bound:
            skipped.append(Skipped(step.label, step.clause, line.arithmetic))
        else:
            lines.append(line)
            run.next_number += 1
        _advance(work, step, outcome)
        for use in outcome.uses:
            if use.paid:
                paid_uses.append((use, line.number))
            else:
                run.uses.append((use, coverage.id, line.number))
    owed = rounded(work.amount)
    run.uses += [(Use(use.accumulator, owed), coverage.id, number) for use, number in paid_uses]
    return tuple(lines), tuple(skipped), owed


def _why_not(condition: Expression, run: _Run) -> Words:
    seen = [run.fact(name) for name in condition.names]
    return Words("；".join(f"{one.label.zh}：{one.value.zh}" for one in seen) or "条件不成立",
                 "; ".join(f"{one.label.en}: {one.value.en}" for one in seen) or "the condition does not hold")


def _advance(work: Work, step: steps.StepBase, outcome: Outcome) -> None:
    if getattr(step, "step", "") in DEDUCTIBLES:
        work.deducted = work.deducted + work.amount - outcome.after
    work.amount = outcome.after
    if outcome.items is not None:
        work.items = outcome.items


def _step(step: Any, coverage: Coverage, work: Work, run: _Run) -> tuple[Line, Outcome]:
    exceptions = tuple(run.tried(exception) for exception in step.exceptions)
    replaced, taken = None, step
    for exception, tried in zip(step.exceptions, exceptions, strict=True):
        if tried.holds:
            replaced, taken = exception.label, exception.instead
            break
    clause = taken.clause if replaced is not None and taken != "nothing" else step.clause
    work.clause = clause_label(clause)
    if taken == "nothing":
        outcome = Outcome(work.amount, (Words("例外成立，不减", "the exception holds, nothing is taken off"),))
    else:
        outcome = COMBINATORS[taken.step](taken, work)
    shown = step if taken == "nothing" else taken
    before = _claimed_in(step, work) if shown.step == "sum" else work.amount
    line = Line(
        run.next_number, coverage.id, shown.step, _label(shown.label, run), clause, run.edition.clause(clause), before,
        outcome.after, outcome.pieces, outcome.operands, outcome.bound, exceptions, replaced, shown.note,
    )
    return line, outcome


def _claimed_in(step: steps.StepBase, work: Work) -> int:
    return sum(work.lines[at].claimed for at in work.places(step.of))


def _label(label: Words, run: _Run) -> Words:
    """A label may name facts in braces: `按段给付，{hospital_level}`."""
    if "{" not in label.zh:
        return label
    names = [name for name in run.names if "{" + name + "}" in label.zh]
    return label.with_(**{name: run.fact(name).value for name in names})


def _movements(run: _Run, readings: tuple[CoverageReading, ...]) -> tuple[Movement, ...]:
    found = []
    for use, coverage, number in run.uses:
        amount = rounded(use.amount)
        if amount == 0:
            continue
        spec = run.edition.document.accumulators[use.accumulator]
        dated: date = run.env[spec.dated_by]
        found.append(Movement(
            use.accumulator, spec.label, amount, spec.unit, spec.person, spec.period, _period_start(spec, dated, run.env),
            dated, coverage, number, _left_after(use.accumulator, amount, run),
        ))
    return tuple(found)


def _left_after(accumulator: str, amount: int, run: _Run) -> int | None:
    for coverage in run.edition.document.coverages:
        for step in coverage.steps:
            if getattr(step, "accumulator", None) == accumulator and step.step in ("aggregate_limit", "aggregate_deductible"):
                full = step.limit if isinstance(step, steps.AggregateLimit) else step.amount  # type: ignore[union-attr]
                used = run.inputs.balances[accumulator].used
                return max(rounded(full.value(run.env)) - used - amount, 0)
    return None


def _period_start(spec: Accumulator, dated: date, env: Mapping[str, Any]) -> date | None:
    """The first day of the period that the date belongs to; a policy year begins on the policy's own day."""
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
