"""`lipei products`: check, test, show product editions, list the kinds of step and publish the schema, like a good compiler."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import TextIO

from lipei import products
from lipei.products.checking import Checked, beside
from lipei.products.describing import describe_steps
from lipei.products.files import CannotRead, checked_of
from lipei.products.printing import Printer, as_json
from lipei.products.showing import show
from lipei.terms.document import json_schema
from lipei.terms.edition import Edition
from lipei.terms.faults import path_text
from lipei.terms.money import shown
from lipei.terms.words import Language, Words

GOOD, WRONG = 0, 1
EPILOG = """\
check and test print what they found on stdout, in the order of the files; what cannot be read goes to stderr.
exit code: 0 when all is right, 1 when an edition has an error, a worked case fails or a file cannot be read
(with --strict also for a warning), 2 when the command itself is mistyped."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of check, test, show, schema. Exit code 1 when an edition has an error, a case fails or a file cannot be read."""
    wish = _parser().parse_args(arguments)
    if wish.verb == "steps":
        return GOOD if describe_steps(wish.steps, language=wish.lang) else WRONG
    if wish.verb == "schema":
        print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return GOOD
    named, all_read = _named(wish.editions, wish.lang)
    verbs: dict[str, Callable[[Sequence[Checked], argparse.Namespace], bool]] = {
        "check": _check,
        "test": _test,
        "show": _show,
    }
    return GOOD if verbs[wish.verb](named, wish) and all_read else WRONG


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="lipei products", description="Check, test and show policy terms.", epilog=EPILOG, formatter_class=raw
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    helps = {
        "check": "say everything that is wrong with editions, with place and cure; runs their worked cases too",
        "test": "run the worked cases and print each",
        "show": "print editions as a person reads them",
    }
    for verb, text in helps.items():
        one = verbs.add_parser(verb, help=text, description=text, epilog=EPILOG, formatter_class=raw)
        one.add_argument(
            "editions",
            nargs="*",
            metavar="FILE|FOLDER|CODE[@EDITION|@DATE]",
            help="terms documents (YAML or JSON), folders of them, or products of this installation; all of these when left out",
        )
        one.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the words (default: zh)")
        if verb != "show":
            one.add_argument("--json", action="store_true", help="print for machines, both languages")
        if verb == "check":
            one.add_argument("--strict", action="store_true", help="count a warning as an error")
    steps = verbs.add_parser("steps", help="list all kinds of step, or the fields of those that are named")
    steps.add_argument("steps", nargs="*", metavar="STEP", help="such as bands or per_diem")
    steps.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the words (default: zh)")
    verbs.add_parser("schema", help="print the JSON Schema of the terms document")
    return parser


def _named(names: Sequence[str], language: Language) -> tuple[Sequence[Checked], bool]:
    """All that is named, and whether all of it could be read; what could not is said at once."""
    if not names:
        return products.all_checked(), True
    read: list[Checked] = []
    all_read = True
    for name in names:
        try:
            read += checked_of(name)
        except CannotRead as trouble:
            print(trouble.words.in_(language), file=sys.stderr)
            all_read = False
    return beside(read), all_read


def _check(named: Sequence[Checked], wish: argparse.Namespace) -> bool:
    grave = ("error", "warning") if wish.strict else ("error",)
    good = all(fault.severity not in grave for one in named for fault in one.faults)
    if wish.json:
        print(json.dumps(as_json(named), ensure_ascii=False, indent=2))
        return good
    _print_faults(named, wish.lang, to=sys.stdout)
    printer = Printer.for_(sys.stdout, language=wish.lang)
    for one in named:
        if one.edition is not None:
            print(printer.contents(one))
    if named:
        print(printer.counts(named))
    return good


def _print_faults(named: Sequence[Checked], language: Language, *, to: TextIO) -> None:
    """To stdout where they are what was asked for; to stderr where they are why something else cannot be had."""
    text = Printer.for_(to, language=language).faults(named)
    if text:
        print(text + "\n", file=to)


def _test(named: Sequence[Checked], wish: argparse.Namespace) -> bool:
    good = all(one.edition is not None and all(result.passes for result in one.cases) for one in named)
    if wish.json:
        print(json.dumps(as_json(named), ensure_ascii=False, indent=2))
        return good
    _print_faults([one for one in named if one.edition is None], wish.lang, to=sys.stdout)
    for one in named:
        for result in one.cases:
            mark, currency = "✓" if result.passes else "✗", one.edition.document.currency if one.edition else "CNY"
            code = one.edition.code if one.edition else one.source
            print(f"{mark} {code} {result.case.name.in_(wish.lang)} {shown(result.case.owed, currency)}")
            for difference in result.differences:
                print(f"    {path_text(difference.at)}: {difference.said.in_(wish.lang)}")
    results = [result for one in named for result in one.cases]
    agree = sum(result.passes for result in results)
    print(Words(f"{len(results)} 个算例，{agree} 个相符", f"{len(results)} worked cases, {agree} agree").in_(wish.lang))
    return good


def _show(named: Sequence[Checked], wish: argparse.Namespace) -> bool:
    _print_faults([one for one in named if one.edition is None], wish.lang, to=sys.stderr)
    for one in named:
        if one.edition is not None:
            print(show(one.edition, language=wish.lang) + "\n")
    return all(one.edition is not None for one in named)


def found(name: str, *, language: Language) -> Edition | None:
    """The edition of a file or of `CODE`, `CODE@EDITION`, `CODE@DATE`, the newest of several; None after printing why not."""
    named, _ = _named([name], language)
    _print_faults([one for one in named if one.edition is None], language, to=sys.stderr)
    usable = [one.edition for one in named if one.edition is not None]
    return max(usable, key=lambda edition: edition.document.in_force.first, default=None)
