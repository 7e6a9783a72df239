"""`explain`: one edition, one claim, every step with its clause – the reading that people see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from lipei.calculation.alternatives import alternatives_of
from lipei.calculation.inputs import Balance, Inputs, LineItem, prepared
from lipei.calculation.statement import ENGINE_VERSION, Statement
from lipei.calculation.stored_inputs import inputs_from_dict
from lipei.calculation.walking import read
from lipei.terms.edition import Edition


def explain(
    edition: Edition,
    *,
    facts: Mapping[str, Any],
    items: Iterable[LineItem] = (),
    balances: Mapping[str, int | Balance] | None = None,
    policy: Mapping[str, Any] | None = None,
    alternatives: bool = True,
) -> Statement:
    """The statement of one claim. Amounts are whole fen; facts may be wrapped in `Known(value, source)`.

    Raises `CannotCalculate` naming all facts that are missing or cannot be. The same input gives the same bytes.
    """
    return explain_inputs(
        edition,
        prepared(edition, facts=facts, items=items, balances=balances, policy=policy),
        alternatives=alternatives,
    )


def explain_inputs(edition: Edition, inputs: Inputs, *, alternatives: bool = True) -> Statement:
    """`explain` for inputs that are already checked."""
    statement = read(edition, inputs=inputs)
    return replace(statement, alternatives=alternatives_of(statement)) if alternatives else statement


def explain_again(edition: Edition, stored: Mapping[str, Any]) -> Statement:
    """The statement of the inputs stored in `statement.as_dict()`; its bytes must be those that were stored.

    Raises `ValueError` when the stored statement belongs to other terms or another engine version.
    """
    if stored["terms"] != edition.fingerprint or stored["engine"] != ENGINE_VERSION:
        raise ValueError(f"the stored statement is of terms {stored['terms'][:12]}, engine {stored['engine']}")
    return explain_inputs(edition, inputs_from_dict(edition, stored["inputs"]))
