"""Reserves, what is payable, payment orders, and the ledger of postings that each sum to zero."""

from __future__ import annotations

import uuid

from django.db import models

from lipei.claimfile.models import Claim, Exposure, Party
from lipei.filing.models import Entry
from lipei.staff.models import User

ACCOUNTS = ("reserve", "incurred", "payable", "clearing", "bank")


class Payable(models.Model):
    """应付: what a decision owes to whom (fen). Orders never exceed it. Made by the follower of a decision."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payables")
    decision_entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="payable")
    payee = models.ForeignKey(Party, on_delete=models.PROTECT)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "payable"
        constraints = (models.CheckConstraint(condition=models.Q(amount__gt=0), name="payable_positive"),)


class PaymentOrder(models.Model):
    """付款单: ready → released → handed over → confirmed | failed; made by one person, released by another."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    number = models.CharField(max_length=32, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="orders")
    payable = models.ForeignKey(Payable, on_delete=models.PROTECT, related_name="orders")
    payee_name = models.CharField(max_length=120)
    bank_name = models.CharField(max_length=80)
    account_tail = models.CharField(max_length=4)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=12, default="ready")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="orders_made")
    made_at = models.DateTimeField()
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="orders_released")
    released_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    bank_reference = models.CharField(max_length=60, blank=True)
    fault = models.TextField(blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "payment_order"
        constraints = (models.CheckConstraint(condition=models.Q(amount__gt=0), name="order_positive"),)
        indexes = (models.Index(fields=("state",), name="order_by_state"),)


class Posting(models.Model):
    """记账: one side of a booking (fen, debit positive). The postings of one `booking` sum to zero. Append-only."""

    booking = models.UUIDField()
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="postings")
    exposure = models.ForeignKey(Exposure, null=True, on_delete=models.PROTECT)
    account = models.CharField(max_length=12, choices=[(a, a) for a in ACCOUNTS])
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    text = models.CharField(max_length=120)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "posting"
        indexes = (models.Index(fields=("booking",), name="posting_by_booking"),)
