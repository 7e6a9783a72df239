"""我的工作: the claims in somebody's turn or care and what they promised, one list, what is due first stands first.

The list is read in two steps so that it stays quick however many claims there are: a light row of the first `LIGHT_ROWS_MAX`
by due date, and the full row, clock and milestones only of those that are shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from lipei.claimfile.clock_faces import ClockFace, face_of, most_urgent_of
from lipei.claimfile.diary import due_day_of, law
from lipei.claimfile.models import Claim, Milestone, Task
from lipei.claimfile.next_action import NextAction, next_action, whose_turn
from lipei.claimfile.stages import BY_ID, OPEN_STAGES
from lipei.claimfile.visibility import SEES_ALL, claims_visible_to
from lipei.claimfile.words import TASK_KINDS, TURNS
from lipei.clocks.reading import Reading
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.terms.words import Words

LIGHT_ROWS_MAX = 200
PAGE_ROWS = 25
SOON_DAYS, FORTNIGHT_DAYS = 3, 14
GROUPS: dict[str, Words] = {
    "overdue": Words("已经超期", "Overdue"),
    "today": Words("今天必须做完", "To be done today"),
    "soon": Words("三天内", "Within 3 days"),
    "fortnight": Words("十四天内", "Within 14 days"),
    "stopped": Words("时钟已停，等别人", "Clock stopped, waiting for others"),
    "later": Words("还早", "Later"),
}
VIEWS = ("due", "mine", "others", "promised")
MUST = ("overdue", "today")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One row: a claim's next action, or (with `task_id`) something promised or to be found out. Amounts in fen."""

    group: str
    number: str
    name: str
    matter: Words | None
    do: Words
    place: str
    stage: Words
    turn: Words
    is_mine: bool
    claimed: int | None
    owed: int | None
    clock: ClockFace | None
    due_at: dt.datetime | None
    met: tuple[Words, ...] = ()
    lacking: tuple[Words, ...] = ()
    task_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """A page of the list with what stands around it. `counts` are capped at `LIGHT_ROWS_MAX`."""

    rows: tuple[WorkRow, ...]
    group_counts: Mapping[str, int]
    counts: Mapping[str, int]
    due_days: Mapping[dt.date, int]
    must: int
    left: int
    is_capped: bool
    promises: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class _Light:
    """What grouping and counting need of a claim (`claim_id`) or a task (`task`)."""

    claim_id: int
    due_at: dt.datetime | None
    is_stopped: bool
    is_mine: bool
    task: Task | None = None


def group_of(due_at: dt.datetime | None, *, at: dt.datetime, is_stopped: bool = False) -> str:
    """The group a due moment falls into, by local days; a legal clock's moment is the midnight that ends its last day."""
    if is_stopped:
        return "stopped"
    if due_at is None:
        return "later"
    if due_at <= at:
        return "overdue"
    days = (due_day_of(due_at) - timezone.localtime(at).date()).days
    if days <= 0:
        return "today"
    return "soon" if days <= SOON_DAYS else "fortnight" if days <= FORTNIGHT_DAYS else "later"


def in_work_of(actor: Actor) -> Q:
    """The condition of being in an actor's work: their turn by name, their role's turn, or theirs to look after."""
    found = Q(turn_user_id=actor.user_id) | Q(owner_id=actor.user_id, stage__in=OPEN_STAGES)
    for role in sorted(actor.roles & TURNS.keys()):
        found |= _turn_of_role(role, actor)
    return found


def _turn_of_role(role: str, actor: Actor) -> Q:
    ours = Q(turn=role, turn_user=None)
    return ours if role in SEES_ALL else ours & Q(branch_id=actor.branch_id)


def _light_claims(actor: Actor) -> list[_Light]:
    sources = [Q(turn_user_id=actor.user_id), Q(owner_id=actor.user_id, stage__in=OPEN_STAGES)]
    sources += [_turn_of_role(role, actor) for role in sorted(actor.roles & TURNS.keys())]
    parts = [
        Claim.objects.filter(source).order_by("due_at", "id").values_list("id", "due_at", "turn", "turn_user_id")[: LIGHT_ROWS_MAX + 1]
        for source in sources
    ]
    rows = parts[0].union(*parts[1:]).order_by("due_at", "id")[: LIGHT_ROWS_MAX + 1]
    return [_Light(pk, due_at, turn == "customer", _is_mine(turn, user_id, actor)) for pk, due_at, turn, user_id in rows]


def _is_mine(turn: str, turn_user_id: int | None, actor: Actor) -> bool:
    return turn_user_id == actor.user_id if turn_user_id is not None else turn in actor.roles


