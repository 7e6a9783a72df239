"""A piece of a book becomes the columns of a batch; rows that cannot be, and why, are kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lipei.calculation.batch import Claims, Items, Policies
from lipei.calculation.batch.border import UNREADABLE, choices_of, columns_of, specs_of
from lipei.products.book.bills import ItemsTable, bill_of
from lipei.products.book.terms_choice import NONE, Terms, ordinals
from lipei.products.book.troubles import BookTrouble, RowProblem
from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition
from lipei.terms.fact_values import value_of_text
from lipei.terms.faults import TextFault
from lipei.terms.words import Words

NEEDED = ("claim", "policy", "order")
EMPTY = Words("是空的", "is empty")
TWICE = Words("在同一分区里出现了不止一次", "stands more than once in this partition")
NO_ORDER = Words("既不是日期也不是整数", "is neither a date nor a whole number")
TWO_EDITIONS = Words("同一张保单在这里按两个版本计算；分成两个保单号，或写同一版本", "this policy stands under two editions here; give it one edition, or two policy numbers")
VALUE_CHARACTERS_MAX = 40
SEPARATOR = "\x1f"
"""Between the name of a family or policy and that of a member, where both make one key."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows that go into one batch: where each stands in its file, its names, and the tables; `problems` are of rows left out or marked."""

    rows: Any
    ids: Any
    policy_names: Any
    policies: Policies
    claims: Claims
    items: Items | None
    problems: list[RowProblem]
    left_out: int
    persons: Mapping[str, Any]

    @property
    def editions(self) -> Any:
        """The number of the edition of each row."""
        return self.policies.edition[self.claims.policy]


def piece_of(table: Any, *, first_row: int, terms: Terms, items: ItemsTable | None, by: Terms | None = None) -> Piece:
    """The rows of a table under our names; `first_row` is the number of its first row in the file, from 1.

    `by` are the terms whose editions the rows name when those of `terms` stand in their place, in the same order.
    """
    problems: list[RowProblem] = []
    number, decides, why = (by or terms).of_rows(table)
    order, is_ordered = _order(table.column("order"))
    ids = table.column("claim").combine_chunks()
    wrong = np.zeros(table.num_rows, dtype=np.bool_)

    def mark(rows: Any, name: str, what: Any) -> None:
        wrong[rows] = True
        for row in np.flatnonzero(rows):
            said = what if isinstance(what, Words) else what(int(row))
            problems.append(RowProblem(first_row + int(row), _shown(ids[int(row)].as_py()), name, said))

    for name in ("claim", "policy"):
        mark(_is_empty(table.column(name)), name, EMPTY)
    mark(_is_empty(table.column("order")), "order", EMPTY)
    mark(~is_ordered & ~_is_empty(table.column("order")), "order", lambda row: _quoted(table.column("order")[row].as_py(), NO_ORDER))
    mark(_is_again(ids), "claim", TWICE)
    mark(number == NONE, decides, lambda row: _quoted(table.column(decides)[row].as_py() if decides in table.column_names else None, why(row)))
    at_odds = _policies(table, number)[2]
    mark(at_odds & ~wrong, "edition", TWO_EDITIONS)
    kept = np.flatnonzero(~wrong)
    return _kept(table, kept, order=order[kept], number=number[kept], first_row=first_row, terms=terms, items=items, problems=problems)


def _kept(table: Any, kept: Any, *, order: Any, number: Any, first_row: int, terms: Terms, items: ItemsTable | None, problems: list[RowProblem]) -> Piece:
    left_out = table.num_rows - len(kept)
    if left_out:
        table = table.take(pa.array(kept))
    ids = table.column("claim").combine_chunks()
    policy, edition, _ = _policies(table, number)
    names = table.column("policy").combine_chunks()
    persons = _persons(table, policy, names)
    specs, choices = specs_of(terms.editions), choices_of(terms.editions)
    columns, parts = columns_of(table, specs=specs, choices=choices)
    rows = first_row + kept
    problems += _unreadable(table, columns, specs, rows, ids)
    bill, category, lines = bill_of(table, ids=ids, items=items, terms=terms, number=number, rows=rows, problems=problems)
    people = {name: persons[name][0] if name in persons else None for name in ("member", "family")}
    claims = Claims(policy, order, columns, parts, choices, **people, bill=bill, bill_category=category)
    return Piece(rows, ids, names, Policies(edition), claims, lines, problems, left_out, persons)


def _is_empty(column: Any) -> Any:
    empty = pc.is_null(column)
    if pa.types.is_string(column.type):
        empty = pc.or_kleene(empty, pc.equal(pc.utf8_trim_whitespace(pc.fill_null(column, "")), ""))
    return empty.combine_chunks().to_numpy(zero_copy_only=False)


def _is_again(ids: Any) -> Any:
    """Whether a claim of that name came before, in the same table."""
    coded = ids.dictionary_encode()
    again = np.zeros(len(ids), dtype=np.bool_)
    if len(coded.dictionary) + ids.null_count < len(ids):
        place = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
        first = np.full(len(coded.dictionary) + 1, -1, dtype=np.int64)
        first[place[::-1]] = np.arange(len(place))[::-1]
        again = (first[place] != np.arange(len(place))) & (place >= 0)
    return again


