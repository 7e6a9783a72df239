"""The desk of a branch: its office file, who is present, who is on a break, and what hard contacts have asked of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q

from lipei.filing.models import File
from lipei.filing.running import running
from lipei.frontdesk.calm_rules import Room
from lipei.frontdesk.fair_rules import BREAK_WITHIN_MINUTES, RECENT_DAYS, Hard, loads, next_for_hard
from lipei.frontdesk.holding import COLLEAGUES_MAX, local_day
from lipei.frontdesk.models import Break, HardContact, QuietRoom, Visit
from lipei.staff.models import Branch, User
from lipei.staff.queries import working_as
from lipei.terms.words import Words

ROOMS_MAX = 20
BREAKS_MAX = 400

SECONDS = ("supervisor", "front_desk")
"""Who may be called as the second person: those who may see the visit."""


def number_of_desk(branch_code: str) -> str:
    """The number of a branch's desk file: `DESK-JH`."""
    return f"DESK-{branch_code}"


def desk_file(branch: Branch) -> File:
    """The office file of a branch's desk, opened when it is first needed; inside a command only."""
    number = number_of_desk(branch.code)
    found, _ = File.objects.get_or_create(number=number, defaults={"kind": "office", "opened_at": running().at})
    return found


def present(branch_id: int, *, roles: tuple[str, ...], at: dt.datetime) -> list[User]:
    """Colleagues of the branch in any of these roles who work today, by number."""
    return list(working_as(local_day(at), roles=roles, branch_id=branch_id)[:COLLEAGUES_MAX])


def resting(branch_id: int, *, at: dt.datetime) -> dict[int, dt.datetime]:
    """Who is on a break now, and until when."""
    rows = Break.objects.filter(branch_id=branch_id, ended_at=None, until_at__gt=at)
    return dict(rows.values_list("user_id", "until_at"))


def may_be_called(here: list[User], *, away: Iterable[int]) -> list[User]:
    """Of those who work here today, who may be called as the second person: supervisors first; not who is away or holds the visit."""
    gone = frozenset(away)
    return sorted((u for u in here if u.pk not in gone), key=lambda u: ("supervisor" not in u.roles, u.number))


def hards_of(branch_id: int, *, at: dt.datetime) -> list[Hard]:
    """The hard contacts of the branch's colleagues within the time that counts."""
    since = at - dt.timedelta(days=RECENT_DAYS)
    rows = HardContact.objects.filter(user__branch_id=branch_id, at__gt=since, at__lte=at).order_by("at")
    return [Hard(*row) for row in rows.values_list("user_id", "visit_id", "kind", "at")]


@dataclass(frozen=True, slots=True)
class DeskNow:
    """What the sharing of hard contacts looks at: those of late, and the breaks that run or were begun within the hour."""

    hards: tuple[Hard, ...]
    breaks: tuple[Break, ...]
    at: dt.datetime

    @property
    def resting(self) -> dict[int, dt.datetime]:
        """Who is on a break now, and until when."""
        return {b.user_id: b.until_at for b in self.breaks if b.ended_at is None and b.until_at > self.at}


def desk_now(branch_id: int, *, at: dt.datetime) -> DeskNow:
    """Hard contacts and breaks of a branch's desk, from two queries."""
    lately = at - dt.timedelta(minutes=BREAK_WITHIN_MINUTES)
    breaks = Break.objects.filter(Q(ended_at=None, until_at__gt=at) | Q(from_at__gte=lately), branch_id=branch_id).order_by("from_at")[:BREAKS_MAX]
    return DeskNow(tuple(hards_of(branch_id, at=at)), tuple(breaks), at)


def proposed_for_hard(branch_id: int, *, at: dt.datetime, known: DeskNow | None = None) -> User | None:
    """Who is proposed for the next hard contact of a branch; None when nobody is free. `known` when it was read already."""
    now = known or desk_now(branch_id, at=at)
    here = {u.pk: u for u in present(branch_id, roles=("front_desk",), at=at)}
    chosen = next_for_hard(loads(now.hards, of=list(here), at=at), resting=frozenset(now.resting))
    return here[chosen] if chosen is not None else None


def count_hard(visit: Visit, kind: str) -> None:
    """Count a hard contact for the colleague who holds the visit; a visit counts once for each kind."""
    HardContact.objects.get_or_create(visit=visit, user_id=visit.clerk_id, kind=kind, defaults={"at": running().at})


def rooms_of(branch_id: int) -> tuple[Room, ...]:
    """The quiet rooms of a branch, each free or with the ticket that sits in it."""
    sits_in = Max("calmtalk__visit__label", filter=Q(calmtalk__ended_at=None))
    rows = QuietRoom.objects.filter(branch_id=branch_id, is_open=True).annotate(taken_by=sits_in).order_by("id")[:ROOMS_MAX]
    return tuple(Room(r.pk, Words(r.name_zh, r.name_en), r.taken_by or "") for r in rows)
