"""What the kernel does for expressions: facts, constants and arithmetic on exact fractions in registers; 0 says it does not fit.

Each takes the frame `w`, the place `pc` of its instruction and the `row`; the instruction is `[op, into, a, b, x, y, z, –]`.
"""

from __future__ import annotations

from typing import Any

from lipei.calculation.batch.accelerated import inlined, woven
from lipei.calculation.batch.frame import CATEGORY, COUNTED, DENS, FIRST_LINE, NUMS
from lipei.calculation.batch.whole_numbers import LAST_DAY, MISSING, MOST, common, fits, months_from


@inlined
def keep(w: Any, into: Any, number: Any, parts: Any) -> Any:
    """Puts a fraction into a register, in lowest terms with positive parts."""
    if parts != 1:
        divisor = common(number, parts)
        if parts < 0:
            divisor = -divisor
        number, parts = number // divisor, parts // divisor
    w.room[NUMS + into], w.room[DENS + into] = number, parts
    return 1 if abs(number) <= MOST else 0


@woven
def column(w: Any, pc: Any, row: Any) -> Any:
    """A fact; its default where it is not known."""
    found = w.rows[w.program[pc + 2], row]
    w.room[NUMS + w.program[pc + 1]] = w.program[pc + 3] if found == MISSING else found
    w.room[DENS + w.program[pc + 1]] = 1
    return 1


@inlined
def fraction(w: Any, pc: Any, row: Any) -> Any:
    """A ratio held in two columns; its default where it is not known."""
    found, parts = w.rows[w.program[pc + 2], row], w.rows[w.program[pc + 3], row]
    if found == MISSING:
        found, parts = w.program[pc + 4], w.program[pc + 5]
    parts = 1 if parts == MISSING else parts
    return keep(w, w.program[pc + 1], found, parts)


@woven
def constant(w: Any, pc: Any, row: Any) -> Any:
    """A written value."""
    w.room[NUMS + w.program[pc + 1]], w.room[DENS + w.program[pc + 1]] = w.program[pc + 2], w.program[pc + 3]
    return 1


@inlined
def _added(w: Any, pc: Any, sign: Any) -> Any:
    a, b = w.program[pc + 2], w.program[pc + 3]
    n, d, m, e = w.room[NUMS + a], w.room[DENS + a], w.room[NUMS + b] * sign, w.room[DENS + b]
    if d == 1 and e == 1:
        return keep(w, w.program[pc + 1], n + m, 1)
    if not (fits(n, e, MOST) and fits(m, d, MOST) and fits(d, e, MOST)):
        return 0
    if abs(n * e + m * d) > MOST:
        return 0
    return keep(w, w.program[pc + 1], n * e + m * d, d * e)


@inlined
def add(w: Any, pc: Any, row: Any) -> Any:
    """a + b."""
    return _added(w, pc, 1)


@inlined
def subtract(w: Any, pc: Any, row: Any) -> Any:
    """a − b."""
    return _added(w, pc, -1)


@inlined
def multiply(w: Any, pc: Any, row: Any) -> Any:
    """a × b."""
    a, b = w.program[pc + 2], w.program[pc + 3]
    n, d, m, e = w.room[NUMS + a], w.room[DENS + a], w.room[NUMS + b], w.room[DENS + b]
    if not (fits(n, m, MOST) and fits(d, e, MOST)):
        return 0
    return keep(w, w.program[pc + 1], n * m, d * e)


@inlined
def divide(w: Any, pc: Any, row: Any) -> Any:
    """a ÷ b; a zero below the line does not fit, and the exact way says so."""
    a, b = w.program[pc + 2], w.program[pc + 3]
    n, d, m, e = w.room[NUMS + a], w.room[DENS + a], w.room[NUMS + b], w.room[DENS + b]
    if m == 0 or not (fits(n, e, MOST) and fits(d, m, MOST)):
        return 0
    return keep(w, w.program[pc + 1], n * e, d * m)


