"""The table of opcodes: each instruction of the kernel, what carries it out, and how. A new one is a line here and a function.

`value` instructions fill a register; `amount` instructions take the running amount and give the next. The rest steer, and are
written out in the kernel itself. The numbers are positions in the table: programs are compiled anew in every process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lipei.calculation.batch import of_accumulators, of_amounts, of_lines, of_tables, of_values

VALUES: dict[str, Callable[..., Any]] = {
    "column": of_values.column,
    "fraction": of_values.fraction,
    "constant": of_values.constant,
    "add": of_values.add,
    "subtract": of_values.subtract,
    "multiply": of_values.multiply,
    "divide": of_values.divide,
    "compare": of_values.compare,
    "choose": of_values.choose,
    "months": of_values.months,
    "shift": of_values.shift,
    "proportion": of_values.proportion,
    "charged": of_values.charged,
    "lookup": of_values.lookup,
}
AMOUNTS: dict[str, Callable[..., Any]] = {
    "begin": of_amounts.begin,
    "begin_plain": of_amounts.begin_plain,
    "total": of_amounts.total,
    "at_most": of_amounts.at_most,
    "at_least": of_amounts.at_least,
    "put": of_amounts.put,
    "take": of_amounts.take,
    "ratio": of_amounts.ratio,
    "neutral": of_amounts.neutral,
    "bands": of_tables.bands,
    "aggregate_deductible": of_accumulators.aggregate_deductible,
    "aggregate_limit": of_accumulators.aggregate_limit,
    "note_limit": of_accumulators.note_limit,
    "finish": of_accumulators.finish,
    "finish_within": of_accumulators.finish_within,
    "finish_booked": of_accumulators.finish_booked,
    "finish_plain": of_accumulators.finish_plain,
    "absorb": of_amounts.absorb,
    "franchise": of_amounts.franchise,
    "ratio_by": of_amounts.ratio_by,
    "ratio_read": of_amounts.ratio_read,
    "widen_held": of_amounts.widen_held,
    "cover": of_amounts.cover,
    "mark": of_amounts.mark,
    "deducted": of_amounts.deducted,
    "round_off": of_amounts.round_off,
    "bands_whole": of_tables.bands_whole,
    "part_off": of_tables.part_off,
    "disappearing": of_tables.disappearing,
    "per_diem": of_tables.per_diem,
    "schedule": of_tables.schedule,
    "amount_table": of_tables.amount_table,
    "contribution": of_tables.contribution,
    "layer": of_tables.layer,
    "family_deductible": of_accumulators.family_deductible,
    "out_of_pocket_max": of_accumulators.out_of_pocket_max,
    "total_lines": of_lines.total_lines,
    "lines_times": of_lines.lines_times,
    "absorb_lines": of_lines.absorb_lines,
    "exclude": of_lines.exclude,
    "share_lines": of_lines.share_lines,
    "share_lines_read": of_lines.share_lines_read,
    "copay_lines": of_lines.copay_lines,
    "limit_each": of_lines.limit_each,
    "limit_together": of_lines.limit_together,
    "limit_persons": of_lines.limit_persons,
    "limit_days": of_lines.limit_days,
    "sublimit": of_lines.sublimit,
}
STEERING: dict[str, str] = {
    "end": "break",
    "stop": "return row",
    "jump": "pc = w.program[pc + 1]; continue",
    "test": (
        "v = w.rows[w.program[pc + 1], row]; v = w.program[pc + 2] if v == MISSING else v; "
        "s = 1 if v < w.program[pc + 3] else (2 if v == w.program[pc + 3] else 4); "
        "pc = pc + WIDTH if s & w.program[pc + 4] else w.program[pc + 5]; continue"
    ),
    "unless": "pc = w.program[pc + 2] if w.room[NUMS + w.program[pc + 1]] == 0 else pc + WIDTH; continue",
    "unless_known": "pc = w.program[pc + 2] if w.rows[w.program[pc + 1], row] == MISSING else pc + WIDTH; continue",
    "unless_lines": "pc = pc + WIDTH if any_lines(w, w.program[pc + 1], row) else w.program[pc + 2]; continue",
}
NUMBERS: dict[str, int] = {name: at for at, name in enumerate([*STEERING, *AMOUNTS, *VALUES])}
WIDTH = 8
"""Whole numbers in an instruction; the place of an instruction is that of its first."""
