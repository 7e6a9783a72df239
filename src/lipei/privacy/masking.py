"""What may be seen of a personal value before its purpose is stated. Pure.

Masks never reveal the length of a name beyond its first character and always keep the last four digits of a number.
"""

from __future__ import annotations

DOT = "•"


def mask_phone(number: str) -> str:
    """`199••••0042`; anything shorter than seven digits is masked whole but for its last two."""
    digits = "".join(c for c in number if c.isdigit())
    if len(digits) < 7:
        return DOT * 4 + digits[-2:]
    return digits[:3] + DOT * 4 + digits[-4:]


def mask_number(number: str, *, length: int = 0) -> str:
    """`••••••••••••••2624`: only the last four characters of an identity or account number."""
    tail = number[-4:]
    return DOT * max(4, (length or len(number)) - 4) + tail


def mask_name(name: str) -> str:
    """`方••`: the first character of a Chinese name, the first letter of a Latin one."""
    return name[:1] + DOT * 2 if name else ""
