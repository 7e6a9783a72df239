"""The calculation as it was made, and the decision as it was signed."""

from __future__ import annotations

from django.db import models

from lipei.claimfile.models import Claim, Task
from lipei.filing.models import Entry
from lipei.staff.models import User


class Statement(models.Model):
    """计算书: one calculation, whole – inputs, edition, engine version and every step; run again it gives the same bytes."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField()
    product_code = models.CharField(max_length=40)
    edition = models.CharField(max_length=20)
    engine = models.CharField(max_length=20)
    inputs = models.TextField(help_text="canonical JSON")
    content = models.TextField(help_text="canonical JSON of the statement")
    sha256 = models.CharField(max_length=64)
    refused = models.JSONField(default=list, help_text="coverages concluded against: coverage, clause, reason")
    claimed = models.BigIntegerField()
    owed = models.BigIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT)
    at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "statement"
        constraints = (
            models.UniqueConstraint(fields=("claim", "number"), name="statement_number_once"),
            models.UniqueConstraint(fields=("claim",), condition=models.Q(is_current=True), name="statement_current_once"),
        )


class Review(models.Model):
    """复核: somebody else looked at a statement and passed or returned it."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reviews")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT)
    outcome = models.CharField(max_length=10, help_text="passed or returned")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "review"


class Decision(models.Model):
    """决定: pay, pay in part, or refuse – signed by one person within authority, with structured reasons."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="decisions")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, help_text="pay, part, refuse, zero")
    amount = models.BigIntegerField()
    reason = models.TextField()
    grounds = models.JSONField(help_text="each cut or ground: clause, quoted words, fact, amount")
    by = models.ForeignKey(User, on_delete=models.PROTECT)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "decision"


class Adjustment(models.Model):
    """调整: what another claim's decision means for a claim that was told an amount (fen); a proposal until a named person decides.

    `content` is the statement as it would be now, whole: run again it gives the same bytes. `state`: open; accepted or left by a
    person; replaced by a later one; even – the use changed and the amount did not, so nothing was to be decided.
    """

    STATES = ("open", "accepted", "left", "replaced", "even")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="adjustments")
    number = models.PositiveSmallIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, help_text="the one that was told")
    cause = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+", help_text="the claim that came before it")
    was = models.BigIntegerField()
    now = models.BigIntegerField()
    content = models.TextField(help_text="canonical JSON of the statement as it would be")
    sha256 = models.CharField(max_length=64)
    changed = models.JSONField(help_text="each accumulator: label, clause, unit, used before as told and now")
    state = models.CharField(max_length=8, choices=[(s, s) for s in STATES], default="open")
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT)
    reason = models.TextField(blank=True)
    ground = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    decided_entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "adjustment"
        constraints = (
            models.UniqueConstraint(fields=("claim", "number"), name="adjustment_number_once"),
            models.UniqueConstraint(fields=("claim",), condition=models.Q(state="open"), name="adjustment_open_once"),
        )
