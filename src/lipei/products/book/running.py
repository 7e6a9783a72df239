"""A whole book: partition after partition, in several processes, taken up again where it was left.

A partition is done when its manifest is there: it holds the digests of what went in (claims, bill lines, map, terms, engine) and of
what came out. All files are written under another name and renamed when whole, the manifest last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from lipei import __version__
from lipei.calculation import ENGINE_VERSION
from lipei.calculation.kernel_cache import digest as kernel_digest
from lipei.products.book import carrying, writing
from lipei.products.book.adjudicating import Counts, Plan, adjudicate
from lipei.products.book.column_map import unknown_sources
from lipei.products.book.keys import check_apart
from lipei.products.book.partitions import Partition, columns_in, digest_of
from lipei.products.book.reading import check_columns
from lipei.products.book.troubles import BookTrouble
from lipei.terms.words import Words

FORM = 1
"""The form of the files that are written; a change makes every partition be done again."""
KINDS = ("results", "problems", "balances")


@dataclass(frozen=True, slots=True)
class Done:
    """A partition that is whole: its counts, and whether it was so before this run."""

    partition: str
    counts: Counts
    was_done: bool


Say = Callable[[Done], None]
Found = TypeVar("Found")


def check_book(partitions: Sequence[Partition], *, plan: Plan) -> list[str]:
    """Raises `BookTrouble` with all that is wrong with columns and keys; returns the columns that nothing reads."""
    reasons: list[Words] = []
    unused: dict[str, None] = {}
    for partition in partitions:
        try:
            columns = columns_in(partition.path)
        except BookTrouble as trouble:
            reasons += trouble.reasons
            continue
        if plan.mapping is not None:
            lacking = unknown_sources(plan.mapping, columns=columns)
            reasons += [_no_source(partition, ours, theirs) for ours, theirs in lacking]
            if lacking:
                continue
        ours = columns_after_map(columns, plan=plan)
        try:
            reasons += check_columns(ours, terms=plan.terms, partition=partition.path.name)
            plan.terms.way(list(ours))
        except BookTrouble as trouble:
            reasons += trouble.reasons
        known = names_known(plan)
        unused.update(dict.fromkeys(name for name in ours if name not in known))
    if reasons:
        raise BookTrouble(dict.fromkeys(reasons))
    if any(edition.document.accumulators for edition in plan.terms.editions) and not plan.is_carried and len(partitions) > 1:
        check_apart(partitions, mapping=plan.mapping)
    return list(unused)


def _no_source(partition: Partition, ours: str, theirs: str) -> Words:
    file = partition.path.name
    return Words(f"{file}：对照表里 {ours} 来自列“{theirs}”，文件里没有", f"{file}: the map takes {ours} from the column “{theirs}”, which is not in the file")


def columns_after_map(columns: dict[str, Any], *, plan: Plan) -> dict[str, Any]:
    """The columns under our names, with their types."""
    if plan.mapping is None:
        return columns
    used = {theirs for column in plan.mapping.columns.values() for theirs in column.sources}
    made = {ours: columns[column.source] if column.source is not None else pa.string() for ours, column in plan.mapping.columns.items()}
    return {**{name: kind for name, kind in columns.items() if name not in used}, **made}


def names_known(plan: Plan) -> set[str]:
    """The names of columns that are read."""
    facts = {name for one in plan.terms.editions for name in (*one.document.policy, *one.document.facts)}
    return {*facts, "claim", "policy", "order", "member", "family", "edition", "edition_on", "product", "bill", "category"}


def run(partitions: Sequence[Partition], *, plan: Plan, out: Path, jobs: int = 1, say: Say) -> Counts:
    """Calculates the partitions that are not done; the counts of all. Raises `BookTrouble`."""
    check_strangers(partitions, out / "results")
    counts = Counts()
    if min(jobs, len(partitions)) <= 1:
        plan = replace(plan, threads=max(jobs, 1))
    for done in _all_adjudicated(partitions, plan=plan, out=out, jobs=jobs):
        counts.add(done.counts)
        say(done)
    return counts


def check_strangers(partitions: Sequence[Partition], folder: Path) -> None:
    """Raises `BookTrouble` when the folder holds results of partitions that are not in the book."""
    names = {partition.name for partition in partitions}
    found = sorted(path.name for path in folder.glob("*.parquet") if path.stem not in names) if folder.is_dir() else []
    if found:
        listed = ", ".join(found[:10])
        raise BookTrouble([Words(f"{folder} 里有不属于这批赔案的结果：{listed}；换一个 --out", f"{folder} holds results that are not of this book: {listed}; choose another --out")])


def _all_adjudicated(partitions: Sequence[Partition], *, plan: Plan, out: Path, jobs: int) -> Iterator[Done]:
    if not plan.is_carried:
        yield from each(partitions, do=partial(one_done, plan=plan, out=out), jobs=jobs)
        return
    before: Path | None = None
    for partition in partitions:
        yield one_done(partition, plan=plan, out=out, before=before)
        before = out / "balances" / f"{partition.name}.parquet"


def each(partitions: Sequence[Partition], *, do: Callable[[Partition], Found], jobs: int) -> Iterator[Found]:
    """What `do` makes of every partition, as they are ready; in so many processes, or in this one.

    The processes are copies of this one (fork): editions are read and compiled conditions kept once, not once a process.
    """
    if min(jobs, len(partitions)) <= 1:
        yield from map(do, partitions)
        return
    with ProcessPoolExecutor(min(jobs, len(partitions)), mp_context=get_context("fork"), initializer=_begin, initargs=(do,)) as pool:
        waiting = {pool.submit(_in_a_process, partition) for partition in partitions}
        try:
            while waiting:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in ready:
                    yield future.result()
        finally:
            for future in waiting:
                future.cancel()


_OF_PROCESS: list[Callable[[Partition], Any]] = []


def _begin(do: Callable[[Partition], Any]) -> None:
    _OF_PROCESS[:] = [do]


def _in_a_process(partition: Partition) -> Any:
    return _OF_PROCESS[0](partition)


def one_done(partition: Partition, *, plan: Plan, out: Path, before: Path | None = None) -> Done:
    """The partition with its files in place; nothing is calculated when they are, and what went in is the same."""
    asked = asked_of(partition, plan=plan, before=before)
    kept = kept_of(partition, asked=asked, out=out)
    if kept is not None:
        return Done(partition.name, Counts(**kept), was_done=True)
    carried = None
    if plan.is_carried:
        carried = carrying.read(before) if before is not None else carrying.nothing()
    paths = {kind: out / kind / f"{partition.name}.parquet" for kind in KINDS}
    with writing.in_place_of(paths["results"]) as results, writing.in_place_of(paths["problems"]) as problems:
        counts, carried = adjudicate(partition, plan=plan, results=results, problems=problems, carried=carried)
        if not counts.adds_up:
            raise AssertionError(f"{partition.name}: {counts.read} rows read, {counts.calculated} calculated, {counts.with_problems} with problems")
    if carried is not None:
        with writing.in_place_of(paths["balances"]) as balances:
            carrying.written(carried, balances)
    made = [kind for kind in KINDS if kind != "balances" or carried is not None]
    write_manifest(partition, asked=asked, made=made, counts=asdict(counts), out=out)
    return Done(partition.name, counts, was_done=False)


def asked_of(partition: Partition, *, plan: Plan, before: Path | None) -> dict[str, Any]:
    """The digests of everything that decides what comes out of a partition."""
    return {
        "form": FORM,
        "lipei": __version__,
        "engine": ENGINE_VERSION,
        "kernel": kernel_digest(),
        "terms": plan.terms.digest,
        "map": hashlib.sha256(plan.mapping.model_dump_json().encode()).hexdigest() if plan.mapping is not None else None,
        "carried": plan.is_carried,
        "before": digest_of(before) if before is not None else None,
        "claims": digest_of(partition.path),
        "items": digest_of(partition.items) if partition.items is not None else None,
    }


def _manifest_path(partition: Partition, out: Path) -> Path:
    return out / "manifests" / f"{partition.name}.json"


def kept_of(partition: Partition, *, asked: dict[str, Any], out: Path) -> dict[str, Any] | None:
    """The counts of a partition that is whole and of the same inputs; otherwise None, and it is no longer called whole."""
    manifest = _manifest_path(partition, out)
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))
        if found["asked"] == asked and all(_is_as_made(out / kind / f"{partition.name}.parquet", made) for kind, made in found["made"].items()):
            return dict(found["counts"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    manifest.unlink(missing_ok=True)
    return None


def _is_as_made(path: Path, made: str) -> bool:
    return path.is_file() and digest_of(path) == made


def write_manifest(partition: Partition, *, asked: dict[str, Any], made: Sequence[str], counts: dict[str, Any], out: Path) -> None:
    """Says that a partition is whole: from what, and what came out, to the byte."""
    digests = {kind: digest_of(out / kind / f"{partition.name}.parquet") for kind in made}
    text = json.dumps({"asked": asked, "made": digests, "counts": counts}, ensure_ascii=False, indent=1)
    with writing.in_place_of(_manifest_path(partition, out)) as part:
        part.write_text(text, encoding="utf-8")
