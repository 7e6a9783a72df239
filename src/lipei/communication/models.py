"""What goes out and comes in: letters, messages and calls, each with its delivery."""

from __future__ import annotations

import uuid

from django.db import models

from lipei.claimfile.models import Claim, Party
from lipei.filing.models import Entry
from lipei.staff.models import User


class Letter(models.Model):
    """信函: one letter, with the data it was printed from; ready → handed over → confirmed | failed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="letters")
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    to_party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT)
    to_name = models.CharField(max_length=120)
    data = models.JSONField()
    edition = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()
    check_code = models.CharField(max_length=20, db_index=True)
    channel = models.CharField(max_length=12, default="post")
    state = models.CharField(max_length=12, default="ready")
    handed_over_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    about = models.CharField(
        max_length=40, blank=True, help_text="what it belongs to, such as a paper request's number"
    )
    printed_at = models.DateTimeField(help_text="printed again with this moment, the letter has the same bytes")
    proof = models.CharField(max_length=120, blank=True, help_text="what shows that it was delivered")
    fault = models.CharField(max_length=200, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "letter"
        indexes = (models.Index(fields=("state",), name="letter_by_state"),)


class Contact(models.Model):
    """往来: one call, message or talk with the customer – what was said, by whom, through which channel."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="contacts")
    channel = models.CharField(max_length=12)
    direction = models.CharField(max_length=4, help_text="in or out")
    with_name = models.CharField(max_length=120)
    text = models.TextField()
    minutes = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "contact"


class Scorecard(models.Model):
    """对话评分: one talk looked at for coaching; the clerk's own until the clerk shares it. The transcript is not kept."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="scorecards")
    about = models.CharField(max_length=120, help_text="which talk it was, in the clerk's words")
    content = models.JSONField(help_text="points with their evidence lines, as `speech.scorecard.kept` writes them")
    made_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, help_text="since when the supervisor of the branch may see it")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "scorecard"
        indexes = (models.Index(fields=("owner", "-made_at"), name="scorecard_by_owner"),)
