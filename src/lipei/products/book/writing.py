"""What a book is owed, as files: one row a claim that was calculated, one row for each thing that stood in another's way."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from lipei.calculation.batch import Result
from lipei.calculation.batch.results import money_column
from lipei.products.book.reading import Piece
from lipei.products.book.terms_choice import Terms
from lipei.products.book.troubles import RowProblem

PART = ".part"
PROBLEMS = pa.schema([("row", pa.int64()), ("claim", pa.string()), ("name", pa.string()), ("zh", pa.string()), ("en", pa.string())])


@contextmanager
def in_place_of(path: Path) -> Iterator[Path]:
    """A file to write beside `path`, which takes its place only when all of it is there and on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for left_by_a_kill in path.parent.glob(f".{path.name}.*{PART}"):
        left_by_a_kill.unlink(missing_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class Writer:
    """A Parquet file that grows by tables of one kind."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer: Any = None

    def add(self, table: Any) -> None:
        """Adds rows; the first table decides the columns."""
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self.path, table.schema, store_decimal_as_integer=True, use_dictionary=[name for name in ("edition", "edition_new", "name", "zh", "en", "under") if name in table.column_names], compression="zstd", compression_level=1)
        self._writer.write_table(table)

    def close(self) -> None:
        """Ends the file."""
        if self._writer is not None:
            self._writer.close()


def coverages_of(terms: Terms) -> tuple[str, ...]:
    """The coverages of all editions, each once, as they come."""
    return tuple(dict.fromkeys(coverage.id for edition in terms.editions for coverage in edition.document.coverages))


def accumulators_of(terms: Terms) -> dict[str, str]:
    """The accumulators of all editions with their unit, as they come."""
    return {name: spec.unit for edition in terms.editions for name, spec in edition.document.accumulators.items()}


def of_name(columns: Any, places: Sequence[Sequence[str]], name: str, *, edition: Any, rows: Any) -> tuple[Any, Any]:
    """The values that rows have under a name whose place differs by edition, and which rows have it at all."""
    place = np.array([list(names).index(name) if name in names else -1 for names in places])
    if len(set(place)) == 1:
        return columns[place[0], rows], None
    of_row = place[edition]
    return columns[np.maximum(of_row, 0), rows], of_row < 0


def money(fen: Any, *, without: Any = None) -> Any:
    """A column of amounts, empty in the rows `without`."""
    column = money_column(fen)
    return column if without is None else pc.if_else(pa.array(~without), column, pa.scalar(None, column.type))


def results_table(piece: Piece, result: Result, *, terms: Terms, rows: Any) -> Any:
    """`row`, `claim`, `policy`, `edition`, `owed`, then what each coverage owes and what was used of each accumulator."""
    edition = piece.editions[rows]
    all_rows = len(rows) == len(piece.ids)
    take = pa.array(rows)
    codes = pa.array([one.code for one in terms.editions])
    columns = {
        "row": pa.array(piece.rows[rows]),
        "claim": piece.ids if all_rows else piece.ids.take(take),
        "policy": piece.policy_names if all_rows else piece.policy_names.take(take),
        "edition": codes.take(pa.array(edition)),
        "owed": money(result.owed[rows]),
    }
    places = [[coverage.id for coverage in one.document.coverages] for one in terms.editions]
    for name in coverages_of(terms):
        fen, without = of_name(result.by_coverage, places, name, edition=edition, rows=rows)
        columns[f"owed_{name}"] = money(fen, without=without)
    places = [list(one.document.accumulators) for one in terms.editions]
    for name, unit in accumulators_of(terms).items():
        used, without = of_name(result.moved, places, name, edition=edition, rows=rows)
        columns[f"used_{name}"] = money(used, without=without) if unit == "amount" else pa.array(used, pa.int64(), mask=without)
    return pa.table(columns)


def problems_table(problems: Sequence[RowProblem]) -> Any:
    """`row`, `claim`, `name`, and what it is in both languages, in the order of the rows."""
    found = sorted(problems, key=lambda one: (one.row, one.name))
    rows = [[one.row for one in found], [one.claim for one in found], [one.name for one in found], [one.what.zh for one in found], [one.what.en for one in found]]
    return pa.table([pa.array(values, field.type) for values, field in zip(rows, PROBLEMS, strict=True)], schema=PROBLEMS)
