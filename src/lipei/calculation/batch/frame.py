"""The frame that every instruction works in: five tables of 64-bit whole numbers, and where each thing lies in them.

Few tables, because each makes the kernel slower to compile. `program`: instructions of all editions, and `lists` (behind them in the same table). `rows`: a
stretch of claims, one column of the table a claim – edition, bill, mark, place of the first bill line, then the cells of its
accumulators, then its facts. `room`: what one thread keeps while it works on a row. `lines`: the bill lines of the stretch.
`used`: the balances. `results`: what was used and what is owed, for all claims of the call.
"""

from __future__ import annotations

from typing import Any, NamedTuple

LINES_MAX = 5_000
REGISTERS_MAX = 1_024
USES_MAX = 64

EDITION, BILL, FLAG, FIRST_LINE, SLOTS = 0, 1, 2, 3, 4
"""Rows of the table `rows`; the cells of accumulators begin at `SLOTS`, the facts after them."""
CATEGORY, COUNTED, DAYS, PERSON = 0, 1, 2, 3
"""Rows of the table `lines`."""
DEDUCTED, COVERED, MARK, PAID, WIDEST, IS_COVERED, HELD, BASE = 0, 1, 2, 3, 4, 5, 6, 7
"""Places in `room`: what is widened with the amount, how many limits are used up at the end, the widest denominator, the first row."""
NUMS = 8
DENS = NUMS + REGISTERS_MAX
PAID_SLOTS = DENS + REGISTERS_MAX
LINES = PAID_SLOTS + USES_MAX
WEIGHTS = LINES + LINES_MAX
SHARES = WEIGHTS + LINES_MAX
MARKED = SHARES + LINES_MAX
ROOM = MARKED + LINES_MAX


class Frame(NamedTuple):
    """All that the kernel reads and writes."""

    program: Any
    rows: Any
    room: Any
    lines: Any
    used: Any
    results: Any
    lists: Any
