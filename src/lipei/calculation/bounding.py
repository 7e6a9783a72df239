"""The least and the most that a coverage may owe while amounts, days and dates are not known: the same steps over spans.

Most steps rise or fall steadily in each of their numbers, so their extremes lie at the ends: the step itself is taken at every
combination of ends. The few that do not are in `bounding_steps`. What comes out holds the amount of every completion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product
from typing import Any

from lipei.calculation.bounding_steps import OWN_RULE, State, line_step, outside_lines
from lipei.calculation.figures import rounded
from lipei.calculation.inputs import Balance
from lipei.calculation.spans import NEVER, CannotBound, Seen, Span, hull, point, span, truth
from lipei.calculation.walking import COMBINATORS, COST_SHARING, DEDUCTIBLES
from lipei.calculation.working import Work
from lipei.terms.document import Coverage
from lipei.terms.edition import Edition
from lipei.terms.expressions import Expression, constant
from lipei.terms.step_base import StepBase

CORNERS_MAX = 4_096
ZERO = point(0)


@dataclass(frozen=True, slots=True)
class BillLine:
    """A line of the bill whose amount is perhaps not known: from – to in fen."""

    category: str
    counted: Span
    days: int | None = None
    person: str = ""


@dataclass(slots=True)
class _Reading:
    edition: Edition
    seen: Seen
    lines: tuple[BillLine, ...]
    used: dict[str, Span]
    later: dict[str, bool] = field(default_factory=dict)
    """The accumulators that what the coverage finally pays uses up, and whether that is certain."""

    def kept(self) -> tuple[dict[str, Span], dict[str, bool]]:
        """What is used so far, to come back to."""
        return dict(self.used), dict(self.later)

    def join(self, other: tuple[dict[str, Span], dict[str, bool]]) -> None:
        """Either what is used now, or what was used otherwise."""
        used, later = other
        self.used = {name: hull([used[name], now]) for name, now in self.used.items()}
        self.later = {name: later.get(name, False) and self.later.get(name, False) for name in {**later, **self.later}}


def bounds_of_coverages(
    edition: Edition, seen: Seen, *, lines: tuple[BillLine, ...], balances: Mapping[str, Balance]
) -> dict[str, Span]:
    """What each coverage may owe, from – to in whole fen. `seen` names everything that expressions read.

    Raises `CannotBound` when something may be divided by zero, or too many combinations would have to be tried.
    """
    used = {name: point(balances[name].used if name in balances else 0) for name in edition.document.accumulators}
    reading = _Reading(edition, seen, lines, used)
    return {coverage.id: _coverage(coverage, reading) for coverage in edition.document.coverages}


def _coverage(coverage: Coverage, reading: _Reading) -> Span:
    answers = _answers(coverage, reading)
    if answers == NEVER:
        return ZERO
    before = dict(reading.used)
    reading.later = {}
    state = State(ZERO, [], ZERO, None, is_covered_known=False, is_sum=False)
    for step in coverage.steps:
        state = _perhaps(step, state, reading)
    owed = Span(rounded(state.amount.low), rounded(state.amount.high))
    for name, is_certain in reading.later.items():
        _use(name, owed if is_certain else hull([ZERO, owed]), reading)
    if False in answers:
        reading.join((before, {}))
        return hull([ZERO, owed])
    return owed


def _answers(coverage: Coverage, reading: _Reading) -> frozenset[bool]:
    """Whether trigger, exclusions and waiting period let the coverage answer."""
    seen = reading.seen
    found = [truth(coverage.trigger.when, seen)]
    found += [frozenset(not one for one in truth(x.when, seen)) for x in reading.edition.document.exclusions_of(coverage)]
    if coverage.waiting is not None:
        waiting = coverage.waiting
        counted, days, happened = (span(one, seen) for one in (waiting.counted_from, waiting.days, waiting.happened))
        try:
            first = Span(counted.low + timedelta(days=days.low), counted.high + timedelta(days=days.high))
        except OverflowError as error:
            raise CannotBound("a date leaves the calendar") from error
        over = {happened.high >= first.low, happened.low >= first.high}
        waived = truth(waiting.unless, seen) if waiting.unless is not None else NEVER
        found.append(frozenset(a or b for a, b in product(over, waived)))
    return frozenset(all(one) for one in product(*found))


def _perhaps(step: Any, state: State, reading: _Reading) -> State:
    """The state after a step whose condition may hold or not."""
    if step.when is None:
        return _unless(step, list(step.exceptions), state, reading)
    holds = truth(step.when, reading.seen)
    if holds == NEVER:
        return state
    return _either(state, holds, lambda: _unless(step, list(step.exceptions), state, reading), reading)


def _either(without: State, holds: frozenset[bool], taken: Callable[[], State], reading: _Reading) -> State:
    """What `taken` makes, or what was before it, as far as the condition leaves both possible."""
    before = reading.kept()
    after = taken()
    if False not in holds:
        return after
    reading.join(before)
    return _joined(without, after)


def _joined(one: State, other: State) -> State:
    items = [hull(pair) for pair in zip(one.items, other.items, strict=True)] if one.items and other.items else list(one.items or other.items)
    covered = [state.covered for state in (one, other) if state.covered is not None]
    return State(
        hull([one.amount, other.amount]),
        items,
        hull([one.deducted, other.deducted]),
        hull(covered) if covered else None,
        is_covered_known=one.is_covered_known and other.is_covered_known,
        is_sum=one.is_sum and other.is_sum,
    )


def _unless(step: Any, exceptions: list[Any], state: State, reading: _Reading) -> State:
    """The step, or what the first exception that holds puts in its place."""
    if not exceptions:
        return _taken(step, step, state, reading)
    first, *rest = exceptions
    holds = truth(first.when, reading.seen)
    if holds == NEVER:
        return _unless(step, rest, state, reading)
    before = reading.kept()
    lifted = first.instead == "nothing"
    instead = _marked(step, state, state) if lifted else _taken(step, first.instead, state, reading)
    if False not in holds:
        return instead
    after = reading.kept()
    reading.used, reading.later = before
    plain = _unless(step, rest, state, reading)
    reading.join(after)
    return _joined(instead, plain)


def _taken(step: StepBase, instead: StepBase, state: State, reading: _Reading) -> State:
    by_lines = line_step(instead, state, reading.seen, reading.lines, reading.used)
    if by_lines is not None:
        after, uses = by_lines
    elif instead.step in OWN_RULE:
        amount, uses = OWN_RULE[instead.step](instead, state, reading.seen)
        after = outside_lines(state, amount)
    else:
        after, uses = _at_the_ends(instead, state, reading)
    for name, used in uses.items():
        _use(name, used, reading)
    return _marked(step, state, after)


def _marked(step: StepBase, before: State, after: State) -> State:
    """What the step leaves behind for later ones: what was covered before costs were shared, what was deducted."""
    if step.step in COST_SHARING and step.of is None and not before.is_covered_known:
        covered = before.amount if before.covered is None else hull([before.covered, before.amount])
        after = replace(after, covered=covered, is_covered_known=True)
    else:
        after = replace(after, covered=before.covered, is_covered_known=before.is_covered_known)
    if step.step in DEDUCTIBLES:
        off = Span(before.amount.low - after.amount.high, before.amount.high - after.amount.low)
        after = replace(after, deducted=Span(before.deducted.low + off.low, before.deducted.high + off.high))
    return after


def _use(name: str, used: Span, reading: _Reading) -> None:
    before = reading.used[name]
    reading.used[name] = Span(before.low + rounded(used.low), before.high + rounded(used.high))


def _at_the_ends(step: StepBase, state: State, reading: _Reading) -> tuple[State, dict[str, Span]]:
    """The step taken at every combination of the ends of its numbers, of the amount and of what was used before."""
    names = [name for name in ("accumulator", "family_accumulator") if getattr(step, name, None) is not None]
    accumulators = [getattr(step, name) for name in names]
    parts = _numbers(step, reading.seen)
    axes = [state.amount, _covered(step, state), *(reading.used[name] for name in accumulators), *(one for _, _, one in parts)]
    afters: list[Any] = []
    uses: dict[str, list[Any]] = {}
    for amount, borne_of, *rest in _corners(axes):
        used = dict(zip(accumulators, rest[: len(accumulators)], strict=True))
        corner = _with(step, parts, rest[len(accumulators) :])
        work = _work(amount, borne_of, used, state, reading)
        outcome = COMBINATORS[step.step](corner, work)
        afters.append(outcome.after)
        for use in outcome.uses:
            if use.paid:
                reading.later[use.accumulator] = True
            else:
                uses.setdefault(use.accumulator, []).append(use.amount)
    found = {name: Span(min(amounts), max(amounts)) for name, amounts in uses.items()}
    return outside_lines(state, Span(min(afters), max(afters))), found


def _covered(step: StepBase, state: State) -> Span:
    """What was covered before costs were shared, as far as the step looks at it; `None – None` when that is the amount itself."""
    if step.step != "out_of_pocket_max" or state.covered is None:
        return Span(None, None)
    return state.covered if state.is_covered_known else hull([state.covered, state.amount])


def _corners(axes: list[Span]) -> Iterator[tuple[Any, ...]]:
    ends = [tuple(dict.fromkeys(one)) for one in axes]
    count = 1
    for one in ends:
        count *= len(one)
    if count > CORNERS_MAX:
        raise CannotBound("too many numbers of one step are not known")
    return product(*ends)


def _numbers(step: StepBase, seen: Seen) -> list[tuple[str, int | None, Span]]:
    """The numbers of a step: the field, the place in a list, and what it may be."""
    found: list[tuple[str, int | None, Span]] = []
    for name in type(step).model_fields:
        value = getattr(step, name)
        if name == "when":
            continue
        if isinstance(value, Expression):
            found.append((name, None, span(value, seen)))
        elif isinstance(value, list):
            found += [(name, at, span(one, seen)) for at, one in enumerate(value) if isinstance(one, Expression)]
    return found


def _with(step: StepBase, parts: list[tuple[str, int | None, Span]], values: list[Any]) -> StepBase:
    """The step with its numbers written in."""
    changed: dict[str, Any] = {}
    for (name, at, _), value in zip(parts, values, strict=True):
        written = constant("amount", value, "")
        if at is None:
            changed[name] = written
        else:
            changed.setdefault(name, []).append(written)
    return step.model_copy(update=changed)


def _work(amount: Any, covered: Any, used: Mapping[str, Any], state: State, reading: _Reading) -> Work:
    balances = {name: Balance(value) for name, value in used.items()}
    return Work({}, (), balances, {}, {}, {}, amount, (), state.deducted.low, covered)
