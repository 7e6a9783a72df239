"""Commands of the inventory: a shelf is scanned and compared with the books, and each difference is mended by one press."""

from __future__ import annotations

import datetime as dt
import uuid as uuids
from collections import Counter

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from lipei.documents import events, hands
from lipei.documents.chains import branch_of, chain_of, locked_papers, must_be_at_hand, open_alarm
from lipei.documents.handing import find, move_on, seek
from lipei.documents.inventory_rules import FINDINGS, InTheBooks, compared, must_hold_inventory, scanned, shelf_key
from lipei.documents.models import Custody, Document, Inventory, InventoryLine, PaperAlarm
from lipei.documents.offices import office_of_papers
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.staff.models import Branch
from lipei.terms.words import Words


@command("documents.count")
def take_inventory(place: str, *, numbers: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> uuids.UUID:
    """盘点: the numbers scanned on one shelf of one's own branch, compared with the books; kept with who and when. Returns its id."""
    told, place = scanned(numbers), place.strip()
    branch = Branch.objects.filter(pk=by.branch_id or 0).first()
    refuse_if(must_hold_inventory(told, place=place), Words("还不能盘点", "The inventory cannot be taken yet"))
    assert branch is not None
    here = _on_shelf(branch.pk, place)
    place = here[0].place if here else place  # the spelling the books have
    rows = {d.custody_number: d for d in (*here, *_by_number(told))}
    books = _books(rows)
    lines = compared(told, branch=branch.pk, place=place, books=books)
    counts: Counter[str] = Counter(line.finding for line in lines)
    entry = record(
        events.InventoryTaken(branch=Words(branch.name_zh, branch.name_en), place=place, scanned=len(told), counts={f: counts[f] for f in FINDINGS}),
        file_id=office_of_papers().id,
    )
    inventory = Inventory.objects.create(branch=branch, place=place, taker_id=by.staff_id, at=at, entry_id=entry)
    for line in lines:
        zh, en = (line.said.zh, line.said.en) if line.said else ("", "")
        InventoryLine.objects.create(
            inventory=inventory, number=line.number, document=rows.get(line.number), finding=line.finding, said_zh=zh[:200], said_en=en[:200],
            mended="sought" if line.finding == "missing" and books[line.number].is_sought else "",
        )
    return inventory.uuid


def _by_number(numbers: tuple[str, ...]) -> list[Document]:
    return list(Document.objects.select_related("claim", "branch", "claim__branch").filter(custody_number__in=numbers))


def _on_shelf(branch: int, place: str) -> list[Document]:
    """The papers that the books have on this shelf, however its name is spelled."""
    kept = Document.objects.annotate(house=Coalesce(F("branch_id"), F("claim__branch_id"))).filter(keeping="kept", house=branch)
    spellings = [p for p in kept.values_list("place", flat=True).distinct() if shelf_key(p) == shelf_key(place)]
    return list(kept.filter(place__in=spellings).select_related("claim", "branch", "claim__branch"))


def _books(rows: dict[str, Document]) -> dict[str, InTheBooks]:
    ids = [d.pk for d in rows.values()]
    last = Custody.objects.filter(document=OuterRef("pk")).order_by("-number").values("to_hands")[:1]
    holders = dict(Document.objects.filter(pk__in=ids).annotate(holder=Subquery(last)).values_list("pk", "holder"))
    sought = set(PaperAlarm.objects.filter(Q(document__in=ids), kind="sought", closed_at=None).values_list("document_id", flat=True))
    books: dict[str, InTheBooks] = {}
    for number, d in rows.items():
        house = d.branch or d.claim.branch
        books[number] = InTheBooks(
            branch=house.pk, branch_name=Words(house.name_zh, house.name_en), keeping=d.keeping, place=d.place, hands=holders[d.pk] or "",
            is_sought=d.pk in sought,
        )
    return books


# ---------- one press to mend ----------


def _line(uuid: uuids.UUID, number: str, *, by: Actor) -> InventoryLine:
    line = (
        InventoryLine.objects.select_for_update(of=("self",)).select_related("inventory", "document")
        .filter(inventory__uuid=uuid, inventory__branch_id=by.branch_id or 0, number=number).first()
    )
    if line is None:
        raise not_found(Words("这次盘点里没有这个号。", "This inventory has no such number."))
    if line.mended:
        raise Refused("conflict", Words("这一处已经处理过了", "This difference is settled already"))
    return line


@command("documents.count")
def move_here(uuid: uuids.UUID, *, number: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """移到这里: a paper that lies on this shelf, whatever the books said, is put down here; one that was sought is found."""
    line = _line(uuid, number, by=by)
    document = _locked(line)
    refuse_if(_may_move_here(line, document), Words("还不能移到这里", "It cannot be moved here yet"))
    inventory = line.inventory
    house = None if inventory.branch_id == document.claim.branch_id else inventory.branch_id
    if open_alarm(document, "sought") is not None:
        line.mended, line.mended_entry_id = "found_here", find(document, place=inventory.place, to_hands=by.name, branch=house, at=at)
    else:
        next_ = hands.brought(chain_of(document), to_hands=by.name, place=inventory.place, branch=house)
        line.mended, line.mended_entry_id = "moved_here", move_on(document, next_, at=at)
    line.save(update_fields=["mended", "mended_entry"])


def _locked(line: InventoryLine) -> Document:
    if line.document is None:
        raise Refused("conflict", Words(f"账上没有 {line.number}，无法移动", f"The books have no {line.number}; it cannot be moved"),
                      do=Words("请看纸上的号有没有扫错。", "See whether the number on the paper was scanned right."))
    return locked_papers([line.document.custody_number])[0]


def _may_move_here(line: InventoryLine, document: Document) -> list[Missing]:
    faults = hands.may_leave(chain_of(document))
    if line.finding != "elsewhere":
        faults.append(Missing(Words("只有扫到了、账上在别处的，才能移到这里", "Only what was scanned here and belongs elsewhere can be moved here")))
    return faults if open_alarm(document, "sought") is not None else faults + must_be_at_hand(document)


@command("documents.count")
def seek_missing(uuid: uuids.UUID, *, number: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """寻找: a paper that should lie on this shelf and does not is marked as sought."""
    line = _line(uuid, number, by=by)
    document = _locked(line)
    inventory = line.inventory
    faults: list[Missing] = []
    if line.finding != "missing":
        faults.append(Missing(Words("只有缺的才要找", "Only what is missing is sought")))
    if document.keeping != "kept" or branch_of(document) != inventory.branch_id or shelf_key(document.place) != shelf_key(inventory.place):
        faults.append(Missing(Words("盘点之后它已经移走了，不用再找", "It was moved since the inventory and need not be sought"), where=("paper", (document.custody_number,))))
    faults += must_be_at_hand(document)
    refuse_if(faults, Words("不能记为在找", "It cannot be marked as sought"))
    line.mended = "sought"
    line.mended_entry_id = seek(document, said=f"盘点 {inventory.place} 时没有找到 / not found in the inventory of {inventory.place}"[:500], at=at)
    line.save(update_fields=["mended", "mended_entry"])
