"""The patterns a generated book is grown from: claims in every stage, told through the commands, read back whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from lipei.terms.bigrams import vector

Row = dict[str, Any]
CLAIMS = 24
POLICIES = 24
ENDED = frozenset({"closed", "archived", "withdrawn"})
OF_CLAIM = ("party", "fact", "exposure", "loss_item", "milestone", "task", "clock_event", "document", "statement", "review", "decision")
TABLES = ("policy", "insured", "snapshot", "file", "claim", *OF_CLAIM, "custody")
"""The tables a generated claim has rows in, besides its entries, their heads and the row history."""
ROWS_MAX: Mapping[str, int] = {"fact": 8, "document": 3}
"""A generated claim is a little thinner than a told one: as many answers and papers as the pages show at a glance."""
NAME_PLACES = 64
"""Positions of a search vector that are left to the names and numbers of the generated claim."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One told claim: its rows by table, the entries that are kept, which entry stands for each, and its search words."""

    rows: Mapping[str, tuple[Row, ...]]
    entries: tuple[Row, ...]
    stands_for: Mapping[int, int]
    moves: tuple[tuple[int, str, datetime], ...]
    words: str

    @property
    def claim(self) -> Row:
        """The row of the claim itself."""
        return self.rows["claim"][0]

    @property
    def is_ended(self) -> bool:
        """Whether the claim is no longer worked on."""
        return self.claim["stage"] in ENDED


def tell_patterns() -> None:
    """Tell the patterns through the commands, in an empty database that is marked as a demonstration."""
    from lipei.demo.telling import tell_all

    tell_all(claims=CLAIMS, policies=POLICIES)


def read_patterns(owner: psycopg.Connection[Any]) -> tuple[Pattern, ...]:
    """Every claim with a policy in the database, as a pattern; in the order they were told."""
    with owner.cursor(row_factory=dict_row) as cursor:
        claims = cursor.execute("SELECT * FROM claim WHERE policy_id IS NOT NULL ORDER BY id").fetchall()
        return tuple(_read(cursor, claim) for claim in claims)


def _read(cursor: psycopg.Cursor[Row], claim: Row) -> Pattern:
    rows: dict[str, tuple[Row, ...]] = {"claim": (claim,)}
    for table, column in (("policy", "policy_id"), ("insured", "insured_id"), ("snapshot", "snapshot_id"), ("file", "file_id")):
        rows[table] = _select(cursor, table, "id", [claim[column]])
    for table in OF_CLAIM:
        rows[table] = _select(cursor, table, "claim_id", [claim["id"]])[: ROWS_MAX.get(table)]
    rows["fact"] = tuple({**row, "task_id": None} for row in rows["fact"])
    rows["custody"] = _select(cursor, "custody", "document_id", [d["id"] for d in rows["document"]])
    entries = _select(cursor, "entry", "file_id", [claim["file_id"]])
    kept, stands_for = _thinned(entries, rows)
    return Pattern(rows, kept, stands_for, _moves(kept, claim), _words(rows))


def _select(cursor: psycopg.Cursor[Row], table: str, column: str, values: list[Any]) -> tuple[Row, ...]:
    order = sql.SQL("number") if table == "entry" else sql.SQL("id")
    question = sql.SQL("SELECT * FROM {} WHERE {} = ANY(%s) ORDER BY {}").format(sql.Identifier(table), sql.Identifier(column), order)
    return tuple(cursor.execute(question, [values]).fetchall())


def _thinned(entries: tuple[Row, ...], rows: Mapping[str, tuple[Row, ...]]) -> tuple[tuple[Row, ...], dict[int, int]]:
    """The entries that prove a milestone or move the stage, and for every other one the kept entry that stands for it.

    A row that pointed to one of many entries of a kind points to the last of that kind before it that is kept.
    """
    proving = {row["entry_id"] for table in ("milestone", "statement", "review", "decision") for row in rows[table]}
    kept = [e for e in entries if e["number"] == 1 or e["kind"] == "stage_moved" or e["id"] in proving]
    stands_for: dict[int, int] = {}
    last = kept[0]["id"]
    ids = {e["id"] for e in kept}
    for entry in entries:
        last = entry["id"] if entry["id"] in ids else last
        stands_for[entry["id"]] = last
    return tuple(kept), stands_for


def _moves(entries: tuple[Row, ...], claim: Row) -> tuple[tuple[int, str, datetime], ...]:
    """The moves of the stage: which entry, from where, and since when the claim had been there."""
    found, since = [], claim["reported_at"]
    for entry in entries:
        if entry["kind"] == "stage_moved":
            found.append((entry["id"], str(json.loads(entry["plain"])["frm"]), since))
            since = entry["at"]
    return tuple(found)


def _words(rows: Mapping[str, tuple[Row, ...]]) -> str:
    claim = rows["claim"][0]
    told = [row["value"] for row in rows["fact"] if row["is_current"] and isinstance(row["value"], str)]
    written = vector(claim["subject_zh"], claim["subject_en"], *told)
    return re.sub(r":([\d,]+)(?= |$)", lambda m: ":" + ",".join(str(min(int(p) + NAME_PLACES, 16_383)) for p in m[1].split(",")), written)
