"""An author makes a mistake; the loader names the line, what is wrong and the cure, in both languages, and never crashes."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lipei.terms.document import json_schema
from lipei.terms.edition import edition_of
from lipei.terms.faults import TermsFaults
from lipei.terms.reading import read_tree

GOOD = """product: sample
edition: "1"
title: {zh: 样本, en: Sample}
line: medical
jurisdiction: cn
currency: CNY
in_force: {first: 2026-01-01}
clauses:
  - {id: "1", zh: 条文一, en: clause one}
  - {id: "2", zh: 条文二, en: clause two}
policy:
  cover_from: {kind: date, label: {zh: 起始日, en: First day}}
facts:
  on: {kind: date, label: {zh: 日期, en: Day}, question: {zh: 哪天？, en: Which day?}}
  level: {kind: choice, label: {zh: 级别, en: Level}, question: {zh: 几级？, en: Which?}, choices: {high: {zh: 高, en: high}, low: {zh: 低, en: low}}}
  stated: {kind: boolean, label: {zh: 说明, en: Stated}, question: {zh: 有吗？, en: Is there?}, default: "false"}
  paid: {kind: amount, label: {zh: 已付, en: Paid}, question: {zh: 多少？, en: How much?}, default: "0.00"}
values:
  age: {label: {zh: 天数, en: Days}, value: on - cover_from}
categories:
  bed: {zh: 床位, en: Bed}
accumulators:
  year: {label: {zh: 年度, en: Year}, used_up: {zh: 用完, en: used up}, period: policy_year, person: member, dated_by: on, starts: cover_from, clause: "1"}
exclusions:
  - {id: late, label: {zh: 太晚, en: too late}, clause: "2", when: age > 400}
coverages:
  - id: cover
    label: {zh: 责任, en: Cover}
    about: {zh: 责任, en: cover}
    kind: indemnity
    clause: "1"
    trigger: {label: {zh: 有, en: there is}, clause: "1", when: on >= cover_from}
    steps:
      - {step: sum, label: {zh: 合计, en: Sum}, clause: "1"}
      - {step: limit, label: {zh: 床位限额, en: Bed limit}, clause: "1", of: [bed], limit: "100.00"}
      - {step: prior_payment, label: {zh: 已付, en: Paid}, clause: "1", amount: paid, payer: {zh: 社保, en: Social insurance}}
      - {step: bands, label: {zh: 分段, en: Bands}, clause: "1", kind: marginal, on: excess, table: {by: level, of: {high: [{to: "10.00", ratio: 80%}, {ratio: 90%}], low: [{ratio: 90%}]}}}
      - {step: aggregate_limit, label: {zh: 年度限额, en: Annual limit}, clause: "1", limit: "900.00", accumulator: year}
documents:
  paper: {label: {zh: 材料, en: Paper}, shows: {zh: 日期, en: the day}, clause: "1"}
cases:
  - {name: {zh: 例, en: case}, policy: {cover_from: 2026-01-01}, facts: {on: 2026-02-01, level: low}, items: [{category: bed, claimed: "50.00"}], owed: "45.00"}
