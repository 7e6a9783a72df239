"""What is wrong with a terms document: where, what, and how to put it right, all faults at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lipei.terms.words import Language, Words

Severity = Literal["error", "warning", "note"]
Path = tuple[str | int, ...]
Found = tuple[str, Path, Words, Words, Severity]
"""What a check finds, before its place in the file is known: code, path, what is wrong, the cure, severity."""

SEVERITIES: dict[Severity, Words] = {
    "error": Words("错误", "error"),
    "warning": Words("提醒", "warning"),
    "note": Words("说明", "note"),
}
FAULTS_MAX = 200
COMMA_CURE = Words("花括号里的文字有逗号时，要加引号", "inside {…}, put words that hold a comma into quotes")
"""For a text in `{…}` that ended at its own comma, so that the rest of it was read as names."""


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of one line of the file: line and column from 1, and how many characters it covers."""

    line: int
    column: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True)
class TextFault(ValueError):
    """One piece of text that cannot be read: what is wrong and what to write instead."""

    what: Words
    cure: Words

    def __str__(self) -> str:
        return f"{self.what.en}; {self.cure.en}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a document: a stable code, the path and place in the file, what is wrong, the cure."""

    code: str
    path: str
    place: Place
    what: Words
    cure: Words
    severity: Severity = "error"

    @property
    def line(self) -> int:
        """The line of the place, from 1."""
        return self.place.line

    def printed(self, source: str, language: Language = "en") -> str:
        """`file:line:column: error [code] at path: what. Cure: …`, as a compiler prints."""
        joint = "。改法：" if language == "zh" else ". Cure: "
        kind = SEVERITIES[self.severity].in_(language)
        place = f"{source}:{self.line}:{self.place.column}: {kind} [{self.code}] {self.path}: "
        return place + self.what.in_(language) + joint + self.cure.in_(language)


class TermsFaults(ValueError):
    """The document cannot be used; `faults` lists what was found, at most `FAULTS_MAX`, in the order of the lines."""

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        self.source = source
        self.faults = in_order(faults)
        super().__init__("\n".join(fault.printed(source) for fault in self.faults))


def in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults in the order of the file, each once, at most `FAULTS_MAX`."""
    once = dict.fromkeys(faults)
    return tuple(sorted(once, key=lambda fault: (fault.line, fault.path, fault.code)))[:FAULTS_MAX]


def error(code: str, path: Path, what: Words, cure: Words) -> Found:
    """A fault that keeps the document from being used."""
    return (code, path, what, cure, "error")


def warning(code: str, path: Path, what: Words, cure: Words) -> Found:
    """A doubt: the document can be used, but hardly means what it says."""
    return (code, path, what, cure, "warning")


def note(code: str, path: Path, what: Words, cure: Words) -> Found:
    """Something worth knowing that needs no change."""
    return (code, path, what, cure, "note")


def path_text(path: Path) -> str:
    """`('coverages', 0, 'steps', 2)` as `coverages[0].steps[2]`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "document"
