"""Combinators of families, other insurers and tables: sublimit, out-of-pocket, contribution, coordination, allocation."""

from __future__ import annotations

from lipei.calculation.figures import Figure, Operand, Piece, at_most, money, ratio, rounded, shared_out, times
from lipei.calculation.limiting import NOT_REACHED
from lipei.calculation.taking_off import LESS, less, one_amount, where_from
from lipei.calculation.working import Operands, Outcome, Use, Work
from lipei.terms import combinators as steps
from lipei.terms.scalars import Exact, whole_if_can
from lipei.terms.words import Words

CHARGES_OF_THIS_KIND = Words("这类费用", "charges of this kind")
USED_BEFORE = Words("此前已用", "used before")
THE_MEMBER_STILL_BEARS = Words("本人还要承担", "the member still bears")
THE_FAMILY_STILL_BEARS = Words("全家还要承担", "the family still bears")
BORNE_THIS_TIME = Words("本次自己承担", "borne this time")
BORNE_BEFORE = Words("此前已承担", "borne before")
SUM_INSURED = Words("保险金额", "sum insured")
OUR_SUM_INSURED = Words("我们的保险金额", "our sum insured")
ANOTHER_SUM_INSURED = Words("其他保险金额", "another sum insured")
ALLOWED_COST = Words("可计费用", "allowed cost")
PAID_BY_THE_PRIMARY = Words("先付的一方已付", "paid by the primary")


def sublimit(step: steps.Sublimit, work: Work) -> Outcome:
    """A limit for some categories inside the whole; what it lets through uses up its own accumulator."""
    places = work.places(step.of)
    full = step.limit.value(work.env)
    used = work.balances[step.accumulator].used if step.accumulator is not None else 0
    left = max(full - used, 0)
    charged = sum(work.items[at] for at in places)
    kept = (
        list(shared_out(rounded(left), [work.items[at] for at in places]))
        if charged > left
        else [work.items[at] for at in places]
    )
    items = list(work.items)
    for at, amount in zip(places, kept, strict=True):
        items[at] = amount
    cut = whole_if_can(charged - sum(kept))
    uses = (Use(step.accumulator, sum(kept)),) if step.accumulator is not None else ()

    def pieces() -> tuple[Piece, ...]:
        shown: tuple[Piece, ...] = (money(full), " − ", money(used), " = ", money(left)) if used else (money(full),)
        tail: tuple[Piece, ...] = (LESS, money(cut)) if cut else (NOT_REACHED,)
        return (money(charged), " → " if cut else " ≤ ", *shown, *tail)

    def operands() -> tuple[Operand, ...]:
        return (
            Operand(CHARGES_OF_THIS_KIND, money(charged), None),
            Operand(step.label, money(full), where_from(work, step.limit)),
            Operand(USED_BEFORE, money(used), None),
        )

    return Outcome(whole_if_can(work.amount - cut), pieces, operands, cut > 0, uses, items)


def family_deductible(step: steps.FamilyDeductible, work: Work) -> Outcome:
    """The member's own deductible, but no more than the family still has to bear; both are used up by the same amount."""
    own, family = step.amount.value(work.env), step.family_amount.value(work.env)
    own_used, family_used = work.balances[step.accumulator].used, work.balances[step.family_accumulator].used
    own_left, family_left = max(own - own_used, 0), max(family - family_used, 0)
    off = min(own_left, family_left, work.amount)
    uses = (Use(step.accumulator, off), Use(step.family_accumulator, off))

    def operands() -> tuple[Operand, ...]:
        return (
            Operand(THE_MEMBER_STILL_BEARS, money(own_left), where_from(work, step.amount)),
            Operand(THE_FAMILY_STILL_BEARS, money(family_left), where_from(work, step.family_amount)),
        )

    return less(work.amount, off, operands, bound=off > 0, uses=uses)


def out_of_pocket_max(step: steps.OutOfPocketMax, work: Work) -> Outcome:
    """Caps what the insured bears of covered costs in the period; the rest is paid in full."""
    most, used = step.amount.value(work.env), work.balances[step.accumulator].used
    covered = work.amount if work.covered is None else work.covered
    borne, left = max(whole_if_can(covered - work.amount), 0), max(most - used, 0)
    over = max(borne - left, 0)
    uses = (Use(step.accumulator, min(borne, left)),)

    def operands() -> tuple[Operand, ...]:
        return (
            Operand(BORNE_THIS_TIME, money(borne), None),
            Operand(step.label, money(most), where_from(work, step.amount)),
            Operand(BORNE_BEFORE, money(used), work.balances[step.accumulator].source),
        )

    if over == 0:
        return Outcome(work.amount, lambda: (money(borne), " ≤ ", money(left), NOT_REACHED), operands, False, uses)
    after = whole_if_can(work.amount + over)
    return Outcome(after, lambda: (money(work.amount), " + ", money(over)), operands, True, uses)


def first_loss(step: steps.FirstLoss, work: Work) -> Outcome:
    """The loss up to the sum insured."""
    insured = step.insured.value(work.env)
    return _at_most(insured, work, one_amount(work, SUM_INSURED, insured, step.insured))


def _at_most(most: Exact, work: Work, operands: Operands) -> Outcome:
    """The amount, cut down to what is there for it."""
    if work.amount <= most:
        return Outcome(work.amount, lambda: (money(work.amount), " ≤ ", money(most), NOT_REACHED), operands)
    cut = whole_if_can(work.amount - most)
    return Outcome(most, lambda: (money(work.amount), " → ", money(most), LESS, money(cut)), operands, True)


