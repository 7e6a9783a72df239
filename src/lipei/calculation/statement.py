"""The statement of a calculation: every step, exclusion, exception and alternative, with the same bytes every time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from lipei.calculation.figures import Figure, Operand, Piece, sentence
from lipei.calculation.inputs import Inputs
from lipei.calculation.stored_inputs import inputs_as_dict
from lipei.calculation.trying import Evidence, Skipped, Tried, Waited
from lipei.calculation.working import Outcome
from lipei.terms.edition import Edition, clause_label
from lipei.terms.expressions import charged_key
from lipei.terms.money import machine
from lipei.terms.scalars import Exact, whole_if_can
from lipei.terms.step_base import StepBase
from lipei.terms.words import Words

ENGINE_VERSION = "1"


class Line(NamedTuple):
    """One step as it was taken. Amounts in fen, exact: a `Fraction` only before the rounding the clause names.

    `taken` is the step of the document, or what an exception put in its place; its words are written when they are read.
    """

    number: int
    coverage: str
    taken: StepBase
    before: Exact
    outcome: Outcome
    evidence: Evidence
    exceptions: tuple[Tried, ...] = ()
    replaced_by: Words | None = None

    @property
    def step(self) -> str:
        """The name of the combinator."""
        return self.taken.step

    @property
    def label(self) -> Words:
        """What the step is called, with the facts that its label names."""
        return self.evidence.filled(self.taken.label)

    @property
    def clause(self) -> str:
        """The number of the clause that the step carries out."""
        return self.taken.clause

    @property
    def clause_text(self) -> Words:
        """What the clause says."""
        return self.evidence.edition.clause(self.taken.clause)

    @property
    def note(self) -> Words | None:
        """What the authors of the terms remark on the step."""
        return self.taken.note

    @property
    def after(self) -> Exact:
        """The amount after the step."""
        return self.outcome.after

    @property
    def bound(self) -> bool:
        """Whether a limit, deductible or exclusion bit."""
        return self.outcome.bound

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The arithmetic, piece by piece."""
        return self.outcome.arithmetic

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The numbers that the step used, each with its source."""
        return self.outcome.used

    @property
    def arithmetic(self) -> Words:
        """The sum as a sentence: `68,420.50 − 2,400.00`."""
        return sentence(self.pieces)

    @property
    def clause_shown(self) -> Words:
        """`第 2.2 条第 5 项`."""
        return clause_label(self.clause)

    @property
    def cut(self) -> Exact:
        """By how much the step lowered the amount, in fen; negative when it raised it."""
        return whole_if_can(self.before - self.after)

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "number": self.number,
            "step": self.step,
            "label": self.label.as_dict(),
            "clause": self.clause,
            "before": _written(self.before),
            "after": _written(self.after),
            "bound": self.bound,
            "arithmetic": self.arithmetic.as_dict(),
            "operands": [_operand(operand) for operand in self.operands],
            "exceptions": [tried.as_dict() for tried in self.exceptions],
            "replaced_by": self.replaced_by.as_dict() if self.replaced_by else None,
        }


def _written(amount: Exact) -> str:
    return machine(amount) if isinstance(amount, int) else Figure("amount", amount).written() + " fen"  # type: ignore[operator]


def _operand(operand: Operand) -> dict[str, Any]:
    figure = operand.figure
    value = _written(figure.value) if figure.unit == "amount" else figure.written()
    kept: dict[str, Any] = {"name": operand.name.as_dict(), "unit": figure.unit, "value": value}
    return kept | ({"source": operand.source.as_dict()} if operand.source else {})


class CoverageReading(NamedTuple):
    """One coverage read for one claim: whether it answers, every step, and what it owes in fen."""

    id: str
    label: Words
    about: Words
    kind: str
    clause: str
    trigger: Tried
    waiting: Waited | None
    exclusions: tuple[Tried, ...]
    lines: tuple[Line, ...]
    not_reached: tuple[Skipped, ...]
    owed: int
    stopped_by: Words | None
    stop_clause: str | None

    @property
    def answers(self) -> bool:
        """Whether trigger, waiting period and exclusions let the coverage answer."""
        return self.stopped_by is None

    @property
    def is_asked(self) -> bool:
        """Whether anything was claimed that its trigger asks for; a trigger that looks at no bill is always asked."""
        categories = self.trigger.tested.when.categories
        return not categories or any(self.trigger.evidence.values.get(charged_key(category), 0) > 0 for category in categories)

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "id": self.id,
            "label": self.label.as_dict(),
            "kind": self.kind,
            "clause": self.clause,
            "trigger": self.trigger.as_dict(),
            "waiting": self.waiting.as_dict() if self.waiting else None,
            "exclusions": [tried.as_dict() for tried in self.exclusions],
            "lines": [line.as_dict() for line in self.lines],
            "not_reached": [skipped.as_dict() for skipped in self.not_reached],
            "owed": machine(self.owed),
            "stop_clause": self.stop_clause,
            "stopped_by": self.stopped_by.as_dict() if self.stopped_by else None,
        }


class Movement(NamedTuple):
    """What this claim uses of an accumulator: fen (or days), for whom, in which period, ordered by which date."""

    accumulator: str
    label: Words
    amount: int
    unit: str
    person: str
    period: str
    period_start: date | None
    dated: date
    coverage: str
    line: int
    left_after: int | None

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "accumulator": self.accumulator,
            "amount": self.amount,
            "unit": self.unit,
            "person": self.person,
            "period": self.period,
            "period_start": self.period_start.isoformat() if self.period_start else None,
            "dated": self.dated.isoformat(),
            "coverage": self.coverage,
            "line": self.line,
            "left_after": self.left_after,
        }


@dataclass(frozen=True, slots=True)
class Alternative:
    """What would be owed if one thing were different: `difference` fen more (or less) than now."""

    label: Words
    note: Words
    owed: int
    difference: int
    change: tuple[tuple[str, str], ...] = ()
    paper: str | None = None
    line: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "label": self.label.as_dict(),
            "note": self.note.as_dict(),
            "owed": machine(self.owed),
            "difference": machine(self.difference),
            "change": [list(pair) for pair in self.change],
            "paper": self.paper,
            "line": self.line,
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """The whole calculation of one claim under one edition. Amounts in fen."""

    edition: Edition
    inputs: Inputs
    coverages: tuple[CoverageReading, ...]
    owed: int
    movements: tuple[Movement, ...]
    alternatives: tuple[Alternative, ...] = ()

    @property
    def claimed(self) -> int:
        """What was asked for, in fen."""
        return self.inputs.claimed

    @property
    def lines(self) -> tuple[Line, ...]:
        """All steps of all coverages, numbered through."""
        return tuple(line for coverage in self.coverages for line in coverage.lines)

    @property
    def bound_numbers(self) -> tuple[int, ...]:
        """The numbers of the steps in which a limit, deductible or exclusion bit."""
        return tuple(line.number for line in self.lines if line.bound)

    def coverage(self, code: str) -> CoverageReading:
        """The reading of one coverage. Raises `KeyError`."""
        found = {coverage.id: coverage for coverage in self.coverages}
        return found[code]

    def as_dict(self) -> dict[str, Any]:
        """The stored form: only text, whole numbers, lists and mappings."""
        document = self.edition.document
        return {
            "engine": ENGINE_VERSION,
            "product": document.product,
            "edition": document.edition,
            "terms": self.edition.fingerprint,
            "currency": document.currency,
            "inputs": inputs_as_dict(self.edition, self.inputs),
            "claimed": machine(self.claimed),
            "owed": machine(self.owed),
            "coverages": [coverage.as_dict() for coverage in self.coverages],
            "movements": [movement.as_dict() for movement in self.movements],
            "alternatives": [alternative.as_dict() for alternative in self.alternatives],
        }

    def to_bytes(self) -> bytes:
        """Canonical JSON in UTF-8: sorted keys, no spaces. The same inputs and edition give the same bytes."""
        return canonical(self.as_dict())

    @property
    def fingerprint(self) -> str:
        """SHA-256 of `to_bytes()`, in hexadecimal."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def canonical(value: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
