"""One partition of a book from file to file: pieces are read, calculated and written, and every row is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lipei.calculation.batch import Balances, Result, Workspace, batch
from lipei.products.book import carrying, writing
from lipei.products.book.bills import ItemsTable
from lipei.products.book.column_map import ColumnMap, mapped
from lipei.products.book.partitions import Partition, batches_of, columns_in
from lipei.products.book.reading import Piece, piece_of
from lipei.products.book.terms_choice import Terms
from lipei.products.book.troubles import BookTrouble, RowProblem
from lipei.terms.words import Words

PIECE_ROWS = 1_000_000
"""A partition with no more rows than this is one piece, in any order; a larger one must come by family or policy."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What every partition is done with."""

    terms: Terms
    mapping: ColumnMap | None = None
    is_carried: bool = False
    threads: int = 1
    piece_rows: int = PIECE_ROWS


@dataclass(slots=True)
class Counts:
    """What became of the rows: read = calculated + with problems. Amounts in fen; `exact` were explained one by one."""

    read: int = 0
    calculated: int = 0
    with_problems: int = 0
    lines_without_claim: int = 0
    exact: int = 0
    owed: int = 0
    by_coverage: dict[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether no row was lost."""
        return self.read == self.calculated + self.with_problems

    def add(self, other: Counts) -> None:
        """Counts another partition or piece in."""
        for name in ("read", "calculated", "with_problems", "lines_without_claim", "exact", "owed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for coverage, fen in other.by_coverage.items():
            self.by_coverage[coverage] = self.by_coverage.get(coverage, 0) + fen


@dataclass(frozen=True, slots=True)
class Calculated:
    """A piece with what came of it; `rows` are those without a problem."""

    piece: Piece
    result: Result
    rows: Any
    problems: list[RowProblem]


def group_name(columns: list[str]) -> str:
    """The column that holds claims together which may share an accumulator."""
    return "family" if "family" in columns else "policy"


def tables_of(partition: Partition, *, plan: Plan) -> Iterator[Any]:
    """The rows of a partition under our names, cut where the family or policy changes. Raises `BookTrouble` when one comes again."""
    held: list[Any] = []
    seen: Any = None
    is_empty = True
    for batch_ in batches_of(partition.path):
        is_empty = is_empty and not batch_.num_rows
        held.append(mapped(batch_, mapping=plan.mapping))
        if sum(table.num_rows for table in held) > plan.piece_rows:
            table = pa.concat_tables(held, promote_options="permissive").combine_chunks()
            cut = _last_change(table.column(group_name(table.column_names)))
            if cut:
                seen = _apart(table.slice(0, cut), seen, partition=partition, plan=plan)
                yield table.slice(0, cut)
            held = [table.slice(cut)]
    if is_empty:
        columns = pa.schema(list(columns_in(partition.path).items()))
        yield mapped(columns.empty_table(), mapping=plan.mapping)
    elif held:
        table = pa.concat_tables(held, promote_options="permissive").combine_chunks()
        if seen is not None:
            _apart(table, seen, partition=partition, plan=plan)
        yield table


def _last_change(column: Any) -> int:
    """The first row of the last family or policy of the column; 0 when there is only one."""
    codes = pc.fill_null(column.combine_chunks().dictionary_encode().indices, -1).to_numpy(zero_copy_only=False)
    changes = np.flatnonzero(codes[1:] != codes[:-1])
    return int(changes[-1]) + 1 if len(changes) else 0


def _apart(table: Any, seen: Any, *, partition: Partition, plan: Plan) -> Any:
    """All names so far; none of the new ones may be among those before, unless balances are carried."""
    name = group_name(table.column_names)
    here = pc.unique(table.column(name)).drop_null()
    if seen is None:
        return here
    again = here.filter(pc.is_in(here, value_set=seen))
    if len(again) and not plan.is_carried:
        file, most, one = partition.path.name, plan.piece_rows, again[0].as_py()
        raise BookTrouble(
            [
                Words(
                    f"{file} 超过 {most} 行，没有按 {name} 排在一起：{one} 前后出现；排序后再来",
                    f"{file} has more than {most} rows and is not together by {name}: {one} comes again later; sort it first",
                )
            ]
        )
    return pa.concat_arrays([seen, here])


def items_of(partition: Partition) -> ItemsTable | None:
    """The bill lines of a partition, all of them: what a partition's lines need of memory is not bounded by pieces."""
    if partition.items is None:
        return None
    return ItemsTable(pa.concat_tables(list(batches_of(partition.items))).combine_chunks())


def calculated(piece: Piece, *, terms: Terms, workspace: Workspace, threads: int = 1, balances: Balances | None = None) -> Calculated:
    """What each row of the piece is owed, and everything that stands in the way of the others."""
    result = batch(terms.editions, policies=piece.policies, claims=piece.claims, items=piece.items, balances=balances, threads=threads, workspace=workspace)
    fine = np.ones(len(piece.ids), dtype=np.bool_)
    named = {(problem.row, problem.name) for problem in piece.problems}
    of_bill = {row for row, name in named if name == "bill" or name.startswith("items/")}
    problems = list(piece.problems)
    for problem in result.problems:
        row = int(piece.rows[problem.row])
        for need in problem.needs:
            if (row, need.name) in named or (need.row is not None and row in of_bill):
                continue
            problems.append(RowProblem(row, str(piece.ids[problem.row].as_py()), need.name, Words(f"{need.label.zh}{need.what.zh}", f"{need.label.en} {need.what.en}")))
    numbers = np.array(sorted({problem.row for problem in problems}), dtype=np.int64)
    fine[np.flatnonzero(np.isin(piece.rows, numbers))] = False
    return Calculated(piece, result, np.flatnonzero(fine), problems)


def adjudicate(partition: Partition, *, plan: Plan, results: Path, problems: Path, carried: Any = None) -> tuple[Counts, Any]:
    """Writes the results and the problems of a partition to these files; the counts, and the balances to hand on."""
    counts, writer, bad, workspace = Counts(), writing.Writer(results), writing.Writer(problems), Workspace()
    items = items_of(partition)
    persons = carrying.persons_of(plan.terms) if plan.is_carried else {}
    row = 1
    for table in tables_of(partition, plan=plan):
        piece = piece_of(table, first_row=row, terms=plan.terms, items=items)
        balances = carrying.opening(carried, piece=piece) if carried is not None else None
        done = calculated(piece, terms=plan.terms, workspace=workspace, threads=plan.threads, balances=balances)
        if carried is not None:
            carried = carrying.closed(carried, piece=piece, closing=done.result.closing, persons=persons)
        writer.add(writing.results_table(piece, done.result, terms=plan.terms, rows=done.rows))
        bad.add(writing.problems_table(done.problems))
        counts.add(counted(done, read=table.num_rows, terms=plan.terms))
        row += table.num_rows
    strays = items.strays() if items is not None else []
    counts.lines_without_claim = len(strays)
    bad.add(writing.problems_table(strays))
    writer.close()
    bad.close()
    return counts, carried


def counted(done: Calculated, *, read: int, terms: Terms) -> Counts:
    """The rows of a piece and what they are owed."""
    rows, result = done.rows, done.result
    fen = dict.fromkeys(writing.coverages_of(terms), 0)
    edition = done.piece.editions[rows]
    for slot in range(result.by_coverage.shape[0]):
        names = [one.document.coverages[slot].id if slot < len(one.document.coverages) else None for one in terms.editions]
        owed = result.by_coverage[slot, rows]
        for name in sorted({name for name in names if name is not None}):
            has = np.array([one == name for one in names])
            fen[name] += total(owed if has.all() else owed[has[edition]])
    with_problems = len({problem.row for problem in done.problems})
    return Counts(read, len(rows), with_problems, 0, len(result.exact), sum(fen.values()), fen)


def total(fen: Any) -> int:
    """The sum of a column, which may be more than 64 bits hold."""
    return (int((fen >> 32).sum()) << 32) + int((fen & 0xFFFFFFFF).sum())
