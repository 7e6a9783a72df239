"""Combinators that limit or share by bands: limits for claim, item and day, aggregate limits, layers, bands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache

from lipei.calculation.figures import Figure, Operand, Piece, days, money, ratio, rounded, shared_out, times
from lipei.calculation.taking_off import LESS, one_amount, where_from
from lipei.calculation.working import Outcome, Use, Work
from lipei.terms import combinators as steps
from lipei.terms.scalars import Exact, whole_if_can
from lipei.terms.words import Words

THE_LESSER_SO_LESS = Words("取小，减去", "the lesser, so less")
PAID_BEFORE = Words("此前已付", "paid before")
LEFT = Words("还剩", "left")
ATTACHMENT = Words("起付点", "attachment")


NOT_REACHED = Words("，没有碰到", ", not reached")
NONE_CHARGED = Words("没有这类费用", "no charge of this kind")


def limit(step: steps.Limit, work: Work) -> Outcome:
    """At most so much, for the claim, for each line, or for each day."""
    if step.scope == "day":
        return _per_day(step, work)
    if step.of is None and step.scope == "claim":
        return _on_total(step, work)
    places = work.places(step.of)
    charged = sum([work.items[at] for at in places])
    most = step.limit.value(work.env)
    if step.scope == "item":
        kept: list[Exact] = [min(work.items[at], most) for at in places]
    elif step.scope == "person":
        kept = _per_person(most, places, work)
    elif charged > most:
        kept = list(shared_out(rounded(most), [work.items[at] for at in places]))
    else:
        kept = [work.items[at] for at in places]
    return _limited(step, work, places, charged, kept, lambda: (money(most),))


def _per_person(most: Exact, places: Sequence[int], work: Work) -> list[Exact]:
    """Each person's lines are limited together; a person's cut is shared out over that person's lines."""
    kept: dict[int, Exact] = {}
    for person in dict.fromkeys(work.lines[at].person for at in places):
        theirs = [at for at in places if work.lines[at].person == person]
        charged = [work.items[at] for at in theirs]
        kept |= zip(theirs, shared_out(rounded(most), charged) if sum(charged) > most else charged, strict=True)
    return [kept[at] for at in places]


def _on_total(step: steps.Limit, work: Work) -> Outcome:
    most = step.limit.value(work.env)
    operands = one_amount(work, step.label, most, step.limit)
    if work.amount <= most:
        return Outcome(work.amount, lambda: (money(most), NOT_REACHED), operands)
    return Outcome(
        most,
        lambda: (money(work.amount), " → ", money(most), LESS, money(whole_if_can(work.amount - most))),
        operands,
        True,
    )


def _per_day(step: steps.Limit, work: Work) -> Outcome:
    """Each line with its own days is limited by itself; lines without share the days that are left."""
    daily = step.limit.value(work.env)
    places = work.places(step.of)
    stay = step.days.value(work.env) if step.days is not None else 0
    dated = [at for at in places if work.lines[at].days is not None]
    undated = [at for at in places if work.lines[at].days is None]
    counted = sum(work.lines[at].days or 0 for at in dated)
    kept: dict[int, Exact] = {at: min(work.items[at], daily * (work.lines[at].days or 0)) for at in dated}
    if undated:
        left = max(stay - counted, 0)
        most, charged_there = daily * left, [work.items[at] for at in undated]
        shares = shared_out(rounded(most), charged_there) if sum(charged_there) > most else charged_there
        kept |= dict(zip(undated, shares, strict=True))
        counted += left
    charged = sum(work.items[at] for at in places)
    return _limited(
        step,
        work,
        places,
        charged,
        [kept[at] for at in places],
        lambda: (days(counted), " × ", money(daily), " = ", money(daily * counted)),
    )


def _limited(
    step: steps.Limit,
    work: Work,
    places: Sequence[int],
    charged: Exact,
    kept: list[Exact],
    most: Callable[[], tuple[Piece, ...]],
) -> Outcome:
    cut = charged - sum(kept)
    items = list(work.items)
    for at, amount in zip(places, kept, strict=True):
        items[at] = amount

    def pieces() -> tuple[Piece, ...]:
        if charged == 0:
            return (NONE_CHARGED,)
        if cut == 0:
            return (money(charged), " ≤ ", *most(), NOT_REACHED)
        return (money(charged), " → ", *most(), LESS, money(whole_if_can(cut)))

    def operands() -> tuple[Operand, ...]:
        lines = (Operand(work.line_name(at), money(work.items[at]), work.lines[at].source) for at in places)
        limit_itself = Operand(step.label, money(step.limit.value(work.env)), where_from(work, step.limit))
        off = (Operand(THE_LESSER_SO_LESS, money(whole_if_can(cut)), None),) if charged != 0 and cut != 0 else ()
        return (*lines, limit_itself, *off)

    after = whole_if_can(work.amount - cut) if cut else work.amount
    return Outcome(after, pieces, operands, cut > 0, items=items)


