"""The body of a decision: the result first, then how it came about, what could change it, and the ways to disagree."""

from __future__ import annotations

from lipei.communication.letters import blocks as b
from lipei.communication.letters import schemas as s
from lipei.communication.letters.voice import Block, Voice, day
from lipei.terms import money

RECKONING_WIDTHS = ("39mm", "1fr", "auto")


def pay(letter: s.DecisionPay, voice: Voice) -> list[Block]:
    """理赔决定通知书."""
    return [
        _lead(letter, voice, refused=0),
        *_reckoning(letter, voice, refused=[]),
        *b.changes(letter.changes, voice),
        *b.remedies(letter.remedies, voice),
        _signature(letter, voice),
    ]


def part(letter: s.DecisionPart, voice: Voice) -> list[Block]:
    """部分赔付决定通知书: the refused items stand in the reckoning and again, with their reasons, below it."""
    rows: list[list[b.Cell]] = [
        [
            voice.say("not_paid", label=item.label),
            voice.say("not_paid_see", clauses=voice.clauses(item.clauses)),
            money.plain(item.amount),
        ]
        for item in letter.refused
    ]
    return [
        _lead(letter, voice, refused=sum(item.amount for item in letter.refused)),
        *_reckoning(letter, voice, refused=rows),
        b.heading(voice.say("refused_heading")),
        *[b.refusal(item, voice) for item in letter.refused],
        *b.changes(letter.changes, voice),
        *b.remedies(letter.remedies, voice),
        _signature(letter, voice),
    ]


def refuse(letter: s.DecisionRefuse, voice: Voice) -> list[Block]:
    """拒赔通知书, as article 24 of the Insurance Law asks: written and with reasons."""
    asked = {"amount": voice.amount(letter.asked), "capitals": voice.capitals(letter.asked)}
    found = [b.plain(voice.fact(fact)) for fact in letter.found]
    after = (
        []
        if letter.contract_after is None
        else [
            b.heading(voice.say("after_heading")),
            b.text(b.plain(voice.of(letter.contract_after))),
        ]
    )
    return [
        b.lead(voice.runs("lead", determined_on=day(letter.determined_on), **asked)),
        b.heading(voice.say("what")),
        b.text(b.plain(voice.of(letter.asked_fact))),
        *([b.heading(voice.say("found")), b.numbered(found)] if found else []),
        b.heading(voice.say("refused_heading")),
        *[b.refusal(item, voice) for item in letter.refused],
        b.note(voice.say("law")),
        *b.changes(letter.changes, voice),
        *after,
        *b.remedies(letter.remedies, voice),
        _signature(letter, voice),
    ]


def _lead(letter: s.DecisionPay | s.DecisionPart, voice: Voice, *, refused: int) -> Block:
    amounts = {"amount": voice.amount(letter.owed), "capitals": voice.capitals(letter.owed)}
    if letter.pay_by is None or letter.account is None:
        return b.lead(voice.runs("lead_zero", **amounts))
    where = {"pay_by": day(letter.pay_by), "bank": letter.account.bank, "tail": letter.account.tail}
    return b.lead(voice.runs("lead", refused=voice.amount(refused), **amounts, **where))


def _reckoning(letter: s.Reckoned, voice: Voice, *, refused: list[list[b.Cell]]) -> list[Block]:
    pages = letter.calculation_pages
    see = voice.say("owed_see", pages=pages) if pages is not None else voice.say("owed_see_plain")
    rows: list[list[b.Cell]] = [
        [voice.say("asked"), voice.of(letter.asked_fact), money.plain(letter.asked)],
        *refused,
        *[b.reckoning_line(line, voice) for line in letter.lines],
        [voice.say("owed"), see, money.plain(letter.owed)],
    ]
    heads = [voice.say("column_item"), voice.say("column_why"), voice.say("amount_head")]
    return [
        b.heading(voice.say("how")),
        b.table(heads, rows, widths=RECKONING_WIDTHS, right=[2], total=True),
    ]


def _signature(letter: s.Reckoned | s.DecisionRefuse, voice: Voice) -> Block:
    people = voice.say("decided_by", decider=letter.decided_by.name, handler=letter.handler.name)
    sender = voice.say("sender_line", insurer=letter.sender.insurer, branch=letter.sender.branch)
    return b.sealed(letter.sender, [sender, people, day(letter.date)])
