"""Steps that take off, limit, share and band an amount: the combinators of indemnity covers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lipei.terms.fields import Amount, Code, Part, Ratio, Said, Whole
from lipei.terms.step_base import StepBase


class Sum(StepBase):
    """Adds up what was charged and allowed; the first step of an indemnity coverage."""

    step: Literal["sum"]


class Exclude(StepBase):
    """Takes the categories of `of` out of cover."""

    step: Literal["exclude"]


class Limit(StepBase):
    """At most `limit` for the claim, for each item, for each person (by the lines' `person`), or for each day (then `days` says how many when an item does not)."""

    step: Literal["limit"]
    limit: Amount
    scope: Literal["item", "day", "claim", "person"] = "claim"
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
    """Pays the ratio `pays` of the amount, or only of the categories of `of`, such as a class of drugs."""

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
    """Pays `share` of what lies above `attachment`, at most `limit`; with an accumulator at most `limit` and its `reinstatements` in all."""

    step: Literal["layer"]
    attachment: Amount
    limit: Amount
    share: Ratio | None = None
    accumulator: Code | None = None
    reinstatements: Whole | None = None