def aggregate_limit(step: steps.AggregateLimit, work: Work) -> Outcome:
    """At most what earlier claims of the period have left; what the coverage pays is used up."""
    full, balance = step.limit.value(work.env), work.balances[step.accumulator]
    left = max(full - balance.used, 0)
    bound = work.amount > left
    after = left if bound else work.amount

    def pieces() -> tuple[Piece, ...]:
        tail: tuple[Piece, ...] = (LESS, money(whole_if_can(work.amount - left))) if bound else (NOT_REACHED,)
        return (money(full), " − ", money(balance.used), " = ", money(left), *tail)

    def operands() -> tuple[Operand, ...]:
        return (
            Operand(step.label, money(full), where_from(work, step.limit)),
            Operand(PAID_BEFORE, money(balance.used), balance.source),
            Operand(LEFT, money(left), None),
        )

    return Outcome(after, pieces, operands, bound, (Use(step.accumulator, after, paid=True),))


def layer(step: steps.Layer, work: Work) -> Outcome:
    """A share of what lies above the attachment, at most the limit."""
    attachment, most = step.attachment.value(work.env), step.limit.value(work.env)
    share = Fraction(1) if step.share is None else step.share.value(work.env)
    above = max(work.amount - attachment, 0)
    inside = min(above, most)
    uses: tuple[Use, ...] = ()
    if step.accumulator is not None:
        times_over = 1 + (step.reinstatements.value(work.env) if step.reinstatements is not None else 0)
        inside = min(inside, max(most * times_over - work.balances[step.accumulator].used, 0))
        uses = (Use(step.accumulator, inside),)
    return Outcome(
        times(inside, share),
        lambda: (money(work.amount), " − ", money(attachment), " → ", money(inside), " × ", ratio(share)),
        lambda: (
            Operand(ATTACHMENT, money(attachment), where_from(work, step.attachment)),
            Operand(step.label, money(most), where_from(work, step.limit)),
        ),
        work.amount > inside,
        uses,
    )


def bands(step: steps.Bands, work: Work) -> Outcome:
    """Pays by bands, marginal or whole, counted on the amount itself or on the bill with the deductible."""
    table = step.table.of[work.env[step.table.by]] if isinstance(step.table, steps.BandsBy) else step.table
    start = work.deducted if step.on == "bill" else 0
    tops = [None if band.to is None else band.to.value(work.env) for band in table]
    rates = [band.ratio.value(work.env) for band in table]
    slices = _slices(start, work.amount, tops, step.kind)
    parts = [(amount, rate) for amount, rate in zip(slices, rates, strict=True) if amount]
    after = whole_if_can(sum([times(amount, rate) for amount, rate in parts]))
    return Outcome(
        after,
        lambda: _band_pieces(parts, work.amount, rates[0]),
        lambda: tuple(
            Operand(_band_name(top), ratio(rate), work.clause) for top, rate in zip(tops, rates, strict=True)
        ),
    )


def _slices(start: Exact, amount: Exact, tops: list[Exact | None], kind: str) -> list[Exact]:
    """How much of the amount lies in each band; in the `whole` kind all of it in the band where it ends."""
    end = amount if start == 0 else start + amount
    if kind == "whole":
        place = next(at for at, top in enumerate(tops) if top is None or end <= top)
        return [amount if at == place else 0 for at in range(len(tops))]
    slices: list[Exact] = []
    bottom = start
    for top in tops:
        upper = end if top is None or end <= top else top
        slices.append(upper - bottom if upper > bottom else 0)
        bottom = max(bottom, upper)
    return slices


def _band_pieces(parts: list[tuple[Exact, Exact]], amount: Exact, first: Exact) -> tuple[Piece, ...]:
    if not parts:
        return (money(amount), " × ", ratio(first))
    pieces: list[Piece] = []
    for part, rate in parts:
        pieces += [" + " if pieces else "", money(part), " × ", ratio(rate)]
    if len(parts) > 1:
        pieces.append(" = ")
        for at, (part, rate) in enumerate(parts):
            pieces += [" + " if at else "", money(times(part, rate))]
    return tuple(pieces)


@lru_cache(maxsize=4096)
def _band_name(top: Exact | None) -> Words:
    if top is None:
        return Words("其余部分", "the rest")
    shown = Figure("amount", top).shown()
    return Words("{top} 及以内", "up to and including {top}").with_(top=shown)
