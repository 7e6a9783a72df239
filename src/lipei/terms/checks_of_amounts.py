"""The static checks of amounts: bands without gaps, ratios within one, limits that can be reached, fields that fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lipei.terms import combinators as steps
from lipei.terms.document import Coverage, Document
from lipei.terms.expressions import Expression
from lipei.terms.faults import Path, Severity
from lipei.terms.money import AMOUNT_MAX, plain
from lipei.terms.typecheck import Vocabulary
from lipei.terms.words import Words

Found = tuple[str, Path, Words, Words, Severity]
INT64_MAX = 2**63 - 1


def amount_faults(document: Document, within: Vocabulary) -> Iterator[Found]:
    """Faults and warnings of the amounts in all steps, exceptions included."""
    for number, coverage in enumerate(document.coverages):
        for at, step in enumerate(coverage.steps):
            here: Path = ("coverages", number, "steps", at)
            yield from _of_step(step, here, within)
            for place, exception in enumerate(step.exceptions):
                if isinstance(exception.instead, steps.StepBase):
                    yield from _of_step(exception.instead, (*here, "exceptions", place, "instead"), within)
        yield from _unreachable(coverage, ("coverages", number))
        yield from _overflow(coverage, ("coverages", number))


def _fault(code: str, path: Path, what: Words, cure: Words, severity: Severity = "error") -> Found:
    return (code, path, what, cure, severity)


def _constant(expression: Expression | None) -> Any:
    return None if expression is None else expression.constant


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
        if _constant(rate) is not None and rate.constant > 1:
            yield _above_one((*path, "rates", at))


def _above_one(path: Path) -> Found:
    return _fault(
        "ratio-above-one",
        path,
        Words("比例大于 100%，会付得比损失多", "the ratio is above 100% and would pay more than the loss"),
        Words("写 100% 或更小", "write 100% or less"),
    )


def _ordered(code: str, low: Expression, high: Expression, path: Path, *, equal: bool = False) -> Iterator[Found]:
    least, most = low.constant, high.constant
    if least is None or most is None or least < most or (equal and least == most):
        return
    yield _fault(
        code,
        path,
        Words(f"{plain(most)} 应当大于 {plain(least)}", f"{plain(most)} should be above {plain(least)}"),
        Words("把两个金额换过来或改正", "exchange or correct the two amounts"),
    )


def _bands(step: steps.Bands, path: Path, within: Vocabulary) -> Iterator[Found]:
    if isinstance(step.table, list):
        yield from _table(step.table, (*path, "table"))
        return
    choices = within.choices.get(step.table.by, ())
    for choice in choices:
        if choice not in step.table.of:
            yield _fault(
                "gap",
                (*path, "table", "of"),
                Words(f"没有写“{choice}”的分段", f"there are no bands for “{choice}”"),
                Words("给每个选项都写上分段", "write bands for every choice"),
            )
    for choice, table in step.table.of.items():
        if choice not in choices:
            yield _fault(
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
        yield _fault(
            "gap", path, Words("分段是空的", "the table is empty"), Words("至少写一段", "write at least one band")
        )
    for at, band in enumerate(table):
        if (band.to is None) != (at == last):
            yield _fault(
                "gap",
                (*path, at),
                Words("只有最后一段不写 to，而且必须不写", "the last band, and only the last, has no `to`"),
                Words("最后一段去掉 to，其余各段补上", "remove `to` from the last band and add it to the others"),
            )
        top = _constant(band.to)
        if top is not None and top <= below:
            yield _fault(
                "overlap",
                (*path, at, "to"),
                Words("这一段的上限不高于前一段", "this band does not end above the one before"),
                Words("分段从低到高写", "write the bands from low to high"),
            )
        below = top if top is not None else below
        ratio = band.ratio.constant
        if ratio is not None and ratio > 1:
            yield _above_one((*path, at, "ratio"))


def _schedule(step: steps.Schedule, path: Path) -> Iterator[Found]:
    before: Any = None
    for at, grade in enumerate(step.grades):
        ratio = grade.ratio.constant
        if ratio is not None and ratio > 1:
            yield _above_one((*path, "grades", at, "ratio"))
        if before is not None and ratio is not None and ratio > before:
            yield _fault(
                "overlap",
                (*path, "grades", at),
                Words("等级表要从重到轻，比例不能变大", "grades go from worst to lightest, ratios must not rise"),
                Words("调整次序或比例", "correct the order or the ratio"),
            )
        before = ratio if ratio is not None else before


def _ratio_table(step: steps.RatioTable, path: Path, within: Vocabulary) -> Iterator[Found]:
    choices = within.choices.get(step.by, ())
    for choice in sorted(set(choices) ^ set(step.ratios)):
        yield _fault(
            "gap" if choice in choices else "unknown-choice",
            (*path, "ratios"),
            Words(f"“{choice}”没有比例，或不是选项", f"“{choice}” has no ratio, or is no choice"),
            Words(f"正好写这些：{', '.join(choices)}", f"write exactly these: {', '.join(choices)}"),
        )
    for choice, ratio in step.ratios.items():
        if ratio.constant is not None and ratio.constant > 1:
            yield _above_one((*path, "ratios", choice))


def _rows(step: steps.AmountTable, path: Path) -> Iterator[Found]:
    firsts = [row.at_least.constant for row in step.rows]
    for at in range(1, len(firsts)):
        if firsts[at] is not None and firsts[at - 1] is not None and firsts[at] <= firsts[at - 1]:
            yield _fault(
                "overlap",
                (*path, "rows", at),
                Words("这一行的起点不高于前一行", "this row does not begin above the one before"),
                Words("从低到高写", "write the rows from low to high"),
            )


def _unreachable(coverage: Coverage, path: Path) -> Iterator[Found]:
    """A limit on the total that a lower limit before it makes pointless (constants only)."""
    ceiling: Any = None
    for at, step in enumerate(coverage.steps):
        if step.when is not None or step.exceptions:
            continue
        total = isinstance(step, steps.AggregateLimit) or (isinstance(step, steps.Limit) and step.of is None)
        if not total or (isinstance(step, steps.Limit) and step.scope in ("item", "day", "person")):
            continue
        most = step.limit.constant  # type: ignore[union-attr]
        if most is None:
            continue
        if ceiling is not None and most >= ceiling:
            yield _fault(
                "unreachable",
                (*path, "steps", at, "limit"),
                Words(
                    f"前面已经限到 {plain(ceiling)}，这个限额碰不到",
                    f"an earlier limit of {plain(ceiling)} keeps this one from being reached",
                ),
                Words("改小，或删掉这一步", "lower it, or remove the step"),
                "warning",
            )
        ceiling = most if ceiling is None else min(ceiling, most)


def _overflow(coverage: Coverage, path: Path) -> Iterator[Found]:
    """Ratios without rounding between them: what cannot fit in 64 bits is calculated exactly, but more slowly."""
    widest = 1
    for at, step in enumerate(coverage.steps):
        widest = 1 if isinstance(step, steps.Round) else widest * _denominator(step)
        if widest * AMOUNT_MAX > INT64_MAX:
            yield _fault(
                "possible-overflow",
                (*path, "steps", at),
                Words("到这一步为止的比例太细，64 位放不下", "up to here the ratios are too fine for 64 bits"),
                Words(
                    "在前面加一步 round，或接受较慢的精确算法",
                    "add a round step before, or accept the slower exact way",
                ),
                "warning",
            )
            return


def _denominator(step: Any) -> int:
    table = getattr(step, "table", None)
    tables = list(table.of.values()) if isinstance(table, steps.BandsBy) else [table] if table else []
    found = [band.ratio for bands in tables for band in bands]
    found += [
        getattr(step, name)
        for name in ("pays", "share", "rate", "ratio")
        if isinstance(getattr(step, name, None), Expression)
    ]
    largest = 1
    for ratio in found:
        if ratio.constant is not None:
            largest = max(largest, getattr(ratio.constant, "denominator", 1))
    for rate in getattr(step, "rates", ()):
        largest *= getattr(rate.constant, "denominator", 1) if rate.constant is not None else 1
    return largest
