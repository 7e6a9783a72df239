"""The steps a coverage may take from what was charged to what is owed: one model per combinator, in the field's words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lipei.terms.step_base import StepBase, StepException
from lipei.terms.steps_of_indemnity import (
    AggregateDeductible,
    AggregateLimit,
    Band,
    Bands,
    BandsBy,
    Coinsurance,
    Copayment,
    Deductible,
    DeductibleRate,
    DisappearingDeductible,
    Exclude,
    FaultShare,
    Franchise,
    Layer,
    Limit,
    PercentageDeductible,
    PriorPayment,
    Sum,
)
from lipei.terms.steps_of_value import (
    AgreedValue,
    Allocate,
    AmountRow,
    AmountTable,
    Average,
    Contribution,
    Coordinate,
    Depreciation,
    FamilyDeductible,
    FirstLoss,
    Grade,
    GreaterOf,
    Holdback,
    LesserOf,
    LumpSum,
    OutOfPocketMax,
    PerDiem,
    RatioTable,
    Round,
    Salvage,
    Schedule,
    Sublimit,
)

AnyStep = Annotated[
    Sum
    | Exclude
    | Limit
    | PriorPayment
    | Deductible
    | Franchise
    | DisappearingDeductible
    | PercentageDeductible
    | Copayment
    | Coinsurance
    | FaultShare
    | DeductibleRate
    | Bands
    | AggregateDeductible
    | AggregateLimit
    | Layer
    | Average
    | Depreciation
    | Salvage
    | LesserOf
    | GreaterOf
    | PerDiem
    | LumpSum
    | Schedule
    | Round
    | Sublimit
    | FamilyDeductible
    | OutOfPocketMax
    | FirstLoss
    | AgreedValue
    | Holdback
    | Contribution
    | Coordinate
    | Allocate
    | RatioTable
    | AmountTable,
    Field(discriminator="step"),
]

_MODELS: list[type[StepBase] | type[StepException]] = [StepException, StepBase, *StepBase.__subclasses__()]
for _model in _MODELS:
    _model.model_rebuild(force=True, _types_namespace={"AnyStep": AnyStep, "StepException": StepException})

STEP_NAMES: tuple[str, ...] = tuple(
    sorted(str(model.model_fields["step"].annotation.__args__[0]) for model in StepBase.__subclasses__())  # type: ignore[union-attr]
)

__all__ = [
    "STEP_NAMES",
    "AggregateDeductible",
    "AggregateLimit",
    "AgreedValue",
    "Allocate",
    "AmountRow",
    "AmountTable",
    "AnyStep",
    "Average",
    "Band",
    "Bands",
    "BandsBy",
    "Coinsurance",
    "Contribution",
    "Coordinate",
    "Copayment",
    "Deductible",
    "DeductibleRate",
    "Depreciation",
    "DisappearingDeductible",
    "Exclude",
    "FamilyDeductible",
    "FaultShare",
    "FirstLoss",
    "Franchise",
    "Grade",
    "GreaterOf",
    "Holdback",
    "Layer",
    "LesserOf",
    "Limit",
    "LumpSum",
    "OutOfPocketMax",
    "PerDiem",
    "PercentageDeductible",
    "PriorPayment",
    "RatioTable",
    "Round",
    "Salvage",
    "Schedule",
    "StepBase",
    "StepException",
    "Sublimit",
    "Sum",
]
