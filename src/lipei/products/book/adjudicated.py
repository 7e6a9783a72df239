"""What `lipei adjudicate` does once it knows the book, and how it says what became of every row."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from lipei.calculation.batch import HOW
from lipei.products.book.adjudicating import Counts, Plan
from lipei.products.book.column_map import read_map
from lipei.products.book.partitions import Partition
from lipei.products.book.progress import Progress
from lipei.products.book.running import Done, check_book, run
from lipei.products.book.terms_choice import terms_of
from lipei.terms.money import machine, plain
from lipei.terms.words import Language, Words

GOOD, WITH_PROBLEMS = 0, 3
COUNTED = Words(
    "读入 {read} 行 = 算出 {calculated} + 有问题 {problems}；应付合计 {owed}；分区 {partitions} 个（{before} 个以前已算好）；{seconds} 秒",
    "{read} rows read = {calculated} calculated + {problems} with problems; owed in all {owed}; {partitions} partitions ({before} done before); {seconds} s",
)
CURRENCIES = Words("合计里有不同币种（{currencies}），按责任看", "the sum is over several currencies ({currencies}); look at the coverages")
EXACT = Words("{exact} 行超出 64 位，逐件精确计算", "{exact} rows did not fit 64 bits or were looked at one by one")
STRAYS = Words("{strays} 行费用没有赔案，记在 problems/", "{strays} bill lines have no claim; they are in problems/")
UNUSED = Words("没有用到的列：{names}", "columns that nothing reads: {names}")



def adjudicated(wish: argparse.Namespace, partitions: Sequence[Partition]) -> int:
    """Calculates the book as wished and prints the counts; the exit code. Raises `BookTrouble`."""
    began = time.monotonic()
    plan = Plan(terms_of(terms=wish.terms, product=wish.product), read_map(wish.map) if wish.map else None, wish.carry)
    unused = check_book(partitions, plan=plan)
    progress, before = Progress(sys.stderr, partitions=len(partitions)), 0

    def say(done: Done) -> None:
        nonlocal before
        before += done.was_done
        progress.step(done.counts.read, done.partition)

    try:
        counts = run(partitions, plan=plan, out=wish.out, jobs=wish.jobs, say=say)
    finally:
        progress.close()
    found = {"partitions": len(partitions), "before": before, "unused_columns": unused, "currencies": plan.terms.currencies, "how": HOW, "seconds": round(time.monotonic() - began, 3)}
    print(json.dumps({**as_json(counts), **found}, ensure_ascii=False) if wish.json else said(counts, found, wish.lang))
    return WITH_PROBLEMS if counts.with_problems or counts.lines_without_claim else GOOD


def as_json(counts: Counts) -> dict[str, Any]:
    """The counts for machines; amounts as text."""
    return {
        "read": counts.read,
        "calculated": counts.calculated,
        "with_problems": counts.with_problems,
        "lines_without_claim": counts.lines_without_claim,
        "exact": counts.exact,
        "owed": machine(counts.owed),
        "by_coverage": {name: machine(fen) for name, fen in counts.by_coverage.items()},
    }


def said(counts: Counts, found: dict[str, Any], language: Language) -> str:
    """The counts for a person."""
    figures = {
        "read": f"{counts.read:,}",
        "calculated": f"{counts.calculated:,}",
        "problems": f"{counts.with_problems:,}",
        "owed": plain(counts.owed),
        "partitions": found["partitions"],
        "before": found["before"],
        "seconds": f"{found['seconds']:.1f}",
    }
    rows = [COUNTED.with_(**figures).in_(language)]
    rows += [f"  {name:<28}{plain(fen):>24}" for name, fen in counts.by_coverage.items()]
    if len(found["currencies"]) > 1:
        rows.append(CURRENCIES.with_(currencies=", ".join(found["currencies"])).in_(language))
    if counts.exact:
        rows.append(EXACT.with_(exact=f"{counts.exact:,}").in_(language))
    if counts.lines_without_claim:
        rows.append(STRAYS.with_(strays=f"{counts.lines_without_claim:,}").in_(language))
    if found["unused_columns"]:
        rows.append(UNUSED.with_(names=", ".join(found["unused_columns"][:40])).in_(language))
    return "\n".join(rows)