def _light_tasks(actor: Actor) -> list[_Light]:
    own = Q(user_id=actor.user_id) | Q(user=None, role__in=sorted(actor.roles), claim__branch_id=actor.branch_id)
    tasks = (
        Task.objects.filter(own, state="open", claim__in=claims_visible_to(actor)).select_related("claim").order_by("due_at", "id")
    )
    return [_Light(t.claim_id or 0, t.due_at, False, True, t) for t in tasks[: LIGHT_ROWS_MAX + 1]]


def work_of(actor: Actor, *, at: dt.datetime, view: str = "due", start: int = 0) -> WorkList:
    """The work list of a colleague at `at`: one page of `PAGE_ROWS` from row `start` of the chosen view."""
    claims, tasks = _light_claims(actor), _light_tasks(actor)
    everything = sorted([*claims, *tasks], key=lambda light: _order(light, at))
    shown = [light for light in everything if _in_view(light, view)]
    page = shown[start : start + PAGE_ROWS]
    promised = [light for light in tasks if light.task is not None and light.task.kind == "promise"]
    groups = [group_of(light.due_at, at=at, is_stopped=light.is_stopped) for light in shown]
    return WorkList(
        rows=_rows(page, actor=actor, at=at),
        group_counts={g: groups.count(g) for g in GROUPS},
        counts={v: sum(_in_view(light, v) for light in everything) for v in VIEWS},
        due_days=_due_days(claims),
        must=sum(group_of(x.due_at, at=at, is_stopped=x.is_stopped) in MUST and x.is_mine for x in everything),
        left=max(0, len(shown) - start - len(page)),
        is_capped=len(claims) > LIGHT_ROWS_MAX or len(tasks) > LIGHT_ROWS_MAX,
        promises=tuple(_task_row(light, at=at) for light in promised[:PAGE_ROWS]),
    )


def _order(light: _Light, at: dt.datetime) -> tuple[int, bool, dt.datetime, int]:
    group = list(GROUPS).index(group_of(light.due_at, at=at, is_stopped=light.is_stopped))
    return group, light.due_at is None, light.due_at or at, light.claim_id


def row_of(number: str, *, actor: Actor, at: dt.datetime) -> WorkRow:
    """The row of one claim, as it stands on the list; `Refused` when this actor may not see it."""
    claim = claims_visible_to(actor).select_related("turn_user").filter(number=number).first()
    if claim is None:
        raise not_found(Words(f"找不到案件 {number}。", f"There is no claim {number}."))
    light = _Light(claim.pk, claim.due_at, claim.turn == "customer", _is_mine(claim.turn, claim.turn_user_id, actor))
    clock = most_urgent_of([claim], at=at).get(claim.pk)
    todo = todo_of(claim, reached=milestones_of([claim.pk])[claim.pk], has_open_tasks=bool(with_open_tasks([claim.pk])))
    return _claim_row(claim, light, clock=clock, todo=todo, actor=actor, at=at)


def days_ahead(at: dt.datetime, number: int, *, working_only: bool) -> tuple[tuple[dt.date, bool], ...]:
    """The next days from today on, each with whether it is a rest day by the calendar of the law; or working days only."""
    calendar, day = law(at).calendar, timezone.localtime(at).date()
    found: list[tuple[dt.date, bool]] = []
    while len(found) < number:
        is_rest = calendar.is_rest_day(day)
        if not (is_rest and working_only):
            found.append((day, is_rest))
        day += dt.timedelta(days=1)
    return tuple(found)


def _in_view(light: _Light, view: str) -> bool:
    if view == "mine":
        return light.is_mine
    if view == "others":
        return not light.is_mine
    return view != "promised" or (light.task is not None and light.task.kind == "promise")


def _due_days(claims: Iterable[_Light]) -> dict[dt.date, int]:
    days: dict[dt.date, int] = {}
    for light in claims:
        if light.due_at is not None and not light.is_stopped:
            day = due_day_of(light.due_at)
            days[day] = days.get(day, 0) + 1
    return days


def _rows(page: list[_Light], *, actor: Actor, at: dt.datetime) -> tuple[WorkRow, ...]:
    ids = [light.claim_id for light in page if light.task is None]
    claims = {c.pk: c for c in Claim.objects.select_related("turn_user").filter(id__in=ids)} if ids else {}
    clocks = most_urgent_of(claims.values(), at=at) if ids else {}
    reached, busy = milestones_of(ids), with_open_tasks(ids)
    todo = {pk: todo_of(claim, reached=reached[pk], has_open_tasks=pk in busy) for pk, claim in claims.items()}
    return tuple(
        _task_row(light, at=at) if light.task is not None
        else _claim_row(claims[light.claim_id], light, clock=clocks.get(light.claim_id), todo=todo[light.claim_id], actor=actor, at=at)
        for light in page if light.task is not None or light.claim_id in claims
    )


