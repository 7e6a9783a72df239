"""The steps a coverage may take from what was charged to what is owed: one model per combinator, in the field's words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lipei.terms.fields import Amount, ClauseId, Code, Condition, Part, Ratio, Said, Truth, Whole

Scope = Literal["item", "day", "visit", "event", "claim", "person", "family", "year", "lifetime", "policy"]


class StepException(Part):
    """An exception to a step: when its condition holds, `instead` replaces the step (`nothing` lifts it)."""

    label: Said
    clause: ClauseId
    when: Condition
    instead: Literal["nothing"] | AnyStep = "nothing"


class StepBase(Part):
    """What every step has: a label, the clause it carries out, when it applies, and its exceptions."""

    label: Said
    clause: ClauseId
    when: Condition | None = None
    of: list[Code] | None = None
    note: Said | None = None
    quiet: Truth = False
    exceptions: list[StepException] = Field(default_factory=list)


class Sum(StepBase):
    """Adds up what was charged and allowed; the first step of an indemnity coverage."""

    step: Literal["sum"]


class Exclude(StepBase):
    """Takes the categories of `of` out of cover."""

    step: Literal["exclude"]


class Limit(StepBase):
    """At most `limit` for the claim, for each item, or for each day (then `days` says how many when an item does not)."""

    step: Literal["limit"]
    limit: Amount
    scope: Literal["item", "day", "visit", "event", "claim", "person"] = "claim"
    days: Whole | None = None


class PriorPayment(StepBase):
    """Subtracts what another payer already paid; it never brings the amount below zero."""

    step: Literal["prior_payment"]
    amount: Amount
    payer: Said


class Deductible(StepBase):
    """Subtracts `amount`, down to zero: the absolute deductible."""

    step: Literal["deductible"]
    amount: Amount


class Franchise(StepBase):
    """Nothing below `amount`, everything above it; `equal: pays | pays_nothing` says what happens exactly at it."""

    step: Literal["franchise"]
    amount: Amount
    equal: Literal["pays", "pays_nothing"]


class DisappearingDeductible(StepBase):
    """A deductible of `amount` that shrinks evenly to nothing as the loss grows from `amount` to `gone_at`."""

    step: Literal["disappearing_deductible"]
    amount: Amount
    gone_at: Amount


class PercentageDeductible(StepBase):
    """Subtracts `ratio` of `base` (the loss itself when no base is named), within `at_least` and `at_most`."""

    step: Literal["percentage_deductible"]
    ratio: Ratio
    base: Amount | None = None
    at_least: Amount | None = None
    at_most: Amount | None = None


class Copayment(StepBase):
    """The insured pays a fixed `amount`, each time or for each item of `of`."""

    step: Literal["copayment"]
    amount: Amount
    scope: Literal["claim", "item"] = "claim"


class Coinsurance(StepBase):
    """Pays the ratio `pays` of the amount."""

    step: Literal["coinsurance"]
    pays: Ratio


class FaultShare(StepBase):
    """Pays the insured's share of fault."""

    step: Literal["fault_share"]
    share: Ratio


class DeductibleRate(StepBase):
    """Takes off one or several rates, multiplied (1−a)(1−b) or added 1−(a+b), as the clause says."""

    step: Literal["deductible_rate"]
    rates: list[Ratio] = Field(min_length=1, max_length=8)
    combine: Literal["multiply", "add"]


class Band(Part):
    """One band of a table: up to and including `to` (the last band has none), paid at `ratio`."""

    ratio: Ratio
    to: Amount | None = None


class BandsBy(Part):
    """A table of bands for every choice of a fact."""

    by: Code
    of: dict[str, list[Band]]


class Bands(StepBase):
    """Pays by bands: `marginal` (each slice at its own ratio) or `whole` (all at the ratio of the band it ends in).

    `on: excess` measures the bands on the amount itself; `on: bill` counts the deductible already taken as the first slice.
    """

    step: Literal["bands"]
    kind: Literal["marginal", "whole"]
    on: Literal["excess", "bill"]
    table: list[Band] | BandsBy


class AggregateDeductible(StepBase):
    """A deductible that earlier claims of the accumulator's period have partly used up."""

    step: Literal["aggregate_deductible"]
    amount: Amount
    accumulator: Code


class AggregateLimit(StepBase):
    """A limit that earlier claims of the accumulator's period have partly used up."""

    step: Literal["aggregate_limit"]
    limit: Amount
    accumulator: Code


class Layer(StepBase):
    """Pays `share` of what lies above `attachment`, at most `limit`."""

    step: Literal["layer"]
    attachment: Amount
    limit: Amount
    share: Ratio | None = None


class Average(StepBase):
    """Pays in the proportion of the sum insured to `required` (100 % unless said) of the value, never above it."""

    step: Literal["average"]
    insured: Amount
    value: Amount
    required: Ratio | None = None


class Depreciation(StepBase):
    """Takes off `rate` of `base` for each whole period of age, at most `cap` of it."""

    step: Literal["depreciation"]
    periods: Whole
    rate: Ratio
    cap: Ratio
    base: Amount | None = None


class Salvage(StepBase):
    """Subtracts the value of what the insured keeps."""

    step: Literal["salvage"]
    amount: Amount


class LesserOf(StepBase):
    """The smallest of the amount and those named."""

    step: Literal["lesser_of"]
    amounts: list[Amount] = Field(min_length=1, max_length=8)


class GreaterOf(StepBase):
    """The greatest of the amount and those named."""

    step: Literal["greater_of"]
    amounts: list[Amount] = Field(min_length=1, max_length=8)


class PerDiem(StepBase):
    """A daily benefit for `days` after the first `elimination_days`, at most `days_max` (less those used this period)."""

    step: Literal["per_diem"]
    daily: Amount
    days: Whole
    elimination_days: Whole | None = None
    days_max: Whole | None = None
    accumulator: Code | None = None


class LumpSum(StepBase):
    """A fixed benefit."""

    step: Literal["lump_sum"]
    amount: Amount


class Schedule(StepBase):
    """A ratio of the sum insured by a table of grades; `combine` says what several injuries of one accident come to.

    `worst`: the worst grade alone · `worst_promoted`: tied worst grades go one grade up, never above the first ·
    `add_capped`: the ratios add up, at most the whole. `counts` names for each grade how many injuries have it.
    """

    step: Literal["schedule"]
    insured: Amount
    combine: Literal["worst", "worst_promoted", "add_capped"]
    grades: list[Grade] = Field(min_length=1, max_length=60)


class Grade(Part):
    """One row of a schedule, worst first: how many injuries have it, and its ratio."""

    label: Said
    count: Whole
    ratio: Ratio


class Round(StepBase):
    """Rounds half up, away from zero, to the cent (`0.01`) or the yuan (`1.00`)."""

    step: Literal["round"]
    to: Literal["0.01", "0.10", "1.00"] = "0.01"


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
    | Round,
    Field(discriminator="step"),
]

StepException.model_rebuild()
Schedule.model_rebuild()
for _model in StepBase.__subclasses__():
    _model.model_rebuild()

STEP_NAMES: tuple[str, ...] = tuple(
    sorted(str(model.model_fields["step"].annotation.__args__[0]) for model in StepBase.__subclasses__())  # type: ignore[union-attr]
)
