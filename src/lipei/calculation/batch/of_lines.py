"""What the kernel does for steps on the lines of the bill; the working lines of the row lie in `w.room`, x: mask of categories."""

from __future__ import annotations

from typing import Any

from lipei.calculation.batch.accelerated import inlined
from lipei.calculation.batch.frame import (
    CATEGORY,
    COUNTED,
    DAYS,
    DENS,
    FIRST_LINE,
    LINES,
    MARKED,
    NUMS,
    PERSON,
    SHARES,
    WEIGHTS,
)
from lipei.calculation.batch.of_accumulators import used_scaled
from lipei.calculation.batch.of_amounts import operand, widened
from lipei.calculation.batch.of_tables import book
from lipei.calculation.batch.whole_numbers import MISSING, MOST, OVER, fits, half_up, share_out


@inlined
def chosen(w: Any, at: Any, row: Any, mask: Any) -> Any:
    """Whether line `at` of the row is of a category in the mask."""
    return (1 << w.lines[CATEGORY, w.rows[FIRST_LINE, row] + at]) & mask != 0


@inlined
def many_lines(w: Any, row: Any) -> Any:
    """How many lines the bill of the row has."""
    return w.rows[FIRST_LINE, row + 1] - w.rows[FIRST_LINE, row]


@inlined
def all_lines(w: Any, row: Any) -> Any:
    """What the working lines come to."""
    found = 0
    for at in range(many_lines(w, row)):
        found += w.room[LINES + at]
    return found


