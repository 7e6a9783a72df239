"""What was allowed of each item asked, and why less where it is less."""

from __future__ import annotations

from django.db import models

from lipei.claimfile.models import Claim, LossItem
from lipei.filing.models import Entry


class AllowedItem(models.Model):
    """核定项目: the allowed amount (fen) of one item asked; every cut carries its reason and the fact it rests on."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="allowed_items")
    item = models.OneToOneField(LossItem, on_delete=models.PROTECT, related_name="allowed")
    allowed = models.BigIntegerField()
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    fact = models.TextField(blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "allowed_item"
        constraints = (models.CheckConstraint(condition=models.Q(allowed__gte=0), name="allowed_not_negative"),)
