"""Amounts as a letter writes them: in figures, and in words against later alteration (大写; English words)."""

from __future__ import annotations

from lipei.terms.money import AMOUNT_MAX, MINOR_PER_MAJOR, in_capitals
from lipei.terms.words import Words

_SMALL_WRITTEN = (
    "zero one two three four five six seven eight nine ten eleven "
    "twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_SMALL = tuple(_SMALL_WRITTEN.split())
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_GROUPS = ("", " thousand", " million", " billion")
TWENTY, HUNDRED, THOUSAND = 20, 100, 1_000


def _below_hundred(number: int) -> str:
    if number < TWENTY:
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, HUNDRED)
    if not hundreds:
        return _below_hundred(rest)
    return f"{_SMALL[hundreds]} hundred" + (f" and {_below_hundred(rest)}" if rest else "")


def cardinal(number: int) -> str:
    """A whole number from 0 to 999,999,999,999 in English words."""
    if not 0 <= number < THOUSAND ** len(_GROUPS):
        raise ValueError(f"no English words for {number}")
    if number == 0:
        return _SMALL[0]
    parts: list[str] = []
    for index in range(len(_GROUPS) - 1, -1, -1):
        group = number // THOUSAND**index % THOUSAND
        if group:
            joined = "and " if parts and index == 0 and group < HUNDRED else ""
            parts.append(f"{joined}{_below_thousand(group)}{_GROUPS[index]}")
    return " ".join(parts)


def in_words(minor: int) -> Words:
    """The amount in words: 大写 in Chinese, `RMB one hundred yuan and five fen` in English; minor units in.

    Raises `ValueError` for a negative amount or one above `AMOUNT_MAX`.
    """
    if not 0 <= minor <= AMOUNT_MAX:
        raise ValueError(f"no words for {minor}")
    yuan, fen = divmod(minor, MINOR_PER_MAJOR)
    english = f"RMB {cardinal(yuan)} yuan" + (f" and {cardinal(fen)} fen" if fen else "")
    return Words(in_capitals(minor), english)
