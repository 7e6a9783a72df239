"""The map of a foreign file: how its columns become claim, policy, order, bill, facts and policy values – declared, never programmed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BeforeValidator, Field, model_validator

from lipei.products.book.troubles import BookTrouble
from lipei.products.files import CannotRead, text_of
from lipei.terms.faults import TermsFaults, TextFault
from lipei.terms.fields import Code, Part
from lipei.terms.money import AmountFault, amount_of, machine
from lipei.terms.reading import read_tree
from lipei.terms.validating import validated
from lipei.terms.words import Words

NAME_CHARACTERS_MAX = 200
Name = Annotated[str, Field(min_length=1, max_length=NAME_CHARACTERS_MAX)]
UNREADABLE_DATE = " ?"
"""What is put after a date that is not written in the form of the map, so that it is no date of ours either, and is named."""


class Column(Part):
    """Where one of our columns comes from: exactly one of `from`, `value` (the same for every row) and `sum` (of columns)."""

    source: Name | None = Field(default=None, alias="from")
    value: str | None = None
    sum: list[Name] | None = Field(default=None, min_length=2, max_length=20)
    dates: str | None = Field(default=None, max_length=40)
    codes: dict[str, str] | None = None
    unit: Literal["major", "minor"] = "major"

    @model_validator(mode="after")
    def _one_source(self) -> Column:
        if sum(one is not None for one in (self.source, self.value, self.sum)) != 1:
            raise TextFault(
                Words("要写 from、value、sum 之中的一个，只写一个", "exactly one of from, value and sum is needed"),
                Words("例如 {from: 列名}", "for example {from: name of the column}"),
            )
        if self.dates is not None and not _is_form(self.dates):
            raise TextFault(
                Words(f"“{self.dates}”写不出一天", f"“{self.dates}” does not write a day"),
                Words("写成 %Y-%m-%d 或 %d.%m.%Y 这样", "write it like %Y-%m-%d or %d.%m.%Y"),
            )
        return self

    @property
    def sources(self) -> list[str]:
        """The columns of the file that it reads."""
        return [self.source] if self.source is not None else list(self.sum or [])


def _is_form(form: str) -> bool:
    """Whether a day that is written in this form can be read back."""
    day = date(2026, 12, 31)
    try:
        return datetime.strptime(day.strftime(form), form).date() == day
    except ValueError:
        return False


def _short(value: Any) -> Any:
    return {"from": value} if isinstance(value, str) else value


class ColumnMap(Part):
    """Texts that mean not known, and our columns by name."""

    missing: list[str] = Field(default_factory=list, max_length=20)
    columns: dict[Code, Annotated[Column, BeforeValidator(_short)]] = Field(min_length=1)


def read_map(path: Path) -> ColumnMap:
    """The map in a YAML file. Raises `BookTrouble` with every fault and its line."""
    try:
        tree = read_tree(text_of(path), source=str(path))
        found = validated(tree, model=ColumnMap)
    except CannotRead as trouble:
        raise BookTrouble([trouble.words]) from trouble
    except TermsFaults as faults:
        raise BookTrouble(_said(path, one) for one in faults.faults) from faults
    if tree.faults:
        raise BookTrouble(_said(path, one) for one in tree.faults)
    return found


def _said(path: Path, fault: Any) -> Words:
    return Words(
        f"{path}:{fault.line} {fault.path}：{fault.what.zh}；{fault.cure.zh}",
        f"{path}:{fault.line} {fault.path}: {fault.what.en}; {fault.cure.en}",
    )


def unknown_sources(mapping: ColumnMap, *, columns: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The columns that the map reads and the file does not have: (ours, theirs)."""
    return [(ours, theirs) for ours, column in mapping.columns.items() for theirs in column.sources if theirs not in columns]


def mapped(table: Any, *, mapping: ColumnMap | None) -> Any:
    """The table under our names; columns that the map neither makes nor reads stay as they are."""
    if mapping is None:
        return table
    used = {theirs for column in mapping.columns.values() for theirs in column.sources}
    kept = {name: table.column(name) for name in table.column_names if name not in used and name not in mapping.columns}
    made = {name: _made(table, column, mapping.missing) for name, column in mapping.columns.items()}
    return pa.table({**kept, **made})


