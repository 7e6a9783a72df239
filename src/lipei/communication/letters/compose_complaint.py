"""The body of the receipt of a complaint: number and day first, who looks into it, what happens, the ways that stay open."""

from __future__ import annotations

from lipei.communication.letters import blocks as b
from lipei.communication.letters import schemas as s
from lipei.communication.letters.voice import Block, Voice, day
from lipei.communication.letters.wording import Run


def receipt(letter: s.ComplaintReceipt, voice: Voice) -> list[Block]:
    """投诉回执."""
    lead = {"received_on": day(letter.received_on), "number": letter.number}
    by = day(letter.answer_by) if letter.answer_by else ""
    rule = [b.note(voice.say("rule", rule=letter.rule))] if letter.answer_by and letter.rule else []
    agreed = [b.heading(voice.say("agreed_heading")), b.text(b.plain(voice.sentence(letter.agreed)))] if letter.agreed else []
    return [
        b.lead(voice.runs("lead", answer_by=by, **lead) if by else voice.runs("lead_plain", **lead)),
        *rule,
        b.promise([*([(voice.say("date_label"), by, voice.say("date_text"))] if by else []), _owner(letter, voice)]),
        *agreed,
        b.heading(voice.say("next_heading")),
        b.numbered([voice.runs(f"next_{number}") for number in (1, 2, 3)]),
        b.heading(voice.say("further_heading")),
        b.numbered(_ways(letter, voice)),
        _signature(letter, voice),
    ]


def _owner(letter: s.ComplaintReceipt, voice: Voice) -> tuple[str, str, str]:
    return voice.say("person_label"), voice.of(letter.owner.name), voice.say("person_text", phone=voice.phone(letter.owner))


def _ways(letter: s.ComplaintReceipt, voice: Voice) -> list[list[Run]]:
    """How to go further: our own line, the regulator's where the place has one, mediation and court."""
    own = voice.runs("further_ask", name=letter.owner.name, phone=voice.phone(letter.owner))
    regulator = [voice.runs("further_regulator", phone=letter.regulator_phone)] if letter.regulator_phone else []
    return [own, *regulator, voice.runs("further_court")]


def _signature(letter: s.ComplaintReceipt, voice: Voice) -> Block:
    sender = voice.say("sender_line", insurer=letter.sender.insurer, branch=letter.sender.branch)
    return b.sealed(letter.sender, [sender, voice.say("received_by", name=letter.handler.name), day(letter.date)])
