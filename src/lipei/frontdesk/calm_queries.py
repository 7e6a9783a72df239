"""What doors may ask about the calm mode and the shift: the six steps of a visit, who is called where, and the desk of a branch today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from lipei.claimfile.file_tasks import FileTask, open_tasks_of_file
from lipei.filing.actor import Actor
from lipei.frontdesk.calm import ALL_REASONS, STEPS, CalmStep, next_step
from lipei.frontdesk.calm_rules import Room
from lipei.frontdesk.calming import has_supervisor
from lipei.frontdesk.desk import (
    SECONDS,
    DeskNow,
    desk_now,
    hards_of,
    may_be_called,
    number_of_desk,
    present,
    resting,
    rooms_of,
)
from lipei.frontdesk.fair_rules import BREAK_WITHIN_MINUTES, lighter_than, loads
from lipei.frontdesk.holding import local_day
from lipei.frontdesk.models import CalmRecord, CalmTalk, ShiftCheck, Visit
from lipei.staff.models import Branch, User
from lipei.terms.words import Words

CALLS_MAX = 10


@dataclass(frozen=True, slots=True)
class CalmStepSeen:
    """One of the six: done, now, not applicable (with its reason), or still to come."""

    step: CalmStep
    state: str
    reason: Words | None = None
    content: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalmSeen:
    """The calm talk of a visit as its page shows it."""

    reason: Words
    room: Words | None
    second_id: int | None
    second: Words | None
    called_at: dt.datetime | None
    accepted_at: dt.datetime | None
    has_supervisor: bool
    threat_at: dt.datetime | None
    threat_words: str
    begun_at: dt.datetime
    ended_at: dt.datetime | None
    steps: tuple[CalmStepSeen, ...]

    @property
    def present(self) -> CalmStep | None:
        """The step where it stands; None when all are through."""
        return next((s.step for s in self.steps if s.state == "now"), None)

    def content_of(self, step: str) -> dict[str, Any]:
        """What a step has left behind."""
        return next((s.content for s in self.steps if s.step.id == step), {})


def calm_of(visit: str) -> CalmSeen | None:
    """The calm talk of a visit that the door has let the actor see; None when there was none."""
    calm = CalmTalk.objects.select_related("room", "second").prefetch_related("steps").filter(visit__number=visit).first()
    if calm is None:
        return None
    return CalmSeen(
        reason=ALL_REASONS[calm.reason], room=Words(calm.room.name_zh, calm.room.name_en) if calm.room else None, second_id=calm.second_id,
        second=Words(calm.second.name, calm.second.name_en) if calm.second else None, called_at=calm.called_at, accepted_at=calm.accepted_at,
        has_supervisor=has_supervisor(calm), threat_at=calm.threat_at, threat_words=calm.threat_words, begun_at=calm.begun_at,
        ended_at=calm.ended_at, steps=steps_seen({r.step: r for r in calm.steps.all()}),
    )


def steps_seen(done: dict[str, CalmRecord]) -> tuple[CalmStepSeen, ...]:
    """The six steps with the state of each."""
    present_step = next_step(frozenset(done))
    seen = []
    for step in STEPS:
        row = done.get(step.id)
        if row is None:
            seen.append(CalmStepSeen(step, "now" if step is present_step else ""))
        elif row.state == "done":
            seen.append(CalmStepSeen(step, "done", content=row.content))
        else:
            seen.append(CalmStepSeen(step, "na", next((r.name for r in step.reasons if r.id == row.reason), None)))
    return tuple(seen)


@dataclass(frozen=True, slots=True)
class Reachable:
    """A colleague who may be called now: name, whether a supervisor, and the ticket they are busy with."""

    id: int
    name: Words
    is_supervisor: bool
    busy_with: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A colleague who has had less of hard contacts lately than the one who holds the visit."""

    id: int
    name: Words


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who may be called to a visit now, supervisors first, and who is proposed to take it instead of its holder."""

    reachable: tuple[Reachable, ...]
    lighter: Proposal | None


def helpers_for(branch_id: int, *, holder_id: int, at: dt.datetime) -> Helpers:
    """The colleagues who can help with a hard visit, from four queries."""
    away, busy = resting(branch_id, at=at), _busy(branch_id)
    here = present(branch_id, roles=SECONDS, at=at)
    found = may_be_called(here, away={holder_id, *away})
    reachable = tuple(Reachable(u.pk, _name(u), "supervisor" in u.roles, busy.get(u.pk, "")) for u in found)
    clerks = {u.pk: u for u in here if "front_desk" in u.roles}
    given = loads(hards_of(branch_id, at=at), of=list(clerks), at=at)
    chosen = lighter_than(given, holder_id=holder_id, resting=frozenset(away))
    return Helpers(reachable, Proposal(chosen, _name(clerks[chosen])) if chosen is not None else None)


def _name(user: User) -> Words:
    return Words(user.name, user.name_en)


def _busy(branch_id: int) -> dict[int, str]:
    rows = Visit.objects.filter(branch_id=branch_id, closed_at=None).order_by("opened_at")
    return dict(rows.values_list("clerk_id", "label"))


def quiet_rooms(branch_id: int) -> tuple[Room, ...]:
    """The quiet rooms of a branch, free or taken."""
    return rooms_of(branch_id)


@dataclass(frozen=True, slots=True)
class Call:
    """A call to help that waits for an answer or was accepted: where, why, since when."""

    visit: str
    label: str
    counter: int
    clerk: Words
    reason: Words
    is_threat: bool
    called_at: dt.datetime
    is_accepted: bool


def calls_for(actor: Actor) -> tuple[Call, ...]:
    """Where this colleague is called as the second person, threats first."""
    if actor.user_id is None:
        return ()
    rows = CalmTalk.objects.select_related("visit", "visit__clerk").filter(second_id=actor.user_id, ended_at=None, visit__closed_at=None)
    found = [
        Call(c.visit.number, c.visit.label, c.visit.counter, Words(c.visit.clerk.name, c.visit.clerk.name_en), ALL_REASONS[c.reason],
             c.threat_at is not None, c.called_at or c.begun_at, c.accepted_at is not None)
        for c in rows.order_by("called_at")[:CALLS_MAX]
    ]
    return tuple(sorted(found, key=lambda call: (call.is_accepted, not call.is_threat)))


# ---------- the shift ----------


@dataclass(frozen=True, slots=True)
class Shift:
    """How one's own shift stands: check signed, break until, and whether a break is offered now."""

    is_checked: bool
    break_until: dt.datetime | None
    may_rest: bool


def shift_of(actor: Actor, *, at: dt.datetime, known: DeskNow | None = None) -> Shift | None:
    """The shift of a colleague of the desk; None for others. `known` when the desk was read already."""
    if actor.user_id is None or not actor.has("front_desk"):
        return None
    now = known or desk_now(actor.branch_id or 0, at=at)
    since = at - dt.timedelta(minutes=BREAK_WITHIN_MINUTES)
    hard = [h.at for h in now.hards if h.user_id == actor.user_id and h.at >= since]
    until = now.resting.get(actor.user_id)
    rested = not hard or any(b.user_id == actor.user_id and b.from_at >= max(hard) for b in now.breaks)
    return Shift(ShiftCheck.objects.filter(user_id=actor.user_id, on=local_day(at)).exists(), until, not rested and until is None)


def open_points(*, actor: Actor, at: dt.datetime) -> tuple[FileTask, ...]:
    """What is not in order at the branch's desk, with owner and day."""
    code = Branch.objects.filter(id=actor.branch_id or 0).values_list("code", flat=True).first()
    return open_tasks_of_file(number_of_desk(code), at=at) if code else ()
