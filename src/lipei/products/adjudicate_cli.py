"""`lipei adjudicate`: calculates a whole book of claims from files to files, partition by partition."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lipei.products.book.kernel_choice import choose_kernel
from lipei.products.book.partitions import partitions_of
from lipei.products.book.troubles import BookTrouble
from lipei.terms.words import Language

WRONG = 1
JOBS_MAX = 64
DESCRIPTION = """Calculate every claim of a book. A book is a folder of partitions (.parquet, .csv, .arrow; or one such file), each
with the columns claim, policy, order, facts and policy values, perhaps member, family, edition, bill, category; bill lines lie in items/ under the
name of their partition. DIR gets results/, problems/ and manifests/; run again, it goes on where it stopped."""
EPILOG = """\
exit code: 0 when every row was calculated, 3 when some rows are in problems/, 1 when the book, its map or the terms cannot be
used (everything that is wrong is said at once, nothing is calculated), 2 when the command itself is mistyped.
The formats and the map are described in docs/guide/whole-books.md."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Calculate the book and print what became of its rows. Exit codes as in `EPILOG`."""
    wish = _parser().parse_args(arguments)
    try:
        partitions = partitions_of(wish.book)
        choose_kernel(partitions)
        from lipei.products.book.adjudicated import adjudicated  # only now: it loads the kernel

        return adjudicated(wish, partitions)
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
    parser.add_argument("--carry", action="store_true", help="hand balances on from partition to partition, in order of their names")
    return parser


def add_book(parser: argparse.ArgumentParser) -> None:
    """The arguments that every command over a book has."""
    parser.add_argument("--book", type=Path, required=True, metavar="DIR", help="folder of partitions, or one file")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for what comes out")
    parser.add_argument("--map", type=Path, metavar="FILE", help="how the columns of a foreign file become ours (YAML)")
    parser.add_argument("--jobs", type=jobs_of, default=1, metavar="N", help="processes (threads, for a book of one partition); default 1")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the words (default: zh)")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def jobs_of(text: str) -> int:
    """A number of processes. Raises `ArgumentTypeError`."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= JOBS_MAX:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to {JOBS_MAX}")
    return int(text)
