"""`lipei verify`: recomputes every chain, every command's history and every row, and compares with the deposited blocks.

It trusts no trigger and no function of the database, only built-in ones. Every finding names the file and the entry.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from lipei.filing.chain import EntryRow, entry_hash, first_hash, history_digest, history_line
from lipei.filing.recording import PERSONAL_PURPOSE, personal_digest
from lipei.filing.seal import Block, read_blocks, root_of
from lipei.filing.settling import DERIVED, WITHOUT_HISTORY
from lipei.privacy.cipher import CannotRead, keyring
from lipei.terms.words import Words

FINDINGS_MAX = 200
_ENTRIES = """
    SELECT file_id, number, kind, version, at, recorded_at, by_kind, by_ref, by_name, why, command, verb, caused_by_id, plain,
           personal_digest, history_digest, prev_hash, hash, personal
    FROM entry ORDER BY file_id, number
"""
_HISTORY = """
    SELECT command, table_name, row_key, operation, db_role, old_digest, new_digest,
           old_row IS NOT NULL AND sha256(convert_to(old_row::text, 'UTF8')) <> old_digest
    FROM row_history ORDER BY command, id
"""
_ROWS = """
    WITH last AS (
        SELECT DISTINCT ON (row_key) row_key, operation, new_digest, command
        FROM row_history WHERE table_name = %s ORDER BY row_key, id DESC
    ), present AS (
        SELECT to_jsonb(t) ->> %s AS row_key, sha256(convert_to((to_jsonb(t) - %s::text[])::text, 'UTF8')) AS digest FROM "{table}" t
    )
    SELECT coalesce(last.row_key, present.row_key), last.command,
           CASE WHEN last.row_key IS NULL THEN 'forged'
                WHEN present.row_key IS NULL THEN 'deleted'
                WHEN last.operation = 'DELETE' THEN 'back'
                ELSE 'altered' END
    FROM last FULL JOIN present USING (row_key)
    WHERE last.row_key IS NULL
       OR (present.row_key IS NULL AND last.operation <> 'DELETE')
       OR (present.row_key IS NOT NULL AND (last.operation = 'DELETE' OR present.digest <> last.new_digest))
    LIMIT 50
"""
_WHAT = {
    "forged": Words("没有任何记录就存在", "exists without any record"),
    "deleted": Words("被删除", "was deleted"),
    "back": Words("删除后又出现", "came back after its deletion"),
    "altered": Words("被改动", "was altered"),
}


@dataclass(slots=True)
class Report:
    """What was looked through, and every finding."""

    files: int = 0
    entries: int = 0
    blocks: int = 0
    findings: list[Words] = field(default_factory=list)

    def find(self, zh: str, en: str) -> None:
        """Note a finding; after `FINDINGS_MAX` only the count would grow, so it stops there."""
        if len(self.findings) < FINDINGS_MAX:
            self.findings.append(Words(zh, en))


@dataclass(slots=True)
class _Seen:
    """What the walk over the entries leaves for the other checks."""

    numbers: dict[uuid.UUID, str]
    places: dict[uuid.UUID, str] = field(default_factory=dict)
    history: dict[uuid.UUID, bytes] = field(default_factory=dict)
    heads: dict[uuid.UUID, tuple[int, bytes]] = field(default_factory=dict)
    marked: dict[tuple[uuid.UUID, int], bytes] = field(default_factory=dict)


def check(deposit: Path) -> Report:
    """Look through everything; `deposit` is the folder with the deposited blocks (it may be empty or missing)."""
    report = Report()
    blocks = read_blocks(deposit)
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if is_outermost:  # everything is read as of one moment, while people go on working
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET LOCAL timezone = 'UTC'")
            cursor.execute("SELECT id, number FROM file")
            seen = _Seen(dict(cursor.fetchall()))
        last = {h.file_id: h.length for h in blocks[-1].heads} if blocks else {}
        _check_chains(report, seen, last)
        _check_heads(report, seen)
        _check_history(report, seen)
        _check_rows(report, seen)
        _check_blocks(report, seen, blocks)
    report.files = len(seen.numbers)
    report.blocks = len(blocks)
    return report


def _rows(sql: str) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        yield from cursor


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def entry_row(raw: tuple[Any, ...]) -> EntryRow:
    """A row of `_ENTRIES` as the chain's arithmetic takes it."""
    names = EntryRow.__slots__
    values = dict(zip(names, raw, strict=False))
    for name in ("personal_digest", "history_digest", "prev_hash", "hash"):
        values[name] = _bytes(values[name])
    return EntryRow(**values)


