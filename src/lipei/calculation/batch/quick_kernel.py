"""The quick kernel: the same functions as in the general one, written one after the other for the shapes of the editions at hand.

No opcode is read, and no table of rows is made: facts come straight from the columns; the numbers of an edition are taken over
when the policy changes, balances when the person or the period does. All that a row works with lies in small tables of the
kernel's own, which the compiler keeps in registers. Numbers that all editions share are written into the source, so that
divisions by them become multiplications.

Before a block of rows is calculated, its columns are looked over together. A block where something is missing, out of range or
too large, and a row where a number does not fit, is left to the general kernel: `run` returns its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from lipei.calculation.batch import accumulating, checking, frame
from lipei.calculation.batch.accelerated import at, own_table
from lipei.calculation.batch.kernel import loaded
from lipei.calculation.batch.opcodes import AMOUNTS, WIDTH
from lipei.calculation.batch.shapes import FINISHING, Pattern
from lipei.calculation.batch.whole_numbers import LAST_DAY
from lipei.terms.money import AMOUNT_MAX

BLOCK = 4_096
"""Rows looked over together: few enough for the processor's nearest cache."""
WIDENING = ("absorb", "absorb_lines", "ratio_read", "part_off", "disappearing", "layer", "share_lines_read")
"""Instructions after which the row has a denominator of its own; before the first of them it is 1, and the compiler is told."""
LONG = (
    "contribution", "total_lines", "lines_times", "absorb_lines", "exclude", "share_lines", "share_lines_read", "copay_lines",
    "limit_each", "limit_together", "limit_persons", "limit_days", "sublimit",
)  # fmt: skip
"""Instructions that need room for as many numbers as a bill has lines."""


class Stretch(NamedTuple):
    """Columns of a stretch of claims, 64-bit, its first claim at place 0; `columns` begins with the bill, then facts and parts.

    `own` has a row for each edition: the number of its shape, then those of its numbers that others of the shape do not share.
    They lie together, because which edition comes next is not known before.
    """

    policy: Any
    edition: Any
    member: Any
    family: Any
    first_line: Any
    columns: Any
    bounds: Any
    own: Any


@dataclass(frozen=True, slots=True)
class Way:
    """What the kernel must know of tables and editions when it is written."""

    patterns: tuple[Pattern, ...]
    editions: int
    columns: int
    first_column: int
    slots: int
    coverages: int
    dated: tuple[int, ...]
    starts: tuple[int, ...]
    has_member: bool
    has_family: bool
    has_lines: bool
    is_long: bool

    @property
    def bill_bits(self) -> int:
        """All bits that a bill may have and still fit every edition."""
        index = [(p, n) for p in self.patterns for n, name in enumerate(p.shape) if name == "total"]
        rooms = [room for p, n in index if (room := p.numbers[n * WIDTH + 4]) is not None]
        return (1 << min([AMOUNT_MAX, *rooms]).bit_length() - 1) - 1


def source(way: Way) -> str:
    """The text of the kernel."""
    lines: list[str] = []
    for number, pattern in enumerate(way.patterns):
        lines += _steps(number, pattern)
    lines += ["def run(w, cells, slots, keys, part, base, first, last):", "    if first < 0 or base < 0:", "        return first"]
    lines += [f"    {line}" for line in _tables(way)]
    lines += ["    row, checked = first, first", "    while row < last:", "        if row >= checked:"]
    lines += [f"            checked = min(row + {BLOCK}, last)", *_look_over(way)]
    lines += [f"        {line}" for line in _same_for_some_rows(way)]
    for number, pattern in enumerate(way.patterns):
        lines.append(f"        {'elif' if number else 'if'} shape == {number}:")
        lines += [f"            {line}" for line in _taken_over(number, pattern)]
        lines += [f"            {line}" for line in _rows(way, number)]
    lines += [f"        {line}" for line in _put_away(way)]
    return "\n".join([*lines, "        row = r", "    return last", ""])


def _steps(number: int, pattern: Pattern) -> Iterator[str]:
    """The instructions of a shape: 0 when a number does not fit."""
    yield f"def steps_{number}(w, row):"
    yield "    n, dr = 0, 1"
    yield "    while True:"
    is_narrow = True
    for place, named in enumerate(pattern.shape):
        name, *more = named.split()
        yield from (f"        {line}" for line in _step(name, more[0] if more else "", place * WIDTH))
        is_narrow = name in ("begin", "begin_plain") or (is_narrow and name not in WIDENING)
        if is_narrow and name in AMOUNTS:
            yield "        dr = 1"
        if name in FINISHING and place + 1 < len(pattern.shape):
            yield from ("        break", "    while True:")
    yield from ("        break", "    return 1")


