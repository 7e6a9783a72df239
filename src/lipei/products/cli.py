"""`lipei products`: check, test, show and publish product editions, printing like a good compiler."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from lipei import products
from lipei.calculation.worked_cases import run_cases
from lipei.terms.document import json_schema
from lipei.terms.edition import Edition, clause_label, edition_of
from lipei.terms.faults import TermsFaults
from lipei.terms.money import shown
from lipei.terms.words import Language

FILE_BYTES_MAX = 2_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of check, test, show, schema. Exit code 1 when an edition has a fault or a worked case fails."""
    wish = _parser().parse_args(arguments)
    if wish.verb == "schema":
        print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return 0
    verbs = {"check": _check, "test": _test, "show": _show}
    good = True
    for name in wish.editions or [edition.code for edition in _all(wish.lang)]:
        edition = found(name, language=wish.lang)
        good = edition is not None and verbs[wish.verb](edition, wish.lang) and good
    return 0 if good else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lipei products", description="Check, test and show policy terms.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    helps = {
        "check": "read an edition and say everything that is wrong with it, with line and cure",
        "test": "run the worked cases of an edition",
        "show": "print clauses, coverages and steps",
    }
    for verb, text in helps.items():
        one = verbs.add_parser(verb, help=text, description=text)
        one.add_argument("editions", nargs="*", metavar="FILE|CODE[@EDITION|@DATE]", help="all products when left out")
        one.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the words (default: zh)")
    verbs.add_parser("schema", help="print the JSON Schema of the terms document")
    return parser


def _all(language: Language) -> tuple[Edition, ...]:
    try:
        return products.editions()
    except TermsFaults as faults:
        _print_faults(faults, language)
        return ()


def found(name: str, *, language: Language) -> Edition | None:
    """The edition of a file or of `CODE`, `CODE@EDITION`, `CODE@DATE`; None after printing why there is none."""
    path = Path(name)
    try:
        if path.suffix in (".yaml", ".yml", ".json"):
            if path.stat().st_size > FILE_BYTES_MAX:
                raise OSError(f"{path} is larger than {FILE_BYTES_MAX} bytes")
            return edition_of(path.read_text(encoding="utf-8"), source=name)
        code, _, which = name.partition("@")
        if len(which) == len("2026-01-01"):
            return products.load(code, on=date.fromisoformat(which))
        return products.named(code, edition=which) if which else _newest(code)
    except TermsFaults as faults:
        _print_faults(faults, language)
    except (products.NoEdition, OSError, ValueError) as error:
        print(f"{name}: {error}", file=sys.stderr)
    return None


def _newest(code: str) -> Edition:
    all_of_it = products.editions(code)
    if not all_of_it:
        raise products.NoEdition(f"no product {code!r}; there are: {', '.join(products.codes())}")
    return all_of_it[-1]


def _print_faults(faults: TermsFaults, language: Language) -> None:
    for fault in faults.faults:
        print(fault.printed(faults.source, language), file=sys.stderr)


def _check(edition: Edition, language: Language) -> bool:
    for fault in edition.warnings:
        print(fault.printed(edition.source, language))
    kept = len(edition.document.clauses), len(edition.document.coverages), len(edition.document.cases)
    counts = {"zh": "{0} 条条文，{1} 项责任，{2} 个算例", "en": "{0} clauses, {1} coverages, {2} worked cases"}[
        language
    ]
    print(f"{edition.code}: {counts.format(*kept)} · {edition.fingerprint[:12]}")
    return True


def _test(edition: Edition, language: Language) -> bool:
    results = run_cases(edition)
    for result in results:
        mark = "✓" if result.passes else "✗"
        owed = shown(result.case.owed, edition.document.currency)
        print(f"{mark} {edition.code} {result.case.name.in_(language)} {owed}")
        for difference in result.differences:
            print(f"    {difference}")
    return all(result.passes for result in results)


def _show(edition: Edition, language: Language) -> bool:
    print(f"{edition.title.in_(language)} · {edition.code}")
    for clause in edition.document.clauses:
        print(f"  {clause_label(clause.id).in_(language)}  {edition.clause(clause.id).in_(language)}")
    for coverage in edition.document.coverages:
        print(f"{coverage.label.in_(language)} ({clause_label(coverage.clause).in_(language)})")
        for number, step in enumerate(coverage.steps, start=1):
            print(f"  {number}. {step.label.in_(language)} [{step.step}] {clause_label(step.clause).in_(language)}")
    return True
