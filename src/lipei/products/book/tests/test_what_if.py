"""A product manager asks who would get more and who less; the answer adds up, on paper too, and changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lipei.products.book.tests.conftest import Run
from lipei.products.book.tests.invented import rows_in
from lipei.terms.money import amount_of, plain

Terms = Callable[..., str]


@pytest.fixture
def asked(tmp_path: Path, medical_book: Path, terms: Terms, what_if: Run) -> dict[str, Any]:
    code, found, _ = what_if("--book", medical_book, "--terms", terms("2027", deductible="700.00", pays="70%"), "--against", terms(), "--out", tmp_path / "what-if")
    assert code == 0
    return found


def test_the_totals_are_the_difference_of_two_adjudications(tmp_path: Path, medical_book: Path, terms: Terms, adjudicate: Run, asked: dict[str, Any]) -> None:
    _, old, _ = adjudicate("--book", medical_book, "--terms", terms(), "--out", tmp_path / "old")
    _, new, _ = adjudicate("--book", medical_book, "--terms", terms("2027", deductible="700.00", pays="70%"), "--out", tmp_path / "new")
    assert (asked["old"], asked["new"]) == (old["owed"], new["owed"])
    assert Decimal(asked["difference"]) == Decimal(new["owed"]) - Decimal(old["owed"]) == Decimal(asked["gained"]) - Decimal(asked["lost"])
    assert asked["read"] == 90 == asked["more"] + asked["less"] + asked["same"]
    assert asked["more"] > 0
    assert asked["less"] > 0
    for name in ("by_coverage", "by_clause"):
        assert sum(Decimal(share["difference"]) for share in asked[name].values()) == Decimal(asked["difference"])
    for part in range(3):
        claims = {row["claim"]: row for row in rows_in(tmp_path / f"what-if/differences/part-{part}.parquet")}
        for name, side in (("old", "old"), ("new", "new")):
            assert {claim: row[side] for claim, row in claims.items()} == {row["claim"]: row["owed"] for row in rows_in(tmp_path / f"{name}/results/part-{part}.parquet")}
        assert all(row["difference"] == row["new"] - row["old"] for row in claims.values())  # type: ignore[operator]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_holds_the_same_figures_and_needs_nothing_else(tmp_path: Path, medical_book: Path, terms: Terms, what_if: Run, lang: str) -> None:
    _, found, _ = what_if("--book", medical_book, "--terms", terms("2027", deductible="700.00"), "--against", terms(), "--out", tmp_path / "out", lang=lang)
    text = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    for name in ("old", "new", "gained", "lost"):
        assert plain(amount_of(found[name])) in text
    assert f">{found['more']:,}<" in text
    assert not re.search(r"https?://|src=|href=|url\(|<script", text)
    assert ("谁多得，谁少得" in text) == (lang == "zh")
    assert ("Who gets more" in text) == (lang == "en")
    assert json.loads((tmp_path / "out/summary.json").read_text(encoding="utf-8"))["difference"] == found["difference"]
    assert sum(found["bands"]) == 90


def test_the_sample_by_clause_adds_up_to_its_claims_and_says_that_it_is_one(tmp_path: Path, medical_book: Path, terms: Terms, what_if: Run) -> None:
    what_if("--book", medical_book, "--terms", terms("2027", deductible="700.00"), "--against", terms(), "--out", tmp_path / "out", "--sample", 10)
    manifests = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((tmp_path / "out/manifests").iterdir())]
    sample = [one for manifest in manifests for one in manifest["counts"]["sample"]]
    assert len(sample) == 10
    for one in sample:
        assert (sum(one["by_old"].values()), sum(one["by_new"].values())) == (one["old"], one["new"])
        assert one["old"] != one["new"]
    assert "10 of the claims whose amount changes" in (tmp_path / "out/report.html").read_text(encoding="utf-8")


def test_new_terms_take_the_place_of_their_product_only(tmp_path: Path, medical_book: Path, terms: Terms, what_if: Run) -> None:
    code, _, said = what_if("--book", medical_book, "--terms", terms(), "--product", "anri_cash", "--out", tmp_path / "out")
    assert code == 1
    assert "daily_amount is missing" in said


def test_asked_again_nothing_is_calculated_twice(tmp_path: Path, medical_book: Path, terms: Terms, what_if: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("--book", medical_book, "--terms", terms("2027", pays="70%"), "--against", terms(), "--out", tmp_path / "out")
    _, first, _ = what_if(*asked)
    monkeypatch.setattr("lipei.products.book.comparing_all.compare", None)
    _, second, _ = what_if(*asked)
    assert {**first, "seconds": 0} == {**second, "seconds": 0}


def test_terms_of_two_currencies_are_not_compared(tmp_path: Path, medical_book: Path, terms: Terms, what_if: Run) -> None:
    dollars = tmp_path / "dollars.yaml"
    dollars.write_text(Path(terms()).read_text(encoding="utf-8").replace("currency: CNY", "currency: USD"), encoding="utf-8")
    code, _, said = what_if("--book", medical_book, "--terms", dollars, "--against", terms(), "--out", tmp_path / "out")
    assert (code, "they cannot be compared" in said) == (1, True)
    assert not (tmp_path / "out").exists()
