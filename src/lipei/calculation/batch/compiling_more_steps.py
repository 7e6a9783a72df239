"""Compiles the steps of value, benefits and other insurers; and the table from combinators to what compiles them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from lipei.calculation.batch import compiling_steps as indemnity
from lipei.calculation.batch.compiling_steps import WHOLE, choice_of, of_amount, of_ratio, part_off, with_slot
from lipei.calculation.batch.plans import Place, Plan, Steps
from lipei.terms import combinators as steps
from lipei.terms.expressions import Binary, Call, Const, Node

ROUNDED_TO = {"0.01": 1, "0.10": 10, "1.00": 100}
RULES = {"by_sum_insured": 0, "independent_liability": 1, "equal_shares": 2, "sequential": 3}


def average(step: steps.Average, by: Steps) -> Plan:
    """The proportion of sum insured to the part of the value that should be insured."""
    required = Binary("*", step.value.node, WHOLE if step.required is None else step.required.node)
    insured, value, part = (
        by.ratio(step.insured),
        by.ratio(step.value),
        Fraction(1) if step.required is None else by.ratio(step.required),
    )
    if insured is not None and value is not None and part is not None and (insured >= value * part or value * part):
        return of_ratio(Const("ratio", Fraction(1) if insured >= value * part else insured / (value * part)), by)

    def write(place: Place) -> None:
        into = by.values.writer.register()
        by.values.writer.emit("proportion", into, by.plain(step.insured), by.plain(required))
        by.emit("ratio_read", place, reg=into)

    return Plan(write, is_wide=True)


def depreciation(step: steps.Depreciation, by: Steps) -> Plan:
    """A rate for each period, at most the cap."""
    age, rate, cap = by.ratio(step.periods), by.ratio(step.rate), by.ratio(step.cap)
    share: Node = Call("min", (Binary("*", step.periods.node, step.rate.node), step.cap.node))
    if age is not None and rate is not None and cap is not None:
        share = Const("ratio", min(age * rate, cap))
    return part_off(share, [step.base, None, None], by)


def chosen(name: str) -> Callable[[Any, Steps], Plan]:
    """The lesser or the greater of the amount and those named, one after the other."""

    def compiled(step: Any, by: Steps) -> Plan:
        plans = [of_amount(name, amount, by) for amount in step.amounts]

        def write(place: Place) -> None:
            for plan in plans:
                plan.write(place)

        return Plan(write, largest=max(plan.largest for plan in plans), is_wide=any(plan.is_wide for plan in plans))

    return compiled


def per_diem(step: steps.PerDiem, by: Steps) -> Plan:
    """Days paid times the daily amount."""
    slot = -1 if step.accumulator is None else by.slots[step.accumulator]

    def write(place: Place) -> None:
        waited = Const("whole", 0) if step.elimination_days is None else step.elimination_days
        row = [by.register(step.daily, place), by.plain(step.days), by.plain(waited), by.plain(step.days_max)]
        by.emit("per_diem", place, x=by.values.writer.keep(row), y=slot)

    return Plan(write, largest=by.written(step.daily), is_wide=True)


def schedule(step: steps.Schedule, by: Steps) -> Plan:
    """A table of grades with the rule for several injuries."""
    numbers, parts = by.ratios([grade.ratio for grade in step.grades])
    rule = {"worst": 0, "worst_promoted": 1, "add_capped": parts + 1}[step.combine]

    def write(place: Place) -> None:
        insured = by.register(step.insured, place)
        rows: list[int] = []
        for grade, number in zip(step.grades, numbers, strict=True):
            rows += [by.plain(grade.count), number]
        by.emit("schedule", place, reg=insured, x=by.values.writer.keep(rows), y=len(numbers), z=rule)

    return Plan(write, factor=parts, growth=max(parts, *numbers), largest=by.written(step.insured), is_wide=True)


def ratio_table(step: steps.RatioTable, by: Steps) -> Plan:
    """The ratio of a choice."""
    numbers, parts = by.ratios(list(step.ratios.values()))

    def write(place: Place) -> None:
        register = choice_of(step.by, list(step.ratios), by)
        by.emit("ratio_by", place, reg=register, x=by.values.writer.keep(numbers))

    return Plan(write, factor=parts, growth=max(parts, *numbers))


def amount_table(step: steps.AmountTable, by: Steps) -> Plan:
    """Steps by a measured number."""

    def write(place: Place) -> None:
        measured, rows = by.plain(step.by), []
        for row in step.rows:
            rows += [by.plain(row.at_least), by.register(row.pays, place)]
        by.emit("amount_table", place, reg=measured, x=by.values.writer.keep(rows), y=len(step.rows))

    return Plan(write, largest=max(by.written(row.pays) for row in step.rows), is_wide=True)


def contribution(step: steps.Contribution, by: Steps) -> Plan:
    """Our share in whole fen."""

    def write(place: Place) -> None:
        sums = [by.plain(step.ours), *(by.plain(other) for other in step.others)]
        at = by.values.writer.keep([RULES[step.rule], len(sums), *sums])
        by.emit("contribution", place, x=at, y=place.after, z=int(place.begins_anew))

    return Plan(write, is_whole=True)


def coordinate(step: steps.Coordinate, by: Steps) -> Plan:
    """No more than the primary left of the allowed cost."""
    left = Call("max", (Binary("-", step.allowed.node, step.primary_paid.node), Const("amount", 0)))
    return of_amount("at_most", left, by)


def rounding(unit: int) -> Callable[[Place], tuple[int, int, int]]:
    """The fields of a rounding to so many fen."""
    return lambda place: (unit, place.after, int(place.begins_anew))


def round_off(step: Any, by: Steps) -> Plan:
    """Half up to a unit; an allocation over the lines rounds to the cent."""
    unit = ROUNDED_TO[step.to] if isinstance(step, steps.Round) else 1

    def write(place: Place) -> None:
        x, y, z = rounding(unit)(place)
        by.emit("round_off", place, x=x, y=y, z=z)

    return Plan(write, is_whole=True, growth=2)


COMPILERS: dict[str, Callable[[Any, Steps], Plan]] = {
    "sum": indemnity.total,
    "exclude": indemnity.exclude,
    "limit": indemnity.limit,
    "sublimit": indemnity.sublimit,
    "copayment": indemnity.copayment,
    "coinsurance": indemnity.coinsurance,
    "deductible_rate": indemnity.deductible_rate,
    "percentage_deductible": indemnity.percentage_deductible,
    "disappearing_deductible": indemnity.disappearing_deductible,
    "bands": indemnity.bands,
    "family_deductible": indemnity.family_deductible,
    "layer": indemnity.layer,
    "aggregate_deductible": with_slot("aggregate_deductible", "amount"),
    "aggregate_limit": with_slot("aggregate_limit", "limit"),
    "out_of_pocket_max": with_slot("out_of_pocket_max", "amount"),
    "fault_share": lambda step, by: of_ratio(step.share, by),
    "deductible": lambda step, by: of_amount("take", step.amount, by),
    "prior_payment": lambda step, by: of_amount("take", step.amount, by),
    "salvage": lambda step, by: of_amount("take", step.amount, by),
    "holdback": lambda step, by: of_amount("take", step.amount, by),
    "franchise": lambda step, by: of_amount("franchise", step.amount, by, x=int(step.equal == "pays")),
    "first_loss": lambda step, by: of_amount("at_most", step.insured, by),
    "agreed_value": lambda step, by: of_amount("put", step.value, by),
    "lump_sum": lambda step, by: of_amount("put", step.amount, by),
    "lesser_of": chosen("at_most"),
    "greater_of": chosen("at_least"),
    "average": average,
    "depreciation": depreciation,
    "per_diem": per_diem,
    "schedule": schedule,
    "ratio_table": ratio_table,
    "amount_table": amount_table,
    "contribution": contribution,
    "coordinate": coordinate,
    "allocate": round_off,
    "round": round_off,
}
"""How each combinator of the terms becomes instructions. A new combinator needs its line here (a test says so)."""