def todo_of(claim: Claim, *, reached: frozenset[str], has_open_tasks: bool) -> NextAction | None:
    """The next action of a claim from its row, its milestones and its tasks."""
    return next_action(claim.stage, turn=claim.turn, reached=reached, channel=claim.channel, has_open_tasks=has_open_tasks)


def milestones_of(claim_ids: list[int]) -> dict[int, frozenset[str]]:
    """The kinds of all valid milestones of several claims, from one query."""
    found: dict[int, set[str]] = {pk: set() for pk in claim_ids}
    if claim_ids:
        for pk, kind in Milestone.objects.filter(claim_id__in=claim_ids, is_valid=True).values_list("claim_id", "kind"):
            found[pk].add(kind)
    return {pk: frozenset(kinds) for pk, kinds in found.items()}


def with_open_tasks(claim_ids: list[int]) -> frozenset[int]:
    """Which of several claims have a task open, from one query."""
    if not claim_ids:
        return frozenset()
    return frozenset(Task.objects.filter(claim_id__in=claim_ids, state="open").values_list("claim_id", flat=True).distinct())


def matter_of(claim: Claim) -> Words | None:
    """What the claim is about, once it has been named."""
    return Words(claim.subject_zh, claim.subject_en or claim.subject_zh) if claim.subject_zh else None


def turn_of(claim: Claim, *, actor: Actor) -> Words:
    """Whose turn it is, as this reader reads it; `claim.turn_user` must be loaded."""
    user = claim.turn_user
    name = Words(user.name, user.name_en) if user is not None else None
    return whose_turn(claim.turn, user_id=claim.turn_user_id, user_name=name, own_id=actor.user_id, own_roles=actor.roles)


def _claim_row(
    claim: Claim, light: _Light, *, clock: Reading | None, todo: NextAction | None, actor: Actor, at: dt.datetime
) -> WorkRow:
    stage = BY_ID[claim.stage].shown(claim.line)
    return WorkRow(
        group=group_of(claim.due_at, at=at, is_stopped=light.is_stopped), number=claim.number, name=claim.insured_name,
        matter=matter_of(claim), do=todo.verb if todo else stage, place=todo.place if todo else "claim", stage=stage,
        turn=turn_of(claim, actor=actor), is_mine=light.is_mine, claimed=claim.claimed or None, owed=claim.owed,
        clock=face_of(clock) if clock is not None else None, due_at=claim.due_at,
        met=tuple(m.reached for m in todo.met) if todo else (), lacking=tuple(m.missing for m in todo.lacking) if todo else (),
    )


def _task_row(light: _Light, *, at: dt.datetime) -> WorkRow:
    task = light.task
    assert task is not None
    assert task.claim is not None
    claim, group = task.claim, group_of(task.due_at, at=at)
    return WorkRow(
        group=group, number=claim.number, name=claim.insured_name, matter=matter_of(claim), do=Words(task.what_zh, task.what_en),
        place="claim_tasks", stage=BY_ID[claim.stage].shown(claim.line), turn=Words("您来做", "You"), is_mine=True, claimed=None,
        owed=None, clock=task_clock(task, at=at), due_at=task.due_at, task_id=task.pk,
    )


def task_clock(task: Task, *, at: dt.datetime) -> ClockFace:
    """The clock of a promise: today with its hour, days left, or days late; a date, so no bar."""
    local, today = timezone.localtime(task.due_at), timezone.localtime(at).date()
    days = (due_day_of(task.due_at) - today).days
    if task.due_at <= at:
        late = max(0, -days)
        chip = Words(f"超期 {late} 天", f"{late} day{'' if late == 1 else 's'} late") if late else Words("已超时", "overdue")
        kind = "late"
    elif days == 0:
        clock = f"{local:%H:%M}" if local.date() == today else "24:00"
        chip, kind = Words(f"今天 {clock}", f"today {clock}"), "late"
    else:
        chip = Words(f"剩 {days} 天", f"{days} day{'' if days == 1 else 's'} left")
        kind = "soon" if days <= SOON_DAYS else ""
    which = TASK_KINDS.get(task.kind) or TASK_KINDS["follow_up"]
    return ClockFace(chip=chip, which=which, due=None, kind=kind, used=None, paused=None, sentence=None)
