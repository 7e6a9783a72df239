"""A calculation read for letters: the lines of a decision, the steps of the calculation statement, what could change it.

The figures are the statement's own. A letter shows whole fen; where a step is exact beyond the fen, its exact amount is
shown beside it, and the lines of a decision are rounded so that they still add up to what is owed.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from lipei.calculation import Statement
from lipei.calculation.statement import ENGINE_VERSION, CoverageReading
from lipei.calculation.statement import Line as StepTaken
from lipei.calculation.trying import Tried as ConditionTried
from lipei.communication.letters.parts import (
    Change,
    Clause,
    CoverageSteps,
    Fact,
    Line,
    Operand,
    Refusal,
    Step,
    Stop,
    Tried,
)
from lipei.terms.edition import Edition, clause_label
from lipei.terms.scalars import Exact, exact_shown
from lipei.terms.words import Words, both

FINGERPRINT_SHOWN = 16  # hexadecimal digits of SHA-256 that are printed, in groups of four

_APPLIES = Words("适用：{because}", "Applies: {because}")
_DOES_NOT = Words("不适用：{because}", "Does not apply: {because}")
_EXCEPTION_HOLDS = Words("例外成立（{label}）：{because}", "Exception met ({label}): {because}")
_EXCEPTION_FAILS = Words("例外不成立（{label}）：{because}", "Exception not met ({label}): {because}")
_FROM = Words("{sum}（{source}）", "{sum} ({source})")
_IF = Words("{label}，{note}。", "{label}, {note}.")
_SEEN = Words("{label}：{value}", "{label}: {value}")
_MEETS = Words("这正是{clause}写明的情形：{reason}。", "This is what {clause} names: {reason}.")
_BRING = Words(
    "请把这份材料交给我们；拿不到的，告诉我们该向谁查。",
    "Please let us have that paper, or tell us whom we can ask for it.",
)


def clause_of(edition: Edition, code: str) -> Clause:
    """The clause with its name and its words, as the edition has them."""
    return Clause(id=code, label=clause_label(code), text=edition.clause(code))


def lines_of(statement: Statement) -> tuple[Line, ...]:
    """The lines between asked and owed of all coverages that answer: what each step took away, what each benefit added.

    For a coverage that does not answer there is no line: what was asked under it stands among the refused items.
    """
    return tuple(
        line for coverage in statement.coverages if coverage.answers for line in _lines(statement.edition, coverage)
    )


def _lines(edition: Edition, coverage: CoverageReading) -> Iterable[Line]:
    if coverage.kind == "benefit":
        if coverage.owed:
            yield _benefit(edition, coverage)
        return
    for step in coverage.lines:
        amount = _fen(step.before) - _fen(step.after)
        if amount:
            yield Line(
                effect="less" if amount > 0 else "plus",
                label=_named(step.label) if amount > 0 else step.label,
                amount=abs(amount),
                fact=_sum_with_sources(step),
                clauses=(clause_of(edition, step.clause),),
            )


def _named(label: Words) -> Words:
    """What is taken away, without the word for taking away, which the letter adds itself."""
    english = label.en.removeprefix("Less ")
    return Words(label.zh.removeprefix("减去"), english)


def _benefit(edition: Edition, coverage: CoverageReading) -> Line:
    steps = [step for step in coverage.lines if step.bound or step.after != step.before]
    codes = dict.fromkeys(step.clause for step in steps)
    facts = [_sum_with_sources(step) for step in steps]
    fact = (
        Words("；".join(fact.zh for fact in facts), "; ".join(fact.en for fact in facts)) if facts else coverage.about
    )
    clauses = tuple(clause_of(edition, code) for code in codes or [coverage.clause])
    return Line(effect="plus", label=coverage.label, amount=coverage.owed, fact=fact, clauses=clauses)


def _fen(amount: Exact) -> int:
    """Rounded half up; the exact amount stays in the statement."""
    return int((Fraction(amount) * 2 + 1) // 2)


def _sum_with_sources(step: StepTaken) -> Words:
    own = clause_label(step.clause)
    told = {own, step.label, *[operand.name for operand in step.operands]}
    sources = list(dict.fromkeys(o.source for o in step.operands if o.source is not None and o.source not in told))
    if not sources:
        return step.arithmetic
    named = Words("、".join(source.zh for source in sources), "; ".join(source.en for source in sources))
    return _FROM.with_(sum=step.arithmetic, source=named)


def changes_of(statement: Statement, *, answer_days: int) -> tuple[Change, ...]:
    """What a paper not yet here would add: the statement's alternatives that name a paper and raise what is owed."""
    return tuple(
        Change(
            what=_IF.with_(label=_standing(alternative.label), note=alternative.note),
            how=_BRING,
            gain=alternative.difference,
            answer_days=answer_days,
        )
        for alternative in statement.alternatives
        if alternative.paper is not None and alternative.difference > 0
    )


def refused_of(statement: Statement) -> tuple[Refusal, ...]:
    """A refusal for each coverage that does not answer, with the facts on file that stopped it and the clause.

    The amount is what was claimed and is answered by no other coverage; a benefit, of which nothing was claimed, has none.
    A fact that was only assumed is no ground and is left out, so that `must_hold` keeps such a letter back.
    """
    answered = [c for c in statement.coverages if c.kind == "indemnity" and c.answers and c.lines]
    left = statement.claimed - sum(_fen(c.lines[0].before) for c in answered)
    refused: list[Refusal] = []
    for coverage in (c for c in statement.coverages if not c.answers):
        amount = left if coverage.kind == "indemnity" else 0
        refused.append(_refusal(statement.edition, coverage, amount=amount))
        left -= amount
    return tuple(refused)


