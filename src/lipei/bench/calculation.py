"""`lipei bench calculation`: how many claims a second `batch` and `explain` calculate, beside a bare copy of one column."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np

from lipei.bench import calculation_terms as measured
from lipei.calculation import LineItem, explain
from lipei.calculation.batch import HOW, Claims, Policies, Workspace, batch
from lipei.calculation.batch.ordering import in_order
from lipei.terms.edition import Edition

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
TIMES = 5
EXPLAINED = 2_000
GROWTH_MAX, MEMORY_MAX = 1.5, 3.0
SLOWER_THAN_COPY = {"500 editions, two accumulators": 31.0, "one simple edition": 6.0}
GOAL = 15.0
Kernel = Literal["ready", "fastest"]
KERNELS: tuple[tuple[Kernel, int], ...] = (("ready", 1), ("fastest", 1), ("fastest", 2))
"""The general kernel of opcodes, and the one written for the shapes of the editions, with how many threads."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is measured: sizes in rows, how often each, by which seed."""

    sizes: tuple[int, ...] = SIZES
    times: int = TIMES
    seed: int = 2026
    is_memory_measured: bool = True


def median_seconds(do: Callable[[], object], *, times: int) -> float:
    """The middle of several wall-clock times, after one that is not counted."""
    do()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def run(wish: Wish, *, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure everything; JSON values: `how`, `sizes`, `explain`, `sorting`, `memory`, `kept`."""
    say("writing and checking the editions")
    kinds = {
        "one simple edition": [measured.simple_edition()],
        "500 editions, two accumulators": measured.mixed_editions(seed=wish.seed),
    }
    sizes = []
    for rows in wish.sizes:
        say(f"{rows:,} rows")
        sizes.append(_size(rows, kinds, wish=wish))
    say("claims one by one")
    found: dict[str, Any] = {"how": HOW, "times": wish.times, "sizes": sizes, "explain": explained(wish)}
    say("sorting")
    found["sorting"] = _sorting(wish.sizes[-1], wish=wish)
    if wish.is_memory_measured:
        say("memory, in a process of its own")
        found["memory"] = memory_apart(wish.sizes[-1], seed=wish.seed)
    return {**found, "kept": kept(found)}


def _size(rows: int, kinds: dict[str, list[Edition]], *, wish: Wish) -> dict[str, Any]:
    column = np.arange(rows, dtype=np.int64)
    target = np.empty_like(column)
    copy = median_seconds(lambda: np.copyto(target, column), times=max(wish.times, 5))
    found: dict[str, Any] = {"rows": rows, "copy_seconds": copy, "copy_million_a_second": rows / copy / 1e6, "batch": []}
    for name, editions in kinds.items():
        policies, claims = measured.book(rows, editions=len(editions), seed=wish.seed)
        for kernel, threads in KERNELS:
            found["batch"].append(_batch(name, editions, policies, claims, kernel, threads, copy, wish))
    return found


def _batch(
    name: str, editions: list[Edition], policies: Policies, claims: Claims, kernel: Kernel, threads: int, copy: float, wish: Wish
) -> dict[str, Any]:
    workspace, left = Workspace(), []

    def once() -> None:
        result = batch(editions, policies=policies, claims=claims, threads=threads, workspace=workspace, speed=kernel)
        left.append(len(result.exact) + len(result.problems))

    seconds = median_seconds(once, times=wish.times)
    return {
        "what": name,
        "kernel": kernel,
        "threads": threads,
        "seconds": seconds,
        "million_rows_a_second": len(claims) / seconds / 1e6,
        "nanoseconds_a_row": seconds / len(claims) * 1e9,
        "times_the_copy": seconds / copy,
        "rows_explained_one_by_one": left[-1],
    }


def explained(wish: Wish, *, claims: int = EXPLAINED) -> dict[str, Any]:
    """`explain` of a ten-step coverage, one claim after the other."""
    edition = measured.ten_step_edition()
    _, table = measured.book(claims, editions=1, seed=wish.seed)
    assert table.bill is not None
    bills = [
        ({"treated_on": date.fromordinal(int(on))}, [LineItem("bill", int(bill))])
        for on, bill in zip(table.columns["treated_on"], table.bill, strict=True)
    ]

    def once() -> None:
        for facts, items in bills:
            explain(edition, facts=facts, items=items, alternatives=False)

    seconds = median_seconds(once, times=min(wish.times, 3))
    return {"steps": len(measured.TEN_STEPS), "claims_a_second": claims / seconds}


def _sorting(rows: int, *, wish: Wish) -> dict[str, Any]:
    _, claims = measured.book(rows, editions=1, seed=wish.seed)
    mixed = measured.shuffled(claims, seed=wish.seed)
    began = time.perf_counter()
    in_order(mixed, None)
    return {"rows": rows, "seconds": time.perf_counter() - began}


def memory_apart(rows: int, *, seed: int) -> dict[str, Any]:
    """The peak of a process that only makes the book and calculates it, less what it held before; as a multiple of the columns."""
    text = f"from lipei.bench.calculation import memory; memory({rows}, seed={seed})"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, env=environment)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def peak_bytes() -> int:
    """The most memory this process has held; what it had from the one that started it does not count."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def memory(rows: int, *, seed: int) -> None:
    """Prints the figures of `memory_apart`; what loading the kernel takes is not counted."""
    editions = measured.mixed_editions(seed=seed)
    few, fewer = measured.book(1000, editions=len(editions), seed=seed)
    batch(editions, policies=few, claims=fewer)
    before = peak_bytes()
    policies, claims = measured.book(rows, editions=len(editions), seed=seed)
    columns = measured.input_bytes(policies, claims)
    batch(editions, policies=policies, claims=claims)
    peak = peak_bytes() - before
    print(json.dumps({"rows": rows, "columns_bytes": columns, "peak_bytes": peak, "times_the_columns": peak / columns}))


def kept(found: dict[str, Any]) -> dict[str, bool]:
    """Which of the promises the figures keep; those of growth only when 10⁶ and 10⁷ rows were measured."""
    last = {one["what"]: one for one in found["sizes"][-1]["batch"] if one["threads"] == 1 and one["kernel"] == "fastest"}
    promises = {
        f"{name}: at most {most:.0f} times np.copyto": last[name]["times_the_copy"] <= most
        for name, most in SLOWER_THAN_COPY.items()
    }
    mixed = "500 editions, two accumulators"
    promises[f"{mixed}: goal, at most {GOAL:.0f} times"] = last[mixed]["times_the_copy"] <= GOAL
    million = [one for one in found["sizes"] if one["rows"] == 1_000_000]
    if million and found["sizes"][-1]["rows"] == 10_000_000:
        before = {one["what"]: one for one in million[0]["batch"] if one["threads"] == 1 and one["kernel"] == "fastest"}
        promises[f"time a row at 10⁷ at most {GROWTH_MAX} times that at 10⁶"] = all(
            last[name]["nanoseconds_a_row"] <= GROWTH_MAX * before[name]["nanoseconds_a_row"] for name in last
        )
    if "memory" in found:
        promises[f"memory at most {MEMORY_MAX:.0f} times the columns"] = found["memory"]["times_the_columns"] <= MEMORY_MAX
    return promises


def shown(found: dict[str, Any]) -> str:
    """The figures as a table for a person."""
    lines = ["", f"batch {found['how']}; median of {found['times']}", ""]
    lines.append(f"{'':<34}{'kernel':>9}{'threads':>8}{'rows':>12}{'M rows/s':>10}{'ns/row':>9}{'× copy':>8}")
    for size in found["sizes"]:
        lines.append(f"{'np.copyto of one column':<34}{'':>9}{'':>8}{size['rows']:>12,}{size['copy_million_a_second']:>10.1f}")
        for one in size["batch"]:
            lines.append(
                f"{one['what']:<34}{one['kernel']:>9}{one['threads']:>8}{size['rows']:>12,}{one['million_rows_a_second']:>10.1f}"
                f"{one['nanoseconds_a_row']:>9.1f}{one['times_the_copy']:>8.1f}"
            )
    explained_, sorting = found["explain"], found["sorting"]
    lines += ["", f"explain, {explained_['steps']} steps: {explained_['claims_a_second']:,.0f} claims/s"]
    lines.append(f"sorting {sorting['rows']:,} rows by policy and day first, when they are in no order: {sorting['seconds']:.2f} s")
    if "memory" in found:
        lines.append(f"peak memory at {found['memory']['rows']:,} rows: {found['memory']['times_the_columns']:.2f} times the columns")
    return "\n".join([*lines, "", *_promises(found["kept"])])


def _promises(promises: dict[str, bool]) -> Sequence[str]:
    return [f"{'kept' if is_kept else 'NOT KEPT':<9}{promise}" for promise, is_kept in promises.items()]
