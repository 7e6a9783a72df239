"""Shows an edition as a person reads it: clauses, what is asked, coverages with every step in a sentence, papers, cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from lipei.products.showing_words import CODE_WORDS, FIELD_WORDS, PERIODS, PERSONS, STEP_WORDS
from lipei.terms.combinators import Band, BandsBy, StepException
from lipei.terms.document import Accumulator, Coverage, Exclusion, FactSpec
from lipei.terms.edition import Edition, clause_label
from lipei.terms.expressions import Expression
from lipei.terms.fact_values import value_shown
from lipei.terms.money import shown
from lipei.terms.saying import said
from lipei.terms.step_base import StepBase
from lipei.terms.typecheck import KIND_WORDS
from lipei.terms.words import Language, Words, both

HIDDEN = frozenset({"step", "label", "clause", "quiet", "exceptions", "kind", "on", "combine"})


def show(edition: Edition, *, language: Language) -> str:
    """The edition over many lines."""
    return "\n".join(one.in_(language) for one in _all(edition))


def _all(edition: Edition) -> Iterator[Words]:
    document = edition.document
    last = f" – {document.in_force.last}" if document.in_force.last else " –"
    yield _line("{title} · {code} · {first}{last} · {currency}", "{title} · {code} · {first}{last} · {currency}",
                title=edition.title, code=edition.code, first=document.in_force.first, last=last, currency=document.currency)  # fmt: skip
    yield Words("\n条文", "\nClauses")
    for clause in document.clauses:
        yield _line("  {n}  {text}", "  {n}  {text}", n=clause_label(clause.id), text=edition.clause(clause.id))
    for head, specs in ((Words("\n保单上写的", "\nWhat the policy says"), document.policy), (Words("\n要问的", "\nWhat is asked"), document.facts)):  # fmt: skip
        yield head
        for name, spec in specs.items():
            yield _asked(name, spec, edition)
    if document.values:
        yield Words("\n算出来的", "\nWhat is worked out")
        for name, derived in document.values.items():
            meaning = derived.rule or said(derived.value, edition=edition)
            yield _line(
                "  {label}（{name}）：{it}", "  {label} ({name}): {it}", label=derived.label, name=name, it=meaning
            )
    if document.accumulators:
        yield Words("\n累计", "\nWhat is counted over time")
        yield from (_accumulated(name, spec, edition) for name, spec in document.accumulators.items())
    if document.exclusions:
        yield Words("\n所有责任都不赔", "\nWhat no coverage answers for")
        yield from (_excluded(exclusion, edition) for exclusion in document.exclusions)
    for coverage in document.coverages:
        yield from _coverage(coverage, edition)
    yield Words("\n需要的材料", "\nPapers")
    for paper in document.documents.values():
        when = _line("，仅当{it}", ", only when {it}", it=said(paper.when, edition=edition)) if paper.when else None
        yield _line("  {label}：{shows}{when}（{n}）", "  {label}: {shows}{when} ({n})", label=paper.label, shows=paper.shows,
                    when=when or "", n=clause_label(paper.clause))  # fmt: skip
    yield Words("\n算例", "\nWorked cases")
    for case in document.cases:
        owed = shown(case.owed, document.currency)
        yield _line("  {name}：{owed}", "  {name}: {owed}", name=case.name, owed=owed)


def _line(zh: str, en: str, **values: object) -> Words:
    return Words(zh, en).with_(**values)


def _asked(name: str, spec: FactSpec, edition: Edition) -> Words:
    choices = _listed(list(spec.choices.values()), Words("、", ", ")) if spec.choices else KIND_WORDS[spec.kind]
    when: Words | str = ""
    otherwise = Words("；不写就是{it}", "; {it} when not said")
    if spec.needed_when is not None:
        when = _line("；仅当{it}", "; only when {it}", it=said(spec.needed_when, edition=edition))
        otherwise = Words("；不需要时是{it}", "; {it} when it is not needed")
    default: Words | str = ""
    if spec.default is not None:
        default = otherwise.with_(it=value_shown(spec.kind, edition.defaults[name], spec.choices))
    return _line("  {q}（{name}：{choices}{when}{default}）", "  {q} ({name}: {choices}{when}{default})",
                 q=spec.question or spec.label, name=name, choices=choices, default=default, when=when)  # fmt: skip


def _accumulated(name: str, spec: Accumulator, edition: Edition) -> Words:
    dated = edition.names.get(spec.dated_by, both(spec.dated_by))
    return _line("  {label}（{name}）：{period}，{person}，按{dated}（{n}）", "  {label} ({name}): {period}, {person}, by {dated} ({n})",
                 label=spec.label, name=name, period=PERIODS[spec.period], person=PERSONS[spec.person], dated=dated, n=clause_label(spec.clause))  # fmt: skip


def _coverage(coverage: Coverage, edition: Edition) -> Iterator[Words]:
    yield _line("\n责任：{label}（{n}）— {about}", "\nCoverage: {label} ({n}) – {about}", label=coverage.label,
                n=clause_label(coverage.clause), about=coverage.about)  # fmt: skip
    trigger = said(coverage.trigger.when, edition=edition)
    yield _line("  何时：{label} — {it}", "  When: {label} – {it}", label=coverage.trigger.label, it=trigger)
    if coverage.waiting is not None:
        unless = coverage.waiting.unless
        but = _line("；除非{it}", "; unless {it}", it=said(unless, edition=edition)) if unless else ""
        yield _line("  等待期：{label}{but}", "  Waiting period: {label}{but}", label=coverage.waiting.label, but=but)
    for exclusion in coverage.exclusions:
        yield _excluded(exclusion, edition)
    for number, step in enumerate(coverage.steps, start=1):
        yield _joined(both(f"  {number}. "), step_said(step, edition=edition))
        for exception in step.exceptions:
            yield _excepted(exception, edition)


def _excluded(exclusion: Exclusion, edition: Edition) -> Words:
    it = said(exclusion.when, edition=edition)
    return _line("  不赔：{label}（{n}）— {it}", "  Not: {label} ({n}) – {it}", label=exclusion.label, n=clause_label(exclusion.clause), it=it)  # fmt: skip


def _excepted(exception: StepException, edition: Edition) -> Words:
    instead = exception.instead
    other = (
        Words("这一步不做", "the step is left out") if isinstance(instead, str) else step_said(instead, edition=edition)
    )
    return _line("     例外：{label} — 若{it}：{other}", "     Exception: {label} – if {it}: {other}", label=exception.label,
                 it=said(exception.when, edition=edition), other=other)  # fmt: skip


def step_said(step: StepBase, *, edition: Edition) -> Words:
    """A step in one sentence: its label, what it does, with which amounts, by which clause."""
    parts = [
        _line("{name} {it}", "{name} {it}", name=FIELD_WORDS.get(name, both(name)), it=value)
        for name in type(step).model_fields
        if name not in HIDDEN and (value := _value(_by_choice(step, name, edition), edition)) is not None
    ]
    details = _listed(parts, Words("；", "; "))
    kind = STEP_WORDS.get(step.step, both(step.step))
    head = _line(
        "{label}（{n}）[{kind}]",
        "{label} ({n}) [{kind}]",
        label=_named(step.label, edition),
        n=clause_label(step.clause),
        kind=kind,
    )
    return _joined(head, Words("：", ": "), details) if parts else head


def _by_choice(part: BaseModel, name: str, edition: Edition) -> Any:
    """A field of a part; what it gives for each choice of the fact in `by` stands under the label of the choice."""
    value, fact = getattr(part, name), getattr(part, "by", None)
    spec = {**edition.document.policy, **edition.document.facts}.get(fact) if isinstance(fact, str) else None
    if not isinstance(value, dict) or spec is None:
        return value
    return {spec.choices.get(choice, both(choice)): one for choice, one in value.items()}


def _named(label: Words, edition: Edition) -> Words:
    """A label whose `{fact}` is put in by the fact's own label."""
    zh, en = label.zh, label.en
    for name, words in edition.names.items():
        zh, en = zh.replace("{" + name + "}", words.zh), en.replace("{" + name + "}", words.en)
    return Words(zh, en)


