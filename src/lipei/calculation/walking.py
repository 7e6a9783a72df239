"""Walks one claim through the coverages of an edition: trigger, waiting period, exclusions, then step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from lipei.calculation import limiting, sharing, taking_off, valuing
from lipei.calculation.figures import Piece, rounded
from lipei.calculation.inputs import Balance, CannotCalculate, Inputs, Need
from lipei.calculation.movements import movements_of
from lipei.calculation.statement import CoverageReading, Line, Statement
from lipei.calculation.trying import Evidence, Skipped, Tried, Waited
from lipei.calculation.working import Outcome, Use, Work
from lipei.terms import combinators as steps
from lipei.terms.combinators import StepException
from lipei.terms.document import Coverage, Exclusion, Trigger, Waiting
from lipei.terms.edition import Edition
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
LIFTED = (Words("例外成立，不减", "the exception holds, nothing is taken off"),)
NONE_CHARGED = Words("没有这类费用", "no charge of this kind")


class _Planned(NamedTuple):
    """What of a step does not hang on the claim, looked up once for an edition."""

    step: steps.StepBase
    act: Callable[[Any, Work], Outcome]
    may_be_left_out: bool
    quiet: bool
    exceptions: tuple[StepException, ...]
    adds_up: bool
    shares_cost: bool
    is_deductible: bool


@lru_cache(maxsize=1024)
def _plans(edition: Edition) -> Mapping[str, tuple[_Planned, ...]]:
    """The steps of each coverage of the edition, by the coverage's code."""
    return {coverage.id: tuple(_planned(step) for step in coverage.steps) for coverage in edition.document.coverages}


def _planned(step: steps.StepBase) -> _Planned:
    name = step.step
    return _Planned(
        step,
        COMBINATORS[name],
        step.when is not None or step.quiet,
        step.quiet,
        tuple(step.exceptions),
        name == "sum",
        name in COST_SHARING and step.of is None,
        name in DEDUCTIBLES,
    )


@dataclass(slots=True)
class _Run:
    edition: Edition
    inputs: Inputs
    env: Mapping[str, Any]
    evidence: Evidence
    balances: Mapping[str, Balance]
    next_number: int = 1
    uses: list[tuple[Use, str, int]] = field(default_factory=list)

    def use(self, use: Use, coverage: str, number: int) -> None:
        """Books the use, so that the next coverage of the same claim sees what is left."""
        self.uses.append((use, coverage, number))
        before = self.balances[use.accumulator]
        after = Balance(before.used + rounded(use.amount), before.source)
        self.balances = {**self.balances, use.accumulator: after}

    def tried(self, tested: Trigger | Exclusion | StepException) -> Tried:
        return Tried(tested, bool(tested.when.value(self.env)), self.evidence)


def read(edition: Edition, *, inputs: Inputs) -> Statement:
    """The statement of checked inputs, without alternatives. Raises `CannotCalculate` when the terms divide by zero."""
    env = inputs.environment(edition)
    run = _Run(edition, inputs, env, Evidence(edition, inputs, env), inputs.balances)
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
    work = _begun(run)
    lines: list[Line] = []
    skipped: list[Skipped] = []
    paid: list[tuple[Use, int]] = []
    for planned in _plans(run.edition)[coverage.id]:
        left_out = _left_out(planned, work, run) if planned.may_be_left_out else None
        if left_out is not None:
            skipped.append(left_out)
            continue
        line = _step(planned, coverage.id, work, run)
        outcome = line.outcome
        unseen = planned.quiet and line.before == outcome.after and not outcome.bound
        if unseen:
            skipped.append(Skipped(planned.step.label, planned.step.clause, outcome.pieces))
        else:
            lines.append(line)
            run.next_number += 1
        for use in outcome.uses:
            number = 0 if unseen else line.number
            if use.paid:
                paid.append((use, number))
            else:
                run.use(use, coverage.id, number)
        work = _advanced(work, planned, outcome, run)
    owed = rounded(work.amount)
    for use, number in paid:
        run.use(Use(use.accumulator, owed), coverage.id, number)
    return tuple(lines), tuple(skipped), owed


def _begun(run: _Run) -> Work:
    """Nothing counted yet, all the bill before us."""
    edition, inputs = run.edition, run.inputs
    names, categories = edition.names, edition.document.categories
    return Work(run.env, inputs.items, run.balances, inputs.sources, names, categories, 0, (), 0, None)


def _left_out(planned: _Planned, work: Work, run: _Run) -> Skipped | None:
    """A step whose condition does not hold, or a quiet one for categories of which the bill has no line."""
    step, condition = planned.step, planned.step.when
    if condition is not None and not condition.value(run.env):
        return Skipped(step.label, step.clause, _why_not(condition, run))
    if planned.quiet and step.of is not None and not work.places(step.of):
        return Skipped(step.label, step.clause, (NONE_CHARGED,))
    return None


def _why_not(condition: Expression, run: _Run) -> Callable[[], tuple[Piece, ...]]:
    def pieces() -> tuple[Piece, ...]:
        found: list[Piece] = []
        for name in condition.names:
            seen = run.evidence.seen(name)
            found += [Words("；", "; ")] if found else []
            found += [seen.label, Words("：", ": "), seen.value]
        return tuple(found) or (Words("条件不成立", "the condition does not hold"),)

    return pieces


def _advanced(work: Work, planned: _Planned, outcome: Outcome, run: _Run) -> Work:
    """What the next step begins with."""
    covered, deducted = work.covered, work.deducted
    if covered is None and planned.shares_cost:
        covered = work.amount
    if planned.is_deductible:
        deducted = deducted + work.amount - outcome.after
    items = work.items if outcome.items is None else outcome.items
    return Work(
        work.env,
        work.lines,
        run.balances,
        work.sources,
        work.names,
        work.categories,
        outcome.after,
        items,
        deducted,
        covered,
    )


def _step(planned: _Planned, coverage: str, work: Work, run: _Run) -> Line:
    """The step, or what an exception puts in its place, taken."""
    tried: tuple[Tried, ...] = ()
    replaced_by: Words | None = None
    if planned.exceptions:
        tried, planned, replaced_by = _unless(planned, run)
    step = work.taken = planned.step
    outcome = planned.act(step, work)
    before = _claimed_in(step, work) if planned.adds_up else work.amount
    return Line(run.next_number, coverage, step, before, outcome, run.evidence, tried, replaced_by)


def _unless(planned: _Planned, run: _Run) -> tuple[tuple[Tried, ...], _Planned, Words | None]:
    """The exceptions as they were tried, what is done in the end, and the label of the first exception that holds."""
    tried = tuple([run.tried(exception) for exception in planned.exceptions])
    for exception, seen in zip(planned.exceptions, tried, strict=True):
        if seen.holds:
            put = exception.instead
            return tried, planned._replace(act=_lifted) if put == "nothing" else _planned(put), exception.label
    return tried, planned, None


def _lifted(_: steps.StepBase, work: Work) -> Outcome:
    return Outcome(work.amount, LIFTED)


def _claimed_in(step: steps.StepBase, work: Work) -> int:
    return sum(work.lines[at].claimed for at in work.places(step.of))
