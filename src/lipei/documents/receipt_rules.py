"""What a custody receipt says, and its fingerprint: a keyed digest that changes with every character. Pure."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from lipei.filing.refusal import Missing
from lipei.terms.words import Words

FINGERPRINT_CHARACTERS = 16
"""Hexadecimal digits printed: 64 bits, far more than can be tried at a door that counts wrong tries."""
PURPOSE = "custody.receipt"
GROUP = 4
TYPED_CHARACTERS_MAX = 80
_SPACE_OR_DASH = re.compile(r"[\s\-–—·]+")

Occasion = Literal["taken", "returned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One paper on a receipt: custody number, name of its kind, own name, form, pages, and where it was when the receipt was written."""

    number: str
    label: dict[str, str]
    name: dict[str, str]
    form: str
    pages: int
    place: dict[str, str]
    is_returned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptContent:
    """All that a receipt vouches for: who gave what to whom, when and where (`at` in ISO 8601 with its offset)."""

    number: str
    occasion: Occasion
    at: str
    branch: dict[str, str]
    counter: int
    giver: str
    clerk: str
    lines: tuple[ReceiptLine, ...]

    def as_json(self) -> dict[str, Any]:
        """The content as it is kept."""
        return asdict(self) | {"lines": [asdict(line) for line in self.lines]}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> ReceiptContent:
        """The content as it was kept; raises `TypeError` when a part is absent or strange."""
        return cls(**{**kept, "lines": tuple(ReceiptLine(**line) for line in kept["lines"])})


def canonical(content: ReceiptContent) -> str:
    """The one text of a content: the same content is always the same text, and another content another text."""
    return json.dumps(content.as_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(content: ReceiptContent, *, mac: Callable[[str], str]) -> str:
    """The first `FINGERPRINT_CHARACTERS` hexadecimal digits of the keyed digest of the whole content."""
    return mac(canonical(content))[:FINGERPRINT_CHARACTERS]


def grouped(code: str) -> str:
    """A fingerprint as it is printed: `9f2c 41ab 77d0 e07d`."""
    return " ".join(code[n : n + GROUP] for n in range(0, len(code), GROUP))


def as_typed(text: str) -> str:
    """A code as somebody typed it, without spaces and dashes, small letters; at most `TYPED_CHARACTERS_MAX` characters are read."""
    return _SPACE_OR_DASH.sub("", unicodedata.normalize("NFKC", text[:TYPED_CHARACTERS_MAX])).lower()


def number_as_typed(text: str) -> str:
    """A receipt's number as somebody typed it: without spaces, capitals."""
    return "".join(unicodedata.normalize("NFKC", text[:TYPED_CHARACTERS_MAX]).split()).upper().replace("–", "-").replace("—", "-")


def receipt_number(series: str, *, so_far: int) -> str:
    """`JH1122-017` for the first receipt of a claim's papers, then `JH1122-017-R2` and so on."""
    return series if so_far == 0 else f"{series}-R{so_far + 1}"


# ---------- the paper in somebody's hand, compared with what we wrote ----------


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody reads from the paper in their hand; what they leave empty is not compared."""

    giver: str = ""
    papers: str = ""
    day: str = ""
    custody: str = ""


def differences(content: ReceiptContent, *, told: Told) -> list[Missing]:
    """Everything the paper says otherwise than we wrote it; the right words are not given away."""
    faults: list[Missing] = []
    if told.giver.strip() and _plain(told.giver) != _plain(content.giver):
        faults.append(Missing(Words("交件人的姓名和我们写的不一样", "The name of who handed them in is not the one we wrote"), field="giver"))
    if told.papers.strip() and told.papers.strip() != str(len(content.lines)):
        faults.append(Missing(Words(f"我们写的是 {len(content.lines)} 份", f"We wrote {len(content.lines)} papers"), field="papers"))
    if told.day.strip() and told.day.strip() != content.at[:10]:
        faults.append(Missing(Words(f"我们写的日期是 {content.at[:10]}", f"The date we wrote is {content.at[:10]}"), field="day"))
    faults += _strange_numbers(content, told.custody)
    if not any(part.strip() for part in (told.giver, told.papers, told.day, told.custody)):
        faults.append(Missing(Words("请照着手里的回执填一项或几项", "Fill in one or more things as your paper says them"), field="papers"))
    return faults


def _strange_numbers(content: ReceiptContent, typed: str) -> list[Missing]:
    ours = {line.number for line in content.lines}
    told = dict.fromkeys(number_as_typed(part) for part in typed.split())
    strange = [number for number in told if number not in ours]
    if not strange:
        return []
    shown = "、".join(strange[:5]), ", ".join(strange[:5])
    return [Missing(Words(f"这张回执上没有保管号 {shown[0]}", f"This receipt has no custody number {shown[1]}"), field="custody")]


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name[:TYPED_CHARACTERS_MAX]).split()).casefold()