def _value(value: Any, edition: Edition) -> Words | None:
    """A field of a step in words; None when it is not written."""
    if value is None or value == []:
        return None
    if isinstance(value, Words):
        return value
    if isinstance(value, Expression):
        return said(value, edition=edition)
    if isinstance(value, BandsBy):
        return _value(_by_choice(value, "of", edition), edition)
    if isinstance(value, Band):
        top = Words("其余", "the rest") if value.to is None else _joined(both("≤ "), said(value.to, edition=edition))
        return _joined(top, both(" → "), said(value.ratio, edition=edition))
    if isinstance(value, BaseModel):
        fields = [_value(getattr(value, name), edition) for name in type(value).model_fields]
        return _listed([one for one in fields if one is not None], both(" → "))
    if isinstance(value, list):
        return _listed([one for item in value if (one := _value(item, edition)) is not None], Words("、", ", "))
    if isinstance(value, dict):
        return _listed(
            [_joined(key, Words("：", ": "), _value(one, edition) or both("–")) for key, one in value.items()], both(" | ")
        )
    text, document = str(value), edition.document
    accumulator = document.accumulators.get(text)
    known = accumulator.label if accumulator else document.categories.get(text) or edition.names.get(text)
    return known or CODE_WORDS.get(text, both(text))


def _joined(*parts: Words) -> Words:
    return Words("".join(part.zh for part in parts), "".join(part.en for part in parts))


def _listed(parts: list[Words], joint: Words) -> Words:
    return Words(joint.zh.join(part.zh for part in parts) or "–", joint.en.join(part.en for part in parts) or "–")
