"""Balances of accumulators that are handed on from one piece or partition to the next, by the names of the persons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from lipei.calculation.batch import Balances
from lipei.products.book.reading import Piece
from lipei.products.book.terms_choice import Terms
from lipei.products.book.troubles import BookTrouble
from lipei.terms.words import Words

SCHEMA = pa.schema([("accumulator", pa.string()), ("person", pa.string()), ("key", pa.string()), ("start", pa.int64()), ("used", pa.int64())])
"""`person` says whose it is (policy, member, family), `key` who, `start` the first day of the period as an ordinal (0: none)."""


def nothing() -> Any:
    """No balances yet."""
    return SCHEMA.empty_table()


def persons_of(terms: Terms) -> dict[str, str]:
    """Whose each accumulator is. Raises `BookTrouble` when editions differ in that."""
    found: dict[str, str] = {}
    reasons = []
    for edition in terms.editions:
        for name, spec in edition.document.accumulators.items():
            if found.setdefault(name, spec.person) != spec.person:
                reasons.append(Words(f"累计 {name} 在各版本里属于不同的人，不能结转", f"the accumulator {name} belongs to different persons in different editions, so it cannot be carried"))
    if reasons:
        raise BookTrouble(dict.fromkeys(reasons))
    return found


def opening(carried: Any, *, piece: Piece) -> Balances | None:
    """The balances of the persons of a piece; None when they have none."""
    found = []
    for person, (_, names) in piece.persons.items():
        own = carried.filter(pc.equal(carried.column("person"), person))
        number = pc.index_in(own.column("key"), value_set=names.cast(pa.string()))
        here = pc.is_valid(number)
        found.append(own.filter(here).append_column("number", number.filter(here)))
    table = pa.concat_tables(found)
    if not table.num_rows:
        return None
    coded = table.column("accumulator").combine_chunks().dictionary_encode()
    numbers = [coded.indices, *(table.column(name) for name in ("number", "start", "used"))]
    return Balances(tuple(coded.dictionary.to_pylist()), *(one.to_numpy(zero_copy_only=False).astype(np.int64) if isinstance(one, pa.Array) else one.to_numpy().astype(np.int64) for one in numbers))


def closed(carried: Any, *, piece: Piece, closing: Balances, persons: dict[str, str]) -> Any:
    """What is handed on: the closing balances of the persons of the piece, and those of all others as they were."""
    kept = []
    for person in ("policy", "member", "family"):
        own = carried.filter(pc.equal(carried.column("person"), person))
        if person in piece.persons:
            own = own.filter(pc.invert(pc.is_in(own.column("key"), value_set=piece.persons[person][1].cast(pa.string()))))
        kept.append(own)
    for place, name in enumerate(closing.names):
        person = persons[name] if persons[name] in piece.persons else "policy"
        rows = np.flatnonzero(closing.accumulator == place)
        keys = piece.persons[person][1].cast(pa.string()).take(pa.array(closing.person[rows]))
        many = len(rows)
        kept.append(pa.table([pa.array([name] * many, pa.string()), pa.array([person] * many, pa.string()), keys, pa.array(closing.start[rows], pa.int64()), pa.array(closing.used[rows], pa.int64())], schema=SCHEMA))
    return pa.concat_tables(kept).combine_chunks()


def written(carried: Any, path: Path) -> None:
    """Keeps the balances after a partition, in one order whatever way they came about."""
    parquet.write_table(carried.sort_by([(name, "ascending") for name in SCHEMA.names]), path)


def read(path: Path) -> Any:
    """The balances after a partition."""
    return parquet.read_table(path, schema=SCHEMA)
