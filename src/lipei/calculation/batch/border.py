"""The border of a batch: tables of Arrow, Parquet or CSV become columns of whole numbers, and results become tables again.

Values stand as the terms declare them: amounts as decimals or text (`1234.50`), dates, yes or no, choices by code, ratios as text
(`85%`, `1/3`), whole numbers. What cannot be read is marked, and its row becomes a problem with its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, feather, parquet

from lipei.calculation.batch.tables import Claims, Items, Policies
from lipei.calculation.batch.whole_numbers import MISSING
from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition
from lipei.terms.fact_values import value_of_text
from lipei.terms.faults import TextFault

UNREADABLE = MISSING + 1
"""What stands for a text that is no value of its fact; it is out of every range."""
ORDINAL_OF_1970 = 719_163
KEYS = ("claim", "policy", "order", "member", "family", "edition", "bill")
"""Names of columns that are not facts."""


def read_table(path: Path) -> Any:
    """The table in a `.parquet`, `.arrow` or `.csv` file; of CSV every column is text. Raises `ValueError` for another kind."""
    if path.suffix == ".parquet":
        return parquet.read_table(path)
    if path.suffix in (".arrow", ".feather"):
        return feather.read_table(path)
    if path.suffix == ".csv":
        with path.open() as lines:
            names = next(iter(lines)).strip().split(",")
        options = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True)
        return csv.read_csv(path, convert_options=options)
    raise ValueError(f"{path.name}: .parquet, .arrow and .csv can be read")


def write_table(table: Any, path: Path) -> None:
    """Writes the table by the ending of the file, like `read_table`."""
    if path.suffix == ".csv":
        csv.write_csv(table, path)
    elif path.suffix == ".parquet":
        parquet.write_table(table, path)
    else:
        feather.write_feather(table, str(path))


def specs_of(editions: Sequence[Edition]) -> dict[str, FactSpec]:
    """Every fact and policy value by name. Raises `ValueError` when two editions mean different kinds by one name."""
    found: dict[str, FactSpec] = {}
    for edition in editions:
        for name, spec in {**edition.document.policy, **edition.document.facts}.items():
            if found.setdefault(name, spec).kind != spec.kind:
                raise ValueError(f"{name}: {spec.kind} in one edition, {found[name].kind} in another")
    return found


def choices_of(editions: Sequence[Edition]) -> tuple[str, ...]:
    """Every choice of every edition, in a fixed order: their numbers in columns."""
    specs = [spec for e in editions for spec in {**e.document.policy, **e.document.facts}.values()]
    return tuple(sorted({choice for spec in specs for choice in spec.choices}))


def columns_of(table: Any, *, specs: Mapping[str, FactSpec], choices: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts of a table as whole numbers, and the denominators of ratios. Columns that are no facts are left out."""
    columns, parts = {}, {}
    for name in table.column_names:
        if name in specs and name not in KEYS:
            column = table.column(name).combine_chunks()
            if specs[name].kind == "ratio":
                columns[name], parts[name] = ratios_of(column, specs[name])
            else:
                columns[name] = numbers_of(column, specs[name], choices)
    return columns, parts


def numbers_of(column: Any, spec: FactSpec, choices: tuple[str, ...]) -> Any:
    """The column as whole numbers; quickly when the whole of it can be read, else value by value."""
    try:
        return _filled(_quickly(column, spec, choices))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return np.array([_slowly(value, spec, choices) for value in column.to_pylist()], dtype=np.int64)


def _quickly(column: Any, spec: FactSpec, choices: tuple[str, ...]) -> Any:
    if spec.kind == "choice":
        found = pc.index_in(column.cast(pa.string()), value_set=pa.array(choices, pa.string())).cast(pa.int64())
        unknown = pc.and_(pc.is_null(found), pc.is_valid(column))
        return pc.if_else(unknown, pa.scalar(UNREADABLE, pa.int64()), found)
    if spec.kind == "date":
        return pc.add(column.cast(pa.date32()).cast(pa.int32()).cast(pa.int64()), ORDINAL_OF_1970)
    if spec.kind == "amount":
        return amounts_of(column)
    if spec.kind == "boolean":
        return column.cast(pa.bool_()).cast(pa.int64())
    return column.cast(pa.int64())


def amounts_of(column: Any) -> Any:
    """Amounts in fen from decimals, text or whole major units; nothing is rounded. Raises `ArrowInvalid` for a third decimal."""
    if pa.types.is_floating(column.type):
        raise pa.ArrowInvalid("amounts are never floating-point numbers")
    exact = column.cast(pa.decimal128(24, 2))
    return pc.multiply(exact, pa.scalar(Decimal(100), pa.decimal128(3, 0))).cast(pa.int64())


def _filled(column: Any) -> Any:
    return pc.fill_null(column, MISSING).to_numpy(zero_copy_only=False).astype(np.int64, copy=False)


