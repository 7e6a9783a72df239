"""Whether claims that share an accumulator stand in one partition: the names of policies and families, looked over before anything is calculated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lipei.products.book.column_map import ColumnMap, mapped
from lipei.products.book.partitions import Partition, batches_of, columns_in
from lipei.products.book.troubles import BookTrouble
from lipei.terms.words import Words

NAMED_MAX = 20
KEYS = ("family", "policy")


def check_apart(partitions: Sequence[Partition], *, mapping: ColumnMap | None) -> None:
    """Raises `BookTrouble` naming the families and policies that stand in two partitions, with both. The names are kept in memory, rows are not."""
    found = {name: [_names(partition, name, mapping) for partition in partitions] for name in KEYS}
    reasons = [reason for name in KEYS for reason in _twice(name, partitions, found[name])]
    if reasons:
        cure = Words(
            "按保单（或家庭）分区，或用 --carry 按分区名的顺序结转累计",
            "partition the book by policy (or family), or say --carry to hand balances on from partition to partition in order of their names",
        )
        raise BookTrouble([*reasons, cure])


def _names(partition: Partition, name: str, mapping: ColumnMap | None) -> Any:
    columns = columns_in(partition.path)
    sources, own = [name], None
    if mapping is not None and name in mapping.columns:
        sources = mapping.columns[name].sources
        own = mapping.model_copy(update={"columns": {name: mapping.columns[name]}})
    if any(one not in columns for one in sources):
        return pa.array([], pa.string())
    if not sources:
        return pa.array([str(mapping.columns[name].value)] if mapping is not None else [], pa.string())
    distinct = []
    for table in batches_of(partition.path, columns=list(dict.fromkeys(sources))):
        distinct.append(pc.unique(mapped(table, mapping=own).column(name)).drop_null())
    return pc.unique(pa.concat_arrays(distinct)) if distinct else pa.array([], pa.string())


def _twice(name: str, partitions: Sequence[Partition], names: Sequence[Any]) -> list[Words]:
    if len({one.type for one in names}) > 1:
        names = [one.cast(pa.string()) for one in names]
    together = pa.concat_arrays(list(names))
    if len(pc.unique(together)) == len(together):
        return []
    place = np.repeat(np.arange(len(names)), [len(one) for one in names])
    coded = together.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    order = np.argsort(coded, kind="stable")
    again = np.flatnonzero(coded[order][1:] == coded[order][:-1])
    reasons = []
    for at in again[:NAMED_MAX]:
        first, second = (partitions[int(place[order[one]])].path.name for one in (at, at + 1))
        key = together[int(order[at])].as_py()
        reasons.append(Words(f"{name} {key} 同时出现在 {first} 和 {second}", f"{name} {key} stands in {first} and in {second}"))
    if len(again) > NAMED_MAX:
        more = len(again) - NAMED_MAX
        reasons.append(Words(f"还有 {more} 个", f"and {more} more"))
    return reasons
