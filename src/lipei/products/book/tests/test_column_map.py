"""An author of a map: names, constants, dates in another form, codes, sums, cents; and what is wrong is said with its line."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from lipei.products.book.column_map import ColumnMap, mapped, read_map
from lipei.products.book.troubles import BookTrouble

MAP = """
missing: ["-"]
columns:
  claim: No
  policy: {from: Contract}
  order: {from: Day, dates: "%d.%m.%Y"}
  renewed: {from: Again, codes: {Y: "true", N: "false"}}
  cause: {value: illness}
  since: {from: Since, codes: {start: "01.01.2026"}, dates: "%d.%m.%Y"}
  bill: {sum: [Room, Drugs]}
  paid: {from: Cents, unit: minor}
"""


def of(tmp_path: Path, text: str) -> ColumnMap:
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return read_map(path)


def test_every_way_to_make_a_column(tmp_path: Path) -> None:
    given = {
        "No": ["1", "2", "3"], "Contract": ["a", "b", "-"], "Day": ["1.12.2026", "31.2.2026", "-"], "Again": ["Y", "N", "?"],
        "Room": ["10.50", "-", "7"], "Drugs": ["0.25", "1", "x"], "Cents": ["12345", "-5", "1.5"], "Left": ["l", "m", "n"], "Since": ["start", "02.01.2026", "-"],
    }  # fmt: skip
    found = mapped(pa.table(given), mapping=of(tmp_path, MAP)).to_pydict()
    assert found.pop("Left") == ["l", "m", "n"]
    assert found["claim"] == ["1", "2", "3"]
    assert found["policy"] == ["a", "b", None]
    assert found["order"] == ["2026-12-01", "31.2.2026 ?", None]
    assert found["renewed"] == ["true", "false", "?"]
    assert found["since"] == ["2026-01-01", "2026-01-02", None]
    assert found["cause"] == ["illness"] * 3
    assert found["bill"] == ["10.75", None, "7 + x"]
    assert found["paid"] == ["123.45", "-0.05", "1.5 (minor units)"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns:\n  claim: {from: A, value: b}", "map.yaml:2"),
        ("columns:\n  claim: {frm: A}", "map.yaml:2"),
        ("columns:\n  Claim: A", "cannot be a name"),
        ("colums: {}", "columns"),
        ("columns:\n  bill: {sum: [A]}", "map.yaml:2"),
        ("columns:\n  order: {from: A, dates: '%d.%m'}", "does not write a day"),
    ],
)
def test_a_wrong_map_names_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BookTrouble) as trouble:
        of(tmp_path, text)
    assert said in str(trouble.value)
