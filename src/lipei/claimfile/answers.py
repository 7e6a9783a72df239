"""The answers on file as the terms read them: known values with their source, what is open, and the bare texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from lipei.calculation import CannotCalculate, Known, Need
from lipei.claimfile.models import Claim, Fact
from lipei.claimfile.words import source_in_words
from lipei.terms.edition import Edition
from lipei.terms.fact_values import is_of_kind, value_of_text
from lipei.terms.faults import TextFault
from lipei.terms.words import Words

SOURCES: dict[str, Words] = {
    "visitor": Words("客户所说", "as told by the customer"),
    "document": Words("单证", "papers"),
    "hospital": Words("医院", "hospital"),
    "policy": Words("保单", "policy"),
    "police": Words("公安机关", "police"),
    "handler": Words("理赔员查明", "found out by the handler"),
    "investigator": Words("调查", "investigation"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a claim's file answers: product facts by name with their source; names left open; every current text by name."""

    known: Mapping[str, Known]
    unknown: frozenset[str]
    texts: Mapping[str, str]

    def day(self, name: str) -> dt.date | None:
        """A known date, or None."""
        found = self.known.get(name)
        return found.value if found is not None and isinstance(found.value, dt.date) else None

    def text(self, name: str) -> str:
        """A text on file, empty when there is none."""
        return self.texts.get(name, "")


def source_of(fact: Fact) -> Words:
    """Where an answer is known from: the paper or person named, else the kind of source."""
    if fact.said_by:
        return source_in_words(fact.said_by)
    return SOURCES.get(fact.source) or Words(fact.source, fact.source)


def current_texts(claim: Claim) -> dict[str, str]:
    """Every known answer on file by name, as text."""
    rows = Fact.objects.filter(claim=claim, is_current=True, state="known").exclude(value=None)
    return {row.name: _text(row.value) for row in rows}


def answers_of(claim: Claim, edition: Edition) -> Answers:
    """The current answers of a claim. Raises `CannotCalculate` naming every answer that the terms cannot read."""
    known: dict[str, Known] = {}
    unknown: set[str] = set()
    texts: dict[str, str] = {}
    needs: list[Need] = []
    for fact in Fact.objects.filter(claim=claim, is_current=True).order_by("id"):
        if fact.state == "unknown" or fact.value is None:
            unknown.add(fact.name)
            continue
        text = _text(fact.value)
        texts[fact.name] = text
        spec = edition.document.facts.get(fact.name)
        if spec is None:
            continue
        try:
            value = value_of_text(spec, text)
        except TextFault as fault:
            needs.append(Need(fact.name, spec.label, Words(f"：{fault.what.zh}，{fault.cure.zh}", f"– {fault}"), spec.question))
            continue
        if is_of_kind(spec, value):
            known[fact.name] = Known(value, source_of(fact))
    if needs:
        raise CannotCalculate(needs)
    return Answers(known, frozenset(unknown), texts)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
