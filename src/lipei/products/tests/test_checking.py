"""An edition is in force only when its checks and worked cases pass; editions of one product are seen beside each other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lipei import products
from lipei.products.checking import Checked, beside, checked
from lipei.products.printing import Printer, as_json
from lipei.products.showing import show
from lipei.terms.faults import TermsFaults
from lipei.terms.tests.sample import GOOD
from lipei.terms.tests.test_damage import damaged
from lipei.terms.words import Language

ON = date(2026, 6, 1)


def edition(name: str, first: str, last: str | None = None, *, text: str = GOOD) -> str:
    """The sample as another edition, its worked cases within its days of force."""
    days = f"first: {first}" + (f", last: {last}" if last else "")
    changed = text.replace('edition: "1"', f'edition: "{name}"').replace(
        "in_force: {first: 2026-01-01}", f"in_force: {{{days}}}"
    )
    changed = changed.replace("policy: {cover_from: 2026-01-01}", f"policy: {{cover_from: {first}}}")
    return changed.replace("facts: {on: 2026-02-01", f"facts: {{on: {first}")


def seen(*texts: str) -> tuple[Checked, ...]:
    """Editions checked beside each other."""
    return beside([checked(text, source=f"{at}.yaml") for at, text in enumerate(texts)])


def said(found: tuple[Checked, ...]) -> list[tuple[str, str, str]]:
    """Where and what."""
    return [(one.source, fault.code, fault.path) for one in found for fault in one.faults]


def test_editions_that_follow_each_other_are_right() -> None:
    assert said(seen(edition("1", "2026-01-01", "2026-12-31"), edition("2", "2027-01-01"))) == []


@pytest.mark.parametrize(
    ("last", "code", "severity", "cure"),
    [
        (None, "editions-overlap", "error", "give sample@1 last: 2026-12-31"),
        ("2027-01-01", "editions-overlap", "error", "give sample@1 last: 2026-12-31"),
        ("2026-12-30", "editions-gap", "warning", "write first: 2026-12-31"),
    ],
)
def test_editions_that_overlap_or_leave_a_gap_are_seen(last: str | None, code: str, severity: str, cure: str) -> None:
    later, earlier = seen(edition("2", "2027-01-01"), edition("1", "2026-01-01", last))
    assert earlier.faults == ()
    (fault,) = later.faults
    assert (fault.code, fault.severity, fault.path) == (code, severity, "in_force.first")
    assert fault.cure.en.startswith(cure)
    assert later.text.splitlines()[fault.line - 1].startswith("in_force:")


@settings(max_examples=60, deadline=None)
@given(damaged(), st.sampled_from(["zh", "en"]))
def test_whatever_is_wrong_can_be_printed_shown_and_counted(text: str, language: Language) -> None:
    found = checked(text, source="damaged.yaml")
    printer = Printer(language)
    assert printer.faults([found]).count("\n      = ") == len(found.faults)
    assert printer.counts([found])
    assert len(json.dumps(as_json([found]))) > 2
    if found.edition is not None:
        assert show(found.edition, language=language)


def test_one_edition_in_two_files_is_seen() -> None:
    found = seen(edition("1", "2026-01-01", "2026-12-31"), edition("1", "2027-01-01"))
    assert said(found) == [("1.yaml", "edition-twice", "edition")]


SECOND_COVER = """  - id: other
    label: {zh: 另一项, en: Other}
    about: {zh: 另一项, en: other}
    kind: indemnity
    clause: "1"
    trigger: {label: {zh: 有, en: there is}, clause: "1", when: stated}
    steps:
      - {step: sum, label: {zh: 合计, en: Sum}, clause: "1"}
