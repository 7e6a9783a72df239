"""One partition under two editions: per claim the old, the new and the difference, and the figures that add up over a book."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from lipei.calculation.batch import Workspace
from lipei.products.book import writing
from lipei.products.book.adjudicating import Calculated, Plan, calculated, items_of, tables_of, total
from lipei.products.book.bills import ItemsTable
from lipei.products.book.clause_sample import Sampled, clause_name, sampled
from lipei.products.book.partitions import Partition
from lipei.products.book.reading import Piece, piece_of
from lipei.products.book.terms_choice import Terms
from lipei.terms.edition import Edition

EDGES = (1, 100_00, 1_000_00, 10_000_00, 100_000_00)
"""Where the bands of the distribution begin, in fen, on both sides of nothing."""
TOP = 20
"""Claims with the largest differences that are kept, on either side."""


@dataclass(slots=True)
class Share:
    """One line of a table: what it is under the old and the new terms (fen), and how many claims get more or less by it."""

    old: int = 0
    new: int = 0
    more: int = 0
    less: int = 0

    def add(self, other: Share) -> None:
        """Adds the figures of another part of the book."""
        self.old, self.new = self.old + other.old, self.new + other.new
        self.more, self.less = self.more + other.more, self.less + other.less

    @property
    def difference(self) -> int:
        """New less old, in fen."""
        return self.new - self.old


@dataclass(slots=True)
class Compared:
    """The figures of a part of the book. read = both + only_old + only_new + neither; `both` = more + less + same."""

    read: int = 0
    both: int = 0
    only_old: int = 0
    only_new: int = 0
    neither: int = 0
    more: int = 0
    less: int = 0
    same: int = 0
    old: int = 0
    new: int = 0
    gained: int = 0
    lost: int = 0
    lines_without_claim: int = 0
    by_coverage: dict[str, Share] = field(default_factory=dict)
    by_clause: dict[str, Share] = field(default_factory=dict)
    bands: list[int] = field(default_factory=lambda: [0] * (2 * len(EDGES) + 1))
    top: list[tuple[int, str, str, int, int]] = field(default_factory=list)
    sample: list[Sampled] = field(default_factory=list)

    @property
    def difference(self) -> int:
        """New less old over the claims that were calculated under both, in fen."""
        return self.new - self.old

    @property
    def adds_up(self) -> bool:
        """Whether no row was lost."""
        return self.read == self.both + self.only_old + self.only_new + self.neither and self.both == self.more + self.less + self.same

    def add(self, other: Compared) -> None:
        """Counts another part of the book in."""
        for name in ("read", "both", "only_old", "only_new", "neither", "more", "less", "same", "old", "new", "gained", "lost", "lines_without_claim"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for mine, theirs in ((self.by_coverage, other.by_coverage), (self.by_clause, other.by_clause)):
            for name, share in theirs.items():
                mine.setdefault(name, Share()).add(share)
        self.bands = [mine + theirs for mine, theirs in zip(self.bands, other.bands, strict=True)]
        self.top = largest([*self.top, *other.top])
        self.sample += other.sample


def compared_from(kept: dict[str, Any]) -> Compared:
    """The figures as a manifest keeps them."""
    found = Compared(**kept)
    found.by_coverage = {name: Share(**share) for name, share in kept["by_coverage"].items()}
    found.by_clause = {name: Share(**share) for name, share in kept["by_clause"].items()}
    found.top = [(int(one[0]), str(one[1]), str(one[2]), int(one[3]), int(one[4])) for one in kept["top"]]
    found.sample = [Sampled(**one) for one in kept["sample"]]
    return found


def largest(found: list[tuple[int, str, str, int, int]]) -> list[tuple[int, str, str, int, int]]:
    """The claims that get most more, then those that get most less: (difference, claim, policy, old, new)."""
    found = sorted(set(found), key=lambda one: (-one[0], one[1]))
    more, less = [one for one in found if one[0] > 0], [one for one in found if one[0] < 0]
    return more[:TOP] + less[-TOP:]


def compare(partition: Partition, *, plan: Plan, new: Terms, sample: int, differences: Path, problems: Path) -> Compared:
    """Writes the differences and the problems of a partition to these files; the figures."""
    counts, writer, bad = Compared(), writing.Writer(differences), writing.Writer(problems)
    old_space, new_space = Workspace(), Workspace()
    old_items = items_of(partition)
    new_items = None if old_items is None else ItemsTable(old_items.table)
    row = 1
    for table in tables_of(partition, plan=plan):
        before = calculated(piece_of(table, first_row=row, terms=plan.terms, items=old_items), terms=plan.terms, workspace=old_space, threads=plan.threads)
        piece = piece_of(table, first_row=row, terms=new, items=new_items, by=plan.terms)
        after = calculated(piece, terms=new, workspace=new_space, threads=plan.threads)
        part, rows = figures(before, after, read=table.num_rows, old=plan.terms, new=new)
        part.sample = sampled(before, after, old=plan.terms, new=new, rows=rows, most=sample - len(counts.sample))
        counts.add(part)
        writer.add(differences_table(before, after, old=plan.terms, new=new, rows=rows))
        bad.add(_problems(before, after))
        row += table.num_rows
    strays = old_items.strays() if old_items is not None else []
    counts.lines_without_claim = len(strays)
    bad.add(writing.problems_table(strays).append_column("under", pa.array(["items"] * len(strays), pa.string())))
    writer.close()
    bad.close()
    return counts


def _problems(before: Calculated, after: Calculated) -> Any:
    tables = []
    for under, done in (("old", before), ("new", after)):
        table = writing.problems_table(done.problems)
        tables.append(table.append_column("under", pa.array([under] * table.num_rows, pa.string())))
    return pa.concat_tables(tables)


def figures(before: Calculated, after: Calculated, *, read: int, old: Terms, new: Terms) -> tuple[Compared, Any]:
    """What adds up over a book, and the rows that were calculated under both."""
    rows = np.intersect1d(before.rows, after.rows, assume_unique=True)
    was, now = before.result.owed[rows], after.result.owed[rows]
    change = now - was
    up, down = change > 0, change < 0
    both = len(rows)
    counts = Compared(
        read=read,
        both=both,
        only_old=len(before.rows) - both,
        only_new=len(after.rows) - both,
        neither=read - len(before.rows) - len(after.rows) + both,
        more=int(up.sum()),
        less=int(down.sum()),
        same=both - int(up.sum()) - int(down.sum()),
        old=total(was),
        new=total(now),
        gained=total(change[up]),
        lost=-total(change[down]),
        bands=bands_of(change),
        top=_top(before.piece, rows, change, was, now),
    )
    shares(counts, before, after, old=old, new=new, rows=rows)
    return counts, rows


def bands_of(change: Any) -> list[int]:
    """How many claims lie in each band of difference: the largest losses first, nothing in the middle, the largest gains last."""
    edges = np.array([*(1 - edge for edge in reversed(EDGES)), *EDGES], dtype=np.int64)
    return [int(one) for one in np.bincount(np.searchsorted(edges, change, side="right"), minlength=2 * len(EDGES) + 1)]


def _top(piece: Piece, rows: Any, change: Any, was: Any, now: Any) -> list[tuple[int, str, str, int, int]]:
    many = len(change)
    at = np.arange(many)
    if many > 2 * TOP:
        order = np.argpartition(change, (TOP, many - TOP - 1))
        at = np.concatenate([order[:TOP], order[-TOP:]])
    found = []
    for one in at[change[at] != 0]:
        row = int(rows[one])
        names = str(piece.ids[row].as_py()), str(piece.policy_names[row].as_py())
        found.append((int(change[one]), *names, int(was[one]), int(now[one])))
    return largest(found)


def shares(counts: Compared, before: Calculated, after: Calculated, *, old: Terms, new: Terms, rows: Any) -> None:
    """By coverage, and by the clause that a coverage rests on, what is owed under both."""
    of_products = len({one.document.product for one in (*old.editions, *new.editions)}) > 1
    for name in dict.fromkeys((*writing.coverages_of(old), *writing.coverages_of(new))):
        sides = [(done, terms, of_coverage(done, terms, name, rows)) for done, terms in ((before, old), (after, new))]
        counts.by_coverage[name] = _share(sides[0][2], sides[1][2])
        rests = [[_rests_on(edition, name, of_products) for edition in terms.editions] for _, terms, _ in sides]
        for clause in sorted({one for keys in rests for one in keys if one is not None}):
            parts = []
            for (done, _, fen), keys in zip(sides, rests, strict=True):
                has = np.array([key == clause for key in keys])
                parts.append(fen if has.all() else np.where(has[done.piece.editions[rows]], fen, 0))
            counts.by_clause.setdefault(clause, Share()).add(_share(*parts))


def _rests_on(edition: Edition, name: str, of_products: bool) -> str | None:
    for coverage in edition.document.coverages:
        if coverage.id == name:
            return clause_name(edition, coverage.clause, of_products=of_products)
    return None


def of_coverage(done: Calculated, terms: Terms, name: str, rows: Any) -> Any:
    """What rows are owed by the coverage of that name; nothing where their edition has none."""
    places = [[coverage.id for coverage in one.document.coverages] for one in terms.editions]
    if not any(name in one for one in places):
        return np.zeros(len(rows), dtype=np.int64)
    fen, without = writing.of_name(done.result.by_coverage, places, name, edition=done.piece.editions[rows], rows=rows)
    return fen if without is None else np.where(without, 0, fen)


def _share(was: Any, now: Any) -> Share:
    return Share(total(was), total(now), int((now > was).sum()), int((now < was).sum()))


def differences_table(before: Calculated, after: Calculated, *, old: Terms, new: Terms, rows: Any) -> Any:
    """One row for each claim that could be calculated under one of the two; the other is empty where it could not."""
    either = np.union1d(before.rows, after.rows)
    piece = before.piece
    is_all = len(either) == len(piece.ids)
    lacks_old, lacks_new = (None if len(done.rows) == len(either) else ~np.isin(either, done.rows, assume_unique=True) for done in (before, after))
    lacks = None if len(rows) == len(either) else ~np.isin(either, rows, assume_unique=True)
    was, now = before.result.owed[either], after.result.owed[either]
    edition, take = pa.array(piece.editions[either]), pa.array(either)
    columns = {
        "row": pa.array(piece.rows[either]),
        "claim": piece.ids if is_all else piece.ids.take(take),
        "policy": piece.policy_names if is_all else piece.policy_names.take(take),
        "edition": pa.array([one.code for one in old.editions]).take(edition),
        "edition_new": pa.array([one.code for one in new.editions]).take(edition),
        "old": writing.money(was, without=lacks_old),
        "new": writing.money(now, without=lacks_new),
        "difference": writing.money(now - was, without=lacks),
    }
    for name in dict.fromkeys((*writing.coverages_of(old), *writing.coverages_of(new))):
        by_old, by_new = (of_coverage(done, terms, name, either) for done, terms in ((before, old), (after, new)))
        columns[f"old_{name}"] = writing.money(by_old, without=lacks_old)
        columns[f"new_{name}"] = writing.money(by_new, without=lacks_new)
    return pa.table(columns)
