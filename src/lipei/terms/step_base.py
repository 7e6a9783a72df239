"""What every step of a coverage has: label, clause, condition, categories, exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from lipei.terms.fields import ClauseId, Code, Condition, Part, Said, Truth

if TYPE_CHECKING:
    from lipei.terms.combinators import AnyStep


class StepException(Part):
    """An exception to a step: when its condition holds, `instead` replaces the step (`nothing` lifts it)."""

    label: Said
    clause: ClauseId
    when: Condition
    instead: Literal["nothing"] | AnyStep = "nothing"


class StepBase(Part):
    """What every step has: a label, the clause it carries out, when it applies, and its exceptions."""

    step: str
    label: Said
    clause: ClauseId
    when: Condition | None = None
    of: list[Code] | None = None
    note: Said | None = None
    quiet: Truth = False
    exceptions: list[StepException] = Field(default_factory=list)
