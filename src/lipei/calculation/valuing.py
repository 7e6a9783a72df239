"""Combinators of value and of fixed benefits: average, depreciation, salvage, per diem, lump sum, schedule, rounding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from lipei.calculation.figures import Figure, Operand, Piece, at_most, days, money, ratio, rounded, times
from lipei.calculation.taking_off import less, one_amount, where_from
from lipei.calculation.working import Outcome, Use, Work
from lipei.terms import combinators as steps
from lipei.terms.scalars import Exact, whole_if_can
from lipei.terms.words import Words

NOT_ALLOWED_ON_ASSESSMENT = Words("审核核减", "not allowed on assessment")
SUM_INSURED = Words("保险金额", "sum insured")
SUM_THAT_SHOULD_BE_INSURED = Words("应保金额", "sum that should be insured")
FULLY_INSURED = Words("，足额", ", fully insured")
PERIODS_OF_USE = Words("已用期数", "periods of use")
DAYS_IN_HOSPITAL = Words("住院天数", "days in hospital")
MOST_DAYS = Words("最多天数", "days at most")
THE_LESSER_OF = Words("取小：", "the lesser of ")
THE_GREATER_OF = Words("取大：", "the greater of ")
AMOUNT_A_DAY = Words("每日金额", "amount a day")
NO_GRADE = Words("没有列入表中的等级", "no grade of the table")
TIED_SO_PROMOTED = Words("（最重等级并列，晋升一级）", " (worst grade tied, one grade up)")
DAYS_PAID = Words("给付天数", "days paid")


def total(step: steps.Sum, work: Work) -> Outcome:
    """Adds up what was claimed, less what the assessor did not allow."""
    places = work.places(step.of)
    claimed = sum(work.lines[at].claimed for at in places)
    items: list[Exact] = [0] * len(work.lines)
    for at in places:
        items[at] = work.lines[at].counted
    after = sum(items)
    if after == claimed:
        return Outcome(after, lambda: (_counted(places, work),), lambda: _by_category(places, work), items=items)
    cut = claimed - after
    return Outcome(
        after,
        lambda: (_counted(places, work), Words("；", "; "), money(claimed), " − ", money(cut)),
        lambda: (*_by_category(places, work), Operand(NOT_ALLOWED_ON_ASSESSMENT, money(cut), None)),
        True,
        items=items,
    )


def _counted(places: Sequence[int], work: Work) -> Words:
    kinds = len({work.lines[at].category for at in places})
    return Words(f"{kinds} 类，{len(places)} 行", f"kinds: {kinds}, lines: {len(places)}")


def _by_category(places: Sequence[int], work: Work) -> tuple[Operand, ...]:
    """What was claimed in each category, in the order of the bill; a single line keeps its own name and source."""
    groups: dict[str, list[int]] = {}
    for at in places:
        groups.setdefault(work.lines[at].category, []).append(at)
    return tuple(
        Operand(
            work.line_name(group[0]) if len(group) == 1 else work.categories[category],
            money(sum(work.lines[at].claimed for at in group)),
            work.lines[group[0]].source if len(group) == 1 else None,
        )
        for category, group in groups.items()
    )


def average(step: steps.Average, work: Work) -> Outcome:
    """Pays in the proportion of the sum insured to the required part of the value, never more than the whole."""
    insured, value = step.insured.value(work.env), step.value.value(work.env)
    required = times(value, Fraction(1) if step.required is None else step.required.value(work.env))
    share = Fraction(1) if required <= insured else Fraction(insured) / Fraction(required)

    def operands() -> tuple[Operand, ...]:
        return (
            Operand(SUM_INSURED, money(insured), where_from(work, step.insured)),
            Operand(SUM_THAT_SHOULD_BE_INSURED, money(required), where_from(work, step.value)),
        )

    if share == 1:
        return Outcome(work.amount, lambda: (money(insured), " ≥ ", money(required), FULLY_INSURED), operands)
    return Outcome(
        times(work.amount, share),
        lambda: (money(work.amount), " × ", money(insured), " ÷ ", money(required)),
        operands,
        True,
    )


def depreciation(step: steps.Depreciation, work: Work) -> Outcome:
    """Takes off a rate for each whole period of age, at most the cap, of the base or of the amount."""
    age, rate, cap = step.periods.value(work.env), step.rate.value(work.env), step.cap.value(work.env)
    share = min(age * Fraction(rate), Fraction(cap))
    base = work.amount if step.base is None else step.base.value(work.env)
    off = at_most(work.amount, times(base, share))
    return Outcome(
        whole_if_can(work.amount - off),
        lambda: (money(work.amount), " − ", money(base), " × ", ratio(share)),
        lambda: (
            Operand(PERIODS_OF_USE, Figure("count", age), where_from(work, step.periods)),
            Operand(step.label, ratio(rate), where_from(work, step.rate)),
        ),
        off > 0,
    )


def salvage(step: steps.Salvage, work: Work) -> Outcome:
    """Subtracts the value of what is kept, never below zero."""
    value = step.amount.value(work.env)
    off = at_most(work.amount, value)
    return less(work.amount, off, one_amount(work, step.label, value, step.amount))


def lesser_of(step: steps.LesserOf, work: Work) -> Outcome:
    """The smallest of the amount and those named."""
    return _chosen(step, work, min)


def greater_of(step: steps.GreaterOf, work: Work) -> Outcome:
    """The greatest of the amount and those named."""
    return _chosen(step, work, max)


def _chosen(step: steps.LesserOf | steps.GreaterOf, work: Work, choose: object) -> Outcome:
    named = [amount.value(work.env) for amount in step.amounts]
    after = (min if choose is min else max)([work.amount, *named])

    def pieces() -> tuple[Piece, ...]:
        written: list[Piece] = [THE_LESSER_OF if choose is min else THE_GREATER_OF, money(work.amount)]
        for amount in named:
            written += [" / ", money(amount)]
        return tuple(written)

    def operands() -> tuple[Operand, ...]:
        pairs = zip(named, step.amounts, strict=True)
        return tuple(Operand(step.label, money(value), where_from(work, amount)) for value, amount in pairs)

    return Outcome(after, pieces, operands, after < work.amount)


def per_diem(step: steps.PerDiem, work: Work) -> Outcome:
    """A daily benefit after the elimination days, at most the days left of the maximum."""
    daily, stayed = step.daily.value(work.env), step.days.value(work.env)
    waited = step.elimination_days.value(work.env) if step.elimination_days is not None else 0
    used = work.balances[step.accumulator].used if step.accumulator is not None else 0
    paid_days = max(stayed - waited, 0)
    most = None if step.days_max is None else max(step.days_max.value(work.env) - used, 0)
    capped = most is not None and paid_days > most
    if capped and most is not None:
        paid_days = most

    def pieces() -> tuple[Piece, ...]:
        if waited and not capped:
            return (Words("（", "("), days(stayed), " − ", days(waited), Words("）× ", ") × "), money(daily))
        return (days(paid_days), " × ", money(daily))

    uses = (Use(step.accumulator, paid_days),) if step.accumulator is not None else ()
    bound = capped or (waited > 0 and stayed > 0)
    return Outcome(daily * paid_days, pieces, lambda: _days_used(step, work, paid_days), bound, uses)


def _days_used(step: steps.PerDiem, work: Work, paid_days: int) -> tuple[Operand, ...]:
    stayed = Operand(DAYS_IN_HOSPITAL, days(step.days.value(work.env)), where_from(work, step.days))
    daily = Operand(AMOUNT_A_DAY, money(step.daily.value(work.env)), where_from(work, step.daily))
    paid = Operand(DAYS_PAID, days(paid_days), None)
    if step.days_max is None:
        return (stayed, daily, paid)
    most = Operand(MOST_DAYS, days(step.days_max.value(work.env)), where_from(work, step.days_max))
    return (stayed, daily, paid, most)


def lump_sum(step: steps.LumpSum, work: Work) -> Outcome:
    """A fixed benefit."""
    amount = step.amount.value(work.env)
    operands = one_amount(work, step.label, amount, step.amount)
    return Outcome(amount, lambda: (money(amount),), operands)


def schedule(step: steps.Schedule, work: Work) -> Outcome:
    """A ratio of the sum insured by grade, with the rule for several injuries of one accident."""
    insured = step.insured.value(work.env)
    found = [(at, grade.count.value(work.env)) for at, grade in enumerate(step.grades)]
    present = [(at, count) for at, count in found if count > 0]

    def operands() -> tuple[Operand, ...]:
        grades = ((step.grades[at], count) for at, count in present)
        return (
            Operand(SUM_INSURED, money(insured), where_from(work, step.insured)),
            *(Operand(one.label, Figure("count", count), where_from(work, one.count)) for one, count in grades),
        )

    if not present:
        return Outcome(0, (NO_GRADE,), operands)
    worst, tied = present[0]
    if step.combine == "add_capped":
        share = min(
            sum((Fraction(step.grades[at].ratio.value(work.env)) * count for at, count in present), Fraction(0)),
            Fraction(1),
        )
        return Outcome(times(insured, share), lambda: (money(insured), " × ", ratio(share)), operands)
    promoted = step.combine == "worst_promoted" and tied > 1 and worst > 0
    grade = step.grades[worst - 1 if promoted else worst]
    share = Fraction(grade.ratio.value(work.env))
    said = TIED_SO_PROMOTED if promoted else ""
    return Outcome(
        times(insured, share),
        lambda: (money(insured), " × ", ratio(share), Words("，", ", "), grade.label, said),
        operands,
    )


ROUNDED_TO = {"0.01": 1, "0.10": 10, "1.00": 100}


def round_off(step: steps.Round, work: Work) -> Outcome:
    """Half up, away from zero, to the cent, ten cents or yuan that the clause names."""
    after = rounded(work.amount, ROUNDED_TO[step.to])
    return Outcome(after, lambda: (money(work.amount), " → ", money(after)))
