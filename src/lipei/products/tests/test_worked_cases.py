"""Every product edition loads without a warning, and every one of its worked cases comes out to the cent."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from lipei import products
from lipei.calculation import explain_again
from lipei.calculation.worked_cases import run_cases, statement_of
from lipei.terms import reading
from lipei.terms.document import WorkedCase
from lipei.terms.edition import Edition

EDITIONS = products.editions()
CASES = [(edition, case) for edition in EDITIONS for case in edition.document.cases]
CASES_MIN = 8
EXCLUSIONS_MIN = 9


def _named(value: object) -> str:
    return value.code if isinstance(value, Edition) else value.name.en if isinstance(value, WorkedCase) else str(value)


@pytest.mark.parametrize("edition", EDITIONS, ids=_named)
def test_the_edition_has_no_warning_and_enough_worked_cases(edition: Edition) -> None:
    assert [fault.printed(edition.source) for fault in edition.warnings] == []
    assert len(edition.document.cases) >= CASES_MIN


@pytest.mark.parametrize("edition", [one for one in EDITIONS if one.document.jurisdiction == "cn"], ids=_named)
def test_every_clause_and_question_is_there_in_both_languages(edition: Edition) -> None:
    for clause in edition.document.clauses:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in clause.zh), clause.id
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in clause.en), clause.id
    assert all(spec.question is not None for spec in edition.document.facts.values())


@pytest.mark.parametrize("path", sorted(products.FOLDER.glob(f"*/{products.EDITION_NAME}")), ids=str)
def test_the_file_reads_the_same_where_the_fast_yaml_library_is_missing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = path.read_text(encoding="utf-8")
    fast = reading.read_tree(text, source="fast").value
    monkeypatch.setattr(reading, "_Loader", yaml.SafeLoader)
    assert reading.read_tree(text, source="slow").value == fast


@pytest.mark.parametrize(("edition", "case"), CASES, ids=_named)
def test_the_worked_case_comes_out_to_the_cent(edition: Edition, case: WorkedCase) -> None:
    result = next(result for result in run_cases(edition) if result.case is case)
    assert result.differences == ()


@pytest.mark.parametrize(("edition", "case"), CASES, ids=_named)
def test_the_stored_statement_is_calculated_again_to_the_same_bytes(edition: Edition, case: WorkedCase) -> None:
    statement = statement_of(edition, case)
    assert explain_again(edition, statement.as_dict()).to_bytes() == statement.to_bytes()


def test_the_edition_in_force_is_found_by_date() -> None:
    assert products.load("anxin_inpatient", on=date(2025, 12, 31)).document.edition == "2025"
    assert products.load("anxin_inpatient", on=date(2026, 1, 1)).document.edition == "2026"


def test_before_the_first_edition_and_for_unknown_products_there_is_none() -> None:
    with pytest.raises(products.NoEdition, match="2024-12-31"):
        products.load("anxin_inpatient", on=date(2024, 12, 31))
    with pytest.raises(products.NoEdition, match="anxin_inpatient"):
        products.load("anxin", on=date(2026, 1, 1))


@pytest.mark.parametrize("code", products.codes())
def test_no_two_editions_of_a_product_are_in_force_on_one_day(code: str) -> None:
    found = products.editions(code)
    for earlier, later in itertools.pairwise(found):
        last = earlier.document.in_force.last
        assert last is not None
        assert later.document.in_force.first == last + timedelta(days=1)


def test_the_medical_products_try_at_least_nine_exclusions() -> None:
    for edition in EDITIONS:
        if edition.document.line in ("medical", "hospital_cash", "accident"):
            assert len(edition.document.exclusions) >= EXCLUSIONS_MIN
