"""Tables of a claim: the claim, its people, facts, exposures, items asked, milestones and tasks."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from lipei.claimfile.stages import CLOSINGS, OPEN_STAGES, STAGES
from lipei.filing.models import Entry, File
from lipei.policies.models import Insured, Policy, Snapshot
from lipei.staff.models import Branch, User

LINES = ("medical", "accident", "critical_illness", "life", "motor", "ctpl", "property", "household", "commercial_property", "travel", "crop")


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(v, v) for v in values]


class Claim(models.Model):
    """案件: one claim. `stage` moves only along `stages.STEPS`; amounts in minor units (fen).

    `due_at`, `due_clock` and `next_verb` are what the work list sorts and says; `claimfile.diary` keeps them.
    """

    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="claim")
    number = models.CharField(max_length=24, unique=True)
    policy = models.ForeignKey(Policy, null=True, on_delete=models.PROTECT, related_name="claims")
    insured = models.ForeignKey(Insured, null=True, on_delete=models.PROTECT, related_name="claims")
    snapshot = models.OneToOneField(Snapshot, null=True, on_delete=models.PROTECT, related_name="claim")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    line = models.CharField(max_length=20, choices=_choices(LINES), default="medical")
    product_code = models.CharField(max_length=40, blank=True)
    subject_zh = models.CharField(max_length=60, blank=True)
    subject_en = models.CharField(max_length=90, blank=True)
    cause = models.CharField(max_length=20, blank=True)
    insured_name = models.CharField(max_length=120, blank=True)
    loss_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=20, choices=_choices(tuple(s.id for s in STAGES)), default="reported")
    stage_since = models.DateTimeField()
    closing = models.CharField(max_length=12, choices=_choices(tuple(CLOSINGS)), blank=True)
    channel = models.CharField(max_length=12, default="counter")
    reported_at = models.DateTimeField()
    requested_at = models.DateTimeField(null=True)
    is_complex = models.BooleanField(default=False)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="owned_claims")
    first_asked = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="first_asked_claims")
    turn = models.CharField(max_length=24, default="front_desk", help_text="whose turn it is: a role, `customer`, or `nobody`")
    turn_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="claims_in_turn")
    claimed = models.BigIntegerField(default=0)
    owed = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="CNY")
    due_at = models.DateTimeField(null=True)
    due_clock = models.CharField(max_length=40, blank=True)
    due_changes_at = models.DateTimeField(null=True, db_index=True, help_text="when `due_at` must be computed again")
    search = SearchVectorField(null=True)

    class Meta:
        db_table = "claim"
        indexes = (
            models.Index(fields=("turn_user", "due_at", "id"), name="claim_my_work"),
            models.Index(fields=("owner", "due_at", "id"), name="claim_by_owner", condition=models.Q(stage__in=OPEN_STAGES)),
            models.Index(fields=("turn", "due_at", "id"), name="claim_of_role", condition=models.Q(turn_user=None)),
            models.Index(fields=("due_at", "id"), name="claim_open_due", condition=models.Q(stage__in=OPEN_STAGES)),
            models.Index(fields=("branch", "stage", "due_at"), name="claim_by_stage"),
            models.Index(fields=("turn", "branch", "due_at"), name="claim_by_turn"),
            models.Index(fields=("branch", "due_at"), name="claim_by_due"),
            GinIndex(fields=["search"], name="claim_search"),
        )


class Party(models.Model):
    """当事人: a person in a claim by role. Identity, phone and account are sealed; their blind indexes serve exact search."""

    ROLES = ("insured", "policyholder", "visitor", "agent", "beneficiary", "heir", "guardian", "payee")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=16, choices=_choices(ROLES))
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, blank=True)
    born_on = models.DateField(null=True)
    relation = models.CharField(max_length=24, blank=True)
    identity_kind = models.CharField(max_length=16, default="id_card")
    identity = models.BinaryField(null=True)
    identity_index = models.CharField(max_length=40, blank=True, db_index=True)
    identity_tail = models.CharField(max_length=4, blank=True)
    identity_valid_to = models.DateField(null=True)
    identity_sighted_at = models.DateTimeField(null=True)
    phone = models.BinaryField(null=True)
    phone_index = models.CharField(max_length=40, blank=True, db_index=True)
    phone_tail = models.CharField(max_length=4, blank=True)
    bank_name = models.CharField(max_length=80, blank=True)
    bank_account = models.BinaryField(null=True)
    bank_account_index = models.CharField(max_length=40, blank=True)
    bank_account_tail = models.CharField(max_length=4, blank=True)
    bank_account_name = models.CharField(max_length=120, blank=True)
    authority = models.CharField(max_length=80, blank=True, help_text="what proves that this person may act")

    class Meta:
        db_table = "party"


class Fact(models.Model):
    """事实: one answered question. Never overwritten: a new answer supersedes, the old one stays."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=_choices(("known", "unknown")))
    value = models.JSONField(null=True)
    source = models.CharField(max_length=60, help_text="who or what says so: visitor, document, hospital, policy")
    said_by = models.CharField(max_length=120, blank=True)
    is_current = models.BooleanField(default=True)
    valid_at = models.DateTimeField(null=True)
    task = models.ForeignKey("Task", null=True, on_delete=models.PROTECT, help_text="who finds out an unknown fact")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "fact"
        constraints = (
            models.UniqueConstraint(fields=("claim", "name"), condition=models.Q(is_current=True), name="fact_current_once"),
        )


