"""An author at the terminal: checks and tests terms, and calculates the claims of a policy in order."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from lipei import products
from lipei.calculation import explain_again
from lipei.products import cli, explain_cli
from lipei.products.checking import checked
from lipei.products.claims_file import claims_of, statements_of
from lipei.products.printing import Printer
from lipei.products.showing import HIDDEN
from lipei.products.showing_words import CODE_WORDS, FIELD_WORDS, PERIODS, PERSONS, STEP_WORDS
from lipei.products.step_descriptions import STEPS_ZH
from lipei.terms.combinators import STEP_NAMES
from lipei.terms.document import Accumulator
from lipei.terms.faults import TermsFaults
from lipei.terms.reading import read_tree
from lipei.terms.step_base import StepBase
from lipei.terms.tests.sample import GOOD

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
    assert "28 clauses, 2 coverages, 21 worked cases" in capsys.readouterr().out
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("product: x\n", encoding="utf-8")
    assert cli.main(["check", str(wrong), "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert "error [missing] clauses: “clauses” is missing\n    1 | product: x\n" in said.out
    assert "= cure: add clauses:" in said.out
    assert said.out.endswith("\n\n8 errors in 1 file\n")
    assert said.err == ""


def test_a_failing_worked_case_fails_the_test_and_shows_both_amounts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = (products.FOLDER / "anri_cash" / "2026.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(source.replace('owed: "2,800.00"', 'owed: "2,801.00"'), encoding="utf-8")
    assert cli.main(["test", str(wrong), "--lang", "en"]) == 1
    assert "owed: written 2,801.00, computed 2,800.00" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["nothing", "anxin_inpatient@1999", "anxin_inpatient@2024-01-01", "anxin_inpatient@2026-13-01"]
)
def test_a_product_that_is_not_there_is_said(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", name]) == 1
    assert capsys.readouterr().err.startswith(name)


def test_the_schema_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Document"


@pytest.mark.parametrize("code", products.codes())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_show_says_every_coverage_in_sentences(code: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", code, "--lang", lang]) == 0
    printed = capsys.readouterr().out
    for edition in products.editions(code):
        document = edition.document
        words = [clause.zh if lang == "zh" else clause.en for clause in document.clauses]
        words += [spec.question.in_(lang) for spec in document.facts.values() if spec.question]
        words += [case.name.in_(lang) for case in document.cases]
        assert [text for text in words if text not in printed] == []


def test_show_says_conditions_with_labels_and_not_with_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "anri_cash", "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "Not: " not in printed.partition("What no coverage answers for")[0]
    assert "intentional self-injury (Clause 5.2) – Intentional self-injury and Had legal capacity then" in printed
    assert "Day of admission is not before First day of cover" in printed
    assert "if Cause of the stay is accident: The daily amount from the first day (Clause 2.2)" in printed
    assert "hospital_cash" not in printed


def test_several_faults_are_printed_in_order_with_the_line_and_a_marker(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(
        GOOD.replace("amount: paid", "amount: payed").replace("of: [bed]", "of: [bad]").replace("80%", "180%"), "utf-8"
    )
    assert cli.main(["check", str(wrong), "--lang", "en"]) == 1
    said = capsys.readouterr()
    heads = [line for line in said.out.splitlines() if ": error [" in line]
    assert [line.split(":")[1] for line in heads] == ["35", "36", "37"]
    assert said.out.endswith("\n3 errors in 1 file\n")
    rows = said.out.splitlines()
    at = next(number for number, row in enumerate(rows) if "[expression]" in row)
    shown, mark = rows[at + 1], rows[at + 2]
    assert shown[wide(shown, mark.index("^")) :].startswith("payed")
    assert mark.count("^") == len("payed")
    assert rows[at + 3] == "      = cure: did you mean “paid”?"
    assert "\x1b" not in said.out


def wide(text: str, column: int) -> int:
    """The index of the sign that stands at this column of a terminal, where Chinese signs take two."""
    at = 0
    while column > 0:
        column -= 2 if unicodedata.east_asian_width(text[at]) in "WF" else 1
        at += 1
    return at


def test_colours_are_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    found = checked(GOOD.replace("amount: paid", "amount: payed"), source="wrong.yaml")
    assert "\x1b[31merror" in Printer.for_(Terminal(), language="en").faults([found])
    assert "\x1b" not in Printer.for_(io.StringIO(), language="en").faults([found])
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in Printer.for_(Terminal(), language="en").faults([found])


@pytest.mark.parametrize("sign", ["\x1b[31m", "\u202e", "\x07", "\x85"])
def test_nothing_in_a_document_can_command_the_terminal(sign: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(GOOD.replace("of: [bed]", f'of: ["b{sign}d"]'), encoding="utf-8")
    assert cli.main(["check", str(wrong), "--lang", "en"]) == 1
    printed = capsys.readouterr()
    assert sign not in printed.err + printed.out
    assert "wrong.yaml:35:" in printed.out
    assert "[hidden-character]" in printed.out
    assert "b·" in printed.out


def test_a_warning_fails_only_when_wished(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doubtful = tmp_path / "doubtful.json"
    tree = read_tree(GOOD.replace('clause: "2", when', 'clause: "1", when'), source="sample").value
    doubtful.write_text(json.dumps(tree, indent="\t"), encoding="utf-8")
    assert cli.main(["check", str(doubtful)]) == 0
    assert "提醒 [uncited-clause]" in capsys.readouterr().out
    assert cli.main(["check", str(doubtful), "--strict"]) == 1


def test_for_machines_everything_is_there_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(GOOD.replace('owed: "45.00"', 'owed: "46.00"'), encoding="utf-8")
    assert cli.main(["check", str(wrong), "--json"]) == 1
    said = capsys.readouterr()
    (one,) = json.loads(said.out)
    assert (one["edition"], one["fit"], said.err) == ("sample@1", False, "")
    (fault,) = one["faults"]
    assert (fault["code"], fault["path"], fault["line"], fault["width"]) == ("case-fails", "cases[0].owed", 42, 7)
    assert fault["what"]["zh"] == "算例“例”不相符：写的是 46.00，算出 45.00"
    assert one["cases"][0]["passes"] is False
    assert cli.main(["test", str(wrong), "--json"]) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.yaml", None, "cannot be read"),
        ("latin.yaml", b"product: x\ntitle: \xe9\n", "latin.yaml:2 is not UTF-8"),
        ("huge.yaml", b"x" * 2_000_001, "larger than 2000000 bytes"),
        ("empty.yaml", b"", "[not-a-mapping]"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_kindly(
    name: str, content: bytes | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    good = tmp_path / "good.yaml"
    good.write_text(GOOD, encoding="utf-8")
    assert cli.main(["check", str(tmp_path / name), str(good), "--lang", "en"]) == 1
    printed = capsys.readouterr()
    assert said in (printed.out if name == "empty.yaml" else printed.err)
    assert "sample@1: 2 clauses" in printed.out


def test_of_a_folder_the_terms_documents_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    assert cli.main(["check", str(tmp_path), "--lang", "en"]) == 1
    assert "holds no terms document" in capsys.readouterr().err
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    assert cli.main(["check", str(tmp_path), "--lang", "en"]) == 0
    assert "in 1 file\n" in capsys.readouterr().out


def test_all_products_are_checked_when_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--strict", "--lang", "en"]) == 0
    printed = capsys.readouterr()
    assert all(f"{edition.code}: " in printed.out for edition in products.editions())
    assert cli.main(["test", "--lang", "en"]) == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_steps_and_their_fields_are_told_in_both_languages(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["steps", *STEP_NAMES, "--lang", lang]) == 0
    printed = capsys.readouterr().out
    assert all(f"{name}: " in printed for name in STEP_NAMES)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in printed) is (lang == "zh")
    assert "needed" not in printed or lang == "en"
    assert cli.main(["steps", "deductable", "--lang", lang]) == 1
    assert "deductible" in capsys.readouterr().err


def test_every_step_field_and_code_that_show_can_meet_has_words() -> None:
    fields = {name: one for model in StepBase.__subclasses__() for name, one in model.model_fields.items()}
    assert set(STEP_WORDS) == set(STEPS_ZH) == set(STEP_NAMES)
    assert set(fields) - HIDDEN <= set(FIELD_WORDS)
    codes = {code for name, one in fields.items() if name not in HIDDEN for code in written_codes(one.annotation)}
    assert codes - {None} <= set(CODE_WORDS)
    assert set(written_codes(Accumulator.model_fields["period"].annotation)) == set(PERIODS)
    assert set(written_codes(Accumulator.model_fields["person"].annotation)) == set(PERSONS)


def written_codes(annotation: object) -> list[str]:
    """The words that a field lets an author choose from."""
    inner = get_args(annotation)
    return list(inner) if get_origin(annotation) is Literal else [code for one in inner for code in written_codes(one)]


def test_show_says_when_a_default_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "tuanhui_group", "fengsui_crop", "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "(social_paid: an amount; only when Settled through social insurance; 0.00 when it is not needed)" in printed
    assert "(crime: yes or no; no when not said)" in printed
    assert "Annual limit (paid): each policy year, for each insured, by First day of treatment" in printed
    assert "[a ratio for each choice]" in printed
    assert not any(code in printed for code in ("ratio_table", "policy_year", "boolean", "family_borne;"))


def test_python_m_lipei_is_the_command() -> None:
    said = subprocess.run([sys.executable, "-m", "lipei", "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("lipei ")