def _step(name: str, target: str, pc: int) -> list[str]:
    leave = "break" if target == "past" else "return 0"
    if name == "test":
        return [
            f"v = w.rows[at(w.program[{pc + 1}]), at(row)]",
            f"v = w.program[{pc + 2}] if v == MISSING else v",
            f"s = 1 if v < w.program[{pc + 3}] else (2 if v == w.program[{pc + 3}] else 4)",
            f"if s & w.program[{pc + 4}] == 0:",
            f"    {leave}",
        ]
    if name == "unless":
        return [f"if w.room[NUMS + w.program[{pc + 1}]] == 0:", f"    {leave}"]
    if name in AMOUNTS:
        return [f"n, dr = {name}(w, {pc}, row, n, dr)", "if dr == 0:", "    return 0"]
    return [f"if {name}(w, {pc}, row) == 0:", "    return 0"]


def _tables(way: Way) -> Iterator[str]:
    """The small tables of the kernel, and in them what never changes."""
    many = way.slots + way.coverages
    sizes = {"rows": (way.first_column + way.columns, 2), "used": (max(way.slots, 1), 0), "results": (many, 1)}
    if not way.is_long:
        sizes["room"] = (frame.LINES, 0)
    sizes |= {f"numbers_{number}": (len(pattern.numbers), 0) for number, pattern in enumerate(way.patterns)}
    for name, shape in sizes.items():
        yield f"{name} = own_table{shape}"
    if way.is_long:
        yield "room = w.room"
    yield "room[BASE] = 0"
    yield from (f"rows[{frame.SLOTS + slot}, 0] = {slot}" for slot in range(way.slots))
    for number, pattern in enumerate(way.patterns):
        for place, known in enumerate(pattern.numbers):
            yield f"numbers_{number}[{place}] = {0 if known is None else known}"
        yield f"f_{number} = Frame(numbers_{number}, rows, room, w.lines, used, results, w.lists)"


def _look_over(way: Way) -> Iterator[str]:
    """Leaves a block to the general kernel when one of its values does not fit."""
    for place in range(way.columns + 1):
        column = 0 if place == 0 else way.first_column + place - 1
        yield f"            if not all_fit(part.columns[{place}], row, checked, part.bounds.tight, {column}):"
        yield "                return row" if place == 0 else "                for r in range(row, checked):"
        if place:
            edition = "part.edition[at(part.policy[at(r)])]" if way.editions > 1 else "0"
            yield f"                    if is_wrong(part.columns[{place}][at(r)], part.bounds, {edition}, {column}):"
            yield "                        return row"


def _taken_over(number: int, pattern: Pattern) -> Iterator[str]:
    """The numbers of this edition that are its own."""
    for column, place in enumerate(pattern.own):
        yield f"numbers_{number}[{place}] = part.own[at(edition), {column + 1}]"


def _row(way: Way, number: int) -> Iterator[str]:
    """One row: its balances, its facts, its steps, what comes out."""
    yield f"rows[BILL, 0] = part.columns[0][at(r)] & {way.bill_bits}" if not way.has_lines else "rows[BILL, 0] = part.columns[0][at(r)]"
    if way.has_lines:
        yield "rows[FIRST_LINE, 0], rows[FIRST_LINE, 1] = part.first_line[at(r)], part.first_line[at(r + 1)]"
    for place in range(way.columns):
        yield f"rows[{way.first_column + place}, 0] = part.columns[{place + 1}][at(r)]"
    for place in range(way.slots + way.coverages):
        yield f"results[{place}, 0] = 0"
    yield f"if steps_{number}(f_{number}, 0) == 0:"
    for slot in range(way.slots):
        yield f"    used[{slot}] -= results[{slot}, 0]"
    yield from (f"    {line}" for line in _put_away(way))
    yield "    return r"
    for place in range(way.slots + way.coverages):
        yield f"w.results[{place}, at(base + r)] = results[{place}, 0]"


