"""What is wrong in a pack of law: the file, the line, what it is and what would be right, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lipei.terms.words import Words

FAULTS_TOLD_MAX = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault at one place; `line` counts from 1, 0 means the whole file."""

    file: str
    line: int
    words: Words

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.words.en}"


class PackFaults(ValueError):
    """All faults of a pack at once, in the order of the files."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults[:FAULTS_TOLD_MAX]))

    def said(self, language: str) -> tuple[str, ...]:
        """Each fault with its place, in `language`."""
        return tuple(
            f"{fault.file}:{fault.line} {fault.words.in_(language)}" for fault in self.faults[:FAULTS_TOLD_MAX]
        )


class UnknownPlace(LookupError):
    """A jurisdiction for which there is no pack; the message lists those there are."""
