"""What the keepers of papers ask: what lies on which shelf, what is sought or out, batches under way, inventories taken."""

from __future__ import annotations

import datetime as dt
import re
import uuid as uuids
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lipei.documents import hands
from lipei.documents.batches import ARCHIVE, may_accept
from lipei.documents.chains import label_of_kind
from lipei.documents.inventory_rules import FINDINGS, MENDED, shelf_key
from lipei.documents.models import Custody, Document, Inventory, InventoryLine, PaperAlarm, PaperBatch
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.staff.models import Branch, User
from lipei.terms.words import Words

ROWS_MAX = 60
SHELVES_MAX = 400
SEES_EVERY_HOUSE = ("auditor",)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A place with papers on it, how many, and when it was counted last."""

    place: str
    papers: int
    counted_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSeen:
    """A paper that is sought or out too long."""

    custody_number: str
    kind: str
    word: Words
    where: Words
    said: str
    raised_at: dt.datetime
    due_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutSeen:
    """A paper that is ours and not on a shelf."""

    custody_number: str
    where: Words
    since: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSeen:
    """A batch as the pages show it: from where to where, by whom, how many, and how it ended."""

    number: str
    from_name: Words
    to_name: Words
    note: str
    state: str
    sender: Words
    sent_at: dt.datetime
    settler: Words | None
    settled_at: dt.datetime | None
    papers: int
    may_accept: bool
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One paper of a batch: its number, what kind, the shelf it left, how it went."""

    custody_number: str
    label: Words
    form: str
    from_place: str
    state: str


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One number of an inventory: the finding, where the books had it, and how the difference was mended."""

    number: str
    is_paper: bool
    finding: str
    finding_word: Words
    said: Words | None
    mended: str
    mended_word: Words | None


@dataclass(frozen=True, slots=True)
class InventorySeen:
    """An inventory: which shelf, by whom, when, with its lines (differences first) and how many of each finding."""

    uuid: uuids.UUID
    branch: Words
    place: str
    taker: Words
    at: dt.datetime
    lines: tuple[CountedLine, ...]
    counts: dict[str, int]
    is_own: bool

    @property
    def open(self) -> int:
        """How many differences are not mended yet; a number that is no paper of ours is none."""
        return sum(line.finding in ("elsewhere", "missing") and not line.mended for line in self.lines)


@dataclass(frozen=True, slots=True)
class House:
    """Everything about the papers of one branch."""

    branch: Words
    shelves: tuple[Shelf, ...]
    alarms: tuple[AlarmSeen, ...]
    out: tuple[OutSeen, ...]
    batches: tuple[BatchSeen, ...]
    inventories: tuple[InventoryRow, ...]


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """An inventory in the list: how many were right, how many not."""

    uuid: uuids.UUID
    place: str
    taker: Words
    at: dt.datetime
    right: int
    differences: int


ALARMS = {"sought": Words("没有找到", "not found"), "overdue": Words("在外过久", "out too long")}


def house_of(*, actor: Actor) -> House:
    """The papers of the actor's own branch: shelves, alarms, what is out, batches, inventories; each list bounded."""
    branch = Branch.objects.filter(pk=actor.branch_id or 0).first()
    if branch is None:
        raise not_found(Words("您没有所属机构。", "You belong to no branch."))
    return House(
        branch=_name(branch), shelves=_shelves(branch), alarms=_alarms(branch), out=_out(branch),
        batches=_batches(Q(from_branch=branch) | Q(to_branch=branch), actor=actor), inventories=_inventories(branch),
    )


def _name(branch: Branch) -> Words:
    return Words(branch.name_zh, branch.name_en)


def _person(user: User) -> Words:
    return Words(user.name, user.name_en)


def _here(branch: Branch) -> QuerySet[Document]:
    return Document.objects.annotate(house=Coalesce(F("branch_id"), F("claim__branch_id"))).filter(house=branch.pk)


def _shelves(branch: Branch) -> tuple[Shelf, ...]:
    """Shelves by name, its numbers as numbers (box 4 before box 13); two spellings of one are one."""
    counted: dict[str, dt.datetime] = {}
    for place, at in Inventory.objects.filter(branch=branch).order_by("-at").values_list("place", "at")[:SHELVES_MAX]:
        counted.setdefault(shelf_key(place), at)
    found: dict[str, Shelf] = {}
    rows = _here(branch).filter(keeping="kept").values_list("place").annotate(n=Count("id")).order_by("place")[:SHELVES_MAX]
    for place, n in rows:
        key = shelf_key(place)
        before = found.get(key)
        found[key] = Shelf(before.place if before else place, n + (before.papers if before else 0), counted.get(key))
    return tuple(sorted(found.values(), key=lambda shelf: _in_order(shelf.place)))


def _in_order(place: str) -> list[tuple[int, str]]:
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d{1,9})", place)]


def _last() -> QuerySet[Custody]:
    return Custody.objects.filter(document=OuterRef("pk")).order_by("-number")


