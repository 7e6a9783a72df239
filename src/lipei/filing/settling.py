"""Settles a migrated database: functions, triggers, grants and the stage table as the code has them now.

Run by the owner after every migration (`lipei migrate`, the test harness). Idempotent: what it finds right it leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

_SQL = Path(__file__).parent / "sql"

# Tables that keep themselves (append-only, or no facts): no history trigger.
WITHOUT_HISTORY = frozenset(
    {"file_head", "entry", "row_history", "seal_block", "draft", "counter", "stage_step", "account",
     "board_summary", "follow_mark", "knock", "practice"}
)
# Derived columns that are left out of a table's history.
DERIVED = {"claim": ("search", "due_at", "due_clock", "due_changes_at"), "policy": ("search",)}


def _history_triggers(cursor: CursorWrapper, tables: Iterable[type[models.Model]]) -> None:
    cursor.execute("SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'row_history'")
    have = {row[0] for row in cursor.fetchall()}
    for model in tables:
        table = model._meta.db_table
        if table in WITHOUT_HISTORY or table in have:
            continue
        key = model._meta.pk.column
        derived = "{" + ",".join(DERIVED.get(table, ())) + "}"
        cursor.execute(
            f'CREATE TRIGGER row_history AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION lipei_history('{key}', '{derived}')"
        )
        cursor.execute(
            f'CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "{table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION lipei_history('{key}', '{derived}')"
        )


def sql_files() -> list[Path]:
    """Every room's `sql/*.sql` in the order they must run: functions and triggers first, grants last."""
    root = Path(__file__).parents[1]
    rooms = sorted(p for p in root.glob("*/sql/*.sql") if p.parent != _SQL and not p.name.startswith("query_"))
    return [_SQL / "history.sql", _SQL / "entries.sql", *rooms, _SQL / "grants.sql"]


def _digest(tables: list[str]) -> str:
    """What the settled state follows from: every SQL file, all tables (a library's new one needs its grants), exceptions."""
    told = "\n".join([*(path.read_text() for path in sql_files()), *tables, repr(sorted(WITHOUT_HISTORY)), repr(sorted(DERIVED.items()))])
    return hashlib.sha256(told.encode()).hexdigest()


def settle_database() -> None:
    """Bring functions, triggers and grants up to the code. Needs the owner's connection.

    A database that is settled already is left alone: triggers are not made anew under a site that works.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        digest = _digest(sorted(connection.introspection.table_names(cursor)))
        cursor.execute("SELECT obj_description(to_regprocedure('lipei_history()'), 'pg_proc')")
        if cursor.fetchone()[0] == digest:
            return
        for path in sql_files():
            cursor.execute(path.read_text())
        _history_triggers(cursor, apps.get_app_config("lipei").get_models())
        cursor.execute(f"COMMENT ON FUNCTION lipei_history() IS '{digest}'")
