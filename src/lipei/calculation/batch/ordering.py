"""The order in which claims are taken – family, policy, order key, row – and the stretches that threads may share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from lipei.calculation.batch.accelerated import compiled
from lipei.calculation.batch.tables import Claims, Items


@compiled
def is_ordered(group: Any, policy: Any, order: Any) -> Any:
    """Whether the rows already come by group, policy and order key."""
    for row in range(1, len(order)):
        if group[row] != group[row - 1]:
            if group[row] < group[row - 1]:
                return False
        elif order[row] < order[row - 1]:
            return False
    return True


def group_of(claims: Claims) -> Any:
    """What holds together all claims that may share an accumulator: the family, or else the policy."""
    return claims.policy if claims.family is None else claims.family


def in_order(claims: Claims, items: Items | None) -> tuple[Any, Claims, Items | None]:
    """The claims in their order; the first value says which row each came from, or is None when they were in order."""
    group = group_of(claims)
    if is_ordered(group, claims.policy, claims.order):
        return None, claims, items
    order = np.lexsort((np.arange(len(claims)), claims.order, group))
    taken = replace(
        claims,
        policy=claims.policy[order],
        order=claims.order[order],
        columns={name: column[order] for name, column in claims.columns.items()},
        parts={name: column[order] for name, column in claims.parts.items()},
        member=None if claims.member is None else claims.member[order],
        family=None if claims.family is None else claims.family[order],
        bill=None if claims.bill is None else claims.bill[order],
    )
    return order, taken, None if items is None else items_in(order, items)


def items_in(order: Any, items: Items) -> Items:
    """The bill lines in another order of their claims."""
    many = np.diff(items.offsets)[order]
    offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(many, dtype=np.int64)])
    place = np.arange(int(offsets[-1])) - np.repeat(offsets[:-1], many) + np.repeat(items.offsets[:-1][order], many)

    def taken(column: Any) -> Any:
        return None if column is None else column[place]

    return replace(
        items,
        offsets=offsets,
        category=items.category[place],
        claimed=items.claimed[place],
        allowed=taken(items.allowed),
        days=taken(items.days),
        person=taken(items.person),
    )


def put_back(columns: Any, order: Any) -> None:
    """Each row of results to where its claim came from, in place."""
    for column in columns:
        column[order] = column.copy()


def stretches(claims: Claims, *, into: int) -> list[tuple[int, int]]:
    """About equal stretches of rows that cut no group."""
    group, many = group_of(claims), len(claims)
    cuts = [0]
    for part in range(1, into):
        at = many * part // into
        while 0 < at < many and group[at] == group[at - 1]:
            at += 1
        cuts.append(max(at, cuts[-1]))
    return list(zip(cuts, [*cuts[1:], many], strict=True))
