"""The kernel: its source is written out of the table of opcodes into this user's cache, compiled once, and kept.

One row after the other; of each row the instructions of its edition, until `end`. It returns the first row that it cannot
carry out (a fact out of its range, a number that does not fit in 64 bits), or the end.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType
from typing import Any

from lipei.calculation.batch.accelerated import compiled, woven
from lipei.calculation.batch.frame import EDITION, FLAG, NUMS
from lipei.calculation.batch.of_values import any_lines
from lipei.calculation.batch.opcodes import AMOUNTS, NUMBERS, STEERING, VALUES, WIDTH
from lipei.calculation.batch.whole_numbers import MISSING
from lipei.calculation.kernel_cache import cache_folder, digest

CONSTANTS = {"EDITION": EDITION, "FLAG": FLAG, "NUMS": NUMS, "MISSING": MISSING, "WIDTH": WIDTH}


def source() -> str:
    """The text of the kernel."""
    lines = ["def run(w, first, last):", "    for row in range(first, last):", "        if w.rows[FLAG, row] != 0:"]
    lines += ["            return row", "        pc, n, dr = w.program[2 * w.rows[EDITION, row]], 0, 1", "        while True:"]
    lines += ["            op = w.program[pc]"]
    word = "if"
    for name, text in STEERING.items():
        lines.append(f"            {word} op == {NUMBERS[name]}:")
        lines += [f"                {part.strip()}" for part in text.split(";")]
        word = "elif"
    for name in AMOUNTS:
        lines.append(f"            elif op == {NUMBERS[name]}:")
        lines += [f"                n, dr = {name}(w, pc, row, n, dr)", "                if dr == 0:", "                    return row"]
    for name in VALUES:
        lines.append(f"            elif op == {NUMBERS[name]}:")
        lines += [f"                if {name}(w, pc, row) == 0:", "                    return row"]
    return "\n".join([*lines, "            else:", "                return row", "            pc += WIDTH", "    return last", ""])


@lru_cache(maxsize=1)
def kernel() -> Any:
    """`run(frame, first, last)`, ready to be called."""
    return loaded(source(), name="kernel", given={"any_lines": any_lines})


def loaded(text: str, *, name: str, given: Mapping[str, Any]) -> Any:
    """The function `run` of a written kernel; numba keeps its machine code beside the text. Its other functions become part of it."""
    path = cache_folder() / f"{name}.py"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    module = ModuleType(f"lipei_{name}_{digest()}")
    sys.modules[module.__name__] = module  # where numba looks for it when it takes the machine code from the cache
    vars(module).update({**given, **CONSTANTS, **AMOUNTS, **VALUES})
    before = set(vars(module))
    exec(compile(text, str(path), "exec"), vars(module))  # our own text, never a reader's: see `source`
    vars(module).update({own: woven(vars(module)[own]) for own in set(vars(module)) - before - {"run", "__builtins__"}})
    return compiled(vars(module)["run"])