def _order(column: Any) -> tuple[Any, Any]:
    """The order key as whole numbers (dates as ordinals), and whether each could be read."""
    column = column.combine_chunks()
    if pa.types.is_integer(column.type):
        return pc.fill_null(column.cast(pa.int64()), 0).to_numpy(zero_copy_only=False), pc.is_valid(column).to_numpy(zero_copy_only=False)
    if pa.types.is_string(column.type):
        try:
            whole = column.cast(pa.int64())
            return pc.fill_null(whole, 0).to_numpy(zero_copy_only=False), pc.is_valid(whole).to_numpy(zero_copy_only=False)
        except pa.ArrowInvalid:
            pass
    elif not pa.types.is_temporal(column.type):
        raise BookTrouble([Words("order 列要是日期或整数", "the column order must hold dates or whole numbers")])
    days = ordinals(column)
    return days, days > 0


def _policies(table: Any, number: Any) -> tuple[Any, Any, Any]:
    """The number of each row's policy, the edition of each policy, and the rows whose edition is another."""
    coded = table.column("policy").combine_chunks().dictionary_encode()
    policy = pc.fill_null(coded.indices, len(coded.dictionary)).to_numpy(zero_copy_only=False).astype(np.int64)
    edition = np.zeros(len(coded.dictionary) + 1, dtype=np.int64)
    edition[policy[::-1]] = number[::-1]
    at_odds = (edition[policy] != number) & (policy < len(coded.dictionary))
    return policy, np.maximum(edition[: max(len(coded.dictionary), 1)], 0), at_odds


def _persons(table: Any, policy: Any, names: Any) -> dict[str, tuple[Any, Any]]:
    """Policies, families and members: the number of each row's and the names in the order of their numbers.

    A member is somebody within a family or policy, so the same name in two of them is two people.
    """
    found = {"policy": (policy, pc.unique(names))}
    group_names = names
    if "family" in table.column_names:
        given = table.column("family").combine_chunks().cast(pa.string())
        group_names = pc.coalesce(given, names.cast(pa.string()))
        found["family"] = _numbered(group_names)
    if "member" in table.column_names:
        member = pc.fill_null(table.column("member").combine_chunks().cast(pa.string()), "")
        found["member"] = _numbered(pc.binary_join_element_wise(group_names.cast(pa.string()), member, SEPARATOR))
    return found


def _numbered(names: Any) -> tuple[Any, Any]:
    coded = names.dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False).astype(np.int64), coded.dictionary


def _unreadable(table: Any, columns: Mapping[str, Any], specs: Mapping[str, FactSpec], rows: Any, ids: Any) -> list[RowProblem]:
    """What stands in a column of facts and is no value of it, with what would be right."""
    found = []
    for name, column in columns.items():
        for at in np.flatnonzero(column == UNREADABLE):
            said = _said(specs[name], table.column(name)[int(at)].as_py())
            found.append(RowProblem(int(rows[at]), _shown(ids[int(at)].as_py()), name, said))
    return found


def _said(spec: FactSpec, value: Any) -> Words:
    try:
        value_of_text(spec, str(value))
    except TextFault as fault:
        return Words(f"{fault.what.zh}；{fault.cure.zh}", f"{fault.what.en}; {fault.cure.en}")
    return _quoted(value, Words("这种类型的列读不了", "is of a type that cannot be read"))


def _quoted(value: Any, what: Words) -> Words:
    if value is None:
        return what
    text = _shown(value)[:VALUE_CHARACTERS_MAX]
    return Words(f"“{text}”{what.zh}", f"“{text}” {what.en}")


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def check_columns(columns: Mapping[str, Any], *, terms: Terms, partition: str) -> list[Words]:
    """What is wrong with the columns as such: keys that lack, facts that every row must have, amounts as floating-point numbers."""
    specs = specs_of(terms.editions)
    needed = [*NEEDED, *required(terms.editions)]
    known = {*specs, *needed, "member", "family", "edition", "edition_on", "product", "bill", "category"}
    reasons = []
    for name in dict.fromkeys(needed):
        if name not in columns:
            near = get_close_matches(name, [one for one in columns if one not in known], n=1)
            zh, en = (f"；是不是“{near[0]}”？用 --map 改名", f"; is it “{near[0]}”? rename it with --map") if near else ("；加上，或用 --map 指明", "; add it, or name its source with --map")
            reasons.append(Words(f"{partition}：缺少列 {name}{zh}", f"{partition}: the column {name} is missing{en}"))
    for name, kind in columns.items():
        money = name == "bill" or (name in specs and specs[name].kind == "amount")
        if money and pa.types.is_floating(kind):
            reasons.append(Words(f"{partition}：列 {name} 是浮点数，金额要用小数（decimal）或文字", f"{partition}: the column {name} holds floating-point numbers; amounts must be decimals or text"))
    return reasons


def required(editions: tuple[Edition, ...]) -> list[str]:
    """The facts and policy values that every edition needs and none has a default for."""
    each = [{name for name, spec in {**e.document.policy, **e.document.facts}.items() if spec.default is None} for e in editions]
    return sorted(set.intersection(*each)) if each else []

