"""`lipei adjudicate`: calculates a whole book of claims from files to files, partition by partition."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lipei.products.book.adjudicating import Counts, Plan
from lipei.products.book.column_map import read_map
from lipei.products.book.partitions import partitions_of
from lipei.products.book.progress import Progress
from lipei.products.book.running import JOBS_MAX, Done, check_book, run
from lipei.products.book.terms_choice import terms_of
from lipei.products.book.troubles import BookTrouble
from lipei.terms.money import machine, plain
from lipei.terms.words import Language, Words

GOOD, WRONG, WITH_PROBLEMS = 0, 1, 3
DESCRIPTION = """Calculate every claim of a book. A book is a folder of partitions (.parquet, .csv, .arrow; or one such file), each
with the columns claim, policy, order, facts and policy values, perhaps member, family, edition, bill, category; bill lines lie in items/ under the
name of their partition. DIR gets results/, problems/ and manifests/; run again, it goes on where it stopped."""
EPILOG = """\
exit code: 0 when every row was calculated, 3 when some rows are in problems/, 1 when the book, its map or the terms cannot be
used (everything that is wrong is said at once, nothing is calculated), 2 when the command itself is mistyped.
The formats and the map are described in docs/guide/whole-books.md."""
COUNTED = Words(
    "读入 {read} 行 = 算出 {calculated} + 有问题 {problems}；应付合计 {owed}；分区 {partitions} 个（{before} 个以前已算好）；{seconds} 秒",
    "{read} rows read = {calculated} calculated + {problems} with problems; owed in all {owed}; {partitions} partitions ({before} done before); {seconds} s",
)
EXACT = Words("{exact} 行超出 64 位，逐件精确计算", "{exact} rows did not fit 64 bits or were looked at one by one")
STRAYS = Words("{strays} 行费用没有赔案，记在 problems/", "{strays} bill lines have no claim; they are in problems/")
UNUSED = Words("没有用到的列：{names}", "columns that nothing reads: {names}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Calculate the book and print what became of its rows. Exit codes as in `EPILOG`."""
    wish = _parser().parse_args(arguments)
    try:
        return _adjudicated(wish)
    except BookTrouble as trouble:
        print_trouble(trouble, wish.lang)
        return WRONG


def print_trouble(trouble: BookTrouble, language: Language) -> None:
    """Every reason on a line of its own."""
    for reason in trouble.reasons:
        print(reason.in_(language), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="lipei adjudicate", description=DESCRIPTION, epilog=EPILOG, formatter_class=raw)
    add_book(parser)
    terms = parser.add_mutually_exclusive_group()
    terms.add_argument("--terms", metavar="FILE|FOLDER", help="a terms document for all claims, or a folder of editions")
    terms.add_argument("--product", metavar="CODE[@DATE]", help="a product of this installation (default: all of them)")
    return parser


def add_book(parser: argparse.ArgumentParser) -> None:
    """The arguments that every command over a book has."""
    parser.add_argument("--book", type=Path, required=True, metavar="DIR", help="folder of partitions, or one file")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for what comes out")
    parser.add_argument("--map", type=Path, metavar="FILE", help="how the columns of a foreign file become ours (YAML)")
    parser.add_argument("--jobs", type=jobs_of, default=1, metavar="N", help="processes (threads, for a book of one partition); default 1")
    parser.add_argument("--carry", action="store_true", help="hand balances on from partition to partition, in order of their names")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the words (default: zh)")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def jobs_of(text: str) -> int:
    """A number of processes. Raises `ArgumentTypeError`."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= JOBS_MAX:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to {JOBS_MAX}")
    return int(text)


def _adjudicated(wish: argparse.Namespace) -> int:
    began = time.monotonic()
    plan = Plan(terms_of(terms=wish.terms, product=wish.product), read_map(wish.map) if wish.map else None, wish.carry)
    partitions = partitions_of(wish.book)
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
    found = {"partitions": len(partitions), "before": before, "unused_columns": unused, "seconds": round(time.monotonic() - began, 3)}
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
    if counts.exact:
        rows.append(EXACT.with_(exact=f"{counts.exact:,}").in_(language))
    if counts.lines_without_claim:
        rows.append(STRAYS.with_(strays=f"{counts.lines_without_claim:,}").in_(language))
    if found["unused_columns"]:
        rows.append(UNUSED.with_(names=", ".join(found["unused_columns"][:40])).in_(language))
    return "\n".join(rows)
