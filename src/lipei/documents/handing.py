"""Commands about one paper in somebody's hands: move it, send it out, give it back; not found, and found again."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, Subquery

from lipei.claimfile.commands import open_task
from lipei.documents import events, hands
from lipei.documents.chains import (
    branch_of,
    chain_of,
    close_alarm,
    label_of_document,
    lead_on,
    locked_paper,
    must_be_at_hand,
    open_alarm,
)
from lipei.documents.models import Custody, Document, PaperAlarm, PaperOfBatch
from lipei.documents.periods import DAYS
from lipei.documents.rules import REASON_CHARACTERS_MAX
from lipei.filing.actor import Actor, system
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.staff.models import User
from lipei.terms.words import Words


@command("documents.move")
def move_paper(custody_number: str, *, to_hands: str, place: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """移交: a paper goes into other hands or to another place within the house; one that was out is back."""
    document = locked_paper(custody_number, by=by)
    chain = chain_of(document)
    faults = [*must_be_at_hand(document), *hands.must_hold_move(chain, to_hands=to_hands, place=place)]
    refuse_if(faults, Words("还不能移交", "It cannot be handed over yet"))
    move_on(document, hands.moved(chain, to_hands=to_hands.strip(), place=place.strip()), at=at)


def move_on(document: Document, next_: hands.HandOver, *, at: dt.datetime) -> int:
    """Record a hand-over onto a shelf and lead the chain on; returns the entry."""
    entry = record(
        events.PaperMoved(custody_number=document.custody_number, label=label_of_document(document), from_hands=next_.from_hands, to_hands=next_.to_hands, place=next_.place),
        file_id=document.claim.file_id,
    )
    lead_on(document, next_, at=at, entry=entry)
    return entry


@command("documents.move")
def send_out_paper(custody_number: str, *, to_hands: str, place: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """送出: a kept paper goes to an expert, a court, the post; it stays ours, and the house asks when it stays away too long."""
    document = locked_paper(custody_number, by=by)
    chain = chain_of(document)
    faults = [*must_be_at_hand(document), *hands.must_hold_sending(chain, to_hands=to_hands, place=place)]
    refuse_if(faults, Words("还不能送出", "It cannot be sent out yet"))
    go_out(document, hands.sent_out(chain, to_hands=to_hands.strip(), place=place.strip()), at=at)


def go_out(document: Document, next_: hands.HandOver, *, at: dt.datetime) -> int:
    """Record that a paper left our shelves and lead the chain on; returns the entry."""
    entry = record(
        events.PaperSentOut(custody_number=document.custody_number, label=label_of_document(document), to_hands=next_.to_hands, place=next_.place),
        file_id=document.claim.file_id,
    )
    lead_on(document, next_, at=at, entry=entry)
    return entry


@command("documents.return")
def return_paper(custody_number: str, *, signed_by: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """退还: a paper is given back to the person who signs for it; also after the claim is closed."""
    document = locked_paper(custody_number, by=by)
    chain = chain_of(document)
    faults = [*must_be_at_hand(document), *hands.must_hold_return(chain, signed_by=signed_by)]
    refuse_if(faults, Words("还不能退还", "It cannot be returned yet"))
    entry = record(
        events.PaperReturned(custody_number=custody_number, label=label_of_document(document), signed_by=signed_by.strip()), file_id=document.claim.file_id
    )
    lead_on(document, hands.given_back(chain, to_hands=signed_by.strip()), at=at, entry=entry)


# ---------- not found, and found again ----------


@command("documents.seek")
def say_not_found(custody_number: str, *, looked: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """没有找到: the paper is marked as sought, and the supervisor of the house that has it gets the task. `looked` says where one looked."""
    document = locked_paper(custody_number, by=by)
    refuse_if(_must_hold_seeking(document, looked=looked), Words("还不能记为没有找到", "It cannot be marked as not found yet"))
    seek(document, said=looked.strip(), at=at)


def _must_hold_seeking(document: Document, *, looked: str) -> list[Missing]:
    faults = hands.may_leave(chain_of(document))
    if open_alarm(document, "sought") is not None:
        faults.append(Missing(Words("这份已经在找了", "This paper is being sought already"), where=("paper", (document.custody_number,))))
    if not looked.strip():
        faults.append(Missing(Words("没有写在哪里找过", "Where you looked is missing"), field="looked"))
    if len(looked) > REASON_CHARACTERS_MAX:
        faults.append(Missing(Words(f"写了 {len(looked)} 个字，最多 {REASON_CHARACTERS_MAX} 个", f"That is {len(looked)} characters; the most is {REASON_CHARACTERS_MAX}"), field="looked"))
    return faults


def seek(document: Document, *, said: str, at: dt.datetime) -> int:
    """Raise the alarm on a paper: entry, task, mark. Its last hand-over stands: that is where the books have it. Returns the entry."""
    label, last = label_of_document(document), hands.stands_at(chain_of(document))
    where = hands.place_in_words(last.keeping, place=last.place, hands=last.to_hands)
    entry = record(events.PaperSought(custody_number=document.custody_number, label=label, last_place=where, said=said), file_id=document.claim.file_id)
    what = Words(f"找{label.zh} {document.custody_number}，账上在{where.zh}", f"Find {label.en} {document.custody_number}; by the books {where.en}")
    _raise(document, "sought", what=what, said=said, number=last.number, due=at + dt.timedelta(days=DAYS["sought"]), at=at, entry=entry)
    return entry


def _raise(document: Document, kind: str, *, what: Words, said: str, number: int, due: dt.datetime, at: dt.datetime, entry: int) -> None:
    supervisor = User.objects.filter(branch_id=branch_of(document), is_working=True, roles__contains=["supervisor"]).order_by("number").first()
    task = open_task(
        document.claim.number, kind="follow_up", what=Words(what.zh[:200], what.en[:300]), user_id=supervisor.pk if supervisor else None, role="supervisor",
        due_at=due, by=system(),
    )
    PaperAlarm.objects.create(document=document, kind=kind, said=said, hand_over=number, task_id=task, raised_at=at, entry_id=entry)


@command("documents.seek")
def say_found(custody_number: str, *, place: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """找到了: the search is closed with where; a paper that lay elsewhere than the books had it is moved there."""
    document = locked_paper(custody_number, by=by)
    if open_alarm(document, "sought") is None:
        raise Refused("conflict", Words("这份没有在找", "This paper is not being sought"), do=Words("要记新的位置，请用“移交”。", "To record a new place, hand it over."))
    refuse_if(hands.must_hold_place(place), Words("还不能记为找到", "It cannot be marked as found yet"))
    find(document, place=place.strip(), to_hands=by.name, branch=document.branch_id, at=at)


def find(document: Document, *, place: str, to_hands: str, branch: int | None, at: dt.datetime) -> int:
    """Close the search of a paper that lies at `place` of `branch`, and lead the chain there where it stood elsewhere; returns the entry."""
    alarm = open_alarm(document, "sought")
    assert alarm is not None  # looked at before
    chain = chain_of(document)
    last = hands.stands_at(chain)
    label = label_of_document(document)
    entry = record(events.PaperFound(custody_number=document.custody_number, label=label, place=place), file_id=document.claim.file_id)
    if (last.keeping, last.place, last.branch) != ("kept", place, branch):
        lead_on(document, hands.brought(chain, to_hands=to_hands, place=place, branch=branch), at=at, entry=entry)
    close_alarm(alarm, found=Words(f"找到了：{place}", f"Found: {place}"), at=at, entry=entry)
    return entry


# ---------- what time does ----------


@command("system.sweep")
def raise_overdue(limit: int, *, by: Actor, why: str = "", at: dt.datetime = NOW) -> int:
    """Papers that are out longer than the house's periods: a task to the supervisor, once for each time out. Returns how many."""
    raised = 0
    for document, since in _out_too_long(limit, at=at):
        days = (at - since).days
        last = hands.stands_at(chain_of(document))
        label = label_of_document(document)
        entry = record(
            events.PaperOutTooLong(custody_number=document.custody_number, label=label, with_whom=last.to_hands, days=days), file_id=document.claim.file_id
        )
        what = Words(f"催回{label.zh} {document.custody_number}，在外 {days} 天：{last.to_hands}", f"Get back {label.en} {document.custody_number}, out for {days} days: {last.to_hands}")
        _raise(document, "overdue", what=what, said="", number=last.number, due=at + dt.timedelta(days=DAYS["sought"]), at=at, entry=entry)
        raised += 1
    return raised


def _out_too_long(limit: int, *, at: dt.datetime) -> list[tuple[Document, dt.datetime]]:
    """Papers out – with others, or on the way – since before their period, without an open alarm; the longest first."""
    on_the_way = PaperOfBatch.objects.filter(document=OuterRef("pk"), state="offered")
    since = Custody.objects.filter(document=OuterRef("pk")).order_by("-number").values("at")[:1]
    rows = (
        Document.objects.select_related("claim__policy", "claim__branch").filter(keeping="out")
        .annotate(since=Subquery(since), is_on_the_way=Exists(on_the_way))
        .filter(~Exists(PaperAlarm.objects.filter(document=OuterRef("pk"), kind="overdue", closed_at=None)))
        .filter(Q(is_on_the_way=True, since__lt=at - dt.timedelta(days=DAYS["on_the_way"])) | Q(since__lt=at - dt.timedelta(days=DAYS["out"])))
        .order_by("since")[:limit]
    )
    return [(row, row.since) for row in rows]
