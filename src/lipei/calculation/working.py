"""The amount on its way through a coverage, and what one step makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from lipei.calculation.figures import Operand, Piece
from lipei.calculation.inputs import Balance, LineItem
from lipei.terms.edition import clause_label
from lipei.terms.scalars import Exact
from lipei.terms.step_base import StepBase
from lipei.terms.words import Words

Pieces = tuple[Piece, ...] | Callable[[], tuple[Piece, ...]]
"""The arithmetic of a step: written out, or how to write it when somebody reads it."""

Operands = tuple[Operand, ...] | Callable[[], tuple[Operand, ...]]
"""The operands of a step: written out, or how to write them when somebody reads them."""


class Use(NamedTuple):
    """How much of an accumulator a step uses: fen or days; `paid` when it is what the coverage finally pays."""

    accumulator: str
    amount: Exact
    paid: bool = False


class Outcome(NamedTuple):
    """What a step made: the amount after it, its arithmetic, its operands, whether a limit or deductible bit.

    Most claims are calculated without anybody reading the words of every step, so steps give them as `lambda: (…)`.
    """

    after: Exact
    pieces: Pieces
    operands: Operands = ()
    bound: bool = False
    uses: tuple[Use, ...] = ()
    items: Sequence[Exact] | None = None

    @property
    def arithmetic(self) -> tuple[Piece, ...]:
        """The pieces, written out."""
        return self.pieces() if callable(self.pieces) else self.pieces

    @property
    def used(self) -> tuple[Operand, ...]:
        """The operands, written out."""
        return self.operands() if callable(self.operands) else self.operands


@dataclass(slots=True)
class Work:
    """The running amount of one coverage before one step: in lines of the bill until a step looks at the total, then as one.

    The walk makes a new one for each step taken, so that the words of a step may be written later.
    """

    env: Mapping[str, Any]
    lines: tuple[LineItem, ...]
    balances: Mapping[str, Balance]
    sources: Mapping[str, Words]
    names: Mapping[str, Words]
    categories: Mapping[str, Words]
    amount: Exact
    items: Sequence[Exact]
    deducted: Exact
    covered: Exact | None
    taken: StepBase | None = None

    @property
    def clause(self) -> Words | None:
        """The clause that the step carries out, as people cite it."""
        return clause_label(self.taken.clause) if self.taken is not None else None

    def line_name(self, at: int) -> Words:
        """What a line of the bill is called: its own label, or its category's."""
        line = self.lines[at]
        return line.label or self.categories[line.category]

    def places(self, categories: list[str] | None) -> Sequence[int]:
        """The lines of the bill that belong to the categories (all when None)."""
        if categories is None:
            return range(len(self.lines))
        return [at for at, line in enumerate(self.lines) if line.category in categories]