class Exposure(models.Model):
    """责任项: one coverage of the policy that this claim may touch, with its first estimate (fen)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="exposures")
    coverage = models.CharField(max_length=40)
    estimate_low = models.BigIntegerField()
    estimate_high = models.BigIntegerField()
    estimate = models.BigIntegerField()
    conclusion = models.CharField(max_length=12, blank=True, help_text="covered, not_covered")
    conclusion_why = models.TextField(blank=True)

    class Meta:
        db_table = "exposure"
        constraints = (models.UniqueConstraint(fields=("claim", "coverage"), name="exposure_once"),)


class LossItem(models.Model):
    """损失项目（要求）: what the claimant asks for, as asked; quantity and amount are never overwritten."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="loss_items")
    number = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=24)
    label = models.CharField(max_length=120)
    days = models.PositiveSmallIntegerField(null=True)
    claimed = models.BigIntegerField()
    source = models.CharField(max_length=120, blank=True, help_text="paper and page it stands on")

    class Meta:
        db_table = "loss_item"
        constraints = (
            models.UniqueConstraint(fields=("claim", "number"), name="loss_item_number_once"),
            models.CheckConstraint(condition=models.Q(claimed__gt=0), name="loss_item_positive"),
        )


class Milestone(models.Model):
    """里程碑: what other rooms must know of a duty's result. The stage table reads milestones and nothing else."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="milestones")
    exposure = models.ForeignKey(Exposure, null=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    at = models.DateTimeField()
    is_valid = models.BooleanField(default=True)
    by_ref = models.CharField(max_length=64)

    class Meta:
        db_table = "milestone"
        indexes = (models.Index(fields=("claim", "kind"), name="milestone_by_kind"),)


class Task(models.Model):
    """任务: something somebody will do by a date – a question to find out, a call promised, a paper to ask for."""

    KINDS = ("find_out", "promise", "open_question", "ask_paper", "review", "follow_up", "adjustment")

    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="tasks")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=16, choices=_choices(KINDS))
    what_zh = models.CharField(max_length=200)
    what_en = models.CharField(max_length=300)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="tasks")
    role = models.CharField(max_length=24, blank=True)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=_choices(("open", "done", "dropped")), default="open")
    answer = models.TextField(blank=True)
    opened_by = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="opened_tasks")
    closed_by = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="closed_tasks")

    class Meta:
        db_table = "task"
        indexes = (
            models.Index(fields=("user", "state", "due_at"), name="task_by_user"),
            models.Index(fields=("claim", "state"), name="task_by_claim"),
        )


class Timer(models.Model):
    """日程: a moment at which something must be looked at; swept by one periodic job."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="timers")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "timer"
        indexes = (models.Index(fields=("state", "at"), name="timer_waiting"),)


class ClockEvent(models.Model):
    """时钟事件: what starts, stops or meets a clock in one claim, with its proof (the entry)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="clock_events")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    about = models.CharField(max_length=60, blank=True)
    is_approved = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "clock_event"
        indexes = (models.Index(fields=("claim", "at"), name="clock_event_by_claim"),)


class FollowMark(models.Model):
    """The unique mark a follower leaves in its command's transaction: the second run of an entry's follower stops here."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    follower = models.CharField(max_length=60)

    class Meta:
        db_table = "follow_mark"
        constraints = (models.UniqueConstraint(fields=("entry", "follower"), name="followed_once"),)


class Unmasking(models.Model):
    """揭示: one look behind a mask – who, whose value, which, for what purpose."""

    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    subject = models.CharField(max_length=60)
    field = models.CharField(max_length=24)
    purpose = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        db_table = "unmasking"


class StageStep(models.Model):
    """The one table of stages as the database knows it; written by the owner from `stages.STEPS`, read by the trigger."""

    verb = models.CharField(max_length=60)
    from_stage = models.CharField(max_length=20)
    to_stage = models.CharField(max_length=20)
    needs = models.JSONField()

    class Meta:
        db_table = "stage_step"
        constraints = (models.UniqueConstraint(fields=("from_stage", "to_stage", "verb"), name="stage_step_once"),)
