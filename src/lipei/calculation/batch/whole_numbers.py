"""Exact arithmetic in 64 bits: checked products, fractions as two whole numbers, half-up, shares by largest remainder, dates."""

from __future__ import annotations

from typing import Any

import numpy as np

from lipei.calculation.batch.accelerated import IS_COMPILED, inlined, woven
from lipei.calculation.batch.frame import SHARES, WEIGHTS

MOST = 2**62 - 1
"""No number of the kernel is larger: the sum of any two still fits."""
MISSING = -(2**63)
"""What a column holds where nothing is known."""
OVER = -(2**63)
"""What an amount is when it does not fit."""
LAST_DAY = 3_652_059
"""9999-12-31 as an ordinal; the first day, 0001-01-01, is 1."""


@woven
def fits(a: Any, b: Any, most: Any) -> Any:
    """Whether `a × b` stays within `most`, sign apart."""
    a, b = abs(a), abs(b)
    return b == 0 or a <= most // b


@inlined
def common(a: Any, b: Any) -> Any:
    """The greatest common divisor, at least 1."""
    a, b = abs(a), abs(b)
    while b != 0:
        a, b = b, a % b
    return max(a, 1)


@woven
def quotient(number: Any, parts: Any) -> Any:
    """`number ÷ parts` downwards, both not negative: said to the compiler, it spares two tests."""
    return np.int64(np.uint64(number) // np.uint64(parts)) if IS_COMPILED else number // parts


@woven
def half_up(number: Any, parts: Any) -> Any:
    """`number ÷ parts` to the nearest whole, half away from zero."""
    if parts == 1:
        return number
    size = abs(number)
    whole = quotient(size, parts)
    if size - whole * parts >= parts - (size - whole * parts):
        whole += 1
    return -whole if number < 0 else whole


@inlined
def year_of(day: Any) -> Any:
    """The civil year, month and day of an ordinal, counted in eras of 400 years that begin in March."""
    since = day + 305
    era = since // 146097
    inside = since - era * 146097
    year = (inside - inside // 1460 + inside // 36524 - inside // 146096) // 365
    rest = inside - (365 * year + year // 4 - year // 100)
    month = (5 * rest + 2) // 153
    number = rest - (153 * month + 2) // 5 + 1
    shifted = month + 3 if month < 10 else month - 9
    return year + era * 400 + (1 if shifted <= 2 else 0), shifted, number


@inlined
def day_of(year: Any, month: Any, number: Any) -> Any:
    """The ordinal of a civil date; 29 February of a common year is 1 March."""
    early = year - 1 if month <= 2 else year
    era = early // 400
    inside = early - era * 400
    rest = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + number - 1
    return era * 146097 + inside * 365 + inside // 4 - inside // 100 + rest - 305


@inlined
def months_from(start: Any, end: Any) -> Any:
    """Whole months between two ordinals; a month is complete on the same day number of the next one."""
    y0, m0, d0 = year_of(start)
    y1, m1, d1 = year_of(end)
    months = (y1 - y0) * 12 + m1 - m0
    return months - 1 if d1 < d0 else months


@inlined
def share_out(room: Any, total: Any, many: Any) -> Any:
    """`total` over the first `many` weights into the shares, by the largest remainder, ties to the earlier; 0 when it does not fit."""
    whole = 0
    for at in range(many):
        whole += room[WEIGHTS + at]
        room[SHARES + at] = 0
    if total == 0 or whole == 0:
        return 1
    given = 0
    for at in range(many):
        if not fits(room[WEIGHTS + at], total, MOST):
            return 0
        room[SHARES + at] = room[WEIGHTS + at] * total // whole
        given += room[SHARES + at]
    return _rest_out(room, total - given, total, whole, many)


@inlined
def _rest_out(room: Any, rest: Any, total: Any, whole: Any, many: Any) -> Any:
    """The whole units that are left, one each to the largest remainders: those taken before are known by size and place."""
    before, place = whole, -1
    for _ in range(rest):
        best, chosen = -1, -1
        for at in range(many):
            left = room[WEIGHTS + at] * total % whole
            if (left < before or (left == before and at > place)) and left > best:
                best, chosen = left, at
        room[SHARES + chosen] += 1
        before, place = best, chosen
    return 1
