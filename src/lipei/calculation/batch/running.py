"""`batch`: many claims under many editions in one call – columns in, columns out, balances carried from claim to claim."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from lipei.calculation.batch import accumulating, checking, quick_way
from lipei.calculation.batch.accelerated import HOW
from lipei.calculation.batch.accumulating import Cells, Slots
from lipei.calculation.batch.checking import Bounds
from lipei.calculation.batch.compiling import Program, compiled_editions
from lipei.calculation.batch.exact_way import explained
from lipei.calculation.batch.frame import BASE, BILL, EDITION, FIRST_LINE, FLAG, ROOM, SLOTS, Frame
from lipei.calculation.batch.kernel import kernel
from lipei.calculation.batch.ordering import in_order, put_back, stretches
from lipei.calculation.batch.quick_kernel import Way, quick_kernel
from lipei.calculation.batch.tables import Balances, Claims, Items, Policies, Problem, Result, Workspace, as_column
from lipei.calculation.batch.whole_numbers import MISSING
from lipei.calculation.batch.writing import Layout
from lipei.calculation.inputs import CannotCalculate
from lipei.terms.edition import Edition

ROWS_AT_ONCE = 65_536
"""Rows whose facts are gathered for the kernel at one time: enough to make calls rare, few enough for the cache."""
APART = 40
"""Numbers between the end of a row of the frame and the next: so that they do not all fall on one line of the processor's cache."""
THREADS_MAX = 64


@dataclass(slots=True)
class Prepared:
    """Everything about the editions that does not depend on the rows."""

    editions: tuple[Edition, ...]
    names: tuple[str, ...]
    columns: dict[str, int]
    parts: dict[str, int]
    program: Program
    slots: Slots
    bounds: Bounds
    allowed: list[tuple[int, Any]]
    coverages: int
    height_of_slots: int
    first_column: int
    height: int


@lru_cache(maxsize=16)
def prepared_for(editions: tuple[Edition, ...], names: tuple[str, ...], ratios: tuple[str, ...], choices: tuple[str, ...]) -> Prepared:
    """The editions compiled for tables with these columns; kept, so that the next stretch of a book need not compile again."""
    many_slots = max(len(edition.document.accumulators) for edition in editions)
    first = SLOTS + many_slots
    columns = {name: first + at for at, name in enumerate(names)}
    parts = {name: first + len(names) + at for at, name in enumerate(ratios)}
    height = first + len(names) + len(ratios)
    layout = Layout(columns, parts, {choice: at for at, choice in enumerate(choices)}, many_slots)
    slots = accumulating.slots_of(editions, columns=columns)
    return Prepared(
        editions,
        names,
        columns,
        parts,
        compiled_editions(editions, layout=layout),
        slots,
        checking.bounds_of(editions, columns=columns, parts=parts, many=height),
        checking.allowed_choices(editions, columns=columns, choices=choices),
        max(len(edition.document.coverages) for edition in editions),
        many_slots,
        first,
        height,
    )


@lru_cache(maxsize=16)
def _categories_for(editions: tuple[Edition, ...], names: tuple[str, ...]) -> Any:
    return checking.local_categories(editions, names=names)