@inlined
def total_lines(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The lines of the bill in the categories, and their total."""
    found, first = 0, w.rows[FIRST_LINE, row]
    for at in range(many_lines(w, row)):
        w.room[LINES + at] = w.lines[COUNTED, first + at] if chosen(w, at, row, w.program[pc + 5]) else 0
        found += w.room[LINES + at]
    return found, (1 if found <= w.program[pc + 4] else 0)


@inlined
def lines_times(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The lines over a denominator x times as large; the amount stays as it is."""
    for at in range(many_lines(w, row)):
        w.room[LINES + at] *= w.program[pc + 5]
    return n, dr


@inlined
def absorb_lines(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Takes the denominator of a register into those of amount and lines."""
    parts = w.room[DENS + w.program[pc + 1]]
    after, wider = widened(w, n, dr, parts, w.program[pc + 4])
    if wider != 0:
        for at in range(many_lines(w, row)):
            w.room[LINES + at] *= parts
    return after, wider


@inlined
def exclude(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The categories out of cover."""
    for at in range(many_lines(w, row)):
        if chosen(w, at, row, w.program[pc + 5]):
            n -= w.room[LINES + at]
            w.room[LINES + at] = 0
    return n, dr


@inlined
def share_lines(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Pays y of z parts of the categories; the other lines go over the same denominator."""
    off = 0
    for at in range(many_lines(w, row)):
        line, is_chosen = w.room[LINES + at], chosen(w, at, row, w.program[pc + 5])
        w.room[LINES + at] = line * (w.program[pc + 6] if is_chosen else w.program[pc + 7])
        off += line * w.program[pc + 7] - w.room[LINES + at]
    return n * w.program[pc + 7] - off, dr


@inlined
def share_lines_read(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Pays a ratio worked out of facts of the categories."""
    number, parts, room = w.room[NUMS + w.program[pc + 1]], w.room[DENS + w.program[pc + 1]], w.program[pc + 4]
    if number < 0 or not fits(all_lines(w, row), max(number, parts), room):
        return n, 0
    n, dr = widened(w, n, dr, parts, room)
    off = 0
    for at in range(many_lines(w, row)):
        line = w.room[LINES + at]
        w.room[LINES + at] = line * (number if chosen(w, at, row, w.program[pc + 5]) else parts)
        off += line * parts - w.room[LINES + at]
    return n - off, dr


@inlined
def copay_lines(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """A fixed payment for each line, never below zero."""
    p = operand(w, pc, dr)
    found = 0
    for at in range(many_lines(w, row)):
        if p >= 0 and chosen(w, at, row, w.program[pc + 5]):
            w.room[LINES + at] = max(w.room[LINES + at] - p, 0)
        found += w.room[LINES + at]
    return found, (0 if p < 0 else dr)


@inlined
def limit_each(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """At most the operand for each line."""
    p, before = operand(w, pc, dr), all_lines(w, row)
    for at in range(many_lines(w, row)):
        if chosen(w, at, row, w.program[pc + 5]):
            w.room[LINES + at] = min(w.room[LINES + at], p)
    return n - before + all_lines(w, row), (0 if p < 0 else dr)


@inlined
def cut_to(w: Any, row: Any, most: Any, whole: Any) -> Any:
    """The marked lines together at most `most`, shared out in whole fen; what they come to, or `OVER`.

    The marks in `w.room` say which; a sum at or below the limit stays as it is. `whole` is one fen over the running denominator.
    """
    many, charged = many_lines(w, row), 0
    for at in range(many):
        w.room[WEIGHTS + at] = w.room[LINES + at] if w.room[MARKED + at] else 0
        charged += w.room[WEIGHTS + at]
    if charged <= most:
        return charged
    if share_out(w.room, half_up(most, whole), many) == 0:
        return OVER
    kept = 0
    for at in range(many):
        if w.room[MARKED + at]:
            w.room[LINES + at] = w.room[SHARES + at] * whole
            kept += w.room[LINES + at]
    return kept


@inlined
def limit_together(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """At most the operand for the lines of the categories together."""
    p, before = operand(w, pc, dr), all_lines(w, row)
    for at in range(many_lines(w, row)):
        w.room[MARKED + at] = chosen(w, at, row, w.program[pc + 5])
    if p < 0 or cut_to(w, row, p, w.program[pc + 3] * dr) == OVER:
        return n, 0
    return n - before + all_lines(w, row), dr


@inlined
def limit_persons(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """At most the operand for the lines of each person."""
    p, first = operand(w, pc, dr), w.rows[FIRST_LINE, row]
    many, whole, sum_before = many_lines(w, row), w.program[pc + 3] * dr, all_lines(w, row)
    if p < 0:
        return n, 0
    for at in range(many):
        earlier = False
        for before in range(at):
            earlier = earlier or (
                chosen(w, before, row, w.program[pc + 5]) and w.lines[PERSON, first + before] == w.lines[PERSON, first + at]
            )
        if not earlier and chosen(w, at, row, w.program[pc + 5]):
            for one in range(many):
                w.room[MARKED + one] = chosen(w, one, row, w.program[pc + 5]) and w.lines[PERSON, first + one] == w.lines[PERSON, first + at]
            if cut_to(w, row, p, whole) == OVER:
                return n, 0
    return n - sum_before + all_lines(w, row), dr


@inlined
def limit_days(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """A daily limit: dated lines by their own days, the others share the days of the stay (register y) that are left."""
    daily, first, many = operand(w, pc, dr), w.rows[FIRST_LINE, row], many_lines(w, row)
    if daily < 0:
        return n, 0
    counted, before = 0, all_lines(w, row)
    for at in range(many):
        is_chosen, days = chosen(w, at, row, w.program[pc + 5]), w.lines[DAYS, first + at]
        w.room[MARKED + at] = is_chosen and days == MISSING
        if is_chosen and days != MISSING:
            if not fits(daily, days, MOST):
                return n, 0
            w.room[LINES + at] = min(w.room[LINES + at], daily * days)
            counted += days
    left = max(w.room[NUMS + w.program[pc + 6]] - counted, 0)
    if not fits(daily, left, MOST) or cut_to(w, row, daily * left, w.program[pc + 3] * dr) == OVER:
        return n, 0
    return n - before + all_lines(w, row), dr


@inlined
def sublimit(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """A limit for some categories with its own accumulator (slot y or −1), used up by what it lets through."""
    full, slot, used, before = operand(w, pc, dr), w.program[pc + 6], 0, all_lines(w, row)
    if slot >= 0:
        used = used_scaled(w, pc, row, slot, dr)
    for at in range(many_lines(w, row)):
        w.room[MARKED + at] = chosen(w, at, row, w.program[pc + 5])
    if full == OVER or used == OVER:
        return n, 0
    whole = w.program[pc + 3] * dr
    kept = cut_to(w, row, max(full - used, 0), whole)
    if kept == OVER:
        return n, 0
    if slot >= 0:
        book(w, row, slot, half_up(kept, whole))
    return n - before + all_lines(w, row), dr
