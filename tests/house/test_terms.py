"""What is published of the terms document is what the program reads: the schema, and the worked tables of the algorithms."""

from __future__ import annotations

import json
import re

import jsonschema_rs
import pytest

from lipei import products
from lipei.calculation.worked_cases import statement_of
from lipei.products.checking import checked
from lipei.products.claims_file import claims_of, statements_of
from lipei.terms.document import json_schema
from lipei.terms.money import plain
from lipei.terms.reading import read_tree
from lipei.terms.scalars import exact_shown
from lipei.terms.tests.wrong_ones import ERRORS
from tests.house.algorithm_pages import PAGES, Worked, all_worked, never_worked
from tests.house.sources import ROOT

CASES_MIN = 8
SCHEMA = ROOT / "docs" / "guide" / "terms.schema.json"


def test_the_published_schema_is_the_one_of_the_program() -> None:
    """`lipei products schema > docs/guide/terms.schema.json` writes it anew."""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema()


@pytest.mark.parametrize("path", sorted(products.FOLDER.glob(f"*/{products.EDITION_NAME}")), ids=lambda path: path.parent.name)
def test_every_product_holds_to_the_schema(path: object) -> None:
    tree = read_tree(path.read_text(encoding="utf-8"), source="x").value  # type: ignore[attr-defined]
    check = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in check.iter_errors(tree)] == []


@pytest.mark.parametrize("name", ["unknown key", "missing key", "one language only", "unknown line of business", "step without clause"])
def test_an_editor_with_the_schema_sees_a_mistake_of_shape(name: str) -> None:
    wrong = next(one for one in ERRORS if one.name == name)
    tree = read_tree(wrong.text, source="x").value
    assert not jsonschema_rs.validator_for(json_schema()).is_valid(tree)


@pytest.mark.parametrize("one", all_worked(), ids=lambda one: f"{one.page} {one.number}: {', '.join(one.steps)}")
def test_a_worked_table_of_the_algorithms_is_what_explain_says(one: Worked) -> None:
    """`python -m tests.house.algorithm_pages` writes the tables anew; read what changed before you keep it."""
    assert one.table == one.calculated()


def test_every_combinator_is_worked_out_on_a_page() -> None:
    assert never_worked() == []


def test_the_worked_table_of_the_overview_is_the_first_case_of_its_product() -> None:
    edition = products.named("anxin_inpatient", edition="2026")
    statement = statement_of(edition, edition.document.cases[0])
    text = (PAGES / "calculation.md").read_text(encoding="utf-8")
    rows = [row.split("|") for row in text.splitlines() if re.match(r"\| \d+ \|", row)]
    written = [(row[2].split()[0].strip(","), row[5].strip()) for row in rows]
    assert written == [(line.step, exact_shown(line.after)) for line in statement.lines]
    assert f"**{plain(statement.owed)}**" in text


def test_the_product_of_the_guide_is_right_and_its_claims_come_out() -> None:
    text = (ROOT / "docs" / "guide" / "write-a-product.md").read_text(encoding="utf-8")
    (whole,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    found = checked(whole, source="guide.yaml")
    assert [fault.printed(found.source) for fault in found.faults] == []
    assert found.is_fit
    assert len(found.cases) >= CASES_MIN
    assert found.edition is not None
    claims = text.partition("## Try a claim")[2].split("```")[1]
    owed = [statement.owed for statement in statements_of(found.edition, claims_of(claims, source="claims.yaml"))]
    assert owed == [1_350_00, 150_00]
