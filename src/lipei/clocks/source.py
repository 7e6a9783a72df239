"""Where a value of law is written, in which words, how surely we know it, and when that was last checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from lipei.terms.words import Words

Grade = Literal["A", "B", "C", "G"]
GRADES: tuple[Grade, ...] = ("A", "B", "C", "G")
"""A: read in the law itself; B: in a text that quotes the regulator; C: seen in practice; G: general knowledge."""
GRADE_WORDS: dict[str, Words] = {
    "A": Words("法律原文", "read in the law"), "B": Words("转引监管文件", "quoted from the regulator"), "C": Words("行业做法", "seen in practice"),
    "G": Words("一般知识", "general knowledge"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value of law is written, in which words, how surely we know it and when that was last checked."""

    citation: Words
    words: str
    grade: Grade
    last_checked: date
    note: Words | None = None

    @property
    def to_be_confirmed(self) -> bool:
        """Is this to be shown to an administrator as "to be confirmed"? Everything not read in the law itself."""
        return self.grade != "A"
