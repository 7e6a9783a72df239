"""Which papers an edition asks for, given what is known so far: the list for one complete notice (Insurance Law art. 22)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition
from lipei.terms.expressions import charged_key
from lipei.terms.fact_values import value_of_text
from lipei.terms.words import Words

Need = Literal["needed", "depends"]


@dataclass(frozen=True, slots=True)
class PaperRequired:
    """A paper, what it must show, by which clause; `depends` while the facts that decide it are not known."""

    code: str
    label: Words
    shows: Words
    clause: str
    need: Need
    depends_on: tuple[str, ...] = ()


def papers_required(
    edition: Edition, *, known: Mapping[str, Any], charged: Mapping[str, int] | None = None
) -> tuple[PaperRequired, ...]:
    """The papers of the edition for these facts (and sums by category in fen). Papers that are not needed are left out."""
    document = edition.document
    env = {**_defaults(document.policy), **_defaults(document.facts), **known}
    env |= {charged_key(category): (charged or {}).get(category, 0) for category in document.categories}
    for name, derived in document.values.items():
        if all(one in env for one in derived.value.names):
            with suppress(ZeroDivisionError, OverflowError):
                env[name] = derived.value.value(env)
    found: list[PaperRequired] = []
    for code, paper in document.documents.items():
        missing = tuple(name for name in (paper.when.names if paper.when else ()) if name not in env)
        if paper.when is not None and not missing and not paper.when.value(env):
            continue
        found.append(
            PaperRequired(code, paper.label, paper.shows, paper.clause, "depends" if missing else "needed", missing)
        )
    return tuple(found)


def _defaults(specs: Mapping[str, FactSpec]) -> dict[str, Any]:
    return {
        name: value_of_text(spec, spec.default)
        for name, spec in specs.items()
        if spec.default is not None and spec.needed_when is None
    }


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask for a fact: its words, kind, unit, choices, and who could answer it."""

    name: str
    label: Words
    question: Words
    kind: str
    choices: Mapping[str, Words]
    unit: Words | None
    who: tuple[str, ...]
    paper: str | None
    has_default: bool


STAGES = ("first_view", "registration", "assessment", "calculation")


def questions(
    edition: Edition, *, by: str = "calculation", known: Mapping[str, Any] | None = None
) -> tuple[Question, ...]:
    """The questions still to be asked up to and including the stage `by`, without those `known`, in the document's order.

    Facts whose `needed_when` is known not to hold are left out.
    """
    have = known or {}
    reached = STAGES[: STAGES.index(by) + 1]
    return tuple(
        Question(
            name,
            spec.label,
            spec.question or spec.label,
            spec.kind,
            spec.choices,
            spec.unit,
            tuple(spec.who),
            spec.paper,
            spec.default is not None,
        )
        for name, spec in edition.document.facts.items()
        if name not in have and spec.required_at in reached and not _surely_unneeded(spec, have)
    )


def _surely_unneeded(spec: FactSpec, known: Mapping[str, Any]) -> bool:
    condition = spec.needed_when
    return condition is not None and all(name in known for name in condition.names) and not condition.value(known)
