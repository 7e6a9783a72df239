"""A book on disk: its partitions, the bill lines beside them, and their rows a piece at a time.

A partition is read in batches of rows (Parquet row groups, CSV blocks, Arrow record batches), never whole, unless it is small.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv
from pyarrow import ipc, parquet

from lipei.products.book.troubles import BookTrouble
from lipei.terms.words import Words

SUFFIXES = (".parquet", ".csv", ".arrow")
BATCH_ROWS = 131_072
CSV_BLOCK_BYTES = 8 * 2**20
PARTITIONS_MAX = 100_000
COLUMNS_MAX = 2_000
ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Partition:
    """One file of claims, and the file of its bill lines when there is one."""

    name: str
    path: Path
    items: Path | None = None


def partitions_of(book: Path) -> tuple[Partition, ...]:
    """The partitions of a folder (or of a file, which is a book of one), by name. Raises `BookTrouble`."""
    if book.is_file() and book.suffix in SUFFIXES:
        return (Partition(book.stem, book),)
    if not book.is_dir():
        raise BookTrouble([Words(f"{book} 不是文件夹，也不是 .parquet、.csv、.arrow 文件", f"{book} is no folder and no .parquet, .csv or .arrow file")])
    claims, items = _files(book), _files(book / ITEMS) if (book / ITEMS).is_dir() else {}
    reasons = [
        Words(f"items/{path.name} 没有同名的赔案文件", f"items/{path.name}: there is no file of claims of that name")
        for name, path in items.items()
        if name not in claims
    ]
    if not claims:
        reasons.append(Words(f"{book} 里没有 .parquet、.csv 或 .arrow 文件", f"{book} holds no .parquet, .csv or .arrow file"))
    if len(claims) > PARTITIONS_MAX:
        reasons.append(Words(f"分区超过 {PARTITIONS_MAX} 个", f"there are more than {PARTITIONS_MAX} partitions"))
    if reasons:
        raise BookTrouble(reasons)
    return tuple(Partition(name, path, items.get(name)) for name, path in claims.items())


def _files(folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    twice = []
    for path in sorted(one for one in folder.iterdir() if one.is_file() and one.suffix in SUFFIXES):
        if path.stem in found:
            twice.append(Words(f"{found[path.stem].name} 和 {path.name} 同名，只留一个", f"{found[path.stem].name} and {path.name} have one name; keep one of them"))
        found[path.stem] = path
    if twice:
        raise BookTrouble(twice)
    return dict(sorted(found.items()))


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def columns_in(path: Path) -> dict[str, Any]:
    """The columns of a file with their types (text for CSV). Raises `BookTrouble` when it cannot be read."""
    try:
        if path.suffix == ".csv":
            names = _heading(path)
            schema = pa.schema([(name, pa.string()) for name in names])
        elif path.suffix == ".parquet":
            schema = parquet.read_schema(path)
        else:
            with ipc.open_file(path) as file:
                schema = file.schema
    except (pa.ArrowInvalid, OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, error) from error
    twice = sorted({name for name in schema.names if schema.names.count(name) > 1})
    if twice or len(schema.names) > COLUMNS_MAX:
        named = ", ".join(twice) or str(len(schema.names))
        raise BookTrouble([Words(f"{path.name}：列名重复或列太多：{named}", f"{path.name}: columns twice, or too many of them: {named}")])
    return {field.name: field.type for field in schema}


def _heading(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader(lines), [])


def batches_of(path: Path, *, columns: list[str] | None = None) -> Iterator[Any]:
    """The rows of a file as tables of at most about `BATCH_ROWS` rows; of CSV every column is text. Raises `BookTrouble`."""
    try:
        yield from _batches(path, columns)
    except (pa.ArrowInvalid, OSError) as error:
        raise _unreadable(path, error) from error


def _batches(path: Path, columns: list[str] | None) -> Iterator[Any]:
    if path.suffix == ".parquet":
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=columns):
                yield pa.Table.from_batches([batch])
        return
    if path.suffix == ".arrow":
        with ipc.open_file(path) as file:
            for number in range(file.num_record_batches):
                table = pa.Table.from_batches([file.get_batch(number)])
                yield table if columns is None else table.select(columns)
        return
    text = dict.fromkeys(_heading(path), pa.string())
    options = arrow_csv.ConvertOptions(column_types=text, strings_can_be_null=True, quoted_strings_can_be_null=True, null_values=[""], include_columns=columns)
    reader = arrow_csv.open_csv(path, read_options=arrow_csv.ReadOptions(block_size=CSV_BLOCK_BYTES), convert_options=options)
    for batch in reader:
        yield pa.Table.from_batches([batch])


def _unreadable(path: Path, error: Exception) -> BookTrouble:
    said = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
    return BookTrouble([Words(f"{path.name} 读不了：{said}", f"{path.name} cannot be read: {said}")])
