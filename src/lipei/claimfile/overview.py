"""The claim on one screen: everything the claim page shows of the claim file itself, as frozen values from a few queries."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, BooleanField, CharField, DateTimeField, F, Q, Value
from django.utils import timezone

from lipei.claimfile.answers import source_of
from lipei.claimfile.clock_faces import ClockFace, face_of, readings_of_events
from lipei.claimfile.messages import words_of_message
from lipei.claimfile.models import Claim, ClockEvent, Exposure, Fact, Milestone, Party, Task
from lipei.claimfile.next_action import NextAction
from lipei.claimfile.stages import BAR, BY_ID, CLOSINGS, STEPS
from lipei.claimfile.time_line import EntryShown, entry_shown, with_latin_names
from lipei.claimfile.visibility import claims_visible_to
from lipei.claimfile.words import FACT_LABELS, PARTY_ROLES, RELATIONS, SEXES
from lipei.claimfile.work_list import matter_of, task_clock, todo_of, turn_of
from lipei.clocks.due import queue
from lipei.clocks.events import Event
from lipei.clocks.reading import Reading
from lipei.filing.actor import Actor
from lipei.filing.models import Entry
from lipei.filing.refusal import not_found
from lipei.policies.queries import edition_of_policy
from lipei.terms.edition import Edition
from lipei.terms.fact_values import NO, YES, value_of_text, value_shown
from lipei.terms.faults import TextFault
from lipei.terms.money import AmountFault, amount_of, shown
from lipei.terms.words import Words, both

HISTORY_LATEST = 10
HISTORY_PAGE = 50
CLOCKS_SHOWN = 2
FACTS_MAX = 40
TASKS_MAX = 20
ACCOUNT = "account"
REACHABLE = frozenset({"reported"} | {step.to for step in STEPS})


@dataclass(frozen=True, slots=True, kw_only=True)
class StageShown:
    """One stage of the bar: done, now, passed over (`not`), or still ahead."""

    id: str
    word: Words
    day: dt.datetime | None
    note: Words | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactShown:
    """One answer on file, or a question that somebody still finds out about."""

    name: str
    label: Words
    value: Words | None
    source: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonShown:
    """A person of the claim, numbers masked; `masked` holds the field names that can be looked at."""

    id: int
    role: Words
    name: str
    sex: Words | None
    age: int | None
    relation: Words | None
    authority: str
    is_sighted: bool
    identity_tail: str
    phone_tail: str
    bank_name: str
    bank_tail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureShown:
    """A coverage the claim may touch: estimate in fen, conclusion when there is one."""

    coverage: str
    label: Words
    estimate: int
    conclusion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskShown:
    """An open task or promise; `said` are the customer's own words where it answers a message."""

    id: int
    kind: str
    what: Words
    who: Words | None
    due_at: dt.datetime
    clock: ClockFace
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All of it. Amounts in fen."""

    number: str
    name: str
    matter: Words | None
    product: Words | None
    policy_number: str
    edition: str
    stage: str
    stage_word: Words
    line: str
    turn: Words
    is_mine: bool
    is_complex: bool
    owner: Words | None
    owner_id: int | None
    closing: Words | None
    claimed: int
    owed: int | None
    reported_at: dt.datetime
    requested_at: dt.datetime | None
    clocks: tuple[ClockFace, ...]
    stages: tuple[StageShown, ...]
    account: FactShown | None
    account_at: dt.datetime | None
    facts: tuple[FactShown, ...]
    people: tuple[PersonShown, ...]
    exposures: tuple[ExposureShown, ...]
    tasks: tuple[TaskShown, ...]
    history: tuple[EntryShown, ...]
    history_count: int
    milestones: frozenset[str]
    next: NextAction | None


def claim_for(number: str, *, actor: Actor) -> Claim:
    """The claim with what its page needs beside it; `Refused` when this actor may not see it."""
    claim = (
        claims_visible_to(actor).select_related("policy", "owner", "turn_user", "file__head").filter(number=number).first()
    )
    if claim is None:
        raise not_found(Words(f"找不到案件 {number}。", f"There is no claim {number}."))
    return claim


def overview_of(number: str, *, actor: Actor, at: dt.datetime) -> Overview:
    """The claim as its page shows it, from six queries."""
    claim = claim_for(number, actor=actor)
    edition = edition_of_policy(claim.policy) if claim.policy else None
    standing = _standing(claim, edition, at=at)
    facts = list(Fact.objects.filter(claim=claim, is_current=True).order_by("id")[:FACTS_MAX])
    account = next((f for f in facts if f.name == ACCOUNT and f.value), None)
    entries, tasks = _entries(claim), _tasks(claim, at=at)
    owner = claim.owner
    return Overview(
        number=claim.number, name=claim.insured_name, matter=matter_of(claim), product=edition.title if edition else None,
        policy_number=claim.policy.number if claim.policy else "", edition=edition.document.edition if edition else "",
        stage=claim.stage, stage_word=BY_ID[claim.stage].shown(claim.line), line=claim.line, turn=turn_of(claim, actor=actor),
        is_mine=claim.turn_user_id == actor.user_id if claim.turn_user_id else claim.turn in actor.roles, is_complex=claim.is_complex,
        owner=Words(owner.name, owner.name_en) if owner else None, owner_id=claim.owner_id, closing=CLOSINGS.get(claim.closing),
        claimed=claim.claimed, owed=claim.owed, reported_at=claim.reported_at, requested_at=claim.requested_at,
        clocks=_clock_faces(claim, standing.clocks, at=at), stages=stages_of(claim, entries),
        account=_fact(account, edition) if account else None, account_at=account.valid_at if account else None,
        facts=tuple(_fact(f, edition) for f in facts if f.name != ACCOUNT), people=_people(claim, at=at),
        exposures=standing.exposures, tasks=tasks,
        history=tuple(entry_shown(e) for e in entries[:HISTORY_LATEST]), history_count=claim.file.head.length,
        milestones=standing.milestones,
        next=todo_of(claim, reached=standing.milestones, has_open_tasks=bool(tasks)),
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """What one query over milestones, clock events and exposures gives."""

    milestones: frozenset[str]
    clocks: tuple[Reading, ...]
    exposures: tuple[ExposureShown, ...]


def _standing(claim: Claim, edition: Edition | None, *, at: dt.datetime) -> _Standing:
    """Milestones reached, clocks as they stand, and the exposures: one query over the three tables."""
    text, truth, whole, moment = CharField(), BooleanField(), BigIntegerField(), DateTimeField()
    columns = ("which", "name", "when", "of", "flag", "fen", "id")
    reached = Milestone.objects.filter(claim=claim, is_valid=True).annotate(
        which=Value("milestone", text), name=F("kind"), when=F("at"), of=Value("", text), flag=Value(True, truth), fen=Value(0, whole)
    )
    clock = ClockEvent.objects.filter(claim=claim).annotate(
        which=Value("clock", text), name=F("kind"), when=F("at"), of=F("about"), flag=F("is_approved"), fen=Value(0, whole)
    )
    exposed = Exposure.objects.filter(claim=claim).annotate(
        which=Value("exposure", text), name=F("coverage"), when=Value(None, moment), of=F("conclusion"), flag=Value(True, truth), fen=F("estimate")
    )
    parts = [part.values_list(*columns) for part in (reached, clock, exposed)]
    rows = list(parts[0].union(*parts[1:], all=True).order_by("when", "id"))
    events = [Event(name, when, about=of, approved=flag) for which, name, when, of, flag, _, _ in rows if which == "clock"]
    labels = {c.id: c.label for c in edition.document.coverages} if edition else {}
    return _Standing(
        frozenset(name for which, name, *_ in rows if which == "milestone"), readings_of_events(events, line=claim.line, at=at),
        tuple(
            ExposureShown(coverage=name, label=labels.get(name) or both(name), estimate=fen, conclusion=of)
            for which, name, _, of, _, fen, _ in rows if which == "exposure"
        ),
    )


def _clock_faces(claim: Claim, found: Iterable[Reading], *, at: dt.datetime) -> tuple[ClockFace, ...]:
    faces = [face_of(reading) for reading in queue(found)[:CLOCKS_SHOWN]]
    if claim.requested_at is not None and claim.stage not in ("closed", "archived", "withdrawn"):
        since = timezone.localtime(claim.requested_at).date()
        day = (timezone.localtime(at).date() - since).days
        faces.append(ClockFace(
            chip=Words(f"第 {day} 天", f"day {day}"), which=Words("从收到申请起", "since the request"), kind="", used=None, paused=None,
            due=Words(f"{since:%m-%d} 收到申请", f"request received {since:%m-%d}"), sentence=None,
        ))
    return tuple(faces)


# ---------- stages ----------


def _entries(claim: Claim) -> list[Entry]:
    """The latest entries, and every move of the stage however old, newest first: one query."""
    latest = Q(number__gt=claim.file.head.length - HISTORY_LATEST)
    return list(with_latin_names(Entry.objects).filter(latest | Q(kind="stage_moved"), file_id=claim.file_id).order_by("-number"))


def stages_of(claim: Claim, entries: Iterable[Entry]) -> tuple[StageShown, ...]:
    """The bar: the day each stage was last reached, what was passed over, where the claim is now."""
    reached = {"reported": claim.reported_at}
    for entry in sorted(entries, key=lambda e: e.number):
        if entry.kind == "stage_moved":
            reached[json.loads(entry.plain)["to"]] = entry.at
    bar = [s for s in BAR if s.id in REACHABLE or s.id == claim.stage]
    here = next((i for i, s in enumerate(bar) if s.id == claim.stage), len(bar))
    shown = [_stage(s.id, i, here=here, reached=reached, line=claim.line) for i, s in enumerate(bar)]
    if claim.stage in BY_ID and BY_ID[claim.stage].is_aside:
        ends = max((i for i, s in enumerate(bar) if s.id in reached), default=0)
        aside = StageShown(id=claim.stage, word=BY_ID[claim.stage].name, day=claim.stage_since, note=None, state="now")
        return (*shown[: ends + 1], aside)
    return tuple(shown)


def _stage(stage: str, at: int, *, here: int, reached: dict[str, dt.datetime], line: str) -> StageShown:
    word = BY_ID[stage].shown(line)
    if at > here or (at < here and stage not in reached):
        skipped = at < here
        note = Words("不需要", "not needed") if skipped else None
        return StageShown(id=stage, word=word, day=None, note=note, state="not" if skipped else "")
    return StageShown(id=stage, word=word, day=reached.get(stage), note=None, state="now" if at == here else "done")


# ---------- facts and people ----------


def _fact(fact: Fact, edition: Edition | None) -> FactShown:
    spec = edition.document.facts.get(fact.name) if edition else None
    label = spec.label if spec else FACT_LABELS.get(fact.name) or both(fact.name)
    if fact.state == "unknown" or fact.value is None:
        return FactShown(name=fact.name, label=label, value=None, source=source_of(fact))
    text = str(fact.value)
    if spec is not None:
        try:
            value = value_shown(spec.kind, value_of_text(spec, text), spec.choices)
            return FactShown(name=fact.name, label=label, value=value, source=source_of(fact))
        except TextFault:
            pass
    return FactShown(name=fact.name, label=label, value=_own_value(fact.name, text), source=source_of(fact))


def _own_value(name: str, text: str) -> Words:
    if text in ("true", "false"):
        return YES if text == "true" else NO
    if name == "estimated_cost":
        try:
            return both(shown(amount_of(text)))
        except AmountFault:
            pass
    return both(text if text.strip() else "—")


def _people(claim: Claim, *, at: dt.datetime) -> tuple[PersonShown, ...]:
    today = timezone.localtime(at).date()
    order = list(PARTY_ROLES)
    parties = sorted(Party.objects.filter(claim=claim), key=lambda p: (order.index(p.role), p.pk))
    return tuple(
        PersonShown(
            id=p.pk, role=PARTY_ROLES[p.role], name=p.name, sex=SEXES.get(p.sex), age=_age(p.born_on, today) if p.born_on else None,
            relation=(RELATIONS.get(p.relation) or both(p.relation)) if p.relation else None, authority=p.authority,
            is_sighted=p.identity_sighted_at is not None, identity_tail=p.identity_tail, phone_tail=p.phone_tail,
            bank_name=p.bank_name, bank_tail=p.bank_account_tail,
        )
        for p in parties
    )


def _age(born: dt.date, today: dt.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _tasks(claim: Claim, *, at: dt.datetime) -> tuple[TaskShown, ...]:
    rows = Task.objects.filter(claim=claim, state="open").select_related("user", "opened_by").order_by("due_at", "id")[:TASKS_MAX]
    return tuple(task_shown(t, at=at) for t in rows)


def task_shown(task: Task, *, at: dt.datetime) -> TaskShown:
    """A task with who does it and how long is left."""
    user = task.user
    return TaskShown(
        id=task.pk, kind=task.kind, what=Words(task.what_zh, task.what_en), due_at=task.due_at, clock=task_clock(task, at=at),
        who=Words(user.name, user.name_en) if user else None, said=words_of_message(task.opened_by),
    )


# ---------- the whole history ----------


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of all entries, newest first. `before`: from where the next page goes on (0: none)."""

    number: str
    name: str
    matter: Words | None
    entries: tuple[EntryShown, ...]
    count: int
    before: int


