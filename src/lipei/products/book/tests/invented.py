"""Invented books for tests: the worked cases of the products as mixed books, and stays that look like a public file, with planted faults."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
from pyarrow import csv as arrow_csv
from pyarrow import feather, parquet

from lipei.terms.edition import Edition
from lipei.terms.money import machine

Row = dict[str, str]


def table_of(rows: Sequence[Row]) -> pa.Table:
    """Rows of text as a table; what a row lacks is empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})


def write(rows: Sequence[Row], path: Path) -> None:
    """The rows as Parquet, CSV or Arrow, by the ending of the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = table_of(rows)
    if path.suffix == ".csv":
        arrow_csv.write_csv(table, path)
    elif path.suffix == ".arrow":
        feather.write_feather(table, str(path), compression="uncompressed")
    else:
        parquet.write_table(table, path)


def rows_in(path: Path) -> list[dict[str, object]]:
    """The rows of a result."""
    return list(parquet.read_table(path).to_pylist())


def cases_as_book(editions: Iterable[Edition], *, times: int = 2) -> tuple[list[Row], list[Row]]:
    """Every worked case as `times` claims of a policy of its own, so that the later ones meet balances; and all bill lines."""
    claims: list[Row] = []
    lines: list[Row] = []
    for edition in editions:
        for number, case in enumerate(edition.document.cases):
            policy = f"{edition.document.product}-{edition.document.edition}-{number}"
            for turn in range(times):
                claim = f"{policy}-{turn}"
                claims.append({"claim": claim, "policy": policy, "order": str(turn), "edition": edition.code, **case.policy, **case.facts})
                lines += [
                    {"claim": claim, "category": item.category, "claimed": machine(item.claimed), "person": item.person}
                    | ({} if item.allowed is None else {"allowed": machine(item.allowed)})
                    | ({} if item.days is None else {"days": str(item.days)})
                    for item in case.items
                ]
    return claims, lines


STAYS = ("BeneID", "ClaimID", "ClaimStartDt", "ClaimEndDt", "Provider", "InscClaimAmtReimbursed", "AdmissionDt", "DeductibleAmtPaid", "DischargeDt")
PLANTED = {
    3: ("DeductibleAmtPaid", "NA"),
    7: ("DischargeDt", "before"),
    11: ("AdmissionDt", "NA"),
    15: ("AdmissionDt", "2009-13-40"),
    19: ("ClaimID", "again"),
    23: ("BeneID", ""),
    27: ("ClaimStartDt", "after"),
    31: ("InscClaimAmtReimbursed", "9.000,00"),
}
"""Row in the file (from 1), and what is wrong in it."""


def stays(many: int, *, seed: int, planted: bool = True) -> list[Row]:
    """Hospital stays like those of the public file, two a person now and then, in the order of persons; faults planted."""
    chance, rows = Random(seed), []
    person, on = 1000, date(2009, 1, 1)
    for number in range(1, many + 1):
        if chance.random() < 0.8 or on > date(2009, 10, 1):
            person, on = person + chance.randint(1, 9), date(2009, 1, 1)
        on += timedelta(days=chance.randint(1, 90))
        out = on + timedelta(days=chance.randint(0, 30))
        amount = chance.choice((0, 900, 4000, 9000, 31000, 90000))
        row = dict(zip(STAYS, (f"P{person}", f"C{number}", on.isoformat(), out.isoformat(), f"H{chance.randint(1, 40)}", str(amount), on.isoformat(), "1068", out.isoformat()), strict=True))
        rows.append(_with_fault(row, number, on, rows) if planted else row)
    return rows


def _with_fault(row: Row, number: int, on: date, before: list[Row]) -> Row:
    name, fault = PLANTED.get(number, ("", ""))
    if not name:
        return row
    wrong = {
        "before": (on - timedelta(days=2)).isoformat(),
        "after": (on + timedelta(days=1)).isoformat(),
        "again": before[-1]["ClaimID"] if before else "",
    }.get(fault, fault)
    return {**row, name: wrong}


def write_stays(path: Path, rows: Sequence[Row]) -> None:
    """As the public file is written: text quoted, dates and numbers not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, STAYS, quoting=csv.QUOTE_MINIMAL)
        file.write(",".join(f'"{name}"' for name in STAYS) + "\n")
        for row in rows:
            writer.writerow({name: row[name] for name in STAYS})