def _slowly(value: Any, spec: FactSpec, choices: tuple[str, ...]) -> int:
    if value is None or str(value).strip() == "":
        return MISSING
    if isinstance(value, float):
        return UNREADABLE
    try:
        found = value_of_text(spec, str(value).lower() if isinstance(value, bool) else str(value))
    except TextFault:
        return UNREADABLE
    if isinstance(found, str):
        return choices.index(found)
    return int(found.toordinal()) if hasattr(found, "toordinal") else int(found)


def ratios_of(column: Any, spec: FactSpec) -> tuple[Any, Any]:
    """Each distinct text is read once."""
    coded = column.cast(pa.string()).dictionary_encode()
    above, below = [], []
    for text in coded.dictionary.to_pylist():
        try:
            ratio = value_of_text(spec, text)
            above.append(ratio.numerator)
            below.append(ratio.denominator)
        except TextFault:
            above.append(UNREADABLE)
            below.append(1)
    places = pc.fill_null(coded.indices, len(above)).to_numpy(zero_copy_only=False)
    return np.array([*above, MISSING], dtype=np.int64)[places], np.array([*below, 1], dtype=np.int64)[places]


def policies_of(table: Any, *, editions: Sequence[Edition]) -> Policies:
    """Policies from a table with `policy`, `edition` (`product@edition`) and policy values. Raises `ValueError` for an unknown edition."""
    codes = pa.array([edition.code for edition in editions])
    found = pc.index_in(table.column("edition").combine_chunks().cast(pa.string()), value_set=codes)
    if found.null_count:
        raise ValueError("a policy is of an edition that is not among those given")
    columns, parts = columns_of(table, specs=specs_of(editions), choices=choices_of(editions))
    return Policies(found.to_numpy(zero_copy_only=False).astype(np.int64), columns, parts)


def claims_of(table: Any, *, policies: Any, editions: Sequence[Edition], bill_category: str = "") -> Claims:
    """Claims from a table with `claim`, `policy`, `order` (dates or whole numbers), facts, perhaps `member`, `family`, `bill`.

    Raises `ValueError` for a claim of a policy that is not in the table of policies.
    """
    known = policies.column("policy").combine_chunks()
    policy = pc.index_in(table.column("policy").combine_chunks().cast(known.type), value_set=known)
    if policy.null_count:
        raise ValueError("a claim is of a policy that is not in the table of policies")
    choices = choices_of(editions)
    columns, parts = columns_of(table, specs=specs_of(editions), choices=choices)
    persons = {name: _coded(table, name) for name in ("member", "family")}
    bill = _filled(amounts_of(table.column("bill").combine_chunks())) if "bill" in table.column_names else None
    number = policy.to_numpy(zero_copy_only=False).astype(np.int64)
    return Claims(number, _order(table), columns, parts, choices, **persons, bill=bill, bill_category=bill_category)


def _coded(table: Any, name: str) -> Any:
    """Persons numbered in the order in which they first come; None without such a column."""
    if name not in table.column_names:
        return None
    return table.column(name).combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)


def _order(table: Any) -> Any:
    column = table.column("order").combine_chunks()
    if pa.types.is_string(column.type):
        try:
            column = column.cast(pa.int64())
        except pa.ArrowInvalid:
            column = column.cast(pa.date32())
    number = column.cast(pa.date32()).cast(pa.int32()) if pa.types.is_temporal(column.type) else column
    return number.cast(pa.int64()).to_numpy(zero_copy_only=False)


def items_of(table: Any, *, claims: Any) -> Items:
    """Bill lines from a table with `claim`, `category`, `claimed`, perhaps `allowed`, `days`, `person`, in the order of the claims.

    Raises `ValueError` for a line of a claim that is not there.
    """
    known = claims.column("claim").combine_chunks()
    claim = pc.index_in(table.column("claim").combine_chunks().cast(known.type), value_set=known)
    if claim.null_count:
        raise ValueError("a bill line is of a claim that is not in the table of claims")
    place = claim.to_numpy(zero_copy_only=False)
    table = table.take(pa.array(np.argsort(place, kind="stable")))
    offsets = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(known)))]).astype(np.int64)
    coded = table.column("category").combine_chunks().cast(pa.string()).dictionary_encode()
    found = {name: table.column(name).combine_chunks() for name in ("claimed", "allowed", "days") if name in table.column_names}
    return Items(
        offsets,
        coded.indices.to_numpy(zero_copy_only=False).astype(np.int64),
        _filled(amounts_of(found["claimed"])),
        tuple(coded.dictionary.to_pylist()),
        allowed=_filled(amounts_of(found["allowed"])) if "allowed" in found else None,
        days=_filled(found["days"].cast(pa.int64())) if "days" in found else None,
        person=_coded(table, "person"),
    )
