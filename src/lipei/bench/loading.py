"""Loads a generated book by COPY as the owner: rows, then their row history, then the chained entries and the heads of their files.

Triggers rest while it loads; what they would have written is written here with the same arithmetic, and `lipei verify`
(`filing.verification.check`) is asked whether it is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.apps import apps
from django.db import models
from psycopg import sql
from psycopg.types.json import Jsonb

from lipei.bench.growing import ENTRIES_MAX, FIRST_ID, Growing, Seedling, entries_of, first_entry, seedling
from lipei.bench.patterns import TABLES, Pattern
from lipei.filing.settling import DERIVED
from lipei.privacy.cipher import keyring

CLAIMS_A_COPY = 2_000
SITE_FIRST_ID = 100_000_000
"""What the site writes in between, reports of the partner for instance, is numbered from here, so that the book can grow on."""
ENTRY_COLUMNS = (
    "id", "file_id", "number", "kind", "version", "at", "recorded_at", "by_kind", "by_ref", "by_name", "why", "command", "verb", "caused_by_id",
    "plain", "personal", "personal_digest", "history_digest", "prev_hash", "hash",
)
# What proves a row: its own entry where it names one, else the first entry of its claim.
PROVED_BY: Mapping[str, str] = {
    **dict.fromkeys(("fact", "milestone", "clock_event", "document", "statement", "review", "decision", "custody"), "t.entry_id"),
    **dict.fromkeys(("policy", "insured", "snapshot", "claim"), f"t.id * {ENTRIES_MAX}"),
    **dict.fromkeys(("party", "exposure", "loss_item"), f"t.claim_id * {ENTRIES_MAX}"), "task": "t.opened_by_id",
    "file": f"(SELECT c.id FROM claim c WHERE c.file_id = t.id) * {ENTRIES_MAX}",
}
_COMMAND = "lpad(to_hex({}), 32, '0')::uuid"
_DIGEST = "sha256(convert_to(({})::text, 'UTF8'))"
_INTO = "INSERT INTO row_history (table_name, row_key, operation, old_row, old_digest, new_digest, command, db_role, recorded_at) "
_OF_INSERTS = (
    _INTO + "SELECT '{table}', t.id::text, 'INSERT', NULL, NULL, " + _DIGEST.format("to_jsonb(t) - %(derived)s::text[]") + ", "
    + _COMMAND.format("({proved})") + ", 'lipei_app', %(at)s FROM \"{table}\" t WHERE {proved} >= %(first)s AND {proved} < %(end)s ORDER BY {order}"
)
# The claim's own history: told as reported, then one change a move; each change keeps the row as it stood before.
_OF_CLAIMS = (
    "WITH stood AS (SELECT m.claim_id, m.entry_id, (to_jsonb(t) - %(derived)s::text[]) || jsonb_build_object('stage', m.frm, 'stage_since', m.since) AS was,"
    " to_jsonb(t) - %(derived)s::text[] AS now FROM bench_move m JOIN claim t ON t.id = m.claim_id), "
    f"kept AS (SELECT *, {_DIGEST.format('was')} AS digest, row_number() OVER w AS n, lead({_DIGEST.format('was')}) OVER w AS next"
    " FROM stood WINDOW w AS (PARTITION BY claim_id ORDER BY entry_id)) "
    + _INTO + "SELECT 'claim', t.id::text, 'INSERT', NULL::jsonb, NULL::bytea, coalesce(k.digest, "
    + _DIGEST.format("to_jsonb(t) - %(derived)s::text[]") + "), " + _COMMAND.format(f"t.id * {ENTRIES_MAX}") + ", 'lipei_app', %(at)s "
    "FROM claim t LEFT JOIN kept k ON k.claim_id = t.id AND k.n = 1 WHERE t.id >= %(first)s / %(each)s AND t.id < %(end)s / %(each)s "
    "UNION ALL SELECT 'claim', claim_id::text, 'UPDATE', was, digest, coalesce(next, "
    + _DIGEST.format("now") + "), " + _COMMAND.format("entry_id") + ", 'lipei_app', %(at)s FROM kept"
)
_DIGESTS = (
    "SELECT command, sha256(string_agg(convert_to(concat_ws(E'\\x1f', table_name, row_key, operation, db_role), 'UTF8')"
    " || coalesce(old_digest, ''::bytea) || coalesce(new_digest, ''::bytea), '\\x1e'::bytea ORDER BY id)) "
    "FROM row_history WHERE id > %s GROUP BY command ORDER BY command"
)
_MOVES = "CREATE TEMP TABLE bench_move (claim_id bigint, entry_id bigint, frm text, since timestamptz)"


def references() -> dict[str, dict[str, str]]:
    """Per table and column, the generated table (or `entry`) a foreign key points to."""
    found: dict[str, dict[str, str]] = {}
    for model in apps.get_app_config("lipei").get_models():
        keys = [f for f in model._meta.local_concrete_fields if isinstance(f, models.ForeignKey)]
        targets = {str(f.column): str(f.related_model._meta.db_table) for f in keys}
        found[model._meta.db_table] = {column: table for column, table in targets.items() if table in (*TABLES, "entry")}
    return found


def json_columns() -> frozenset[str]:
    """The JSON columns of the generated tables, as `table.column`."""
    found = apps.get_app_config("lipei").get_models()
    return frozenset(f"{m._meta.db_table}.{f.column}" for m in found for f in m._meta.local_concrete_fields if isinstance(f, models.JSONField))


class Book:
    """A generated book in one database; it grows to a number of claims and may grow on."""

    def __init__(self, owner_url: str, *, patterns: tuple[Pattern, ...], seed: int) -> None:
        self.url, self.patterns, self.seed = owner_url, patterns, seed
        self.growing, self.json, self.size = Growing(references(), keyring=keyring()), json_columns(), 0

    def grow(self, size: int, *, say: Callable[[str], None]) -> None:
        """Load claims until there are `size` generated ones."""
        serials = range(self.size, size)
        at = datetime.now(UTC)
        with psycopg.connect(self.url) as owner:
            owner.execute("SET session_replication_role = replica; SET timezone = 'UTC'; SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'")
            owner.execute(_MOVES)
            last = owner.execute("SELECT coalesce(max(id), 0) FROM row_history").fetchone()
            for start in range(serials.start, serials.stop, CLAIMS_A_COPY):
                self._copy([self._seedling(n) for n in range(start, min(start + CLAIMS_A_COPY, size))], owner)
                say(f"rows of {min(start + CLAIMS_A_COPY, size):,} claims")
            self._write_history(owner, first=first_entry(FIRST_ID + serials.start), end=first_entry(FIRST_ID + serials.stop), at=at)
        self._chain(serials, after=int(last[0]) if last else 0, at=at)
        say("entries chained")
        self._finish()
        self.size = size

    def _seedling(self, serial: int) -> Seedling:
        return seedling(serial, patterns=self.patterns, seed=self.seed)

    def _copy(self, seedlings: list[Seedling], owner: psycopg.Connection[Any]) -> None:
        rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
        moves: list[tuple[Any, ...]] = []
        for one in seedlings:
            for table, row in self.growing.rows(one):
                rows[table].append(row)
            places = {e["id"]: n for n, e in enumerate(one.pattern.entries)}
            moves += [(one.claim_id, one.entry_id(places[entry]), frm, since - one.back) for entry, frm, since in one.pattern.moves]
        for table, found in rows.items():
            if found:
                columns = tuple(found[0])
                is_json = [f"{table}.{c}" in self.json for c in columns]
                _copy_in(owner, table, columns, (_values(row, columns, is_json) for row in found))
        _copy_in(owner, "bench_move", ("claim_id", "entry_id", "frm", "since"), iter(moves))

    def _write_history(self, owner: psycopg.Connection[Any], *, first: int, end: int, at: datetime) -> None:
        """The history of the rows whose entries are numbered from `first` up to, but not with, `end`."""
        for table in TABLES:
            values = {"derived": list(DERIVED.get(table, ())), "at": at, "first": first, "end": end, "each": ENTRIES_MAX}
            order = "1" if table == "file" else "t.id"
            text = _OF_CLAIMS if table == "claim" else _OF_INSERTS.format(table=table, proved=PROVED_BY[table], order=order)
            owner.execute(text, values)

    def _chain(self, serials: range, *, after: int, at: datetime) -> None:
        with psycopg.connect(self.url) as reader, psycopg.connect(self.url) as owner:
            owner.execute("SET session_replication_role = replica")
            digests = _Digests(reader, after=after)
            heads: list[tuple[Any, ...]] = []

            def entries() -> Iterator[tuple[Any, ...]]:
                for serial in serials:
                    one = self._seedling(serial)
                    row: tuple[Any, ...] = ()
                    for row in entries_of(one, digests=digests.up_to(one.entry_id(ENTRIES_MAX)), recorded_at=at):
                        yield row
                    heads.append((one.file_id, row[2], row[-1]))

            _copy_in(owner, "entry", ENTRY_COLUMNS, entries())
            _copy_in(owner, "file_head", ("file_id", "length", "hash"), iter(heads))

    def _finish(self) -> None:
        """Rows the site writes are numbered far behind the generated ones; the planner's statistics are made."""
        with psycopg.connect(self.url, autocommit=True) as owner:
            for table in (*TABLES, "entry"):
                if table != "file":
                    behind = first_entry(SITE_FIRST_ID) if table == "entry" else SITE_FIRST_ID
                    owner.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(%s, (SELECT max(id) FROM {})))".format(f'"{table}"'), [table, behind])
            owner.execute("VACUUM ANALYZE")


class _Digests:
    """The history digests of the commands in their order, read along as the entries are made."""

    def __init__(self, reader: psycopg.Connection[Any], *, after: int) -> None:
        self.cursor = reader.cursor(name="bench_digests")
        self.cursor.itersize = 5_000
        self.cursor.execute(_DIGESTS, [after])
        self.rows = iter(self.cursor)
        self.waiting: tuple[int, bytes] | None = None

    def up_to(self, limit: int) -> dict[int, bytes]:
        """The digests of all commands below `limit` that were not read yet, by entry id."""
        found: dict[int, bytes] = {}
        while (one := self.waiting or self._next()) is not None and one[0] < limit:
            found[one[0]] = one[1]
            self.waiting = None
        self.waiting = one
        return found

    def _next(self) -> tuple[int, bytes] | None:
        row = next(self.rows, None)
        return None if row is None else (row[0].int, bytes(row[1]))


def _values(row: Mapping[str, Any], columns: tuple[str, ...], is_json: list[bool]) -> tuple[Any, ...]:
    return tuple(Jsonb(row[c]) if j and row[c] is not None else row[c] for c, j in zip(columns, is_json, strict=True))


def _copy_in(owner: psycopg.Connection[Any], table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)))
    with owner.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)
