"""The bodies of notices and forms: acknowledgement, supplement notice, closing letter, receipt, claim application."""

from __future__ import annotations

from lipei.communication.letters import blocks as b
from lipei.communication.letters import schemas as s
from lipei.communication.letters.codes import code128_svg, qr_svg
from lipei.communication.letters.parts import Answer, PaperAsked, PaperKept
from lipei.communication.letters.voice import Block, Voice, day
from lipei.terms import money


def acknowledgement(letter: s.Acknowledgement, voice: Voice) -> list[Block]:
    """受理通知书."""
    received = [[voice.of(paper.name), voice.of(paper.count)] for paper in letter.received]
    heads = [voice.say("column_paper"), voice.say("column_count")]
    missing = [
        b.heading(voice.say("missing_heading")),
        b.numbered([b.plain(voice.of(item)) for item in letter.missing]),
        b.text(voice.runs("missing_text")),
    ]
    dates = {"requested_on": day(letter.requested_on), "hear_by": day(letter.hear_by)}
    return [
        b.lead(voice.runs("lead", about=letter.about, **dates)),
        b.note(voice.say("hear_rule", rule=voice.sentence(letter.hear_rule))),
        b.promise([(voice.say("date_label"), day(letter.hear_by), voice.say("date_text")), _who(letter, voice)]),
        b.heading(voice.say("received_heading")),
        b.table(heads, received, widths=("1fr", "40mm")),
        *(missing if letter.missing else []),
        b.heading(voice.say("next_heading")),
        b.numbered([voice.runs(f"next_{number}") for number in (1, 2, 3)]),
        b.text(voice.runs("status", address=letter.check.address, code=letter.check.code)),
        _signature(letter, voice),
    ]


def supplement(letter: s.SupplementNotice, voice: Voice) -> list[Block]:
    """一次性补件通知书 (Insurance Law art. 22)."""
    heads = ["", voice.say("column_paper"), voice.say("column_why"), voice.say("column_how")]
    rows = [_asked_row(number, paper, voice) for number, paper in enumerate(letter.papers, start=1)]
    check = {"address": letter.check.address, "code": letter.check.code}
    days = voice.counted("days", letter.decide_days_left)
    wanted = [] if letter.wanted_by is None else [b.text(voice.runs("wanted_by", date=day(letter.wanted_by)))]
    clock = {"requested_on": day(letter.requested_on), "days": letter.decide_days_left, "days_left": days}
    return [
        b.lead(voice.runs("lead", about=letter.about, count=voice.counted("count", len(letter.papers)))),
        *wanted,
        b.table(heads, rows, widths=("7mm", "32mm", "1fr", "1fr")),
        b.heading(voice.say("how_heading")),
        b.text(voice.runs("how_text", **check)),
        b.heading(voice.say("cannot_heading")),
        b.text(voice.runs("cannot_text", name=letter.handler.name, phone=voice.phone(letter.handler))),
        b.heading(voice.say("clock_heading")),
        b.text(voice.runs("clock_text", **clock)),
        b.note(voice.say("law")),
        _signature(letter, voice),
    ]


def _asked_row(number: int, paper: PaperAsked, voice: Voice) -> list[b.Cell]:
    shows = [] if paper.must_show is None else [voice.say("must_show", text=paper.must_show)]
    instead = [] if paper.instead is None else [voice.say("instead", text=paper.instead)]
    return [
        str(number),
        b.bold(voice.of(paper.name)),
        b.stacked(voice.of(paper.why), below=shows),
        b.stacked(voice.of(paper.how), below=instead),
    ]


def closing(letter: s.Closing, voice: Voice) -> list[Block]:
    """结案通知书."""
    reason = (
        []
        if letter.reason is None
        else [
            b.heading(voice.say("reason_heading")),
            b.text(b.plain(voice.of(letter.reason))),
        ]
    )
    person = {"name": letter.handler.name, "phone": voice.phone(letter.handler)}
    return [
        _closing_lead(letter, voice),
        *reason,
        *_payments(letter, voice),
        *_returned(letter, voice),
        b.heading(voice.say("kept_heading")),
        b.text(voice.runs("kept_text", date=day(letter.kept_until), rule=voice.sentence(letter.kept_rule))),
        b.heading(voice.say("reopen_heading")),
        b.text(voice.runs("reopen_text", **person)),
        *b.remedies(letter.remedies, voice),
        _signature(letter, voice),
    ]


