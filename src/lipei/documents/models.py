"""Papers and files of a claim: what came in, where it is now, whether it was examined; and what was asked for."""

from __future__ import annotations

import uuid

from django.db import models

from lipei.claimfile.models import Claim, Task
from lipei.filing.models import Entry, File
from lipei.staff.models import Branch, User


class Document(models.Model):
    """单证: one paper or file received. `custody_number` names it on receipts; `content_sha256` its kept bytes.

    `keeping`, `place` and `branch` repeat the last hand-over of its custody (a database trigger holds them equal).
    `branch` is the house that keeps it when that is not the claim's own.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    form = models.CharField(max_length=12, help_text="original, copy, sighted, electronic")
    title = models.CharField(max_length=120, blank=True)
    custody_number = models.CharField(max_length=32, unique=True)
    keeping = models.CharField(max_length=10, help_text="kept, out, returned, electronic")
    place = models.CharField(max_length=60, blank=True, help_text="where a kept paper lies, as written on the shelf")
    branch = models.ForeignKey(Branch, null=True, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, default="received", help_text="received, confirmed, rejected")
    examined_note = models.TextField(blank=True)
    examined = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="examined_documents")
    received_at = models.DateTimeField()
    received_from = models.CharField(max_length=120)
    content_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    content_type = models.CharField(max_length=60, blank=True)
    content_bytes = models.PositiveIntegerField(default=0)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "document"
        indexes = (
            models.Index(fields=("claim", "kind"), name="document_by_kind"),
            models.Index(fields=("keeping", "place"), name="document_by_place"),
        )


class Custody(models.Model):
    """保管: one hand-over of a paper – from whose hands into whose, where, when. The last one says where it is."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="custody")
    number = models.PositiveSmallIntegerField()
    from_hands = models.CharField(max_length=120)
    to_hands = models.CharField(max_length=120)
    keeping = models.CharField(max_length=10)
    place = models.CharField(max_length=60, blank=True)
    branch = models.ForeignKey(Branch, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "custody"
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="hand_over_once"),)


class PaperRequest(models.Model):
    """补件通知: the one consolidated notice of what is missing (Insurance Law 22); a later one needs a reason."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="paper_requests")
    kinds = models.JSONField()
    is_first = models.BooleanField()
    why = models.TextField(blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    proof = models.CharField(max_length=160, blank=True, help_text="what proves the delivery")
    answered_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "paper_request"


class PaperWaiver(models.Model):
    """免交: a paper of the checklist that does not apply in this claim, with the reason; taken back, it stays as invalid."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="paper_waivers")
    kind = models.CharField(max_length=40)
    reason = models.TextField()
    is_valid = models.BooleanField(default=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "paper_waiver"
        constraints = (
            models.UniqueConstraint(fields=("claim", "kind"), condition=models.Q(is_valid=True), name="waived_once"),
        )


class StoredContent(models.Model):
    """The kept bytes of electronic papers, sealed, by the SHA-256 of their clear bytes; the same bytes are kept once."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT)
    content_type = models.CharField(max_length=60)
    content = models.BinaryField()

    class Meta:
        db_table = "stored_content"


class CustodyReceipt(models.Model):
    """保管回执: what was written on one receipt, as it was written; its fingerprint is keyed, so nobody else can make one."""

    KINDS = ("taken", "returned")

    number = models.CharField(max_length=40, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="custody_receipts")
    kind = models.CharField(max_length=10, help_text="taken or returned")
    content = models.JSONField(help_text="see receipt_rules.ReceiptContent")
    fingerprint = models.CharField(max_length=16)
    issued_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "custody_receipt"


class PaperAlarm(models.Model):
    """单证警报: a paper is sought, or out too long; closed with where it was found. `hand_over` is its place when raised."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=10, help_text="sought or overdue")
    said = models.CharField(max_length=500, blank=True, help_text="where it was looked for")
    hand_over = models.PositiveSmallIntegerField()
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    found = models.CharField(max_length=200, blank=True, help_text="where it was found")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    closed_entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "paper_alarm"
        constraints = (
            models.UniqueConstraint(fields=("document", "kind"), condition=models.Q(closed_at=None), name="one_open_alarm"),
        )


class PaperBatch(models.Model):
    """移交单: papers on their way from one branch to the archive or another branch, until the receiver accepts them."""

    number = models.CharField(max_length=24, unique=True)
    from_branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    to_branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    to_archive = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default="offered", help_text="offered, accepted, taken_back")
    sender = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settler = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", help_text="who accepted it or took it back")
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "paper_batch"


class PaperOfBatch(models.Model):
    """One paper of a batch: on the way, accepted, lacking on arrival, or taken back; and the shelf it left."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="batches")
    state = models.CharField(max_length=10, default="offered", help_text="offered, accepted, lacking, taken_back")
    from_place = models.CharField(max_length=60)

    class Meta:
        db_table = "paper_of_batch"
        constraints = (
            models.UniqueConstraint(fields=("document",), condition=models.Q(state="offered"), name="on_one_way_at_a_time"),
        )


class Inventory(models.Model):
    """盘点: the papers of one place, scanned by somebody, compared with what the books say."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=60)
    taker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "inventory"


class InventoryLine(models.Model):
    """One number of an inventory: right, elsewhere, missing or unknown; and how a difference was mended."""

    inventory = models.ForeignKey(Inventory, on_delete=models.PROTECT, related_name="lines")
    number = models.CharField(max_length=40)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=10, help_text="right, elsewhere, missing, unknown")
    said_zh = models.CharField(max_length=200, blank=True, help_text="where the books had it")
    said_en = models.CharField(max_length=200, blank=True)
    mended = models.CharField(max_length=12, blank=True, help_text="moved_here or sought")
    mended_entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "inventory_line"
        constraints = (models.UniqueConstraint(fields=("inventory", "number"), name="counted_once"),)
