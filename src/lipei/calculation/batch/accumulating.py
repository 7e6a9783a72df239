"""Balances of accumulators while a batch runs: one cell for each accumulator, person and period, found in the order of the claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lipei.calculation.batch.accelerated import compiled, inlined
from lipei.calculation.batch.frame import EDITION, SLOTS
from lipei.calculation.batch.tables import Balances
from lipei.calculation.batch.whole_numbers import LAST_DAY, MISSING, day_of, year_of
from lipei.terms.edition import Edition

NO_PERIOD, CALENDAR_YEAR, POLICY_YEAR = 0, 1, 2
KEYS = {"policy": 0, "member": 1, "family": 2}
EMPTY = -1


class Slots(NamedTuple):
    """For each edition (row) and slot: which accumulator, whose key, which period, dated by and starting from which column."""

    many: Any
    accumulator: Any
    key: Any
    period: Any
    dated: Any
    dated_default: Any
    starts: Any
    starts_default: Any


class Cells(NamedTuple):
    """The balances: of which accumulator, person and period start each is, what is used, and how they are found again.

    `state` is [cells in use, whether an index is needed]; `last_*` remember the latest cell of each accumulator, which is all
    that is needed while claims come ordered by person and period; `index` is the hash table for when they do not.
    """

    accumulator: Any
    person: Any
    start: Any
    used: Any
    state: Any
    last_person: Any
    last_start: Any
    last_end: Any
    last_cell: Any
    index: Any


def slots_of(editions: Sequence[Edition], *, columns: dict[str, int]) -> tuple[Slots, tuple[str, ...]]:
    """The slots of all editions, and the names of all accumulators."""
    names = tuple(sorted({name for edition in editions for name in edition.document.accumulators}))
    most = max([len(edition.document.accumulators) for edition in editions], default=0)
    shape = (len(editions), max(most, 1))
    table = Slots(np.zeros(len(editions), dtype=np.int64), *(np.full(shape, -1, dtype=np.int64) for _ in range(7)))
    for row, edition in enumerate(editions):
        table.many[row] = len(edition.document.accumulators)
        for slot, (name, spec) in enumerate(edition.document.accumulators.items()):
            table.accumulator[row, slot] = names.index(name)
            table.key[row, slot] = KEYS[spec.person]
            policy_year = spec.period == "policy_year" and spec.starts is not None
            table.period[row, slot] = (
                CALENDAR_YEAR if spec.period == "calendar_year" else POLICY_YEAR if policy_year else NO_PERIOD
            )
            for field, columns_of, default in (
                (spec.dated_by, table.dated, table.dated_default),
                (spec.starts, table.starts, table.starts_default),
            ):
                columns_of[row, slot] = columns.get(field or "", -1)
                known = edition.defaults.get(field or "")
                default[row, slot] = MISSING if known is None else known.toordinal()
    return table, names


def new_cells(many_accumulators: int, *, capacity: int) -> Cells:
    """No cell yet, room for `capacity`."""
    cell = [np.zeros(capacity, dtype=np.int64) for _ in range(4)]
    last = [np.full(max(many_accumulators, 1), -1, dtype=np.int64) for _ in range(4)]
    return Cells(*cell, np.zeros(2, dtype=np.int64), *last, np.full(1, EMPTY, dtype=np.int64))


def grown(cells: Cells, *, by: int) -> Cells:
    """Room for `by` more cells."""
    needed = int(cells.state[0]) + by
    if needed > len(cells.used):
        size = max(needed, len(cells.used) + len(cells.used) // 2)
        wide = [np.concatenate([one, np.zeros(size - len(one), dtype=np.int64)]) for one in cells[:4]]
        cells = cells._replace(accumulator=wide[0], person=wide[1], start=wide[2], used=wide[3])
    if cells.state[1] and 2 * needed > len(cells.index):
        return indexed(cells, room=needed)
    return cells


def indexed(cells: Cells, *, room: int) -> Cells:
    """The same cells with a hash table over them."""
    size = 1 << (4 * max(room, 8) - 1).bit_length()
    cells = cells._replace(index=np.full(size, EMPTY, dtype=np.int64))
    cells.state[1] = 1
    fill_index(cells)
    return cells


@inlined
def _hash(accumulator: Any, person: Any, start: Any, size: Any) -> Any:
    mixed = (person ^ (start << 20) ^ (accumulator << 44)) & (2**62 - 1)
    for _ in range(2):
        mixed = ((mixed ^ (mixed >> 31)) & (2**31 - 1)) * 1_103_515_245 + (mixed >> 31)
        mixed = mixed & (2**62 - 1)
    return mixed & (size - 1)


@inlined
def _found(cells: Any, accumulator: Any, person: Any, start: Any) -> Any:
    """The place in the index where the cell is, or where it would be."""
    size = len(cells.index)
    at = _hash(accumulator, person, start, size)
    while cells.index[at] != EMPTY:
        cell = cells.index[at]
        if cells.accumulator[cell] == accumulator and cells.person[cell] == person and cells.start[cell] == start:
            break
        at = (at + 1) & (size - 1)
    return at


@compiled
def fill_index(cells: Any) -> None:
    """Puts every cell into the index."""
    for cell in range(cells.state[0]):
        at = _found(cells, cells.accumulator[cell], cells.person[cell], cells.start[cell])
        cells.index[at] = cell


@inlined
def _period(period: Any, dated: Any, starts: Any) -> Any:
    """First day of the period and the day after its last, as ordinals; 0 when it has none."""
    if period == CALENDAR_YEAR:
        year, _, _ = year_of(dated)
        return day_of(year, 1, 1), day_of(year + 1, 1, 1)
    if period == POLICY_YEAR:
        year, month, day = year_of(dated)
        _, month0, day0 = year_of(starts)
        if month < month0 or (month == month0 and day < day0):
            year -= 1
        return day_of(year, month0, day0), day_of(year + 1, month0, day0)
    return 0, LAST_DAY + 1


@inlined
def _new_cell(cells: Any, accumulator: Any, person: Any, start: Any) -> Any:
    cell = cells.state[0]
    cells.accumulator[cell], cells.person[cell], cells.start[cell] = accumulator, person, start
    cells.used[cell] = 0
    cells.state[0] += 1
    return cell


@inlined
def _cell(cells: Any, accumulator: Any, person: Any, start: Any) -> Any:
    """The cell, made when it is not there; −1 when claims no longer come in order and an index is needed."""
    if cells.state[1] == 1:
        at = _found(cells, accumulator, person, start)
        if cells.index[at] == EMPTY:
            cells.index[at] = _new_cell(cells, accumulator, person, start)
        return cells.index[at]
    before = cells.last_person[accumulator]
    if cells.last_cell[accumulator] >= 0 and (
        person < before or (person == before and start <= cells.last_start[accumulator])
    ):
        return -1
    return _new_cell(cells, accumulator, person, start)


@compiled
def find_cells(cells: Any, slots: Any, rows: Any, keys: Any, first: Any, last: Any) -> Any:
    """The cell of every slot of the rows; the first row that needs an index to find its own, or `last`."""
    for row in range(first, last):
        e = rows[EDITION, row]
        for slot in range(slots.many[e]):
            accumulator, person = slots.accumulator[e, slot], keys[slots.key[e, slot], row]
            dated = rows[slots.dated[e, slot], row] if slots.dated[e, slot] >= 0 else MISSING
            dated = slots.dated_default[e, slot] if dated == MISSING else dated
            period, starts = slots.period[e, slot], 1
            if period == POLICY_YEAR:
                starts = rows[slots.starts[e, slot], row] if slots.starts[e, slot] >= 0 else MISSING
                starts = slots.starts_default[e, slot] if starts == MISSING else starts
            if not (1 <= dated <= LAST_DAY and 1 <= starts <= LAST_DAY):
                rows[SLOTS + slot, row] = 0
                continue
            same = cells.last_person[accumulator] == person and cells.last_cell[accumulator] >= 0
            if period == CALENDAR_YEAR and cells.last_start[accumulator] <= dated < cells.last_end[accumulator]:
                start, end = cells.last_start[accumulator], cells.last_end[accumulator]
            else:
                start, end = _period(period, dated, starts)
            if same and start == cells.last_start[accumulator]:
                rows[SLOTS + slot, row] = cells.last_cell[accumulator]
                continue
            cell = _cell(cells, accumulator, person, start)
            if cell < 0:
                return row
            cells.last_person[accumulator], cells.last_cell[accumulator] = person, cell
            cells.last_start[accumulator] = start
            cells.last_end[accumulator] = end if period == CALENDAR_YEAR else -1
            rows[SLOTS + slot, row] = cell
    return last


def opened(cells: Cells, balances: Balances, *, names: tuple[str, ...]) -> Cells:
    """The cells with what earlier claims have used; they need the index, since they come before any claim."""
    numbers = {name: at for at, name in enumerate(names)}
    cells = grown(cells, by=len(balances.used))
    for accumulator, person, start, used in zip(
        balances.accumulator, balances.person, balances.start, balances.used, strict=True
    ):
        if balances.names[accumulator] in numbers:
            cell = int(cells.state[0])
            cells.accumulator[cell], cells.used[cell] = numbers[balances.names[accumulator]], used
            cells.person[cell], cells.start[cell] = person, start
            cells.state[0] += 1
    return indexed(cells, room=int(cells.state[0]) + 1024)


def closing(cells: Cells, *, names: tuple[str, ...]) -> Balances:
    """The balances of all cells that were used."""
    many = int(cells.state[0])
    is_used = cells.used[:many] != 0
    taken = [one[:many][is_used] for one in (cells.accumulator, cells.person, cells.start, cells.used)]
    return Balances(names, *taken)
