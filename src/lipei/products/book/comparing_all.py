"""A whole book under two editions: partition after partition like an adjudication, and taken up again in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from lipei.products.book import writing
from lipei.products.book.adjudicating import Plan
from lipei.products.book.comparing import Compared, compare, compared_from
from lipei.products.book.partitions import Partition
from lipei.products.book.running import asked_of, check_strangers, each, kept_of, write_manifest
from lipei.products.book.terms_choice import Terms

MADE = ("differences", "problems")
SAMPLE = 200
"""Claims that are explained for the table of clauses, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class ComparedPartition:
    """A partition with its figures, and whether it was done before this run."""

    partition: str
    place: int
    figures: Compared
    was_done: bool


def run(partitions: Sequence[Partition], *, plan: Plan, new: Terms, out: Path, jobs: int, sample: int, say: Callable[[ComparedPartition], None]) -> Compared:
    """Compares the partitions that are not done; the figures of all. Raises `BookTrouble`."""
    check_strangers(partitions, out / "differences")
    if min(jobs, len(partitions)) <= 1:
        plan = replace(plan, threads=max(jobs, 1))
    quota = {one.name: (place, sample // len(partitions) + (place < sample % len(partitions))) for place, one in enumerate(partitions)}
    found = []
    for done in each(partitions, do=partial(one_compared, plan=plan, new=new, out=out, quota=quota), jobs=jobs):
        say(done)
        found.append(done)
    figures = Compared()
    for done in sorted(found, key=lambda one: one.place):
        figures.add(done.figures)
    return figures


def one_compared(partition: Partition, *, plan: Plan, new: Terms, out: Path, quota: dict[str, tuple[int, int]]) -> ComparedPartition:
    """The partition with its files in place; nothing is calculated when they are, and what went in is the same."""
    place, sample = quota[partition.name]
    asked = asked_of(partition, plan=plan, before=None) | {"new": new.digest, "sample": sample}
    kept = kept_of(partition, asked=asked, out=out)
    if kept is not None:
        return ComparedPartition(partition.name, place, compared_from(kept), was_done=True)
    paths = {kind: out / kind / f"{partition.name}.parquet" for kind in MADE}
    with writing.in_place_of(paths["differences"]) as differences, writing.in_place_of(paths["problems"]) as problems:
        figures = compare(partition, plan=plan, new=new, sample=sample, differences=differences, problems=problems)
        if not figures.adds_up:
            raise AssertionError(f"{partition.name}: the counts do not add up: {figures}")
    write_manifest(partition, asked=asked, made=MADE, counts=asdict(figures), out=out)
    return ComparedPartition(partition.name, place, figures, was_done=False)