def _check_chains(report: Report, seen: _Seen, last: dict[uuid.UUID, int]) -> None:
    for file_id, rows in itertools.groupby(_rows(_ENTRIES), key=lambda r: r[0]):
        number = seen.numbers.get(file_id, str(file_id))
        prev, expected = first_hash(file_id), 1
        for raw in rows:
            row = entry_row(raw)
            report.entries += 1
            if row.number != expected:
                report.find(f"卷宗 {number}：第 {expected} 条记录不见了", f"File {number}: entry {expected} is missing")
            if row.prev_hash != prev or entry_hash(row) != row.hash:
                report.find(f"卷宗 {number}：第 {row.number} 条记录与前后不符", f"File {number}: entry {row.number} does not agree with its chain")
            _check_personal(report, number, row, _bytes(raw[18]))
            prev, expected = row.hash, row.number + 1
            seen.places[row.command] = f"{number}#{row.number}"
            known = seen.history.setdefault(row.command, row.history_digest)
            if known != row.history_digest:
                report.find(f"卷宗 {number}：第 {row.number} 条记录的变动摘要不符", f"File {number}: entry {row.number} disagrees about its command's changes")
            if last.get(file_id) == row.number:
                seen.marked[(file_id, row.number)] = row.hash
        seen.heads[file_id] = (expected - 1, prev)


def _check_personal(report: Report, number: str, row: EntryRow, personal: bytes | None) -> None:
    if personal is None:
        return
    try:
        agrees = personal_digest(keyring().open(personal, purpose=PERSONAL_PURPOSE)) == row.personal_digest
    except CannotRead:
        agrees = False
    if not agrees:
        report.find(f"卷宗 {number}：第 {row.number} 条记录的个人内容被改动", f"File {number}: the personal content of entry {row.number} was altered")


def _check_heads(report: Report, seen: _Seen) -> None:
    for file_id, length, head in _rows("SELECT file_id, length, hash FROM file_head WHERE length > 0"):
        if seen.heads.get(file_id) != (length, bytes(head)):
            number = seen.numbers.get(file_id, str(file_id))
            have = seen.heads.get(file_id, (0, b""))[0]
            report.find(
                f"卷宗 {number}：末尾应为第 {length} 条，现有 {have} 条", f"File {number}: it should end with entry {length}, it has {have}"
            )


def _check_history(report: Report, seen: _Seen) -> None:
    found: set[uuid.UUID] = set()
    for command, rows in itertools.groupby(_rows(_HISTORY), key=lambda r: r[0]):
        found.add(command)
        lines = []
        place = seen.places.get(command)
        for _, table, key, operation, role, old, new, is_altered in rows:
            lines.append(history_line(table, key, operation, role, _bytes(old), _bytes(new)))
            if is_altered:
                where = place or "?"
                report.find(f"记录 {where}：{table} {key} 的旧值被改动", f"Entry {where}: the old row of {table} {key} was altered")
        if place is None:
            report.find(f"{table} {key} 的变动史没有对应的记录", f"Row history of {table} {key} has no entry that made it")
        elif history_digest(lines) != seen.history[command]:
            report.find(f"记录 {place}：变动史被改动", f"Entry {place}: its row history was altered")
    empty = history_digest([])
    for command, digest in seen.history.items():
        if command not in found and digest != empty:
            report.find(f"记录 {seen.places[command]}：变动史被删除", f"Entry {seen.places[command]}: its row history was deleted")


def _check_rows(report: Report, seen: _Seen) -> None:
    for model in apps.get_app_config("lipei").get_models():
        table = model._meta.db_table
        if table in WITHOUT_HISTORY:
            continue
        key = model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute(_ROWS.format(table=table), [table, key, list(DERIVED.get(table, ()))])
            for row_key, command, how in cursor.fetchall():
                place = seen.places.get(command, "-") if command else "-"
                what = _WHAT[how]
                report.find(f"{table} {row_key} {what.zh}（最后一次记录：{place}）", f"{table} {row_key} {what.en} (last record: {place})")


def _check_blocks(report: Report, seen: _Seen, blocks: list[Block]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, root FROM seal_block")
        kept = {number: bytes(root) for number, root in cursor.fetchall()}
    for block in blocks:
        if root_of(block.heads) != block.root or kept.get(block.number) != block.root:
            report.find(f"封存块 {block.number} 与数据库里的不符", f"Block {block.number} does not agree with the database's")
    for head in blocks[-1].heads if blocks else ():
        if seen.marked.get((head.file_id, head.length)) != head.hash:
            number = seen.numbers.get(head.file_id, str(head.file_id))
            report.find(
                f"卷宗 {number}：第 {head.length} 条记录与已存放的封存块 {blocks[-1].number} 不符（重写或截断）",
                f"File {number}: entry {head.length} does not agree with deposited block {blocks[-1].number} (rewritten or cut)",
            )
