"""What a compiled step needs of the denominators around it, and the place it gets in its coverage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from lipei.calculation.batch.compiling_values import Values
from lipei.calculation.batch.writing import ALL_CATEGORIES, RATIO_OF_FACTS, TOO_FINE, TakesExactWay
from lipei.terms.expressions import Expression, Node


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its coverage a step stands: the scale before and after it, and the most that may still be multiplied there."""

    scale: int
    after: int
    room: int
    begins_anew: bool
    on_lines: bool


@dataclass(slots=True)
class Plan:
    """One way through a step: `factor` widens the scale, `growth` is the most any number grows, `write` emits it.

    `largest` is the greatest written amount (fen), `is_whole` says that the result is whole fen, `lines_factor` by what the
    step itself has widened the lines, `is_of_lines` that it works on the lines, `is_wide` that it may widen the row's own
    denominator.
    """

    write: Callable[[Place], None]
    factor: int = 1
    growth: int = 1
    largest: int = 0
    is_whole: bool = False
    is_of_lines: bool = False
    lines_factor: int = 1
    is_wide: bool = False


@dataclass(slots=True)
class Steps:
    """The means of compiling steps: expressions, slots of accumulators, bits of categories.

    `parts` is a multiple for the denominators of written ratios: editions that say 60 % and 85 % then share theirs.
    """

    values: Values
    slots: Mapping[str, int]
    reads_lines: bool = False
    paid_slot: int = -1
    parts: int = 1
    largest: int = field(default=0)

    def mask(self, categories: list[str] | None) -> int:
        """The bits of the categories; all of them when none are named."""
        if categories is None:
            return ALL_CATEGORIES
        return sum(1 << self.values.categories[name] for name in set(categories))

    def emit(self, name: str, place: Place, *, reg: int = -1, const: int = 0, x: int = 0, y: int = 0, z: int = 0) -> None:
        """An amount instruction in the shape they all have."""
        self.values.writer.emit(name, reg, const, place.scale, place.room, x, y, z)

    def with_amount(self, name: str, amount: Expression | Node, place: Place, *, x: int = 0, y: int = 0, z: int = 0) -> None:
        """An instruction with one amount, written or worked out."""
        node = amount.node if isinstance(amount, Expression) else amount
        known = self.values.known(node)
        if isinstance(known, int):
            if abs(known) * place.scale > place.room:
                raise TakesExactWay(TOO_FINE)
            self.emit(name, place, const=known * place.scale, x=x, y=y, z=z)
            return
        register = self.register(node, place)
        self.emit(name, place, reg=register, const=place.room // place.scale, x=x, y=y, z=z)

    def register(self, value: Expression | Node, place: Place) -> int:
        """The register of an amount, its denominator taken into that of the running amount."""
        node = value.node if isinstance(value, Expression) else value
        register = self.values.value(node)
        if self.values.is_fractional(node):
            self.emit("absorb_lines" if place.on_lines else "absorb", place, reg=register)
        return register

    def plain(self, value: Expression | Node | None) -> int:
        """The register of a number that is no amount: days, counts, ratios; −1 for none."""
        if value is None:
            return -1
        return self.values.value(value.node if isinstance(value, Expression) else value)

    def written(self, amount: Expression) -> int:
        """The size of a written amount, else 0."""
        known = self.values.known(amount.node)
        return abs(known) if isinstance(known, int) else 0

    def ratio(self, value: Expression | Node) -> Fraction | None:
        """A written ratio, or None when facts decide it."""
        known = self.values.known(value.node if isinstance(value, Expression) else value)
        return None if known is None else Fraction(known)

    def over_parts(self, known: Fraction) -> tuple[int, int]:
        """A written ratio over a denominator that editions share where they can."""
        whole = lcm(self.parts, known.denominator)
        return int(known * whole), whole

    def ratios(self, values: list[Expression]) -> tuple[list[int], int]:
        """Written ratios over their common denominator. Raises `TakesExactWay` when facts decide one of them."""
        found = [self.ratio(value) for value in values]
        if any(one is None or one < 0 for one in found):
            raise TakesExactWay(RATIO_OF_FACTS)
        whole = lcm(self.parts, *(one.denominator for one in found if one is not None))
        return [int(one * whole) for one in found if one is not None], whole