def batch(
    editions: Sequence[Edition],
    *,
    policies: Policies,
    claims: Claims,
    items: Items | None = None,
    balances: Balances | None = None,
    threads: int = 1,
    workspace: Workspace | None = None,
    speed: Literal["ready", "fastest"] = "ready",
) -> Result:
    """What every claim is owed, to the cent what `explain` says of it, and what it uses of the accumulators.

    Claims are taken in the order of family, policy and `order`; each sees what those before it have used, `balances` first.
    Rows that cannot be done in 64 bits are explained one by one and counted; rows that cannot be calculated are problems.
    `fastest` has a kernel written and compiled for the shapes of the editions (some seconds, once), where they have such.
    Raises `ValueError` when the tables do not fit together and `TypeError` for columns that are not whole numbers.
    """
    _fit_together(editions, policies, claims, items)
    names = tuple(sorted({*policies.columns, *claims.columns}))
    ratios = tuple(sorted({*policies.parts, *claims.parts}))
    ready = prepared_for(tuple(editions), names, ratios, claims.choices)
    order, claims, items = in_order(claims, items)
    _policies_are_there(claims, policies)
    many = len(claims)
    way = _way(ready, claims, has_items=items is not None) if speed == "fastest" and ready.program.patterns else None
    kept = workspace or Workspace()
    results = kept.room("results", ready.height_of_slots + ready.coverages, many)
    runs = [
        _Run(ready, policies, claims, items, balances or Balances.none(), results, kept, str(number), way=way)
        for number in range(min(max(threads, 1), THREADS_MAX))
    ]
    parts = stretches(claims, into=1 if balances is not None and len(balances.used) else len(runs))
    with ThreadPoolExecutor(len(parts)) as pool:
        list(pool.map(lambda pair: pair[0].run(*pair[1]), zip(runs, parts, strict=False)))
    return _result(ready, runs, order, results)


def _way(ready: Prepared, claims: Claims, *, has_items: bool) -> Way:
    columns = len(ready.columns) + len(ready.parts)
    return quick_way.way_of(
        ready.program.patterns, ready.slots, editions=len(ready.editions), columns=columns, first_column=ready.first_column,
        coverages=ready.coverages, claims=claims, has_lines=has_items or ready.program.reads_lines,
    )  # fmt: skip


def _result(ready: Prepared, runs: list[_Run], order: Any, results: Any) -> Result:
    """What the threads found, in the order in which the claims were given."""
    problems = [problem for run in runs for problem in run.problems]
    exact = [row for run in runs for row in run.exact]
    if order is not None:
        put_back(results, order)
        problems = [replace(problem, row=int(order[problem.row])) for problem in problems]
        exact = [int(order[row]) for row in exact]
    return Result(
        results[ready.height_of_slots :],
        results[: ready.height_of_slots],
        tuple(sorted(problems, key=lambda problem: problem.row)),
        tuple(sorted(exact)),
        ready.program.exact,
        lambda: _together([accumulating.closing(run.cells, slots=ready.slots) for run in runs]),
        order is None,
        HOW,
    )


def _together(closings: list[Balances]) -> Balances:
    fields = ("accumulator", "person", "start", "used")
    return Balances(closings[0].names, *(np.concatenate([getattr(one, name) for one in closings]) for name in fields))


def _fit_together(editions: Sequence[Edition], policies: Policies, claims: Claims, items: Items | None) -> None:
    many = len(claims)
    wrong = [n for n, c in {**claims.columns, **claims.parts}.items() if len(c) != many]
    wrong += [n for n, c in {**policies.columns, **policies.parts}.items() if len(c) != len(policies.edition)]
    wrong += sorted(set(policies.columns) & set(claims.columns))
    tables = [claims.policy, claims.order, policies.edition, *claims.columns.values(), *claims.parts.values()]
    tables += [*policies.columns.values(), *policies.parts.values()]
    for column in tables:
        as_column(column)
    if not editions or wrong or len(claims.order) != many or (items is not None and len(items.offsets) != many + 1):
        raise ValueError(f"the tables do not fit together: {', '.join(wrong) or 'rows'}")
    if len(policies.edition) and not 0 <= int(policies.edition.min()) <= int(policies.edition.max()) < len(editions):
        raise ValueError("a policy names an edition that is not there")


def _policies_are_there(claims: Claims, policies: Policies) -> None:
    """Looks at the policies of claims in order: by policy, the first and the last say it; by family, each is looked at."""
    if len(claims):
        ends = claims.policy[[0, -1]] if claims.family is None else claims.policy
        if not 0 <= int(ends.min()) <= int(ends.max()) < len(policies.edition):
            raise ValueError("a claim names a policy that is not there")


