"""`lipei explain`: calculates the claims of a file by any terms document and prints every step with its clause."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from lipei.calculation import CannotCalculate, Line, Statement, customer_text
from lipei.calculation.replay import Adjustment
from lipei.calculation.statement import canonical
from lipei.products.claims_file import ClaimsRead, claims_of, read_claims
from lipei.products.cli import found
from lipei.products.files import CannotRead, text_of
from lipei.products.printing import Printer
from lipei.terms.edition import clause_label
from lipei.terms.faults import TermsFaults
from lipei.terms.money import shown
from lipei.terms.scalars import exact_shown
from lipei.terms.words import Language, Words

OWED = Words("应付", "Owed")
WHAT_IF = Words("如果……", "What if …")
RESTATED = Words("△ {because}：{claim} 由 {was} 改为 {now}", "△ {because}: {claim} changes from {was} to {now}")
USED = Words("{label}（{clause}）此前已用 {before} → {after}", "{label} ({clause}): used before {before} → {after}")
PROPOSAL = Words(
    "减少已告知的金额，这只是建议：要由具名的人写明法律依据后决定",
    "This lowers what was told, so it is only a proposal: a named person decides it, with the legal ground",
)
LABEL_COLUMNS = 34
CLAUSE_COLUMNS = 22


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the statements of the claims. Exit code 1 when terms or claims cannot be used, with all reasons."""
    wish = _parser().parse_args(arguments)
    edition = found(str(wish.terms or wish.product), language=wish.lang)
    text = ""
    try:
        text = text_of(wish.claim)
        given = claims_of(text, source=str(wish.claim))
        if edition is None:
            return 1
        _print(read_claims(edition, given), wish.lang, as_json=wish.json)
    except TermsFaults as faults:
        printer = Printer.for_(sys.stderr, language=wish.lang)
        for fault in faults.faults:
            print(printer.fault(fault, source=faults.source, text=text), file=sys.stderr)
    except (CannotRead, CannotCalculate) as refusal:
        print(refusal.words.in_(wish.lang), file=sys.stderr)
    except (OSError, ValueError) as error:
        print(f"{wish.claim}: {error}", file=sys.stderr)
    else:
        return 0
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lipei explain", description="Calculate claims and explain every step.")
    terms = parser.add_mutually_exclusive_group(required=True)
    terms.add_argument("--terms", type=Path, metavar="FILE", help="a terms document (YAML or JSON)")
    terms.add_argument("--product", metavar="CODE[@DATE]", help="a product of this installation")
    parser.add_argument("--claim", type=Path, required=True, metavar="FILE", help="claims of one policy; calculated by the day that dates each in the terms, those of one day as they stand")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the words (default: zh)")
    parser.add_argument("--json", action="store_true", help="print the statements as they are stored")
    return parser


def _print(read: ClaimsRead, language: Language, *, as_json: bool) -> None:
    for name, statement in read.statements.items():
        if as_json:
            print(statement.to_bytes().decode())
            continue
        if len(read.statements) > 1:
            print(f"── {name} ──")
        print(printed(statement, language))
    for adjustment in read.adjustments:
        print(canonical({"adjustment": adjustment.as_dict()}).decode() if as_json else adjusted(adjustment, language))


def adjusted(adjustment: Adjustment, language: Language) -> str:
    """What a claim that came later means for one before it: the amounts, by which accumulators, and who must decide."""
    said = RESTATED.with_(
        because=adjustment.because,
        claim=adjustment.claim,
        was=exact_shown(adjustment.was),
        now=exact_shown(adjustment.now),
    ).in_(language)
    for one in adjustment.changed:
        before, after = (exact_shown(used) if one.unit == "amount" else used for used in (one.before, one.after))
        used = USED.with_(label=one.accumulator, clause=clause_label(one.clause), before=before, after=after)
        said += "\n    " + used.in_(language)
    return said + ("\n    " + PROPOSAL.in_(language) if adjustment.is_proposal else "")


def printed(statement: Statement, language: Language) -> str:
    """The statement as a table for the terminal: step, label, clause, arithmetic, amount after."""
    document = statement.edition.document
    rows = [f"{statement.edition.title.in_(language)} · {statement.edition.code}"]
    for coverage in statement.coverages:
        rows.append(f"{coverage.label.in_(language)}  {shown(coverage.owed, document.currency)}")
        rows += [_row(line, language) for line in coverage.lines]
        if coverage.stopped_by is not None:
            rows.append(f"     {coverage.stopped_by.in_(language)}")
    rows += [WHAT_IF.in_(language)] if statement.alternatives else []
    for one in statement.alternatives:
        sign = "+" if one.difference > 0 else ""
        rows.append(f"  ? {one.label.in_(language)}  {sign}{exact_shown(one.difference)}")
    rows.append(f"{OWED.in_(language)}  {shown(statement.owed, document.currency)}")
    return "\n".join([*rows, customer_text(statement).in_(language), ""])


def _row(line: Line, language: Language) -> str:
    mark = "●" if line.bound else "○"
    label = _padded(line.label.in_(language), LABEL_COLUMNS)
    clause = _padded(line.clause_shown.in_(language), CLAUSE_COLUMNS)
    return f" {mark}{line.number:>3} {label}{clause}{exact_shown(line.after):>16}  {line.arithmetic.in_(language)}"


def _padded(text: str, columns: int) -> str:
    width = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(columns - width, 1)
