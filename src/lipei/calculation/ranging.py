"""`explain_range`: the least and the most that may be owed while some facts are still unknown – the first view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from lipei.calculation.explaining import explain
from lipei.calculation.inputs import Balance, CannotCalculate, Known, LineItem, Need
from lipei.calculation.statement import Statement
from lipei.calculation.sure_bounds import ITEM, Asked, Sure, sure_bounds
from lipei.terms.edition import Edition
from lipei.terms.words import Words

CORNERS_MAX = 1024


@dataclass(frozen=True, slots=True)
class Range:
    """The statements that owe least and most of those tried, the names of what is still unknown, and what is sure.

    `sure` is what may be owed, whole and by coverage, whatever the unknown facts turn out to be (fen): the terms read over spans; None
    when that cannot be said. `moves` is by how much each unknown fact alone moves the whole, all others as where most is owed.
    """

    low: Statement
    high: Statement
    unknown: tuple[str, ...]
    sure: Sure | None = None
    moves: Mapping[str, int] = field(default_factory=dict)

    @property
    def owed(self) -> tuple[int, int]:
        """From – to, in fen: no completion of the unknown facts owes less or more."""
        if self.sure is None:
            return (self.low.owed, self.high.owed)
        return (self.sure.owed.low, self.sure.owed.high)

    def owed_by(self, coverage: str) -> tuple[int, int]:
        """From – to of one coverage, in fen. Raises `KeyError`."""
        if self.sure is not None:
            return tuple(self.sure.coverages[coverage])
        low, high = sorted((self.low.coverage(coverage).owed, self.high.coverage(coverage).owed))
        return (low, high)


def explain_range(
    edition: Edition,
    *,
    facts: Mapping[str, Any],
    unknown: Mapping[str, Sequence[Any]] | None = None,
    items: Iterable[LineItem] = (),
    balances: Mapping[str, int | Balance] | None = None,
    policy: Mapping[str, Any] | None = None,
    fill: bool = True,
) -> Range:
    """The range over all that the unknown facts may be.

    `unknown` maps a fact to its values: `(low, high)` of an amount, days or a date, or all choices that are possible;
    `item:CATEGORY` maps to the low and high amount in fen of one more line of the bill. With `fill`, facts of kind
    yes/no and choice that are not known at all are tried with every value. Raises `CannotCalculate` for the rest,
    or when more than `CORNERS_MAX` combinations would have to be tried.
    """
    spread = {**(unknown or {})}
    if fill:
        spread = {**_unknown_choices(edition, {**facts, **spread}), **spread}
    _not_too_many(spread)
    asked = Asked(edition, facts, tuple(items), balances or {}, policy or {})
    found: list[tuple[Mapping[str, Any], Statement]] = []
    for chosen in product(*spread.values()):
        at = dict(zip(spread, chosen, strict=True))
        known, lines = _corner(edition, facts, at)
        if not _cannot_be(edition, known, tried=spread):
            bill = [*asked.items, *lines]
            found.append(
                (at, explain(edition, facts=known, items=bill, balances=balances, policy=policy, alternatives=False))
            )
    if not found:
        what = Words("怎么试都互相矛盾", "contradict each other whatever is tried")
        raise CannotCalculate([Need("unknown", Words("未知的事实", "the unknown facts"), what)])
    low = min(found, key=lambda one: one[1].owed)[1]
    most, high = max(found, key=lambda one: one[1].owed)
    return Range(low, high, tuple(spread), sure_bounds(asked, spread), _moves(asked, spread, most))


def _moves(asked: Asked, spread: Mapping[str, Sequence[Any]], most: Mapping[str, Any]) -> dict[str, int]:
    """By how much each unknown fact alone moves the whole, in fen, all others being as where most is owed."""
    found: dict[str, int] = {}
    for name, values in spread.items():
        alone = {**{other: (value,) for other, value in most.items()}, name: values}
        sure = sure_bounds(asked, alone)
        if sure is not None:
            found[name] = sure.owed.high - sure.owed.low
    return found


def _not_too_many(spread: Mapping[str, Sequence[Any]]) -> None:
    corners = prod(max(len(values), 1) for values in spread.values())
    if corners > CORNERS_MAX:
        what = Words(f"有 {corners} 种组合，太多", f"leave {corners} combinations, too many")
        raise CannotCalculate([Need("unknown", Words("未知的事实", "the unknown facts"), what)])


def _cannot_be(edition: Edition, known: Mapping[str, Any], *, tried: Mapping[str, Any]) -> bool:
    """Whether values that are only tried contradict a requirement, such as a discharge before the admission."""
    values = {name: value.value if isinstance(value, Known) else value for name, value in known.items()}
    return any(
        not requirement.that.value(values)
        for requirement in edition.document.requirements
        if all(name in values for name in requirement.that.names) and any(name in tried for name in requirement.that.names)
    )


def _corner(edition: Edition, facts: Mapping[str, Any], at: Mapping[str, Any]) -> tuple[dict[str, Any], list[LineItem]]:
    """The facts and the extra bill lines of one combination."""
    both = {**facts, **at}
    known = {name: value for name, value in at.items() if not name.startswith(ITEM) and _fits(edition, name, both)}
    lines = [LineItem(name.removeprefix(ITEM), int(value)) for name, value in at.items() if name.startswith(ITEM)]
    return {**facts, **known}, lines


def _fits(edition: Edition, name: str, known: Mapping[str, Any]) -> bool:
    """Whether the fact is needed at this corner: social insurance cannot have paid when nothing was settled through it."""
    spec = edition.document.facts.get(name)
    if spec is None or spec.needed_when is None or any(one not in known for one in spec.needed_when.names):
        return True
    values = {one: value.value if isinstance(value, Known) else value for one, value in known.items()}
    return bool(spec.needed_when.value(values))


def _unknown_choices(edition: Edition, known: Mapping[str, Any]) -> dict[str, Sequence[Any]]:
    spread: dict[str, Sequence[Any]] = {}
    for name, spec in edition.document.facts.items():
        if name in known or (spec.default is not None and spec.needed_when is None):
            continue
        if spec.kind == "boolean":
            spread[name] = (False, True)
        elif spec.kind == "choice":
            spread[name] = tuple(spec.choices)
    return spread
