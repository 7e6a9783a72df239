"""Combinators that take a part off: exclusion, prior payment, deductibles, franchise, copayment, rates."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from lipei.calculation.figures import Operand, Piece, at_most, money, ratio, times
from lipei.calculation.working import Operands, Outcome, Use, Work
from lipei.terms import combinators as steps
from lipei.terms.expressions import Expression
from lipei.terms.scalars import Exact, whole_if_can
from lipei.terms.words import Words

LOSS_AT_WHICH_IT_IS_GONE = Words("降到零的损失额", "loss at which it is gone")
BASE = Words("基数", "base")
CHARGES_OF_THIS_KIND = Words("这类费用", "charges of this kind")
USED_BEFORE = Words("此前已抵", "used before")
USED_NOW = Words("本次抵", "used now")


NOTHING_OFF = Words("没有可减的", "nothing to take off")
LESS = Words("，减 ", ", less ")
LEAVING = Words("，用后还剩 ", ", leaving ")


def where_from(work: Work, expression: Expression) -> Words | None:
    """Where an operand comes from: the clause when the contract writes it, else the sources of the facts it reads."""
    if not expression.names:
        return work.clause
    if len(expression.names) == 1:
        name = expression.names[0]
        return work.sources.get(name) or work.names.get(name)
    found = [work.sources[name] for name in expression.names if name in work.sources]
    if found:
        return Words("；".join(words.zh for words in found), "; ".join(words.en for words in found))
    names = [work.names[name] for name in expression.names if name in work.names]
    return Words("、".join(words.zh for words in names), ", ".join(words.en for words in names)) if names else None


def one_amount(work: Work, name: Words, amount: Exact, expression: Expression) -> Operands:
    """The only operand of a step, an amount in fen."""
    return lambda: (Operand(name, money(amount), where_from(work, expression)),)


def less(
    before: Exact,
    off: Exact,
    operands: Operands,
    *,
    bound: bool = False,
    uses: tuple[Use, ...] = (),
    items: Sequence[Exact] | None = None,
) -> Outcome:
    """`before − off`, the plain subtraction."""
    after = whole_if_can(before - off) if off else before
    return Outcome(after, lambda: (money(before), " − ", money(off)), operands, bound, uses, items)


def exclude(step: steps.Exclude, work: Work) -> Outcome:
    """Takes lines of the categories out of cover."""
    places = work.places(step.of)
    off = sum(work.items[at] for at in places)
    if off == 0:
        return Outcome(work.amount, (NOTHING_OFF,), items=work.items)
    items = list(work.items)
    for at in places:
        items[at] = 0

    def operands() -> tuple[Operand, ...]:
        taken = [at for at in places if work.items[at]]
        return tuple(Operand(work.line_name(at), money(work.items[at]), work.lines[at].source) for at in taken)

    return less(work.amount, off, operands, bound=True, items=items)


def prior_payment(step: steps.PriorPayment, work: Work) -> Outcome:
    """Subtracts what another payer paid, never below zero."""
    paid = step.amount.value(work.env)
    off = at_most(work.amount, paid)
    return less(work.amount, off, one_amount(work, step.payer, paid, step.amount))


def deductible(step: steps.Deductible, work: Work) -> Outcome:
    """Subtracts a fixed amount, never below zero."""
    return _taken(step, work)


def _taken(step: steps.Deductible | steps.Copayment, work: Work) -> Outcome:
    amount = step.amount.value(work.env)
    off = at_most(work.amount, amount)
    operands = one_amount(work, step.label, amount, step.amount)
    return less(work.amount, off, operands, bound=off > 0)


def franchise(step: steps.Franchise, work: Work) -> Outcome:
    """All or nothing at a threshold; what happens exactly at it is stated in the document."""
    threshold = step.amount.value(work.env)
    pays = work.amount > threshold or (work.amount == threshold and step.equal == "pays")
    sign = ("≥" if step.equal == "pays" else ">") if pays else ("<" if step.equal == "pays" else "≤")
    return Outcome(
        work.amount if pays else 0,
        lambda: (money(work.amount), f" {sign} ", money(threshold)),
        one_amount(work, step.label, threshold, step.amount),
        bound=not pays and work.amount > 0,
    )


def disappearing_deductible(step: steps.DisappearingDeductible, work: Work) -> Outcome:
    """A deductible shrinking in a straight line from its full amount to nothing at `gone_at`."""
    full, gone = step.amount.value(work.env), step.gone_at.value(work.env)
    if work.amount <= full:
        off: Exact = work.amount
    elif work.amount >= gone:
        off = 0
    else:
        off = whole_if_can(Fraction(full) * (gone - work.amount) / (gone - full))

    def operands() -> tuple[Operand, ...]:
        return (
            Operand(step.label, money(full), where_from(work, step.amount)),
            Operand(LOSS_AT_WHICH_IT_IS_GONE, money(gone), where_from(work, step.gone_at)),
        )

    return less(work.amount, off, operands, bound=off > 0)


def percentage_deductible(step: steps.PercentageDeductible, work: Work) -> Outcome:
    """Subtracts a ratio of the loss or of a named base, within its least and greatest amount."""
    share = step.ratio.value(work.env)
    base = work.amount if step.base is None else step.base.value(work.env)
    off = times(base, share)
    if step.at_least is not None:
        off = max(off, step.at_least.value(work.env))
    if step.at_most is not None:
        off = min(off, step.at_most.value(work.env))
    off = at_most(work.amount, off)

    def operands() -> tuple[Operand, ...]:
        return (
            Operand(BASE, money(base), None),
            Operand(step.label, ratio(share), where_from(work, step.ratio)),
        )

    return less(work.amount, off, operands, bound=off > 0)


def copayment(step: steps.Copayment, work: Work) -> Outcome:
    """The insured's fixed payment, once or for each line."""
    if step.scope == "claim":
        return _taken(step, work)
    each = step.amount.value(work.env)
    items = list(work.items)
    for at in work.places(step.of):
        items[at] = max(items[at] - each, 0)
    off = work.amount - sum(items)
    operands = one_amount(work, step.label, each, step.amount)
    return less(work.amount, off, operands, bound=off > 0, items=items)


