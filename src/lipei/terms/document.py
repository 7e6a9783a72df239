"""The terms document of one product edition, as its authors write it: clauses, facts, coverages, steps, cases."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from lipei.terms.combinators import AnyStep
from lipei.terms.expressions import Kind
from lipei.terms.fields import (
    WORDS_SCHEMA,
    AnyValue,
    ClauseId,
    Code,
    Condition,
    Count,
    Date,
    Day,
    FactText,
    Money,
    Part,
    Said,
    Whole,
)

FactKind = Literal["amount", "ratio", "whole", "boolean", "date", "choice"]


class Clause(Part):
    """A clause of the contract, in its words, in both languages."""

    id: ClauseId
    zh: Annotated[str, Field(min_length=2, max_length=4000)]
    en: Annotated[str, Field(min_length=2, max_length=4000)]
    heading: Said | None = None
    cited: Literal["by_steps", "text_only"] = "by_steps"


class FactSpec(Part):
    """Something that must be known: its kind, the question that asks for it, and who could find it out."""

    kind: FactKind
    label: Said
    question: Said | None = None
    unit: Said | None = None
    choices: dict[str, Said] = Field(default_factory=dict)
    default: FactText | None = None
    default_source: Said | None = None
    needed_when: Condition | None = None
    required_at: Literal["first_view", "registration", "assessment", "calculation"] = "calculation"
    who: list[Literal["insured", "claimant", "hospital", "clerk", "handler", "investigator", "police", "policy"]] = (
        Field(default_factory=list)
    )
    paper: Code | None = None
    at_least: FactText | None = None
    at_most: FactText | None = None


class Derived(Part):
    """A value worked out from facts, such as the days of a stay, and the rule in words."""

    label: Said
    value: AnyValue
    rule: Said | None = None
    clause: ClauseId | None = None
    unit: Said | None = None


class Accumulator(Part):
    """What earlier claims have used up of a limit or a deductible, for whom and in which period."""

    label: Said
    used_up: Said
    unit: Literal["amount", "days"] = "amount"
    period: Literal["policy_year", "calendar_year", "lifetime", "policy", "event"]
    person: Literal["member", "family", "policy"]
    dated_by: Code
    starts: Code | None = None
    clause: ClauseId


class Trigger(Part):
    """What must hold for a coverage to answer at all."""

    label: Said
    clause: ClauseId
    when: Condition


class Waiting(Part):
    """The waiting period: the first `days` days from `counted_from`, that day included, are not covered."""

    label: Said
    clause: ClauseId
    days: Whole
    counted_from: Date
    happened: Date
    unless: Condition | None = None
    unless_label: Said | None = None


class Exclusion(Part):
    """What the coverage does not answer for, and the condition that says so."""

    id: Code
    label: Said
    clause: ClauseId
    when: Condition


class Coverage(Part):
    """One coverage: trigger, waiting period, exclusions and the steps from charged to owed."""

    id: Code
    label: Said
    about: Said
    kind: Literal["indemnity", "benefit"]
    clause: ClauseId
    trigger: Trigger
    waiting: Waiting | None = None
    exclusions: list[Exclusion] = Field(default_factory=list)
    steps: list[AnyStep] = Field(min_length=1, max_length=60)


class DocumentRequired(Part):
    """A paper that is needed, for which claims, and what it must show."""

    label: Said
    shows: Said
    clause: ClauseId
    when: Condition | None = None


class WhatIf(Part):
    """A change worth telling: with these facts instead, what would be owed."""

    label: Said
    note: Said
    set: dict[Code, FactText] = Field(default_factory=dict)
    add: dict[Code, FactText] = Field(default_factory=dict)
    when: Condition | None = None


class CaseItem(Part):
    """A line of the bill in a worked case."""

    category: Code
    claimed: Money
    allowed: Money | None = None
    days: Count | None = None
    person: str = ""
    reason: Said | None = None


class WorkedCase(Part):
    """Facts, bill and earlier use, and the amounts that must come out, to the cent."""

    name: Said
    policy: dict[Code, FactText] = Field(default_factory=dict)
    facts: dict[Code, FactText] = Field(default_factory=dict)
    items: list[CaseItem] = Field(default_factory=list)
    balances: dict[Code, FactText] = Field(default_factory=dict)
    owed: Money
    coverages: dict[Code, Money] = Field(default_factory=dict)
    after: list[Money] = Field(default_factory=list)
    refused_by: dict[Code, ClauseId] = Field(default_factory=dict)


class Requirement(Part):
    """What must be true of the facts among themselves, such as a discharge that is not before the admission."""

    label: Said
    that: Condition
    about: Code


class InForce(Part):
    """From the first day (included) to the last (included; open when not written)."""

    first: Day
    last: Day | None = None

    def holds(self, on: date) -> bool:
        """Whether the edition is in force on that day."""
        return self.first <= on and (self.last is None or on <= self.last)


class Document(Part):
    """One edition of one product."""

    product: Code
    edition: Annotated[str, Field(min_length=1, max_length=20)]
    title: Said
    line: Literal[
        "medical", "hospital_cash", "accident", "critical_illness", "life", "motor", "property", "travel", "crop"
    ]
    jurisdiction: Annotated[str, Field(min_length=2, max_length=20)]
    currency: Literal["CNY", "USD", "EUR", "GBP", "HKD"]
    in_force: InForce
    clauses: list[Clause] = Field(min_length=1, max_length=300)
    policy: dict[Code, FactSpec] = Field(default_factory=dict)
    facts: dict[Code, FactSpec] = Field(default_factory=dict)
    values: dict[Code, Derived] = Field(default_factory=dict)
    requirements: list[Requirement] = Field(default_factory=list)
    categories: dict[Code, Said] = Field(default_factory=dict)
    accumulators: dict[Code, Accumulator] = Field(default_factory=dict)
    exclusions: list[Exclusion] = Field(default_factory=list)
    coverages: list[Coverage] = Field(min_length=1, max_length=40)
    documents: dict[Code, DocumentRequired] = Field(default_factory=dict)
    what_ifs: list[WhatIf] = Field(default_factory=list)
    cases: list[WorkedCase] = Field(default_factory=list)

    def exclusions_of(self, coverage: Coverage) -> list[Exclusion]:
        """The general exclusions of the contract and then those of the coverage."""
        return [*self.exclusions, *coverage.exclusions]


def kind_of_spec(spec: FactSpec) -> Kind:
    """The kind of value that the fact has in expressions."""
    return spec.kind


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the terms document, for editors and exchange."""
    schema = Document.model_json_schema()
    shared: dict[str, Any] = _sharing_words(schema)
    shared["$defs"]["Words"] = {**WORDS_SCHEMA, "description": "The same text in Chinese and in English, both needed."}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **shared}


def _sharing_words(part: Any) -> Any:
    """The schema with one definition for all texts in two languages."""
    if part == WORDS_SCHEMA:
        return {"$ref": "#/$defs/Words"}
    if isinstance(part, dict):
        return {key: _sharing_words(value) for key, value in part.items()}
    return [_sharing_words(value) for value in part] if isinstance(part, list) else part
