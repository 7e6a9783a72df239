"""`lipei bench`: measures how fast the desk and the calculation are on this machine."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lipei.bench import book as whole_book
from lipei.bench import calculation as calculating
from lipei.bench.desk import Wish, run

DESCRIPTION = """Generate claims in every stage into a database of its own that is thrown away afterwards, open every page
over them, and print for each page: the middle and the 95th-percentile time, SQL statements, requests a second over HTTP,
and the time as a multiple of the same rows read or written by bare SQL in the same run. Your own data are never touched."""
CALCULATION = """Calculate generated claims as columns (batch) and one by one (explain): one simple edition, and 500 editions mixed
with two accumulators each. Prints millions of rows a second, the time as a multiple of np.copyto of one column of as many
rows in the same run, how it grows with the size, on one thread and on two, the peak of memory, and sorting apart."""
BOOK = """Write a book of generated claims as Parquet partitions, calculate it from files to files, then calculate it under older editions too
and compare; 500 editions mixed, two accumulators each. Prints seconds, claims a second, size of files, and the memory of the largest process."""
SIZES = (10_000, 100_000)


def parser() -> argparse.ArgumentParser:
    """The command line of `lipei bench`."""
    made = argparse.ArgumentParser(prog="lipei bench", description="Measure how fast Lipei is on this machine.")
    what = made.add_subparsers(dest="what", metavar="WHAT")
    desk = what.add_parser("desk", help="the pages of the workbench over generated claims", description=DESCRIPTION)
    desk.add_argument("--claims", type=_size, nargs="+", default=list(SIZES), metavar="N", help="sizes, one after the other (default: 10000 100000)")
    desk.add_argument("--samples", type=_size, default=100, metavar="N", help="requests of each page (default: 100)")
    desk.add_argument("--seconds", type=float, default=3.0, metavar="S", help="seconds of HTTP for each page, 0 for none (default: 3)")
    desk.add_argument("--seed", type=int, default=2026, metavar="N", help="the same seed gives the same book (default: 2026)")
    desk.add_argument("--no-verify", action="store_true", help="do not ask `lipei verify` about the generated book")
    desk.add_argument("--json", action="store_true", help="print one JSON object for machines")
    calculation = what.add_parser("calculation", help="claims a second, as columns and one by one", description=CALCULATION)
    calculation.add_argument("--rows", type=_rows, nargs="+", default=list(calculating.SIZES), metavar="N", help="sizes (default: 10000 to 10000000)")
    calculation.add_argument("--times", type=int, choices=range(1, 100), default=calculating.TIMES, metavar="N", help="how often each is measured (default: 5)")
    calculation.add_argument("--seed", type=int, default=2026, metavar="N", help="the same seed gives the same book (default: 2026)")
    calculation.add_argument("--no-memory", action="store_true", help="do not measure memory in a process of its own")
    calculation.add_argument("--json", action="store_true", help="print one JSON object for machines")
    book = what.add_parser("book", help="a whole book, from Parquet to Parquet, and compared", description=BOOK)
    book.add_argument("--claims", type=_rows, default=whole_book.CLAIMS, metavar="N", help="claims (default: %(default)s)")
    book.add_argument("--jobs", type=int, choices=range(1, 65), default=2, metavar="N", help="processes (default: 2)")
    book.add_argument("--seed", type=int, default=2026, metavar="N", help="the same seed gives the same book (default: 2026)")
    book.add_argument("--keep", type=Path, default=None, metavar="DIR", help="keep book and results in this folder")
    book.add_argument("--json", action="store_true", help="print one JSON object for machines")
    return made


def _size(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 800_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 800000")
    return int(text)


def _rows(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1_000 <= int(text) <= 50_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1000 to 50000000")
    return int(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; exit code 0, or 1 when verify found something in the generated book."""
    given = list(sys.argv[1:] if argv is None else argv)
    wish = parser().parse_args(given or ["desk"])
    if wish.what is None:
        parser().print_help()
        return 0
    if wish.what == "calculation":
        return _calculation(wish)
    if wish.what == "book":
        return _book(wish)
    sizes = tuple(sorted(set(wish.claims)))
    found = run(
        Wish(sizes, seed=wish.seed, samples=wish.samples, is_verified=not wish.no_verify, seconds=wish.seconds),
        say=lambda line: print(line, file=sys.stderr, flush=True),
    )
    found["machine"] = _machine()
    print(json.dumps(found, ensure_ascii=False, indent=1) if wish.json else shown(found))
    return 1 if any(one["findings"] for one in found["loaded"]) else 0


def _machine() -> dict[str, Any]:
    return {"processors": os.cpu_count(), "load": list(os.getloadavg()), "python": platform.python_version()}


def _calculation(wish: argparse.Namespace) -> int:
    asked = calculating.Wish(tuple(sorted(set(wish.rows))), times=wish.times, seed=wish.seed, is_memory_measured=not wish.no_memory)
    found = calculating.run(asked, say=lambda line: print(line, file=sys.stderr, flush=True))
    found["machine"] = _machine()
    print(json.dumps(found, ensure_ascii=False, indent=1) if wish.json else calculating.shown(found))
    return 0


def _book(wish: argparse.Namespace) -> int:
    asked = whole_book.Wish(wish.claims, jobs=wish.jobs, seed=wish.seed, folder=wish.keep)
    found = whole_book.run(asked, say=lambda line: print(line, file=sys.stderr, flush=True))
    found["machine"] = _machine()
    print(json.dumps(found, ensure_ascii=False, indent=1) if wish.json else whole_book.shown(found))
    return 0 if found["kept"]["every row is counted"] else 1


def shown(found: dict[str, Any]) -> str:
    """The figures as tables for a person."""
    lines = [""]
    for one in found["loaded"]:
        verified = {None: "not asked", 0: "nothing found"}.get(one["findings"], f"{one['findings']} FINDINGS")
        lines.append(
            f"{one['claims']:>8,} claims  {one['entries']:,} entries, {one['history_rows']:,} history rows; added in {one['seconds']:.0f} s;"
            f" verify: {verified}; counting one board: {one['board_refresh_ms']:.0f} ms"
        )
    lines += ["", f"{'page':<16}{'claims':>9}{'p50 ms':>9}{'p95 ms':>9}{'SQL':>5}{'bare ms':>9}{'ratio':>7}{'per s':>8}"]
    for p in found["pages"]:
        per = f"{p['per_second']:.1f}" if p["per_second"] is not None else "-"
        lines.append(
            f"{p['page']:<16}{p['claims']:>9,}{p['p50_ms']:>9.1f}{p['p95_ms']:>9.1f}{p['statements']:>5}{p['bare_p50_ms']:>9.2f}{p['ratio']:>7.1f}{per:>8}"
        )
    if found["growth"]:
        lines += ["", "p95 at the largest size as a multiple of the smallest:"]
        lines += [f"  {page:<16}{times:.2f}" for page, times in found["growth"].items()]
    lines += ["", *(f"{'kept' if is_kept else 'NOT KEPT':<9}{promise}" for promise, is_kept in found["kept"].items())]
    return "\n".join(lines)
