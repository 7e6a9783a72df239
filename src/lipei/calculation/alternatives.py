"""What would be owed if one thing were different: a paper that is missing, a deductible used up, a waiting period over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from lipei.calculation.figures import Figure
from lipei.calculation.inputs import Balance, CannotCalculate, Inputs, LineItem, prepared
from lipei.calculation.statement import Alternative, Statement
from lipei.calculation.trying import Tried, Waited
from lipei.calculation.walking import read
from lipei.terms.combinators import AggregateDeductible
from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition
from lipei.terms.expressions import Expression, Name
from lipei.terms.fact_values import fact_written, value_of_text
from lipei.terms.words import Words

ALTERNATIVES_MAX = 20
IF_IT_APPLIED = Words("如果“{label}”成立", "if “{label}” applied")
IF_ALREADY_TAKEN = Words("如果“{label}”此前已经减过", "had “{label}” already been taken")
IF_LATER = Words("如果晚 {n} 日发生", "had it happened {n} days later")
IF_NOT = Words("如果不属于“{label}”", "were it not “{label}”")
"""What is only supposed is said as supposed: nobody may read it as a fact of the claim."""


def alternatives_of(statement: Statement) -> tuple[Alternative, ...]:
    """All changes worth telling that would bring the claimant more, the largest gain first, then those declared."""
    found = [*_exceptions(statement), *_deductibles(statement), *_stops(statement)]
    gains = [one for one in found if one.difference > 0]
    unique = {one.label.zh + str(one.difference): one for one in gains}
    gained = sorted(unique.values(), key=lambda one: (-one.difference, one.label.zh))
    return (*gained, *_declared(statement))[:ALTERNATIVES_MAX]


def what_if(
    statement: Statement,
    *,
    label: Words,
    note: Words | None = None,
    facts: Mapping[str, Any] | None = None,
    items_added: tuple[LineItem, ...] = (),
    balances: Mapping[str, int] | None = None,
) -> Alternative:
    """The same claim with other facts, more bill lines or other balances. Raises `CannotCalculate` when they do not fit."""
    inputs, edition = statement.inputs, statement.edition
    kept = {name: value for name, value in inputs.facts.items() if name not in inputs.assumed}
    policy = {name: value for name, value in inputs.policy.items() if name not in inputs.assumed}
    changed = prepared(
        edition,
        facts={**kept, **(facts or {})},
        policy=policy,
        items=(*inputs.items, *items_added),
        balances={**inputs.balances, **(balances or {})},
    )
    other = read(edition, inputs=changed)
    specs = edition.document.facts
    written = tuple((name, fact_written(specs[name], value)) for name, value in (facts or {}).items())
    return Alternative(label, note or label, other.owed, other.owed - statement.owed, written)


def _changed(edition: Edition, inputs: Inputs, name: str, value: Any) -> Inputs | None:
    """The inputs with one fact changed and what hangs on it put right; None when something would then not be known."""
    facts = {**inputs.facts, name: value}
    for other, spec in edition.document.facts.items():
        if spec.needed_when is None or other == name:
            continue
        needed = bool(spec.needed_when.value({**inputs.policy, **facts}))
        if needed and other in inputs.assumed:
            return None
        if not needed:
            facts[other] = edition.defaults[other]
    return replace(inputs, facts=facts, assumed=inputs.assumed - {name})


def _others(spec: FactSpec, value: Any) -> list[Any]:
    if spec.kind == "boolean":
        return [not value]
    return [choice for choice in spec.choices if choice != value]


def _turned(statement: Statement, condition: Expression, wanted: bool) -> Iterator[tuple[str, Any, Inputs]]:
    """Changes of one fact that turn the condition to `wanted`."""
    for name in condition.names:
        spec = statement.edition.document.facts.get(name)
        if spec is None or spec.kind not in ("boolean", "choice"):
            continue
        for value in _others(spec, statement.inputs.facts[name]):
            changed = _changed(statement.edition, statement.inputs, name, value)
            if changed is not None and bool(condition.value(changed.environment(statement.edition))) is wanted:
                yield name, value, changed


def with_one_fact_changed(statement: Statement, name: str) -> Iterator[Statement]:
    """The same claim with another answer to one yes/no or choice, for each answer with which it can be calculated."""
    spec = statement.edition.document.facts.get(name)
    if spec is None or spec.kind not in ("boolean", "choice"):
        return
    inputs, assumed = statement.inputs, statement.inputs.assumed
    for value in _others(spec, inputs.facts[name]):
        facts = {fact: known for fact, known in inputs.facts.items() if fact not in assumed}
        policy = {fact: known for fact, known in inputs.policy.items() if fact not in assumed}
        try:
            changed = prepared(
                statement.edition, facts={**facts, name: value}, items=inputs.items, balances=inputs.balances, policy=policy
            )
            yield read(statement.edition, inputs=changed)
        except CannotCalculate:
            continue


def _alternative(
    statement: Statement,
    changed: Inputs,
    name: str,
    value: Any,
    *,
    label: Words,
    note: Words,
    line: int | None = None,
) -> Alternative | None:
    try:
        other = read(statement.edition, inputs=changed)
    except CannotCalculate:
        return None
    spec = statement.edition.document.facts[name]
    return Alternative(
        label, note, other.owed, other.owed - statement.owed, ((name, fact_written(spec, value)),), spec.paper, line
    )


def _exceptions(statement: Statement) -> Iterator[Alternative]:
    steps = {
        (coverage.id, step.clause, step.label.zh): step
        for coverage in statement.edition.document.coverages
        for step in coverage.steps
    }
    for line in statement.lines:
        step = steps.get((line.coverage, line.clause, line.label.zh))
        for exception, tried in zip(step.exceptions if step else (), line.exceptions, strict=False):
            if tried.holds:
                continue
            note = Words("第 {n} 步不再这样减", "step {n} would no longer take this off").with_(n=line.number)
            if exception.instead == "nothing":
                note = Words("第 {n} 步的限额不适用", "the limit of step {n} would not apply").with_(n=line.number)
            for name, value, changed in _turned(statement, exception.when, True):
                label = IF_IT_APPLIED.with_(label=exception.label)
                found = _alternative(statement, changed, name, value, label=label, note=note, line=line.number)
                if found is not None:
                    yield found


def _deductibles(statement: Statement) -> Iterator[Alternative]:
    bound = {line.label.zh: line for line in statement.lines if line.bound and line.step == "aggregate_deductible"}
    for coverage in statement.edition.document.coverages:
        for step in coverage.steps:
            line = bound.get(step.label.zh)
            if isinstance(step, AggregateDeductible) and line is not None and line.coverage == coverage.id:
                spec = statement.edition.document.accumulators[step.accumulator]
                full = int(step.amount.value(statement.inputs.environment(statement.edition)))
                balances = {**statement.inputs.balances, step.accumulator: Balance(full)}
                other = read(statement.edition, inputs=replace(statement.inputs, balances=balances))
                note = Words("第 {n} 步不再减 {cut}", "step {n} would no longer take off {cut}").with_(
                    n=line.number, cut=Figure("amount", line.cut).shown()
                )
                label = IF_ALREADY_TAKEN.with_(label=spec.label)
                yield Alternative(label, note, other.owed, other.owed - statement.owed, (), None, line.number)


def _stops(statement: Statement) -> Iterator[Alternative]:
    specs = {coverage.id: coverage for coverage in statement.edition.document.coverages}
    for reading in statement.coverages:
        coverage = specs[reading.id]
        for exclusion, tried in zip(
            statement.edition.document.exclusions_of(coverage), reading.exclusions, strict=False
        ):
            if tried.holds:
                yield from _lifted(statement, tried, exclusion.when)
        if reading.waiting is not None and not reading.waiting.over and coverage.waiting is not None:
            yield from _later(statement, reading.waiting, coverage.waiting.happened)


def _later(statement: Statement, waiting: Waited, happened: Expression) -> Iterator[Alternative]:
    """Had it happened as many days later as the waiting period still ran."""
    name = happened.node.name if isinstance(happened.node, Name) else ""
    if name not in statement.inputs.facts:
        return
    later = waiting.happened + timedelta(days=waiting.days_left)
    changed = _changed(statement.edition, statement.inputs, name, later)
    label = IF_LATER.with_(n=waiting.days_left)
    found = _alternative(statement, changed, name, later, label=label, note=waiting.label) if changed else None
    if found is not None:
        yield found


def _lifted(statement: Statement, tried: Tried, condition: Expression) -> Iterator[Alternative]:
    label = IF_NOT.with_(label=tried.label)
    for name, value, changed in _turned(statement, condition, False):
        note = statement.edition.document.facts[name].label
        found = _alternative(statement, changed, name, value, label=label, note=note)
        if found is not None:
            yield found


def _declared(statement: Statement) -> Iterator[Alternative]:
    document = statement.edition.document
    env = statement.inputs.environment(statement.edition)
    for declared in document.what_ifs:
        if declared.when is not None and not declared.when.value(env):
            continue
        facts = dict(statement.inputs.facts)
        for name, text in declared.set.items():
            facts[name] = value_of_text(document.facts[name], text)
        for name, text in declared.add.items():
            facts[name] = facts[name] + value_of_text(document.facts[name], text)
        change = tuple(
            (name, fact_written(document.facts[name], facts[name])) for name in (*declared.set, *declared.add)
        )
        other = read(statement.edition, inputs=replace(statement.inputs, facts=facts))
        if other.owed != statement.owed:
            yield Alternative(declared.label, declared.note, other.owed, other.owed - statement.owed, change)
