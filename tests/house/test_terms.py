"""What is published of the terms document is what the program reads: the schema, and the worked tables of the algorithms."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest

from lipei import products
from lipei.terms.document import json_schema
from lipei.terms.reading import read_tree
from lipei.terms.tests.wrong_ones import ERRORS
from tests.house.sources import ROOT

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