def agreed_value(step: steps.AgreedValue, work: Work) -> Outcome:
    """The agreed value instead of the amount."""
    value = step.value.value(work.env)
    return Outcome(
        value,
        lambda: (money(work.amount), " → ", money(value)),
        one_amount(work, step.label, value, step.value),
        value != work.amount,
    )


def holdback(step: steps.Holdback, work: Work) -> Outcome:
    """Keeps a part back, never more than there is."""
    amount = step.amount.value(work.env)
    off = at_most(work.amount, amount)
    operands = one_amount(work, step.label, amount, step.amount)
    return less(work.amount, off, operands, bound=off > 0)


def contribution(step: steps.Contribution, work: Work) -> Outcome:
    """Our share of a loss that others cover too, in whole fen, never above our own sum insured."""
    ours = step.ours.value(work.env)
    sums = [rounded(ours), *(rounded(other.value(work.env)) for other in step.others)]
    loss = rounded(work.amount)
    share = min(_SHARES[step.rule](loss, sums), sums[0])

    def pieces() -> tuple[Piece, ...]:
        whole = sum(sums)
        if step.rule == "by_sum_insured" and whole:
            return (money(loss), " × ", money(sums[0]), " ÷ ", money(whole))
        return (money(loss), " → ", money(share))

    def operands() -> tuple[Operand, ...]:
        others = (Operand(ANOTHER_SUM_INSURED, money(other), None) for other in sums[1:])
        return (Operand(OUR_SUM_INSURED, money(sums[0]), where_from(work, step.ours)), *others)

    return Outcome(share, pieces, operands, share < loss)


def _by_sum_insured(loss: int, sums: list[int]) -> int:
    return shared_out(loss, list(sums))[0] if sum(sums) else 0


def _independent(loss: int, sums: list[int]) -> int:
    alone = [min(loss, each) for each in sums]
    return shared_out(min(loss, sum(alone)), list(alone))[0] if sum(alone) else 0


def _equally(loss: int, sums: list[int]) -> int:
    """Rounds of equal shares; whoever has reached its sum drops out, the others share what is left."""
    paid, left = [0] * len(sums), loss
    while left > 0:
        open_ones = [at for at in range(len(sums)) if paid[at] < sums[at]]
        if not open_ones:
            break
        shares = shared_out(left, [1] * len(open_ones))
        for at, share in zip(open_ones, shares, strict=True):
            taken = min(share, sums[at] - paid[at])
            paid[at] += taken
            left -= taken
    return paid[0]


def _after_others(loss: int, sums: list[int]) -> int:
    return max(loss - sum(sums[1:]), 0)


_SHARES = {
    "by_sum_insured": _by_sum_insured,
    "independent_liability": _independent,
    "equal_shares": _equally,
    "sequential": _after_others,
}


def coordinate(step: steps.Coordinate, work: Work) -> Outcome:
    """Our benefit as the secondary payer: no more than the primary left of the allowed cost."""
    allowed, primary = step.allowed.value(work.env), step.primary_paid.value(work.env)
    left = max(allowed - primary, 0)
    return _at_most(
        left,
        work,
        lambda: (
            Operand(ALLOWED_COST, money(allowed), where_from(work, step.allowed)),
            Operand(PAID_BY_THE_PRIMARY, money(primary), where_from(work, step.primary_paid)),
        ),
    )


def allocate(step: steps.Allocate, work: Work) -> Outcome:
    """The amount back on the lines of the bill, in whole fen, by the largest remainder."""
    amount = rounded(work.amount)
    shares: list[Exact] = list(shared_out(amount, work.items))

    def pieces() -> tuple[Piece, ...]:
        lines = len([share for share in shares if share])
        return (money(amount), " ", Words(f"分到 {lines} 行", f"over {lines} lines"))

    def operands() -> tuple[Operand, ...]:
        filled = [(at, share) for at, share in enumerate(shares) if share]
        return tuple(Operand(work.line_name(at), money(share), work.lines[at].source) for at, share in filled)

    return Outcome(amount, pieces, operands, items=shares)


def ratio_table(step: steps.RatioTable, work: Work) -> Outcome:
    """The ratio that belongs to the choice of a fact."""
    expression = step.ratios[work.env[step.by]]
    share = expression.value(work.env)
    return Outcome(
        times(work.amount, share),
        lambda: (money(work.amount), " × ", ratio(share)),
        lambda: (Operand(work.names[step.by], ratio(share), where_from(work, expression)),),
    )


def amount_table(step: steps.AmountTable, work: Work) -> Outcome:
    """The benefit of the highest row that the measured number reaches; nothing below the first."""
    measured = step.by.value(work.env)
    reached = [row for row in step.rows if row.at_least.value(work.env) <= measured]

    def operands() -> tuple[Operand, ...]:
        return (Operand(step.label, Figure("count", measured), where_from(work, step.by)),)

    if not reached:
        first = step.rows[0].at_least.value(work.env)
        return Outcome(0, lambda: (Figure("count", measured), " < ", Figure("count", first)), operands)
    row = reached[-1]
    after, least = row.pays.value(work.env), row.at_least.value(work.env)
    return Outcome(
        after, lambda: (Figure("count", measured), " ≥ ", Figure("count", least), " → ", money(after)), operands
    )
