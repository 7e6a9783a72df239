"""A complaint: who complains, about what, the wish, their own words, and who answers."""

from __future__ import annotations

from django.db import models

from lipei.claimfile.models import Claim
from lipei.filing.models import Entry, File
from lipei.staff.models import Branch, User


class Complaint(models.Model):
    """投诉: one complaint. `words` are the complainant's own and never change; `reach` (phone or address) is sealed."""

    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="complaint")
    number = models.CharField(max_length=24, unique=True)
    heard = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+", help_text="the entry it was heard in: heard once, opened once")
    visit_number = models.CharField(max_length=24, blank=True, db_index=True)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="complaints")
    channel = models.CharField(max_length=12, default="counter")
    complainant = models.CharField(max_length=120)
    about = models.CharField(max_length=16)
    against = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", help_text="the colleague it is about; never its owner")
    matter = models.CharField(max_length=200)
    wish = models.CharField(max_length=200)
    words = models.TextField()
    answer_by = models.CharField(max_length=12)
    reach = models.BinaryField(null=True)
    reach_tail = models.CharField(max_length=4, blank=True)
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="complaints")
    state = models.CharField(max_length=12, default="received", help_text="received, in_hand")
    received_at = models.DateTimeField()

    class Meta:
        db_table = "complaint"
        indexes = (models.Index(fields=("owner", "state", "received_at"), name="complaint_by_owner"),)
