"""Policies and the insured, the snapshot a claim is judged by, and the ledger of accumulator movements."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from lipei.staff.models import Branch


class Policy(models.Model):
    """保单: one contract of a product, with its holder. Premium and status as the policy system last told us."""

    number = models.CharField(max_length=32, unique=True)
    product_code = models.CharField(max_length=40)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    from_date = models.DateField()
    to_date = models.DateField()
    holder_name = models.CharField(max_length=120)
    holder_identity = models.BinaryField()
    holder_identity_index = models.CharField(max_length=40, db_index=True)
    holder_identity_tail = models.CharField(max_length=4)
    holder_phone = models.BinaryField()
    holder_phone_index = models.CharField(max_length=40, db_index=True)
    holder_phone_tail = models.CharField(max_length=4)
    premium_paid_to = models.DateField()
    first_from_date = models.DateField(help_text="start of the first unbroken period: waiting periods count from here")
    explained_on = models.DateField(null=True, help_text="when the clauses that limit cover were explained (Insurance Law 17)")
    explained_to = models.CharField(max_length=120, blank=True)
    terms = models.JSONField(default=dict, help_text="policy facts the terms document asks for: plan, sums insured")
    status = models.CharField(max_length=12, default="in_force")
    search = SearchVectorField(null=True)

    class Meta:
        db_table = "policy"
        indexes = (GinIndex(fields=["search"], name="policy_search"),)


class Insured(models.Model):
    """被保险人: one person insured under a policy."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="insured")
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1)
    born_on = models.DateField()
    identity = models.BinaryField()
    identity_index = models.CharField(max_length=40, db_index=True)
    identity_tail = models.CharField(max_length=4)
    phone = models.BinaryField()
    phone_index = models.CharField(max_length=40, db_index=True)
    phone_tail = models.CharField(max_length=4)
    relation = models.CharField(max_length=20, help_text="to the policyholder: self, spouse, child, parent")
    social_insurance = models.BooleanField(default=True)

    class Meta:
        db_table = "insured"


class Snapshot(models.Model):
    """保单快照: policy, insured and edition as they stood at the loss; a claim is judged by this and nothing later."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT)
    insured = models.ForeignKey(Insured, on_delete=models.PROTECT)
    loss_on = models.DateField()
    product_code = models.CharField(max_length=40)
    edition = models.CharField(max_length=20)
    content = models.JSONField()
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "snapshot"


class AccumulatorMovement(models.Model):
    """累计变动: what one claim used of a deductible or limit (fen, days); only added to, reversed by a counter-movement."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="movements")
    insured = models.ForeignKey(Insured, on_delete=models.PROTECT)
    accumulator = models.CharField(max_length=40)
    period = models.CharField(max_length=20, help_text="the policy year or other scope the amount belongs to")
    amount = models.BigIntegerField()
    order_key = models.CharField(max_length=120, help_text="the claim's dates by its clauses, then its number")
    claim_number = models.CharField(max_length=32)
    reason = models.CharField(max_length=120)
    moved_at = models.DateTimeField()

    class Meta:
        db_table = "accumulator_movement"
        indexes = (models.Index(fields=("policy", "insured", "accumulator", "period"), name="movement_by_key"),)
