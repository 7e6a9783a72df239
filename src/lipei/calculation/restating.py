"""Claims that were told already, read once more after another claim came before them: who was told what, and what it would be now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lipei.calculation.replay import Adjustment, Key, Running, Stated, adjustment_of, explained
from lipei.terms.words import Words


class Restated(NamedTuple):
    """A claim that was told something else than its clauses say now: as it was told, as it would be, and the adjustment."""

    before: Stated
    after: Stated
    adjustment: Adjustment


def restate(
    later: Iterable[Stated], *, used: Mapping[Key, int], because: Words, left: Mapping[str, int] | None = None
) -> tuple[Restated, ...]:
    """Read claims that were told already once more, in their order, from what those before them have used (fen or days).

    Only those come out whose amount or use changes. A claim in `left` – its number, and the amount that a person decided not
    to change it to (fen) – stays as it was told while that is what it would change to.
    """
    running = Running(dict(used), set(used))
    found: list[Restated] = []
    for old in sorted(later, key=lambda one: one.claim.order):
        balances = running.balances(old.keys)
        was = old.statement.inputs.balances
        is_same = all(name in was and was[name].used == balance.used for name, balance in balances.items())
        new = old if is_same else explained(old.claim, balances, old.keys)
        if (left or {}).get(old.claim.number) == new.owed:
            new = old
        running.use(new)
        if (new.owed, new.uses()) != (old.owed, old.uses()):
            found.append(Restated(old, new, adjustment_of(old, new, because)))
    return tuple(found)
