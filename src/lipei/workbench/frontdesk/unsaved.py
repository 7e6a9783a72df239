"""What was typed at a station that had moved on meanwhile (a second tab, Back, another clerk): shown where it was typed, so that no word is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lipei.frontdesk.facts_rules import asked_at_desk
from lipei.frontdesk.papers_rules import ITEMS_MAX
from lipei.frontdesk.queries import VisitSeen
from lipei.terms.words import Words

Told = Mapping[str, str]
Line = dict[str, Words | str | bool]

TEXTS: dict[str, Words] = {
    "address": Words("称呼", "How to address them"), "account": Words("事情经过", "What happened"), "addition": Words("补充的话", "Added words"),
    "note": Words("柜台备注", "Counter note"), "place": Words("留下的材料放在哪里", "Where the kept papers lie"), "signed_by": Words("签收人", "Signed by"),
    "about": Words("客户会听到什么", "What they will hear"), "words": Words("客户的原话", "Their own words"), "matter": Words("要点", "The point"),
    "wish": Words("客户的期望", "What they wish for"), "apology": Words("怎样致歉", "How you put it"), "agreed": Words("商定的事", "What was agreed"),
    "answer": Words("客户会听到什么", "What they will hear"),
}
_NUMBERED = (
    (re.compile(r"question_(\d)"), Words("第 {} 个问题", "Question {}")), (re.compile(r"other_(\d+)_title"), Words("其他材料 {}", "Other paper {}")),
)
_UNCLEAR = Words("不清楚的地方", "What was unclear")
COVERED = "identity"
"""The station whose fields are personal numbers: they are kept as a draft and not shown again."""


def unsaved(visit: VisitSeen, station: str, told: Told, *, on_file: Told) -> list[Line]:
    """Each text as typed with its label, but for what stands on file already; lines of a bill as one text each."""
    if station == COVERED:
        return []
    asked = {a.name: a for a in asked_at_desk(visit.policy.edition)} if station == "facts" and visit.policy and visit.policy.edition else {}
    lines: list[Line] = []
    for name, text in told.items():
        if not text.strip() or text.strip() == on_file.get(name, "").strip():
            continue
        if name in asked:
            choice = asked[name].choices.get(text)
            lines.append({"label": asked[name].label, "text": choice or text, "is_choice": choice is not None})
        elif label := _label(name):
            lines.append({"label": label, "text": text})
    return lines + _items(told)


def _label(name: str) -> Words | None:
    for pattern, words in _NUMBERED:
        if found := pattern.fullmatch(name):
            return Words(words.zh.format(found[1]), words.en.format(found[1]))
    return _UNCLEAR if name.startswith("unclear_") else TEXTS.get(name)


def _items(told: Told) -> list[Line]:
    lines: list[Line] = []
    for n in range(1, ITEMS_MAX + 1):
        parts = [told.get(f"item_{n}_{part}", "").strip() for part in ("label", "days", "page", "amount")]
        if any(parts):
            lines.append({"label": Words(f"费用第 {n} 行", f"Line {n} of the bill"), "text": " · ".join(p for p in parts if p)})
    return lines
