"""`lipei what-if`: a whole book under new terms beside the old – who gets more, who gets less, by coverage and by clause."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from lipei.products.adjudicate_cli import WRONG, add_book, print_trouble
from lipei.products.book.kernel_choice import choose_kernel
from lipei.products.book.partitions import partitions_of
from lipei.products.book.troubles import BookTrouble

SAMPLE_MAX = 100_000
DESCRIPTION = """Calculate every claim of a book under new terms and under the old, and compare. Nothing else is changed: it is a question.
DIR gets differences/ and problems/ (Parquet), manifests/, summary.json and report.html, one file to read or print."""
EPILOG = """\
exit code: 0 when every row was calculated under both, 3 when some rows are in problems/, 1 when the book, its map or the
terms cannot be used, 2 when the command itself is mistyped. The figures are described in docs/guide/whole-books.md."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the book under two editions and write the report. Exit codes as in `EPILOG`."""
    wish = _parser().parse_args(arguments)
    try:
        partitions = partitions_of(wish.book)
        choose_kernel(partitions)
        from lipei.products.book.compared import compared  # only now: it loads the kernel

        return compared(wish, partitions)
    except BookTrouble as trouble:
        print_trouble(trouble, wish.lang)
        return WRONG


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="lipei what-if", description=DESCRIPTION, epilog=EPILOG, formatter_class=raw)
    add_book(parser)
    parser.add_argument("--terms", required=True, metavar="NEW", help="the new terms: a document, or a folder of editions, one a product")
    old = parser.add_mutually_exclusive_group()
    old.add_argument("--against", metavar="OLD", help="the old terms: a document for all claims, or a folder of editions")
    old.add_argument("--product", metavar="CODE[@DATE]", help="the old terms: a product of this installation (default: all of them)")
    parser.add_argument("--sample", type=_sample, default=None, metavar="N", help="claims that are explained for the table by clause (default: 200; 0 for none)")
    return parser


def _sample(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > SAMPLE_MAX:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to {SAMPLE_MAX}")
    return int(text)
