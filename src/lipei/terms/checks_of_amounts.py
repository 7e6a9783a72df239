"""The static checks of amounts: bands without gaps, ratios within one, limits that can be reached, fields that fit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from lipei.terms import combinators as steps
from lipei.terms.document import Document
from lipei.terms.expressions import Expression
from lipei.terms.faults import Found, Path, error, warning
from lipei.terms.scalars import Exact, exact_shown
from lipei.terms.typecheck import Vocabulary
from lipei.terms.words import Words


def amount_faults(document: Document, within: Vocabulary) -> Iterator[Found]:
    """Faults and warnings of the amounts in all steps, exceptions included."""
    for number, coverage in enumerate(document.coverages):
        for at, step in enumerate(coverage.steps):
            here: Path = ("coverages", number, "steps", at)
            yield from _of_step(step, here, within)
            for place, exception in enumerate(step.exceptions):
                if isinstance(exception.instead, steps.StepBase):
                    yield from _of_step(exception.instead, (*here, "exceptions", place, "instead"), within)


def _constant(expression: Expression | None) -> Exact | None:
    """The number that is written; None for an expression, and for a date or a word, which is told as a fault of its own."""
    written = None if expression is None else expression.constant
    return written if isinstance(written, (int, Fraction)) else None


def _of_step(step: Any, path: Path, within: Vocabulary) -> Iterator[Found]:
    if isinstance(step, steps.Bands):
        yield from _bands(step, path, within)
    if isinstance(step, steps.Schedule):
        yield from _schedule(step, path)
    if isinstance(step, steps.RatioTable):
        yield from _ratio_table(step, path, within)
    if isinstance(step, steps.AmountTable):
        yield from _rows(step, path)
    if isinstance(step, steps.DisappearingDeductible):
        yield from _ordered("gone-before", step.amount, step.gone_at, (*path, "gone_at"))
    if isinstance(step, steps.PercentageDeductible) and step.at_least is not None and step.at_most is not None:
        yield from _ordered("least-above-most", step.at_least, step.at_most, (*path, "at_most"), equal=True)
    for name in ("pays", "share", "cap", "ratio", "rate"):
        value = _constant(getattr(step, name, None)) if hasattr(step, name) else None
        if value is not None and value > 1:
            yield _above_one((*path, name))
    for at, rate in enumerate(getattr(step, "rates", ())):
        if (_constant(rate) or 0) > 1:
            yield _above_one((*path, "rates", at))


def _above_one(path: Path) -> Found:
    return error(
        "ratio-above-one",
        path,
        Words("比例大于 100%，会付得比损失多", "the ratio is above 100% and would pay more than the loss"),
        Words("写 100% 或更小", "write 100% or less"),
    )


def _ordered(code: str, low: Expression, high: Expression, path: Path, *, equal: bool = False) -> Iterator[Found]:
    least, most = _constant(low), _constant(high)
    if least is None or most is None or least < most or (equal and least == most):
        return
    yield error(
        code,
        path,
        Words(f"{exact_shown(most)} 应当大于 {exact_shown(least)}", f"{exact_shown(most)} should be above {exact_shown(least)}"),
        Words("把两个金额换过来或改正", "exchange or correct the two amounts"),
    )


def _bands(step: steps.Bands, path: Path, within: Vocabulary) -> Iterator[Found]:
    if isinstance(step.table, list):
        yield from _table(step.table, (*path, "table"))
        return
    choices = within.choices.get(step.table.by, ())
    if not choices:  # the fact is unknown or no choice, which is said elsewhere
        return
    for choice in choices:
        if choice not in step.table.of:
            yield error(
                "gap",
                (*path, "table", "of"),
                Words(f"没有写“{choice}”的分段", f"there are no bands for “{choice}”"),
                Words("给每个选项都写上分段", "write bands for every choice"),
            )
    for choice, table in step.table.of.items():
        if choice not in choices:
            yield error(
                "unknown-choice",
                (*path, "table", "of", choice),
                Words(f"“{step.table.by}”没有选项“{choice}”", f"“{step.table.by}” has no choice “{choice}”"),
                Words(f"可选：{', '.join(choices)}", f"choose among: {', '.join(choices)}"),
            )
        yield from _table(table, (*path, "table", "of", choice))


def _table(table: list[steps.Band], path: Path) -> Iterator[Found]:
    last = len(table) - 1
    below: Any = 0
    if not table:
        yield error(
            "gap", path, Words("分段是空的", "the table is empty"), Words("至少写一段", "write at least one band")
        )
    for at, band in enumerate(table):
        if (band.to is None) != (at == last):
            yield error(
                "gap",
                (*path, at),
                Words("只有最后一段不写 to，而且必须不写", "the last band, and only the last, has no `to`"),
                Words("最后一段去掉 to，其余各段补上", "remove `to` from the last band and add it to the others"),
            )
        top = _constant(band.to)
        if top is not None and top <= below:
            yield error(
                "overlap",
                (*path, at, "to"),
                Words("这一段的上限不高于前一段", "this band does not end above the one before"),
                Words("分段从低到高写", "write the bands from low to high"),
            )
        below = top if top is not None else below
        ratio = _constant(band.ratio)
        if ratio is not None and ratio > 1:
            yield _above_one((*path, at, "ratio"))


def _schedule(step: steps.Schedule, path: Path) -> Iterator[Found]:
    before: Any = None
    for at, grade in enumerate(step.grades):
        ratio = _constant(grade.ratio)
        if grade.count.constant is not None:
            yield warning(
                "always",
                (*path, "grades", at, "count"),
                Words(
                    "伤情数写死了，每个案件都有这一级", "the number of injuries is fixed, so every claim has this grade"
                ),
                Words("写一个整数事实的名字，例如 grade_2", "name a whole-number fact, for instance grade_2"),
            )
        if ratio is not None and ratio > 1:
            yield _above_one((*path, "grades", at, "ratio"))
        if before is not None and ratio is not None and ratio > before:
            yield error(
                "overlap",
                (*path, "grades", at),
                Words("等级表要从重到轻，比例不能变大", "grades go from worst to lightest, ratios must not rise"),
                Words("调整次序或比例", "correct the order or the ratio"),
            )
        before = ratio if ratio is not None else before


def _ratio_table(step: steps.RatioTable, path: Path, within: Vocabulary) -> Iterator[Found]:
    choices = within.choices.get(step.by, ())
    if not choices:  # the fact is unknown or no choice, which is said elsewhere
        return
    for choice in sorted(set(choices) ^ set(step.ratios)):
        yield error(
            "gap" if choice in choices else "unknown-choice",
            (*path, "ratios"),
            Words(f"“{choice}”没有比例，或不是选项", f"“{choice}” has no ratio, or is no choice"),
            Words(f"正好写这些：{', '.join(choices)}", f"write exactly these: {', '.join(choices)}"),
        )
    for choice, ratio in step.ratios.items():
        if (_constant(ratio) or 0) > 1:
            yield _above_one((*path, "ratios", choice))


def _rows(step: steps.AmountTable, path: Path) -> Iterator[Found]:
    firsts = [_constant(row.at_least) for row in step.rows]
    for at, (before, first) in enumerate(pairwise(firsts), start=1):
        if before is not None and first is not None and first <= before:
            yield error(
                "overlap",
                (*path, "rows", at),
                Words("这一行的起点不高于前一行", "this row does not begin above the one before"),
                Words("从低到高写", "write the rows from low to high"),
            )
