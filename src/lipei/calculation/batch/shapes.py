"""Kernels for shapes: the same functions as in the general kernel, written one after the other for the editions at hand, no opcode read.

A shape is the order of instructions of an edition whose only jumps leave a coverage or leave the row to the exact way. Other
editions have no shape, and the general kernel takes the call. The source goes into the cache like that of the general kernel.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from lipei.calculation.batch.kernel import loaded
from lipei.calculation.batch.opcodes import AMOUNTS, NUMBERS, WIDTH

SHAPES_MAX = 12
INSTRUCTIONS_MAX = 120
NAMES = {number: name for name, number in NUMBERS.items()}
TARGETS = {"test": 5, "unless": 2}
FINISHING = ("finish", "finish_plain")
WRITTEN = ("at_most", "at_least", "put", "take", "franchise", "aggregate_deductible", "aggregate_limit", "out_of_pocket_max", "bands")
"""Instructions of which the shape says whether their register is none."""
WIDENING = ("absorb", "absorb_lines", "ratio_read", "part_off", "disappearing", "layer", "share_lines_read")
"""Instructions after which the row has a denominator of its own; before the first of them it is 1, and the compiler is told."""
Shape = tuple[str, ...]


def shape_of(code: Sequence[Sequence[int]], *, start: int) -> Shape | None:
    """The shape of a program that begins at `start`; None when it jumps in other ways, or is long."""
    names = [NAMES[one[0]] for one in code]
    end = names.index("end") if "end" in names else 0
    if not 0 < end <= INSTRUCTIONS_MAX:
        return None
    ends = [at + 1 for at, name in enumerate(names[:end]) if name in FINISHING]
    shape = []
    for at, name in enumerate(names[:end]):
        if name in ("jump", "stop", "unless_known", "unless_lines"):
            return None
        if name in TARGETS:
            target = (code[at][TARGETS[name]] - start) // WIDTH
            past = next((one for one in ends if one > at), end)
            if target not in (past, end + 1):
                return None
            name += " past" if target == past else " stop"
        elif name in WRITTEN and code[at][1] < 0:
            name += " written"
        shape.append(name)
    return tuple(shape)


def source(shapes: Sequence[Shape]) -> str:
    """The text of a kernel for these shapes."""
    lines = ["def run(w, first, last):", "    if first < 0:", "        return first", "    for row in range(first, last):"]
    lines += ["        if w.rows[FLAG, row] != 0:", "            return row"]
    lines += ["        pc, n, dr = w.program[2 * w.rows[EDITION, row]], 0, 1"]
    lines += ["        if pc < 0:  # never; said aloud, it spares the compiler to think of places counted from the end"]
    lines += ["            return row"]
    lines += ["        shape = w.program[2 * w.rows[EDITION, row] + 1]"]
    for number, shape in enumerate(shapes):
        lines.append(f"        {'elif' if number else 'if'} shape == {number}:")
        lines.append("            while True:")
        is_narrow = True
        for at, name in enumerate(shape):
            lines += [" " * 16 + line for line in _written(name, f"pc + {at * WIDTH}")]
            is_narrow = name in ("begin", "begin_plain") or (is_narrow and name not in WIDENING)
            if is_narrow and name.partition(" ")[0] in AMOUNTS:
                lines.append(" " * 16 + "dr = 1")
            if name in FINISHING and at + 1 < len(shape):
                lines += ["                break", "            while True:"]
        lines.append("                break")
    return "\n".join([*lines, "        else:", "            return row", "    return last", ""])


def _written(name: str, pc: str) -> list[str]:
    """One instruction at its place."""
    kind, _, target = name.partition(" ")
    leave = "break" if target == "past" else "return row"
    if kind == "test":
        return [
            f"v = w.rows[w.program[{pc} + 1], row]",
            f"v = w.program[{pc} + 2] if v == MISSING else v",
            f"s = 1 if v < w.program[{pc} + 3] else (2 if v == w.program[{pc} + 3] else 4)",
            f"if s & w.program[{pc} + 4] == 0:",
            f"    {leave}",
        ]
    if kind == "unless":
        return [f"if w.room[NUMS + w.program[{pc} + 1]] == 0:", f"    {leave}"]
    if kind in AMOUNTS:
        hint = [f"if w.program[{pc} + 1] >= 0:", "    return row"] if target == "written" else []
        return [*hint, f"n, dr = {kind}(w, {pc}, row, n, dr)", "if dr == 0:", "    return row"]
    return [f"if {kind}(w, {pc}, row) == 0:", "    return row"]


@lru_cache(maxsize=16)
def kernel_for(shapes: tuple[Shape, ...]) -> Any:
    """`run(frame, first, last)` for editions of these shapes."""
    text = source(shapes)
    return loaded(text, name=f"shapes_{sha256(text.encode()).hexdigest()[:20]}")
