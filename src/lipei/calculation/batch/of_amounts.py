"""What the kernel does for steps on the total: each takes the amount `n` over `scale × dr` and gives the next; `dr` 0: it does not fit.

The instruction is `[op, reg, const, scale, room, x, y, z]`: `scale` is the denominator that all rows share up to here, `dr`
the one of this row. A written operand comes as `const`, already times the scale; any other from register `reg` (then `const`
is the most that it may be). The amount is never negative: a row where it would be does not fit. What must be widened together with the amount lies at the head of `w.room`.
"""

from __future__ import annotations

from typing import Any

from lipei.calculation.batch.accelerated import at, inlined, woven
from lipei.calculation.batch.frame import BILL, COVERED, DEDUCTED, DENS, HELD, IS_COVERED, MARK, NUMS, PAID, WIDEST
from lipei.calculation.batch.whole_numbers import MOST, OVER, common, fits, half_up


@woven
def scaled(w: Any, reg: Any, most: Any, scale: Any, dr: Any) -> Any:
    """The amount in a register as a number over the running denominator, or `OVER`."""
    parts = w.room[at(DENS + reg)]
    if parts != 1:
        dr = dr // parts
    if dr != 1:
        most = most // dr
    number = w.room[at(NUMS + reg)]
    if number > most or number < -most:
        return OVER
    return number * scale * dr


@woven
def operand(w: Any, pc: Any, dr: Any) -> Any:
    """The instruction's amount over the running denominator, or `OVER`."""
    reg = w.program[at(pc + 1)]
    if reg < 0:
        return w.program[at(pc + 2)] * dr
    return scaled(w, reg, w.program[at(pc + 2)], w.program[at(pc + 3)], dr)


@woven
def second(w: Any, reg: Any, pc: Any, dr: Any) -> Any:
    """A further amount of the step, from a register."""
    return scaled(w, reg, w.program[at(pc + 4)] // w.program[at(pc + 3)], w.program[at(pc + 3)], dr)


@inlined
def held_times(w: Any, by: Any) -> Any:
    """Widens what is kept beside the amount."""
    w.room[DEDUCTED] *= by
    w.room[COVERED] *= by
    w.room[MARK] *= by


@inlined
def widened(w: Any, n: Any, dr: Any, by: Any, room: Any) -> Any:
    """The same amount over a denominator `by` times as large; `dr` 0 when something would not fit."""
    if by == 1:
        return n, dr
    most = room // by
    if abs(n) > most or abs(w.room[DEDUCTED]) > most or abs(w.room[COVERED]) > most or abs(w.room[MARK]) > most:
        return n, 0
    if dr > w.room[WIDEST] // by:
        return n, 0
    held_times(w, by)
    return n * by, dr * by


@woven
def begin(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Nothing yet: the beginning of a coverage."""
    for spot in range(HELD):
        w.room[at(spot)] = 0
    w.room[WIDEST] = w.program[at(pc + 2)]
    return 0, 1


@woven
def begin_plain(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The beginning of a coverage that keeps nothing beside the amount and whose rows have no denominators of their own."""
    w.room[PAID] = 0
    return 0, 1


@woven
def total(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The whole bill."""
    bill = w.rows[BILL, at(row)]
    return bill, (1 if bill <= w.program[at(pc + 4)] else 0)


@inlined
def absorb(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Takes the denominator of a register into that of the amount."""
    return widened(w, n, dr, w.room[at(DENS + w.program[at(pc + 1)])], w.program[at(pc + 4)])


@woven
def at_most(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The lesser of the amount and the operand: limit, first loss, the lesser of."""
    p = operand(w, pc, dr)
    return min(n, p), (0 if p < 0 else dr)


@woven
def at_least(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The greater of the amount and the operand."""
    p = operand(w, pc, dr)
    return max(n, p), (0 if p == OVER else dr)


@woven
def put(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The operand instead of the amount: lump sum, agreed value."""
    p = operand(w, pc, dr)
    return p, (0 if p < 0 else dr)


@woven
def take(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Subtracts the operand, no more than there is: deductible, copayment, salvage, holdback, prior payment."""
    p = operand(w, pc, dr)
    return n - min(p, n), (0 if p < 0 else dr)


@woven
def franchise(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """All or nothing at the operand; x says whether exactly it pays."""
    p = operand(w, pc, dr)
    pays = n > p or (n == p and w.program[at(pc + 5)] == 1)
    return (n if pays else 0), (0 if p == OVER else dr)


@woven
def ratio(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The numerator x of a written ratio; its denominator is in the scale."""
    return n * w.program[at(pc + 5)], dr


@inlined
def ratio_by(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The numerator that belongs to a choice; the common denominator is in the scale."""
    return n * w.lists[at(w.program[at(pc + 5)] + w.room[at(NUMS + w.program[at(pc + 1)])])], dr


@inlined
def ratio_read(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """A ratio worked out of facts: the row's own denominator grows."""
    number, parts, room = w.room[at(NUMS + w.program[at(pc + 1)])], w.room[at(DENS + w.program[at(pc + 1)])], w.program[at(pc + 4)]
    shared = common(n, parts) if w.room[DEDUCTED] == 0 and w.room[COVERED] == 0 and w.room[MARK] == 0 else 1
    n, parts = n // shared, parts // shared
    if number < 0 or not fits(n, number, room) or not fits(parts, dr, w.room[WIDEST]):
        return n, 0
    most = room // parts
    if abs(w.room[DEDUCTED]) > most or abs(w.room[COVERED]) > most or abs(w.room[MARK]) > most:
        return n, 0
    held_times(w, parts)
    return n * number, dr * parts


@woven
def neutral(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The amount as it is, over the denominator that the other way through the step would have given."""
    return n * w.program[at(pc + 5)], dr


@inlined
def widen_held(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """What is kept beside the amount, over the new denominator."""
    held_times(w, w.program[at(pc + 5)])
    return n, dr


@inlined
def cover(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Remembers the covered costs before the first sharing of them."""
    if w.room[IS_COVERED] == 0:
        w.room[COVERED] = n
        w.room[IS_COVERED] = 1
    return n, dr


@inlined
def mark(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Remembers the amount before a deductible."""
    w.room[MARK] = n
    return n, dr


@inlined
def deducted(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Adds what the deductible took off."""
    w.room[DEDUCTED] += w.room[MARK] - n
    w.room[MARK] = 0
    return n, dr


@inlined
def round_off(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Half up to x fen, over the denominator y; z says that the row's own begins anew."""
    whole, unit = w.program[at(pc + 3)] * dr, w.program[at(pc + 5)]
    if not fits(whole, unit, MOST):
        return n, 0
    return again(w, pc, half_up(n, whole * unit) * unit, dr)


@inlined
def again(w: Any, pc: Any, fen: Any, dr: Any) -> Any:
    """A whole amount over the denominator y, and over 1 where z says that all begins anew."""
    if w.program[at(pc + 7)] == 1:
        return fen, 1
    if not fits(fen, w.program[at(pc + 6)], w.program[at(pc + 4)]) or not fits(fen * w.program[at(pc + 6)], dr, w.program[at(pc + 4)]):
        return fen, 0
    return fen * w.program[at(pc + 6)] * dr, dr
