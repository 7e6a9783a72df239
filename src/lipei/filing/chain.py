"""The arithmetic of the seal: an entry's hash, a command's history digest, the Merkle root of all heads. Pure.

The database's triggers compute the same (`sql/entries.sql`, `sql/history.sql`); `lipei verify` computes it here again, so that
whoever changes the triggers is found too.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

UNIT = "\x1f"
RECORD = b"\x1e"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """The columns of one entry that its hash covers."""

    file_id: uuid.UUID
    number: int
    kind: str
    version: int
    at: datetime
    recorded_at: datetime
    by_kind: str
    by_ref: str
    by_name: str
    why: str
    command: uuid.UUID
    verb: str
    caused_by: int | None
    plain: str
    personal_digest: bytes | None
    history_digest: bytes
    prev_hash: bytes
    hash: bytes


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 UTC, exactly."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def first_hash(file_id: uuid.UUID) -> bytes:
    """What the first entry of a file stands on."""
    return hashlib.sha256(str(file_id).encode()).digest()


def entry_hash(row: EntryRow) -> bytes:
    """The hash an entry must carry: over the one before it, its plain columns, and the digests of person and history."""
    caused_by = "" if row.caused_by is None else str(row.caused_by)
    text = UNIT.join(
        (
            str(row.file_id), str(row.number), row.kind, str(row.version), str(microseconds(row.at)),
            str(microseconds(row.recorded_at)), row.by_kind, row.by_ref, row.by_name, row.why, str(row.command), row.verb,
            caused_by, row.plain,
        )
    )  # fmt: skip
    return hashlib.sha256(row.prev_hash + text.encode() + (row.personal_digest or b"") + row.history_digest).digest()


def history_line(table: str, key: str, operation: str, role: str, old_digest: bytes | None, new_digest: bytes | None) -> bytes:
    """One row of a command's history as its digest covers it."""
    return UNIT.join((table, key, operation, role)).encode() + (old_digest or b"") + (new_digest or b"")


def history_digest(lines: Iterable[bytes]) -> bytes:
    """The digest over all rows a command changed, in their order."""
    return hashlib.sha256(RECORD.join(lines)).digest()


def leaf(file_id: uuid.UUID, length: int, head: bytes) -> bytes:
    """A file's head as a leaf of the block."""
    return hashlib.sha256(b"\x00" + f"{file_id}{UNIT}{length}{UNIT}".encode() + head).digest()


def merkle_root(leaves: list[bytes]) -> bytes:
    """The root over leaves in the order of their file ids; an odd one goes up alone. Empty: the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = leaves
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]
