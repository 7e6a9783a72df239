"""What the kernel does for bands, tables, benefits and shares with others; instructions as in `of_amounts`, lists in `w.program`."""

from __future__ import annotations

from typing import Any

from lipei.calculation.batch.accelerated import at, inlined, woven
from lipei.calculation.batch.frame import BASE, DEDUCTED, DENS, NUMS, SHARES, SLOTS, WEIGHTS
from lipei.calculation.batch.of_amounts import again, scaled, second, widened
from lipei.calculation.batch.whole_numbers import MOST, OVER, common, fits, half_up, share_out

NO_TOP = -1
"""In place of the upper end of the last band."""
BAND = 3
"""A band is `[register or −1, upper end already scaled or −1, numerator]`."""


@woven
def _top(w: Any, spot: Any, pc: Any, dr: Any) -> Any:
    reg = w.lists[at(spot)]
    return w.lists[at(spot + 1)] * dr if reg < 0 else second(w, reg, pc, dr)


@woven
def bands(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Each slice at its own ratio; x: place of the tables, y: bands in each, z: 1 when the deductible fills the first band."""
    choice = 0 if w.program[at(pc + 1)] < 0 else w.room[at(NUMS + w.program[at(pc + 1)])]
    spot = w.program[at(pc + 5)] + choice * w.program[at(pc + 6)] * BAND
    start = w.room[DEDUCTED] if w.program[at(pc + 7)] == 1 else 0
    end, bottom, paid = start + n, 0, 0
    for _ in range(w.program[at(pc + 6)]):
        top = end
        if w.lists[at(spot + 1)] != NO_TOP:
            top = _top(w, spot, pc, dr)
            if top == OVER:
                return n, 0
        paid += max(min(end, top) - max(bottom, start), 0) * w.lists[at(spot + 2)]
        bottom = top
        spot += BAND
    return paid, dr


@inlined
def bands_whole(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """The whole amount at the ratio of the band in which it ends."""
    choice = 0 if w.program[at(pc + 1)] < 0 else w.room[at(NUMS + w.program[at(pc + 1)])]
    spot = w.program[at(pc + 5)] + choice * w.program[at(pc + 6)] * BAND
    end = n + (w.room[DEDUCTED] if w.program[at(pc + 7)] == 1 else 0)
    found = NO_TOP
    for _ in range(w.program[at(pc + 6)]):
        if found == NO_TOP:
            top = end if w.lists[at(spot + 1)] == NO_TOP else _top(w, spot, pc, dr)
            if top == OVER:
                return n, 0
            if end <= top:
                found = w.lists[at(spot + 2)]
        spot += BAND
    return (n * found if n > 0 else 0), dr


@inlined
def part_off(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Subtracts a ratio of a base within bounds: `[ratio reg, numerator, denominator, base reg, least reg, most reg]` at x."""
    spot = w.program[at(pc + 5)]
    p, q = w.lists[at(spot + 1)], w.lists[at(spot + 2)]
    before = n
    if w.lists[at(spot)] >= 0:
        p, q = w.room[at(NUMS + w.lists[at(spot)])], w.room[at(DENS + w.lists[at(spot)])]
        n, dr = widened(w, n, dr, q, w.program[at(pc + 4)])
        if dr == 0 or not fits(before, p, w.program[at(pc + 4)]):
            return n, 0
        scale = dr // q
    else:
        n, scale = n * q, dr
    off = before * p
    if w.lists[at(spot + 3)] >= 0:
        base = second(w, w.lists[at(spot + 3)], pc, scale)
        if base == OVER or not fits(base, p, w.program[at(pc + 4)]):
            return n, 0
        off = base * p
    for place in range(4, 6):
        if w.lists[at(spot + place)] >= 0:
            bound = second(w, w.lists[at(spot + place)], pc, scale)
            if bound == OVER or not fits(bound, q, MOST):
                return n, 0
            off = max(off, bound * q) if place == 4 else min(off, bound * q)
    return n - min(off, n), (0 if off < 0 else dr)


@inlined
def disappearing(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """A deductible (register x) that is gone at register y, in a straight line between them."""
    full, gone = second(w, w.program[at(pc + 5)], pc, dr), second(w, w.program[at(pc + 6)], pc, dr)
    if full == OVER or gone == OVER:
        return n, 0
    if n <= full:
        return 0, dr
    if n >= gone:
        return n, dr
    shared = common(full, gone - full)
    a, b = full // shared, (gone - full) // shared
    off = gone - n
    n, dr = widened(w, n, dr, b, w.program[at(pc + 4)])
    if dr == 0 or not fits(off, a, w.program[at(pc + 4)]):
        return n, 0
    return n - off * a, dr


@inlined
def per_diem(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """`[daily, days, elimination, most]` registers at x; y: the accumulator's slot or −1."""
    spot, slot = w.program[at(pc + 5)], w.program[at(pc + 6)]
    paid = max(w.room[at(NUMS + w.lists[at(spot + 1)])] - w.room[at(NUMS + w.lists[at(spot + 2)])], 0)
    if w.lists[at(spot + 3)] >= 0:
        used = w.used[at(w.rows[at(slot), at(row)])] if slot >= 0 else 0
        paid = min(paid, max(w.room[at(NUMS + w.lists[at(spot + 3)])] - used, 0))
    daily = second(w, w.lists[at(spot)], pc, dr)
    if daily < 0 or not fits(daily, paid, w.program[at(pc + 4)]):
        return n, 0
    if slot >= 0:
        book(w, row, slot, paid)
    return daily * paid, dr


@woven
def book(w: Any, row: Any, slot: Any, amount: Any) -> Any:
    """Uses up so much (fen or days) of an accumulator."""
    w.used[at(w.rows[at(slot), at(row)])] += amount
    w.results[at(slot - SLOTS), at(w.room[BASE] + row)] += amount


@inlined
def schedule(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Grades `[count reg, numerator]` at x, y of them; the sum insured in the register; z: 0 worst, 1 promoted, 2 added."""
    insured = scaled(w, w.program[at(pc + 1)], w.program[at(pc + 4)] // w.program[at(pc + 3)], w.program[at(pc + 3)], dr)
    if insured < 0:
        return n, 0
    spot, added, worst, tied = w.program[at(pc + 5)], 0, -1, 0
    for place in range(w.program[at(pc + 6)]):
        count = w.room[at(NUMS + w.lists[at(spot + 2 * place)])]
        if count > 0:
            added += count * w.lists[at(spot + 2 * place + 1)]
            if worst < 0:
                worst, tied = place, count
    if worst < 0:
        return 0, dr
    if w.program[at(pc + 7)] >= 2:
        return insured * min(added, w.program[at(pc + 7)] - 1), dr
    if w.program[at(pc + 7)] == 1 and tied > 1 and worst > 0:
        worst -= 1
    return insured * w.lists[at(spot + 2 * worst + 1)], dr


@inlined
def amount_table(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Rows `[least reg, amount reg]` at x, y of them; the measured number in the register; the last row reached pays."""
    spot, found = w.program[at(pc + 5)], -1
    for place in range(w.program[at(pc + 6)]):
        if w.room[at(NUMS + w.lists[at(spot + 2 * place)])] <= w.room[at(NUMS + w.program[at(pc + 1)])]:
            found = w.lists[at(spot + 2 * place + 1)]
    if found < 0:
        return 0, dr
    pays = second(w, found, pc, dr)
    return pays, (0 if pays < 0 else dr)


@inlined
def contribution(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """Our share, in whole fen: registers of ours and the others at x, the rule in the first place, then how many."""
    spot = w.program[at(pc + 5)]
    rule, many = w.lists[at(spot)], w.lists[at(spot + 1)]
    loss, all_sums, alone = half_up(n, w.program[at(pc + 3)] * dr), 0, 0
    ours = 0
    for place in range(many):
        reg = w.lists[at(spot + 2 + place)]
        each = half_up(w.room[at(NUMS + reg)], w.room[at(DENS + reg)])
        ours = each if place == 0 else ours
        all_sums += each
        w.room[at(WEIGHTS + place)] = min(loss, each) if rule == 1 else each
        alone += min(loss, each)
    if rule == 3:
        share = max(loss - (all_sums - ours), 0)
    elif rule == 2:
        share = _equally(w, loss, many)
    else:
        if share_out(w.room, loss if rule == 0 else min(loss, alone), many) == 0:
            return n, 0
        share = w.room[at(SHARES + 0)]
    return again(w, pc, min(share, ours), dr)


@inlined
def _equally(w: Any, loss: Any, many: Any) -> Any:
    """Rounds of equal shares; who has reached its sum (its weight) drops out."""
    left = loss
    for spot in range(many):
        w.room[at(SHARES + spot)] = 0
    while left > 0:
        active = 0
        for spot in range(many):
            active += 1 if w.room[at(SHARES + spot)] < w.room[at(WEIGHTS + spot)] else 0
        if active == 0:
            break
        each, odd = left // active, left % active
        for spot in range(many):
            if w.room[at(SHARES + spot)] < w.room[at(WEIGHTS + spot)]:
                taken = min(each + (1 if odd > 0 else 0), w.room[at(WEIGHTS + spot)] - w.room[at(SHARES + spot)])
                odd -= 1
                w.room[at(SHARES + spot)] += taken
                left -= taken
    return w.room[at(SHARES + 0)]


@inlined
def layer(w: Any, pc: Any, row: Any, n: Any, dr: Any) -> Any:
    """`[attachment, limit, times reg or −1, ratio reg or −1, numerator]` at x; y: the slot or −1."""
    spot, slot = w.program[at(pc + 5)], w.program[at(pc + 6)]
    low, most = second(w, w.lists[at(spot)], pc, dr), second(w, w.lists[at(spot + 1)], pc, dr)
    if low == OVER or most == OVER:
        return n, 0
    inside = min(max(n - low, 0), most)
    if slot >= 0:
        times_over = 1 + (w.room[at(NUMS + w.lists[at(spot + 2)])] if w.lists[at(spot + 2)] >= 0 else 0)
        used = w.used[at(w.rows[at(slot), at(row)])]
        whole = w.program[at(pc + 3)] * dr
        if not fits(most, times_over, MOST) or not fits(used, whole, MOST):
            return n, 0
        inside = min(inside, max(most * times_over - used * whole, 0))
        book(w, row, slot, half_up(inside, whole))
    if w.lists[at(spot + 3)] < 0:
        return inside * w.lists[at(spot + 4)], dr
    p, q = w.room[at(NUMS + w.lists[at(spot + 3)])], w.room[at(DENS + w.lists[at(spot + 3)])]
    if not fits(inside, p, w.program[at(pc + 4)]):
        return n, 0
    _, dr = widened(w, inside, dr, q, w.program[at(pc + 4)])
    return inside * p, dr