def _made(table: Any, column: Column, missing: list[str]) -> Any:
    if column.value is not None:
        return pa.array([column.value] * table.num_rows, pa.string()) if table.num_rows else pa.array([], pa.string())
    if column.sum is not None:
        return _summed([_known(table.column(name), missing) for name in column.sum], unit=column.unit)
    found = _known(table.column(str(column.source)), missing)
    if column.codes is not None:
        found = _coded(found, column.codes)
    if column.dates is not None:
        found = _dated(found, column.dates)
    return _in_major_units(found) if column.unit == "minor" else found


def _known(column: Any, missing: list[str]) -> Any:
    """Without the texts that mean not known."""
    if not pa.types.is_string(column.type) or not missing:
        return column
    unknown = pc.is_in(column, value_set=pa.array(missing, pa.string()))
    return pc.if_else(unknown, pa.scalar(None, pa.string()), column)


def _coded(column: Any, codes: Mapping[str, str]) -> Any:
    """Their codes as ours; a code that the map does not name stays, and is judged by the terms."""
    text = column.cast(pa.string())
    place = pc.index_in(text, value_set=pa.array(list(codes), pa.string()))
    return pc.coalesce(pa.array(list(codes.values()), pa.string()).take(place.combine_chunks()), text.combine_chunks())


def _dated(column: Any, form: str) -> Any:
    """Dates in their form as dates of ours; each distinct text is read once, and 31 February is no date."""
    text = column.cast(pa.string())
    coded = (text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text).dictionary_encode()
    days = [_day(one, form) for one in coded.dictionary.to_pylist()]
    return pa.array(days, pa.string()).take(coded.indices)


def _day(text: str, form: str) -> str:
    try:
        return datetime.strptime(text.strip(), form).date().isoformat()
    except ValueError:
        return f"{text}{UNREADABLE_DATE}"


def _decimal(column: Any) -> Any:
    if pa.types.is_floating(column.type):
        raise BookTrouble([Words("金额列不能是浮点数；改存为小数或文字", "amounts are never floating-point numbers; keep them as decimals or text")])
    try:
        return column.cast(pa.decimal128(24, 2))
    except pa.ArrowInvalid:
        return None


def _summed(columns: list[Any], *, unit: str) -> Any:
    """The sum row by row, not known where a part is not known. Where a text is no amount it stays as the sum, to be named."""
    parts = [_decimal(column) for column in columns]
    if all(part is not None for part in parts):
        total = parts[0]
        for part in parts[1:]:
            total = pc.add(total, part).cast(pa.decimal128(24, 2))
        return _in_major_units(total) if unit == "minor" else total
    texts = [column.cast(pa.string()).to_pylist() for column in columns]
    found = pa.array([_row_sum(row) for row in zip(*texts, strict=True)], pa.string())
    return _in_major_units(found) if unit == "minor" else found


def _row_sum(row: tuple[str | None, ...]) -> str | None:


    if any(text is None for text in row):
        return None
    try:
        return machine(sum(amount_of(str(text)) for text in row))
    except AmountFault:
        return " + ".join(str(text) for text in row)


def _in_major_units(column: Any) -> Any:
    """Whole minor units (fen, cents) as amounts; a text that is no whole number stays, to be named."""
    try:
        whole = column.cast(pa.decimal128(24, 0))
        return pc.multiply(whole, pa.scalar("0.01").cast(pa.decimal128(3, 2))).cast(pa.decimal128(24, 2))
    except pa.ArrowInvalid:
        return pa.array([_minor(text) for text in column.cast(pa.string()).to_pylist()], pa.string())


def _minor(text: str | None) -> str | None:


    if text is None or not text.strip().lstrip("-").isdecimal():
        return text if text is None else f"{text} (minor units)"
    return machine(int(text))
