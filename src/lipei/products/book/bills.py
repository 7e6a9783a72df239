"""The bills of a book: one amount a claim in the column `bill`, or lines in the folder `items`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lipei.calculation.batch import MISSING, Items
from lipei.calculation.batch.border import UNREADABLE, numbers_of
from lipei.products.book.terms_choice import Terms
from lipei.products.book.troubles import BookTrouble, RowProblem
from lipei.terms.document import FactSpec
from lipei.terms.words import Words, both

AMOUNT = FactSpec(kind="amount", label=both("amount"))
WHOLE = FactSpec(kind="whole", label=both("days"))
NO_BILL = Words("没有写金额", "has no amount")
NO_AMOUNT = Words("不是金额；写成 1234.50", "is not an amount; write it as 1234.50")
NO_NUMBER = Words("不是整数", "is not a whole number")
NO_CATEGORY = Words("没有写类别", "names no category")
NO_CLAIM = Words("这一行费用的赔案不在本分区", "this bill line is of a claim that is not in the partition")


@dataclass(slots=True)
class ItemsTable:
    """The bill lines of one partition, and which of them have found their claim."""

    table: Any
    is_used: Any = field(init=False)

    def __post_init__(self) -> None:
        lacking = [name for name in ("claim", "category", "claimed") if name not in self.table.column_names]
        if lacking:
            named = ", ".join(lacking)
            raise BookTrouble([Words(f"items：缺少列 {named}", f"items: columns are missing: {named}")])
        self.is_used = np.zeros(self.table.num_rows, dtype=np.bool_)

    def strays(self) -> list[RowProblem]:
        """The lines whose claim never came; their row is that of the file of lines."""
        claims = self.table.column("claim")
        return [RowProblem(int(row) + 1, str(claims[int(row)].as_py() or ""), "items", NO_CLAIM) for row in np.flatnonzero(~self.is_used)]

    def of(self, ids: Any, *, rows: Any, problems: list[RowProblem]) -> Items:
        """The lines of these claims, in their order; what cannot be read is a problem of the claim."""
        claim = pc.index_in(self.table.column("claim").combine_chunks().cast(ids.type), value_set=ids)
        here = pc.is_valid(claim).to_numpy(zero_copy_only=False)
        self.is_used |= here
        place = claim.drop_null().to_numpy(zero_copy_only=False).astype(np.int64)
        lines = np.flatnonzero(here)
        order = np.argsort(place, kind="stable")
        place, lines = place[order], lines[order]
        table = self.table.take(pa.array(lines))
        return _items(table, place=place, ids=ids, rows=rows, problems=problems, lines=lines)


def _items(table: Any, *, place: Any, ids: Any, rows: Any, problems: list[RowProblem], lines: Any) -> Items:
    offsets = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(ids)))]).astype(np.int64)
    coded = table.column("category").combine_chunks().cast(pa.string()).dictionary_encode()
    category = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    numbers = {
        name: numbers_of(table.column(name).combine_chunks(), WHOLE if name == "days" else AMOUNT, ())
        for name in ("claimed", "allowed", "days")
        if name in table.column_names
    }

    def mark(is_wrong: Any, name: str, what: Words) -> None:
        for at in np.flatnonzero(is_wrong):
            row = int(place[at])
            text = f"items/{int(lines[at]) + 1} {name}"
            problems.append(RowProblem(int(rows[row]), str(ids[row].as_py()), text, what))

    mark(category < 0, "category", NO_CATEGORY)
    mark(numbers["claimed"] == MISSING, "claimed", NO_BILL)
    for name, column in numbers.items():
        mark(column == UNREADABLE, name, NO_NUMBER if name == "days" else NO_AMOUNT)
    person = None
    if "person" in table.column_names:
        named = pc.fill_null(table.column("person").combine_chunks().cast(pa.string()), "")
        person = named.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Items(offsets, category, numbers["claimed"], tuple(coded.dictionary.to_pylist()), allowed=numbers.get("allowed"), days=numbers.get("days"), person=person)


def bill_of(
    table: Any, *, ids: Any, items: ItemsTable | None, terms: Terms, number: Any, rows: Any, problems: list[RowProblem]
) -> tuple[Any, str, Items | None]:
    """The column of bills with its category, or the lines. Raises `BookTrouble` when it is not clear what category a bill is of."""
    if items is not None:
        return None, "", items.of(ids, rows=rows, problems=problems)
    has_bill = np.array([bool(edition.document.categories) for edition in terms.editions])
    if "bill" not in table.column_names or not has_bill.any():
        return None, "", None
    bill = numbers_of(table.column("bill").combine_chunks(), AMOUNT, ()).copy()
    expects = has_bill[number] if len(number) else np.zeros(0, dtype=np.bool_)
    for at in np.flatnonzero(expects & ((bill == MISSING) | (bill == UNREADABLE))):
        text = table.column("bill")[int(at)].as_py()
        what = NO_BILL if text is None else Words(f"“{str(text)[:40]}”{NO_AMOUNT.zh}", f"“{str(text)[:40]}” {NO_AMOUNT.en}")
        problems.append(RowProblem(int(rows[at]), str(ids[int(at)].as_py()), "bill", what))
        bill[at] = UNREADABLE
    if "category" in table.column_names:
        return None, "", _single_lines(table, bill)
    return bill, category_of_bills(terms), None


def category_of_bills(terms: Terms) -> str:
    """The one category that every edition with bills has. Raises `BookTrouble` when there are several."""
    found = {name for edition in terms.editions for name in edition.document.categories}
    if len(found) > 1:
        named = ", ".join(sorted(found)[:12])
        raise BookTrouble([Words(f"bill 是哪一类费用？加一列 category（{named}）", f"of what category is the bill? add a column category ({named})")])
    return next(iter(found))


def _single_lines(table: Any, bill: Any) -> Items:
    is_there = bill != MISSING
    offsets = np.concatenate([[0], np.cumsum(is_there)]).astype(np.int64)
    coded = table.column("category").combine_chunks().cast(pa.string()).dictionary_encode()
    category = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return Items(offsets, category[is_there], bill[is_there], tuple(coded.dictionary.to_pylist()))
