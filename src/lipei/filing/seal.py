"""封存: one block over the heads of all files, made by a job and deposited outside the database.

A deposited block is a compressed JSON file with every head; whoever later rewrites or cuts a chain – even the owner of the
database, with every hash recomputed – no longer agrees with it.
"""

from __future__ import annotations

import gzip
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from lipei.filing.chain import leaf, merkle_root
from lipei.filing.models import SealBlock

HEADS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Head:
    """The end of one file's chain at the moment of a block."""

    file_id: uuid.UUID
    length: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it was deposited."""

    number: int
    made_at: str
    root: bytes
    prev_root: bytes
    heads: tuple[Head, ...]


def heads_now() -> list[Head]:
    """The heads of all files with at least one entry, by file id."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute("SELECT file_id, length, hash FROM file_head WHERE length > 0 ORDER BY file_id")
        return [Head(row[0], row[1], bytes(row[2])) for row in cursor]


def root_of(heads: list[Head] | tuple[Head, ...]) -> bytes:
    """The Merkle root of heads in the order of their file ids."""
    return merkle_root([leaf(h.file_id, h.length, h.hash) for h in heads])


def make_block(*, at: datetime, deposit: Path) -> int:
    """Seal everything as it stands and deposit the block in the folder `deposit`; returns the block's number.

    The file is written before the row, so that a row without its file cannot exist.
    """
    heads = heads_now()
    last = SealBlock.objects.order_by("-number").first()
    number = (last.number if last else 0) + 1
    prev = bytes(last.root) if last else b""
    root = root_of(heads)
    write_block(Block(number, at.isoformat(), root, prev, tuple(heads)), deposit=deposit)
    SealBlock.objects.create(
        number=number, made_at=at, files=len(heads), entries=sum(h.length for h in heads), root=root, prev_root=prev, deposited_at=at
    )
    return number


def block_path(deposit: Path, number: int) -> Path:
    """Where a block lies in its deposit."""
    return deposit / f"block-{number:06d}.json.gz"


def write_block(block: Block, *, deposit: Path) -> None:
    """Write a block's file, whole or not at all."""
    deposit.mkdir(parents=True, exist_ok=True)
    content = {
        "number": block.number, "made_at": block.made_at, "root": block.root.hex(), "prev_root": block.prev_root.hex(),
        "heads": [[str(h.file_id), h.length, h.hash.hex()] for h in block.heads],
    }
    target = block_path(deposit, block.number)
    part = target.with_suffix(".part")
    part.write_bytes(gzip.compress(json.dumps(content).encode(), mtime=0))
    part.replace(target)


def read_blocks(deposit: Path) -> list[Block]:
    """All deposited blocks, the oldest first."""
    return [_read(path) for path in sorted(deposit.glob("block-*.json.gz"))] if deposit.is_dir() else []


def _read(path: Path) -> Block:
    raw = json.loads(gzip.decompress(path.read_bytes()))
    heads = tuple(Head(uuid.UUID(f), n, bytes.fromhex(h)) for f, n, h in raw["heads"])
    return Block(raw["number"], raw["made_at"], bytes.fromhex(raw["root"]), bytes.fromhex(raw["prev_root"]), heads)
