"""Bounds of the steps that do not rise or fall steadily: lines of the bill, whole-amount bands, tables, schedules, sharing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any, Protocol

from lipei.calculation.figures import rounded, shared_out, times
from lipei.calculation.spans import Seen, Span, corners, hull, point, span, total
from lipei.calculation.walking import COMBINATORS
from lipei.calculation.working import Work
from lipei.terms import combinators as steps
from lipei.terms.expressions import constant
from lipei.terms.step_base import StepBase

ZERO = point(0)
Uses = dict[str, Span]


class Line(Protocol):
    """What the steps look at in a line of the bill."""

    @property
    def category(self) -> str: ...
    @property
    def counted(self) -> Span: ...
    @property
    def days(self) -> int | None: ...
    @property
    def person(self) -> str: ...


@dataclass(frozen=True, slots=True)
class State:
    """What a coverage has come to: amount, lines of the bill, what was deducted, what was covered before costs were shared."""

    amount: Span
    items: list[Span]
    deducted: Span
    covered: Span | None
    is_covered_known: bool
    is_sum: bool


def outside_lines(state: State, amount: Span) -> State:
    """The state after a step on the total."""
    return replace(state, amount=amount, is_sum=False)


# ---------- steps on the lines of the bill ----------


def line_step(
    step: StepBase, state: State, seen: Seen, lines: Sequence[Line], used: Mapping[str, Span]
) -> tuple[State, Uses] | None:
    """The state after a step on lines of the bill; None for a step on the total."""
    places = [at for at, line in enumerate(lines) if step.of is None or line.category in step.of]
    if isinstance(step, steps.Sum):
        items = [line.counted if at in places else ZERO for at, line in enumerate(lines)]
        return replace(state, amount=total(items), items=items, is_sum=True), {}
    if isinstance(step, steps.Allocate):
        most = Span(rounded(state.amount.low), rounded(state.amount.high))
        return replace(state, amount=most, items=[Span(0, most.high) for _ in lines], is_sum=False), {}
    if isinstance(step, steps.Sublimit):
        before = used[step.accumulator] if step.accumulator is not None else ZERO
        left = corners(lambda full, gone: max(full - gone, 0), span(step.limit, seen), before)
        after, kept = _group(state, places, left)
        return after, {step.accumulator: kept} if step.accumulator is not None else {}
    changed = _by_line(step, state, seen, places)
    if changed is not None:
        after = _with_items(state, changed, places)
        return replace(after, amount=total(after.items)) if isinstance(step, steps.Copayment) else after, {}
    if isinstance(step, steps.Limit) and not (step.scope == "claim" and step.of is None):
        return _limited(step, state, seen, lines, places), {}
    return None


def _by_line(step: StepBase, state: State, seen: Seen, places: list[int]) -> list[Span] | None:
    """The lines after a step that treats each by itself; None for another step."""
    if isinstance(step, steps.Exclude):
        return [ZERO for _ in places]
    if isinstance(step, steps.Coinsurance) and step.of is not None:
        return [corners(times, state.items[at], span(step.pays, seen)) for at in places]
    if isinstance(step, steps.Copayment) and step.scope == "item":
        return [corners(lambda a, b: max(a - b, 0), state.items[at], span(step.amount, seen)) for at in places]
    if isinstance(step, steps.Limit) and step.scope == "item":
        return [corners(min, state.items[at], span(step.limit, seen)) for at in places]
    return None


def _with_items(state: State, changed: list[Span], places: list[int]) -> State:
    items = list(state.items)
    for at, new in zip(places, changed, strict=True):
        items[at] = new
    cut = _minus(total(state.items[at] for at in places), total(changed))
    amount = _minus(state.amount, cut)
    return replace(state, amount=_both(amount, total(items)) if state.is_sum else amount, items=items)


def _minus(one: Span, other: Span) -> Span:
    return Span(one.low - other.high, one.high - other.low)


def _both(one: Span, other: Span) -> Span:
    """What lies in both, where both are known to hold the amount."""
    return Span(max(one.low, other.low), min(one.high, other.high))


def _group(state: State, places: list[int], most: Span) -> tuple[State, Span]:
    """Some lines limited together, their cut shared out in whole fen; also what is kept of them."""
    old = [state.items[at] for at in places]
    charged = total(old)
    kept = _kept(charged, most)
    if most.is_point and all(line.is_point for line in old):
        values = [line.low for line in old]
        new = [point(one) for one in (shared_out(rounded(most.low), values) if charged.low > most.low else values)]
    else:
        new = [_share(line, charged, most) for line in old]
    items = list(state.items)
    for at, line in zip(places, new, strict=True):
        items[at] = line
    amount = _minus(state.amount, _minus(charged, kept))
    if state.is_sum:
        amount = _both(_both(amount, total(items)), total([kept, *(one for at, one in enumerate(items) if at not in places)]))
    return replace(state, amount=amount, items=items), kept


def _kept(charged: Span, most: Span) -> Span:
    """What is left of the charges: all of them up to the limit, the limit in whole fen above it."""
    if charged.high <= most.low:
        return charged
    if charged.low > most.high:
        return Span(rounded(most.low), rounded(most.high))
    return Span(min(charged.low, rounded(most.low)), max(min(charged.high, most.high), rounded(most.high)))


def _share(line: Span, charged: Span, most: Span) -> Span:
    """What one line may keep when the whole is limited: its part of it, a fen up or down by the largest remainder."""
    if charged.high <= most.low or line.high == 0:
        return line
    least = most.low * Fraction(line.low) / Fraction(charged.high) // 1 - 1
    greatest = min(line.high + 1, rounded(most.high))
    if charged.low <= most.high:
        greatest = max(greatest, line.high)
    return Span(max(min(line.low, least), 0), greatest)


def _limited(step: steps.Limit, state: State, seen: Seen, lines: Sequence[Line], places: list[int]) -> State:
    most = span(step.limit, seen)
    if step.scope == "person":
        for person in dict.fromkeys(lines[at].person for at in places):
            state, _ = _group(state, [at for at in places if lines[at].person == person], most)
        return state
    if step.scope == "claim":
        return _group(state, places, most)[0]
    dated = [at for at in places if lines[at].days is not None]
    counted = sum(lines[at].days or 0 for at in dated)
    changed = [corners(min, state.items[at], Span(most.low * (lines[at].days or 0), most.high * (lines[at].days or 0))) for at in dated]
    state = _with_items(state, changed, dated)
    undated = [at for at in places if lines[at].days is None]
    if not undated:
        return state
    stay = span(step.days, seen) if step.days is not None else ZERO
    left = Span(max(stay.low - counted, 0), max(stay.high - counted, 0))
    return _group(state, undated, Span(most.low * left.low, most.high * left.high))[0]


# ---------- steps on the total ----------


def _bands(step: steps.Bands, state: State, seen: Seen) -> tuple[Span, Uses]:
    if isinstance(step.table, steps.BandsBy):
        choices = seen[step.table.by]
        assert isinstance(choices, frozenset)
        tables = [step.table.of[choice] for choice in choices]
        return hull(_banded(step, table, state, seen) for table in tables), {}
    return _banded(step, step.table, state, seen), {}


def _banded(step: steps.Bands, table: list[steps.Band], state: State, seen: Seen) -> Span:
    start = state.deducted if step.on == "bill" else ZERO
    tops = [span(band.to, seen) if band.to is not None else None for band in table]
    rates = [span(band.ratio, seen) for band in table]
    lows, highs = [one.low for one in rates], [one.high for one in rates]
    steady = lows in (sorted(lows), sorted(lows, reverse=True)) and highs in (sorted(highs), sorted(highs, reverse=True))
    known = all(top is None or top.is_point for top in tops)
    if not known or (step.kind == "marginal" and not start.is_point and not steady):
        return Span(times(state.amount.low, min(lows)), times(state.amount.high, max(highs)))
    if step.kind == "whole":
        return _whole(state.amount, start, tops, rates)
    return Span(
        min(_marginal(step, a, s, tops, lows) for a, s in product(state.amount, start)),
        max(_marginal(step, a, s, tops, highs) for a, s in product(state.amount, start)),
    )


def _marginal(step: steps.Bands, amount: Any, start: Any, tops: list[Span | None], rates: list[Any]) -> Any:
    """The step itself, with its numbers written in."""
    pairs = zip(tops, rates, strict=True)
    table = [
        steps.Band(ratio=constant("ratio", rate, ""), to=None if top is None else constant("amount", top.low, ""))
        for top, rate in pairs
    ]
    corner = step.model_copy(update={"kind": "marginal", "on": "bill", "table": table})
    return COMBINATORS["bands"](corner, Work({}, (), {}, {}, {}, {}, amount, (), start, None)).after


def _whole(amount: Span, start: Span, tops: list[Span | None], rates: list[Span]) -> Span:
    """All of the amount at the ratio of the band in which it ends, for each band that it may end in."""
    found: list[Span] = []
    bottom: Any = None
    for top, rate in zip(tops, rates, strict=True):
        low = amount.low if bottom is None else max(amount.low, bottom - start.high)
        high = amount.high if top is None else min(amount.high, top.low - start.low)
        ends_above = bottom is None or amount.high + start.high > bottom
        if low <= high and ends_above:
            found.append(corners(times, Span(low, high), rate))
        bottom = top.low if top is not None else bottom
    return hull(found)


def _schedule(step: steps.Schedule, state: State, seen: Seen) -> tuple[Span, Uses]:
    insured = span(step.insured, seen)
    counts = [span(grade.count, seen) for grade in step.grades]
    rates = [span(grade.ratio, seen) for grade in step.grades]
    if step.combine == "add_capped":
        whole = total(corners(lambda n, rate: max(n, 0) * rate, n, rate) for n, rate in zip(counts, rates, strict=True))
        return corners(times, insured, Span(min(whole.low, 1), min(whole.high, 1))), {}
    found: list[Span] = []
    for at, count in enumerate(counts):
        if count.high > 0:
            tied = step.combine == "worst_promoted" and at > 0
            if tied and count.high > 1:
                found.append(rates[at - 1])
            if not (tied and count.low > 1):
                found.append(rates[at])
        if count.low > 0:
            break
    else:
        found.append(ZERO)
    return corners(times, insured, hull(found)), {}


def _amount_table(step: steps.AmountTable, state: State, seen: Seen) -> tuple[Span, Uses]:
    measured = span(step.by, seen)
    starts = [span(row.at_least, seen) for row in step.rows]
    pays = [span(row.pays, seen) for row in step.rows]
    if not all(one.is_point for one in starts):
        return hull([ZERO, *pays]), {}
    inside = [one.low for one in starts if measured.low < one.low <= measured.high]
    found: list[Span] = []
    for value in {measured.low, *inside}:
        reached = [pay for start, pay in zip(starts, pays, strict=True) if start.low <= value]
        found.append(reached[-1] if reached else ZERO)
    return hull(found), {}


def _ratio_table(step: steps.RatioTable, state: State, seen: Seen) -> tuple[Span, Uses]:
    choices = seen[step.by]
    assert isinstance(choices, frozenset)
    share = hull(span(step.ratios[choice], seen) for choice in choices)
    return corners(times, state.amount, share), {}


def _contribution(step: steps.Contribution, state: State, seen: Seen) -> tuple[Span, Uses]:
    """Ours rises with the loss and our own sum and falls with the others', but for fen of the largest remainder."""
    sums = [span(one, seen) for one in (step.ours, *step.others)]

    def ours(loss: Any, ours: Any, others: tuple[Any, ...]) -> Any:
        written = [constant("amount", one, "") for one in others]
        corner = step.model_copy(update={"ours": constant("amount", ours, ""), "others": written})
        return COMBINATORS["contribution"](corner, Work({}, (), {}, {}, {}, {}, loss, (), 0, None)).after

    low = ours(state.amount.low, sums[0].low, tuple(one.high for one in sums[1:]))
    high = ours(state.amount.high, sums[0].high, tuple(one.low for one in sums[1:]))
    if state.amount.is_point and all(one.is_point for one in sums):
        return point(low), {}
    slack = len(sums)
    return Span(max(low - slack, 0), min(high + slack, rounded(sums[0].high))), {}


OWN_RULE: Mapping[str, Callable[[Any, State, Seen], tuple[Span, Uses]]] = {
    "bands": _bands,
    "schedule": _schedule,
    "amount_table": _amount_table,
    "ratio_table": _ratio_table,
    "contribution": _contribution,
}

