"""Prints faults as a good compiler does: place, what is wrong, the line with a marker under it, the cure; and counts them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from lipei.products.checking import Checked
from lipei.terms.faults import SEVERITIES, Fault, Severity
from lipei.terms.words import Language, Words

COLUMNS_MAX = 100
BEFORE_MARK_MAX = 60
"""So much of a long line is shown, and so much of it before the marker."""
_COLOURS: dict[Severity, str] = {"error": "31", "warning": "33", "note": "36"}
CURE = Words("改法", "cure")
CLEAN = Words("没有问题", "nothing to complain of")


@dataclass(frozen=True, slots=True)
class Printer:
    """How the terminal wants it: language, and whether it shows colours."""

    language: Language
    colours: bool = False

    @classmethod
    def for_(cls, stream: TextIO, *, language: Language) -> Printer:
        """Colours only on a terminal, and never where `NO_COLOR` is set."""
        return cls(language, stream.isatty() and not os.environ.get("NO_COLOR"))

    def fault(self, fault: Fault, *, source: str, text: str) -> str:
        """One fault over several lines, the line of the document among them."""
        kind = self._coloured(f"{SEVERITIES[fault.severity].in_(self.language)} [{fault.code}]", fault.severity)
        said = _visible(f"{fault.path}: {fault.what.in_(self.language)}")
        head = f"{source}:{fault.line}:{fault.place.column}: {kind} {said}"
        rows = [head]
        lines = text.split("\n")
        if fault.line <= len(lines) and lines[fault.line - 1].strip():
            number = f"{fault.line:>5} | "
            shown, mark = _cut(lines[fault.line - 1].rstrip("\r"), fault.place.column - 1, fault.place.width)
            rows += [number + shown, " " * 5 + " | " + self._coloured(mark, fault.severity)]
        return "\n".join([*rows, f"      = {CURE.in_(self.language)}: {_visible(fault.cure.in_(self.language))}"])

    def faults(self, found: Iterable[Checked]) -> str:
        """All faults of all documents, in order, an empty line between them."""
        return "\n\n".join(self.fault(fault, source=one.source, text=one.text) for one in found for fault in one.faults)

    def counts(self, found: Sequence[Checked]) -> str:
        """`2 errors, 1 warning in 3 files`."""
        faults = [fault for one in found for fault in one.faults]
        parts = []
        for severity, word in SEVERITIES.items():
            number = sum(fault.severity == severity for fault in faults)
            if number:
                zh, en = f"{number} 处{word.zh}", f"{number} {word.en}" + ("" if number == 1 else "s")
                parts.append(self._coloured(Words(zh, en).in_(self.language), severity))
        files = Words(f"共 {len(found)} 个文件", f"in {len(found)} file" + ("" if len(found) == 1 else "s"))
        joint = "，" if self.language == "zh" else ", "
        said = joint.join(parts) or CLEAN.in_(self.language)
        return f"{said}{'；' if self.language == 'zh' else ' '}{files.in_(self.language)}"

    def contents(self, one: Checked) -> str:
        """What a usable edition holds: clauses, coverages, cases, and the beginning of its fingerprint."""
        if one.edition is None:
            return ""
        document = one.edition.document
        parts = [
            (len(document.clauses), Words("条条文", "clause")),
            (len(document.coverages), Words("项责任", "coverage")),
            (len(document.cases), Words("个算例", "worked case")),
        ]
        said = Words(
            "，".join(f"{count} {word.zh}" for count, word in parts),
            ", ".join(f"{count} {word.en}" + ("" if count == 1 else "s") for count, word in parts),
        )
        return f"{one.edition.code}: {said.in_(self.language)} · {one.edition.fingerprint[:12]}"

    def _coloured(self, text: str, severity: Severity) -> str:
        return f"\x1b[{_COLOURS[severity]}m{text}\x1b[0m" if self.colours else text


def _cut(line: str, start: int, width: int) -> tuple[str, str]:
    """The part of a line around the marker, and the marker under it, both in the columns of a terminal."""
    line = _visible(line)
    first = max(start - BEFORE_MARK_MAX, 0)
    first = first if first > 1 else 0
    ahead = "…" if first else ""
    shown, used = ahead, len(ahead)
    for sign in line[first:]:
        if used >= COLUMNS_MAX:
            shown += "…"
            break
        shown, used = shown + sign, used + _columns(sign)
    before = sum(_columns(sign) for sign in ahead + line[first:start])
    marked = sum(_columns(sign) for sign in line[start : start + width]) or 1
    return shown, " " * before + "^" * max(min(marked, COLUMNS_MAX - before), 1)


def _visible(text: str) -> str:
    """The text on one line, signs that a terminal would obey or hide shown as `·`."""
    return "".join(
        "·" if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs") else sign
        for sign in text.replace("\t", " ")
    )


def _columns(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def as_json(found: Sequence[Checked]) -> list[dict[str, Any]]:
    """The same for machines: every document with its faults, its cases, and whether it may be put in force."""
    return [
        {
            "file": one.source,
            "edition": one.edition.code if one.edition else None,
            "fingerprint": one.edition.fingerprint if one.edition else None,
            "fit": one.is_fit,
            "faults": [_fault_as_json(fault) for fault in one.faults],
            "cases": [
                {
                    "name": result.case.name.as_dict(),
                    "passes": result.passes,
                    "differences": [difference.said.as_dict() for difference in result.differences],
                }
                for result in one.cases
            ],
        }
        for one in found
    ]


def _fault_as_json(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "severity": fault.severity,
        "path": fault.path,
        "line": fault.place.line,
        "column": fault.place.column,
        "width": fault.place.width,
        "what": fault.what.as_dict(),
        "cure": fault.cure.as_dict(),
    }
