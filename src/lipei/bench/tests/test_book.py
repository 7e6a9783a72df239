"""`lipei bench book`: a small one, to see that it generates, calculates and compares, and counts every claim."""

from __future__ import annotations

from pathlib import Path

from pyarrow import parquet

from lipei.bench.book import Wish, run, shown
from lipei.bench.cli import parser


def test_a_small_book_is_written_calculated_and_compared(tmp_path: Path) -> None:
    found = run(Wish(3_000, jobs=1, editions=8, folder=tmp_path), say=lambda line: None)
    assert found["kept"]["every row is counted"]
    assert found["kept"]["both runs owe the same under the new editions"]
    assert parquet.read_table(tmp_path / "what-if/differences").num_rows == 3_000
    assert "3,000 claims in 1 partitions, 8 editions" in shown(found)


def test_the_same_seed_writes_the_same_book(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run(Wish(1_000, jobs=1, editions=4, folder=tmp_path / name), say=lambda line: None)
    first, second = ((tmp_path / name / "claims/part-00000.parquet").read_bytes() for name in ("a", "b"))
    assert first == second


def test_ten_million_claims_unless_told_otherwise() -> None:
    assert parser().parse_args(["book"]).claims == 10_000_000
