"""`lipei bench book`: a generated book from Parquet to Parquet – calculated, then compared with the older editions – with time and memory."""

from __future__ import annotations

import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from lipei.bench import calculation_terms as measured
from lipei.calculation.batch import HOW
from lipei.calculation.batch.border import ORDINAL_OF_1970
from lipei.calculation.batch.results import money_column
from lipei.products.book import comparing_all, running
from lipei.products.book.adjudicating import Counts, Plan
from lipei.products.book.comparing import Compared
from lipei.products.book.partitions import Partition, partitions_of
from lipei.products.book.terms_choice import Terms

CLAIMS = 10_000_000
CLAIMS_A_PARTITION = 200_000
SECONDS_MAX = 60.0
"""For ten million claims, calculated and compared, on two processors."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is measured: claims, processes, editions; `folder` is kept when it is named."""

    claims: int = CLAIMS
    jobs: int = 2
    editions: int = measured.EDITIONS
    seed: int = 2026
    folder: Path | None = None


def run(wish: Wish, *, say: Callable[[str], None]) -> dict[str, Any]:
    """Generate, calculate, compare; JSON values. The book is thrown away unless its folder was named."""
    folder = wish.folder or Path(tempfile.mkdtemp(prefix="lipei-book-"))
    try:
        return _measured(wish, folder, say)
    finally:
        if wish.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def _measured(wish: Wish, folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    say("writing and checking the editions")
    new, old = (Terms(tuple(measured.mixed_editions(wish.editions, seed=seed)), False) for seed in (wish.seed, wish.seed + 1))
    say("writing the book")
    began = time.perf_counter()
    write_book(folder / "claims", claims=wish.claims, terms=new, seed=wish.seed)
    written = time.perf_counter() - began
    partitions = partitions_of(folder / "claims")
    warm(new, folder)
    say("calculating it")
    calculated, counts = _timed(lambda: adjudicated(partitions, terms=new, out=folder / "out", jobs=wish.jobs))
    say("calculating it under both editions, and comparing")
    compared, figures = _timed(lambda: differences(partitions, old=old, new=new, out=folder / "what-if", jobs=wish.jobs))
    owed_agree = figures.new == counts.owed
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)) * 1024
    return {
        "how": HOW,
        "claims": wish.claims,
        "partitions": len(partitions),
        "editions": wish.editions,
        "jobs": wish.jobs,
        "bytes": {name: size_of(folder / name) for name in ("claims", "out", "what-if")},
        "seconds": {"writing": round(written, 4), "calculating": round(calculated, 4), "comparing": round(compared, 4)},
        "rows_per_second": {"calculating": int(wish.claims / calculated), "comparing": int(wish.claims / compared)},
        "largest_process_bytes": peak,
        "kept": {
            "every row is counted": counts.adds_up and figures.adds_up and counts.read == figures.read == wish.claims,
            "both runs owe the same under the new editions": owed_agree,
            f"calculated and compared in {SECONDS_MAX:.0f} s for each ten million claims": calculated + compared <= SECONDS_MAX * max(wish.claims / CLAIMS, 0.2),
        },
    }


def adjudicated(partitions: tuple[Partition, ...], *, terms: Terms, out: Path, jobs: int) -> Counts:
    """The book calculated, as `lipei adjudicate` does it once the terms are read."""
    plan = Plan(terms)
    running.check_book(partitions, plan=plan)
    return running.run(partitions, plan=plan, out=out, jobs=jobs, say=lambda done: None)


def differences(partitions: tuple[Partition, ...], *, old: Terms, new: Terms, out: Path, jobs: int) -> Compared:
    """The book under both, as `lipei what-if` does it."""
    plan = Plan(old)
    running.check_book(partitions, plan=plan)
    return comparing_all.run(partitions, plan=plan, new=new, out=out, jobs=jobs, sample=comparing_all.SAMPLE, say=lambda done: None)


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = do()
    return time.perf_counter() - began, found


def warm(terms: Terms, folder: Path) -> None:
    """Machine code is made once for a machine, and is not counted."""
    small = folder / "warm"
    write_book(small / "claims", claims=1_000, terms=terms, seed=0)
    adjudicated(partitions_of(small / "claims"), terms=replace(terms), out=small / "out", jobs=1)
    shutil.rmtree(small)


def write_book(folder: Path, *, claims: int, terms: Terms, seed: int) -> None:
    """Partitions of generated claims, the same by seed: four claims a policy, two years, one bill each."""
    folder.mkdir(parents=True, exist_ok=True)
    many = -(-claims // CLAIMS_A_PARTITION)
    for number in range(many):
        rows = min(CLAIMS_A_PARTITION, claims - number * CLAIMS_A_PARTITION)
        table = partition_table(rows, number=number, terms=terms, seed=seed)
        parquet.write_table(table, folder / f"part-{number:05d}.parquet", store_decimal_as_integer=True)


def partition_table(rows: int, *, number: int, terms: Terms, seed: int) -> Any:
    """One partition: `claim`, `policy`, `order`, `edition`, `treated_on`, `bill`."""
    policies, claims = measured.book(rows, editions=len(terms.editions), seed=seed * 1_000_003 + number)
    first = number * CLAIMS_A_PARTITION
    days = pa.array((claims.order - ORDINAL_OF_1970).astype(np.int32)).cast(pa.date32())
    codes = pa.array([edition.code for edition in terms.editions])
    return pa.table(
        {
            "claim": pa.array(np.arange(first, first + rows)),
            "policy": pa.array(first // measured.CLAIMS_A_POLICY + claims.policy),
            "order": days,
            "edition": pa.DictionaryArray.from_arrays(pa.array(policies.edition[claims.policy].astype(np.int32)), codes),
            "treated_on": days,
            "bill": money_column(claims.bill),
        }
    )


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def shown(found: dict[str, Any]) -> str:
    """The figures for a person."""
    seconds, size = found["seconds"], found["bytes"]
    lines = [f"{found['claims']:,} claims in {found['partitions']} partitions, {found['editions']} editions, {found['jobs']} processes; {found['how']}"]
    lines += [
        f"  {name:<12}{seconds[name]:>8.1f} s{found['claims'] / max(seconds[name], 1e-4) / 1e6:>8.2f} M claims/s{size[folder] / 1e6:>9.0f} MB of files"
        for name, folder in (("writing", "claims"), ("calculating", "out"), ("comparing", "what-if"))
    ]
    lines.append(f"  largest process {found['largest_process_bytes'] / 1e6:,.0f} MB")
    return "\n".join([*lines, *(f"{'kept' if is_kept else 'NOT KEPT':<9}{promise}" for promise, is_kept in found["kept"].items())])
