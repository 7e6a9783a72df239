"""A paper with its chain of hands as the tables have it: found and locked, read, and led on by one hand-over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from lipei.claimfile import moving
from lipei.claimfile.commands import close_task
from lipei.claimfile.models import Claim
from lipei.documents import hands, rules
from lipei.documents.cases import edition_of_claim
from lipei.documents.models import Custody, Document, PaperAlarm, PaperOfBatch
from lipei.filing.actor import Actor, system
from lipei.filing.refusal import Missing, not_found
from lipei.terms.words import Words, both


def locked_paper(custody_number: str, *, by: Actor) -> Document:
    """One paper of a claim this actor may see, locked with its claim; `Refused` when there is none."""
    document = Document.objects.select_related("claim").filter(custody_number=custody_number).first()
    if document is None:
        raise not_found(Words(f"没有保管号 {custody_number}。", f"There is no custody number {custody_number}."))
    moving.locked_claim(document.claim.number, by=by)
    return Document.objects.select_related("claim__policy", "claim__branch").get(pk=document.pk)


def locked_papers(numbers: Iterable[str]) -> list[Document]:
    """These papers with their claims locked, in the order of their numbers; for those who hold the paper itself, whose claim it may be."""
    wanted = sorted(set(numbers))
    claims = sorted(set(Document.objects.filter(custody_number__in=wanted).values_list("claim_id", flat=True)))
    list(Claim.objects.select_for_update().filter(pk__in=claims).order_by("pk"))
    return list(Document.objects.select_related("claim__policy", "claim__branch").filter(custody_number__in=wanted).order_by("custody_number"))


def chain_of(document: Document) -> tuple[hands.HandOver, ...]:
    """The hand-overs of a paper, first to last."""
    return tuple(
        hands.HandOver(number=c.number, from_hands=c.from_hands, to_hands=c.to_hands, keeping=c.keeping, place=c.place, branch=c.branch_id)
        for c in Custody.objects.filter(document=document).order_by("number")
    )


def label_of_document(document: Document) -> Words:
    """A paper's own title, or the name of its kind."""
    return both(document.title.strip()) if document.title.strip() else label_of_kind(document)


def label_of_kind(document: Document) -> Words:
    """The name of a paper's kind."""
    return rules.label_of(edition_of_claim(document.claim), document.kind) or both(document.kind)


def branch_of(document: Document) -> int:
    """The house that has a paper: the one it was brought to, or its claim's own."""
    return document.branch_id or document.claim.branch_id


def put_down(document: Document, hand_over: hands.HandOver, *, at: dt.datetime, entry: int) -> None:
    """Write one hand-over behind the others."""
    Custody.objects.create(
        document=document, number=hand_over.number, from_hands=hand_over.from_hands, to_hands=hand_over.to_hands,
        keeping=hand_over.keeping, place=hand_over.place, branch_id=hand_over.branch, at=at, entry_id=entry,
    )


def lead_on(document: Document, hand_over: hands.HandOver, *, at: dt.datetime, entry: int) -> None:
    """Write the next hand-over and let the paper stand there; a paper that was out too long is not any more."""
    put_down(document, hand_over, at=at, entry=entry)
    document.keeping, document.place, document.branch_id = hand_over.keeping, hand_over.place, hand_over.branch
    document.save(update_fields=["keeping", "place", "branch"])
    overdue = open_alarm(document, "overdue")
    if overdue is not None:
        close_alarm(overdue, found=hands.place_in_words(hand_over.keeping, place=hand_over.place, hands=hand_over.to_hands), at=at, entry=entry)


# ---------- what keeps a paper from going on ----------


def open_alarm(document: Document, kind: str) -> PaperAlarm | None:
    """The open alarm of a kind on a paper."""
    return PaperAlarm.objects.select_related("task").filter(document=document, kind=kind, closed_at=None).first()


def close_alarm(alarm: PaperAlarm, *, found: Words, at: dt.datetime, entry: int) -> None:
    """Close an alarm and its task with where the paper is."""
    alarm.closed_at, alarm.found, alarm.closed_entry_id = at, found.zh[:200], entry
    alarm.save(update_fields=["closed_at", "found", "closed_entry"])
    if alarm.task.state == "open":
        close_task(alarm.task_id, answer=f"{found.zh} / {found.en}" if found.zh != found.en else found.zh, by=system())


def must_be_at_hand(document: Document) -> list[Missing]:
    """A paper that is sought, or on its way with a batch, can neither be moved nor given away."""
    faults: list[Missing] = []
    if open_alarm(document, "sought") is not None:
        faults.append(Missing(Words(f"{document.custody_number} 还在找，没有找到就不能移交", f"{document.custody_number} is being sought and cannot be handed over"),
                              do=Words("找到了，先记“找到了”和放在哪里。", "When it is found, record where first."), where=("paper", (document.custody_number,))))
    way = PaperOfBatch.objects.select_related("batch").filter(document=document, state="offered").first()
    if way is not None:
        faults.append(Missing(Words(f"{document.custody_number} 在移交途中（{way.batch.number}）", f"{document.custody_number} is on its way (batch {way.batch.number})"),
                              do=Words("请接收方接收，或由发出方撤回。", "The receiver accepts it, or the sender takes it back."), where=("batch", (way.batch.number,))))
    return faults
