"""The inputs of a calculation as text inside a stored statement, and read back from it exactly as they were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lipei.calculation.inputs import Balance, Inputs, Known, LineItem, facts_of, prepared
from lipei.terms.edition import Edition
from lipei.terms.fact_values import fact_written
from lipei.terms.money import amount_of, machine
from lipei.terms.words import Words


def inputs_as_dict(edition: Edition, inputs: Inputs) -> dict[str, Any]:
    """The inputs as text, the form stored inside a statement."""
    document = edition.document
    return {
        "policy": {name: fact_written(document.policy[name], value) for name, value in sorted(inputs.policy.items())},
        "facts": {name: fact_written(document.facts[name], value) for name, value in sorted(inputs.facts.items())},
        "assumed": sorted(inputs.assumed),
        "sources": {name: words.as_dict() for name, words in sorted(inputs.sources.items())},
        "items": [_item_as_dict(item) for item in inputs.items],
        "balances": {name: _balance_as_dict(balance) for name, balance in sorted(inputs.balances.items())},
    }


def _balance_as_dict(balance: Balance) -> dict[str, Any]:
    return {"used": balance.used} | ({"source": balance.source.as_dict()} if balance.source else {})


def _item_as_dict(item: LineItem) -> dict[str, Any]:
    kept: dict[str, Any] = {"category": item.category, "claimed": machine(item.claimed)}
    if item.allowed is not None:
        kept["allowed"] = machine(item.allowed)
    if item.days is not None:
        kept["days"] = item.days
    if item.on is not None:
        kept["on"] = item.on.isoformat()
    for name in ("label", "reason", "source"):
        if getattr(item, name) is not None:
            kept[name] = getattr(item, name).as_dict()
    return kept | {name: getattr(item, name) for name in ("ref", "person") if getattr(item, name)}


def inputs_from_dict(edition: Edition, stored: Mapping[str, Any]) -> Inputs:
    """The inputs of a stored statement, exactly as they were. Raises `CannotCalculate` when they do not fit."""
    sources = {name: Words(**words) for name, words in stored["sources"].items()}
    assumed = set(stored["assumed"])
    again: dict[str, dict[str, Any]] = {}
    for section in ("facts", "policy"):
        known = {name: text for name, text in stored[section].items() if name not in assumed}
        values = facts_of(edition, known, section=section)
        again[section] = {name: Known(value, sources.get(name)) for name, value in values.items()}
    balances = {
        name: Balance(kept["used"], Words(**kept["source"]) if "source" in kept else None)
        for name, kept in stored["balances"].items()
    }
    items = [_item_from_dict(kept) for kept in stored["items"]]
    return prepared(edition, facts=again["facts"], policy=again["policy"], items=items, balances=balances)


def _item_from_dict(kept: Mapping[str, Any]) -> LineItem:
    words = {name: Words(**kept[name]) for name in ("label", "reason", "source") if name in kept}
    return LineItem(
        category=kept["category"],
        claimed=amount_of(kept["claimed"]),
        allowed=amount_of(kept["allowed"]) if "allowed" in kept else None,
        days=kept.get("days"),
        on=date.fromisoformat(kept["on"]) if "on" in kept else None,
        ref=kept.get("ref", ""),
        person=kept.get("person", ""),
        **words,
    )
