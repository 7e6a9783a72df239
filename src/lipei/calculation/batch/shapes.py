"""Shapes: what editions have in common when they are the same instructions in the same order, with other numbers.

A shape is the order of instructions of an edition whose only jumps leave a coverage or leave the row to the exact way. Other
editions have no shape, and the general kernel takes the call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lipei.calculation.batch.opcodes import NUMBERS, WIDTH

SHAPES_MAX = 12
INSTRUCTIONS_MAX = 120
NAMES = {number: name for name, number in NUMBERS.items()}
TARGETS = {"test": 5, "unless": 2}
FINISHING = ("finish", "finish_within", "finish_booked", "finish_plain")
Shape = tuple[str, ...]
"""Names of instructions; `test past`, `test stop` say where a jump goes."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shape with the numbers that all its editions share: those of its instructions, None where editions differ."""

    shape: Shape
    numbers: tuple[int | None, ...]

    @property
    def own(self) -> list[int]:
        """The places of the numbers that editions do not share."""
        return [place for place, number in enumerate(self.numbers) if number is None]


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
        shape.append(name)
    return tuple(shape)


def patterns_of(shapes: Sequence[Shape | None], programs: Sequence[Sequence[int]]) -> tuple[Pattern, ...]:
    """The patterns of all shapes, in the order in which they first come."""
    found = []
    for shape in dict.fromkeys(shapes):
        if shape is not None:
            alike = [program for program, one in zip(programs, shapes, strict=True) if one == shape]
            shared = tuple(same[0] if len(set(same)) == 1 else None for same in zip(*alike, strict=True))
            found.append(Pattern(shape, shared))
    return tuple(found)