def _same_for_some_rows(way: Way) -> Iterator[str]:
    """Edition and balances of this row."""
    if _is_alike(way):
        yield "edition = 0"
    else:
        yield "policy = part.policy[at(row)]"
        yield f"edition = {'part.edition[at(policy)]' if way.editions > 1 else 0}"
        yield from _balances(way) if way.slots else ()
    yield "shape, r = part.own[at(edition), 0], row"


def _is_alike(way: Way) -> bool:
    """Whether all rows have one edition and no balances: then the compiler may take several at once."""
    return way.editions == 1 and not way.slots


def _rows(way: Way, number: int) -> Iterator[str]:
    """This row and those after it, as long as edition and balances are the same."""
    if _is_alike(way):
        yield "for r in range(row, checked):"
        yield from (f"    {line}" for line in _row(way, number))
        yield "r = checked"
        return
    same = ["r < checked", "part.policy[at(r)] == policy"]
    if way.slots:
        same += [f"low_{place} <= {_column(way, column)}[at(r)] < beyond_{place}" for place, column in enumerate(way.dated)]
        same += [f"{_column(way, column)}[at(r)] == start_{place}" for place, column in enumerate(way.starts)]
        same += ["part.member[at(r)] == member"] if way.has_member else []
        same += ["part.family[at(r)] == family"] if way.has_family else []
    yield "while True:"
    yield from (f"    {line}" for line in _row(way, number))
    yield from ("    r += 1", f"    if not ({' and '.join(same)}):", "        break")


def _column(way: Way, row: int) -> str:
    """Where the column lies that has this row in the frame."""
    return f"part.columns[{row - way.first_column + 1}]"


def _balances(way: Way) -> Iterator[str]:
    """The cells of this row, what is used of them, and the days between which they stay the same."""
    yield "w.rows[EDITION, 0], keys[0, 0] = edition, policy"
    yield f"member = {'part.member[at(row)]' if way.has_member else 0}"
    yield f"family = {'part.family[at(row)]' if way.has_family else 0}"
    yield "keys[1, 0], keys[2, 0] = member, family"
    yield from (f"w.rows[{column}, 0] = {_column(way, column)}[at(row)]" for column in way.dated)
    for place, column in enumerate(way.starts):
        yield f"start_{place} = {_column(way, column)}[at(row)]"
        yield f"w.rows[{column}, 0] = start_{place}"
    tables = ", ".join(f"cells.{name}" for name in accumulating.Cells._fields)
    yield f"if place_cells({tables}, slots, {way.slots}, w.rows, keys, 0) != FOUND:"
    yield "    return row"
    yield from (f"low_{place}, beyond_{place} = 0, {LAST_DAY + 1}" for place in range(len(way.dated)))
    for slot in range(way.slots):
        yield f"spot = (edition * {way.slots} + {slot}) * {accumulating.WIDTH}"
        yield f"cell_{slot}, group = -1, slots[at(spot)]"
        yield "if group >= 0:"
        yield f"    cell_{slot} = w.rows[{frame.SLOTS + slot}, 0]"
        yield f"    used[{slot}] = w.used[at(cell_{slot})]"
        for place, column in enumerate(way.dated):
            yield f"    if slots[at(spot + {accumulating.DATED})] == {column}:"
            yield f"        low_{place} = max(low_{place}, cells.latest[at(group), {accumulating.FIRST}])"
            yield f"        beyond_{place} = min(beyond_{place}, cells.latest[at(group), {accumulating.BEYOND}])"


def _put_away(way: Way) -> Iterator[str]:
    """The balances that were kept at hand go back to their cells."""
    for slot in range(way.slots):
        yield f"if cell_{slot} >= 0:"
        yield f"    w.used[at(cell_{slot})] = used[{slot}]"


GIVEN: dict[str, Any] = {
    "at": at, "own_table": own_table, "Frame": frame.Frame, "BASE": frame.BASE, "BILL": frame.BILL, "EDITION": frame.EDITION,
    "FIRST_LINE": frame.FIRST_LINE, "all_fit": checking.all_fit, "is_wrong": checking.is_wrong,
    "place_cells": accumulating.place_cells, "FOUND": accumulating.FOUND,
}  # fmt: skip


@lru_cache(maxsize=16)
def quick_kernel(way: Way) -> Any:
    """`run(frame, cells, slots, keys, stretch, base, first, last)` for editions of these shapes."""
    text = source(way)
    return loaded(text, name=f"quick_{sha256(text.encode()).hexdigest()[:20]}", given=GIVEN)
