"""案件清单: claims by a filter that stands in the address, so that every number on the board opens the rows it counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lipei.claimfile.clock_faces import ClockFace, face_of, most_urgent_of
from lipei.claimfile.models import Claim, Milestone
from lipei.claimfile.next_action import NextAction
from lipei.claimfile.stages import BY_ID, CLOSINGS, MILESTONES, OPEN_STAGES
from lipei.claimfile.visibility import claims_visible_to
from lipei.claimfile.work_list import SOON_DAYS, in_work_of, matter_of, milestones_of, todo_of, turn_of, with_open_tasks
from lipei.filing.actor import Actor
from lipei.terms import bigrams
from lipei.terms.words import Words

PAGE_ROWS = 50
DUE: dict[str, Words] = {
    "overdue": Words("已超期", "overdue"),
    "today": Words("今天到期", "due today"),
    "3": Words("三天内到期", "due within 3 days"),
    "14": Words("十四天内到期", "due within 14 days"),
}
CLOCKS: dict[str, Words] = {
    "running": Words("时钟在走", "clock running"),
    "stopped": Words("等客户补件", "waiting for the customer"),
}
SCOPES: dict[str, Words] = {
    "open": Words("在办", "open"),
    "ended": Words("已结", "ended"),
    "all": Words("全部", "all"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims. `due` is a key of `DUE` or a local day; days are included on both ends."""

    scope: str = "open"
    stage: str = ""
    branch: str = ""
    owner: str = ""
    due: str = ""
    clock: str = ""
    closing: str = ""
    reached: str = ""
    policy: str = ""
    q: str = ""
    in_stage_since: dt.date | None = None
    since: dt.date | None = None
    unassigned: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedClaim:
    """One row of a list (amounts in fen)."""

    number: str
    name: str
    matter: Words | None
    branch: Words
    stage: Words
    stage_since: dt.datetime
    closing: Words | None
    do: Words | None
    turn: Words
    owner: Words | None
    claimed: int | None
    owed: int | None
    clock: ClockFace | None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A page of a list: its rows, how many claims the filter holds in all, and the first row of the next page (0: none)."""

    rows: tuple[ListedClaim, ...]
    total: int
    next_start: int


def midnight(day: dt.date) -> dt.datetime:
    """The local midnight with which a day begins."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def due_condition(due: str, *, at: dt.datetime) -> Q:
    """The condition behind a due filter. A moment due at midnight belongs to the day it ends."""
    today = timezone.localtime(at).date()
    later = {"today": 0, "3": SOON_DAYS, "14": 14}
    running = ~Q(turn="customer")
    if due == "overdue":
        return running & Q(due_at__lte=at)
    if due in later:
        return running & Q(due_at__gt=at, due_at__lte=midnight(today + dt.timedelta(days=later[due] + 1)))
    day = dt.date.fromisoformat(due)
    return running & Q(due_at__gt=midnight(day), due_at__lte=midnight(day + dt.timedelta(days=1)))


def filtered(wanted: ClaimFilter, *, actor: Actor, at: dt.datetime) -> QuerySet[Claim]:
    """The claims of a filter that this actor may see, without order."""
    claims = claims_visible_to(actor)
    if wanted.stage:
        claims = claims.filter(stage=wanted.stage)
    elif wanted.scope == "open" and not wanted.closing:
        claims = claims.filter(stage__in=OPEN_STAGES)
    elif wanted.scope == "ended":
        claims = claims.exclude(stage__in=OPEN_STAGES)
    equal = {"branch__code": wanted.branch, "owner__number": wanted.owner, "closing": wanted.closing, "policy__number": wanted.policy}
    claims = claims.filter(**{name: value for name, value in equal.items() if value})
    for condition in _conditions(wanted, actor=actor, at=at):
        claims = claims.filter(condition)
    return claims.extra(where=["search @@ %s::tsquery"], params=[bigrams.query(wanted.q)]) if bigrams.query(wanted.q) else claims


