"""Power fails in the middle of a book: what was whole stays, nothing half is left, and the next run does the rest only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lipei.products.book.partitions import Partition
from lipei.products.book.tests.conftest import Run
from lipei.products.book.tests.invented import rows_in
from lipei.products.book.troubles import BookTrouble
from lipei.terms.words import Words

KILLED = """
import os, signal, sys
from lipei.products import adjudicate_cli
from lipei.products.book import writing
closed = writing.Writer.close
seen = []
def close(self):
    seen.append(self.path)
    if len(seen) == 4:  # the problems of the second partition: its results are written, but not in their place
        os.kill(os.getpid(), signal.SIGKILL)
    closed(self)
writing.Writer.close = close
adjudicate_cli.main(sys.argv[1:])
"""


def test_killed_in_the_middle_and_taken_up_again(tmp_path: Path, medical_book: Path, terms: Callable[..., str], adjudicate: Run) -> None:
    book = ["--book", str(medical_book), "--terms", terms()]
    out = tmp_path / "out"
    killed = subprocess.run([sys.executable, "-c", KILLED, *book, "--out", str(out)], check=False, capture_output=True, env={**os.environ, "LIPEI_PLAIN_KERNEL": "1"})
    assert killed.returncode == -signal.SIGKILL
    assert [path.name for path in (out / "manifests").iterdir()] == ["part-0.json"]
    assert sorted(path.name for path in (out / "results").glob("*.parquet")) == ["part-0.parquet"]
    first = (out / "results/part-0.parquet").stat().st_mtime_ns
    code, counts, _ = adjudicate(*book, "--out", out)
    assert (code, counts["before"], counts["partitions"], counts["read"]) == (0, 1, 3, 90)
    assert (out / "results/part-0.parquet").stat().st_mtime_ns == first
    assert not [path for path in out.rglob(".*") if path.is_file()]
    _, fresh, _ = adjudicate(*book, "--out", tmp_path / "fresh")
    assert fresh["owed"] == counts["owed"]
    for part in range(3):
        assert rows_in(out / f"results/part-{part}.parquet") == rows_in(tmp_path / f"fresh/results/part-{part}.parquet")


@pytest.mark.parametrize("change", ["terms", "claims", "result"])
def test_a_partition_is_done_again_when_anything_about_it_changed(tmp_path: Path, medical_book: Path, terms: Callable[..., str], adjudicate: Run, change: str) -> None:
    out = tmp_path / "out"
    adjudicate("--book", medical_book, "--terms", terms(), "--out", out)
    named = terms()
    if change == "terms":
        named = terms("2026", pays="70%")
    elif change == "claims":
        (medical_book / "part-1.parquet").write_bytes((medical_book / "part-2.parquet").read_bytes())
        (medical_book / "part-2.parquet").unlink()
        (out / "results/part-2.parquet").unlink()
    else:
        (out / "results/part-1.parquet").write_bytes(b"half")
    _, counts, _ = adjudicate("--book", medical_book, "--terms", named, "--out", out)
    assert counts["before"] == {"terms": 0, "claims": 1, "result": 2}[change]


def test_results_of_another_book_are_not_mixed_in(tmp_path: Path, medical_book: Path, terms: Callable[..., str], adjudicate: Run) -> None:
    adjudicate("--book", medical_book, "--terms", terms(), "--out", tmp_path / "out")
    (medical_book / "part-2.parquet").rename(medical_book / "other.parquet")
    code, _, said = adjudicate("--book", medical_book, "--terms", terms(), "--out", tmp_path / "out")
    assert (code, "part-2.parquet" in said) == (1, True)


def test_two_processes_owe_what_one_owes(tmp_path: Path, medical_book: Path, terms: Callable[..., str], adjudicate: Run) -> None:
    _, one, _ = adjudicate("--book", medical_book, "--terms", terms(), "--out", tmp_path / "one")
    _, two, _ = adjudicate("--book", medical_book, "--terms", terms(), "--out", tmp_path / "two", "--jobs", 2)
    assert (two["owed"], two["read"]) == (one["owed"], one["read"])
    for part in range(3):
        assert rows_in(tmp_path / f"one/results/part-{part}.parquet") == rows_in(tmp_path / f"two/results/part-{part}.parquet")


def test_what_stops_one_process_is_said_by_the_command(tmp_path: Path, medical_book: Path, terms: Callable[..., str], adjudicate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(partition: Partition) -> None:
        raise BookTrouble([Words(f"{partition.name} 坏了", f"{partition.name} is broken")])

    monkeypatch.setattr("lipei.products.book.adjudicating.items_of", stopped)
    code, _, said = adjudicate("--book", medical_book, "--terms", terms(), "--out", tmp_path / "out", "--jobs", 2)
    assert (code, "is broken" in said) == (1, True)
    assert not list((tmp_path / "out").rglob("*.parquet"))
