"""Reads what was typed at the counter: text, days, times, amounts; every fault names the value, what is right and what to do. Pure."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lipei.filing.refusal import Missing
from lipei.terms.money import AmountFault, amount_of, shown
from lipei.terms.words import Words

LINE_CHARACTERS_MAX = 200
AMOUNT_MIN = 1  # fen
AMOUNT_MAX = 9_999_999_999  # fen: 99,999,999.99, the most that one paper at a counter may say
PAGES_MAX = 2_000
ECHO_CHARACTERS_MAX = 40

_DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_DAY_TIGHT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_TIME = re.compile(r"^(\d{1,2})\s*[:：点]\s*(\d{2})分?$")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９／．－：", "0123456789/.-:")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_PICTURES = ((0x1F000, 0x1FAFF), (0x2600, 0x27BF), (0xFE0F, 0xFE0F), (0x200D, 0x200D), (0x20E3, 0x20E3), (0xE0000, 0xE007F))


def is_picture(character: str) -> bool:
    """Whether a character is an emoji or a part of one: a letter cannot print it."""
    return any(low <= ord(character) <= high for low, high in _PICTURES)


def is_control(character: str) -> bool:
    """Whether a character is invisible control text, line ends and tabs apart."""
    return unicodedata.category(character) == "Cc" and character not in "\n\r\t"


def echo(text: str) -> str:
    """A typed value as a fault names it: whole when short, cut when long."""
    return text if len(text) <= ECHO_CHARACTERS_MAX else text[:ECHO_CHARACTERS_MAX] + "…"


def faults_of_text(text: str, *, label: Words, name: str, most: int) -> list[Missing]:
    """Too long, pictures or control characters in a text: each said with its place; beyond `most` nobody looks."""
    faults: list[Missing] = []
    if len(text) > most:
        faults.append(Missing(
            Words(f"{label.zh}有 {len(text):,} 个字，最多 {most:,} 个", f"{label.en}: {len(text):,} characters; the most is {most:,}"),
            do=Words("请留要紧的，其余作为材料收下。", "Keep what matters and take in the rest as a paper."), field=name,
        ))
    picture = next(((n, c) for n, c in enumerate(text[:most], 1) if is_picture(c)), None)
    if picture:
        faults.append(Missing(
            Words(f"{label.zh}第 {picture[0]} 个字“{picture[1]}”是表情，信上印不出来", f"{label.en}: character {picture[0]}, “{picture[1]}”, is a picture and cannot be printed"),
            do=Words("请改用文字写。", "Write it in words."), field=name,
        ))
    control = next((n for n, c in enumerate(text[:most], 1) if is_control(c)), None)
    if control:
        faults.append(Missing(
            Words(f"{label.zh}第 {control} 个字是看不见的控制字符", f"{label.en}: character {control} is an invisible control character"),
            do=Words("请删掉它，或重新键入这一行。", "Delete it, or type the line again."), field=name,
        ))
    return faults


def day_of(text: str) -> tuple[date | None, Words | None]:
    """The day a text writes (`2026-11-27`, `2026/11/27`, `2026年11月27日`, `20261127`), or what is wrong with it."""
    written = text.strip().translate(_FULL_WIDTH)
    found = _DAY.match(written) or _DAY_TIGHT.match(written)
    if not found:
        return None, Words(f"“{echo(text)}”不是日期；请写成 2026-11-27 这样", f"“{echo(text)}” is not a date; write it like 2026-11-27")
    year, month, day = (int(part) for part in found.groups())
    if not 1900 <= year <= 2100:
        return None, Words(f"{year} 年不会是这件事的年份；请再看一遍", f"The year {year} cannot be right; look again")
    if not 1 <= month <= 12:
        return None, Words(f"一年只有 12 个月，没有 {month} 月", f"A year has 12 months; there is no month {month}")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        shown_as = f"{year:04d}-{month:02d}-{day:02d}"
        return None, Words(f"{month} 月只有 {last} 天，没有 {shown_as}", f"{_MONTHS[month - 1]} has {last} days; {shown_as} does not exist")
    return date(year, month, day), None


def time_of(text: str) -> tuple[str, Words | None]:
    """The time a text writes, as `06:20`, or what is wrong with it."""
    found = _TIME.match(text.strip().translate(_FULL_WIDTH))
    if found and int(found.group(1)) <= 23 and int(found.group(2)) <= 59:
        return f"{int(found.group(1)):02d}:{found.group(2)}", None
    return "", Words(f"“{echo(text)}”不是时间；请写成 06:20 这样", f"“{echo(text)}” is not a time; write it like 06:20")


def fen_of(text: str) -> tuple[int | None, Words | None]:
    """The amount a text writes in fen, between one fen and `AMOUNT_MAX`, or what is wrong with it."""
    try:
        fen = amount_of(text)
    except AmountFault as fault:
        return None, fault.words
    if fen < 0:
        return None, Words(f"{shown(fen)} 是负数；金额从 {shown(AMOUNT_MIN)} 起", f"{shown(fen)} is negative; amounts begin at {shown(AMOUNT_MIN)}")
    if fen < AMOUNT_MIN:
        return None, Words(f"{shown(0)} 不是金额；最少 {shown(AMOUNT_MIN)}", f"{shown(0)} is no amount; the least is {shown(AMOUNT_MIN)}")
    if fen > AMOUNT_MAX:
        return None, Words(
            f"{shown(fen)} 超过一份材料能写的最大金额 {shown(AMOUNT_MAX)}；请再看一遍单位和小数点",
            f"{shown(fen)} is above the most that one paper can say, {shown(AMOUNT_MAX)}; check the unit and the decimal point",
        )
    return fen, None


@dataclass(slots=True)
class Reader:
    """Walks through what was typed and gathers every fault, so that all are told at once."""

    told: Mapping[str, str]
    today: date
    faults: list[Missing] = field(default_factory=list)

    def fault(self, name: str, what: Words, *, do: Words | None = None, why: Words | None = None) -> None:
        """One more fault, at the field `name`."""
        self.faults.append(Missing(what, why=why, do=do, field=name))

    def raw(self, name: str) -> str:
        """What was typed, without spaces at its ends."""
        return (self.told.get(name) or "").strip()

    def text(self, name: str, label: Words, *, most: int = LINE_CHARACTERS_MAX, missing: Words | None = None) -> str:
        """A line of text; `missing` says what to tell when it is empty (None: it may be)."""
        value = self.raw(name)
        if not value and missing is not None:
            self.fault(name, missing)
        self.faults += faults_of_text(value, label=label, name=name, most=most)
        return value

    def choice(self, name: str, options: Mapping[str, object] | frozenset[str], *, missing: Words) -> str:
        """One of the options."""
        value = self.raw(name)
        if value not in options:
            self.fault(name, missing)
            return ""
        return value

    def day(self, name: str, *, missing: Words | None = None, is_past: bool = False) -> date | None:
        """A day; `is_past` refuses one that has not come yet."""
        value = self.raw(name)
        if not value:
            if missing is not None:
                self.fault(name, missing)
            return None
        day, wrong = day_of(value)
        if wrong is not None:
            self.fault(name, wrong)
        elif day is not None and is_past and day > self.today:
            self.fault(name, Words(f"{day} 还没有到，今天是 {self.today}", f"{day} has not come yet; today is {self.today}"),
                       do=Words("请再问一遍是哪一天。", "Ask again which day it was."))
            return None
        return day

    def fen(self, name: str, *, missing: Words | None = None) -> int | None:
        """An amount in fen."""
        value = self.raw(name)
        if not value:
            if missing is not None:
                self.fault(name, missing)
            return None
        fen, wrong = fen_of(value)
        if wrong is not None:
            self.fault(name, wrong)
        return fen

    def whole(self, name: str, label: Words, *, most: int, least: int = 1) -> int | None:
        """A whole number between `least` and `most`; None when nothing was typed."""
        value = self.raw(name).translate(_FULL_WIDTH)
        if not value:
            return None
        if not value.isascii() or not value.isdigit() or len(value) > 9 or not least <= int(value) <= most:
            self.fault(name, Words(f"{label.zh}“{echo(value)}”不是 {least} 到 {most:,} 的整数", f"{label.en} “{echo(value)}” is not a whole number from {least} to {most:,}"))
            return None
        return int(value)

    def ticked(self, name: str, missing: Words, *, why: Words | None = None) -> bool:
        """A box that must be ticked because it says what a person did."""
        if not self.raw(name):
            self.fault(name, missing, why=why)
            return False
        return True
