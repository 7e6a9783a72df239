"""Compiles the steps of indemnity: one function a combinator, from the terms to instructions of the kernel."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from lipei.calculation.batch.plans import Place, Plan, Steps
from lipei.calculation.batch.writing import TOO_FINE, TakesExactWay
from lipei.terms import combinators as steps
from lipei.terms.expressions import Binary, Call, Const, Expression, Name, Node
from lipei.terms.money import AMOUNT_MAX

WHOLE = Const("ratio", Fraction(1))


def of_amount(name: str, amount: Expression | Node, by: Steps, *, x: int = 0) -> Plan:
    """A step with one amount and nothing else."""
    node = amount.node if isinstance(amount, Expression) else amount
    largest = by.values.known(node)

    def write(place: Place) -> None:
        by.with_amount(name, node, place, x=x)

    return Plan(write, largest=abs(largest) if isinstance(largest, int) else 0, is_wide=by.values.is_fractional(node))


def of_ratio(value: Expression | Node, by: Steps) -> Plan:
    """The amount times a ratio, written or worked out."""
    known = by.ratio(value)
    if known is None:
        return Plan(lambda place: by.emit("ratio_read", place, reg=by.plain(value)), is_wide=True)
    number, parts = by.over_parts(known)
    return Plan(lambda place: by.emit("ratio", place, x=number), factor=parts, growth=max(number, parts))


def total(step: steps.Sum, by: Steps) -> Plan:
    """The bill, in lines where later steps need them."""
    if by.reads_lines or step.of is not None:
        by.values.reads_lines = True
        return Plan(lambda place: by.emit("total_lines", place, x=by.mask(step.of)), is_of_lines=True)
    return Plan(lambda place: by.emit("total", place), is_of_lines=True)


def exclude(step: steps.Exclude, by: Steps) -> Plan:
    """Categories out of cover."""
    return Plan(lambda place: by.emit("exclude", place, x=by.mask(step.of)), is_of_lines=True)


def limit(step: steps.Limit, by: Steps) -> Plan:
    """The four ways in which a limit is meant."""
    if step.scope == "claim" and step.of is None:
        return of_amount("at_most", step.limit, by)
    name = {"claim": "limit_together", "item": "limit_each", "person": "limit_persons", "day": "limit_days"}[step.scope]

    def write(place: Place) -> None:
        days = by.plain(step.days if step.days is not None else Const("whole", 0)) if step.scope == "day" else 0
        by.with_amount(name, step.limit, place, x=by.mask(step.of), y=days)

    return Plan(write, largest=by.written(step.limit), is_of_lines=True, is_wide=by.values.is_fractional(step.limit.node))


def sublimit(step: steps.Sublimit, by: Steps) -> Plan:
    """A limit of some categories with its own accumulator."""
    slot = -1 if step.accumulator is None else by.slots[step.accumulator]

    def write(place: Place) -> None:
        by.with_amount("sublimit", step.limit, place, x=by.mask(step.of), y=slot)

    return Plan(write, largest=by.written(step.limit), is_of_lines=True, is_wide=by.values.is_fractional(step.limit.node))


def copayment(step: steps.Copayment, by: Steps) -> Plan:
    """Once, or for each line."""
    if step.scope == "claim":
        return of_amount("take", step.amount, by)

    def write(place: Place) -> None:
        by.with_amount("copay_lines", step.amount, place, x=by.mask(step.of))

    return Plan(write, largest=by.written(step.amount), is_of_lines=True, is_wide=by.values.is_fractional(step.amount.node))


def coinsurance(step: steps.Coinsurance, by: Steps) -> Plan:
    """A ratio of the whole or of some categories."""
    if step.of is None:
        return of_ratio(step.pays, by)
    known, mask = by.ratio(step.pays), by.mask(step.of)
    if known is None:
        return Plan(
            lambda place: by.emit("share_lines_read", place, reg=by.plain(step.pays), x=mask),
            is_of_lines=True,
            is_wide=True,
        )
    number, parts = known.numerator, known.denominator
    return Plan(
        lambda place: by.emit("share_lines", place, x=mask, y=number, z=parts),
        factor=parts,
        growth=max(number, parts),
        is_of_lines=True,
        lines_factor=parts,
    )


def deductible_rate(step: steps.DeductibleRate, by: Steps) -> Plan:
    """What is left after the rates, as one ratio."""
    left: Node = WHOLE
    for rate in step.rates:
        sign = "*" if step.combine == "multiply" else "-"
        left = Binary(sign, left, Binary("-", WHOLE, rate.node) if sign == "*" else rate.node)
    if step.combine == "add":
        left = Call("max", (left, Const("ratio", Fraction(0))))
    known = [by.ratio(rate) for rate in step.rates]
    if all(one is not None for one in known):
        return of_ratio(Const("ratio", _left_over(step.combine, [one for one in known if one is not None])), by)
    return of_ratio(left, by)


def _left_over(combine: str, rates: list[Fraction]) -> Fraction:
    left = Fraction(1)
    for rate in rates:
        left = left * (1 - rate) if combine == "multiply" else left - rate
    return max(left, Fraction(0)) if combine == "add" else left


def part_off(ratio: Expression | Node, bounds: list[Expression | None], by: Steps) -> Plan:
    """Takes off a ratio of a base (the amount when none) between a least and a most amount."""
    known = by.ratio(ratio)
    number, parts = (known.numerator, known.denominator) if known is not None else (0, 1)

    def write(place: Place) -> None:
        reg = -1 if known is not None else by.plain(ratio)
        registers = [-1 if bound is None else by.register(bound, place) for bound in bounds]
        by.emit("part_off", place, x=by.values.writer.keep([reg, number, parts, *registers]))

    largest = max(by.written(bound) if bound is not None else 0 for bound in bounds)
    return Plan(write, factor=parts, growth=max(number, parts), largest=largest, is_wide=True)


def percentage_deductible(step: steps.PercentageDeductible, by: Steps) -> Plan:
    """A ratio of the loss or of a named base, within bounds."""
    return part_off(step.ratio, [step.base, step.at_least, step.at_most], by)


def disappearing_deductible(step: steps.DisappearingDeductible, by: Steps) -> Plan:
    """A deductible shrinking in a straight line."""

    def write(place: Place) -> None:
        full, gone = by.register(step.amount, place), by.register(step.gone_at, place)
        by.emit("disappearing", place, x=full, y=gone)

    return Plan(write, largest=max(by.written(step.amount), by.written(step.gone_at)), is_wide=True)


def bands(step: steps.Bands, by: Steps) -> Plan:
    """Marginal or whole, on the amount or on the bill, one table or one for each choice."""
    tables = [step.table] if isinstance(step.table, list) else list(step.table.of.values())
    numbers, parts = by.ratios([band.ratio for table in tables for band in table])
    most = max(len(table) for table in tables)
    amounts = [band.to for table in tables for band in table if band.to is not None]
    name = "bands" if step.kind == "marginal" else "bands_whole"

    def write(place: Place) -> None:
        reg = -1 if isinstance(step.table, list) else choice_of(step.table.by, list(step.table.of), by)
        rows, left = [], iter(numbers)
        for table in tables:
            ends = [_end(band, next(left), place, by) for band in table]
            rows += [number for end in [*ends, *[[-1, -1, 0]] * (most - len(table))] for number in end]
        by.emit(name, place, reg=reg, x=by.values.writer.keep(rows), y=most, z=int(step.on == "bill"))

    largest = max([by.written(amount) for amount in amounts], default=0)
    wide = any(by.values.is_fractional(amount.node) for amount in amounts)
    return Plan(write, factor=parts, growth=max([parts, *numbers]), largest=largest, is_wide=wide)


def _end(band: steps.Band, number: int, place: Place, by: Steps) -> list[int]:
    if band.to is None:
        return [-1, -1, number]
    known = by.values.known(band.to.node)
    if isinstance(known, int) and known >= 0:
        if known * place.scale > place.room:
            raise TakesExactWay(TOO_FINE)
        return [-1, known * place.scale, number]
    return [by.register(band.to, place), 0, number]


def choice_of(fact: str, choices: list[str], by: Steps) -> int:
    """The register with the place of a choice fact in a list of choices."""
    numbers = by.values.layout.choices
    places = [-1] * (max(numbers.values(), default=0) + 1)
    for at, choice in enumerate(choices):
        if choice in numbers:
            places[numbers[choice]] = at
    known = by.values.known(node := Name(fact))
    if known is not None:
        default = str(by.values.edition.defaults[fact])
        return by.values.constant(choices.index(default))
    writer = by.values.writer
    register, into = by.values.value(node), writer.register()
    writer.emit("lookup", into, register, writer.keep(places))
    return into


def with_slot(name: str, field: str) -> Callable[[Any, Steps], Plan]:
    """A step with one amount and one accumulator."""

    def compiled(step: Any, by: Steps) -> Plan:
        amount: Expression = getattr(step, field)

        def write(place: Place) -> None:
            most = min(AMOUNT_MAX, place.room // place.scale)
            by.with_amount(name, amount, place, x=by.slots[step.accumulator], y=most)
            if name == "aggregate_limit" and by.paid_slot < 0:
                by.emit("note_limit", place, x=by.slots[step.accumulator])

        return Plan(write, largest=by.written(amount), is_wide=by.values.is_fractional(amount.node))

    return compiled


def family_deductible(step: steps.FamilyDeductible, by: Steps) -> Plan:
    """The member's own and the family's."""

    def write(place: Place) -> None:
        family = by.register(step.family_amount, place)
        own, together = by.slots[step.accumulator], by.slots[step.family_accumulator]
        by.with_amount("family_deductible", step.amount, place, x=own, y=family, z=together)

    largest = max(by.written(step.amount), by.written(step.family_amount))
    return Plan(write, largest=largest, is_wide=True)


def layer(step: steps.Layer, by: Steps) -> Plan:
    """A share of what lies above the attachment, with reinstatements."""
    share: Expression | Node = WHOLE if step.share is None else step.share
    known = by.ratio(share)
    number, parts = (known.numerator, known.denominator) if known is not None else (0, 1)
    slot = -1 if step.accumulator is None else by.slots[step.accumulator]

    def write(place: Place) -> None:
        reg = -1 if known is not None else by.plain(share)
        amounts = [by.register(step.attachment, place), by.register(step.limit, place)]
        row = [*amounts, by.plain(step.reinstatements), reg, number]
        by.emit("layer", place, x=by.values.writer.keep(row), y=slot)

    largest = max(by.written(step.attachment), by.written(step.limit))
    return Plan(write, factor=parts, growth=max(number, parts), largest=largest, is_wide=True)