def _alarms(branch: Branch) -> tuple[AlarmSeen, ...]:
    documents = _here(branch).annotate(holder=Subquery(_last().values("to_hands")[:1]))
    holders = {d.pk: d for d in documents.filter(alarms__closed_at=None, alarms__isnull=False)[:ROWS_MAX]}
    rows = PaperAlarm.objects.select_related("task").filter(document__in=list(holders), closed_at=None).order_by("raised_at")[:ROWS_MAX]
    return tuple(
        AlarmSeen(custody_number=d.custody_number, kind=row.kind, word=ALARMS[row.kind], said=row.said, raised_at=row.raised_at, due_at=row.task.due_at,
                  where=hands.place_in_words(d.keeping, place=d.place, hands=d.holder))
        for row in rows for d in (holders[row.document_id],)
    )


def _out(branch: Branch) -> tuple[OutSeen, ...]:
    rows = _here(branch).filter(keeping="out").annotate(holder=Subquery(_last().values("to_hands")[:1]), since=Subquery(_last().values("at")[:1]))
    return tuple(
        OutSeen(custody_number=d.custody_number, where=hands.place_in_words(d.keeping, place=d.place, hands=d.holder), since=d.since)
        for d in rows.order_by("since")[:ROWS_MAX]
    )


# ---------- batches ----------


def _batches(which: Q, *, actor: Actor) -> tuple[BatchSeen, ...]:
    rows = (
        PaperBatch.objects.select_related("from_branch", "to_branch", "sender", "settler").annotate(n=Count("papers")).filter(which)
        .order_by(F("settled_at").desc(nulls_first=True), "-sent_at")[:ROWS_MAX]
    )
    return tuple(_batch(row, papers=row.n, actor=actor) for row in rows)


def _batch(row: PaperBatch, *, papers: int, actor: Actor) -> BatchSeen:
    to = _name(row.to_branch)
    return BatchSeen(
        number=row.number, from_name=_name(row.from_branch), to_name=Words(f"{to.zh}档案室", f"archive of {to.en}") if row.to_archive else to, note=row.note,
        state=row.state, sender=_person(row.sender), sent_at=row.sent_at, settler=_person(row.settler) if row.settler else None, settled_at=row.settled_at,
        papers=papers, may_accept=may_accept(row, by=actor),
        may_take_back=row.state == "offered" and "documents.hand_on" in actor.verbs and actor.branch_id == row.from_branch_id,
    )


def batch_of(number: str, *, actor: Actor) -> tuple[BatchSeen, tuple[BatchLine, ...]]:
    """A batch with its papers, for its two ends and the auditor; `Refused` for others."""
    row = PaperBatch.objects.select_related("from_branch", "to_branch", "sender", "settler").filter(number=number).first()
    is_seen = row is not None and (actor.branch_id in (row.from_branch_id, row.to_branch_id) or actor.has(*SEES_EVERY_HOUSE))
    if row is None or not is_seen:
        raise not_found(Words(f"没有移交单 {number}。", f"There is no batch {number}."))
    lines = tuple(
        BatchLine(line.document.custody_number, label_of_kind(line.document), line.document.form, line.from_place, line.state)
        for line in row.papers.select_related("document__claim__policy").order_by("document__custody_number")
    )
    return _batch(row, papers=len(lines), actor=actor), lines


def ends_for(*, actor: Actor) -> tuple[tuple[str, Words], ...]:
    """Where a batch of this actor's branch may go: its archive, and the other branches."""
    others = Branch.objects.exclude(pk=actor.branch_id or 0).order_by("code")
    return ((ARCHIVE, Words("档案室", "the archive")), *((b.code, _name(b)) for b in others))


# ---------- inventories ----------


def _inventories(branch: Branch) -> tuple[InventoryRow, ...]:
    rows = (
        Inventory.objects.select_related("taker").filter(branch=branch)
        .annotate(right=Count("lines", filter=Q(lines__finding="right")), wrong=Count("lines", filter=~Q(lines__finding="right"))).order_by("-at")[:ROWS_MAX]
    )
    return tuple(InventoryRow(row.uuid, row.place, _person(row.taker), row.at, row.right, row.wrong) for row in rows)


_ORDER = {finding: n for n, finding in enumerate(("missing", "elsewhere", "unknown", "right"))}


def inventory_of(uuid: uuids.UUID, *, actor: Actor) -> InventorySeen:
    """An inventory with every line, differences first; for its branch and the auditor."""
    row = Inventory.objects.select_related("branch", "taker").filter(uuid=uuid).first()
    if row is None or not (row.branch_id == actor.branch_id or actor.has(*SEES_EVERY_HOUSE)):
        raise not_found(Words("没有这次盘点。", "There is no such inventory."))
    lines = sorted((_counted(line) for line in row.lines.all()), key=lambda line: (_ORDER[line.finding], line.number))
    counts = {finding: sum(line.finding == finding for line in lines) for finding in FINDINGS}
    return InventorySeen(row.uuid, _name(row.branch), row.place, _person(row.taker), row.at, tuple(lines), counts, is_own=row.branch_id == actor.branch_id)


def _counted(line: InventoryLine) -> CountedLine:
    said = Words(line.said_zh, line.said_en) if line.said_zh else None
    return CountedLine(line.number, line.document_id is not None, line.finding, FINDINGS[line.finding], said, line.mended, MENDED.get(line.mended))

