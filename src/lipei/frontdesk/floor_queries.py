"""大堂: the floor of a branch as its supervisor sees it – places with who is served there, who waits, breaks, help wanted, open points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, Max, OuterRef

from lipei.claimfile.file_tasks import FileTask, open_tasks_of_file
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.frontdesk.calm import ALL_REASONS
from lipei.frontdesk.calm_rules import Room
from lipei.frontdesk.desk import hards_of, number_of_desk, rooms_of
from lipei.frontdesk.fair_rules import Load, loads, next_for_hard
from lipei.frontdesk.hall_queries import HelpWanted, InLine, in_line
from lipei.frontdesk.holding import COLLEAGUES_MAX, local_day
from lipei.frontdesk.line import WAITING_MAX, start_of_day
from lipei.frontdesk.models import Break, CounterSession, HelpCall, ShiftCheck, Ticket, Visit
from lipei.frontdesk.stations import BY_ID
from lipei.staff.models import Branch, User
from lipei.staff.queries import working_as
from lipei.terms.words import Words

VISITS_MAX = 100
HELP_MAX = 20
PlaceKind = Literal["serving", "called", "free", "break", "quiet"]
CALM = BY_ID["calm"].name


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A counter or quiet room: who sits there, whom they serve at which station since when, or until when they rest."""

    counter: int
    clerk_id: int
    clerk: Words
    kind: PlaceKind
    room: Words | None = None
    label: str = ""
    visit: str = ""
    station: Words | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    @property
    def receives(self) -> bool:
        """Whether this place takes its turn at the line."""
        return self.kind in ("serving", "called", "free")

    def minutes(self, now: dt.datetime) -> int:
        """Whole minutes since then; 0 when nothing began."""
        return max(0, int((now - self.since).total_seconds() // 60)) if self.since else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalmNow:
    """A calm talk that runs: where, why, since when, who was called, and whether they are there."""

    visit: str
    label: str
    counter: int
    clerk: Words
    reason: Words
    is_threat: bool
    since: dt.datetime
    second: Words | None
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A visit of an earlier day that nobody has closed."""

    visit: str
    label: str
    clerk: Words
    opened_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The floor now."""

    places: tuple[Place, ...]
    waiting: tuple[InLine, ...]
    calm: tuple[CalmNow, ...]
    left_open: tuple[LeftOpen, ...]
    resting: dict[int, dt.datetime]
    at: dt.datetime

    @property
    def longest(self) -> InLine | None:
        """Who has waited longest; None when nobody waits."""
        return max(self.waiting, key=lambda one: one.kept.waited, default=None)

    @property
    def receiving(self) -> int:
        """Counters that take their turn at the line; not on a break, not in a quiet room."""
        return len({place.counter for place in self.places if place.receives})

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see: nobody waits and nobody sits anywhere."""
        return not self.places and not self.waiting


@dataclass(frozen=True, slots=True)
class BranchSeen:
    """The branch somebody looks at, and the others they may look at, by code."""

    id: int
    code: str
    name: Words
    others: tuple[tuple[str, Words], ...]


def branch_seen(code: str, *, actor: Actor) -> BranchSeen:
    """The branch whose floor is asked for: one's own, any for the auditor (without a code the first); `Refused` otherwise."""
    seen = [b for b in Branch.objects.order_by("code") if actor.has("auditor") or b.pk == actor.branch_id]
    wanted = [b for b in seen if b.code == code] if code else [b for b in seen if b.pk == actor.branch_id] or seen
    if not wanted:
        raise not_found(Words(f"看不到机构 {code} 的大堂。", f"The hall of branch {code} is not for you."))
    others = tuple((b.code, Words(b.name_zh, b.name_en)) for b in seen if b != wanted[0])
    return BranchSeen(wanted[0].pk, wanted[0].code, Words(wanted[0].name_zh, wanted[0].name_en), others)


def floor_of(branch_id: int, *, at: dt.datetime) -> Floor:
    """The floor of a branch at a moment, from four queries."""
    day = start_of_day(at)
    breaks = list(Break.objects.select_related("user").filter(branch_id=branch_id, ended_at=None, until_at__gt=at).order_by("until_at"))
    visits = list(_open_visits(branch_id))
    sessions = list(CounterSession.objects.select_related("clerk").filter(branch_id=branch_id, opened_at__gte=day).order_by("opened_at"))
    tickets = Ticket.objects.select_related("appointment", "clerk").filter(branch_id=branch_id, state__in=("waiting", "called"), taken_at__gte=day)
    line = list(tickets.order_by("taken_at", "id")[:WAITING_MAX])
    today = [v for v in visits if v.opened_at >= day]
    return Floor(
        places=_places(today, [t for t in line if t.state == "called"], sessions, breaks),
        waiting=tuple(in_line(t, at=at) for t in line if t.state == "waiting"), calm=tuple(_calm(v) for v in today if _is_calm(v)),
        left_open=tuple(LeftOpen(v.number, v.label, _name(v.clerk), v.opened_at) for v in visits if v.opened_at < day),
        resting={b.user_id: b.until_at for b in breaks}, at=at,
    )


def _open_visits(branch_id: int) -> Iterable[Visit]:
    rows = Visit.objects.select_related("clerk", "calm", "calm__room", "calm__second").filter(branch_id=branch_id, closed_at=None)
    return rows.annotate(station_since=Max("stations__at")).order_by("-opened_at")[:VISITS_MAX]


def _is_calm(visit: Visit) -> bool:
    return hasattr(visit, "calm") and visit.calm.ended_at is None


def _name(user: User) -> Words:
    return Words(user.name, user.name_en)


def _places(visits: Iterable[Visit], called: Iterable[Ticket], sessions: list[CounterSession], breaks: Iterable[Break]) -> tuple[Place, ...]:
    """Every open visit its place; then whoever has called, rests, or is free and has no place yet; by counter, quiet rooms last."""
    found = [_serving(visit) for visit in visits]
    sat = {s.clerk_id: s.counter for s in sessions}
    calling = (
        Place(counter=t.counter, clerk_id=t.clerk.pk, clerk=_name(t.clerk), kind="called", label=t.label, since=t.called_at) for t in called if t.clerk is not None
    )
    away = (
        Place(counter=sat.get(b.user_id, 0), clerk_id=b.user_id, clerk=_name(b.user), kind="break", since=b.from_at, until=b.until_at) for b in breaks
    )
    free = (Place(counter=s.counter, clerk_id=s.clerk_id, clerk=_name(s.clerk), kind="free") for s in sessions if s.closed_at is None)
    placed = {place.clerk_id for place in found}
    for place in (*calling, *away, *free):
        if place.clerk_id not in placed:
            placed.add(place.clerk_id)
            found.append(place)
    return tuple(sorted(found, key=lambda p: (p.kind == "quiet", p.counter == 0, p.counter, p.label)))


def _serving(visit: Visit) -> Place:
    room = visit.calm.room if _is_calm(visit) else None
    return Place(
        counter=visit.counter, clerk_id=visit.clerk_id, clerk=_name(visit.clerk), kind="quiet" if room else "serving",
        room=Words(room.name_zh, room.name_en) if room else None, label=visit.label, visit=visit.number,
        station=CALM if _is_calm(visit) else BY_ID[visit.station].name,
        since=visit.calm.begun_at if _is_calm(visit) else getattr(visit, "station_since", None) or visit.opened_at,
    )


def _calm(visit: Visit) -> CalmNow:
    talk = visit.calm
    return CalmNow(
        visit=visit.number, label=visit.label, counter=visit.counter, clerk=_name(visit.clerk), reason=ALL_REASONS[talk.reason],
        is_threat=talk.threat_at is not None, since=talk.begun_at, second=_name(talk.second) if talk.second else None, is_accepted=talk.accepted_at is not None,
    )


# ---------- the whole page ----------


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheDesk:
    """A colleague of the desk to-day. `load` counts hard contacts of the last days, to protect the person."""

    id: int
    name: Words
    busy_with: str
    break_until: dt.datetime | None
    is_checked: bool
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskToday:
    """The desk of a branch now: its floor, its people, quiet rooms, help wanted in the hall, and what is not in order."""

    floor: Floor
    people: tuple[AtTheDesk, ...]
    proposed: int | None
    rooms: tuple[Room, ...]
    help: tuple[HelpWanted, ...]
    points: tuple[FileTask, ...]

    @property
    def rooms_taken(self) -> int:
        """How many quiet rooms have somebody in them."""
        return sum(bool(room.taken_by) for room in self.rooms)


def desk_today(branch: BranchSeen, *, at: dt.datetime) -> DeskToday:
    """Everything a supervisor sees of a branch's desk at a moment, from nine queries."""
    floor = floor_of(branch.id, at=at)
    rows = list(_people(branch.id, at=at))
    given = loads(hards_of(branch.id, at=at), of=[u.pk for u in rows], at=at)
    wanted = HelpCall.objects.filter(branch_id=branch.id, answered_at=None, asked_at__gte=start_of_day(at)).order_by("asked_at")[:HELP_MAX]
    return DeskToday(
        floor=floor, people=tuple(_at_the_desk(user, load, floor) for user, load in zip(rows, given, strict=True)),
        proposed=next_for_hard(given, resting=frozenset(floor.resting)), rooms=rooms_of(branch.id), help=tuple(HelpWanted(h.pk, h.asked_at) for h in wanted),
        points=open_tasks_of_file(number_of_desk(branch.code), at=at),
    )


def _at_the_desk(user: User, load: Load, floor: Floor) -> AtTheDesk:
    return AtTheDesk(
        id=user.pk, name=_name(user), busy_with=next((p.label for p in floor.places if p.clerk_id == user.pk and p.visit), ""),
        break_until=floor.resting.get(user.pk), is_checked=bool(getattr(user, "is_checked", False)), load=load,
    )


def _people(branch_id: int, *, at: dt.datetime) -> Iterable[User]:
    """The front desk's colleagues who work to-day, each with whether they have signed their check."""
    signed = ShiftCheck.objects.filter(user_id=OuterRef("pk"), branch_id=branch_id, on=local_day(at))
    return working_as(local_day(at), roles=("front_desk",), branch_id=branch_id).annotate(is_checked=Exists(signed))[:COLLEAGUES_MAX]
