"""Reports that came in by the machine door, with the key that makes a repeated call harmless."""

from __future__ import annotations

from django.db import models

from lipei.claimfile.models import Claim
from lipei.filing.models import Entry


class ReportReceived(models.Model):
    """A write of a partner: its idempotency key, the digest of its body, and the claim it touched."""

    partner = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    body_digest = models.CharField(max_length=64)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reports_received")
    answer = models.JSONField()
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "report_received"
        constraints = (models.UniqueConstraint(fields=("partner", "key"), name="report_once"),)
