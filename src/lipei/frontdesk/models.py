"""A visit at the counter and the stations it went through."""

from __future__ import annotations

from django.db import models

from lipei.claimfile.models import Claim, Party
from lipei.filing.models import Entry, File
from lipei.policies.models import Policy
from lipei.staff.models import Branch, User


class Visit(models.Model):
    """来访: one visit with its purpose and the station it has reached."""

    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="visit")
    number = models.CharField(max_length=24, unique=True)
    key = models.UUIDField(unique=True, help_text="made by the page that opened it: pressed twice, it is one visit")
    label = models.CharField(max_length=8, help_text="what is called aloud: A017")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    counter = models.PositiveSmallIntegerField()
    clerk = models.ForeignKey(User, on_delete=models.PROTECT, related_name="visits")
    purpose = models.CharField(max_length=20, blank=True)
    situation = models.CharField(max_length=20, default="first_visit")
    station = models.CharField(max_length=20, default="welcome")
    visitor_name = models.CharField(max_length=120, blank=True, help_text="how the visitor wishes to be addressed")
    visitor = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, help_text="the person established at the counter")
    policy = models.ForeignKey(Policy, null=True, on_delete=models.PROTECT)
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="visits")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    status_code = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "visit"
        indexes = (
            models.Index(fields=("clerk", "closed_at"), name="visit_by_clerk"),
            models.Index(fields=("branch", "opened_at"), name="visit_by_branch"),
        )


class StationRecord(models.Model):
    """环节: one station done, or not applicable with its reason."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="stations")
    station = models.CharField(max_length=20)
    state = models.CharField(max_length=16, help_text="done or not_applicable")
    reason = models.CharField(max_length=200, blank=True)
    content = models.JSONField(default=dict)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "station_record"
        constraints = (models.UniqueConstraint(fields=("visit", "station"), name="station_once"),)
