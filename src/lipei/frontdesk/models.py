"""A visit at the counter and the stations it went through."""

from __future__ import annotations

from django.db import models

from lipei.claimfile.models import Claim, Party, Task
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


class Screen(models.Model):
    """客户屏: the page the visitor looks at, bound to one visit by a short code, and at an end with it.

    The code is used up by the first device that types it; afterwards the device is known by a key of which only the digest is kept.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="screens")
    code = models.CharField(max_length=8, help_text="eight digits, as the clerk's page shows them")
    valid_until = models.DateTimeField()
    key_sha256 = models.CharField(max_length=64, blank=True)
    paired_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "screen"
        constraints = (
            models.UniqueConstraint(fields=("visit",), condition=models.Q(ended_at=None), name="one_screen_a_visit"),
            models.UniqueConstraint(fields=("code",), condition=models.Q(paired_at=None, ended_at=None), name="screen_code_once"),
        )
        indexes = (models.Index(fields=("key_sha256",), name="screen_by_key"),)


class VisitorAnswer(models.Model):
    """客户答复: what the visitor said on their screen to one point: right or not, to exactly which text (`digest`), and the signature."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="answers")
    point = models.CharField(max_length=20, help_text="account, understanding, application")
    answer = models.CharField(max_length=12, help_text="right or not_right")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what stood on the screen")
    language = models.CharField(max_length=8)
    signed = models.CharField(max_length=8, blank=True, help_text="finger or typed")
    signature_sha256 = models.CharField(max_length=64, blank=True, help_text="the kept signature")
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "visitor_answer"
        indexes = (models.Index(fields=("visit", "point"), name="visitor_answer_by_point"),)


class Consent(models.Model):
    """同意: the separate consent to one kind of sensitive data (PIPL 29): asked by which text, answered how, withdrawn when."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="consents")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="consents")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, help_text="who answered")
    kind = models.CharField(max_length=12, help_text="health or account")
    answer = models.CharField(max_length=10, help_text="given or refused")
    how = models.CharField(max_length=10, help_text="screen, paper or voice")
    edition = models.CharField(max_length=10, help_text="of the text that was asked by")
    language = models.CharField(max_length=8, help_text="in which the text was read")
    at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "consent"
        constraints = (models.UniqueConstraint(fields=("claim", "kind"), condition=models.Q(is_current=True), name="consent_current_once"),)


class Authorisation(models.Model):
    """授权: by what somebody acts for another in a claim: who gave it, for what, until when; the original was in our hands."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="authorisations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT)
    kind = models.CharField(max_length=32)
    given_by = models.CharField(max_length=120, blank=True)
    scope = models.CharField(max_length=12)
    valid_to = models.DateField(null=True, help_text="empty: until the claim is closed")
    sighted_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "authorisation"
        indexes = (models.Index(fields=("claim", "party"), name="authorisation_by_party"),)


class Rating(models.Model):
    """评价: what the visitor thought of the visit, said once; the clerk never sees it, the supervisor sees sums."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="rating")
    score = models.PositiveSmallIntegerField()
    said = models.BinaryField(null=True, help_text="in the visitor's words, sealed")
    door = models.CharField(max_length=8, help_text="screen or status")
    language = models.CharField(max_length=8)
    call_back = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, help_text="the supervisor's task, where a call was wished for")
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "rating"
        constraints = (models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="rating_one_to_five"),)


class Knock(models.Model):
    """试码: one wrong code at a public door, by the blind index of the address it came from; counted, then forgotten."""

    door = models.CharField(max_length=8)
    place = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        db_table = "knock"
        indexes = (models.Index(fields=("door", "place", "at"), name="knock_by_place"),)
