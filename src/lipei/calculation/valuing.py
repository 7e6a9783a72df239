"""Combinators of value and of fixed benefits: average, depreciation, salvage, per diem, lump sum, schedule, rounding."""

from __future__ import annotations

from fractions import Fraction

from lipei.calculation.figures import Figure, Operand, Piece, days, money, ratio, rounded, times
from lipei.calculation.taking_off import less, where_from
from lipei.calculation.working import Outcome, Use, Work
from lipei.terms import combinators as steps
from lipei.terms.scalars import Exact, whole_if_can
from lipei.terms.words import Words

NOT_ALLOWED_ON_ASSESSMENT = Words("审核核减", "not allowed on assessment")
SUM_INSURED = Words("保险金额", "sum insured")
SUM_THAT_SHOULD_BE_INSURED = Words("应保金额", "sum that should be insured")
PERIODS_OF_USE = Words("已用期数", "periods of use")
DAYS_IN_HOSPITAL = Words("住院天数", "days in hospital")
AMOUNT_A_DAY = Words("每日金额", "amount a day")
DAYS_PAID = Words("给付天数", "days paid")


def total(step: steps.Sum, work: Work) -> Outcome:
    """Adds up what was claimed, less what the assessor did not allow."""
    places = work.places(step.of)
    claimed = sum(work.lines[at].claimed for at in places)
    items: list[Exact] = [work.lines[at].counted if at in set(places) else 0 for at in range(len(work.lines))]
    after = sum(items)
    kinds = len({work.lines[at].category for at in places})
    counted = Words(f"{kinds} 类，{len(places)} 行", f"kinds: {kinds}, lines: {len(places)}")
    operands = _by_category(places, work)
    if after == claimed:
        return Outcome(after, (counted,), operands, items=items)
    cut = Operand(NOT_ALLOWED_ON_ASSESSMENT, money(claimed - after), None)
    pieces: tuple[Piece, ...] = (counted, Words("；", "; "), money(claimed), " − ", money(claimed - after))
    return Outcome(after, pieces, (*operands, cut), True, items=items)


def _by_category(places: list[int], work: Work) -> tuple[Operand, ...]:
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
    operands = (
        Operand(SUM_INSURED, money(insured), where_from(work, step.insured)),
        Operand(SUM_THAT_SHOULD_BE_INSURED, money(required), where_from(work, step.value)),
    )
    if share == 1:
        return Outcome(
            work.amount, (money(insured), " ≥ ", money(required), Words("，足额", ", fully insured")), operands
        )
    pieces = (money(work.amount), " × ", money(insured), " ÷ ", money(required))
    return Outcome(times(work.amount, share), pieces, operands, True)


def depreciation(step: steps.Depreciation, work: Work) -> Outcome:
    """Takes off a rate for each whole period of age, at most the cap, of the base or of the amount."""
    age, rate, cap = step.periods.value(work.env), step.rate.value(work.env), step.cap.value(work.env)
    share = min(age * Fraction(rate), Fraction(cap))
    base = work.amount if step.base is None else step.base.value(work.env)
    off = min(times(base, share), work.amount)
    operands = (
        Operand(PERIODS_OF_USE, Figure("count", age), where_from(work, step.periods)),
        Operand(step.label, ratio(rate), where_from(work, step.rate)),
    )
    pieces = (money(work.amount), " − ", money(base), " × ", ratio(share))
    return Outcome(whole_if_can(work.amount - off), pieces, operands, off > 0)


def salvage(step: steps.Salvage, work: Work) -> Outcome:
    """Subtracts the value of what is kept, never below zero."""
    value = step.amount.value(work.env)
    off = min(value, work.amount)
    operand = Operand(step.label, money(value), where_from(work, step.amount))
    return less(work.amount, off)._replace(operands=(operand,))


def lesser_of(step: steps.LesserOf, work: Work) -> Outcome:
    """The smallest of the amount and those named."""
    return _chosen(step, work, min)


