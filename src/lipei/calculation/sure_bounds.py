"""What is sure of a claim of which not everything is known: choices tried one by one, amounts, days and dates as spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

from lipei.calculation.bounding import BillLine, bounds_of_coverages
from lipei.calculation.inputs import Balance, Known, LineItem
from lipei.calculation.spans import NEVER, CannotBound, May, Span, hull, may, may_be, point, total, truth
from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition
from lipei.terms.expressions import charged_key

ITEM = "item:"
LISTED = ("boolean", "choice")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a claim; values may be wrapped in `Known`."""

    edition: Edition
    facts: Mapping[str, Any]
    items: tuple[LineItem, ...]
    balances: Mapping[str, int | Balance]
    policy: Mapping[str, Any]


class Sure(NamedTuple):
    """What is sure: between which amounts the whole and each coverage lie, in fen."""

    owed: Span
    coverages: Mapping[str, Span]


def sure_bounds(asked: Asked, unknown: Mapping[str, Sequence[Any]]) -> Sure | None:
    """What may be owed whatever the unknown facts turn out to be; None when something may be divided by zero or nothing fits.

    Yes/no and choices are tried one by one, everything else as a span from its least to its greatest value.
    """
    specs = asked.edition.document.facts
    listed = {name: values for name, values in unknown.items() if name in specs and specs[name].kind in LISTED}
    spans = {name: values for name, values in unknown.items() if name not in listed}
    found: list[Mapping[str, Span]] = []
    try:
        for chosen in product(*listed.values()):
            tried = {**spans, **{name: (value,) for name, value in zip(listed, chosen, strict=True)}}
            bounds = _bounds(asked, tried)
            if bounds is not None:
                found.append(bounds)
    except CannotBound:
        return None
    if not found:
        return None
    owed = hull(total(one.values()) for one in found)
    return Sure(owed, {code: hull(one[code] for one in found) for code in found[0]})


def _bounds(asked: Asked, unknown: Mapping[str, Sequence[Any]]) -> Mapping[str, Span] | None:
    """The bounds for one choice of everything that has choices; None when it contradicts what must be true."""
    seen, lines = _seen(asked, unknown), _lines(asked, unknown)
    for line in lines:
        key = charged_key(line.category)
        before = seen.get(key, point(0))
        assert isinstance(before, Span)
        seen[key] = total([before, line.counted])
    document = asked.edition.document
    for name, derived in document.values.items():
        seen[name] = may(derived.value, seen)
    if any(truth(requirement.that, seen) == NEVER for requirement in document.requirements):
        return None
    balances = {name: one if isinstance(one, Balance) else Balance(one) for name, one in asked.balances.items()}
    return bounds_of_coverages(asked.edition, seen, lines=lines, balances=balances)


def _lines(asked: Asked, unknown: Mapping[str, Sequence[Any]]) -> tuple[BillLine, ...]:
    known = [BillLine(one.category, point(one.counted), one.days, one.person) for one in asked.items]
    extra = [
        BillLine(name.removeprefix(ITEM), Span(min(values), max(values)))
        for name, values in unknown.items()
        if name.startswith(ITEM)
    ]
    return (*known, *extra)


def _seen(asked: Asked, unknown: Mapping[str, Sequence[Any]]) -> dict[str, May]:
    """What every fact and policy value may be: what is known, what is tried, and the default of what is not needed."""
    document, defaults = asked.edition.document, asked.edition.defaults
    specs: dict[str, FactSpec] = {**document.policy, **document.facts}
    given = {**defaults, **asked.policy, **asked.facts}
    seen: dict[str, May] = {}
    for name, spec in specs.items():
        if name in unknown:
            seen[name] = may_be(spec.kind, unknown[name])
        elif name in given:
            value = given[name]
            seen[name] = may_be(spec.kind, [value.value if isinstance(value, Known) else value])
    conditional = [name for name in unknown if name in specs and specs[name].needed_when and name in defaults]
    perhaps = {**seen, **{name: _either(specs[name], seen[name], defaults[name]) for name in conditional}}
    for name in conditional:
        condition = specs[name].needed_when
        needed = truth(condition, perhaps) if condition is not None else frozenset({True})
        if needed == NEVER:
            seen[name] = may_be(specs[name].kind, [defaults[name]])
        elif False in needed:
            seen[name] = perhaps[name]
    return seen


def _either(spec: FactSpec, tried: May, default: Any) -> May:
    return may_be(spec.kind, [*tried, default])
