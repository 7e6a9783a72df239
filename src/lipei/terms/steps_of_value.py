"""Steps of value, fixed benefits, families and other insurers: average, depreciation, per diem, schedule, contribution."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lipei.terms.fields import Amount, Code, Part, Ratio, Said, Whole
from lipei.terms.step_base import StepBase


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
    `add_capped`: the ratios add up, at most the whole. `count` says for each grade how many injuries have it.
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


class Sublimit(StepBase):
    """A limit for the categories of `of` inside the whole, with its own accumulator when it lasts longer than a claim."""

    step: Literal["sublimit"]
    limit: Amount
    accumulator: Code | None = None


class FamilyDeductible(StepBase):
    """An embedded family deductible: each member's own `amount`, and no more than `family_amount` together."""

    step: Literal["family_deductible"]
    amount: Amount
    accumulator: Code
    family_amount: Amount
    family_accumulator: Code


class OutOfPocketMax(StepBase):
    """What the insured bears of covered costs in the period is at most `amount`; above it the cover pays in full."""

    step: Literal["out_of_pocket_max"]
    amount: Amount
    accumulator: Code


class FirstLoss(StepBase):
    """Pays the loss up to the sum insured, whatever the value of the whole: no average."""

    step: Literal["first_loss"]
    insured: Amount


class AgreedValue(StepBase):
    """Pays the value agreed in the contract instead of the amount; usually `when: total_loss`."""

    step: Literal["agreed_value"]
    value: Amount


class Holdback(StepBase):
    """Keeps a part back until something is done; `when` says while it is not done yet."""

    step: Literal["holdback"]
    amount: Amount


class Contribution(StepBase):
    """Our share when others cover the same loss, to the cent by the largest remainder; `ours` and `others` are sums insured.

    `by_sum_insured` · `independent_liability`: by what each would pay alone · `equal_shares`: equally, each up to its sum ·
    `sequential`: the others first.
    """

    step: Literal["contribution"]
    rule: Literal["by_sum_insured", "independent_liability", "equal_shares", "sequential"]
    ours: Amount
    others: list[Amount] = Field(min_length=1, max_length=20)


class Coordinate(StepBase):
    """As the secondary payer: our benefit, but no more than the `allowed` cost less what the primary paid."""

    step: Literal["coordinate"]
    allowed: Amount
    primary_paid: Amount


class Allocate(StepBase):
    """Spreads the amount, rounded to the cent, back over the lines of the bill by the largest remainder."""

    step: Literal["allocate"]


class RatioTable(StepBase):
    """Pays the ratio that belongs to the choice of a fact, such as the growth stage of a crop."""

    step: Literal["ratio_table"]
    by: Code
    ratios: dict[str, Ratio]


class AmountRow(Part):
    """From `at_least` on (included) the table pays this amount."""

    at_least: Whole
    pays: Amount


class AmountTable(StepBase):
    """A benefit that steps up with a measured number: hours of delay, days; below the first row nothing."""

    step: Literal["amount_table"]
    by: Whole
    rows: list[AmountRow] = Field(min_length=1, max_length=40)


class Round(StepBase):
    """Rounds half up, away from zero, to the cent (`0.01`) or the yuan (`1.00`)."""

    step: Literal["round"]
    to: Literal["0.01", "0.10", "1.00"] = "0.01"
