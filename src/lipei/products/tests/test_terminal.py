"""An author at the terminal: checks and tests terms, and calculates the claims of a policy in order."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from lipei import products
from lipei.calculation import explain_again
from lipei.products import cli, explain_cli
from lipei.products.claims_file import claims_of, statements_of
from lipei.terms.faults import TermsFaults

CLAIMS = """
policy: {cover_from: 2026-01-01, cover_to: 2026-12-31, renewed: "true"}
balances: {annual_deductible: "100.00"}
claims:
  - name: March
    facts: {cause: accident, happened_on: 2026-03-01, admitted_on: 2026-03-01, discharged_on: 2026-03-02, hospital_level: primary, settled_through_social_insurance: "true", social_paid: "0.00"}
    items: [{category: surgery, claimed: "600.00"}]
  - name: October
    facts: {cause: accident, happened_on: 2026-10-01, admitted_on: 2026-10-01, discharged_on: 2026-10-02, hospital_level: primary, settled_through_social_insurance: "true", social_paid: "0.00"}
    items: [{category: surgery, claimed: "2,300.00"}]
"""


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.yaml"
    path.write_text(CLAIMS, encoding="utf-8")
    return path


def test_the_second_claim_sees_what_the_first_used_of_the_deductible() -> None:
    edition = products.load("anxin_inpatient", on=date(2026, 3, 1))
    owed = [statement.owed for statement in statements_of(edition, claims_of(CLAIMS, source="claims"))]
    assert owed == [0, 950_00]  # (2,300 − (2,000 − 100 − 600)) × 95%


def test_explain_prints_the_ladder_and_the_customers_sentences(
    claims: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain_cli.main(["--product", "anxin_inpatient@2026-03-01", "--claim", str(claims), "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "Less what is left of the annual deductible" in printed
    assert "Clause 2.3(2)" in printed
    assert "In all, 950.00 yuan." in printed


def test_explain_in_json_can_be_calculated_again(claims: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain_cli.main(["--product", "anxin_inpatient", "--claim", str(claims), "--json"]) == 0
    edition = products.named("anxin_inpatient", edition="2026")
    for line in capsys.readouterr().out.splitlines():
        assert explain_again(edition, json.loads(line)).to_bytes().decode() == line


def test_terms_from_anywhere_can_be_tried(claims: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.yaml"
    source = (products.FOLDER / "anxin_inpatient" / "2026.yaml").read_text(encoding="utf-8")
    own.write_text(source.replace('amount: "2,000.00"', 'amount: "0.00"'), encoding="utf-8")
    assert explain_cli.main(["--terms", str(own), "--claim", str(claims)]) == 0
    assert "应付  ¥570.00" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("social_paid: many", "“many”不是金额"),
        ('social_paid: "-1.00"', "社保已付不能小于 0.00"),
        ("colour: red", "不在条款的事实里"),
    ],
)
def test_what_is_wrong_with_a_claim_is_said_in_words(
    claims: Path, changed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    claims.write_text(CLAIMS.replace('social_paid: "0.00"', changed), encoding="utf-8")
    assert explain_cli.main(["--product", "anxin_inpatient", "--claim", str(claims)]) == 1
    assert said in capsys.readouterr().err


def test_a_claims_file_with_an_unknown_key_names_the_line() -> None:
    with pytest.raises(TermsFaults) as faults:
        claims_of(CLAIMS.replace("name: March", "title: March"), source="claims.yaml")
    assert faults.value.faults[0].line == 5


def test_a_missing_file_is_said_and_not_thrown(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain_cli.main(["--product", "anxin_inpatient", "--claim", "/nowhere.yaml"]) == 1
    assert "/nowhere.yaml" in capsys.readouterr().err


def test_check_counts_what_is_there_and_fails_on_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "anxin_inpatient@2026", "--lang", "en"]) == 0
    assert "28 clauses, 2 coverages, 11 worked cases" in capsys.readouterr().out
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("product: x\n", encoding="utf-8")
    assert cli.main(["check", str(wrong), "--lang", "en"]) == 1
    assert "error [missing] clauses: “clauses” is missing. Cure: add clauses:" in capsys.readouterr().err


def test_a_failing_worked_case_fails_the_test_and_shows_both_amounts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = (products.FOLDER / "anri_cash" / "2026.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(source.replace('owed: "2,800.00"', 'owed: "2,801.00"'), encoding="utf-8")
    assert cli.main(["test", str(wrong), "--lang", "en"]) == 1
    assert "owed: written 2801.00, computed 2800.00" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["nothing", "anxin_inpatient@1999", "anxin_inpatient@2024-01-01", "anxin_inpatient@2026-13-01"]
)
def test_a_product_that_is_not_there_is_said(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", name]) == 1
    assert capsys.readouterr().err.startswith(name)


def test_the_schema_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Document"


def test_show_prints_clauses_and_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "anri_cash", "--lang", "zh"]) == 0
    assert "第 2.2 条" in capsys.readouterr().out
