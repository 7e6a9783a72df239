"""The amount on its way through a coverage, and what one step makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lipei.calculation.figures import Operand, Piece
from lipei.calculation.inputs import Balance, LineItem
from lipei.terms.scalars import Exact
from lipei.terms.words import Words


class Use(NamedTuple):
    """How much of an accumulator a step uses: fen or days; `paid` when it is what the coverage finally pays."""

    accumulator: str
    amount: Exact
    paid: bool = False


class Outcome(NamedTuple):
    """What a step made: the amount after it, its arithmetic, its operands, whether a limit or deductible bit."""

    after: Exact
    pieces: tuple[Piece, ...]
    operands: tuple[Operand, ...] = ()
    bound: bool = False
    uses: tuple[Use, ...] = ()
    items: list[Exact] | None = None


@dataclass(slots=True)
class Work:
    """The running amount of one coverage: in lines of the bill until a step looks at the total, then as one amount."""

    env: Mapping[str, Any]
    lines: tuple[LineItem, ...]
    balances: Mapping[str, Balance]
    sources: Mapping[str, Words]
    names: Mapping[str, Words]
    categories: Mapping[str, Words]
    amount: Exact = 0
    items: list[Exact] = field(default_factory=list)
    deducted: Exact = 0
    covered: Exact | None = None
    clause: Words | None = None

    def line_name(self, at: int) -> Words:
        """What a line of the bill is called: its own label, or its category's."""
        line = self.lines[at]
        return line.label or self.categories[line.category]

    def places(self, categories: list[str] | None) -> list[int]:
        """The lines of the bill that belong to the categories (all when None)."""
        if categories is None:
            return list(range(len(self.lines)))
        return [at for at, line in enumerate(self.lines) if line.category in categories]