def _closing_lead(letter: s.Closing, voice: Voice) -> Block:
    total = sum(payment.amount for payment in letter.payments)
    last = max((payment.on for payment in letter.payments), default=letter.closed_on)
    values: dict[str, object] = {
        "about": letter.about,
        "total": voice.amount(total),
        "capitals": voice.capitals(total),
        "last_on": day(last),
        "closed_on": day(letter.closed_on),
    }
    return b.lead(voice.runs(f"lead_{letter.ending}", **values))


def _payments(letter: s.Closing, voice: Voice) -> list[Block]:
    if not letter.payments:
        return []
    rows: list[list[b.Cell]] = [[day(p.on), voice.of(p.to), money.plain(p.amount)] for p in letter.payments]
    rows.append([voice.say("total"), "", money.plain(sum(p.amount for p in letter.payments))])
    heads = [voice.say("column_date"), voice.say("column_to"), voice.say("amount_head")]
    table = b.table(heads, rows, widths=("39mm", "1fr", "auto"), right=[2], total=True)
    return [b.heading(voice.say("payments_heading")), table]


def _returned(letter: s.Closing, voice: Voice) -> list[Block]:
    if not letter.returned:
        return []
    heads = [voice.say("column_number"), voice.say("column_paper"), voice.say("column_place")]
    rows = [[paper.number, voice.of(paper.name), voice.of(paper.place)] for paper in letter.returned]
    return [
        b.heading(voice.say("returned_heading")),
        b.text(voice.runs("returned_text")),
        b.table(heads, rows, widths=("39mm", "1fr", "45mm")),
    ]


def receipt(letter: s.CustodyReceipt, voice: Voice) -> list[Block]:
    """单证保管回执: with the QR code of its check page and Code 128 custody numbers; for papers taken in, or given back."""
    columns = [voice.say(f"column_{name}") for name in ("number", "paper", "form", "count", "place")]
    rows = [_kept_row(paper, voice) for paper in letter.papers]
    is_return = letter.occasion == "returned"
    return [
        _coded(letter, voice),
        b.table(columns, rows, widths=("46mm", "1fr", "auto", "auto", "auto")),
        b.text(voice.runs("kept_returned" if is_return else "kept")),
        b.promise([*_contact(letter, voice), _who(letter, voice)]),
        b.heading(voice.say("status_heading")),
        b.text(voice.runs("status_text", code=letter.check.code)),
        *_still_missing(letter, voice),
        b.signing(_returned_signed(letter, voice) if is_return else [voice.say("sign_giver", name=letter.giver), _clerk(letter, voice)]),
    ]


def _coded(letter: s.CustodyReceipt, voice: Voice) -> Block:
    is_return = letter.occasion == "returned"
    return {
        "is": "coded",
        "title": voice.say("title_returned" if is_return else "title"),
        "greeting": voice.greeting(letter.to),
        "runs": voice.runs(
            "lead_returned" if is_return else "lead_today", about=letter.about, count=voice.counted("count", len(letter.papers))
        ),
        "svg": qr_svg(letter.check_url),
        "alt": voice.say("scan_alt", url=letter.check_url),
        "caption": voice.say("scan"),
    }


def _contact(letter: s.CustodyReceipt, voice: Voice) -> list[tuple[str, str, str]]:
    if letter.contact_by is None:
        return []
    return [(voice.say("date_label"), day(letter.contact_by), voice.say("date_text"))]


def _still_missing(letter: s.CustodyReceipt, voice: Voice) -> list[Block]:
    if not letter.missing:
        return []
    return [b.heading(voice.say("missing_heading")), b.text(voice.runs("missing_text", list=voice.listed(letter.missing)))]