"""

MISTAKES = [
    ("not YAML", "title: {zh: 样本, en: Sample}", "title: {zh: 样本, en: Sample", "not-yaml"),
    ("unknown key", "currency: CNY", "currency: CNY\ncolour: red", "extra_forbidden"),
    ("misspelt key", "currency: CNY", "curency: CNY", "extra_forbidden"),
    ("missing key", "currency: CNY\n", "", "missing"),
    ("key twice", "currency: CNY", "currency: CNY\ncurrency: CNY", "twice"),
    ("anchor and alias", "title: {zh: 样本, en: Sample}", "title: &t {zh: 样本, en: Sample}\nline2: *t", "alias"),
    ("one language only", "title: {zh: 样本, en: Sample}", "title: {zh: 样本}", "unreadable"),
    ("empty words", "title: {zh: 样本, en: Sample}", 'title: {zh: 样本, en: " "}', "unreadable"),
    ("words not a mapping", "title: {zh: 样本, en: Sample}", "title: Sample", "unreadable"),
    ("comma inside braces", "title: {zh: 样本, en: Sample}", "title: {zh: 样本, en: Sample, second}", "unreadable"),
    ("bad product name", "product: sample", "product: Sample One", "unreadable"),
    ("unknown line of business", "line: medical", "line: pets", "literal_error"),
    ("unknown currency", "currency: CNY", "currency: XAU", "literal_error"),
    ("date that does not exist", "first: 2026-01-01}", "first: 2026-02-30}", "unreadable"),
    ("last day before the first", "{first: 2026-01-01}", "{first: 2026-01-01, last: 2025-01-01}", "never-in-force"),
    ("clause without text", "en: clause two}", 'en: ""}', "string_too_short"),
    ("clause twice", '{id: "2", zh', '{id: "1", zh', "clause-twice"),
    ("unknown clause", 'clause: "2", when: age', 'clause: "9", when: age', "unknown-clause"),
    (
        "step without clause",
        '{step: sum, label: {zh: 合计, en: Sum}, clause: "1"}',
        "{step: sum, label: {zh: 合计, en: Sum}}",
        "missing",
    ),
    ("unknown step", "step: prior_payment", "step: gift", "union_tag_invalid"),
    ("step without a name", "{step: sum, label", "{label", "union_tag_not_found"),
    ("float amount", 'limit: "100.00"', "limit: 100.001", "unreadable"),
    ("words for an amount", 'limit: "100.00"', "limit: plenty of it", "unreadable"),
    ("unknown fact in an amount", "amount: paid", "amount: payed", "expression"),
    ("a number where an amount is due", "amount: paid", "amount: age", "expression"),
    ("bare decimal as ratio", "ratio: 80%", "ratio: 0.8", "unreadable"),
    ("ratio above one", "ratio: 80%", "ratio: 180%", "ratio-above-one"),
    ("unknown fact in a condition", "when: age > 400", "when: aeg > 400", "expression"),
    ("kinds that do not fit", "when: age > 400", "when: age > 400.00", "expression"),
    ("condition that is a number", "when: age > 400", "when: age", "expression"),
    ("unfinished condition", "when: age > 400", "when: age >", "unreadable"),
    ("code in a condition", "when: age > 400", "when: open('x').read()", "unreadable"),
    ("unknown choice in a condition", "when: age > 400", "when: level == 'middle'", "expression"),
    ("gap in bands", '{to: "10.00", ratio: 80%}, {ratio: 90%}', '{to: "10.00", ratio: 80%}', "gap"),
    (
        "bands that overlap",
        '{to: "10.00", ratio: 80%}, {ratio',
        '{to: "10.00", ratio: 80%}, {to: "5.00", ratio: 80%}, {ratio',
        "overlap",
    ),
    ("open band in the middle", '{to: "10.00", ratio: 80%}, {ratio', "{ratio: 80%}, {ratio", "gap"),
    ("choice without bands", ", low: [{ratio: 90%}]", "", "gap"),
    ("bands for an unknown choice", "low: [{ratio", "lower: [{ratio", "unknown-choice"),
    ("bands by an unknown fact", "by: level", "by: levels", "unknown-fact"),
    ("unknown category in a step", "of: [bed]", "of: [bad]", "unknown-category"),
    ("unknown accumulator", "accumulator: year", "accumulator: yaer", "unknown-accumulator"),
    ("accumulator dated by a yes/no fact", "dated_by: on", "dated_by: stated", "not-a-date"),
    ("policy year without a beginning", "starts: cover_from, ", "", "no-start-of-year"),
    (
        "category step after the total",
        '{step: sum, label: {zh: 合计, en: Sum}, clause: "1"}',
        '{step: sum, label: {zh: 合计, en: Sum}, clause: "1"}\n      - {step: limit, label: {zh: 总, en: Total}, clause: "1", limit: "1.00"}',
        "too-late",
    ),
    ("no start", '      - {step: sum, label: {zh: 合计, en: Sum}, clause: "1"}\n', "", "no-start"),
    (
        "sum in the middle",
        "accumulator: year}\ndocuments",
        'accumulator: year}\n      - {step: sum, label: {zh: 合计, en: Sum}, clause: "1"}\ndocuments',
        "second-start",
    ),
    ("daily limit without days", "of: [bed], limit", "of: [bed], scope: day, limit", "no-days"),
    ("label with an unknown brace", "en: Bed limit}", 'en: "Bed {limit}"}', "label"),
    ("fact without a question", ", question: {zh: 多少？, en: How much?}", "", "no-question"),
    ("choice fact without choices", ", choices: {high: {zh: 高, en: high}, low: {zh: 低, en: low}}", "", "choices"),
    ("default of the wrong kind", 'default: "0.00"', "default: nothing", "unreadable"),
    (
        "needed_when without default",
        'question: {zh: 多少？, en: How much?}, default: "0.00"',
        "question: {zh: 多少？, en: How much?}, needed_when: stated",
        "no-default",
    ),
    ("paper that is not listed", 'default: "0.00"}', 'default: "0.00", paper: receipt}', "unknown-paper"),
    ("name used twice", "  age: {label", "  paid: {label", "name-taken"),
    ("case with an unknown fact", "facts: {on: 2026-02-01, level", "facts: {no: 2026-02-01, level", "unknown-fact"),
    ("case with an unreadable fact", "facts: {on: 2026-02-01", "facts: {on: tomorrow", "unreadable"),
    ("case with an unknown category", "{category: bed, claimed", "{category: bad, claimed", "unknown-category"),
    ("case with a wrong amount", 'claimed: "50.00"', "claimed: fifty", "unreadable"),
    ("empty list of steps", "coverages:\n", "coverages: []\nleft_over:\n", "too_short"),
]


def test_the_sample_itself_is_right() -> None:
    edition = edition_of(GOOD)
    assert edition.warnings == ()
    assert edition.code == "sample@1"


@pytest.mark.parametrize(("mistake", "right", "wrong", "code"), MISTAKES, ids=[one[0] for one in MISTAKES])
def test_the_mistake_is_named_with_its_line_and_cure(mistake: str, right: str, wrong: str, code: str) -> None:
    assert GOOD.count(right) >= 1, "the sample no longer holds the text that this mistake changes"
    text = GOOD.replace(right, wrong, 1)
    with pytest.raises(TermsFaults) as found:
        edition_of(text, source="sample.yaml")
    faults = {fault.code: fault for fault in found.value.faults}
    assert code in faults, str(found.value)
    fault = faults[code]
    assert fault.line >= 1
    assert all((fault.what.zh, fault.what.en, fault.cure.zh, fault.cure.en))
    assert str(found.value).startswith("sample.yaml:")


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


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ('clause: "2", when', 'clause: "1", when', "uncited-clause"),
        (
            'limit: "900.00", accumulator: year}',
            'limit: "900.00", accumulator: year}\n      - {step: limit, label: {zh: 限, en: Limit}, clause: "1", limit: "950.00"}',
            "unreachable",
        ),
    ],
)
def test_what_is_doubtful_is_a_warning(right: str, wrong: str, code: str) -> None:
    edition = edition_of(GOOD.replace(right, wrong, 1))
    assert [fault.code for fault in edition.warnings] == [code]


def test_ratios_too_fine_for_64_bits_are_a_warning_about_speed() -> None:
    fine = "".join(
        f'      - {{step: coinsurance, label: {{zh: 比例, en: Ratio}}, clause: "1", pays: {n}/9973}}\n'
        for n in (1, 2, 3)
    )
    edition = edition_of(GOOD.replace("documents:\n", fine + "documents:\n", 1))
    assert [fault.code for fault in edition.warnings] == ["possible-overflow"]


def test_without_cases_an_edition_cannot_be_put_in_force() -> None:
    text = GOOD[: GOOD.index("cases:")]
    assert [fault.code for fault in edition_of(text).warnings] == ["no-cases"]


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


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 30), st.text(max_size=6))
def test_no_damage_crashes_the_loader(at: int, length: int, instead: str) -> None:
    with suppress(TermsFaults):
        edition_of(GOOD[:at] + instead + GOOD[at + length :])