def _refusal(edition: Edition, coverage: CoverageReading, *, amount: int) -> Refusal:
    clause = clause_of(edition, coverage.stop_clause or coverage.clause)
    why = _MEETS.with_(clause=clause.label, reason=coverage.stopped_by or coverage.label)
    return Refusal(label=coverage.label, amount=amount, facts=tuple(_stopping(coverage)), clauses=(clause,), why=why)


def _stopping(coverage: CoverageReading) -> Iterable[Fact]:
    """The facts that stopped a coverage: of the exclusion that applied, of the waiting period, or of its own condition."""
    applied = [tried for tried in coverage.exclusions if tried.holds and tried.clause == coverage.stop_clause]
    if not applied and coverage.waiting is not None and not coverage.waiting.over:
        return [Fact(what=coverage.waiting.because)]
    tried = applied[0] if applied else coverage.trigger
    return [
        Fact(what=_SEEN.with_(label=seen.label, value=seen.value), source=seen.source)
        for seen in tried.facts
        if not seen.assumed
    ]


def _standing(label: Words) -> Words:
    """A label that stands alone: English begins with a capital letter."""
    return Words(label.zh, label.en[0].upper() + label.en[1:])


def statement_fields(statement: Statement) -> dict[str, Any]:
    """The fields of a `CalculationStatement` that come from the calculation itself."""
    code = statement.fingerprint[:FINGERPRINT_SHOWN]
    return {
        "product": statement.edition.title,
        "edition": statement.edition.document.edition,
        "asked": statement.claimed,
        "coverages": tuple(_coverage(statement.edition, coverage) for coverage in statement.coverages),
        "exclusions": _exclusions(statement),
        "clauses": _clauses(statement),
        "owed": statement.owed,
        "engine": f"lipei-calculation {ENGINE_VERSION}",
        "fingerprint": " ".join(code[at : at + 4] for at in range(0, len(code), 4)),
    }


def _coverage(edition: Edition, coverage: CoverageReading) -> CoverageSteps:
    stop = None
    if coverage.stopped_by is not None:
        stop = Stop(why=coverage.stopped_by, clause=clause_of(edition, coverage.stop_clause or coverage.clause))
    steps = tuple(_step(edition, step) for step in coverage.lines)
    return CoverageSteps(name=coverage.label, steps=steps, owed=coverage.owed, stop=stop)


def _step(edition: Edition, step: StepTaken) -> Step:
    return Step(
        number=str(step.number),
        label=step.label,
        clause=clause_of(edition, step.clause),
        operands=tuple(_operands(step)),
        arithmetic=step.arithmetic,
        before=_fen(step.before),
        after=_fen(step.after),
        after_exact=None if isinstance(step.after, int) else both(exact_shown(step.after)),
        bound=step.bound,
        notes=tuple(_notes(step)),
    )


def _operands(step: StepTaken) -> Iterable[Operand]:
    """The numbers of a step: a name that repeats the step's, a source that repeats the name, and what the sum says, are left out."""
    for used in step.operands:
        name = None if used.name == step.label else used.name
        source = None if used.source == used.name else used.source
        value = used.figure.shown()
        if name is not None or source is not None or value.zh not in step.arithmetic.zh:
            yield Operand(name=name, value=value, source=source)


def _notes(step: StepTaken) -> Iterable[Words]:
    for tried in step.exceptions:
        said = _EXCEPTION_HOLDS if tried.holds else _EXCEPTION_FAILS
        yield said.with_(label=tried.label, because=tried.because)
    if step.replaced_by is not None:
        yield step.replaced_by
    if step.note is not None:
        yield step.note


def _exclusions(statement: Statement) -> tuple[Tried, ...]:
    """Each exclusion once, though several coverages tried it, and the waiting periods with them."""
    found: dict[tuple[str, Words], Tried] = {}
    for coverage in statement.coverages:
        if coverage.waiting is not None:
            waited = coverage.waiting
            because = (_DOES_NOT if waited.over else _APPLIES).with_(because=waited.because)
            clause = clause_of(statement.edition, waited.clause)
            found.setdefault(
                (waited.clause, waited.label), Tried(label=_standing(waited.label), clause=clause, why=because)
            )
        for tried in coverage.exclusions:
            found.setdefault((tried.clause, tried.label), _tried(statement.edition, tried))
    return tuple(found.values())


def _tried(edition: Edition, tried: ConditionTried) -> Tried:
    why = (_APPLIES if tried.holds else _DOES_NOT).with_(because=tried.because)
    return Tried(label=_standing(tried.label), clause=clause_of(edition, tried.clause), why=why)


def _clauses(statement: Statement) -> tuple[Clause, ...]:
    used = dict.fromkeys(step.clause for step in statement.lines)
    stops = dict.fromkeys(c.stop_clause for c in statement.coverages if c.stop_clause is not None)
    return tuple(clause_of(statement.edition, code) for code in (used | stops))
