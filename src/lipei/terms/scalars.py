"""Reads ratios, whole numbers, dates and yes/no exactly as authors write them, and shows them again."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from lipei.terms.faults import TextFault
from lipei.terms.money import plain
from lipei.terms.words import Words

Exact = int | Fraction
"""An exact number: fen, days or a ratio. A `Fraction` only while it is not whole; see `whole_if_can`."""

RATIO_DIGITS_MAX = 12
WHOLE_MAX = 10**9

_PERCENT = re.compile(r"^(\d+)(?:\.(\d+))?\s*[%％]$", re.ASCII)
_QUOTIENT = re.compile(r"^(\d+)\s*/\s*(\d+)$", re.ASCII)
_WHOLE = re.compile(r"^-?\d+$", re.ASCII)
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def ratio_of(text: str) -> Fraction:
    """`85%`, `0.6%` or `1/3` as an exact ratio. Raises `TextFault` for a bare decimal such as `0.85`."""
    written = text.strip()
    percent = _PERCENT.match(written)
    quotient = _QUOTIENT.match(written)
    if len(written) <= 2 * RATIO_DIGITS_MAX:
        if percent:
            whole, decimals = percent.group(1), percent.group(2) or ""
            return Fraction(int(whole + decimals), 100 * 10 ** len(decimals))
        if quotient and int(quotient.group(2)):
            return Fraction(int(quotient.group(1)), int(quotient.group(2)))
    raise TextFault(
        Words(f"“{written[:40]}”不是比例", f"“{written[:40]}” is not a ratio"),
        Words("写成 85% 或 1/3", "write it as 85% or 1/3"),
    )


def whole_of(text: str) -> int:
    """A whole number such as days. Raises `TextFault`."""
    written = text.strip()
    if _WHOLE.match(written) and abs(int(written[:12])) <= WHOLE_MAX and len(written) <= 11:
        return int(written)
    raise TextFault(
        Words(f"“{written[:40]}”不是整数", f"“{written[:40]}” is not a whole number"),
        Words("写成 30 这样的整数", "write a whole number such as 30"),
    )


def date_of(text: str) -> date:
    """A date as `2026-01-01`. Raises `TextFault`, also for days that do not exist."""
    written = text.strip()
    try:
        if _DATE.match(written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise TextFault(
        Words(f"“{written[:40]}”不是存在的日期", f"“{written[:40]}” is not a date that exists"),
        Words("写成 2026-01-01", "write it as 2026-01-01"),
    )


def truth_of(text: str) -> bool:
    """`true`/`yes` or `false`/`no`. Raises `TextFault`."""
    if text.strip().lower() in _TRUTH:
        return _TRUTH[text.strip().lower()]
    raise TextFault(
        Words(f"“{text[:40]}”不是是或否", f"“{text[:40]}” is neither yes nor no"),
        Words("写成 true 或 false", "write true or false"),
    )


def whole_if_can(number: Exact) -> Exact:
    """The same number as an `int` when it is whole, so that most amounts stay integers."""
    if type(number) is Fraction and number.denominator == 1:
        return number.numerator
    return number


def ratio_shown(ratio: Exact) -> str:
    """`80%`, `0.6%`, or `1/3` when a percentage would not be exact within four decimals."""
    scaled = Fraction(ratio) * 1_000_000
    if scaled.denominator != 1:
        return f"{Fraction(ratio).numerator}/{Fraction(ratio).denominator}"
    whole, rest = divmod(abs(scaled.numerator), 10_000)
    decimals = f"{rest:04d}".rstrip("0")
    return ("−" if scaled < 0 else "") + f"{whole}" + (f".{decimals}" if decimals else "") + "%"


def exact_shown(amount: Exact) -> str:
    """An amount in fen that may hold fractions of a cent: `1,234.50`, `8,670.333…` when it does not end."""
    amount = whole_if_can(amount)
    if isinstance(amount, int):
        return plain(amount)
    thousandths = amount * 1000
    if thousandths.denominator == 1:
        milli = abs(thousandths.numerator)
        decimals = f"{milli % 100_000:05d}".rstrip("0")
        return ("−" if amount < 0 else "") + f"{milli // 100_000:,}.{decimals}"
    fen_tenth = int(abs(amount) * 10)
    return ("−" if amount < 0 else "") + f"{fen_tenth // 1000:,}.{fen_tenth % 1000:03d}…"
