"""Books for tests: claims as plain dicts, the tables that a batch takes, and the same claims explained one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np

from lipei.calculation import CannotCalculate, LineItem, explain
from lipei.calculation.batch import MISSING, Claims, Items, Policies
from lipei.calculation.movements import period_start
from lipei.terms.edition import Edition

FIRST_DAY = date(2026, 1, 1)
CHOICES = ("low", "high")
CATEGORIES = ("b", "a")
NUMBERS = ("value", "paid", "days", "n1", "n2", "n3")


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of a test book: its edition, policy, member, family, place in the order, and what a drawn claim holds."""

    edition: int
    policy: int
    member: int
    family: int
    order: int
    claim: dict[str, Any]


def facts_of(claim: dict[str, Any]) -> dict[str, Any]:
    """The facts of a drawn claim as `explain` takes them."""
    plain = {name: claim[name] for name in (*NUMBERS, "flag", "level", "fault")}
    return {**plain, "on": FIRST_DAY + timedelta(days=claim["on"])}


def lines_of(claim: dict[str, Any]) -> list[LineItem]:
    """Its bill."""
    return [LineItem(category, amount, days=days, person=person or "0") for category, amount, days, person in claim["bill"]]


def tables_of(rows: Sequence[Row]) -> tuple[Policies, Claims, Items]:
    """The rows as the tables of a batch; every policy has one edition."""
    policies = {row.policy: row.edition for row in rows}
    edition = np.array([policies.get(at, 0) for at in range(max(policies, default=0) + 1)])
    found = [facts_of(row.claim) for row in rows]
    columns = {name: np.array([one[name] for one in found], dtype=np.int64) for name in (*NUMBERS, "flag")}
    columns["on"] = np.array([one["on"].toordinal() for one in found], dtype=np.int64)
    columns["level"] = np.array([CHOICES.index(one["level"]) for one in found], dtype=np.int64)
    columns["fault"] = np.array([Fraction(one["fault"]).numerator for one in found], dtype=np.int64)
    claims = Claims(
        policy=np.array([row.policy for row in rows], dtype=np.int64),
        order=np.array([row.order for row in rows], dtype=np.int64),
        columns=columns,
        parts={"fault": np.array([Fraction(one["fault"]).denominator for one in found], dtype=np.int64)},
        choices=CHOICES,
        member=np.array([row.member for row in rows], dtype=np.int64),
        family=np.array([row.family for row in rows], dtype=np.int64),
    )
    return Policies(edition), claims, _items(rows)


def _items(rows: Sequence[Row]) -> Items:
    lines = [line for row in rows for line in row.claim["bill"]]
    offsets = np.concatenate([[0], np.cumsum([len(row.claim["bill"]) for row in rows])]).astype(np.int64)
    return Items(
        offsets,
        np.array([CATEGORIES.index(line[0]) for line in lines], dtype=np.int64),
        np.array([line[1] for line in lines], dtype=np.int64),
        CATEGORIES,
        days=np.array([MISSING if line[2] is None else line[2] for line in lines], dtype=np.int64),
        person=np.array([int(line[3] or 0) for line in lines], dtype=np.int64),
    )


def explained_one_by_one(editions: Sequence[Edition], rows: Sequence[Row]) -> list[tuple[list[int], dict[str, int]] | None]:
    """For each row what its coverages owe and what it used of each accumulator; None where it cannot be calculated."""
    used: dict[tuple[str, int, date | None], int] = {}
    found: list[tuple[list[int], dict[str, int]] | None] = [None] * len(rows)
    for at in sorted(range(len(rows)), key=lambda at: (rows[at].family, rows[at].order, at)):
        row, edition = rows[at], editions[rows[at].edition]
        facts = facts_of(row.claim)
        keys = {}
        for name, spec in edition.document.accumulators.items():
            person = {"member": row.member, "family": row.family, "policy": row.policy}[spec.person]
            keys[name] = (name, person, period_start(spec, facts[spec.dated_by], env=facts))
        balances = {name: used.get(key, 0) for name, key in keys.items()}
        try:
            statement = explain(edition, facts=facts, items=lines_of(row.claim), balances=balances, alternatives=False)
        except CannotCalculate:
            continue
        moved: dict[str, int] = {}
        for movement in statement.movements:
            moved[movement.accumulator] = moved.get(movement.accumulator, 0) + movement.amount
            used[keys[movement.accumulator]] = used.get(keys[movement.accumulator], 0) + movement.amount
        found[at] = ([coverage.owed for coverage in statement.coverages], moved)
    return found
