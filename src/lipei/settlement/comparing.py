"""Other terms over the claims on file: what each current calculation would come to, in all and by clause; nothing is saved."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lipei import products
from lipei.calculation import CannotCalculate, Statement, explain_again
from lipei.calculation.explaining import explain_inputs
from lipei.calculation.stored_inputs import inputs_from_dict
from lipei.settlement.grounds import NotCovered, owed_of
from lipei.settlement.models import Statement as StatementRow
from lipei.settlement.queries import round_fen
from lipei.terms.edition import Edition
from lipei.terms.words import Words

COMPARED_MAX = 2_000
"""Calculations compared at once, the newest; a whole book has `lipei what-if`."""
SHOWN_MAX = 20


@dataclass(frozen=True, slots=True)
class Compared:
    """One claim's calculation under the present and the other terms, in fen."""

    number: str
    now: int
    then: int

    @property
    def difference(self) -> int:
        """Positive when the other terms pay more."""
        return self.then - self.now


@dataclass(frozen=True, slots=True)
class Unable:
    """A claim whose facts do not suffice for the other terms, and what they lack."""

    number: str
    why: Words


@dataclass(frozen=True, slots=True)
class Comparison:
    """The claims of a product under other terms: sums in fen, how many get more or less, the greatest differences, and by clause."""

    on_file: int
    compared: int
    now: int
    then: int
    more: int
    less: int
    greatest: tuple[Compared, ...]
    by_clause: tuple[tuple[str, int], ...]
    unable: tuple[Unable, ...]

    @property
    def same(self) -> int:
        """How many come out alike to the cent."""
        return self.compared - self.more - self.less


def compare_terms(edition: Edition) -> Comparison:
    """Every current calculation of the edition's product, the newest `COMPARED_MAX`, calculated again under it from its kept inputs."""
    rows = StatementRow.objects.filter(product_code=edition.document.product, is_current=True)
    done: list[Compared] = []
    unable: list[Unable] = []
    clauses: Counter[str] = Counter()
    for row in rows.select_related("claim").order_by("-id")[:COMPARED_MAX]:
        stored, number = json.loads(row.content), row.claim.number
        try:
            then = explain_inputs(edition, inputs_from_dict(edition, _known_to(edition, stored["inputs"])), alternatives=False)
        except CannotCalculate as fault:
            unable.append(Unable(number, fault.words))
            continue
        refused = tuple(NotCovered(r["coverage"], r["clause"], r["reason"]) for r in row.refused)
        done.append(Compared(number, row.owed, owed_of(then, refused=refused)))
        if done[-1].difference:
            clauses.update(dict(_effects(then, refused=refused)))
            clauses.subtract(dict(_effects(_as_it_was(row, stored), refused=refused)))
    greatest = sorted((c for c in done if c.difference), key=lambda c: (-abs(c.difference), c.number))[:SHOWN_MAX]
    return Comparison(
        rows.count(), len(done), sum(c.now for c in done), sum(c.then for c in done), sum(c.difference > 0 for c in done),
        sum(c.difference < 0 for c in done), tuple(greatest), tuple(sorted(((k, v) for k, v in clauses.items() if v), key=lambda one: (one[1], one[0]))),
        tuple(unable[:SHOWN_MAX]),
    )


def _as_it_was(row: StatementRow, stored: Mapping[str, Any]) -> Statement:
    return explain_again(products.named(row.product_code, edition=row.edition), stored)


def _known_to(edition: Edition, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The kept inputs without names that the other terms do not ask for."""
    document = edition.document
    return {
        **stored, "facts": {n: v for n, v in stored["facts"].items() if n in document.facts},
        "policy": {n: v for n, v in stored["policy"].items() if n in document.policy},
        "balances": {n: v for n, v in stored["balances"].items() if n in document.accumulators},
    }


def _effects(statement: Statement, *, refused: tuple[NotCovered, ...]) -> Iterator[tuple[str, int]]:
    """What each clause did to the amount, in fen: positive where it brings money in; their sum is what is owed."""
    gone = {r.coverage for r in refused}
    found: Counter[str] = Counter()
    for coverage in statement.coverages:
        if coverage.id in gone:
            continue
        before = 0
        for line in coverage.lines:
            found[line.clause] += round_fen(line.after) - before
            before = round_fen(line.after)
    yield from found.items()
