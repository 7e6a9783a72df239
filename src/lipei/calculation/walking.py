"""Walks one claim through the coverages of an edition: trigger, waiting period, exclusions, then step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from lipei.calculation import limiting, sharing, taking_off, valuing
from lipei.calculation.figures import Piece, rounded
from lipei.calculation.inputs import (
    Balance,
    CannotCalculate,
    Inputs,
    Need,
    shown_value,
)
from lipei.calculation.movements import movements_of
from lipei.calculation.statement import (
    CoverageReading,
    Evidence,
    Line,
    Skipped,
    Statement,
    Tried,
    Waited,
)
from lipei.calculation.working import Outcome, Use, Work
from lipei.terms import combinators as steps
from lipei.terms.combinators import StepException
from lipei.terms.document import Coverage, Exclusion, Trigger, Waiting
from lipei.terms.edition import Edition, clause_label
from lipei.terms.expressions import Expression
from lipei.terms.words import Words

COMBINATORS: Mapping[str, Callable[[Any, Work], Outcome]] = {
    "sum": valuing.total,
    "exclude": taking_off.exclude,
    "limit": limiting.limit,
    "prior_payment": taking_off.prior_payment,
    "deductible": taking_off.deductible,
    "franchise": taking_off.franchise,
    "disappearing_deductible": taking_off.disappearing_deductible,
    "percentage_deductible": taking_off.percentage_deductible,
    "copayment": taking_off.copayment,
    "coinsurance": taking_off.coinsurance,
    "fault_share": taking_off.fault_share,
    "deductible_rate": taking_off.deductible_rate,
    "bands": limiting.bands,
    "aggregate_deductible": taking_off.aggregate_deductible,
    "aggregate_limit": limiting.aggregate_limit,
    "layer": limiting.layer,
    "average": valuing.average,
    "depreciation": valuing.depreciation,
    "salvage": valuing.salvage,
    "lesser_of": valuing.lesser_of,
    "greater_of": valuing.greater_of,
    "per_diem": valuing.per_diem,
    "lump_sum": valuing.lump_sum,
    "schedule": valuing.schedule,
    "round": valuing.round_off,
    "sublimit": sharing.sublimit,
    "family_deductible": sharing.family_deductible,
    "out_of_pocket_max": sharing.out_of_pocket_max,
    "first_loss": sharing.first_loss,
    "agreed_value": sharing.agreed_value,
    "holdback": sharing.holdback,
    "contribution": sharing.contribution,
    "coordinate": sharing.coordinate,
    "allocate": sharing.allocate,
    "ratio_table": sharing.ratio_table,
    "amount_table": sharing.amount_table,
}
DEDUCTIBLES = frozenset(
    {"deductible", "aggregate_deductible", "family_deductible", "percentage_deductible", "disappearing_deductible"}
)
COST_SHARING = DEDUCTIBLES | {"copayment", "coinsurance", "bands", "ratio_table"}
LIFTED = Outcome(0, (Words("例外成立，不减", "the exception holds, nothing is taken off"),))
NONE_CHARGED = Words("没有这类费用", "no charge of this kind")


@dataclass(slots=True)
class _Run:
    edition: Edition
    inputs: Inputs
    env: Mapping[str, Any]
    evidence: Evidence
    balances: dict[str, Balance]
    next_number: int = 1
    uses: list[tuple[Use, str, int]] = field(default_factory=list)

    def use(self, use: Use, coverage: str, number: int) -> None:
        """Books the use, so that the next coverage of the same claim sees what is left."""
        self.uses.append((use, coverage, number))
        before = self.balances[use.accumulator]
        self.balances[use.accumulator] = Balance(before.used + rounded(use.amount), before.source)

    def tried(self, tested: Trigger | Exclusion | StepException) -> Tried:
        holds = bool(tested.when.value(self.env))
        return Tried(tested.label, tested.clause, holds, tested.when.names, self.evidence)


def read(edition: Edition, *, inputs: Inputs) -> Statement:
    """The statement of checked inputs, without alternatives. Raises `CannotCalculate` when the terms divide by zero."""
    env = inputs.environment(edition)
    run = _Run(edition, inputs, env, Evidence(edition, inputs, env), dict(inputs.balances))
    try:
        readings = tuple(_coverage(coverage, run) for coverage in edition.document.coverages)
    except (ZeroDivisionError, OverflowError) as error:
        what = Words("里有一步除以零", "hold a step that divides by zero")
        raise CannotCalculate([Need("terms", Words("条款", "the terms"), what)]) from error
    return Statement(
        edition,
        inputs,
        readings,
        sum(reading.owed for reading in readings),
        movements_of(edition, inputs, env=env, uses=run.uses),
    )


def _coverage(coverage: Coverage, run: _Run) -> CoverageReading:
    trigger = run.tried(coverage.trigger)
    waiting = _waited(coverage.waiting, run) if coverage.waiting is not None and trigger.holds else None
    exclusions = (
        tuple(run.tried(exclusion) for exclusion in run.edition.document.exclusions_of(coverage))
        if trigger.holds
        else ()
    )
    stopped = _stop(trigger, waiting, exclusions)
    lines: tuple[Line, ...] = ()
    skipped: tuple[Skipped, ...]
    if stopped is None:
        lines, skipped, owed = _walk(coverage, run)
    else:
        owed, why = 0, Words("前面已经停下：{why}", "stopped before: {why}").with_(why=stopped[0])
        skipped = tuple(Skipped(step.label, step.clause, (why,)) for step in coverage.steps)
    return CoverageReading(
        coverage.id,
        coverage.label,
        coverage.about,
        coverage.kind,
        coverage.clause,
        trigger,
        waiting,
        exclusions,
        lines,
        skipped,
        owed,
        stopped[0] if stopped else None,
        stopped[1] if stopped else None,
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
    work = Work(run.env, inputs.items, run.balances, inputs.sources, run.edition.names, run.edition.document.categories)
    lines: list[Line] = []
    skipped: list[Skipped] = []
    paid: list[tuple[Use, int]] = []
    for step in coverage.steps:
        left_out = _left_out(step, work, run)
        if left_out is not None:
            skipped.append(left_out)
            continue
        line, outcome = _step(step, coverage, work, run)
        unseen = step.quiet and line.before == line.after and not line.bound
        if unseen:
            skipped.append(Skipped(step.label, step.clause, outcome.pieces))
        else:
            lines.append(line)
            run.next_number += 1
        _advance(work, step, outcome)
        for use in outcome.uses:
            number = 0 if unseen else line.number
            if use.paid:
                paid.append((use, number))
            else:
                run.use(use, coverage.id, number)
    owed = rounded(work.amount)
    for use, number in paid:
        run.use(Use(use.accumulator, owed), coverage.id, number)
    return tuple(lines), tuple(skipped), owed


def _left_out(step: Any, work: Work, run: _Run) -> Skipped | None:
    """A step whose condition does not hold, or a quiet one for categories of which the bill has no line."""
    if step.when is not None and not step.when.value(run.env):
        return Skipped(step.label, step.clause, _why_not(step.when, run))
    if step.quiet and _nothing_there(step, work):
        return Skipped(step.label, step.clause, (NONE_CHARGED,))
    return None


def _nothing_there(step: Any, work: Work) -> bool:
    """Whether the step is for categories of which the bill has no line."""
    return step.of is not None and not work.places(step.of)


def _why_not(condition: Expression, run: _Run) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for name in condition.names:
        value = shown_value(run.edition, name, run.env[name])
        pieces += [Words("；", "; ")] if pieces else []
        pieces += [run.edition.names[name], Words("：", ": "), value]
    return tuple(pieces) or (Words("条件不成立", "the condition does not hold"),)


def _advance(work: Work, step: steps.StepBase, outcome: Outcome) -> None:
    if work.covered is None and step.step in COST_SHARING and step.of is None:
        work.covered = work.amount
    if step.step in DEDUCTIBLES:
        work.deducted = work.deducted + work.amount - outcome.after
    work.amount = outcome.after
    if outcome.items is not None:
        work.items = outcome.items


def _step(step: Any, coverage: Coverage, work: Work, run: _Run) -> tuple[Line, Outcome]:
    exceptions = tuple([run.tried(exception) for exception in step.exceptions])
    replaced, instead = None, step
    for exception, tried in zip(step.exceptions, exceptions, strict=True):
        if tried.holds:
            replaced, instead = exception.label, exception.instead
            break
    lifted = isinstance(instead, str)
    shown: steps.StepBase = step if lifted else instead
    clause = shown.clause
    work.clause = clause_label(clause)
    outcome = LIFTED._replace(after=work.amount) if lifted else COMBINATORS[shown.step](shown, work)
    before = _claimed_in(step, work) if shown.step == "sum" else work.amount
    line = Line(
        run.next_number,
        coverage.id,
        shown.step,
        _label(shown.label, run),
        clause,
        run.edition.clause(clause),
        before,
        outcome.after,
        outcome.pieces,
        outcome.operands,
        outcome.bound,
        exceptions,
        replaced,
        shown.note,
    )
    return line, outcome


def _claimed_in(step: steps.StepBase, work: Work) -> int:
    return sum(work.lines[at].claimed for at in work.places(step.of))


def _label(label: Words, run: _Run) -> Words:
    """A label may name facts in braces: `按段给付，{hospital_level}`."""
    if "{" not in label.zh and "{" not in label.en:
        return label
    names = [name for name in run.edition.names if "{" + name + "}" in label.zh + label.en]
    return label.with_(**{name: shown_value(run.edition, name, run.env[name]) for name in names})
