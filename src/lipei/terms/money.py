"""Money: whole minor units (fen, cents) as `int`, one formatter, one reader, and the Chinese capital form.

No float comes near an amount. Authors and customers write `10,000.00`; inside it is `1000000`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lipei.terms.words import Words

MINOR_PER_MAJOR = 100
AMOUNT_MAX = 10**13  # fen: a hundred thousand million yuan; above this no amount of ours is plausible
AMOUNT_CHARACTERS_MAX = 40
MINUS = "−"
SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$"}

_PLAIN = re.compile(r"^-?\d+(?:\.\d+)?$", re.ASCII)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，￥－", "0123456789.,¥-")


@dataclass(frozen=True, slots=True)
class AmountFault(ValueError):
    """What is wrong with a written amount, said kindly in both languages."""

    words: Words

    def __str__(self) -> str:
        return self.words.en


def amount_of(text: str) -> int:
    """Minor units of an amount as a person writes it (`1,234.5`, `¥1234.50`, full-width digits too).

    Raises `AmountFault` naming the value and what is right. More than two decimals are refused, never rounded.
    """
    written = text.strip()
    value = written.translate(_FULL_WIDTH).replace(",", "").replace("¥", "").replace("元", "").replace(MINUS, "-")
    value = value.strip()
    shown = written if len(written) <= AMOUNT_CHARACTERS_MAX else written[:AMOUNT_CHARACTERS_MAX] + "…"
    if not _PLAIN.match(value) or len(value) > AMOUNT_CHARACTERS_MAX:
        raise AmountFault(
            Words(f"“{shown}”不是金额；请写成 1234.50 这样", f"“{shown}” is not an amount; write it like 1234.50")
        )
    whole, _, cents = value.partition(".")
    if len(cents) > 2:
        raise AmountFault(
            Words(
                f"“{shown}”的小数超过两位；金额到分为止",
                f"“{shown}” has more than two decimals; amounts end at the cent",
            )
        )
    sign = -1 if whole.startswith("-") else 1
    minor = sign * (int(whole.lstrip("-")) * MINOR_PER_MAJOR + int((cents + "00")[:2]))
    if abs(minor) > AMOUNT_MAX:
        raise AmountFault(
            Words(
                f"“{shown}”超过系统能记的最大金额 {plain(AMOUNT_MAX)}",
                f"“{shown}” is above the largest amount we can hold, {plain(AMOUNT_MAX)}",
            )
        )
    return minor


def plain(minor: int) -> str:
    """`1,234.50` without a symbol; a negative amount carries U+2212."""
    whole, cents = divmod(abs(minor), MINOR_PER_MAJOR)
    return f"{MINUS if minor < 0 else ''}{whole:,}.{cents:02d}"


def shown(minor: int, currency: str = "CNY") -> str:
    """`¥1,234.50`, always two decimals: the one way an amount is shown."""
    sign = MINUS if minor < 0 else ""
    return f"{sign}{SYMBOLS.get(currency, currency + ' ')}{plain(abs(minor))}"


def machine(minor: int) -> str:
    """`1234.50` for the API and files: a string, an ASCII minus, no separators."""
    whole, cents = divmod(abs(minor), MINOR_PER_MAJOR)
    return f"{'-' if minor < 0 else ''}{whole}.{cents:02d}"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def _group_in_capitals(group: int) -> str:
    text, pending_zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit == 0:
            pending_zero = bool(text)
            continue
        text += ("零" if pending_zero else "") + _DIGITS[digit] + _PLACES[place]
        pending_zero = False
    return text


def in_capitals(minor: int) -> str:
    """大写: the amount in Chinese capital characters, `人民币贰万陆仟叁佰贰拾元叁角叁分`.

    Raises `ValueError` for a negative amount or one above `AMOUNT_MAX`.
    """
    if not 0 <= minor <= AMOUNT_MAX:
        raise ValueError(f"no capital form for {minor}")
    whole, cents = divmod(minor, MINOR_PER_MAJOR)
    text, pending_zero = "", False
    for index in range(len(_GROUPS) - 1, -1, -1):
        group = whole // 10 ** (4 * index) % 10_000
        if group == 0:
            pending_zero = bool(text)
            continue
        if text and (pending_zero or group < 1000):
            text += "零"
        text += _group_in_capitals(group) + _GROUPS[index]
        pending_zero = False
    jiao, fen = divmod(cents, 10)
    yuan = text + "元" if text else ""
    if not cents:
        return "人民币" + (yuan or "零元") + "整"
    tail = (_DIGITS[jiao] + "角" if jiao else ("零" if yuan else "")) + (_DIGITS[fen] + "分" if fen else "整")
    return "人民币" + yuan + tail
