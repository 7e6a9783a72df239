"""Reads the worked tables of docs/algorithms and calculates them anew: a block of steps in, the rows of its table out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lipei.calculation import LineItem, explain, facts_of
from lipei.calculation.worked_cases import balances_of
from lipei.terms.combinators import STEP_NAMES
from lipei.terms.edition import Edition, edition_of
from lipei.terms.money import amount_of, plain
from lipei.terms.reading import read_tree
from lipei.terms.scalars import exact_shown
from tests.house.sources import ROOT

PAGES = ROOT / "docs" / "algorithms"
_BLOCK = re.compile(r"```yaml\n(?P<yaml>.*?)```\n+(?P<table>(?:\|[^\n]*\n)+)", re.DOTALL)
_TITLE = "| step | before | how | after |"
_RULE = "|---|---:|---|---:|"
_BENEFITS = ("per_diem", "lump_sum", "schedule", "amount_table")


def _words(text: str) -> dict[str, str]:
    return {"zh": "甲" + text, "en": text}


def _fact(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "label": _words(name), "question": _words(name), **more}


HEAD: dict[str, Any] = {
    "product": "page",
    "edition": "1",
    "title": _words("Page"),
    "line": "medical",
    "jurisdiction": "cn",
    "currency": "CNY",
    "in_force": {"first": "2026-01-01"},
    "clauses": [{"id": "1", "zh": "条文", "en": "the clause"}],
    "policy": {"sum_insured": {"kind": "amount", "label": _words("Sum insured"), "default": "100000.00"}},
    "facts": {
        "on": _fact("date", "Day", default="2026-03-01"),
        "value": _fact("amount", "Value", default="0.00"),
        "paid": _fact("amount", "Paid", default="0.00"),
        "days": _fact("whole", "Days", default="0"),
        "hours": _fact("whole", "Hours", default="0"),
        "months": _fact("whole", "Months", default="0"),
        "grade_1": _fact("whole", "Injuries of grade 1", default="0"),
        "grade_2": _fact("whole", "Injuries of grade 2", default="0"),
        "grade_3": _fact("whole", "Injuries of grade 3", default="0"),
        "flag": _fact("boolean", "Stated", default="false"),
        "level": _fact("choice", "Level", default="high", choices={"high": _words("high"), "low": _words("low")}),
    },
    "categories": {name: _words(name) for name in ("bed", "drugs", "surgery", "implant", "building", "contents")},
    "documents": {},
}


@dataclass(frozen=True, slots=True)
class Worked:
    """One worked table of a page: the block above it, the table as written, and the steps it shows."""

    page: str
    number: int
    given: dict[str, Any]
    table: str

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(step["step"] for step in self.given["steps"])

    def calculated(self) -> str:
        """The table as `explain` has it, with what is owed in the last row."""
        edition = _edition(self.given)
        bill = [_line(line) for line in self.given.get("bill", [])]
        facts = facts_of(edition, self.given.get("facts", {}))
        balances = balances_of(edition, self.given.get("used", {}))
        statement = explain(edition, facts=facts, items=bill, balances=balances, alternatives=False)
        rows = [
            f"| {line.step} | {exact_shown(line.before)} | {line.arithmetic.en} | {exact_shown(line.after)} |"
            for line in statement.lines
        ]
        return "\n".join([_TITLE, _RULE, *rows, f"| **owed** | | | **{plain(statement.owed)}** |", ""])


def _line(given: dict[str, Any]) -> LineItem:
    days = given.get("days")
    return LineItem(
        given["of"], amount_of(given["claimed"]), days=None if days is None else int(days), person=given.get("person", "")
    )


def _edition(given: dict[str, Any]) -> Edition:
    steps = [{"label": _words("step"), "clause": "1", **_filled(step)} for step in given["steps"]]
    used = {step[name] for step in steps for name in ("accumulator", "family_accumulator") if name in step}
    units = {step["accumulator"]: "days" for step in steps if step["step"] == "per_diem" and "accumulator" in step}
    accumulators = {
        name: {"label": _words(name), "used_up": _words("used up"), "unit": units.get(name, "amount"), "period": "calendar_year", "person": "member", "dated_by": "on", "clause": "1"}
        for name in used
    }  # fmt: skip
    coverage = {
        "id": "cover", "label": _words("Cover"), "about": _words("cover"), "clause": "1", "steps": steps,
        "kind": "benefit" if steps[0]["step"] in _BENEFITS else "indemnity",
        "trigger": {"label": _words("always"), "clause": "1", "when": "on >= 2026-01-01"},
    }  # fmt: skip
    return edition_of(json.dumps({**HEAD, "accumulators": accumulators, "coverages": [coverage]}))


def _filled(step: dict[str, Any]) -> dict[str, Any]:
    """The step with the labels that the pages leave out."""
    filled = dict(step)
    if filled["step"] == "prior_payment":
        filled["payer"] = _words("Another payer")
    if filled["step"] == "schedule":
        filled["grades"] = [{"label": _words(f"grade {at}"), **grade} for at, grade in enumerate(filled["grades"], 1)]
    filled["exceptions"] = [_exception(one) for one in filled.get("exceptions", [])]
    return filled


def _exception(given: dict[str, Any]) -> dict[str, Any]:
    instead = given.get("instead", "nothing")
    replaced = instead if instead == "nothing" else {"label": _words("step"), "clause": "1", **instead}
    return {"label": _words("exception"), "clause": "1", **given, "instead": replaced}


def worked(page: Path) -> Iterator[Worked]:
    """All worked tables of a page, in order."""
    for number, match in enumerate(_BLOCK.finditer(page.read_text(encoding="utf-8")), start=1):
        if match.group("table").startswith(_TITLE):
            yield _worked(page, number, match)


def _worked(page: Path, number: int, match: re.Match[str]) -> Worked:
    return Worked(page.stem, number, read_tree(match.group("yaml"), source=page.name).value, match.group("table"))


def all_worked() -> list[Worked]:
    """All worked tables of all pages."""
    return [one for page in sorted(PAGES.glob("*.md")) for one in worked(page)]


def never_worked() -> list[str]:
    """Combinators that no page works out."""
    shown = {name for one in all_worked() for name in one.steps}
    return [name for name in STEP_NAMES if name not in shown]


def written_anew() -> None:
    """Puts the calculated tables into the pages: `python -m tests.house.algorithm_pages`, then read what changed."""
    for page in sorted(PAGES.glob("*.md")):

        def again(match: re.Match[str], page: Path = page) -> str:
            if not match.group("table").startswith(_TITLE):
                return match.group(0)
            return match.group(0).replace(match.group("table"), _worked(page, 0, match).calculated())

        page.write_text(_BLOCK.sub(again, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    written_anew()