def _conditions(wanted: ClaimFilter, *, actor: Actor, at: dt.datetime) -> list[Q | Exists]:
    found: list[Q | Exists] = []
    if wanted.due:
        found.append(due_condition(wanted.due, at=at))
    if wanted.clock == "stopped":
        found.append(Q(turn="customer"))
    if wanted.clock == "running":
        found.append(Q(due_at__isnull=False) & ~Q(turn="customer"))
    if wanted.in_stage_since:
        found.append(Q(stage_since__lt=midnight(wanted.in_stage_since + dt.timedelta(days=1))))
    if wanted.unassigned:
        found.append(Q(owner=None))
    if wanted.mine:
        found.append(in_work_of(actor))
    if wanted.reached:
        reached = Milestone.objects.filter(claim=OuterRef("pk"), kind=wanted.reached, is_valid=True)
        found.append(Exists(reached.filter(at__gte=midnight(wanted.since)) if wanted.since else reached))
    elif wanted.since:
        found.append(Q(stage_since__gte=midnight(wanted.since)))
    return found


def claims_of(wanted: ClaimFilter, *, actor: Actor, at: dt.datetime, start: int = 0) -> ClaimPage:
    """One page of the filter's claims: open ones by due date, ended ones the newest first; counted afresh."""
    claims = filtered(wanted, actor=actor, at=at)
    total = claims.count()
    is_open = wanted.stage in OPEN_STAGES if wanted.stage else wanted.scope == "open" and not wanted.closing
    order = ("due_at", "id") if is_open else ("-id",)
    listed = list(claims.select_related("turn_user", "owner", "branch").order_by(*order)[start : start + PAGE_ROWS])
    following = start + len(listed)
    return ClaimPage(rows_of(listed, actor=actor, at=at), total, following if following < total else 0)


def rows_of(claims: list[Claim], *, actor: Actor, at: dt.datetime) -> tuple[ListedClaim, ...]:
    """Rows with clock and next action, from three queries; turn_user, owner and branch must be loaded."""
    clocks = most_urgent_of(claims, at=at) if claims else {}
    ids = [c.pk for c in claims]
    reached, busy = milestones_of(ids), with_open_tasks(ids)
    return tuple(
        _listed(c, clock=face_of(clocks[c.pk]) if c.pk in clocks else None, actor=actor,
                todo=todo_of(c, reached=reached[c.pk], has_open_tasks=c.pk in busy))
        for c in claims
    )


def _listed(claim: Claim, *, clock: ClockFace | None, todo: NextAction | None, actor: Actor) -> ListedClaim:
    owner = claim.owner
    return ListedClaim(
        number=claim.number, name=claim.insured_name, matter=matter_of(claim), branch=Words(claim.branch.name_zh, claim.branch.name_en),
        stage=BY_ID[claim.stage].shown(claim.line), stage_since=claim.stage_since, closing=CLOSINGS.get(claim.closing),
        do=todo.verb if todo else None, turn=turn_of(claim, actor=actor), owner=Words(owner.name, owner.name_en) if owner else None,
        claimed=claim.claimed or None, owed=claim.owed, clock=clock,
    )


def filter_words(wanted: ClaimFilter) -> tuple[Words, ...]:
    """What a filter says, piece by piece, for the heading of its list."""
    found: list[Words] = []
    if wanted.stage:
        found.append(BY_ID[wanted.stage].name)
    elif not wanted.closing and not wanted.reached:
        found.append(SCOPES[wanted.scope])
    if wanted.due:
        found.append(DUE.get(wanted.due) or Words(f"{wanted.due} 到期", f"due {wanted.due}"))
    found += [words[key] for words, key in ((CLOCKS, wanted.clock), (CLOSINGS, wanted.closing)) if key]
    if wanted.reached:
        found.append(MILESTONES[wanted.reached].reached)
    if wanted.in_stage_since:
        day = wanted.in_stage_since.isoformat()
        found.append(Words(f"{day} 或更早进入这一阶段", f"in this stage since {day} or earlier"))
    if wanted.since:
        found.append(Words(f"{wanted.since} 以来", f"since {wanted.since}"))
    if wanted.unassigned:
        found.append(Words("还没有人接手", "taken on by nobody"))
    if wanted.mine:
        found.append(Words("我手上的", "in my work"))
    return tuple(found)
