"""Measures a page: time of each request through the whole site in this process, its SQL statements, and the same SQL alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from lipei.bench.pages import Ask, Callers

WARM_UP = 5
WRITES = ("INSERT", "UPDATE", "DELETE")
Statement = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one page gave: milliseconds in the middle and at the 95th of a hundred, SQL statements at most, and the SQL alone."""

    page: str
    claims: int
    samples: int
    p50_ms: float
    p95_ms: float
    statements: int
    bare_p50_ms: float
    per_second: float | None = None

    @property
    def ratio(self) -> float:
        """The page's middle time as a multiple of the same rows by bare SQL."""
        return self.p50_ms / self.bare_p50_ms if self.bare_p50_ms else 0.0


class NotAnswered(Exception):
    """A page gave something else than what is measured."""


class Recorder:
    """Keeps the statements of one request, as they went to the database."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []

    def __call__(self, execute: Callable[..., Any], text: str, params: Any, many: bool, context: Any) -> Any:
        if not text.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.statements.append((text, params))
        return execute(text, params, many, context)


def at_rank(values: Sequence[float], percent: int) -> float:
    """The value at a percentage of the ranked values; 0 for none."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, len(ranked) * percent // 100)] if ranked else 0.0


def measure(page: str, asked: list[Ask], *, callers: Callers, claims: int, owner: psycopg.Connection[Any]) -> Figures:
    """Ask everything once, after a warm-up; first plain for the time, then a tenth of it again for statements and bare SQL.

    Raises `NotAnswered` when a page gives an error, since an error page is quick.
    """
    is_write = bool(asked[0].body)
    wanted = 201 if is_write else 200
    warm = min(WARM_UP, len(asked) // 4)
    looked_at = asked[-max(1, len(asked) // 10):]
    timed = asked[warm: len(asked) - len(looked_at)] if is_write else asked[warm:]
    for ask in asked[:warm]:
        _answered(callers, ask, wanted)
    times = [_timed(partial(_answered, callers, ask, wanted)) for ask in timed]
    most, bare = 0, []
    for ask in looked_at:
        recorder = Recorder()
        with connection.execute_wrapper(recorder):
            _answered(callers, ask, wanted)
        most = max(most, len(recorder.statements))
        bare.append(_written_alone(owner) if is_write else _timed(partial(_alone, recorder.statements)))
    return Figures(page, claims, len(times), at_rank(times, 50), at_rank(times, 95), most, at_rank(bare, 50))


def _answered(callers: Callers, ask: Ask, wanted: int) -> None:
    status = callers.send(ask)
    if status != wanted:
        raise NotAnswered(f"{ask.path} answered {status}, not {wanted}")


def _timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def _alone(statements: Iterable[Statement]) -> None:
    """The reading statements of a page, on a bare cursor of the same connection, every row fetched."""
    with psycopg.ClientCursor(connection.connection) as cursor:
        for text, params in statements:
            if not text.lstrip().startswith(WRITES):
                cursor.execute(text, params)
                if cursor.description is not None:
                    cursor.fetchall()


_LAST_COMMAND = "SELECT command FROM entry ORDER BY id DESC LIMIT 1"
_CHANGED = "SELECT table_name, row_key FROM row_history WHERE command = %s ORDER BY id"


def _written_alone(owner: psycopg.Connection[Any]) -> float:
    """Milliseconds to write the rows of the last report into empty copies of their tables, by bare SQL with their indexes."""
    with owner.cursor() as cursor:
        found = cursor.execute(_LAST_COMMAND).fetchone()
        command = str(found[0]) if found else ""
        keys = [(table, "id", key) for table, key in dict.fromkeys(cursor.execute(_CHANGED, [command]).fetchall())]
        texts: list[tuple[str, str]] = []
        for table, column, key in [*keys, ("entry", "command", command), ("row_history", "command", command)]:
            names = {"bare": sql.Identifier(f"bare_{table}"), "table": sql.Identifier(table), "column": sql.Identifier(column)}
            cursor.execute(sql.SQL("CREATE TEMP TABLE IF NOT EXISTS {bare} (LIKE {table} INCLUDING INDEXES)").format(**names))
            cursor.execute(sql.SQL("TRUNCATE {bare}").format(**names))
            rows = cursor.execute(sql.SQL("SELECT to_jsonb(t)::text FROM {table} t WHERE {column}::text = %s").format(**names), [key]).fetchall()
            texts += [(table, row[0]) for row in rows]
        owner.commit()
        return _timed(partial(_insert, owner, texts))


def _insert(owner: psycopg.Connection[Any], texts: list[tuple[str, str]]) -> None:
    with owner.transaction(), owner.cursor() as cursor:
        for table, row in texts:
            bare = sql.Identifier(f"bare_{table}")
            cursor.execute(sql.SQL("INSERT INTO {0} SELECT * FROM jsonb_populate_record(NULL::{0}, %s::jsonb)").format(bare), [row])
