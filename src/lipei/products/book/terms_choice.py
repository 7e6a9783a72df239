"""Which edition each row of a book is calculated by: one for all, by the column `edition`, or by the date of the policy."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lipei import products
from lipei.calculation.batch.border import ORDINAL_OF_1970, specs_of
from lipei.products.book.troubles import BookTrouble
from lipei.products.files import CannotRead, checked_of
from lipei.terms.edition import Edition
from lipei.terms.faults import TextFault
from lipei.terms.scalars import date_of
from lipei.terms.words import Words

By = Literal["one", "column", "date"]
DATES = ("edition_on", "cover_from")
"""Columns that say on which day the edition must be in force: the first of them that is there."""
NONE = -1
NO_EDITION = Words("不是这里有的版本", "is not one of the editions that are here")
NOT_NAMED = Words("没有写版本", "names no edition")
NOT_IN_FORCE = Words("那一天没有生效的版本", "is a day on which no edition is in force")
NO_DAY = Words("不知道按哪一天找版本", "does not say by which day the edition is found")
LAST_DAY = 3_652_059


@dataclass(frozen=True, slots=True)
class Terms:
    """The editions of a run, and how rows find theirs."""

    editions: tuple[Edition, ...]
    is_for_all: bool

    @property
    def digest(self) -> str:
        """What tells these terms from others."""
        lines = [f"{edition.code} {edition.fingerprint}" for edition in self.editions]
        return hashlib.sha256("\n".join([*lines, str(self.is_for_all)]).encode()).hexdigest()

    @property
    def currencies(self) -> list[str]:
        """The currencies of the editions; with more than one, sums over all claims are of no currency."""
        return sorted({edition.document.currency for edition in self.editions})

    def way(self, columns: Sequence[str]) -> By:
        """How the rows of a table with these columns find their edition. Raises `BookTrouble` when they cannot."""
        if self.is_for_all:
            return "one"
        if "edition" in columns:
            return "column"
        codes = {edition.document.product for edition in self.editions}
        if any(name in columns for name in DATES) and (len(codes) == 1 or "product" in columns):
            return "date"
        raise BookTrouble(
            [
                Words(
                    "条款不止一版：加一列 edition（产品@版本），或一列 edition_on 或 cover_from（再加 product），或用 --product 代码@日期",
                    "there is more than one edition: add a column edition (product@edition), or edition_on or cover_from (and product), or say --product CODE@DATE",
                )
            ]
        )

    def of_rows(self, table: Any) -> tuple[Any, str, Any]:
        """The number of each row's edition (`NONE` where there is none), the column that decides, why where there is none."""
        way = self.way(table.column_names)
        if way == "one":
            return np.zeros(table.num_rows, dtype=np.int64), "edition", None
        return self._by_column(table) if way == "column" else self._by_date(table)

    def _by_column(self, table: Any) -> tuple[Any, str, Any]:
        given = table.column("edition").combine_chunks().cast(pa.string())
        found = pc.index_in(given, value_set=pa.array([edition.code for edition in self.editions]))
        number = pc.fill_null(found, NONE).to_numpy(zero_copy_only=False).astype(np.int64)
        named = pc.is_valid(given).to_numpy(zero_copy_only=False)
        return number, "edition", lambda row: NO_EDITION if named[row] else NOT_NAMED

    def _by_date(self, table: Any) -> tuple[Any, str, Any]:
        name = next(one for one in DATES if one in table.column_names)
        day = ordinals(table.column(name))
        product = table.column("product").combine_chunks().cast(pa.string()) if "product" in table.column_names else None
        number = np.full(table.num_rows, NONE, dtype=np.int64)
        for place, edition in enumerate(self.editions):
            span = edition.document.in_force
            last = LAST_DAY if span.last is None else span.last.toordinal()
            holds = (day >= span.first.toordinal()) & (day <= last)
            if product is not None:
                holds &= pc.fill_null(pc.equal(product, edition.document.product), False).to_numpy(zero_copy_only=False)
            number[holds] = place
        return number, name, lambda row: NOT_IN_FORCE if day[row] > 0 else NO_DAY


def ordinals(column: Any) -> Any:
    """Dates as ordinals, 0 where there is none that can be read."""
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    try:
        days = column.cast(pa.date32()).cast(pa.int32())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        coded = column.cast(pa.string()).dictionary_encode()
        days = pa.array([_day(text) for text in coded.dictionary.to_pylist()], pa.int32()).take(coded.indices)
    return pc.add(pc.fill_null(days, -ORDINAL_OF_1970), ORDINAL_OF_1970).to_numpy(zero_copy_only=False).astype(np.int64)


def _day(text: str) -> int | None:
    """Days since 1970, None for what is no date; each distinct text is asked once."""
    try:
        return date_of(text).toordinal() - ORDINAL_OF_1970
    except TextFault:
        return None


def terms_of(*, terms: str | None, product: str | None) -> Terms:
    """The editions that a person names: a file, a folder, `CODE`, `CODE@DATE`, or all products. Raises `BookTrouble` with all faults."""
    named = terms or product
    try:
        found = list(products.all_checked()) if named is None else checked_of(named)
    except CannotRead as trouble:
        raise BookTrouble([trouble.words]) from trouble
    reasons = [
        Words(
            f"{one.source}:{fault.line} {fault.path}：{fault.what.zh}；{fault.cure.zh}",
            f"{one.source}:{fault.line} {fault.path}: {fault.what.en}; {fault.cure.en}",
        )
        for one in found
        if one.edition is None
        for fault in one.faults
        if fault.severity == "error"
    ]
    if reasons:
        raise BookTrouble(reasons)
    editions = tuple(one.edition for one in found if one.edition is not None)
    return together(editions, is_for_all=named is not None and len(editions) == 1)


def together(editions: Sequence[Edition], *, is_for_all: bool) -> Terms:
    """These editions, in a fixed order. Raises `BookTrouble` when one is there twice, or two mean different kinds by one name."""
    codes = [edition.code for edition in editions]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        named = ", ".join(twice)
        raise BookTrouble([Words(f"版本重复：{named}", f"editions that are there twice: {named}")])
    try:
        specs_of(editions)
    except ValueError as error:
        raise BookTrouble([Words(f"同名的事实类型不同：{error}；分开计算", f"one name means different kinds: {error}; calculate them apart")]) from error
    return Terms(tuple(sorted(editions, key=lambda edition: (edition.document.product, edition.document.in_force.first))), is_for_all)
