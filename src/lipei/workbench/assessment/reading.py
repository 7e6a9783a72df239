"""Reads the assessor's form: amounts as typed, all faults at once, and rows that keep what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lipei.assessment.queries import Items, ItemView
from lipei.assessment.rules import Allowing
from lipei.claimfile.words import source_in_words
from lipei.filing.refusal import Missing
from lipei.terms.money import AmountFault, amount_of, plain
from lipei.terms.words import Words

NOTHING = "\x00"
"""A character that no text has and no database keeps."""
PARTS = ("allowed", "code", "reason", "fact")


@dataclass(slots=True)
class Read:
    """What a sent form says: readable rows, what cannot be read, and the texts by item as typed."""

    rows: list[Allowing] = field(default_factory=list)
    faults: list[Missing] = field(default_factory=list)
    typed: dict[int, dict[str, str]] = field(default_factory=dict)


def read(found: Items, posted: Mapping[str, str], *, rest_in_full: bool) -> Read:
    """The rows of a sent form. Empty amounts are left alone, or allowed in full when the assessor says so."""
    out = Read()
    for item in found.items:
        texts = {part: posted.get(f"{part}-{item.id}", "").replace(NOTHING, "") for part in PARTS}
        if rest_in_full and not texts["allowed"].strip():
            texts["allowed"] = plain(item.claimed)
        out.typed[item.id] = texts
        if not texts["allowed"].strip():
            if texts["code"] or texts["reason"].strip():
                out.faults.append(_no_amount(item))
            continue
        try:
            allowed = amount_of(texts["allowed"])
        except AmountFault as fault:
            out.faults.append(Missing(Words(f"第 {item.number} 项{item.label}：{fault.words.zh}", f"Item {item.number}, {item.label}: {fault.words.en}"),
                                      field=f"allowed-{item.id}"))
            continue
        out.rows.append(Allowing(item.id, allowed, texts["code"], texts["reason"], texts["fact"]))
    return out


def _no_amount(item: ItemView) -> Missing:
    return Missing(Words(f"第 {item.number} 项{item.label}：写了理由，没有写认可多少", f"Item {item.number}, {item.label}: a reason without the amount allowed"),
                   field=f"allowed-{item.id}")


def shown_rows(found: Items, read: Read | None) -> list[dict[str, Any]]:
    """Rows for the page: as typed when a form was sent, else as kept; a row opens its reasons when it is cut."""
    amounts = {row.item_id: row.allowed for row in read.rows} if read else {}
    faulty = {fault.field.rpartition("-")[2] for fault in read.faults} if read else set()
    return [_shown(item, read.typed.get(item.id) if read else None, amounts=amounts, faulty=faulty) for item in found.items]


def _shown(item: ItemView, typed: dict[str, str] | None, *, amounts: Mapping[int, int], faulty: set[str]) -> dict[str, Any]:
    kept = {"allowed": "" if item.allowed is None else plain(item.allowed), "code": item.reason_code, "reason": item.reason, "fact": item.fact}
    texts = typed if typed is not None else kept
    allowed = amounts.get(item.id) if typed is not None else item.allowed
    cut = item.claimed - allowed if allowed is not None else 0
    return {
        "item": item, "texts": texts, "fact": texts["fact"] or item.source, "source_said": _said(item.source), "fact_said": _said(item.fact), "allowed": allowed, "cut": cut, "minus": -cut,
        "is_open": cut > 0 or bool(texts["reason"] or texts["code"]), "is_faulty": str(item.id) in faulty,
    }


def _said(text: str) -> Words | None:
    return source_in_words(text) if text else None


def sums_of(found: Items, rows: list[dict[str, Any]]) -> dict[str, int]:
    """Asked, allowed so far, cut so far (fen) and how many items are open, of the rows as shown."""
    return {
        "claimed": found.claimed, "allowed": sum(r["allowed"] or 0 for r in rows), "cut": sum(r["cut"] for r in rows),
        "minus": -sum(r["cut"] for r in rows), "open": sum(r["allowed"] is None for r in rows),
    }
