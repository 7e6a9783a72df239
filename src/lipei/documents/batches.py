"""Commands about a batch: papers sent to the archive or another branch, accepted by the receiver, or taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from lipei.claimfile import moving
from lipei.documents import events, hands
from lipei.documents.chains import branch_of, chain_of, locked_papers, must_be_at_hand
from lipei.documents.handing import go_out, move_on, seek
from lipei.documents.models import Document, PaperBatch, PaperOfBatch
from lipei.documents.offices import office_of_papers
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.staff.models import Branch
from lipei.terms.words import Words

PAPERS_MAX = 200
NOTE_CHARACTERS_MAX = 200
ARCHIVE = "archive"


def _named(batch: PaperBatch) -> Words:
    zh, en = batch.to_branch.name_zh, batch.to_branch.name_en
    return Words(f"{zh}档案室", f"the archive of {en}") if batch.to_archive else Words(zh, en)


@command("documents.hand_on")
def send_batch(numbers: Sequence[str], *, to: str, by: Actor, note: str = "", why: str = "", at: dt.datetime = NOW) -> str:
    """移交: papers of one's own branch go to `to` (`archive`, or a branch's code); returns the batch's number.

    Until the receiver accepts them they are out, on the way; each is on one way at a time.
    """
    branch = Branch.objects.filter(pk=by.branch_id or 0).first()
    goal = branch if to == ARCHIVE else Branch.objects.filter(code=to).first()
    documents = locked_papers(numbers)
    faults = _must_hold_batch(numbers, documents, to=goal, is_archive=to == ARCHIVE, note=note, by=by)
    refuse_if(faults, Words(f"还不能移交，有 {len(faults)} 处", f"They cannot be handed on yet: {len(faults)} to settle"))
    assert branch is not None
    assert goal is not None
    day = f"{hands.ON_THE_WAY}{branch.code}{timezone.localtime(at):%m%d}"
    number = f"{day}-{moving.next_number(f'batch-{day}'):02d}"
    batch = PaperBatch(number=number, from_branch=branch, to_branch=goal, to_archive=to == ARCHIVE, note=note.strip(), sender_id=by.staff_id, sent_at=at)
    batch.entry_id = record(events.BatchSent(number=number, to=_named(batch), papers=[d.custody_number for d in documents]), file_id=office_of_papers().id)
    batch.save(force_insert=True)
    for document in documents:
        PaperOfBatch.objects.create(batch=batch, document=document, from_place=document.place)
        go_out(document, hands.sent_out(chain_of(document), to_hands=number, place=f"→ {goal.code}"), at=at)
    return number


def _must_hold_batch(numbers: Sequence[str], documents: list[Document], *, to: Branch | None, is_archive: bool, note: str, by: Actor) -> list[Missing]:
    faults: list[Missing] = []
    if to is None or (to.pk == by.branch_id and not is_archive):
        faults.append(Missing(Words("没有选移交到哪里", "Where they go to is not chosen"), field="to"))
    if not numbers:
        faults.append(Missing(Words("没有选单证", "No paper was chosen"), do=Words("请扫保管号，一行一个。", "Scan the custody numbers, one a line."), field="numbers"))
    if len(set(numbers)) > PAPERS_MAX:
        faults.append(Missing(Words(f"一张移交单最多 {PAPERS_MAX} 份", f"A batch holds at most {PAPERS_MAX} papers"), field="numbers"))
    if len(note) > NOTE_CHARACTERS_MAX:
        faults.append(Missing(Words(f"备注最多 {NOTE_CHARACTERS_MAX} 个字", f"The note has at most {NOTE_CHARACTERS_MAX} characters"), field="note"))
    known = {d.custody_number for d in documents}
    faults += [_no_such(number) for number in dict.fromkeys(numbers) if number not in known]
    for document in documents:
        faults += _may_go(document, by=by)
    return faults


def _no_such(number: str) -> Missing:
    return Missing(Words(f"没有保管号 {number[:40]}", f"There is no custody number {number[:40]}"), field="numbers")


def _may_go(document: Document, *, by: Actor) -> list[Missing]:
    number = document.custody_number
    if branch_of(document) != by.branch_id:
        return [Missing(Words(f"{number} 不在您的机构", f"{number} is not in your branch"), field="numbers")]
    at_hand = must_be_at_hand(document)
    if at_hand or document.keeping == "kept":
        return at_hand
    last = hands.stands_at(chain_of(document))
    where = hands.place_in_words(last.keeping, place=last.place, hands=last.to_hands)
    return [Missing(Words(f"{number} 不在架上：{where.zh}", f"{number} is not on a shelf: {where.en}"), field="numbers")]


# ---------- at the other end ----------


def _open_batch(number: str) -> PaperBatch:
    batch = PaperBatch.objects.select_for_update(of=("self",)).select_related("from_branch", "to_branch").filter(number=number).first()
    if batch is None:
        raise not_found(Words(f"没有移交单 {number}。", f"There is no batch {number}."))
    if batch.state != "offered":
        raise Refused("conflict", Words(f"移交单 {number} 已经了结", f"Batch {number} is settled already"), do=Words("请看每一份现在在哪里。", "See where each paper is now."))
    return batch


def _is_receiver(batch: PaperBatch, *, by: Actor) -> bool:
    """Somebody else than the sender, of the receiving branch; for the archive, who keeps it."""
    return by.user_id != batch.sender_id and by.branch_id == batch.to_branch_id and (by.has("archivist") or not batch.to_archive)


def may_accept(batch: PaperBatch, *, by: Actor) -> bool:
    """Whether this actor is the one to accept the batch."""
    return batch.state == "offered" and "documents.accept" in by.verbs and _is_receiver(batch, by=by)


@command("documents.accept")
def accept_batch(number: str, *, arrived: Sequence[str], place: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> tuple[str, ...]:
    """接收: what arrived is put on a shelf of the receiver; what did not is sought at once. Returns the numbers that were lacking.

    Only the receiver accepts, never the sender.
    """
    batch = _open_batch(number)
    if not _is_receiver(batch, by=by):
        raise Refused("not_permitted", Words("由接收方的另一位同事接收", "A colleague at the receiving end accepts it"),
                      why=Words("移交要两个人：一个交，一个收。", "A hand-over takes two: one gives, one receives."))
    lines = {line.document.custody_number: line for line in batch.papers.select_related("document").filter(state="offered")}
    faults = hands.must_hold_place(place)
    faults += [Missing(Words(f"{n[:40]} 不在这张移交单上", f"{n[:40]} is not on this batch"), field="arrived") for n in dict.fromkeys(arrived) if n not in lines]
    refuse_if(faults, Words("还不能接收", "It cannot be accepted yet"))
    lacking = _take_over(lines, arrived=frozenset(arrived), place=place.strip(), batch=batch, by=by, at=at)
    _settle(batch, "accepted", papers=[n for n in lines if n not in lacking], lacking=lacking, by=by, at=at)
    return tuple(lacking)


def _take_over(lines: dict[str, PaperOfBatch], *, arrived: frozenset[str], place: str, batch: PaperBatch, by: Actor, at: dt.datetime) -> list[str]:
    lacking: list[str] = []
    for document in locked_papers(lines):
        line = lines[document.custody_number]
        line.state = "accepted" if document.custody_number in arrived else "lacking"
        line.save(update_fields=["state"])
        if line.state == "accepted":
            house = None if batch.to_branch_id == document.claim.branch_id else batch.to_branch_id
            move_on(document, hands.brought(chain_of(document), to_hands=by.name, place=place, branch=house), at=at)
        else:
            lacking.append(document.custody_number)
            seek(document, said=f"移交单 {batch.number} 到了，里面没有这一份 / batch {batch.number} arrived without it", at=at)
    return lacking


@command("documents.hand_on")
def take_back_batch(number: str, *, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """撤回: a batch that nobody accepted goes back to the shelves it came from; by somebody of the sending branch."""
    batch = _open_batch(number)
    if by.branch_id != batch.from_branch_id:
        raise Refused("not_permitted", Words("由发出的机构撤回", "The sending branch takes it back"))
    lines = {line.document.custody_number: line for line in batch.papers.select_related("document").filter(state="offered")}
    for document in locked_papers(lines):
        line = lines[document.custody_number]
        line.state = "taken_back"
        line.save(update_fields=["state"])
        move_on(document, hands.moved(chain_of(document), to_hands=by.name, place=line.from_place), at=at)
    _settle(batch, "taken_back", papers=list(lines), lacking=[], by=by, at=at)


def _settle(batch: PaperBatch, state: str, *, papers: list[str], lacking: list[str], by: Actor, at: dt.datetime) -> None:
    record(events.BatchSettled(number=batch.number, outcome=state, papers=papers, lacking=lacking), file_id=office_of_papers().id)
    batch.state, batch.settled_at, batch.settler_id = state, at, by.staff_id
    batch.save(update_fields=["state", "settled_at", "settler"])
