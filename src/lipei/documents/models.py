"""Papers and files of a claim: what came in, where it is now, whether it was examined; and what was asked for."""

from __future__ import annotations

import uuid

from django.db import models

from lipei.claimfile.models import Claim
from lipei.filing.models import Entry, File


class Document(models.Model):
    """单证: one paper or file received. `custody_number` names it on receipts; `content_sha256` its kept bytes."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    form = models.CharField(max_length=12, help_text="original, copy, sighted, electronic")
    title = models.CharField(max_length=120)
    custody_number = models.CharField(max_length=32, unique=True)
    place = models.CharField(max_length=60, help_text="where it is now, in words")
    pages = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, default="received", help_text="received, confirmed, rejected")
    examined_note = models.TextField(blank=True)
    received_at = models.DateTimeField()
    received_from = models.CharField(max_length=120)
    content_sha256 = models.CharField(max_length=64, blank=True)
    content_type = models.CharField(max_length=60, blank=True)
    content_bytes = models.PositiveIntegerField(default=0)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "document"
        indexes = (models.Index(fields=("claim", "kind"), name="document_by_kind"),)


class Custody(models.Model):
    """保管: one move of a paper – from whose hands into whose, where, when. The last one is where it is."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="custody")
    from_hands = models.CharField(max_length=120)
    to_hands = models.CharField(max_length=120)
    place = models.CharField(max_length=60)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "custody"


class PaperRequest(models.Model):
    """补件通知: the one consolidated notice of what is missing (Insurance Law 22); a later one needs a reason."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="paper_requests")
    kinds = models.JSONField()
    is_first = models.BooleanField()
    approved_by = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "paper_request"


class StoredContent(models.Model):
    """The kept bytes of electronic papers and letters, by SHA-256; the same bytes are kept once."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT)
    content_type = models.CharField(max_length=60)
    content = models.BinaryField()

    class Meta:
        db_table = "stored_content"
