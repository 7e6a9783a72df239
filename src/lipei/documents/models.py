"""Papers and files of a claim: what came in, where it is now, whether it was examined; and what was asked for."""

from __future__ import annotations

import uuid

from django.db import models

from lipei.claimfile.models import Claim
from lipei.filing.models import Entry, File


class Document(models.Model):
    """单证: one paper or file received. `custody_number` names it on receipts; `content_sha256` its kept bytes.

    `keeping` and `place` repeat the last hand-over of its custody (a database trigger holds them equal).
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    form = models.CharField(max_length=12, help_text="original, copy, sighted, electronic")
    title = models.CharField(max_length=120, blank=True)
    custody_number = models.CharField(max_length=32, unique=True)
    keeping = models.CharField(max_length=10, help_text="kept, returned, electronic")
    place = models.CharField(max_length=60, blank=True, help_text="where a kept paper lies, as written on the shelf")
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
        indexes = (models.Index(fields=("claim", "kind"), name="document_by_kind"),)


class Custody(models.Model):
    """保管: one hand-over of a paper – from whose hands into whose, where, when. The last one says where it is."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="custody")
    number = models.PositiveSmallIntegerField()
    from_hands = models.CharField(max_length=120)
    to_hands = models.CharField(max_length=120)
    keeping = models.CharField(max_length=10)
    place = models.CharField(max_length=60, blank=True)
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
