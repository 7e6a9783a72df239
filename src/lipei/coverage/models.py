"""What verification found: checks made at the counter and by the handler, and the first view shown to the customer."""

from __future__ import annotations

from django.db import models

from lipei.claimfile.models import Claim
from lipei.filing.models import Entry


class CoverageCheck(models.Model):
    """核对: one run of the coverage rules with every verdict and its reason, kept as it was."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="coverage_checks")
    verdicts = models.JSONField()
    is_covered = models.BooleanField(null=True)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "coverage_check"


class FirstView(models.Model):
    """初步看法: eligible or open, which coverages, and the rough amount as a range (fen); never a promise."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="first_views")
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "first_view"