@woven
def compared(w: Any, a: Any, b: Any) -> Any:
    """1, 2 or 4 as register a is below, equal to or above register b; 0 when it does not fit."""
    n, d, m, e = w.room[NUMS + a], w.room[DENS + a], w.room[NUMS + b], w.room[DENS + b]
    if d != 1 or e != 1:
        if not (fits(n, e, MOST) and fits(m, d, MOST)):
            return 0
        n, m = n * e, m * d
    return 1 if n < m else (2 if n == m else 4)


@woven
def compare(w: Any, pc: Any, row: Any) -> Any:
    """1 or 0 as the comparison of a and b is one of those in the mask x."""
    found = compared(w, w.program[pc + 2], w.program[pc + 3])
    w.room[NUMS + w.program[pc + 1]], w.room[DENS + w.program[pc + 1]] = 1 if found & w.program[pc + 4] else 0, 1
    return found


@inlined
def choose(w: Any, pc: Any, row: Any) -> Any:
    """The lesser (x = 1) or the greater (x = 4) of a and b."""
    a, b = w.program[pc + 2], w.program[pc + 3]
    found = compared(w, a, b)
    taken = a if found & (w.program[pc + 4] | 2) else b
    w.room[NUMS + w.program[pc + 1]], w.room[DENS + w.program[pc + 1]] = w.room[NUMS + taken], w.room[DENS + taken]
    return found


@inlined
def months(w: Any, pc: Any, row: Any) -> Any:
    """Whole periods of x months from date a to date b."""
    found = months_from(w.room[NUMS + w.program[pc + 2]], w.room[NUMS + w.program[pc + 3]])
    w.room[NUMS + w.program[pc + 1]], w.room[DENS + w.program[pc + 1]] = found // w.program[pc + 4], 1
    return 1


@inlined
def shift(w: Any, pc: Any, row: Any) -> Any:
    """Date a, moved by b days forward (x = 1) or back (x = −1), while the calendar lasts."""
    found = w.room[NUMS + w.program[pc + 2]] + w.room[NUMS + w.program[pc + 3]] * w.program[pc + 4]
    w.room[NUMS + w.program[pc + 1]], w.room[DENS + w.program[pc + 1]] = found, 1
    return 1 if 1 <= found <= LAST_DAY else 0


@inlined
def proportion(w: Any, pc: Any, row: Any) -> Any:
    """The sum insured a as a share of the sum b that should be insured, at most the whole."""
    a, b = w.program[pc + 2], w.program[pc + 3]
    n, d, m, e = w.room[NUMS + a], w.room[DENS + a], w.room[NUMS + b], w.room[DENS + b]
    if not (fits(n, e, MOST) and fits(m, d, MOST)):
        return 0
    if m * d <= n * e:
        return keep(w, w.program[pc + 1], 1, 1)
    return 0 if m == 0 else keep(w, w.program[pc + 1], n * e, m * d)


@inlined
def charged(w: Any, pc: Any, row: Any) -> Any:
    """What was charged in the categories of the mask a."""
    found = 0
    for at in range(w.rows[FIRST_LINE, row], w.rows[FIRST_LINE, row + 1]):
        if (1 << w.lines[CATEGORY, at]) & w.program[pc + 2]:
            found += w.lines[COUNTED, at]
    w.room[NUMS + w.program[pc + 1]], w.room[DENS + w.program[pc + 1]] = found, 1
    return 1


@inlined
def lookup(w: Any, pc: Any, row: Any) -> Any:
    """The place of a choice (register a) in a table of its own: the list begins at b."""
    w.room[NUMS + w.program[pc + 1]], w.room[DENS + w.program[pc + 1]] = w.lists[w.program[pc + 3] + w.room[NUMS + w.program[pc + 2]]], 1
    return 1 if w.room[NUMS + w.program[pc + 1]] >= 0 else 0


@inlined
def any_lines(w: Any, mask: Any, row: Any) -> Any:
    """Whether the bill has a line of the categories."""
    found = 0
    for at in range(w.rows[FIRST_LINE, row], w.rows[FIRST_LINE, row + 1]):
        found |= (1 << w.lines[CATEGORY, at]) & mask
    return found != 0
