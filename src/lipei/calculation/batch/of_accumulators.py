"""What the kernel does for limits and deductibles that last longer than a claim; instructions as in `of_amounts`, x: the slot."""

from __future__ import annotations

from typing import Any

from lipei.calculation.batch.accelerated import at, inlined, woven
from lipei.calculation.batch.frame import BASE, COVERED, IS_COVERED, PAID, PAID_SLOTS
from lipei.calculation.batch.of_amounts import operand, second
from lipei.calculation.batch.of_tables import book
from lipei.calculation.batch.whole_numbers import OVER, half_up
from lipei.terms.money import AMOUNT_MAX


@woven
def used_scaled(w: Any, pc: Any, row: Any, slot: Any, dr: Any) -> Any:
    """What earlier claims used, over the running denominator, or `OVER`."""
    used, whole = w.used[at(w.rows[at(slot), at(row)])], w.program[at(pc + 3)] * dr
    if used == 0:
        return 0
    return used * whole if used <= AMOUNT_MAX and whole <= w.program[at(pc + 4)] // used else OVER


@woven
def used_within(w: Any, pc: Any, row: Any, dr: Any) -> Any:
    """The same for slot x, where y is the most that fits when the row has no denominator of its own: nothing is divided then."""
    used, most = w.used[at(w.rows[at(w.program[at(pc + 5)]), at(row)])], w.program[at(pc + 6)]
    if dr != 1:
        most = most // dr
    return used * w.program[at(pc + 3)] * dr if used <= most else OVER


@woven
def aggregate_deductible(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Takes off what is left of the deductible and uses it up."""
    full, used = operand(w, pc, dr), used_within(w, pc, row, dr)
    if full == OVER or used == OVER:
        return n, 0
    off = min(max(full - used, 0), n)
    book(w, row, w.program[at(pc + 5)], half_up(off, w.program[at(pc + 3)] * dr))
    return n - off, dr


@woven
def aggregate_limit(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """At most what is left; what the coverage pays in the end is used up, by `finish`."""
    full, used = operand(w, pc, dr), used_within(w, pc, row, dr)
    if full == OVER or used == OVER:
        return n, 0
    return min(n, max(full - used, 0)), dr


@woven
def note_limit(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """What the coverage pays in the end uses up this limit: remembered for `finish`."""
    w.room[at(PAID_SLOTS + w.room[PAID])] = w.program[at(pc + 5)]
    w.room[PAID] += 1
    return n, dr


@inlined
def family_deductible(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The member's own (slot x) and the family's (register y, slot z), used up by the same amount."""
    own, used = operand(w, pc, dr), used_scaled(w, pc, row, w.program[at(pc + 5)], dr)
    family, together = second(w, w.program[at(pc + 6)], pc, dr), used_scaled(w, pc, row, w.program[at(pc + 7)], dr)
    if own == OVER or used == OVER or family == OVER or together == OVER:
        return n, 0
    off = min(min(max(own - used, 0), max(family - together, 0)), n)
    fen = half_up(off, w.program[at(pc + 3)] * dr)
    book(w, row, w.program[at(pc + 5)], fen)
    book(w, row, w.program[at(pc + 7)], fen)
    return n - off, dr


@inlined
def out_of_pocket_max(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """What the insured bears of covered costs, no more than is left; the rest is paid in full."""
    most, used = operand(w, pc, dr), used_within(w, pc, row, dr)
    if most == OVER or used == OVER:
        return n, 0
    borne = max((w.room[COVERED] if w.room[IS_COVERED] == 1 else n) - n, 0)
    left = max(most - used, 0)
    book(w, row, w.program[at(pc + 5)], half_up(min(borne, left), w.program[at(pc + 3)] * dr))
    return n + max(borne - left, 0), dr


@woven
def finish_plain(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """What the coverage (x) owes, half up to the cent, where no limit is used up by what is paid."""
    w.results[at(w.program[at(pc + 5)]), at(w.room[BASE] + row)] = half_up(n, w.program[at(pc + 3)] * dr)
    return n, dr


@woven
def finish_within(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The last step an annual limit in whole fen (const, slot y), and what the coverage (x) owes: rounded first, which is the same.

    Half up never turns two amounts round and leaves whole fen as they are: of the least of both it is the least of each.
    """
    left = max(w.program[at(pc + 2)] - w.used[at(w.rows[at(w.program[at(pc + 6)]), at(row)])], 0)
    owed = min(half_up(n, w.program[at(pc + 3)] * dr), left)
    w.results[at(w.program[at(pc + 5)]), at(w.room[BASE] + row)] = owed
    book(w, row, w.program[at(pc + 6)], owed)
    return n, dr


@woven
def finish_booked(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """What the coverage (x) owes, half up to the cent, booked to the one limit (slot y) that every claim passes."""
    owed = half_up(n, w.program[at(pc + 3)] * dr)
    w.results[at(w.program[at(pc + 5)]), at(w.room[BASE] + row)] = owed
    book(w, row, w.program[at(pc + 6)], owed)
    return n, dr


@woven
def finish(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """What the coverage (x) owes, half up to the cent, booked where a limit is used up by it."""
    owed = half_up(n, w.program[at(pc + 3)] * dr)
    w.results[at(w.program[at(pc + 5)]), at(w.room[BASE] + row)] = owed
    for spot in range(w.room[PAID]):
        book(w, row, w.room[at(PAID_SLOTS + spot)], owed)
    return n, dr