def coinsurance(step: steps.Coinsurance, work: Work) -> Outcome:
    """Pays a ratio of the amount, or of the lines of some categories."""
    if step.of is not None:
        return _share_of_lines(step, work)
    return _share(step.label, step.pays, work)


def fault_share(step: steps.FaultShare, work: Work) -> Outcome:
    """Pays the insured's share of fault."""
    return _share(step.label, step.share, work)


def _share(name: Words, pays: Expression, work: Work) -> Outcome:
    share = pays.value(work.env)
    return Outcome(
        times(work.amount, share),
        lambda: (money(work.amount), " × ", ratio(share)),
        lambda: (Operand(name, ratio(share), where_from(work, pays)),),
    )


def _share_of_lines(step: steps.Coinsurance, work: Work) -> Outcome:
    share = step.pays.value(work.env)
    places = work.places(step.of)
    items = list(work.items)
    charged: Exact = 0
    for at in places:
        charged += items[at]
        items[at] = times(items[at], share)
    charged = whole_if_can(charged)
    off = times(charged, 1 - share)
    return Outcome(
        whole_if_can(work.amount - off),
        lambda: (money(charged), " × ", ratio(share), LESS, money(off)),
        lambda: (
            Operand(step.label, ratio(share), where_from(work, step.pays)),
            Operand(CHARGES_OF_THIS_KIND, money(charged), None),
        ),
        items=items,
    )


def deductible_rate(step: steps.DeductibleRate, work: Work) -> Outcome:
    """Takes off rates, multiplied (1−a)(1−b) or added 1−(a+b), never below zero."""
    rates = [Fraction(rate.value(work.env)) for rate in step.rates]
    if step.combine == "multiply":
        left = Fraction(1)
        for rate in rates:
            left *= 1 - rate
    else:
        left = max(1 - sum(rates, Fraction(0)), Fraction(0))
    return Outcome(
        times(work.amount, left),
        lambda: (money(work.amount), " × ", ratio(left)),
        lambda: tuple(
            Operand(step.label, ratio(value), where_from(work, rate))
            for value, rate in zip(rates, step.rates, strict=True)
        ),
        bound=left < 1 and work.amount > 0,
    )


def aggregate_deductible(step: steps.AggregateDeductible, work: Work) -> Outcome:
    """Subtracts what is left of a period's deductible; what it takes is used up."""
    full, balance = step.amount.value(work.env), work.balances[step.accumulator]
    left = max(full - balance.used, 0)
    off = at_most(work.amount, left)

    def pieces() -> tuple[Piece, ...]:
        tail: tuple[Piece, ...] = (LEAVING, money(left - off)) if off < left else ()
        if balance.used:
            return (money(full), " − ", money(balance.used), " = ", money(left), *tail)
        return (money(work.amount), " − ", money(off), *tail)

    def operands() -> tuple[Operand, ...]:
        return (
            Operand(step.label, money(full), where_from(work, step.amount)),
            Operand(USED_BEFORE, money(balance.used), balance.source),
            Operand(USED_NOW, money(off), None),
        )

    after = whole_if_can(work.amount - off) if off else work.amount
    return Outcome(after, pieces, operands, off > 0, (Use(step.accumulator, off),))
