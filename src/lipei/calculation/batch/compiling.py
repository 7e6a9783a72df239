"""Compiles editions for the kernel: what must be known, values, requirements, and each coverage from trigger to what is owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import lcm
from typing import Any

import numpy as np

from lipei.calculation.batch.compiling_more_steps import COMPILERS
from lipei.calculation.batch.compiling_values import Values, can_fail
from lipei.calculation.batch.frame import SLOTS
from lipei.calculation.batch.opcodes import WIDTH
from lipei.calculation.batch.plans import Place, Plan, Steps
from lipei.calculation.batch.shapes import SHAPES_MAX, Pattern, patterns_of, shape_of
from lipei.calculation.batch.whole_numbers import MOST
from lipei.calculation.batch.writing import (
    CATEGORIES_MAX,
    LINES_AFTER_RATIO,
    TOO_FINE,
    TOO_MANY_CATEGORIES,
    Label,
    Layout,
    TakesExactWay,
    Writer,
)
from lipei.calculation.walking import COST_SHARING, DEDUCTIBLES
from lipei.terms import combinators as steps
from lipei.terms.checks_of_steps import BY_ITEMS
from lipei.terms.document import Coverage, Waiting
from lipei.terms.edition import Edition
from lipei.terms.expressions import Binary, Const, Expression, Name
from lipei.terms.fact_values import value_of_text
from lipei.terms.money import AMOUNT_MAX
from lipei.terms.words import Words

SHARED_PARTS = 100


@dataclass(frozen=True, slots=True)
class Program:
    """The programs of the editions of a call, which editions take the exact way and why, and whether bill lines are read.

    `patterns` are those of the editions, when every edition has a shape and they are few.
    """

    table: Any
    exact: dict[int, Words]
    reads_lines: bool
    patterns: tuple[Pattern, ...]


def compiled_editions(editions: Sequence[Edition], *, layout: Layout) -> Program:
    """The programs of all editions for tables of this layout."""
    writer, starts = Writer(len(editions)), []
    exact: dict[int, Words] = {}
    reads_lines, shapes = False, []
    for number, edition in enumerate(editions):
        starts.append(writer.here())
        before, pool = len(writer.code), len(writer.pool)
        try:
            reads_lines |= _edition(edition, layout, writer)
        except TakesExactWay as reason:
            del writer.code[before:], writer.pool[pool:]
            writer.emit("stop")
            exact[number] = reason.why
        shapes.append(shape_of(writer.code[before:], start=starts[-1]))
    distinct = list(dict.fromkeys(shapes))
    is_shaped = None not in distinct and len(distinct) <= SHAPES_MAX
    table = np.array(writer.finished(starts, [distinct.index(shape) for shape in shapes]), dtype=np.int64)
    programs = [table[at : at + WIDTH * len(shape or ())].tolist() for at, shape in zip(starts, shapes, strict=True)]
    return Program(table, exact, reads_lines, patterns_of(shapes, programs) if is_shaped else ())


def _edition(edition: Edition, layout: Layout, writer: Writer) -> bool:
    document = edition.document
    if len(document.categories) > CATEGORIES_MAX:
        raise TakesExactWay(TOO_MANY_CATEGORIES)
    writer.next_register = 0
    values = Values(edition, layout, writer, {name: at for at, name in enumerate(document.categories)})
    wrong = Label()
    _needed(values, wrong)
    for name, derived in document.values.items():
        values.derived[name] = values.value(derived.value.node)
    _bounded(values, wrong)
    for requirement in document.requirements:
        values.unless(requirement.that.node, wrong)
    permanent = writer.next_register
    for at, coverage in enumerate(document.coverages):
        writer.next_register = permanent
        _Cover(values, at, coverage).write()
    writer.emit("end")
    writer.bind(wrong)
    writer.emit("stop")
    return values.reads_lines


def _needed(values: Values, wrong: Label) -> None:
    """Facts that matter only sometimes: missing where needed, or given where the others rule them out."""
    document = values.edition.document
    for section, specs in (("policy", document.policy), ("facts", document.facts)):
        seen = list(document.policy) if section == "facts" else []
        for name, spec in specs.items():
            condition, column = spec.needed_when, values.layout.columns.get(name)
            if condition is not None:
                past, missing = Label(), Label()
                for other in condition.names:
                    if other not in seen and other in values.layout.columns:
                        values.writer.jump("unless_known", past, values.layout.columns[other])
                if column is not None:
                    values.writer.jump("unless_known", missing, column)
                    _contradicted(name, condition, values, wrong, past)
                values.writer.bind(missing)
                if all(other in seen or other in values.layout.columns for other in condition.names):
                    values.when(condition.node, wrong)
                values.writer.bind(past)
            seen.append(name)


def _bounded(values: Values, wrong: Label) -> None:
    """Ratios that are given lie within their bounds; all other facts are looked at before the kernel."""
    document = values.edition.document
    for name, spec in {**document.policy, **document.facts}.items():
        if spec.kind == "ratio" and name in values.layout.columns:
            past = Label()
            values.writer.jump("unless_known", past, values.layout.columns[name])
            for bound, sign in ((spec.at_least, ">="), (spec.at_most, "<=")):
                if bound is not None:
                    values.unless(Binary(sign, Name(name), Const("ratio", value_of_text(spec, bound))), wrong)
            values.writer.bind(past)


def _contradicted(name: str, condition: Expression, values: Values, wrong: Label, past: Label) -> None:
    """Given: it is its default, or the condition holds."""
    if name in values.edition.defaults:
        default = values.edition.defaults[name]
        same = Binary("==", Name(name), _written(values, name, default))
        values.when(same, past)
        values.unless(condition.node, wrong)
    values.writer.jump("jump", past)


def _written(values: Values, name: str, value: Any) -> Any:
    return Const(values.edition.vocabulary.kinds[name], value)


class _Cover:
    """One coverage on its way into the program."""

    def __init__(self, values: Values, at: int, coverage: Coverage) -> None:
        self.values, self.writer, self.at, self.coverage = values, values.writer, at, coverage
        slots = {name: SLOTS + slot for slot, name in enumerate(values.edition.document.accumulators)}
        self.by = Steps(values, slots, reads_lines=any(_is_by_lines(step) for step in _all_steps(coverage)))
        every = list(_all_steps(coverage))
        limits = [step for step in every if isinstance(step, steps.AggregateLimit)]
        if len(limits) == 1 and _is_certain(limits[0]) and any(step is limits[0] for step in coverage.steps):
            self.by.paid_slot = slots[limits[0].accumulator]
        self.holds = any(
            isinstance(step, steps.OutOfPocketMax) or (isinstance(step, steps.Bands) and step.on == "bill")
            for step in every
        )
        self.plans, self.places = self._with_room()

    def _with_room(self) -> tuple[list[list[Plan]], list[Place]]:
        """Plans over hundredths, so that editions share their scale, where amounts keep all the room they need; else as they are."""
        self.by.parts = SHARED_PARTS
        self.plans = self._planned()
        is_wide = self.holds or any(plan.is_wide for plans in self.plans for plan in plans)
        if not is_wide:
            try:
                places = self._places()
            except TakesExactWay:
                places = []
            if places and min(place.room for place in places) >= AMOUNT_MAX:
                return self.plans, places
        self.by.parts = 1
        self.plans = self._planned()
        return self.plans, self._places()

    def _planned(self) -> list[list[Plan]]:
        return [[COMPILERS[one.step](one, self.by) for one in _ways(step)] for step in self.coverage.steps]

    def _places(self) -> list[Place]:
        scales, anew, factors = [1], [], []
        for at, step in enumerate(self.coverage.steps):
            plans = self.plans[at]
            factors.append(lcm(*(plan.factor for plan in plans)))
            anew.append(_is_certain(step) and plans[0].is_whole and not self.holds)
            scales.append(1 if anew[-1] else scales[-1] * factors[-1])
        rooms, growth, widest = [0] * len(self.plans), 1, 1
        for at in reversed(range(len(self.plans))):
            if anew[at]:
                growth = max(1, -(-2 * growth // scales[at]))
            largest = max(plan.largest for plan in self.plans[at])
            growth *= max([factors[at], *(plan.growth * factors[at] // plan.factor for plan in self.plans[at])])
            rooms[at] = MOST // growth
            widest = max(widest, max(largest, 1) * scales[at] * growth, scales[at + 1])
        if widest > MOST or min(rooms) < 1:
            raise TakesExactWay(TOO_FINE)
        self.widest = MOST // widest
        return [
            Place(scales[at], scales[at + 1], rooms[at], anew[at], self._on_lines(at)) for at in range(len(self.plans))
        ]

    def _on_lines(self, at: int) -> bool:
        """Whether working lines still matter from this step on."""
        return at > 0 and any(plan.is_of_lines for plans in self.plans[at:] for plan in plans)

    def write(self) -> None:
        past = Label()
        self.values.unless(self.coverage.trigger.when.node, past)
        self._stops(past)
        is_plain = not self.holds and not any(plan.is_wide for plans in self.plans for plan in plans)
        self.writer.emit("begin_plain" if is_plain else "begin", 0, self.widest)
        limit = self._last_limit()
        for at, step in enumerate(self.coverage.steps if limit is None else self.coverage.steps[:-1]):
            self._step(at, step)
        self._finish(limit)
        self.writer.bind(past)

    def _last_limit(self) -> int | None:
        """The written amount of the limit that every claim meets last."""
        last = self.coverage.steps[-1]
        if not isinstance(last, steps.AggregateLimit) or self.by.paid_slot < 0:
            return None
        known = self.values.known(last.limit.node)
        return known if isinstance(known, int) and _is_certain(last) else None

    def _finish(self, limit: int | None) -> None:
        scale, result = self.places[-1].after, self.values.layout.slots + self.at
        is_used_up = any(isinstance(step, steps.AggregateLimit) for step in _all_steps(self.coverage))
        name = "finish_booked" if self.by.paid_slot >= 0 else "finish" if is_used_up else "finish_plain"
        self.writer.emit(name if limit is None else "finish_within", 0, limit or 0, scale, MOST, result, self.by.paid_slot)

    def _stops(self, past: Label) -> None:
        """Exclusions and waiting period; what may fail is tried first, since the engine tries them all."""
        exclusions = self.values.edition.document.exclusions_of(self.coverage)
        for exclusion in exclusions:
            if can_fail(exclusion.when.node):
                self.values.value(exclusion.when.node)
        if self.coverage.waiting is not None:
            self._waiting(self.coverage.waiting, past)
        for exclusion in exclusions:
            self.values.when(exclusion.when.node, past)

    def _waiting(self, waiting: Waiting, past: Label) -> None:
        over = Label()
        first = self.values.value(Binary("+", waiting.counted_from.node, waiting.days.node))
        if waiting.unless is not None:
            self.values.when(waiting.unless.node, over)
        happened, into = self.values.value(waiting.happened.node), self.writer.register()
        self.writer.emit("compare", into, happened, first, 6)
        self.writer.jump("unless", past, into)
        self.writer.bind(over)

    def _step(self, at: int, step: Any) -> None:
        place, free = self.places[at], self.writer.next_register
        skipped, after, joined = Label(), Label(), Label()
        if step.when is not None:
            self.values.unless(step.when.node, skipped)
        if step.quiet and step.of is not None:
            self.values.reads_lines = True
            self.writer.jump("unless_lines", skipped, self.by.mask(step.of))
        if self.holds and step.step in COST_SHARING and step.of is None:
            self.by.emit("cover", place)
        if self.holds and step.step in DEDUCTIBLES:
            self.by.emit("mark", place)
        self._ways_through(at, step, skipped, joined)
        self.writer.bind(joined)
        if self.holds and step.step in DEDUCTIBLES:
            self.by.emit("deducted", place)
        if skipped.aimed:
            self.writer.jump("jump", after)
            self.writer.bind(skipped)
            self._through(None, place)
        self.writer.bind(after)
        self.writer.next_register = free

    def _ways_through(self, at: int, step: Any, skipped: Label, joined: Label) -> None:
        """The step itself and what its exceptions put in its place, each ending over the same denominator."""
        place, plans = self.places[at], self.plans[at][1:]
        for exception in step.exceptions:
            if can_fail(exception.when.node):
                self.values.value(exception.when.node)
        for exception in step.exceptions:
            other = Label()
            self.values.unless(exception.when.node, other)
            self._through(None if isinstance(exception.instead, str) else plans.pop(0), place)
            self.writer.jump("jump", joined)
            self.writer.bind(other)
        self._through(self.plans[at][0], place)

    def _through(self, plan: Plan | None, place: Place) -> None:
        """One way; what it has not widened itself is widened after it."""
        if plan is not None and place.on_lines and plan.is_wide and not plan.is_of_lines:
            raise TakesExactWay(LINES_AFTER_RATIO)
        if plan is not None:
            plan.write(place)
        if place.begins_anew or place.after == place.scale:
            return
        factor = place.after // place.scale
        left = 1 if plan is not None and plan.is_whole else factor // (plan.factor if plan is not None else 1)
        lines = factor // (plan.lines_factor if plan is not None else 1)
        if left != 1:
            self.by.emit("neutral", place, x=left)
        if self.holds:
            self.by.emit("widen_held", place, x=factor)
        if place.on_lines and lines != 1:
            self.by.emit("lines_times", place, x=lines)


def _is_certain(step: Any) -> bool:
    """Whether every claim goes through the step itself."""
    return step.when is None and not step.exceptions and not (step.quiet and step.of is not None)


def _ways(step: Any) -> Iterator[Any]:
    """The step and what exceptions put in its place."""
    yield step
    for exception in step.exceptions:
        if not isinstance(exception.instead, str):
            yield exception.instead


def _all_steps(coverage: Coverage) -> Iterator[Any]:
    for step in coverage.steps:
        yield from _ways(step)


def _is_by_lines(step: Any) -> bool:
    if not isinstance(step, BY_ITEMS) or isinstance(step, steps.Sum):
        return False
    scope = getattr(step, "scope", "")
    return step.of is not None or isinstance(step, steps.Sublimit) or scope in ("item", "day", "person")
