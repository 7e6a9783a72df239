"""What is wrong with a terms document: where, what, and how to put it right, all faults at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lipei.terms.words import Language, Words

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class TextFault(ValueError):
    """One piece of text that cannot be read: what is wrong and what to write instead."""

    what: Words
    cure: Words

    def __str__(self) -> str:
        return f"{self.what.en}; {self.cure.en}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a document: a stable code, the path and line of the place, what is wrong, the cure."""

    code: str
    path: str
    line: int
    what: Words
    cure: Words
    severity: Severity = "error"

    def printed(self, source: str, language: Language = "en") -> str:
        """`file:line: error [code] at path: what. Cure: …`, as a compiler prints."""
        joint = "。改法：" if language == "zh" else ". Cure: "
        kind = {"error": "错误", "warning": "提醒"}[self.severity] if language == "zh" else self.severity
        place = f"{source}:{self.line}: {kind} [{self.code}] {self.path}: "
        return place + self.what.in_(language) + joint + self.cure.in_(language)


class TermsFaults(ValueError):
    """The document cannot be used; `faults` lists everything found, in the order of the lines."""

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        self.source = source
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.path)))
        super().__init__("\n".join(fault.printed(source) for fault in self.faults))


def path_text(path: Path) -> str:
    """`('coverages', 0, 'steps', 2)` as `coverages[0].steps[2]`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "document"