def greater_of(step: steps.GreaterOf, work: Work) -> Outcome:
    """The greatest of the amount and those named."""
    return _chosen(step, work, max)


def _chosen(step: steps.LesserOf | steps.GreaterOf, work: Work, choose: object) -> Outcome:
    named = [amount.value(work.env) for amount in step.amounts]
    after = (min if choose is min else max)([work.amount, *named])
    sign = Words("取小：", "the lesser of ") if choose is min else Words("取大：", "the greater of ")
    pieces: list[Piece] = [sign, money(work.amount)]
    for amount in named:
        pieces += [" / ", money(amount)]
    operands = tuple(
        Operand(step.label, money(value), where_from(work, amount))
        for value, amount in zip(named, step.amounts, strict=True)
    )
    return Outcome(after, tuple(pieces), operands, after < work.amount)


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
    pieces: tuple[Piece, ...] = (
        (Words("（", "("), days(stayed), " − ", days(waited), Words("）× ", ") × "))
        if waited and not capped
        else (days(paid_days), " × ")
    )
    operands = [
        Operand(DAYS_IN_HOSPITAL, days(stayed), where_from(work, step.days)),
        Operand(AMOUNT_A_DAY, money(daily), where_from(work, step.daily)),
        Operand(DAYS_PAID, days(paid_days), None),
    ]
    if step.days_max is not None:
        operands.append(
            Operand(
                Words("最多天数", "days at most"), days(step.days_max.value(work.env)), where_from(work, step.days_max)
            )
        )
    uses = (Use(step.accumulator, paid_days),) if step.accumulator is not None else ()
    bound = capped or (waited > 0 and stayed > 0)
    return Outcome(daily * paid_days, (*pieces, money(daily)), tuple(operands), bound, uses)


def lump_sum(step: steps.LumpSum, work: Work) -> Outcome:
    """A fixed benefit."""
    amount = step.amount.value(work.env)
    return Outcome(amount, (money(amount),), (Operand(step.label, money(amount), where_from(work, step.amount)),))


def schedule(step: steps.Schedule, work: Work) -> Outcome:
    """A ratio of the sum insured by grade, with the rule for several injuries of one accident."""
    insured = step.insured.value(work.env)
    found = [(at, grade.count.value(work.env)) for at, grade in enumerate(step.grades)]
    present = [(at, count) for at, count in found if count > 0]
    operands = [Operand(SUM_INSURED, money(insured), where_from(work, step.insured))]
    operands += [
        Operand(step.grades[at].label, Figure("count", count), where_from(work, step.grades[at].count))
        for at, count in present
    ]
    if not present:
        return Outcome(0, (Words("没有列入表中的等级", "no grade of the table"),), tuple(operands))
    worst, tied = present[0]
    if step.combine == "add_capped":
        share = min(
            sum((Fraction(step.grades[at].ratio.value(work.env)) * count for at, count in present), Fraction(0)),
            Fraction(1),
        )
        return Outcome(times(insured, share), (money(insured), " × ", ratio(share)), tuple(operands))
    promoted = step.combine == "worst_promoted" and tied > 1 and worst > 0
    grade = step.grades[worst - 1 if promoted else worst]
    share = Fraction(grade.ratio.value(work.env))
    said = Words("（最重等级并列，晋升一级）", " (worst grade tied, one grade up)") if promoted else ""
    return Outcome(
        times(insured, share),
        (money(insured), " × ", ratio(share), Words("，", ", "), grade.label, said),
        tuple(operands),
    )


ROUNDED_TO = {"0.01": 1, "0.10": 10, "1.00": 100}


def round_off(step: steps.Round, work: Work) -> Outcome:
    """Half up, away from zero, to the cent, ten cents or yuan that the clause names."""
    after = rounded(work.amount, ROUNDED_TO[step.to])
    return Outcome(after, (money(work.amount), " → ", money(after)))