def history_of(number: str, *, actor: Actor, before: int = 0) -> HistoryPage:
    """All entries of a claim, `HISTORY_PAGE` a page, older than entry `before`."""
    claim = claim_for(number, actor=actor)
    entries = with_latin_names(Entry.objects.filter(file_id=claim.file_id))
    if before:
        entries = entries.filter(number__lt=before)
    rows = list(entries.order_by("-number")[:HISTORY_PAGE])
    oldest = rows[-1].number if rows else 0
    return HistoryPage(
        claim.number, claim.insured_name, matter_of(claim), tuple(entry_shown(e) for e in rows), claim.file.head.length,
        oldest if oldest > 1 else 0,
    )


@dataclass(frozen=True, slots=True)
class ClaimHead:
    """What a small page of a claim says above its form."""

    number: str
    name: str
    matter: Words | None
    stage: str
    stage_word: Words
    branch_id: int
    owner_id: int | None
    is_complex: bool
    visitors: tuple[str, ...]


def head_of(number: str, *, actor: Actor) -> ClaimHead:
    """The head of a small page: who and what; `visitors` are the people one may have spoken with."""
    claim = claim_for(number, actor=actor)
    names = tuple(dict.fromkeys(Party.objects.filter(claim=claim).order_by("id").values_list("name", flat=True)))
    return ClaimHead(
        claim.number, claim.insured_name, matter_of(claim), claim.stage, BY_ID[claim.stage].shown(claim.line), claim.branch_id,
        claim.owner_id, claim.is_complex, names or (claim.insured_name,),
    )


def tasks_of(number: str, *, actor: Actor, at: dt.datetime) -> tuple[TaskShown, ...]:
    """Every open task of a claim, what is due first stands first."""
    return _tasks(claim_for(number, actor=actor), at=at)
