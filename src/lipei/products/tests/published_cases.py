"""Reads a published case: what it says, small terms of our own, claims in order, and the amounts that must come out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from lipei.calculation import Line, Statement
from lipei.products.claims_file import claims_of, statements_of
from lipei.terms.edition import Edition, edition_of
from lipei.terms.fields import Code, Count, Money, Part, Said
from lipei.terms.reading import read_tree
from lipei.terms.scalars import Exact
from lipei.terms.validating import validated

FOLDER = Path(__file__).parent / "published"


class Expected(Part):
    """An amount that must come out, and where it is read: `name` is a coverage, a derived value or an accumulator.

    `owed` of the claim · `coverage` of it · `after` a step or what it took off (`cut`) · a derived `value` ·
    what is `left` or `used` of an accumulator.
    """

    what: Said
    claim: Count = 1
    of: Literal["owed", "coverage", "after", "cut", "value", "left", "used"]
    name: Code = ""
    step: Code = ""
    amount: Money


class PublishedCase(Part):
    """One case: its number in the published list, in our words, how it is read where it could be read otherwise.

    Its claims are those of a claims file; `instead_of` names the earlier claim (from 1) that one corrects and replaces.
    """

    number: Count
    says: Said
    reading: Said | None = None
    terms: dict[str, Any]
    claims: list[dict[str, Any]] = Field(min_length=1)
    expected: list[Expected] = Field(min_length=1)


@dataclass(frozen=True)
class Told:
    """A case with its edition and the statement of each claim, a corrected claim calculated without the one it replaces."""

    case: PublishedCase
    edition: Edition
    statements: tuple[Statement, ...]

    def amount(self, expected: Expected) -> Exact:
        """The amount that came out where the case looks for one."""
        statement = self.statements[expected.claim - 1]
        if expected.of == "owed":
            return statement.owed
        if expected.of == "coverage":
            return statement.coverage(expected.name).owed
        if expected.of in ("after", "cut"):
            line = _line(statement, expected)
            return line.after if expected.of == "after" else line.cut
        if expected.of == "value":
            found: Exact = statement.inputs.environment(self.edition)[expected.name]
            return found
        return self._accumulated(expected)

    def _accumulated(self, expected: Expected) -> Exact:
        replaced = {_replaced(claim) for claim in self.case.claims[: expected.claim]}
        moved = [
            movement
            for number, statement in enumerate(self.statements[: expected.claim], start=1)
            if number not in replaced
            for movement in statement.movements
            if movement.accumulator == expected.name
        ]
        if expected.of == "used":
            return sum(one.amount for one in moved)
        left = moved[-1].left_after
        assert left is not None
        return left


def _line(statement: Statement, expected: Expected) -> Line:
    lines = statement.coverage(expected.name).lines
    return next(line for line in lines if line.step == expected.step)


def told() -> list[Told]:
    """All published cases, in the order of their numbers. Raises `TermsFaults` when a file is wrong."""
    return [_told(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _told(path: Path) -> Told:
    case = validated(read_tree(path.read_text(encoding="utf-8"), source=path.name), model=PublishedCase)
    edition = edition_of(json.dumps(case.terms, ensure_ascii=False), source=path.name)
    return Told(case, edition, tuple(_statement(edition, case.claims, at) for at in range(len(case.claims))))


def _replaced(claim: dict[str, Any]) -> int:
    return int(claim.get("instead_of", 0))


def _statement(edition: Edition, claims: list[dict[str, Any]], at: int) -> Statement:
    """The statement of one claim, after the earlier ones that it does not replace."""
    counted = [*(c for number, c in enumerate(claims[:at], start=1) if number != _replaced(claims[at])), claims[at]]
    written = [{name: value for name, value in claim.items() if name != "instead_of"} for claim in counted]
    file = claims_of(json.dumps({"claims": written}, ensure_ascii=False), source=edition.source)
    return list(statements_of(edition, file))[-1]
