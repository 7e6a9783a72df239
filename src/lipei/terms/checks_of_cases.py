"""The static checks of worked cases: names, facts, balances, amounts and days that fit the document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from lipei.terms.document import Document, FactSpec, WorkedCase
from lipei.terms.fact_values import out_of_range, value_of_text
from lipei.terms.faults import Found, Path, TextFault, error, warning
from lipei.terms.money import AmountFault, amount_of, plain
from lipei.terms.scalars import whole_of
from lipei.terms.words import Words

FIRST_DAY_OF_COVER = "cover_from"
"""The policy value that the contract itself fills in; by it the edition of a policy is chosen."""
DAYS_OR_AMOUNT = Words("天数写 3，金额写 1234.50", "write days as 3, amounts as 1234.50")


def unknown(code: str, path: Path, name: str, known: list[str]) -> Found:
    """A name that the document does not declare, with those it does."""
    names = ", ".join(known) or "–"
    what = Words(f"没有叫“{name}”的", f"“{name}” is not declared")
    return error(f"unknown-{code}", path, what, Words(f"可用：{names}", f"available: {names}"))


def case_faults(document: Document) -> Iterator[Found]:
    """Everything wrong with the worked cases that can be seen without calculating them."""
    if not document.cases:
        yield warning(
            "no-cases",
            ("product",),
            Words("没有算例，不能生效", "there are no worked cases: it cannot be put in force"),
            Words("写上 cases", "write cases"),
        )
    names: set[str] = set()
    for at, case in enumerate(document.cases):
        path: Path = ("cases", at)
        if {case.name.zh, "en:" + case.name.en} & names:
            yield error(
                "case-twice",
                (*path, "name"),
                Words(f"算例“{case.name.zh}”写了两次", f"the worked case “{case.name.en}” is there twice"),
                Words("换一个名字，说出它特别在哪里", "give it another name that says what is special in it"),
            )
        names |= {case.name.zh, "en:" + case.name.en}
        yield from _given(document, case, path)
        yield from _balances(document, case, path)
        yield from _bill(document, case, path)
        yield from _expected(document, case, path)


def _given(document: Document, case: WorkedCase, path: Path) -> Iterator[Found]:
    for section, specs in (("policy", document.policy), ("facts", document.facts)):
        given: dict[str, str] = getattr(case, section)
        for name, text in given.items():
            if name not in specs:
                yield unknown("fact", (*path, section, name), name, list(specs))
                continue
            yield from _value(specs[name], text, (*path, section, name), document, name)
        for name, spec in specs.items():
            if spec.default is None and name not in given:
                yield error(
                    "fact-missing",
                    (*path, section, name),
                    Words(f"没有写“{name}”", f"“{name}” is not given"),
                    Words(f"补上 {name}:，或给它 default", f"add {name}:, or give it a default"),
                )


def _value(spec: FactSpec, text: str, path: Path, document: Document, name: str) -> Iterator[Found]:
    try:
        value = value_of_text(spec, text)
    except TextFault as fault:
        yield error("unreadable", path, fault.what, fault.cure)
        return
    outside = _outside(spec, value)
    if outside is not None:
        yield error(
            "out-of-range", path, outside, Words("改正数值，或放宽范围", "correct the value, or widen the range")
        )
    if name == FIRST_DAY_OF_COVER and isinstance(value, date) and not document.in_force.holds(value):
        yield warning(
            "case-out-of-force",
            path,
            Words("这一天本版条款不在有效期内", "this edition is not in force on this day"),
            Words("换成 in_force 里的日期", "take a day within in_force"),
        )


def _outside(spec: FactSpec, value: Any) -> Words | None:
    try:
        return out_of_range(spec, value)
    except TextFault:  # the range itself cannot be read, which is a fault of the fact
        return None


def _balances(document: Document, case: WorkedCase, path: Path) -> Iterator[Found]:
    for name, text in case.balances.items():
        here = (*path, "balances", name)
        spec = document.accumulators.get(name)
        if spec is None:
            yield unknown("accumulator", here, name, list(document.accumulators))
            continue
        try:
            used = whole_of(text) if spec.unit == "days" else amount_of(text)
        except AmountFault as fault:
            yield error("unreadable", here, fault.words, DAYS_OR_AMOUNT)
            continue
        except TextFault as fault:
            yield error("unreadable", here, fault.what, fault.cure)
            continue
        if used < 0:
            yield _below_zero(here)


def _below_zero(path: Path) -> Found:
    what = Words("这里不能小于零", "this cannot be below zero")
    return error("negative", path, what, Words("写零或更大的值", "write zero or more"))


def _bill(document: Document, case: WorkedCase, path: Path) -> Iterator[Found]:
    for place, item in enumerate(case.items):
        here = (*path, "items", place)
        if item.category not in document.categories:
            yield unknown("category", here, item.category, list(document.categories))
        if min(item.claimed, item.allowed or 0, item.days or 0) < 0:
            yield _below_zero(here)
        elif item.allowed is not None and item.allowed > item.claimed:
            yield error(
                "allowed-above-claimed",
                (*here, "allowed"),
                Words("认可的比申请的多", "more is allowed than was claimed"),
                Words("allowed 不能大于 claimed", "let allowed be no more than claimed"),
            )


def _expected(document: Document, case: WorkedCase, path: Path) -> Iterator[Found]:
    ids = [coverage.id for coverage in document.coverages]
    numbers = [clause.id for clause in document.clauses]
    for name in [*case.coverages, *case.refused_by]:
        if name not in ids:
            section = "coverages" if name in case.coverages else "refused_by"
            yield unknown("coverage", (*path, section, name), name, ids)
    for name, number in case.refused_by.items():
        if number not in numbers:
            yield unknown("clause", (*path, "refused_by", name), number, numbers)
    if min([case.owed, *case.coverages.values()]) < 0:
        yield _below_zero((*path, "owed"))
    parts = sum(case.coverages.values())
    if set(case.coverages) == set(ids) and parts != case.owed:
        yield error(
            "sum",
            (*path, "owed"),
            Words(
                f"各责任合计 {plain(parts)}，不是 {plain(case.owed)}",
                f"the coverages come to {plain(parts)}, not {plain(case.owed)}",
            ),
            Words("改正其中一个数", "correct one of the amounts"),
        )
