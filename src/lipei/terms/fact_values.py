"""Reads and shows the value of a fact by its kind: amounts in fen, whole numbers, ratios, dates, yes/no, choices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from lipei.terms.document import FactSpec
from lipei.terms.expressions import Kind
from lipei.terms.faults import TextFault
from lipei.terms.money import AMOUNT_MAX, AmountFault, amount_of, machine
from lipei.terms.scalars import WHOLE_MAX, date_of, exact_shown, ratio_of, ratio_shown, truth_of, whole_of
from lipei.terms.words import Words, both

YES = Words("是", "yes")
NO = Words("否", "no")
_READERS = {"whole": whole_of, "ratio": ratio_of, "date": date_of, "boolean": truth_of}


def value_of_text(spec: FactSpec, text: str) -> Any:
    """The value that `text` writes for this fact. Raises `TextFault` saying what is right."""
    if spec.kind == "choice":
        if text.strip() in spec.choices:
            return text.strip()
        names = ", ".join(spec.choices)
        raise TextFault(
            Words(f"“{text[:40]}”不在可选项里", f"“{text[:40]}” is not one of the choices"),
            Words(f"可选：{names}", f"choose one of: {names}"),
        )
    if spec.kind == "amount":
        try:
            return amount_of(text)
        except AmountFault as fault:
            raise TextFault(fault.words, Words("写成 1234.50", "write it as 1234.50")) from fault
    return _READERS[spec.kind](text)


def is_of_kind(spec: FactSpec, value: Any) -> bool:
    """Whether a Python value fits the fact: int fen, int, `Fraction`, bool, date or the code of a choice."""
    if spec.kind == "boolean":
        return isinstance(value, bool)
    if spec.kind == "date":
        return isinstance(value, date)
    if spec.kind == "choice":
        return isinstance(value, str) and value in spec.choices
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        return False
    limit = AMOUNT_MAX if spec.kind == "amount" else WHOLE_MAX
    number: int | Fraction = value
    return (spec.kind == "ratio" or isinstance(number, int)) and -limit <= number <= limit


class Bounds(NamedTuple):
    """The least and the greatest value that a fact may have; None where there is none."""

    kind: Kind
    least: Any
    greatest: Any


def bounds_of(spec: FactSpec) -> Bounds | None:
    """`at_least` and `at_most` of the fact as values; None when it has neither. Raises `TextFault`."""
    if spec.at_least is None and spec.at_most is None:
        return None
    least = None if spec.at_least is None else value_of_text(spec, spec.at_least)
    return Bounds(spec.kind, least, None if spec.at_most is None else value_of_text(spec, spec.at_most))


def out_of_range(spec: FactSpec, value: Any) -> Words | None:
    """What is wrong when the value lies outside `at_least` … `at_most` of the fact; None when it does not."""
    bounds = bounds_of(spec)
    return out_of_bounds(bounds, value) if bounds is not None else None


def out_of_bounds(bounds: Bounds, value: Any) -> Words | None:
    """What is wrong when the value lies outside the bounds; None when it does not."""
    kind, least, greatest = bounds
    if least is not None and value < least:
        return Words("不能小于 {low}", "must not be below {low}").with_(low=value_shown(kind, least))
    if greatest is not None and value > greatest:
        return Words("不能大于 {high}", "must not be above {high}").with_(high=value_shown(kind, greatest))
    return None


def value_shown(kind: Kind, value: Any, choices: Mapping[str, Words] | None = None) -> Words:
    """The value as people read it, in both languages."""
    if kind == "boolean":
        return YES if value else NO
    if kind == "choice":
        return (choices or {}).get(value) or both(str(value))
    if kind == "amount":
        return both(exact_shown(value))
    if kind == "ratio":
        return both(ratio_shown(value))
    return both(value.isoformat() if isinstance(value, date) else str(value))


def value_written(value: Any) -> str:
    """The value as a machine writes it in a stored statement, readable again by `value_of_text` (amounts apart)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return value.isoformat() if isinstance(value, date) else str(value)


def fact_written(spec: FactSpec, value: Any) -> str:
    """The value of this fact as text that `value_of_text` reads back to the same value."""
    return machine(value) if spec.kind == "amount" else value_written(value)
