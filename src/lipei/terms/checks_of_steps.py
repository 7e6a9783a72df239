"""The static checks of steps: their order, the categories they name, exceptions, labels, accumulators, changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lipei.terms import combinators as steps
from lipei.terms.document import Coverage, Document
from lipei.terms.fact_values import value_of_text
from lipei.terms.faults import Found, Path, TextFault, error
from lipei.terms.typecheck import Vocabulary
from lipei.terms.words import Words

STARTING = (steps.Sum, steps.PerDiem, steps.LumpSum, steps.Schedule, steps.AmountTable)
BY_ITEMS = (steps.Sum, steps.Exclude, steps.Limit, steps.Sublimit, steps.Copayment, steps.Coinsurance)
_PLACE = re.compile(r"[{}]")
_NAMED = re.compile(r"\{([A-Za-z0-9_]+)\}")


def step_faults(document: Document, within: Vocabulary) -> Iterator[Found]:
    """Faults and warnings of the steps, the accumulators they use, and the changes worth telling."""
    for number, coverage in enumerate(document.coverages):
        path: Path = ("coverages", number)
        yield from _order(coverage, path)
        for at, step in enumerate(coverage.steps):
            yield from _step(step, (*path, "steps", at), document, within)
    yield from _accumulators(document)
    yield from _changes(document)


def _order(coverage: Coverage, path: Path) -> Iterator[Found]:
    if not isinstance(coverage.steps[0], STARTING):
        yield error(
            "no-start",
            (*path, "steps", 0),
            Words("第一步没有金额可用", "the first step has no amount to begin with"),
            Words("先写 sum、per_diem、lump_sum 或 schedule", "begin with sum, per_diem, lump_sum or schedule"),
        )
    if coverage.kind == "indemnity" and not isinstance(coverage.steps[0], steps.Sum):
        yield error(
            "not-indemnity",
            (*path, "kind"),
            Words("补偿型责任要从费用合计开始", "an indemnity begins with the sum of the bills"),
            Words("第一步写 sum，或改成 kind: benefit", "begin with sum, or write kind: benefit"),
        )
    yield from _too_late(coverage, path)


def _too_late(coverage: Coverage, path: Path) -> Iterator[Found]:
    pooled = False
    for at, step in enumerate(coverage.steps):
        here = (*path, "steps", at)
        if at and isinstance(step, STARTING):
            yield error(
                "second-start",
                here,
                Words("这种步骤只能放在第一步", "a step of this kind can only be the first"),
                Words("另写一项责任", "write another coverage"),
            )
        by_lines = isinstance(step, BY_ITEMS) and (
            step.of is not None
            or isinstance(step, steps.Sublimit)
            or getattr(step, "scope", "") in ("item", "day", "person")
        )
        if by_lines and pooled:
            yield error(
                "too-late",
                here,
                Words(
                    "前面的步骤已经把费用合成一笔，不能再按类别算",
                    "an earlier step has made one amount of the lines; categories come too late",
                ),
                Words("把这一步移到前面", "move this step before it"),
            )
        pooled = pooled or not (isinstance(step, steps.Sum | steps.Exclude) or by_lines)


def _step(step: Any, path: Path, document: Document, within: Vocabulary) -> Iterator[Found]:
    yield from _single(step, path, document, within)
    for place, exception in enumerate(step.exceptions):
        inner = exception.instead
        if isinstance(inner, str):
            continue
        here = (*path, "exceptions", place, "instead")
        yield from _single(inner, here, document, within)
        starts_anew = isinstance(inner, STARTING) and type(inner) is not type(step)
        if inner.exceptions or inner.when is not None or starts_anew:
            yield error(
                "nested-exception",
                here,
                Words(
                    "例外里不能再有 when、例外或起始步骤",
                    "an exception holds no further `when`, exception or starting step",
                ),
                Words("把条件写进例外的 when", "put the condition into the exception's when"),
            )


def _single(step: Any, path: Path, document: Document, within: Vocabulary) -> Iterator[Found]:
    if isinstance(step, steps.Exclude) and not step.of:
        yield error(
            "exclude-nothing",
            path,
            Words("没有写不保哪些类别", "it does not say which categories are excluded"),
            Words("补上 of: [类别]", "add of: [categories]"),
        )
    if isinstance(step, steps.Limit) and step.scope == "day" and step.days is None:
        yield error(
            "no-days",
            path,
            Words("每日限额要知道天数", "a daily limit needs the days"),
            Words("补上 days:，例如 stay_days", "add days:, for instance stay_days"),
        )
    for name in _without_effect(step):
        yield error(
            "no-effect",
            (*path, name),
            Words(f"“{name}”在这一步不起作用", f"“{name}” has no effect in this step"),
            Words("删掉它，或换一种步骤或范围", "remove it, or take another step or scope"),
        )
    yield from _label(step.label, (*path, "label"), within)
    yield from _unit(step, path, document)


def _without_effect(step: Any) -> Iterator[str]:
    """Fields that are written though the step does not look at them."""
    of_total = not isinstance(step, BY_ITEMS) or (isinstance(step, steps.Copayment) and step.scope == "claim")
    if of_total and step.of is not None:
        yield "of"
    if isinstance(step, steps.Limit) and step.scope != "day" and step.days is not None:
        yield "days"
    if isinstance(step, steps.Layer) and step.accumulator is None and step.reinstatements is not None:
        yield "reinstatements"


def _label(label: Words, path: Path, within: Vocabulary) -> Iterator[Found]:
    for language in (label.zh, label.en):
        rest = _PLACE.search(_NAMED.sub("", language))
        if rest or any(name not in within.kinds for name in _NAMED.findall(language)):
            yield error(
                "label",
                path,
                Words("标题里的花括号要写事实名", "braces in a label must hold the name of a fact"),
                Words("写成 {事实名}，或去掉花括号", "write {fact_name}, or remove the braces"),
            )


def _unit(step: Any, path: Path, document: Document) -> Iterator[Found]:
    name = getattr(step, "accumulator", None)
    if name not in document.accumulators:
        return
    wanted = "days" if isinstance(step, steps.PerDiem) else "amount"
    if document.accumulators[name].unit != wanted:
        yield error(
            "unit",
            (*path, "accumulator"),
            Words("累计的单位不合", "the accumulator has another unit"),
            Words(f"这里要 unit: {wanted}", f"unit: {wanted} is needed here"),
        )


def _accumulators(document: Document) -> Iterator[Found]:
    for name, spec in document.accumulators.items():
        if spec.period == "policy_year" and spec.starts is None:
            yield error(
                "no-start-of-year",
                ("accumulators", name),
                Words("保单年度从哪天起没有写", "it does not say when the policy year begins"),
                Words("补上 starts: 起始日的名字", "add starts: with the name of the first day"),
            )
        for part in ("dated_by", "starts"):
            fact = {**document.policy, **document.facts}.get(getattr(spec, part) or "")
            if fact is not None and fact.kind != "date":
                yield error(
                    "not-a-date",
                    ("accumulators", name, part),
                    Words("这里要一个日期", "a date is needed here"),
                    Words("写一个 kind: date 的名字", "name something of kind: date"),
                )


def _changes(document: Document) -> Iterator[Found]:
    for at, change in enumerate(document.what_ifs):
        for part in ("set", "add"):
            for name, text in getattr(change, part).items():
                path: Path = ("what_ifs", at, part, name)
                spec = document.facts.get(name)
                if spec is None or (part == "add" and spec.kind not in ("amount", "whole")):
                    yield error(
                        "unknown-fact",
                        path,
                        Words(f"“{name}”不是可以这样改的事实", f"“{name}” is not a fact that can be changed so"),
                        Words(
                            "set 可写任何事实，add 只写金额或整数",
                            "set takes any fact, add only amounts and whole numbers",
                        ),
                    )
                    continue
                try:
                    value_of_text(spec, text)
                except TextFault as fault:
                    yield error("unreadable", path, fault.what, fault.cure)
