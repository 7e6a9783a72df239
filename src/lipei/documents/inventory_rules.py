"""An inventory by scanning: what lies on a shelf compared with what the books say lies there. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lipei.documents.hands import must_hold_place, place_in_words
from lipei.filing.refusal import Missing
from lipei.terms.words import Words

SCANNED_MAX = 500
NUMBER_CHARACTERS_MAX = 40
Finding = Literal["right", "elsewhere", "missing", "unknown"]

FINDINGS: dict[str, Words] = {
    "right": Words("相符", "right"),
    "elsewhere": Words("账上在别处", "belongs elsewhere"),
    "missing": Words("缺", "missing"),
    "unknown": Words("不认识", "unknown"),
}
MENDED: dict[str, Words] = {
    "moved_here": Words("已移到这里", "moved here"),
    "found_here": Words("已记为找到", "found here"),
    "sought": Words("已在找", "being sought"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheBooks:
    """Where the books have a paper: house, keeping, place and hands; `is_sought` when somebody did not find it."""

    branch: int
    branch_name: Words
    keeping: str
    place: str
    hands: str
    is_sought: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """One number of an inventory with its finding, and where the books have it (None: nowhere)."""

    number: str
    finding: Finding
    said: Words | None


def shelf_key(place: str) -> str:
    """Two spellings of one shelf are one shelf: without spaces, dots and case (`3 柜 · 盒 12` is `3柜盒12`)."""
    return "".join(c for c in unicodedata.normalize("NFKC", place).casefold() if c.isalnum())


def scanned(text: str) -> tuple[str, ...]:
    """The custody numbers as a scanner typed them, one a line (a space separates too), each once, capitals."""
    return tuple(dict.fromkeys(unicodedata.normalize("NFKC", part).upper() for part in text.split()))


def must_hold_inventory(numbers: Sequence[str], *, place: str) -> list[Missing]:
    """What an inventory lacks: the shelf; or it holds more, or longer numbers, than one shelf can have."""
    faults = must_hold_place(place)
    if len(numbers) > SCANNED_MAX:
        faults.append(Missing(Words(f"一次扫了 {len(numbers):,} 个，最多 {SCANNED_MAX} 个", f"{len(numbers):,} numbers at once; the most is {SCANNED_MAX}"),
                              do=Words("请一格一格地盘点。", "Take the inventory shelf by shelf."), field="numbers"))
    long = next((n for n in numbers if len(n) > NUMBER_CHARACTERS_MAX), None)
    if long is not None:
        faults.append(Missing(Words(f"“{long[:NUMBER_CHARACTERS_MAX]}…”太长，不是保管号", f"“{long[:NUMBER_CHARACTERS_MAX]}…” is too long for a custody number"),
                              do=Words("请让扫描枪每份后面加一个回车。", "Let the scanner send a line break after each."), field="numbers"))
    return faults


def compared(numbers: Sequence[str], *, branch: int, place: str, books: Mapping[str, InTheBooks]) -> tuple[Counted, ...]:
    """Every scanned number, and every one that should lie here, with its finding; `books` knows all of both.

    A paper that is being sought and lies here is *elsewhere*: the books do not know that it is found.
    """
    key, here = shelf_key(place), set(numbers)
    found = [_scanned(number, branch=branch, key=key, book=books.get(number)) for number in numbers]
    lacking = [
        Counted(number, "missing", _said(book)) for number, book in sorted(books.items()) if number not in here and _is_here(book, branch=branch, key=key)
    ]
    return (*found, *lacking)


def _is_here(book: InTheBooks, *, branch: int, key: str) -> bool:
    return book.keeping == "kept" and book.branch == branch and shelf_key(book.place) == key


def _scanned(number: str, *, branch: int, key: str, book: InTheBooks | None) -> Counted:
    if book is None:
        return Counted(number, "unknown", None)
    if _is_here(book, branch=branch, key=key) and not book.is_sought:
        return Counted(number, "right", _said(book))
    return Counted(number, "elsewhere", _said(book))


def _said(book: InTheBooks) -> Words:
    where = place_in_words(book.keeping, place=book.place, hands=book.hands)
    zh, en = ("（在找）", " (being sought)") if book.is_sought else ("", "")
    return Words(f"{book.branch_name.zh} · {where.zh}{zh}", f"{book.branch_name.en} · {where.en}{en}")
