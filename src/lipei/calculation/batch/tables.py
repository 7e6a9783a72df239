"""The tables that go into a batch and come out of it: policies, claims, bill lines, balances; what is owed, movements, problems.

All columns are whole numbers (numpy, any integer type or yes/no): amounts in fen, dates as ordinals (`date.toordinal`), yes as 1,
choices by their number in `Claims.choices`, ratios as two columns (the denominators in `parts`). `MISSING` means not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lipei.calculation.inputs import Need
from lipei.terms.words import Words

Column = Any
"""A one-dimensional numpy array of whole numbers."""


@dataclass(frozen=True, slots=True)
class Policies:
    """One row a policy: the number of its edition in the list of editions, and its policy values."""

    edition: Column
    columns: Mapping[str, Column] = field(default_factory=dict)
    parts: Mapping[str, Column] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claims:
    """One row a claim: its policy, its place in the order of claims, its facts, and the bill when it has one line only.

    `member` and `family` number the persons over all policies (the policy itself when left out). Claims are taken by family,
    policy and `order`; a tie goes to the earlier row. `bill` is the one line of category `bill_category`, in fen.
    """

    policy: Column
    order: Column
    columns: Mapping[str, Column] = field(default_factory=dict)
    parts: Mapping[str, Column] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    member: Column | None = None
    family: Column | None = None
    bill: Column | None = None
    bill_category: str = ""

    def __len__(self) -> int:
        return len(self.policy)


@dataclass(frozen=True, slots=True)
class Items:
    """The lines of all bills: those of claim i are `offsets[i]` to `offsets[i + 1]`; `category` numbers `categories`.

    `allowed` is all that was claimed where it is `MISSING` or left out; `days` may be `MISSING`; `person` tells persons apart.
    """

    offsets: Column
    category: Column
    claimed: Column
    categories: tuple[str, ...]
    allowed: Column | None = None
    days: Column | None = None
    person: Column | None = None


@dataclass(frozen=True, slots=True)
class Balances:
    """What earlier claims have used: accumulator by its place in `names`, person's number, first day of the period (0: none)."""

    names: tuple[str, ...]
    accumulator: Column
    person: Column
    start: Column
    used: Column

    @classmethod
    def none(cls) -> Balances:
        """Nothing used yet."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls((), nothing, nothing, nothing, nothing)


@dataclass(frozen=True, slots=True)
class Problem:
    """A claim that cannot be calculated, by its row, and everything that is missing or wrong."""

    row: int
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What came out, in the order of the claims.

    `by_coverage[k, i]` is what the k-th coverage of claim i's edition owes (fen); `moved[a, i]` what claim i used of the a-th
    accumulator of its edition (fen or days). `exact` are the rows that were explained one by one because they could not be done
    in 64 bits, `why_exact` the editions that always are. With a `Workspace` the columns are its own
    until its next use.
    """

    by_coverage: Column
    moved: Column
    problems: tuple[Problem, ...]
    exact: tuple[int, ...]
    why_exact: Mapping[int, Words]
    balances_after: Callable[[], Balances]
    was_in_order: bool
    how: str

    @property
    def owed(self) -> Column:
        """What is owed for each claim, over all coverages, in fen."""
        return self.by_coverage.sum(axis=0)

    @property
    def closing(self) -> Balances:
        """The balances after the last claim, of all accumulators that were used; found when asked for."""
        return self.balances_after()


class Workspace:
    """Memory that is kept from one stretch of a book to the next; one call of `batch` at a time."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def room(self, name: str, *shape: int) -> Any:
        """An array of this shape, not emptied."""
        size = int(np.prod(shape))
        if name not in self._kept or len(self._kept[name]) < size:
            self._kept[name] = np.empty(size, dtype=np.int64)
        return self._kept[name][:size].reshape(shape)


def as_column(values: Any) -> Column:
    """The values as a column of 64-bit whole numbers. Raises `TypeError` for anything with a fraction."""
    found = np.asarray(values)
    if found.dtype.kind not in "iub" or found.dtype == np.uint64:
        raise TypeError(f"a column of whole numbers is needed, not {found.dtype}")
    return found
