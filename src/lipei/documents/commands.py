"""Commands about papers: receive, examine, waive, declare complete; handing them on and asking for what is missing stand beside."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from django.utils import timezone

from lipei.claimfile import moving
from lipei.claimfile.models import Claim
from lipei.claimfile.stages import BY_ID, OPEN_STAGES
from lipei.documents import events, hands, rules
from lipei.documents.asking import (
    answer_requests,
    ask_again_for_papers,
    ask_for_papers,
    deliver_paper_request,
    send_paper_request,
)
from lipei.documents.cases import Case, case_of, edition_of_claim
from lipei.documents.chains import label_of_document, locked_paper, put_down
from lipei.documents.contents import CONTENT_PURPOSE, look_at
from lipei.documents.handing import move_paper, return_paper, say_found, say_not_found, send_out_paper
from lipei.documents.models import Document, PaperWaiver, StoredContent
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.events import Event
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.privacy.cipher import keyring
from lipei.terms.words import Words

__all__ = (
    "ask_again_for_papers", "ask_for_papers", "complete_papers", "confirm_document", "deliver_paper_request", "move_paper",
    "need_paper_again", "receive_document", "reject_document", "return_paper", "say_found", "say_not_found", "send_out_paper", "send_paper_request",
    "waive_paper",
)


# ---------- receiving ----------


@command("documents.receive")
def receive_document(
    number: str, *, kind: str, form: str, received_from: str, by: Actor, title: str = "", pages: int = 1, place: str = "",
    is_returned: bool = False, content: bytes | None = None, why: str = "", at: dt.datetime = NOW,
) -> str:
    """收件: take in one paper or file and give it its custody number (returned), with its first hand-overs.

    Refused with everything the receipt lacks; a file that is already in this claim is named. Receiving the last paper a
    delivered notice asked for lets the clock run again.
    """
    claim = _open_claim(number, by=by)
    label = rules.label_of(edition_of_claim(claim), kind)
    faults = rules.must_hold_receipt(
        kind=kind, is_known=label is not None, form=form, title=title, pages=pages, received_from=received_from, place=place,
        is_returned=is_returned, has_content=bool(content),
    )
    look = look_at(content) if content is not None else None
    sha256 = hashlib.sha256(content).hexdigest() if content else ""
    faults += [*(look.faults if look else ()), *_same_file(claim, sha256)]
    refuse_if(faults, Words(f"这份单证还不能登记，缺 {len(faults)} 项", f"This paper cannot be recorded yet: {len(faults)} missing"))
    assert label is not None
    if content and look:
        keep_content(content, content_type=look.content_type, file_id=claim.file_id)
    chain = hands.received_hands(form, giver=received_from.strip(), taker=by.name, place=place.strip(), is_returned=is_returned)
    document = Document(
        claim=claim, kind=kind, form=form, title=title.strip(), custody_number=_next_custody_number(claim, at=at), pages=pages,
        received_at=at, received_from=received_from.strip(), content_sha256=sha256, content_type=look.content_type if look else "",
        content_bytes=len(content or b""),
    )
    _take_in(document, chain, label=_named(label, title), at=at)
    answer_requests(claim)
    return document.custody_number


def _take_in(document: Document, chain: tuple[hands.HandOver, ...], *, label: Words, at: dt.datetime) -> None:
    last = hands.stands_at(chain)
    document.keeping, document.place, document.branch_id = last.keeping, last.place, last.branch
    document.entry_id = record(
        events.DocumentReceived(
            custody_number=document.custody_number, kind=document.kind, label=label, form=document.form, pages=document.pages,
            keeping=last.keeping, sha256=document.content_sha256, received_from=document.received_from,
        ),
        file_id=document.claim.file_id,
    )
    document.save(force_insert=True)
    for hand_over in chain:
        put_down(document, hand_over, at=at, entry=document.entry_id)


def _named(label: Words, title: str) -> Words:
    return Words(title.strip(), title.strip()) if title.strip() else label


def _open_claim(number: str, *, by: Actor) -> Claim:
    claim = moving.locked_claim(number, by=by)
    if claim.stage not in OPEN_STAGES:
        here = BY_ID[claim.stage].shown(claim.line)
        raise Refused(
            "conflict", Words(f"案件已到“{here.zh}”，单证不再变动", f"The claim is at {here.en}; its papers no longer change"),
            do=Words("有新的材料，请找主管看是否重开。", "With new papers, ask the supervisor whether to reopen it."),
            missing=(Missing(Words("打开案件", "Open the claim"), where=("claim", (number,))),),
        )
    return claim


def _same_file(claim: Claim, sha256: str) -> list[Missing]:
    same = Document.objects.filter(claim=claim, content_sha256=sha256).first() if sha256 else None
    if same is None:
        return []
    return [Missing(Words(f"这个文件已经收过，保管号 {same.custody_number}", f"This file was received already, custody number {same.custody_number}"),
                    do=Words("请看那一份；如是另一份材料，请重新选文件。", "See that one; if you meant another, choose its file."),
                    where=("paper", (same.custody_number,)), field="content")]


def keep_content(content: bytes, *, content_type: str, file_id: uuid.UUID) -> str:
    """Keep these bytes sealed, once; returns their SHA-256. Only inside a running command, which judges what may be kept."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not StoredContent.objects.filter(sha256=sha256).exists():
        sealed = keyring().seal_bytes(content, purpose=CONTENT_PURPOSE.format(sha256=sha256))
        StoredContent.objects.create(sha256=sha256, file_id=file_id, content_type=content_type, content=sealed)
    return sha256


