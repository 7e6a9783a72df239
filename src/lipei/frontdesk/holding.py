"""How a visit is taken hold of: by the clerk who holds it, at the station where it stands – never ahead, never twice."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils import timezone

from lipei.claimfile.models import Claim
from lipei.filing.actor import Actor
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found
from lipei.filing.running import running
from lipei.frontdesk.events import StationPassed
from lipei.frontdesk.models import Screen, StationRecord, Visit
from lipei.frontdesk.stations import BY_ID, Station, after, lacking_between
from lipei.staff.models import User
from lipei.terms.words import Words

SEES_BRANCH = ("front_desk", "supervisor")
COLLEAGUES_MAX = 200


def visits_visible_to(actor: Actor) -> QuerySet[Visit]:
    """The visits an actor may see: those of the branch for the desk and its supervisor, all for the auditor; a visitor's screen sees its one visit."""
    if actor.kind == "system" or actor.has("auditor"):
        return Visit.objects.all()
    if actor.kind == "staff" and actor.has(*SEES_BRANCH):
        return Visit.objects.filter(branch_id=actor.branch_id or 0)
    if actor.kind == "device" and actor.ref.startswith("screen:"):
        return Visit.objects.filter(screens__in=Screen.objects.filter(id=int(actor.ref.removeprefix("screen:")), ended_at=None))
    return Visit.objects.none()


def locked_visit(number: str, *, by: Actor) -> Visit:
    """The visit by its number, locked for the running command; `Refused` when this actor may not see it."""
    visit = (
        visits_visible_to(by).select_for_update(of=("self",))
        .select_related("file", "branch", "clerk", "claim", "claim__insured", "policy", "visitor").filter(number=number).first()
    )
    if visit is None:
        raise not_found(Words(f"找不到接待 {number}。", f"There is no visit {number}."))
    return visit


def held_visit(number: str, *, station: str, by: Actor) -> Visit:
    """The visit, locked, when this clerk holds it and it stands at `station`; else `Refused` with the way to where it stands."""
    visit = locked_visit(number, by=by)
    must_be_open(visit)
    must_hold(visit, by=by)
    if visit.station != station:
        raise not_here(visit, station)
    return visit


def claim_of(visit: Visit) -> Claim:
    """The claim the visit is about; `Refused` when it has none."""
    if visit.claim is None:
        raise Refused("conflict", Words("这次接待还没有案件", "This visit has no claim yet"), do=Words("请先核对身份、选定保单。", "Establish identity and policy first."))
    return visit.claim


def must_be_open(visit: Visit) -> None:
    """`Refused` when the visit is over."""
    if visit.closed_at is not None:
        raise Refused(
            "conflict", Words(f"接待 {visit.label} 已经结束", f"Visit {visit.label} is over"),
            why=Words(f"{timezone.localtime(visit.closed_at):%Y-%m-%d %H:%M} 送别。", f"Seen off {timezone.localtime(visit.closed_at):%Y-%m-%d %H:%M}."),
            do=Words("客户再来，请重新开始接待。", "If the customer comes again, open a new visit."),
        )


def must_hold(visit: Visit, *, by: Actor) -> None:
    """`Refused`, naming who holds the visit, when it is not this clerk."""
    if by.kind == "system" or visit.clerk_id == by.user_id:
        return
    raise Refused(
        "conflict", Words(f"{visit.label} 由{visit.clerk.name}接待，没有保存", f"{visit.clerk.name_en} holds {visit.label}; nothing was saved"),
        why=Words("一位客户同时只由一位同事接待，话不用说两遍。", "One colleague serves a visitor at a time, so that nothing is said twice."),
        do=Words(f"请{visit.clerk.name}交接给您，或请主管改派。", f"Ask {visit.clerk.name_en} to hand over to you, or the supervisor to reassign it."),
    )


class Standing(Protocol):
    """Anything that says where a visit stands: the row under its lock, or what a door has read."""

    @property
    def number(self) -> str:
        """The visit's number."""

    @property
    def label(self) -> str:
        """What is called aloud."""

    @property
    def purpose(self) -> str:
        """Why the visitor came."""

    @property
    def station(self) -> str:
        """The present station."""


def not_here(visit: Standing, target: str) -> Refused:
    """The refusal of a station that is done already, or not reached: all that lacks, and the way to the present one."""
    present = BY_ID[visit.station]
    ahead = lacking_between(visit.purpose, present=visit.station, target=target)
    if not ahead:
        return Refused(
            "conflict", Words(f"“{BY_ID[target].name.zh}”已经办过，没有再办一次", f"“{BY_ID[target].name.en}” was done already; it was not done twice"),
            why=Words(f"接待 {visit.label} 现在在“{present.name.zh}”。", f"Visit {visit.label} now stands at {present.name.en}."),
            missing=(Missing(Words(f"接着办“{present.name.zh}”", f"Go on with {present.name.en}"), where=("visit_station", (visit.number, visit.station))),),
        )
    return Refused(
        "missing", Words(f"还不能到“{BY_ID[target].name.zh}”，缺 {len(ahead)} 项", f"“{BY_ID[target].name.en}” is not open yet: {len(ahead)} missing"),
        why=Words("您填的都在，没有丢。环节按次序办，一个也不跳过。", "Nothing you entered is lost. The stations come in their order; none is skipped."),
        missing=tuple(_lacking(visit, station) for station in ahead),
    )


def _lacking(visit: Standing, station: Station) -> Missing:
    is_present = station.id == visit.station
    return Missing(
        station.lacking, why=station.why,
        do=Words(f"去“{station.name.zh}”", f"Go to {station.name.en}") if is_present else None,
        where=("visit_station", (visit.number, station.id)) if is_present else None,
    )


def pass_on(visit: Visit, station: str, *, content: dict[str, Any] | None = None, entry: int | None = None) -> int:
    """Write the station down as done and go on to the next; returns the entry's id on the visit's file."""
    made = entry or record(StationPassed(visit=visit.number, station=station, name=BY_ID[station].name), file_id=visit.file_id)
    write_station(visit, station, state="done", content=content or {}, entry=made)
    go_on(visit, station)
    return made


def write_station(visit: Visit, station: str, *, state: str, entry: int, content: dict[str, Any] | None = None, reason: str = "") -> None:
    """The record of a station: done or not applicable; done again after a correction, the newer stands."""
    StationRecord.objects.update_or_create(
        visit=visit, station=station,
        defaults={"state": state, "reason": reason, "content": content or {}, "at": running().at, "entry_id": entry},
    )


def go_on(visit: Visit, station: str) -> None:
    """Let the visit stand at the station after `station`."""
    onward = after(visit.purpose, station)
    visit.station = onward.id if onward else station
    visit.save()


def desk_colleagues(branch_id: int) -> frozenset[int]:
    """Who may take a visit over: working colleagues of the branch's desk."""
    return frozenset(User.objects.filter(branch_id=branch_id, is_working=True, roles__contains=["front_desk"]).values_list("id", flat=True)[:COLLEAGUES_MAX])


def finders(branch_id: int) -> frozenset[int]:
    """Who may be asked to find something out: working colleagues of the branch who handle claims."""
    roles = ["front_desk", "handler", "investigator", "assessor"]
    return frozenset(User.objects.filter(branch_id=branch_id, is_working=True, roles__overlap=roles).values_list("id", flat=True)[:COLLEAGUES_MAX])


def end_of(day: dt.date) -> dt.datetime:
    """The last minute of a local day: something due on a day may still be done on it."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))


def local_day(at: dt.datetime) -> dt.date:
    """The local day of a moment."""
    return timezone.localtime(at).date()
