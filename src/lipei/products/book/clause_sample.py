"""A sample of the claims that differ, explained step by step under both editions: by how much each clause moves the amount."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from lipei.calculation.batch import MISSING, Balances
from lipei.calculation.batch.exact_way import explained
from lipei.calculation.batch.ordering import group_of
from lipei.calculation.batch.whole_numbers import LAST_DAY
from lipei.calculation.figures import rounded
from lipei.calculation.movements import period_start
from lipei.calculation.statement import Statement
from lipei.products.book.adjudicating import Calculated
from lipei.products.book.reading import Piece
from lipei.products.book.terms_choice import Terms
from lipei.terms.document import Accumulator
from lipei.terms.edition import Edition


@dataclass(frozen=True, slots=True)
class Sampled:
    """One claim of the sample: what each clause adds to (or takes from) the amount under both editions, in fen; the sums are old and new."""

    claim: str
    old: int
    new: int
    by_old: dict[str, int] = field(default_factory=dict)
    by_new: dict[str, int] = field(default_factory=dict)


def sampled(before: Calculated, after: Calculated, *, old: Terms, new: Terms, rows: Any, most: int) -> list[Sampled]:
    """At most so many of the rows whose amounts differ, evenly spread over them, explained under both."""
    of_products = len({one.document.product for one in (*old.editions, *new.editions)}) > 1
    differ = rows[before.result.owed[rows] != after.result.owed[rows]]
    if most <= 0 or not len(differ):
        return []
    chosen = differ[np.unique(np.linspace(0, len(differ) - 1, min(most, len(differ))).astype(np.int64))]
    found = []
    for row in (int(one) for one in chosen):
        statements = [statement_of(done, row=row, terms=terms) for done, terms in ((before, old), (after, new))]
        by_old, by_new = (by_clause(one, of_products=of_products) for one in statements)
        found.append(Sampled(str(before.piece.ids[row].as_py()), statements[0].owed, statements[1].owed, by_old, by_new))
    return found


def clause_name(edition: Edition, clause: str, *, of_products: bool) -> str:
    """The number of a clause, after its product where there are several."""
    return f"{edition.document.product} {clause}" if of_products else clause


def by_clause(statement: Statement, *, of_products: bool = False) -> dict[str, int]:
    """What the steps of each clause add to the amount (fen, half up); what rounding leaves over belongs to the coverage's own clause."""
    found: dict[str, int] = {}
    for coverage in statement.coverages:
        left = coverage.owed
        for line in coverage.lines:
            fen = rounded(line.after - line.before)
            found[line.clause] = found.get(line.clause, 0) + fen
            left -= fen
        if left:
            found[coverage.clause] = found.get(coverage.clause, 0) + left
    return {clause_name(statement.edition, clause, of_products=of_products): fen for clause, fen in found.items() if fen}


def statement_of(done: Calculated, *, row: int, terms: Terms, opening: Balances | None = None) -> Statement:
    """The row explained with the balances it met in the batch. Raises `AssertionError` when the two readings differ, and `CannotCalculate`."""
    piece = done.piece
    edition = terms.editions[int(piece.editions[row])]
    balances = balances_before(done, row=row, terms=terms, opening=opening)
    statement = explained(edition, row=row, policies=piece.policies, claims=piece.claims, items=piece.items, balances=balances)
    if statement.owed != int(done.result.owed[row]):
        claim = piece.ids[row].as_py()
        raise AssertionError(f"{claim}: {statement.owed} explained, {done.result.owed[row]} as a column")
    return statement


def balances_before(done: Calculated, *, row: int, terms: Terms, opening: Balances | None = None) -> dict[str, int]:
    """What was used of each accumulator of the row's edition by claims before it, those `opening` stands for included."""
    piece, moved = done.piece, done.result.moved
    edition = terms.editions[int(piece.editions[row])]
    group, order = group_of(piece.claims), piece.claims.order
    mates = np.flatnonzero(group == group[row])
    earlier = mates[(order[mates] < order[row]) | ((order[mates] == order[row]) & (mates < row))]
    found = {}
    for name, spec in edition.document.accumulators.items():
        who, start = _person(piece, spec, row), _start(piece, edition, spec, row)
        used = _opened(opening, name, who, start)
        for mate in (int(one) for one in earlier):
            theirs = terms.editions[int(piece.editions[mate])]
            other = theirs.document.accumulators.get(name)
            if other is not None and _person(piece, other, mate) == who and _start(piece, theirs, other, mate) == start:
                used += int(moved[list(theirs.document.accumulators).index(name), mate])
        found[name] = used
    return found


def _person(piece: Piece, spec: Accumulator, row: int) -> int:
    numbers = piece.persons.get(spec.person, piece.persons["policy"])[0]
    return int(numbers[row])


def _start(piece: Piece, edition: Edition, spec: Accumulator, row: int) -> int:
    env: dict[str, date] = {}
    for name in (spec.dated_by, spec.starts):
        if name is None:
            continue
        number = int(piece.claims.columns[name][row]) if name in piece.claims.columns else MISSING
        day = edition.defaults.get(name) if number == MISSING else date.fromordinal(number) if 1 <= number <= LAST_DAY else None
        if day is None:
            return 0
        env[name] = day
    start = period_start(spec, env[spec.dated_by], env=env)
    return start.toordinal() if start is not None else 0


def _opened(opening: Balances | None, name: str, who: int, start: int) -> int:
    if opening is None or name not in opening.names:
        return 0
    same = (opening.accumulator == opening.names.index(name)) & (opening.person == who) & (opening.start == start)
    return int(opening.used[same].sum())