def _returned_signed(letter: s.CustodyReceipt, voice: Voice) -> list[str]:
    return [voice.say("sign_taker", name=letter.giver), voice.say("sign_returner", name=letter.handler.name)]


def _kept_row(paper: PaperKept, voice: Voice) -> list[b.Cell]:
    coded = b.stacked(paper.number, code=code128_svg(paper.number), alt=voice.say("barcode_alt", number=paper.number))
    place = voice.of(paper.place)
    return [
        coded,
        voice.of(paper.name),
        voice.of(paper.form),
        voice.of(paper.count),
        b.bold(place) if paper.returned else place,
    ]


def form(letter: s.ClaimForm, voice: Voice) -> list[Block]:
    """索赔申请书: filled, read back, to be signed."""
    name = {"name": letter.to.name, "title": "" if letter.to.title is None else voice.of(letter.to.title)}
    opening = {**name, "insurer": letter.sender.insurer}
    papers = [[voice.of(paper.name), voice.of(paper.count)] for paper in letter.papers]
    heads = [voice.say("column_paper"), voice.say("column_count")]
    handed_in = [b.heading(voice.say("papers_heading")), b.table(heads, papers, widths=("1fr", "40mm"))]
    return [
        b.text(voice.runs("lead", **opening)),
        b.heading(voice.say("policy_heading")),
        b.facts([(voice.say("product"), voice.of(letter.product)), (voice.say("policy"), letter.policy_number)]),
        *_answers("claimant_heading", letter.claimant, voice),
        *_answers("insured_heading", letter.insured, voice),
        *_answers("event_heading", letter.event, voice),
        b.note(voice.say("account")),
        b.quoted(voice.of(letter.account_of)),
        b.heading(voice.say("asked_heading")),
        _asked_table(letter, voice),
        *_answers("payee_heading", letter.payee, voice),
        *(handed_in if papers else []),
        b.heading(voice.say("other_heading")),
        b.text(b.plain(voice.of(letter.other_insurance))),
        b.heading(voice.say("statement_heading")),
        b.numbered([voice.runs(f"statement_{n}", insurer=letter.sender.insurer) for n in (1, 2, 3)]),
        b.signing([voice.say("sign_claimant"), voice.say("sign_date"), _clerk(letter, voice)]),
    ]


def _answers(title: str, answers: tuple[Answer, ...], voice: Voice) -> list[Block]:
    return [b.heading(voice.say(title)), b.pairs(answers, voice)]


def _asked_table(letter: s.ClaimForm, voice: Voice) -> Block:
    unknown = voice.say("unknown_amount")
    rows: list[list[b.Cell]] = [
        [
            voice.of(item.label),
            "" if item.papers is None else voice.of(item.papers),
            unknown if item.amount is None else money.plain(item.amount),
        ]
        for item in letter.asked
    ]
    known = [item.amount for item in letter.asked if item.amount is not None]
    if known:
        rows.append([voice.say("total"), "", money.plain(sum(known))])
    heads = [voice.say("column_item"), voice.say("column_papers"), voice.say("amount_head")]
    return b.table(heads, rows, widths=("45mm", "1fr", "auto"), right=[2], total=bool(known))


def _who(letter: s.Letter, voice: Voice) -> tuple[str, str, str]:
    text = voice.say("person_text", phone=voice.phone(letter.handler))
    return voice.say("person_label"), voice.of(letter.handler.name), text


def _clerk(letter: s.Letter, voice: Voice) -> str:
    who = letter.handler
    if who.staff_number is None:
        return voice.say("sign_clerk", name=who.name)
    return voice.say("sign_clerk_number", name=who.name, number=who.staff_number)


def _signature(letter: s.Letter, voice: Voice) -> Block:
    sender = voice.say("sender_line", insurer=letter.sender.insurer, branch=letter.sender.branch)
    return b.sealed(letter.sender, [sender, voice.say("handled_by", handler=letter.handler.name), day(letter.date)])
