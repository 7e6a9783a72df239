"""The board's summary rows: one a branch, counted by a job; derived data, so no history."""

from __future__ import annotations

from django.db import models

from lipei.staff.models import Branch


class BoardSummary(models.Model):
    """看板汇总: what the board of a branch shows, and when it was counted. `content` is made by `analytics.counting`."""

    branch = models.OneToOneField(Branch, primary_key=True, on_delete=models.PROTECT)
    content = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "board_summary"