def _next_custody_number(claim: Claim, *, at: dt.datetime) -> str:
    """`JH1122-017-04`. The series of a branch and calendar day goes on from year to year, so no number comes twice."""
    so_far = Document.objects.filter(claim=claim).count()
    if so_far:
        first = Document.objects.filter(claim=claim).earliest("id").custody_number
        series = first.rpartition("-")[0]
    else:
        day = f"{claim.branch.code}{timezone.localtime(at):%m%d}"
        series = f"{day}-{moving.next_number(f'custody-{day}'):03d}"
    return f"{series}-{so_far + 1:02d}"


# ---------- examining ----------


def _examined(custody_number: str, *, state: str, note: str, faults: list[Missing], by: Actor) -> Document:
    document = locked_paper(custody_number, by=by)
    _open_claim(document.claim.number, by=by)
    label = label_of_document(document)
    is_complete = "papers_complete" in moving.reached(document.claim)
    faults = [*faults, *rules.may_examine(document.state, is_complete=is_complete, label=label)]
    refuse_if(faults, Words(f"{label.zh}的核验还不能记下", f"The finding on “{label.en}” cannot be recorded yet"))
    event: Event
    if state == "confirmed":
        event = events.DocumentConfirmed(custody_number=custody_number, kind=document.kind, label=label, note=note)
    else:
        event = events.DocumentRejected(custody_number=custody_number, kind=document.kind, label=label, reason=note)
    document.examined_id = record(event, file_id=document.claim.file_id)
    document.state, document.examined_note = state, note
    document.save(update_fields=["state", "examined_note", "examined"])
    return document


@command("documents.examine")
def confirm_document(custody_number: str, *, by: Actor, note: str = "", why: str = "", at: dt.datetime = NOW) -> None:
    """核验相符: the paper says what it must say."""
    faults = rules.must_hold_reason(note, what=Words("备注", "in the note"), field="note") if note.strip() else []
    _examined(custody_number, state="confirmed", note=note.strip(), faults=faults, by=by)


@command("documents.examine")
def reject_document(custody_number: str, *, reason: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """核验不合用: with the reason, which the customer is told."""
    faults = rules.must_hold_reason(reason, what=Words("为什么不合用", "why it cannot be used"))
    _examined(custody_number, state="rejected", note=reason.strip(), faults=faults, by=by)


@command("documents.waive")
def waive_paper(number: str, *, kind: str, reason: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """免交: a paper of the checklist does not apply in this claim, with the reason. It stays in the file."""
    claim = _open_claim(number, by=by)
    row = case_of(claim).standing(kind)
    faults = rules.must_hold_reason(reason, what=Words("为什么不适用", "why it does not apply"))
    if row is None:
        faults.append(Missing(Words("它不在这件的单证清单里", "It is not on this claim's checklist"), where=("claim_papers", (number,))))
    elif row.state in ("received", "confirmed", "waived"):
        faults.append(Missing(Words(f"{row.paper.label.zh}已经有了，不用免交", f"{row.paper.label.en} is settled already"), where=("claim_papers", (number,))))
    refuse_if(faults, Words("还不能记为不适用", "It cannot be marked as not applicable yet"))
    assert row is not None
    entry = record(events.PaperWaived(kind=kind, label=row.paper.label, reason=reason.strip()), file_id=claim.file_id)
    PaperWaiver.objects.create(claim=claim, kind=kind, reason=reason.strip(), entry_id=entry)
    answer_requests(claim)


@command("documents.waive")
def need_paper_again(number: str, *, kind: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """The waiver of a paper is taken back; possible until the papers were declared complete."""
    claim = _open_claim(number, by=by)
    waiver = PaperWaiver.objects.filter(claim=claim, kind=kind, is_valid=True).first()
    if waiver is None:
        raise not_found(Words("这一种没有记过不适用。", "This kind was not marked as not applicable."))
    label = rules.label_of(edition_of_claim(claim), kind) or Words(kind, kind)
    refuse_if(rules.may_examine("waived", is_complete="papers_complete" in moving.reached(claim), label=label), Words("还不能改回", "It cannot be changed back"))
    waiver.is_valid = False
    waiver.save(update_fields=["is_valid"])
    record(events.PaperNeededAgain(kind=kind, label=label), file_id=claim.file_id)


# ---------- complete ----------


@command("documents.complete")
def complete_papers(number: str, *, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """单证收齐: every required paper is in order or does not apply; the claim goes on to assessment."""
    claim = moving.locked_claim(number, by=by)
    step = moving.step_of(claim, "documents.complete", name=Words("把单证记为收齐", "complete the papers"))
    case = case_of(claim)
    kinds = [row.paper.kind for row in case.standings if row.state == "confirmed"]
    moving.reach(claim, "papers_complete", entry=record(events.PapersComplete(number=number, kinds=kinds), file_id=claim.file_id))
    faults = [*rules.lacking_papers(case.standings, number=number), *_unexamined(case, number), *moving.lacking(claim, step)]
    have = tuple(Words(f"{row.paper.label.zh}相符", f"{row.paper.label.en} in order") for row in case.standings if row.state == "confirmed")
    refuse_if(faults, Words(f"单证还没有齐，差 {len(faults)} 项", f"The papers are not complete yet: {len(faults)} to settle"), have=have)
    moving.advance(claim, "documents.complete")


def _unexamined(case: Case, number: str) -> list[Missing]:
    """Papers outside the checklist are examined too: what came in is looked at."""
    on_list = {row.paper.kind for row in case.standings}
    return [
        Missing(Words(f"{d.title or d.custody_number} 还没有核验", f"{d.title or d.custody_number}: not examined yet"), where=("paper", (d.custody_number,)))
        for d in case.documents if d.kind not in on_list and d.state == "received"
    ]