class _Run:
    """One thread's work: a stretch of claims, in order, with balances of its own persons."""

    def __init__(self, ready: Prepared, policies: Policies, claims: Claims, items: Items | None, balances: Balances, results: Any, workspace: Workspace, name: str, *, way: Way | None) -> None:
        self.ready, self.policies, self.claims, self.items, self.results = ready, policies, claims, items, results
        self.kernel, self.way = kernel(), way
        size = min(ROWS_AT_ONCE, max(len(claims), 1))
        self.size = size
        self.cells: Cells = accumulating.new_cells(
            ready.slots, claims=len(claims) + len(balances.used), workspace=workspace, name=name
        )
        if len(balances.used):
            self.cells = accumulating.opened(self.cells, balances, slots=ready.slots)
        self.rows = np.zeros((ready.height, size + APART), dtype=np.int64)
        self.keys = np.zeros((3, size), dtype=np.int64)
        self.room = np.zeros(ROOM, dtype=np.int64)
        self.lines = np.zeros((4, 1), dtype=np.int64)
        self.bills = np.zeros((SLOTS, 1), dtype=np.int64)
        self.problems: list[Problem] = []
        self.exact: list[int] = []
        names = items.categories if items is not None else (claims.bill_category,)
        self.local = _categories_for(ready.editions, names)
        if way is not None:
            self.quick_bounds = quick_way.bounds_for(way, ready.bounds, ready.allowed, local=self.local)
            self.own = quick_way.own_numbers(way, ready.program.table)
        who = [0, 0 if claims.member is None else 1, 0 if claims.family is None else 2]
        self.slots = accumulating.keyed(ready.slots, keys=who)

    def run(self, first: int, last: int) -> None:
        """The claims from `first` to `last`, a stretch at a time."""
        at_once = quick_way.ROWS_AT_ONCE if self.way is not None and not self.way.has_lines else self.size
        for begin in range(first, last, at_once):
            end = min(begin + at_once, last)
            if self.way is None:
                self._stretch(begin, end)
            else:
                self._quickly(begin, end, self.way)

    def _quickly(self, begin: int, end: int, way: Way) -> None:
        """A stretch the quick way; blocks that it leaves go the general one."""
        ready, many, run, lines = self.ready, end - begin, quick_kernel(way), self.lines
        if way.has_lines:
            self.bills = np.zeros((SLOTS, many + 1), dtype=np.int64)
            self.bills[EDITION, :many] = self.policies.edition[self.claims.policy[begin:end]]
            lines = self._lines(begin, end, self.bills, lines=np.zeros((4, 1), dtype=np.int64))
            self.bills[BILL, :many][self.bills[FLAG, :many] != 0] = -1
        names = [*((name, False) for name in ready.columns), *((name, True) for name in ready.parts)]
        part = quick_way.stretch_of(
            begin, end, way=way, names=names, policies=self.policies, claims=self.claims, bounds=self.quick_bounds,
            own=self.own, lines=self.bills if way.has_lines else None,
        )  # fmt: skip
        frame = Frame(ready.program.table, self.rows, self.room, lines, self.cells.used, self.results, ready.program.table)
        quick_way.through(
            many,
            quick=lambda row: int(run(frame, self.cells, self.slots, self.keys, part, begin, row, many)),
            general=lambda row, beyond: self._stretch(begin + row, begin + beyond),
        )

    def _stretch(self, begin: int, end: int) -> None:
        many, run = end - begin, self.kernel
        self.results[:, begin:end] = 0
        self._gather(begin, end)
        checking.mark_facts(self.rows, self.ready.bounds, self.ready.first_column, many)
        checking.mark_choices(self.rows, self.ready.allowed, many)
        self.lines = self._lines(begin, end, self.rows, lines=self.lines)
        self._find_cells(many)
        self.room[BASE] = begin
        program = self.ready.program.table
        frame = Frame(program, self.rows, self.room, self.lines, self.cells.used, self.results, program)
        row = 0
        while row < many:
            row = run(frame, row, many)
            if row < many:
                self._explain(begin, row)
                row += 1

    def _gather(self, begin: int, end: int) -> None:
        """Edition, keys and facts of the rows, side by side."""
        claims, policies, many = self.claims, self.policies, end - begin
        policy = claims.policy[begin:end]
        self.rows[FLAG, :many] = 0
        np.take(policies.edition, policy, out=self.rows[EDITION, :many], mode="clip")
        for places, of_claims, of_policies in (
            (self.ready.columns, claims.columns, policies.columns),
            (self.ready.parts, claims.parts, policies.parts),
        ):
            for name, at in places.items():
                if name in of_claims:
                    self.rows[at, :many] = of_claims[name][begin:end]
                else:
                    self.rows[at, :many] = of_policies[name][policy]
        self.keys[0, :many] = policy
        for row, persons in ((1, claims.member), (2, claims.family)):
            if persons is not None:
                self.keys[row, :many] = persons[begin:end]

    def _lines(self, begin: int, end: int, rows: Any, *, lines: Any) -> Any:
        """The bills of the rows: totals, and lines where there are any; the table of lines, a larger one where need be."""
        many, items, missing = end - begin, self.items, np.full(1, MISSING, dtype=np.int64)
        if items is None:
            rows[BILL, :many] = 0 if self.claims.bill is None else self.claims.bill[begin:end]
            if self.claims.bill is None:
                rows[FIRST_LINE] = 0
                return lines
            if not self.ready.program.reads_lines:
                checking.mark_bills(rows, self.local, many)
                return lines
            items, begin, end = checking.bill_as_items(rows[BILL, :many].copy(), self.claims.bill_category), 0, many
        needed = int(items.offsets[end] - items.offsets[begin])
        if needed > lines.shape[1]:
            lines = np.zeros((4, needed + needed // 2), dtype=np.int64)
        columns = (
            items.offsets, items.category, items.claimed, missing if items.allowed is None else items.allowed,
            missing if items.days is None else items.days, missing if items.person is None else items.person,
        )  # fmt: skip
        checking.read_lines(columns, self.local, rows, lines, begin, end)
        return lines

    def _find_cells(self, many: int) -> None:
        """The cell of every accumulator of every row; an index over the cells when persons do not come in order."""
        row = 0
        if not self.ready.slots.groups:
            return
        while row < many:
            row = accumulating.find_cells(*self.cells, self.slots, self.ready.height_of_slots, self.rows, self.keys, row, many)
            if row < many:
                self.cells = accumulating.indexed(self.cells)

    def _explain(self, begin: int, row: int) -> None:
        """What the kernel left: undone, and calculated the exact way with the balances as they are now."""
        place, edition = begin + row, self.ready.editions[int(self.rows[EDITION, row])]
        of = {name: int(self.rows[SLOTS + slot, row]) for slot, name in enumerate(edition.document.accumulators)}
        for slot, cell in enumerate(of.values()):
            self.cells.used[cell] -= self.results[slot, place]
        self.results[:, place] = 0
        try:
            statement = explained(
                edition, row=place, policies=self.policies, claims=self.claims, items=self.items,
                balances={name: int(self.cells.used[cell]) for name, cell in of.items()},
            )  # fmt: skip
        except CannotCalculate as cannot:
            self.problems.append(Problem(place, cannot.needs))
            return
        self.exact.append(place)
        for at, reading in enumerate(statement.coverages):
            self.results[self.ready.height_of_slots + at, place] = reading.owed
        for movement in statement.movements:
            self.cells.used[of[movement.accumulator]] += movement.amount
            self.results[list(of).index(movement.accumulator), place] += movement.amount
