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


LONG = "if any and so on, and then so many words that nobody would take them for a name any more"


def faults_of(text: str) -> list[Fault]:
    with pytest.raises(TermsFaults) as found:
        edition_of(text)
    return list(found.value.faults)


@pytest.mark.parametrize("torn", [f"Fees, {LONG}", "Fees, [if any], are paid", "Fees, {if any}, are paid", "Fees, if any, are: paid"])
def test_each_text_that_a_comma_tore_is_told_to_be_put_into_quotes(torn: str) -> None:
    faults = faults_of(GOOD.replace("en: Sample}", f"en: {torn}}}").replace("en: Bed limit}", f"en: {torn}}}"))
    assert [fault.path.partition(".label")[0] for fault in faults] == ["title", "coverages[0].steps[1]"]
    assert {fault.cure.en for fault in faults} == {"inside {…}, put words that hold a comma into quotes"}


def test_a_long_name_in_quotes_is_no_torn_text() -> None:
    (fault,) = faults_of(GOOD.replace("en: Sample}", f'en: Sample, "{LONG}": x}}'))
    assert (fault.code, fault.cure.en) == ("not-a-name", "write one word before the colon")


def test_an_alias_is_told_once_and_not_what_follows_from_it() -> None:
    more = GOOD + GOOD.splitlines()[-1].replace("太晚", "又").replace("too late", "again") + "\n"
    more = more.replace("level: low}", "level: &l low}", 1)
    head, _, last = more.rpartition("level: low}")
    faults = faults_of(f"{head}level: *l}}{last}")
    assert [(fault.code, fault.path) for fault in faults] == [("alias", "cases[8].facts.level")]


@pytest.mark.parametrize(
    ("right", "wrong", "path", "cure"),
    [
        ('limit: "100.00"', 'limit: "100.00", accumulator: year', "coverages[0].steps[1].accumulator", "limit has none; aggregate_limit takes one"),
        ('limit: "100.00"', 'limit: "100.00", scop: day', "coverages[0].steps[1].scop", "did you mean “scope”? otherwise remove it"),
        ("{ratio: 90%}]", "{ratio: 90%, too: 1}]", "coverages[0].steps[3].table.of.high[1].too", "did you mean “to”? otherwise remove it"),
        ("person: member,", "person: member, colour: red,", "accumulators.year.colour", "remove it; here may stand: label, used_up, unit, period, person, dated_by, starts, clause"),
    ],
)
def test_an_unknown_key_is_corrected_out_of_the_keys_of_that_place(right: str, wrong: str, path: str, cure: str) -> None:
    fault = faults_of(GOOD.replace(right, wrong))[0]
    assert (fault.path, fault.cure.en) == (path, cure)


def test_a_plain_deductible_is_told_which_deductibles_take_an_accumulator() -> None:
    step = '      - {step: deductible, label: {zh: 免赔, en: Less}, clause: "1", amount: "1.00", accumulator: year}\n      - {step: aggregate_limit'
    (fault,) = faults_of(GOOD.replace("      - {step: aggregate_limit", step))
    assert fault.cure.en == "deductible has none; aggregate_deductible and family_deductible take one"


def test_a_date_for_a_ratio_or_a_ratio_for_an_amount_is_a_fault_and_no_crash() -> None:
    assert faults_of(GOOD.replace("ratio: 80%", "ratio: 2026-01-01"))
    assert faults_of(GOOD.replace('to: "10.00"', "to: 2026-01-01"))


def test_the_schema_takes_plain_yaml_values_as_the_loader_does() -> None:
    parts = json_schema()["$defs"]
    plain = {"string", "boolean", "number"}
    for name in ("default", "at_least", "at_most"):
        assert set(parts["FactSpec"]["properties"][name]["anyOf"][0]["type"]) == plain
    for name in ("policy", "facts", "balances"):
        assert set(parts["WorkedCase"]["properties"][name]["additionalProperties"]["type"]) == plain
    bare = GOOD.replace('default: "false"', "default: false").replace('default: "0.00"', "default: 0")
    assert edition_of(bare).defaults == edition_of(GOOD).defaults
