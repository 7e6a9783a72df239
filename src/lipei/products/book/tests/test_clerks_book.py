"""A clerk's book: wrong columns are named before anything is done, keys stand in one partition, every form of file says the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import feather, parquet

from lipei.products.book import adjudicating
from lipei.products.book.tests.conftest import Run
from lipei.products.book.tests.invented import rows_in, write

Terms = Callable[..., str]


def claim(number: int, **more: str) -> dict[str, str]:
    day = f"2026-03-{1 + number % 28:02d}"
    return {"claim": f"C{number}", "policy": f"P{number}", "order": day, "treated_on": day, "bill": "2000.00", **more}


def test_a_wrong_column_is_named_with_the_one_that_was_meant_and_nothing_is_written(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    rows = [{("treatd_on" if name == "treated_on" else name): value for name, value in claim(1).items() if name != "policy"}]
    write(rows, tmp_path / "book/a.csv")
    write([claim(2)], tmp_path / "book/b.csv")
    code, _, said = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out")
    assert code == 1
    assert "a.csv: the column policy is missing" in said
    assert "a.csv: the column treated_on is missing; is it “treatd_on”? rename it with --map" in said
    assert "b.csv" not in said
    assert not (tmp_path / "out").exists()


def test_the_same_is_said_in_chinese(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    write([{"claim": "1"}], tmp_path / "book/a.csv")
    assert "a.csv：缺少列 policy" in adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out", lang="zh")[2]


def test_amounts_as_floating_point_numbers_are_refused(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    (tmp_path / "book").mkdir()
    parquet.write_table(pa.table({"claim": ["1"], "policy": ["1"], "order": [1], "treated_on": ["2026-03-01"], "bill": [0.1]}), tmp_path / "book/a.parquet")
    code, _, said = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out")
    assert (code, "the column bill holds floating-point numbers" in said) == (1, True)


def test_what_cannot_be_read_is_named_with_its_row_and_the_cure(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    rows = [claim(1), claim(2, bill="12.345"), claim(3, treated_on="2026-02-30"), claim(4, bill=""), claim(5, bill="-5.00")]
    write(rows, tmp_path / "book/a.csv")
    code, counts, _ = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out")
    found = [(row["row"], row["claim"], row["name"], row["en"]) for row in rows_in(tmp_path / "out/problems/a.parquet")]
    assert (code, counts["calculated"], counts["with_problems"]) == (3, 1, 4)
    assert [one[:3] for one in found] == [(2, "C2", "bill"), (3, "C3", "treated_on"), (4, "C4", "bill"), (5, "C5", found[3][2])]
    assert "write it as 1234.50" in str(found[0][3])
    assert "2026-02-30" in str(found[1][3])


def test_csv_arrow_and_parquet_say_the_same(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    rows = [claim(number, policy=f"P{number // 3}", bill=f"{number * 77}.10") for number in range(40)]
    for ending in ("csv", "arrow", "parquet"):
        write(rows, tmp_path / ending / f"a.{ending}")
        adjudicate("--book", tmp_path / ending, "--terms", terms(), "--out", tmp_path / f"out-{ending}")
    first, second, third = (rows_in(tmp_path / f"out-{ending}/results/a.parquet") for ending in ("csv", "arrow", "parquet"))
    assert first == second == third
    assert len(first) == 40


@pytest.mark.parametrize("ending", ["csv", "arrow", "parquet"])
def test_a_day_without_claims_is_a_partition_too(tmp_path: Path, terms: Terms, adjudicate: Run, what_if: Run, ending: str) -> None:
    write([claim(1)], tmp_path / f"book/a.{ending}")
    empty = pa.table({name: pa.array([], pa.string()) for name in claim(1)})
    path = tmp_path / f"book/b.{ending}"
    if ending == "csv":
        path.write_text(",".join(claim(1)) + "\n", encoding="utf-8")
    elif ending == "arrow":
        feather.write_feather(empty, str(path), compression="uncompressed")
    else:
        parquet.write_table(empty, path)
    code, counts, _ = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out")
    assert (code, counts["read"], counts["partitions"]) == (0, 1, 2)
    assert rows_in(tmp_path / "out/results/b.parquet") == []
    code, found, _ = what_if("--book", tmp_path / "book", "--terms", terms("2027", pays="90%"), "--against", terms(), "--out", tmp_path / "what-if")
    assert (code, found["read"], found["difference"]) == (0, 1, "100.00")


def test_a_spreadsheets_csv_with_a_mark_in_front_quotes_and_line_breaks(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    (tmp_path / "book").mkdir()
    text = '\ufeff"claim","policy","order","treated_on","bill","re, mark"\n"C 1","P1","2026-03-01","2026-03-01","2,000.00","a\nb"\nC2,P2,2026-03-01,2026-03-01,1500,\n'
    (tmp_path / "book/a.csv").write_text(text, encoding="utf-8")
    code, counts, _ = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out")
    assert (code, counts["owed"], counts["unused_columns"]) == (0, "1200.00", ["re, mark"])


@pytest.mark.parametrize("content", [b"claim,policy\n1,2,3\n", b"", b"\xff\xfe\x00", b"PAR1nothing"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, terms: Terms, adjudicate: Run, content: bytes) -> None:
    (tmp_path / "book").mkdir()
    for ending in ("csv", "parquet", "arrow"):
        (tmp_path / "book" / f"{ending}.{ending}").write_bytes(content)
    code, _, said = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out")
    assert code == 1
    assert "Traceback" not in said
    assert "csv.csv" in said
    assert "parquet.parquet cannot be read" in said
    assert "arrow.arrow cannot be read" in said


def test_a_row_with_too_many_cells_stops_its_file(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book/a.csv").write_text("claim,policy,order,treated_on,bill\n1,1,1,2026-03-01,1,000.00\n", encoding="utf-8")
    code, _, said = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out")
    assert (code, "a.csv cannot be read" in said) == (1, True)


def test_a_policy_in_two_partitions_is_named_with_both(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    write([claim(1), claim(2)], tmp_path / "book/a.csv")
    write([claim(3), claim(4, policy="P2")], tmp_path / "book/b.csv")
    code, _, said = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out")
    assert (code, "policy P2 stands in a.csv and in b.csv" in said, "--carry" in said) == (1, True, True)


def test_carried_balances_make_two_partitions_one_book(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    rows = [claim(number, policy=f"P{number % 4}", order=str(number), bill="900.00") for number in range(24)]
    write(rows, tmp_path / "one/all.csv")
    write(rows[:10], tmp_path / "two/a.csv")
    write(rows[10:17], tmp_path / "two/b.csv")
    write(rows[17:], tmp_path / "two/c.csv")
    _, whole, _ = adjudicate("--book", tmp_path / "one", "--terms", terms(), "--out", tmp_path / "out-one")
    code, parts, _ = adjudicate("--book", tmp_path / "two", "--terms", terms(), "--out", tmp_path / "out-two", "--carry")
    owed = {row["claim"]: row["owed"] for name in "abc" for row in rows_in(tmp_path / f"out-two/results/{name}.parquet")}
    assert (code, parts["owed"]) == (0, whole["owed"])
    assert owed == {row["claim"]: row["owed"] for row in rows_in(tmp_path / "out-one/results/all.parquet")}
    used = {(row["accumulator"], row["key"]): row["used"] for row in rows_in(tmp_path / "out-two/balances/c.parquet")}
    assert used["deducted", "P0"] == 1_000_00
    assert used["paid", "P0"] == (6 * 900_00 - 1_000_00) * 80 // 100


def test_a_large_partition_is_done_in_pieces_and_owes_the_same(tmp_path: Path, terms: Terms, adjudicate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [claim(number, policy=f"P{number // 5}", order=str(number), bill="900.00") for number in range(60)]
    write(rows, tmp_path / "book/a.parquet")
    _, whole, _ = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "whole")
    monkeypatch.setattr("lipei.products.book.partitions.BATCH_ROWS", 7)
    pieces: list[int] = []
    counted = adjudicating.counted
    monkeypatch.setattr(adjudicating, "counted", lambda done, **more: pieces.append(more["read"]) or counted(done, **more))
    monkeypatch.setattr(adjudicating, "PIECE_ROWS", 12)
    monkeypatch.setattr(adjudicating.Plan, "__init__", _with_pieces_of(12))
    _, parts, _ = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "parts")
    assert (len(pieces) > 3, sum(pieces)) == (True, 60)
    assert all(piece % 5 == 0 for piece in pieces)  # no policy is cut
    assert parts["owed"] == whole["owed"]
    assert rows_in(tmp_path / "parts/results/a.parquet") == rows_in(tmp_path / "whole/results/a.parquet")


def test_a_large_partition_out_of_order_is_refused(tmp_path: Path, terms: Terms, adjudicate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write([claim(number, policy=f"P{number % 5}") for number in range(60)], tmp_path / "book/a.parquet")
    monkeypatch.setattr("lipei.products.book.partitions.BATCH_ROWS", 7)
    monkeypatch.setattr(adjudicating.Plan, "__init__", _with_pieces_of(12))
    code, _, said = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out")
    assert (code, "a.parquet has more than 12 rows and is not together by policy" in said) == (1, True)


def _with_pieces_of(rows: int) -> Callable[..., None]:
    before = adjudicating.Plan.__init__

    def init(self: adjudicating.Plan, *given: object, **more: object) -> None:
        before(self, *given, **{**more, "piece_rows": rows})  # type: ignore[arg-type]

    return init


def test_a_policy_under_two_editions_is_a_problem_of_its_rows(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    folder = tmp_path / "terms"
    folder.mkdir()
    for edition in ("2026", "2027"):
        path = Path(terms(edition))
        text = path.read_text(encoding="utf-8").replace("first: 2026-01-01", f"first: {edition}-01-01")
        (folder / path.name).write_text(text, encoding="utf-8")
    rows = [claim(1, edition="small_medical@2026"), claim(2, policy="P1", edition="small_medical@2027"), claim(3, edition="small_medical@2030"), claim(4, edition="")]
    write(rows, tmp_path / "book/a.csv")
    code, counts, _ = adjudicate("--book", tmp_path / "book", "--terms", folder, "--out", tmp_path / "out")
    said = {row["row"]: row["en"] for row in rows_in(tmp_path / "out/problems/a.parquet")}
    assert (code, counts["calculated"]) == (3, 1)
    assert "two editions" in str(said[2])
    assert said[3] == "“small_medical@2030” is not one of the editions that are here"
    assert said[4] == "names no edition"


def test_the_edition_is_found_by_the_day_of_the_policy(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    folder = tmp_path / "terms"
    folder.mkdir()
    for edition, pays, span in (("2026", "50%", "first: 2026-01-01, last: 2026-12-31"), ("2027", "90%", "first: 2027-01-01")):
        path = Path(terms(edition, pays=pays))
        (folder / path.name).write_text(path.read_text(encoding="utf-8").replace("first: 2026-01-01", span), encoding="utf-8")
    write([claim(1, edition_on="2026-05-01"), claim(2, edition_on="2027-05-01"), claim(3, edition_on="2020-01-01")], tmp_path / "book/a.csv")
    adjudicate("--book", tmp_path / "book", "--terms", folder, "--out", tmp_path / "out")
    assert [str(row["owed"]) for row in rows_in(tmp_path / "out/results/a.parquet")] == ["500.00", "900.00"]
    assert rows_in(tmp_path / "out/problems/a.parquet")[0]["en"] == "“2020-01-01” is a day on which no edition is in force"


def test_bill_lines_without_a_claim_are_counted_and_named(tmp_path: Path, terms: Terms, adjudicate: Run) -> None:
    rows = [{name: value for name, value in claim(number).items() if name != "bill"} for number in (1, 2)]
    write(rows, tmp_path / "book/a.csv")
    lines = [{"claim": "C1", "category": "bill", "claimed": "1500.00"}, {"claim": "C9", "category": "bill", "claimed": "1.00"}, {"claim": "C1", "category": "bill", "claimed": "500.00"}, {"claim": "C2", "category": "beds", "claimed": "x"}]
    write(lines, tmp_path / "book/items/a.csv")
    code, counts, _ = adjudicate("--book", tmp_path / "book", "--terms", terms(), "--out", tmp_path / "out")
    assert (code, counts["calculated"], counts["with_problems"], counts["lines_without_claim"]) == (3, 1, 1, 1)
    assert counts["owed"] == "800.00"  # (1,500 + 500 − 1,000) × 80%
    named = [(row["claim"], row["name"]) for row in rows_in(tmp_path / "out/problems/a.parquet")]
    assert ("C9", "items") in named
    assert ("C2", "items/4 claimed") in named