documents:
"""


def test_a_coverage_that_no_case_reaches_is_a_warning() -> None:
    found = checked(GOOD.replace("documents:\n", SECOND_COVER, 1).replace("and not stated", ""), source="x.yaml")
    assert said((found,)) == [
        ("x.yaml", "untried-coverage", "coverages[1].id"),
        ("x.yaml", "paid-twice", "coverages[1].trigger.when"),
    ]
    assert found.is_fit


def test_two_coverages_that_pay_one_bill_are_shown_by_a_claim() -> None:
    twice = checked(GOOD.replace("documents:\n", SECOND_COVER, 1), source="x.yaml")
    (fault,) = (one for one in twice.faults if one.code == "paid-twice")
    assert fault.severity == "warning"
    assert fault.what.en == "“Cover” and “Other” can both pay one bill: of 50.00 they pay 95.00 together"
    apart = GOOD.replace("when: on >= cover_from}", "when: on >= cover_from and level == 'low'}").replace(
        "documents:\n", SECOND_COVER.replace("when: stated", "when: level == 'high'"), 1
    )
    assert "paid-twice" not in [one.code for one in checked(apart, source="x.yaml").faults]
    shared = SECOND_COVER.replace("step: sum,", "step: sum, of: [meals],")
    other_bill = GOOD.replace("  bed: {zh: 床位, en: Bed}", "  bed: {zh: 床位, en: Bed}\n  meals: {zh: 膳食, en: Meals}")
    other_bill = other_bill.replace("step: sum,", "step: sum, of: [bed],").replace("documents:\n", shared, 1)
    assert "paid-twice" not in [one.code for one in checked(other_bill, source="x.yaml").faults]


def test_too_few_cases_and_an_exclusion_that_no_case_meets_are_warnings() -> None:
    late = GOOD[GOOD.index("  - {name: {zh: 太晚") :]
    found = checked(GOOD.replace(late, ""), source="x.yaml")
    assert said((found,)) == [("x.yaml", "untried-exclusion", "exclusions[0].id"), ("x.yaml", "few-cases", "cases")]
    assert found.faults[1].what.en == "only 7 worked cases"
    assert found.is_fit


def test_a_case_that_lacks_a_fact_is_told_what_to_write() -> None:
    text = GOOD.replace('default: "0.00", at_least', 'default: "0.00", needed_when: stated, at_least')
    text = text.replace("facts: {on: 2026-02-01, level: low}", 'facts: {on: 2026-02-01, level: low, stated: "true"}', 1)
    fault = next(one for one in checked(text, source="x.yaml").faults if one.code == "case-fails")
    assert fault.path == "cases[0].facts.paid"
    assert fault.what.en == "the worked case “case” cannot be calculated: Paid is not known yet"
    assert fault.cure.en == "write paid: under facts (How much?)"
    assert fault.cure.zh == "在 facts 里写 paid:（多少？）"


def test_a_case_that_breaks_a_requirement_is_told_which_fact_to_correct() -> None:
    that = "requirements:\n  - {label: {zh: 不早于起始日, en: not before the first day}, that: on >= cover_from, about: on}\ncategories:\n"
    text = GOOD.replace("categories:\n", that, 1).replace("facts: {on: 2026-02-01", "facts: {on: 2025-12-31", 1)
    (fault,) = (one for one in checked(text, source="x.yaml").faults if one.code == "case-fails")
    assert (fault.path, fault.cure.en) == ("cases[0].facts.on", "correct on under facts (Which day?)")


def installed(folder: Path, texts: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts editions where the program looks for them."""
    (folder / "sample").mkdir()
    for name, text in texts.items():
        (folder / "sample" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(products, "FOLDER", folder)


def test_an_edition_whose_checks_and_cases_pass_is_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, {"2026.yaml": edition("2026", "2026-01-01")}, monkeypatch)
    assert products.load("sample", on=ON).code == "sample@2026"


@pytest.mark.parametrize(
    ("right", "wrong", "why"),
    [
        ('owed: "45.00"', 'owed: "46.00"', "2026.yaml is not fit"),
        ('edition: "2026"', 'edition: "2027"', "2026.yaml is not fit"),
        ("product: sample", "product: simple", "2026.yaml is not fit"),
        (GOOD[GOOD.index("cases:") :][:20], "x", "2026.yaml cannot be read"),
        ("amount: paid", "amount: payed", "2026.yaml cannot be read"),
    ],
    ids=["case fails", "file misnamed", "folder misnamed", "damaged", "unknown fact"],
)
def test_an_edition_with_an_error_or_a_failing_case_is_not_in_force(
    right: str, wrong: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path, {"2026.yaml": edition("2026", "2026-01-01").replace(right, wrong)}, monkeypatch)
    with pytest.raises(products.NotFit, match=why):
        products.load("sample", on=ON)


def test_without_worked_cases_nothing_is_in_force_but_it_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = edition("2026", "2026-01-01")
    installed(tmp_path, {"2026.yaml": text[: text.index("cases:")]}, monkeypatch)
    with pytest.raises(products.NotFit):
        products.load("sample", on=ON)
    assert products.named("sample", edition="2026").code == "sample@2026"


def test_two_editions_for_one_day_are_neither_in_force_by_chance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"2026.yaml": edition("2026", "2026-01-01"), "2027.yaml": edition("2027", "2026-05-01")}
    installed(tmp_path, texts, monkeypatch)
    with pytest.raises(products.NotFit):
        products.load("sample", on=ON)


def test_a_broken_new_edition_does_not_take_the_old_one_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"2026.yaml": edition("2026", "2026-01-01", "2026-12-31"), "2027.yaml": "product: [\n"}
    installed(tmp_path, texts, monkeypatch)
    assert products.load("sample", on=ON).code == "sample@2026"
    with pytest.raises(products.NotFit, match=r"2027\.yaml cannot be read"):
        products.load("sample", on=date(2027, 1, 1))
    with pytest.raises(TermsFaults):
        products.editions("sample")


def test_a_file_that_is_put_right_counts_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = edition("2026", "2026-01-01")
    installed(tmp_path, {"2026.yaml": good.replace('owed: "45.00"', 'owed: "145.00"')}, monkeypatch)
    with pytest.raises(products.NotFit):
        products.load("sample", on=ON)
    (tmp_path / "sample" / "2026.yaml").write_text(good, encoding="utf-8")
    assert products.load("sample", on=ON).code == "sample@2026"


@pytest.mark.parametrize("code", ["*", "../sample", "", "anxin_inpatient/..", "/"])
def test_a_code_is_a_name_and_never_a_pattern(code: str) -> None:
    with pytest.raises(products.NoEdition):
        products.load(code, on=ON)
