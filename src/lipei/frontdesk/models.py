"""A visit at the counter, its stations, and all beside it: line and counters, calm mode and shift, the visitor's screen, consents and rating."""

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


class VisitQuestion(models.Model):
    """咨询: a question of the visitor's, answered from a source (`key`), or left to a colleague as a task."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="questions")
    question = models.CharField(max_length=300)
    key = models.CharField(max_length=60, blank=True, help_text="clause:2.2.1, clock:payment, paper:receipts …; empty when it was left open")
    answer = models.JSONField(default=dict, help_text="title, text and source as they were said, in both languages")
    task = models.OneToOneField(Task, null=True, on_delete=models.PROTECT, related_name="question")
    clerk = models.ForeignKey(User, on_delete=models.PROTECT, related_name="questions_answered")
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "visit_question"
        constraints = (
            models.CheckConstraint(condition=models.Q(key="") ^ models.Q(task=None), name="question_answered_or_assigned"),
        )


class QuietRoom(models.Model):
    """安静处: a place of a branch where an upset visitor can sit; free unless a calm talk is in it."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    is_open = models.BooleanField(default=True)

    class Meta:
        db_table = "quiet_room"
        constraints = (models.UniqueConstraint(fields=("branch", "name_zh"), name="quiet_room_once"),)


class CalmTalk(models.Model):
    """安抚: the six steps with an upset visitor; beside the visit's stations, or the station of a complaint."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="calm")
    reason = models.CharField(max_length=20)
    room = models.ForeignKey(QuietRoom, null=True, on_delete=models.PROTECT)
    second = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="calls_to_help", help_text="the named second person")
    called_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    threat_at = models.DateTimeField(null=True)
    threat_words = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "calm_talk"
        constraints = (
            models.UniqueConstraint(fields=("room",), condition=models.Q(ended_at=None, room__isnull=False), name="quiet_room_taken_once"),
        )
        indexes = (models.Index(fields=("second", "ended_at"), name="calm_by_second"),)


class CalmRecord(models.Model):
    """One step of the calm mode done, or not applicable with its reason."""

    calm = models.ForeignKey(CalmTalk, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    state = models.CharField(max_length=16, help_text="done or not_applicable")
    reason = models.CharField(max_length=40, blank=True)
    content = models.JSONField(default=dict)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "calm_record"
        constraints = (models.UniqueConstraint(fields=("calm", "step"), name="calm_step_once"),)


class HardContact(models.Model):
    """难办的接待: what a visit asked of the colleague who held it; counted to share them out, never to judge."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="hard")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="hard_contacts")
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        db_table = "hard_contact"
        constraints = (models.UniqueConstraint(fields=("visit", "user", "kind"), name="hard_contact_once"),)
        indexes = (models.Index(fields=("user", "at"), name="hard_contact_by_user"),)


class Break(models.Model):
    """歇息: a colleague is away from the counter for some minutes after a hard contact."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="breaks")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_break"
        constraints = (models.UniqueConstraint(fields=("user",), condition=models.Q(ended_at=None), name="break_one_at_a_time"),)


class ShiftCheck(models.Model):
    """班前自查: what a clerk looked at before the first visitor of a day, signed."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="shift_checks")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    on = models.DateField()
    states = models.JSONField()
    signed_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "shift_check"
        constraints = (models.UniqueConstraint(fields=("user", "on"), name="shift_check_once"),)


class CounterSession(models.Model):
    """开柜: a colleague sits at a counter, from when to when; one at a counter, and each at one."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    counter = models.PositiveSmallIntegerField()
    clerk = models.ForeignKey(User, on_delete=models.PROTECT, related_name="counter_sessions")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "counter_session"
        constraints = (
            models.UniqueConstraint(fields=("branch", "counter"), condition=models.Q(closed_at=None), name="one_clerk_a_counter"),
            models.UniqueConstraint(fields=("clerk",), condition=models.Q(closed_at=None), name="one_counter_a_clerk"),
        )


class Appointment(models.Model):
    """预约: a time agreed with somebody who will come, under the name they wish, with the code they say on coming."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    purpose = models.CharField(max_length=20)
    priority = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=12, default="open", help_text="open, kept or cancelled")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments_made")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "appointment"
        constraints = (models.UniqueConstraint(fields=("branch", "code"), condition=models.Q(state="open"), name="appointment_code_once"),)
        indexes = (models.Index(fields=("branch", "starts_at"), name="appointment_by_branch"),)


class Ticket(models.Model):
    """号: somebody's place in the line of a branch, from taking it to sitting down. Its file is that of the visit it leads to."""

    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="ticket")
    number = models.CharField(max_length=24, unique=True)
    key = models.UUIDField(unique=True, help_text="made by the page that asked for it: pressed twice, it is one ticket")
    code = models.CharField(max_length=20, unique=True, help_text="leads to its page on the visitor's own phone")
    label = models.CharField(max_length=8)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=20, blank=True)
    priority = models.CharField(max_length=16, blank=True)
    appointment = models.OneToOneField(Appointment, null=True, on_delete=models.PROTECT, related_name="ticket")
    is_quiet = models.BooleanField(default=False, help_text="waits in the quiet room: fetched by a person, never on the screen")
    state = models.CharField(max_length=12, default="waiting")
    taken_at = models.DateTimeField()
    is_from_kiosk = models.BooleanField(default=False)
    before = models.PositiveSmallIntegerField(default=0)
    promised_minutes = models.PositiveSmallIntegerField(default=0)
    promise_basis = models.CharField(max_length=8, default="guess")
    told_at = models.DateTimeField(null=True, help_text="when somebody went and said that it takes longer than promised")
    returned_at = models.DateTimeField(null=True)
    returns = models.PositiveSmallIntegerField(default=0)
    for_counter = models.PositiveSmallIntegerField(default=0)
    transfers = models.PositiveSmallIntegerField(default=0)
    counter = models.PositiveSmallIntegerField(default=0)
    clerk = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="tickets")
    calls = models.PositiveSmallIntegerField(default=0)
    first_called_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True, help_text="the last time it was said aloud: the call or a repetition")
    ended_at = models.DateTimeField(null=True)
    visit = models.OneToOneField(Visit, null=True, on_delete=models.PROTECT, related_name="ticket")

    class Meta:
        db_table = "ticket"
        constraints = (
            models.UniqueConstraint(fields=("clerk",), condition=models.Q(state="called"), name="one_call_a_clerk"),
            models.CheckConstraint(condition=models.Q(state="seated") | models.Q(visit=None), name="only_the_seated_have_a_visit"),
            models.CheckConstraint(condition=~models.Q(state="seated") | models.Q(visit__isnull=False), name="the_seated_have_a_visit"),
        )
        indexes = (
            models.Index(fields=("branch", "state"), name="ticket_by_branch"),
            models.Index(fields=("branch", "first_called_at"), name="ticket_by_call"),
        )


class HelpCall(models.Model):
    """请人帮忙: somebody at the kiosk or in the hall asks for a person."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    place = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    clerk = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="help_given")

    class Meta:
        db_table = "help_call"
        constraints = (models.UniqueConstraint(fields=("branch", "place"), condition=models.Q(answered_at=None), name="one_open_help_call"),)


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
