"""Balances of accumulators while a batch runs: one cell for each accumulator, person and period, found in the order of the claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lipei.calculation.batch.accelerated import at, compiled, woven
from lipei.calculation.batch.frame import EDITION, SLOTS
from lipei.calculation.batch.tables import Balances, Workspace
from lipei.calculation.batch.whole_numbers import LAST_DAY, MISSING, day_of, quotient, year_of
from lipei.terms.edition import Edition

NO_PERIOD, CALENDAR_YEAR, POLICY_YEAR, EVENT = 0, 1, 2, 3
KEYS = {"policy": 0, "member": 1, "family": 2}
EMPTY = -1
FOUND, UNDATED, NEEDS_INDEX = 1, 2, 0


WIDTH = 8
GROUP, KEY, PERIOD, DATED, DATED_DEFAULT, STARTS, STARTS_DEFAULT, OFFSET = range(WIDTH)
"""What a slot says: its group, whose key, which period, the rows and defaults of the dates that decide it, its place in the group."""
PERSON, FIRST, BEYOND, CELL, STARTED, KIND = range(6)
"""What is remembered of the latest block of a group: whose, first day, day after the last, first cell, start of the policy."""
OF_GROUP, OF_PERSON, OF_START, OF_CELL = range(4)
"""Rows of the table of blocks."""


class Cells(NamedTuple):
    """The balances: one cell for each accumulator, person and period, in blocks of accumulators that always go together.

    `blocks` says whose each block is and where its cells begin in `used`; `state` is [blocks, cells, whether an index is needed];
    `latest` is the latest block of each group. While claims come ordered by person and period a new person or period is a new
    block; when they do not, `index` (a hash table) finds the block that was there before.
    """

    blocks: Any
    used: Any
    state: Any
    latest: Any
    index: Any
    sizes: Any


class Slots(NamedTuple):
    """What each slot of each edition says (`WIDTH` numbers for each, edition after edition), and the accumulators of each group."""

    table: Any
    groups: tuple[tuple[str, ...], ...]
    many: int

    @property
    def sizes(self) -> Any:
        """How many accumulators each group has."""
        return np.array([len(names) for names in self.groups] or [0], dtype=np.int64)


def slots_of(editions: Sequence[Edition], *, columns: dict[str, int]) -> Slots:
    """The slots of all editions; accumulators that every edition has together, for the same person and period, are one group."""
    says: dict[str, list[tuple[int, ...]]] = {}
    for row, edition in enumerate(editions):
        for name, spec in edition.document.accumulators.items():
            policy_year = spec.period == "policy_year" and spec.starts is not None
            period = {"calendar_year": CALENDAR_YEAR, "event": EVENT}.get(spec.period, POLICY_YEAR if policy_year else NO_PERIOD)
            dates = (*_date(edition, spec.dated_by, columns), *_date(edition, spec.starts, columns))
            says.setdefault(name, []).append((row, KEYS[spec.person], period, *dates))
    alike: dict[tuple[tuple[int, ...], ...], list[str]] = {}
    for name in sorted(says):
        alike.setdefault(tuple(says[name]), []).append(name)
    many = max([1, *(len(edition.document.accumulators) for edition in editions)])
    table = np.full((len(editions), many, WIDTH), -1, dtype=np.int64)
    for group, (lines, names) in enumerate(alike.items()):
        for row, *rest in lines:
            of_edition = list(editions[row].document.accumulators)
            for offset, name in enumerate(sorted(names, key=of_edition.index)):
                table[row, of_edition.index(name)] = (group, *rest, names.index(name) if offset else -1 - names.index(name))
    return Slots(table.reshape(-1), tuple(tuple(names) for names in alike.values()), many)


def keyed(slots: Slots, *, keys: Sequence[int]) -> Any:
    """The table of slots, with the persons of policy, member and family found in these rows of keys."""
    table = slots.table.reshape(-1, WIDTH).copy()
    table[:, KEY] = np.array(keys, dtype=np.int64)[np.maximum(table[:, KEY], 0)]
    return table.reshape(-1)


def _date(edition: Edition, name: str | None, columns: dict[str, int]) -> tuple[int, int]:
    """The row of a date in the frame (−1 for none) and its default."""
    known = edition.defaults.get(name or "")
    return columns.get(name or "", -1), MISSING if known is None else known.toordinal()


def new_cells(slots: Slots, *, claims: int, workspace: Workspace, name: str) -> Cells:
    """No cell yet, room for all that so many claims may need; memory is taken only as cells are used."""
    room, groups = max(claims * slots.many, 1), max(len(slots.groups), 1)
    latest = np.full((groups, WIDTH), -1, dtype=np.int64)
    nothing = np.full(1, EMPTY, dtype=np.int64)
    blocks, used = workspace.room(name + "blocks", 4, room), workspace.room(name + "used", room)
    return Cells(blocks, used, np.zeros(3, dtype=np.int64), latest, nothing, slots.sizes)


def indexed(cells: Cells) -> Cells:
    """The same cells with a hash table over their blocks."""
    size = 1 << (4 * max(cells.blocks.shape[1], 8) - 1).bit_length()
    cells = cells._replace(index=np.full(size, EMPTY, dtype=np.int64))
    cells.state[2] = 1
    fill_index(cells)
    return cells


@woven
def _hash(accumulator: Any, person: Any, start: Any, size: Any) -> Any:
    mixed = (person ^ (start << 20) ^ (accumulator << 44)) & (2**62 - 1)
    for _ in range(2):
        mixed = ((mixed ^ (mixed >> 31)) & (2**31 - 1)) * 1_103_515_245 + (mixed >> 31)
        mixed = mixed & (2**62 - 1)
    return mixed & (size - 1)


@woven
def _found(blocks: Any, index: Any, group: Any, person: Any, start: Any) -> Any:
    """The place in the index where the block is, or where it would be."""
    size = len(index)
    place = _hash(group, person, start, size)
    while index[at(place)] != EMPTY:
        block = at(index[at(place)])
        same = blocks[OF_PERSON, block] == person and blocks[OF_START, block] == start
        if same and blocks[OF_GROUP, block] == group:
            break
        place = (place + 1) & (size - 1)
    return place


@compiled
def fill_index(cells: Any) -> None:
    """Puts every block into the index."""
    blocks = cells.blocks
    for block in range(cells.state[0]):
        place = _found(blocks, cells.index, blocks[OF_GROUP, block], blocks[OF_PERSON, block], blocks[OF_START, block])
        cells.index[at(place)] = block


@woven
def _new_year(year: Any) -> Any:
    before = year - 1
    return 365 * before + quotient(before, 4) - quotient(before, 100) + quotient(before, 400) + 1


@woven
def _days_in(year: Any) -> Any:
    leap = quotient(year, 4) * 4 == year and (quotient(year, 100) * 100 != year or quotient(year, 400) * 400 == year)
    return 366 if leap else 365


@woven
def _period(period: Any, dated: Any, starts: Any) -> Any:
    """First day of the period and the day after its last, as ordinals; 0 when it has none."""
    if period == CALENDAR_YEAR:
        year = quotient(dated * 400, 146097) + 1
        first = _new_year(year)
        if first > dated:
            year -= 1
            first -= _days_in(year)
        elif first + _days_in(year) <= dated:
            first += _days_in(year)
            year += 1
        return first, first + _days_in(year)
    if period == POLICY_YEAR:
        year, month, day = year_of(dated)
        _, month0, day0 = year_of(starts)
        if month < month0 or (month == month0 and day < day0):
            year -= 1
        return day_of(year, month0, day0), day_of(year + 1, month0, day0)
    if period == EVENT:
        return dated, dated + 1
    return 0, LAST_DAY + 1


@woven
def _new_block(blocks: Any, used: Any, state: Any, size: Any, group: Any, person: Any, start: Any) -> Any:
    block, cell = state[0], state[1]
    blocks[OF_GROUP, at(block)], blocks[OF_PERSON, at(block)] = group, person
    blocks[OF_START, at(block)], blocks[OF_CELL, at(block)] = start, cell
    for place in range(size):
        used[at(cell + place)] = 0
    state[0] = block + 1
    state[1] = cell + size
    return cell


@woven
def _first_cell(
    blocks: Any, used: Any, state: Any, latest: Any, index: Any, size: Any, group: Any, person: Any, start: Any
) -> Any:
    """The first cell of the block, made when it is not there; −1 when claims no longer come in order and an index is needed."""
    if state[2] == 1:
        place = _found(blocks, index, group, person, start)
        if index[at(place)] == EMPTY:
            index[at(place)] = state[0]
            return _new_block(blocks, used, state, size, group, person, start)
        return blocks[OF_CELL, at(index[at(place)])]
    before = latest[at(group), PERSON]
    if person < before or (person == before and start < latest[at(group), FIRST]):
        return -1
    if person == before and start == latest[at(group), FIRST]:
        return latest[at(group), CELL]
    return _new_block(blocks, used, state, size, group, person, start)


@woven
def _date_in(rows: Any, slots: Any, row: Any, which: Any) -> Any:
    place = slots[at(which)]
    found = rows[at(place), at(row)] if place >= 0 else MISSING
    return slots[at(which + 1)] if found == MISSING else found


@woven
def place_cells(
    blocks: Any, used: Any, state: Any, latest: Any, index: Any, sizes: Any,
    slots: Any, many: Any, rows: Any, keys: Any, row: Any,
) -> Any:  # fmt: skip
    """The cell of every slot of one row. `FOUND`, `UNDATED` where a date is none (cell 0 stands there), `NEEDS_INDEX` to go on."""
    edition, how = rows[EDITION, at(row)], FOUND
    for number in range(many):
        slot = (edition * many + number) * WIDTH
        group, period, offset = slots[at(slot + GROUP)], slots[at(slot + PERIOD)], slots[at(slot + OFFSET)]
        if group < 0:
            break
        if offset >= 0:
            rows[at(SLOTS + number), at(row)] = latest[at(group), CELL] + offset
            continue
        offset = -1 - offset
        person, dated = keys[at(slots[at(slot + KEY)]), at(row)], _date_in(rows, slots, row, slot + DATED)
        starts = _date_in(rows, slots, row, slot + STARTS) if period == POLICY_YEAR else 1
        same_period = latest[at(group), KIND] == period and latest[at(group), STARTED] == starts
        same_period = same_period and latest[at(group), FIRST] <= dated < latest[at(group), BEYOND]
        if same_period and latest[at(group), PERSON] == person:
            rows[at(SLOTS + number), at(row)] = latest[at(group), CELL] + offset
            continue
        if not (1 <= dated <= LAST_DAY and 1 <= starts <= LAST_DAY):
            rows[at(SLOTS + number), at(row)] = 0
            used[0] = used[0] if state[1] > 0 else 0
            how = UNDATED
            continue
        start, beyond = latest[at(group), FIRST], latest[at(group), BEYOND]
        if not same_period:
            start, beyond = _period(period, dated, starts)
        cell = _first_cell(blocks, used, state, latest, index, sizes[at(group)], group, person, start)
        if cell < 0:
            return NEEDS_INDEX
        latest[at(group), PERSON], latest[at(group), CELL], latest[at(group), KIND] = person, cell, period
        latest[at(group), FIRST], latest[at(group), BEYOND], latest[at(group), STARTED] = start, beyond, starts
        rows[at(SLOTS + number), at(row)] = cell + offset
    return how


@compiled
def find_cells(
    blocks: Any, used: Any, state: Any, latest: Any, index: Any, sizes: Any,
    slots: Any, many: Any, rows: Any, keys: Any, first: Any, last: Any,
) -> Any:  # fmt: skip
    """The cell of every slot of the rows; the first row that needs an index to find its own, or `last`."""
    for row in range(first, last):
        if place_cells(blocks, used, state, latest, index, sizes, slots, many, rows, keys, row) == NEEDS_INDEX:
            return row
    return last


def opened(cells: Cells, balances: Balances, *, slots: Slots) -> Cells:
    """The cells with what earlier claims have used; they need the index, since they come before any claim."""
    places = {name: (group, at) for group, names in enumerate(slots.groups) for at, name in enumerate(names)}
    own = np.array([places.get(name, (-1, 0)) for name in balances.names] or [(-1, 0)], dtype=np.int64)
    group, offset = own[balances.accumulator].T
    is_known = group >= 0
    keys = np.stack([group, balances.person, balances.start])[:, is_known]
    distinct, which = np.unique(keys, axis=1, return_inverse=True)
    begins = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(slots.sizes[distinct[0]])])
    cells.blocks[:3, : distinct.shape[1]] = distinct
    cells.blocks[OF_CELL, : distinct.shape[1]] = begins[:-1]
    cells.used[: begins[-1]] = 0
    np.add.at(cells.used, begins[which.reshape(-1)] + offset[is_known], balances.used[is_known])
    cells.state[0], cells.state[1] = distinct.shape[1], begins[-1]
    return indexed(cells)


def closing(cells: Cells, *, slots: Slots) -> Balances:
    """The balances of all cells that were used."""
    names = tuple(name for group in slots.groups for name in group)
    blocks, many = cells.blocks[:, : int(cells.state[0])], int(cells.state[1])
    sizes = slots.sizes[blocks[OF_GROUP]]
    which = np.repeat(np.arange(blocks.shape[1]), sizes)
    offset = np.arange(many) - blocks[OF_CELL][which]
    number = (np.cumsum(slots.sizes) - slots.sizes)[blocks[OF_GROUP][which]] + offset
    is_used = cells.used[:many] != 0
    start = blocks[OF_START][which][is_used]
    return Balances(names, number[is_used], blocks[OF_PERSON][which][is_used], start, cells.used[:many][is_used])
