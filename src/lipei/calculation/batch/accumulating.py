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


WIDTH = 8
ACCUMULATOR, KEY, PERIOD, DATED, DATED_DEFAULT, STARTS, STARTS_DEFAULT = range(7)
"""What a slot says: which accumulator, whose key, which period, and the rows and defaults of the dates that decide it."""
PERSON, FIRST, BEYOND, CELL, STARTED, KIND = range(6)
"""What is remembered of the latest cell of an accumulator: whose, first day, day after the last, the cell, start of the policy."""
OF_ACCUMULATOR, OF_PERSON, OF_START, USED = range(4)
"""Rows of the table of cells."""


class Cells(NamedTuple):
    """The balances: a table of cells, how many there are and whether an index is needed, the latest of each accumulator, the index.

    While claims come ordered by person and period a new person or period is a new cell; when they do not, `index` (a hash
    table) finds the cell that was there before.
    """

    table: Any
    state: Any
    latest: Any
    index: Any


def slots_of(editions: Sequence[Edition], *, columns: dict[str, int]) -> tuple[Any, tuple[str, ...]]:
    """What each slot of each edition says (`WIDTH` numbers for each, edition after edition), and the names of all accumulators."""
    names = tuple(sorted({name for edition in editions for name in edition.document.accumulators}))
    numbers = {name: at for at, name in enumerate(names)}
    most = max([1, *(len(edition.document.accumulators) for edition in editions)])
    table = np.full((len(editions), most, WIDTH), -1, dtype=np.int64)
    for row, edition in enumerate(editions):
        for slot, (name, spec) in enumerate(edition.document.accumulators.items()):
            policy_year = spec.period == "policy_year" and spec.starts is not None
            period = CALENDAR_YEAR if spec.period == "calendar_year" else POLICY_YEAR if policy_year else NO_PERIOD
            dates = (*_date(edition, spec.dated_by, columns), *_date(edition, spec.starts, columns))
            table[row, slot, :7] = (numbers[name], KEYS[spec.person], period, *dates)
    return table.reshape(-1), names


def _date(edition: Edition, name: str | None, columns: dict[str, int]) -> tuple[int, int]:
    """The row of a date in the frame (−1 for none) and its default."""
    known = edition.defaults.get(name or "")
    return columns.get(name or "", -1), MISSING if known is None else known.toordinal()


def new_cells(many_accumulators: int, *, capacity: int) -> Cells:
    """No cell yet, room for `capacity`; memory is taken only as cells are used."""
    latest = np.full((max(many_accumulators, 1), WIDTH), -1, dtype=np.int64)
    index = np.full(1, EMPTY, dtype=np.int64)
    return Cells(np.zeros((4, max(capacity, 1)), dtype=np.int64), np.zeros(2, dtype=np.int64), latest, index)


def indexed(cells: Cells, *, room: int) -> Cells:
    """The same cells with a hash table over them, large enough for `room` cells."""
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
    size, table = len(cells.index), cells.table
    at = _hash(accumulator, person, start, size)
    while cells.index[at] != EMPTY:
        cell = cells.index[at]
        if table[OF_PERSON, cell] == person and table[OF_START, cell] == start:
            if table[OF_ACCUMULATOR, cell] == accumulator:
                break
        at = (at + 1) & (size - 1)
    return at


@compiled
def fill_index(cells: Any) -> None:
    """Puts every cell into the index."""
    table = cells.table
    for cell in range(cells.state[0]):
        at = _found(cells, table[OF_ACCUMULATOR, cell], table[OF_PERSON, cell], table[OF_START, cell])
        cells.index[at] = cell


@inlined
def _new_year(year: Any) -> Any:
    before = year - 1
    return 365 * before + before // 4 - before // 100 + before // 400 + 1


@inlined
def _period(period: Any, dated: Any, starts: Any) -> Any:
    """First day of the period and the day after its last, as ordinals; 0 when it has none."""
    if period == CALENDAR_YEAR:
        year = dated * 400 // 146097 + 1
        if _new_year(year) > dated:
            year -= 1
        elif _new_year(year + 1) <= dated:
            year += 1
        return _new_year(year), _new_year(year + 1)
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
    cells.table[OF_ACCUMULATOR, cell], cells.table[OF_PERSON, cell] = accumulator, person
    cells.table[OF_START, cell] = start
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
    before = cells.latest[accumulator, PERSON]
    if person < before or (person == before and start < cells.latest[accumulator, FIRST]):
        return -1
    if person == before and start == cells.latest[accumulator, FIRST]:
        return cells.latest[accumulator, CELL]
    return _new_cell(cells, accumulator, person, start)


@inlined
def _date_in(rows: Any, slots: Any, row: Any, which: Any) -> Any:
    place = slots[which]
    found = rows[place, row] if place >= 0 else MISSING
    return slots[which + 1] if found == MISSING else found


@compiled
def find_cells(cells: Any, slots: Any, many: Any, rows: Any, keys: Any, first: Any, last: Any) -> Any:
    """The cell of every slot of the rows; the first row that needs an index to find its own, or `last`."""
    latest = cells.latest
    for row in range(first, last):
        e = rows[EDITION, row]
        for at in range(many):
            slot = (e * many + at) * WIDTH
            accumulator, period = slots[slot + ACCUMULATOR], slots[slot + PERIOD]
            if accumulator < 0:
                break
            person, dated = keys[slots[slot + KEY], row], _date_in(rows, slots, row, slot + DATED)
            starts = _date_in(rows, slots, row, slot + STARTS) if period == POLICY_YEAR else 1
            same_period = latest[accumulator, KIND] == period and latest[accumulator, STARTED] == starts
            same_period = same_period and latest[accumulator, FIRST] <= dated < latest[accumulator, BEYOND]
            if same_period and latest[accumulator, PERSON] == person:
                rows[SLOTS + at, row] = latest[accumulator, CELL]
                continue
            if not (1 <= dated <= LAST_DAY and 1 <= starts <= LAST_DAY):
                rows[SLOTS + at, row] = 0
                continue
            start, beyond = latest[accumulator, FIRST], latest[accumulator, BEYOND]
            if not same_period:
                start, beyond = _period(period, dated, starts)
            cell = _cell(cells, accumulator, person, start)
            if cell < 0:
                return row
            latest[accumulator, PERSON], latest[accumulator, CELL], latest[accumulator, KIND] = person, cell, period
            latest[accumulator, FIRST], latest[accumulator, BEYOND] = start, beyond
            latest[accumulator, STARTED] = starts
            rows[SLOTS + at, row] = cell
    return last


def opened(cells: Cells, balances: Balances, *, names: tuple[str, ...]) -> Cells:
    """The cells with what earlier claims have used; they need the index, since they come before any claim."""
    numbers = {name: at for at, name in enumerate(names)}
    own = np.array([numbers.get(name, -1) for name in balances.names] or [-1], dtype=np.int64)[balances.accumulator]
    is_known = own >= 0
    first, many = int(cells.state[0]), int(is_known.sum())
    for row, column in enumerate((own, balances.person, balances.start, balances.used)):
        cells.table[row, first : first + many] = column[is_known]
    cells.state[0] += many
    return indexed(cells, room=cells.table.shape[1])


def closing(cells: Cells, *, names: tuple[str, ...]) -> Balances:
    """The balances of all cells that were used."""
    table = cells.table[:, : int(cells.state[0])]
    is_used = table[USED] != 0
    return Balances(names, *(row[is_used] for row in table))
