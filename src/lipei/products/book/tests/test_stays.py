"""An analyst takes a public file of hospital stays as it is, with a map, and every row is accounted for."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

from lipei.products.book.column_map import read_map
from lipei.products.book.tests.conftest import GUIDE, Run
from lipei.products.book.tests.invented import PLANTED, rows_in, stays, write_stays
from lipei.products.checking import checked

MAP, TERMS = GUIDE / "inpatient_stays.map.yaml", GUIDE / "us_inpatient.yaml"


def test_the_deductible_plan_names_every_planted_fault_by_its_row(tmp_path: Path, adjudicate: Run) -> None:
    write_stays(tmp_path / "stays.csv", stays(400, seed=1))
    code, counts, _ = adjudicate("--book", tmp_path / "stays.csv", "--map", MAP, "--terms", TERMS, "--out", tmp_path / "out")
    assert code == 3
    assert counts["read"] == 400 == counts["calculated"] + counts["with_problems"]
    assert counts["with_problems"] == len(PLANTED)
    found = {(row["row"], row["name"]): row["en"] for row in rows_in(tmp_path / "out/problems/stays.parquet")}
    assert found[3, "bill"] == "has no amount"
    assert found[7, "discharged_on"] == "Day of discharge cannot be: the discharge is not before the admission"
    assert found[11, "order"] == "is empty"
    assert "neither a date nor a whole number" in str(found[15, "order"])
    assert found[19, "claim"] == "stands more than once in this partition"
    assert found[23, "policy"] == "is empty"
    assert found[27, "billed_from"] == "First day of the bill cannot be: the bill does not begin after the admission"
    assert found[31, "bill"] == "“9.000,00 + 1068” is not an amount; write it as 1234.50"
    assert {row for row, _ in found} == set(PLANTED)
    results = rows_in(tmp_path / "out/results/stays.parquet")
    assert {row["row"] for row in results} | set(PLANTED) == set(range(1, 401))
    assert sum(Decimal(str(row["owed"])) for row in results) == Decimal(counts["owed"])


def test_the_same_file_under_hospital_cash_needs_no_bill(tmp_path: Path, adjudicate: Run) -> None:
    write_stays(tmp_path / "stays.csv", stays(400, seed=1))
    code, counts, _ = adjudicate("--book", tmp_path / "stays.csv", "--map", MAP, "--product", "anri_cash@2026-01-01", "--out", tmp_path / "out")
    assert code == 3
    rows = Counter(row["row"] for row in rows_in(tmp_path / "out/problems/stays.parquet"))
    assert set(rows) == {7, 11, 15, 19, 23}  # what concerns the bill is nothing to a daily benefit
    assert counts["calculated"] == 395


def test_one_stay_by_hand(tmp_path: Path, adjudicate: Run) -> None:
    row = stays(1, seed=1, planted=False)[0] | {"InscClaimAmtReimbursed": "9000", "AdmissionDt": "2009-03-01", "DischargeDt": "2009-03-11", "ClaimStartDt": "2009-03-01", "ClaimEndDt": "2009-03-11"}
    write_stays(tmp_path / "stays.csv", [row])
    book = ("--book", tmp_path / "stays.csv", "--map", MAP)
    assert adjudicate(*book, "--terms", TERMS, "--out", tmp_path / "us")[1]["owed"] == "7200.00"  # (9,000 + 1,068 − 1,068) × 80%
    assert adjudicate(*book, "--product", "anri_cash@2026-01-01", "--out", tmp_path / "cash")[1]["owed"] == "1050.00"  # (10 − 3) × 150


def test_a_file_without_faults_ends_with_code_0_and_names_unused_columns(tmp_path: Path, adjudicate: Run) -> None:
    write_stays(tmp_path / "stays.csv", stays(50, seed=2, planted=False))
    code, counts, _ = adjudicate("--book", tmp_path / "stays.csv", "--map", MAP, "--terms", TERMS, "--out", tmp_path / "out")
    assert (code, counts["calculated"], counts["with_problems"]) == (0, 50, 0)
    assert "Provider" in counts["unused_columns"]


def test_the_guides_terms_are_fit_and_its_map_can_be_read(tmp_path: Path) -> None:
    assert checked(TERMS.read_text(encoding="utf-8"), source=str(TERMS)).is_fit
    guide = (GUIDE.parent / "whole-books.md").read_text(encoding="utf-8")
    (tmp_path / "map.yaml").write_text(guide.split("```yaml")[1].split("```")[0], encoding="utf-8")
    assert set(read_map(tmp_path / "map.yaml").columns) == {"claim", "order", "cause", "renewed", "bill", "social_paid"}
