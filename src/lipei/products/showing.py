"""Shows an edition as a person reads it: clauses, what is asked, coverages with every step in a sentence, papers, cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from lipei.terms.combinators import Band, BandsBy, StepException
from lipei.terms.document import Accumulator, Coverage, Exclusion, FactSpec
from lipei.terms.edition import Edition, clause_label
from lipei.terms.expressions import Expression
from lipei.terms.money import shown
from lipei.terms.saying import said
from lipei.terms.step_base import StepBase
from lipei.terms.words import Language, Words, both

STEP_WORDS: dict[str, Words] = {
    "sum": Words("费用合计", "the bill added up"),
    "exclude": Words("不保", "taken out of cover"),
    "limit": Words("限额", "no more than"),
    "sublimit": Words("分项限额", "inside the whole no more than"),
    "aggregate_limit": Words("累计限额", "in the period no more than"),
    "prior_payment": Words("减去已付", "less what is paid already"),
    "deductible": Words("免赔额", "less a deductible"),
    "aggregate_deductible": Words("累计免赔额", "less a deductible of the period"),
    "family_deductible": Words("家庭免赔额", "less a deductible of the family"),
    "franchise": Words("起赔额", "nothing below"),
    "copayment": Words("每次自付", "less a fixed payment"),
    "coinsurance": Words("按比例", "paid in part"),
    "bands": Words("分段", "paid by bands"),
    "per_diem": Words("按日", "by the day"),
    "lump_sum": Words("定额", "a fixed amount"),
    "schedule": Words("按等级表", "by a table of grades"),
    "amount_table": Words("分档", "by steps"),
    "average": Words("比例赔付", "in the proportion insured"),
    "first_loss": Words("第一危险", "up to the sum insured, without proportion"),
    "depreciation": Words("折旧", "less depreciation"),
    "salvage": Words("减残值", "less salvage"),
    "contribution": Words("与他人分摊", "our share among insurers"),
    "round": Words("取整", "rounded"),
}
FIELD_WORDS: dict[str, Words] = {
    "of": Words("类别", "of"),
    "limit": Words("限额", "limit"),
    "amount": Words("金额", "amount"),
    "amounts": Words("与之比较", "compared with"),
    "scope": Words("每", "for each"),
    "days": Words("天数", "days"),
    "daily": Words("日额", "a day"),
    "elimination_days": Words("先不付的天数", "days not paid at first"),
    "days_max": Words("最多天数", "days at most"),
    "accumulator": Words("累计", "counted in"),
    "family_accumulator": Words("家庭累计", "counted for the family in"),
    "family_amount": Words("全家", "for the family"),
    "payer": Words("付款方", "paid by"),
    "pays": Words("付", "pays"),
    "share": Words("份额", "share"),
    "ratio": Words("比例", "ratio"),
    "rate": Words("每期比例", "for each period"),
    "rates": Words("比例", "rates"),
    "cap": Words("最多", "at most"),
    "base": Words("基数", "of"),
    "at_least": Words("至少", "at least"),
    "at_most": Words("至多", "at most"),
    "insured": Words("保险金额", "sum insured"),
    "value": Words("价值", "value"),
    "required": Words("应保比例", "to be insured"),
    "table": Words("分段", "bands"),
    "to": Words("到", "to"),
    "by": Words("按", "by"),
    "when": Words("仅当", "only when"),
    "note": Words("说明", "note"),
}
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
    choices = Words("、".join(w.zh for w in spec.choices.values()) or spec.kind, ", ".join(w.en for w in spec.choices.values()) or spec.kind)  # fmt: skip
    default = _line("；不写就是 {it}", "; {it} when not said", it=spec.default) if spec.default is not None else ""
    when = (
        _line("；仅当{it}", "; only when {it}", it=said(spec.needed_when, edition=edition)) if spec.needed_when else ""
    )
    return _line("  {q}（{name}：{choices}{default}{when}）", "  {q} ({name}: {choices}{default}{when})",
                 q=spec.question or spec.label, name=name, choices=choices, default=default, when=when)  # fmt: skip


def _accumulated(name: str, spec: Accumulator, edition: Edition) -> Words:
    dated = edition.names.get(spec.dated_by, both(spec.dated_by))
    return _line("  {label}（{name}）：{period}，{person}，按{dated}（{n}）", "  {label} ({name}): {period}, {person}, by {dated} ({n})",
                 label=spec.label, name=name, period=spec.period, person=spec.person, dated=dated, n=clause_label(spec.clause))  # fmt: skip


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
        if name not in HIDDEN and (value := _value(getattr(step, name), edition)) is not None
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
        parts = [
            _joined(both(f"{choice}: "), _value(table, edition) or both("–")) for choice, table in value.of.items()
        ]
        return _listed(parts, both(" | "))
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
            [_joined(both(f"{key} "), _value(one, edition) or both("–")) for key, one in value.items()], both(" | ")
        )
    text = str(value)
    return edition.document.categories.get(text) or edition.names.get(text) or both(text)


def _joined(*parts: Words) -> Words:
    return Words("".join(part.zh for part in parts), "".join(part.en for part in parts))


def _listed(parts: list[Words], joint: Words) -> Words:
    return Words(joint.zh.join(part.zh for part in parts) or "–", joint.en.join(part.en for part in parts) or "–")
