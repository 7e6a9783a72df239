"""The archive: a closed claim filed with its index and how long it must be kept."""

from __future__ import annotations

from django.db import models

from lipei.claimfile.models import Claim
from lipei.filing.models import Entry


class ArchiveRecord(models.Model):
    """归档记录: where a closed claim is kept, until when and by which rule."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="archive_record")
    shelf = models.CharField(max_length=40)
    keep_until = models.DateField()
    rule = models.CharField(max_length=120)
    index = models.JSONField()
    filed_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "archive_record"
