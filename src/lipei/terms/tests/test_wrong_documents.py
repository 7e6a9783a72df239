"""An author makes a mistake; the loader names the place, what is wrong and the cure, in both languages, and never crashes."""

from __future__ import annotations

import json

import pytest

from lipei.terms.document import json_schema
from lipei.terms.edition import edition_of
from lipei.terms.faults import Fault, TermsFaults
from lipei.terms.reading import read_tree
from lipei.terms.tests.sample import GOOD
from lipei.terms.tests.wrong_ones import DOUBTS, ERRORS, NOTES, Wrong

KINDS_MIN = 50


def marked(text: str, fault: Fault) -> str:
    """The piece of the document that stands under the marker of the fault, cut with … when long."""
    line = text.splitlines()[fault.line - 1]
    piece = line[fault.place.column - 1 : fault.place.column - 1 + fault.place.width]
    return piece if len(piece) <= 44 else piece[:40] + "…"


def told(fault: Fault, wrong: Wrong) -> None:
    """The fault names place and cure, in both languages."""
    assert marked(wrong.text, fault) == wrong.marked
    assert all((fault.what.zh, fault.what.en, fault.cure.zh, fault.cure.en))
    assert any("\u4e00" <= sign <= "\u9fff" for sign in fault.what.zh + fault.cure.zh)
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in fault.cure.en)


def test_the_sample_itself_is_right() -> None:
    edition = edition_of(GOOD)
    assert edition.remarks == ()
    assert edition.code == "sample@1"


def test_there_are_more_than_fifty_kinds_of_mistake_in_the_table() -> None:
    assert len({wrong.name for wrong in ERRORS}) == len(ERRORS) > KINDS_MIN
    assert len({wrong.code for wrong in (*ERRORS, *DOUBTS, *NOTES)}) >= KINDS_MIN


@pytest.mark.parametrize("wrong", ERRORS, ids=lambda wrong: wrong.name)
def test_an_error_is_named_with_its_place_and_cure(wrong: Wrong) -> None:
    with pytest.raises(TermsFaults) as found:
        edition_of(wrong.text, source="sample.yaml")
    faults = [one for one in found.value.faults if (one.code, one.path) == (wrong.code, wrong.path)]
    assert [fault.severity for fault in faults] == ["error"], str(found.value)
    told(faults[0], wrong)
    assert f"sample.yaml:{faults[0].line}:{faults[0].place.column}: error [{wrong.code}]" in str(found.value)


@pytest.mark.parametrize("wrong", DOUBTS, ids=lambda wrong: wrong.name)
def test_what_is_doubtful_is_a_warning(wrong: Wrong) -> None:
    warnings = edition_of(wrong.text).warnings
    faults = [one for one in warnings if (one.code, one.path) == (wrong.code, wrong.path)]
    assert len(faults) == 1, warnings
    told(faults[0], wrong)


@pytest.mark.parametrize("wrong", NOTES, ids=lambda wrong: wrong.name)
def test_what_needs_no_change_is_a_note(wrong: Wrong) -> None:
    edition = edition_of(wrong.text)
    assert edition.warnings == ()
    assert [(one.code, one.path, one.severity) for one in edition.remarks] == [(wrong.code, wrong.path, "note")]
    told(edition.remarks[0], wrong)


def test_the_line_is_the_line_of_the_mistake() -> None:
    with pytest.raises(TermsFaults) as found:
        edition_of(GOOD.replace("amount: paid", "amount: payed", 1))
    fault = found.value.faults[0]
    assert GOOD.splitlines()[fault.line - 1].strip().startswith("- {step: prior_payment")
    assert fault.path == "coverages[0].steps[2].amount"
    assert fault.cure.en == "did you mean “paid”?"


def test_all_mistakes_are_listed_at_once_in_the_order_of_the_lines() -> None:
    text = (
        GOOD.replace("amount: paid", "amount: payed")
        .replace("of: [bed]", "of: [bad]")
        .replace("when: age > 400", "when: aeg > 1")
    )
    with pytest.raises(TermsFaults) as found:
        edition_of(text)
    lines = [fault.line for fault in found.value.faults]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_an_annual_limit_above_the_limit_of_one_claim_is_no_warning() -> None:
    one = '      - {step: limit, label: {zh: 限, en: Limit}, clause: "1", limit: "500.00"}\n'
    year = "      - {step: aggregate_limit"
    assert edition_of(GOOD.replace(year, one + year, 1)).warnings == ()


def test_yaml_never_guesses_numbers_booleans_or_dates() -> None:
    edition = edition_of(GOOD.replace('edition: "1"', "edition: 1.10"))
    assert edition.document.edition == "1.10"


def test_json_is_read_by_the_same_loader() -> None:
    tree = read_tree(GOOD, source="sample").value
    assert edition_of(json.dumps(tree, ensure_ascii=False)).fingerprint == edition_of(GOOD).fingerprint


def test_the_fingerprint_changes_with_the_terms_and_not_with_the_cases() -> None:
    first = edition_of(GOOD).fingerprint
    assert edition_of(GOOD.replace('limit: "900.00"', 'limit: "901.00"')).fingerprint != first
    assert edition_of(GOOD.replace('owed: "45.00"', 'owed: "46.00"')).fingerprint == first


def test_the_published_schema_names_every_step() -> None:
    text = json.dumps(json_schema())
    assert all(f'"{name}"' in text for name in ("sum", "bands", "per_diem", "contribution", "aggregate_limit"))
