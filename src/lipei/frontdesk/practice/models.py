"""What is kept of practice visits: one table that touches no claim, no visit, no file."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from lipei.staff.models import User


class Practice(models.Model):
    """演练: one practice visit of a colleague's, her own until she shares it. No fact: no entry, no history; she may let it go."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="practices")
    scenario = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    content = models.BinaryField(help_text="turns and facts, sealed")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True, help_text="since when the supervisor of the branch may see it")

    class Meta:
        db_table = "practice"
        indexes = (models.Index(fields=("owner", "-begun_at"), name="practice_by_owner"),)
        constraints = (models.UniqueConstraint(fields=("owner", "scenario"), condition=Q(ended_at=None), name="practice_open_once"),)
