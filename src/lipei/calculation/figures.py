"""The figures and pieces of which the arithmetic of a step is written, kept as numbers until somebody reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from lipei.terms.scalars import Exact, exact_shown, ratio_shown, whole_if_can
from lipei.terms.words import Words, both

Unit = Literal["amount", "ratio", "days", "count", "date", "words"]


class Figure(NamedTuple):
    """A number with its unit: fen, ratio, days, count; or a date or words."""

    unit: Unit
    value: Any

    def shown(self) -> Words:
        """The figure as people read it."""
        if self.unit == "amount":
            return both(exact_shown(self.value))
        if self.unit == "ratio":
            return both(ratio_shown(self.value))
        if self.unit == "days":
            return Words(f"{self.value} 日", f"{self.value} days" if self.value != 1 else "1 day")
        if isinstance(self.value, Words):
            return self.value
        return both(self.value.isoformat() if isinstance(self.value, date) else str(self.value))

    def written(self) -> str | dict[str, str]:
        """The figure for a stored statement: text, exact."""
        if isinstance(self.value, Words):
            return self.value.as_dict()
        if isinstance(self.value, Fraction):
            return f"{self.value.numerator}/{self.value.denominator}"
        return self.value.isoformat() if isinstance(self.value, date) else str(self.value)


Piece = str | Words | Figure


class Operand(NamedTuple):
    """A number that a step used: its name, the figure, and where it comes from (a clause, a paper, an earlier claim)."""

    name: Words
    figure: Figure
    source: Words | None


def sentence(pieces: Iterable[Piece]) -> Words:
    """The pieces read one after the other, in both languages."""
    zh, en = "", ""
    for piece in pieces:
        words = (
            piece.shown()
            if isinstance(piece, Figure)
            else both(piece)
            if isinstance(piece, str) and piece.strip()
            else piece
        )
        zh += words.zh if isinstance(words, Words) else words
        en += words.en if isinstance(words, Words) else words
    return Words(zh, en)


def money(amount: Exact) -> Figure:
    """A figure in fen."""
    return Figure("amount", amount)


def ratio(value: Exact) -> Figure:
    """A figure that is a ratio."""
    return Figure("ratio", value)


def days(value: int) -> Figure:
    """A figure in days."""
    return Figure("days", value)


def times(amount: Exact, by: Exact) -> Exact:
    """`amount × by`, exactly; an `int` whenever it is whole."""
    if type(amount) is int:
        above, below = by.as_integer_ratio()
        quotient, rest = divmod(amount * above, below)
        return quotient if rest == 0 else Fraction(amount * above, below)
    return whole_if_can(amount * by)


def at_most(amount: Exact, most: Exact) -> Exact:
    """The amount, but no more than `most`."""
    return most if amount > most else amount


def rounded(amount: Exact, to: int = 1) -> int:
    """To the nearest multiple of `to` fen, half away from zero: as contracts round, not as libraries do."""
    if type(amount) is int and to == 1:
        return amount
    above, below = amount.as_integer_ratio()
    below *= to
    nearest = (2 * abs(above) + below) // (2 * below)
    return (-nearest if above < 0 else nearest) * to


def shared_out(total: int, weights: Sequence[Exact]) -> list[int]:
    """`total` fen in proportion to the weights, whole fen, by the largest remainder; ties go to the earlier one."""
    whole = sum(weights)
    if total == 0 or whole == 0:
        return [0] * len(weights)
    parts = [divmod(total * weight, whole) for weight in weights]
    shares = [int(share) for share, _ in parts]
    order = sorted(range(len(weights)), key=lambda at: (-parts[at][1], at))
    for at in order[: total - sum(shares)]:
        shares[at] += 1
    return shares
