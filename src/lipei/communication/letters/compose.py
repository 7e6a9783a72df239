"""A letter becomes a page: its data and the approved texts of its day, as the plain data that the press sets."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from lipei.communication.letters import (
    compose_calculation,
    compose_complaint,
    compose_decision,
    compose_notice,
    wording,
)
from lipei.communication.letters import schemas as s
from lipei.communication.letters.voice import Block, Voice, day, voice_of

Body = Callable[[Any, Voice], list[Block]]

_BODIES: dict[str, Body] = {
    "decision_pay": compose_decision.pay,
    "decision_part": compose_decision.part,
    "decision_refuse": compose_decision.refuse,
    "acknowledgement": compose_notice.acknowledgement,
    "supplement_notice": compose_notice.supplement,
    "closing": compose_notice.closing,
    "custody_receipt": compose_notice.receipt,
    "claim_form": compose_notice.form,
    "complaint_receipt": compose_complaint.receipt,
    "calculation_statement": compose_calculation.statement,
}


def edition_of(letter: s.AnyLetter) -> str:
    """The edition of the letter's own texts that is in force on its day."""
    return wording.in_force(letter.kind, on=letter.date).edition


def compose(letter: s.AnyLetter) -> dict[str, Any]:
    """The page of `letter` as plain data for `press.print_letter("letter", …)`; the same letter gives the same page."""
    voice = voice_of(letter, letter.kind)
    return {
        "language": letter.language,
        "title": voice.say("title"),
        "author": voice.of(letter.sender.insurer),
        "head": _head(letter, voice),
        "foot": _foot(letter, voice),
        "attached": _attached(letter, voice),
        "blocks": [*_opening(letter, voice), *_BODIES[letter.kind](letter, voice)],
    }


def _attached(letter: s.AnyLetter, voice: Voice) -> list[Block]:
    """The calculation travels as data too, inside its PDF, so that anyone can compute it again."""
    if not isinstance(letter, s.CalculationStatement):
        return []
    written = json.dumps(s.kept(letter), ensure_ascii=False, sort_keys=True, indent=1)
    return [{"name": "calculation.json", "text": written, "about": voice.say("attached")}]


def _head(letter: s.AnyLetter, voice: Voice) -> Block:
    sender = letter.sender
    place = voice.say("address_line", branch=sender.branch, address=sender.address)
    when = day(letter.date) if isinstance(letter, s.ComplaintReceipt) else voice.say("claim_and_date", claim=letter.claim_number, date=day(letter.date))
    if isinstance(letter, s.CustodyReceipt):
        place = voice.say("head_line", branch=sender.branch, counter=letter.counter)
        when = voice.say("time_line", date=day(letter.received_at.date()), time=f"{letter.received_at:%H:%M}")
    return {
        "mark": sender.mark,
        "insurer": voice.of(sender.insurer),
        "place": place,
        "number": voice.say("number_label", number=letter.number),
        "when": when,
    }


def _foot(letter: s.AnyLetter, voice: Voice) -> Block:
    if isinstance(letter, s.ComplaintReceipt):
        left = voice.say("foot", number=letter.number, phone=letter.sender.phone)
    elif isinstance(letter, s.CustodyReceipt | s.CalculationStatement):
        left = voice.say("fingerprint", code=letter.fingerprint)
    else:
        left = voice.say("verify", address=letter.check.address, code=letter.check.code)
    enclosed = isinstance(letter, s.Reckoned) and letter.calculation_pages is not None
    return {
        "left": left,
        "page_of": voice.texts["page_of"].in_(letter.language),
        "after": voice.say("with_calculation") if enclosed else "",
    }


def _opening(letter: s.AnyLetter, voice: Voice) -> list[Block]:
    if isinstance(letter, s.CustodyReceipt):
        return []
    title: Block = {"is": "title", "text": voice.say("title")}
    if isinstance(letter, s.ClaimForm | s.CalculationStatement):
        return [title]
    address: list[Block] = []
    if letter.to.address is not None:
        address = [{"is": "address", "text": f"{voice.of(letter.to.name)}\n{voice.of(letter.to.address)}"}]
    return [title, *address, {"is": "greeting", "text": voice.greeting(letter.to)}]
