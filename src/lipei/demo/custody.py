"""The demonstration's papers in the house: one sent out long ago, one sought, two batches, a shelf counted – told through the commands."""

from __future__ import annotations

from datetime import datetime, timedelta

from lipei.claimfile.stages import OPEN_STAGES
from lipei.documents.batches import accept_batch, send_batch
from lipei.documents.commands import say_not_found, send_out_paper
from lipei.documents.handing import raise_overdue
from lipei.documents.inventories import take_inventory
from lipei.documents.models import Document, Inventory
from lipei.filing.actor import Actor, system

PAPERS = 9
HOUSE = "JH"
OUT_DAYS = 33
"""Longer than the house allows, so that the demonstration shows its alarm."""


def keep_house(everybody: dict[str, Actor], *, now: datetime) -> None:
    """What happened to papers of the first branch, once; nothing when too few are kept."""
    rows = Document.objects.filter(claim__branch__code=HOUSE, claim__stage__in=OPEN_STAGES, keeping="kept").exclude(kind="application")
    papers = list(rows.order_by("id")[:PAPERS])
    if len(papers) < PAPERS or Inventory.objects.exists():
        return
    numbers = [paper.custody_number for paper in papers]
    clerk, colleague, handler, archivist = (everybody[n] for n in ("1001", "1002", "2001", "8003"))
    send_out_paper(numbers[0], to_hands="青石司法鉴定所", place="柳岸街 5 号", by=handler, at=now - timedelta(days=OUT_DAYS))
    raise_overdue(1, by=system(), at=now - timedelta(hours=20))
    say_not_found(numbers[1], looked="柜里上下各层都看过，问过陆听澜", by=handler, at=now - timedelta(hours=18))
    to_archive = send_batch(numbers[2:5], to="archive", note="本周不再用的原件", by=clerk, at=now - timedelta(hours=26))
    accept_batch(to_archive, arrived=numbers[2:5], place="档案室 A-07", by=archivist, at=now - timedelta(hours=25))
    send_batch(numbers[5:7], to="YL", note="客户在云岭取件", by=clerk, at=now - timedelta(hours=3))
    _count(papers[8], instead=papers[7], by=colleague, at=now - timedelta(hours=2))


def _count(paper: Document, *, instead: Document, by: Actor, at: datetime) -> None:
    """The shelf of `paper` is counted: all is there but `paper`, and `instead` lies there too."""
    here = Document.objects.filter(claim__branch__code=HOUSE, keeping="kept", place=paper.place).exclude(pk=paper.pk)
    take_inventory(paper.place, numbers="\n".join([*here.values_list("custody_number", flat=True), instead.custody_number]), by=by, at=at)
