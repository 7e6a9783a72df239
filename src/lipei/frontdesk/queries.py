"""What doors may ask about visits: the day's list, one visit with its stations, and what was told at each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from lipei.claimfile.models import Claim, Fact, LossItem, Party
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.frontdesk.holding import desk_colleagues, not_here, visits_visible_to
from lipei.frontdesk.identity_rules import AUTHORITIES, CAPACITIES, DOCUMENTS
from lipei.frontdesk.models import Consent, Visit
from lipei.frontdesk.screens import ScreenSeen, screen_of_visit, screen_seen
from lipei.frontdesk.stations import BY_ID, PURPOSES, SITUATIONS, position, stations_of
from lipei.frontdesk.visitor_answers import AnswerSeen, answers_of_visit, ever_marked, last_answers
from lipei.policies.models import Policy
from lipei.policies.queries import edition_of_policy
from lipei.privacy.masking import DOT
from lipei.staff.models import User
from lipei.staff.roles import BY_ID as ROLES
from lipei.terms.edition import Edition
from lipei.terms.words import Words

VISITS_MAX = 100


@dataclass(frozen=True, slots=True)
class StationSeen:
    """One station of the bar: done, now, not applicable (with its reason), or still to come."""

    id: str
    name: Words
    state: str
    reason: Words | None = None
    content: dict[str, Any] = field(default_factory=dict)
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """Who was established, numbers masked; `party_id` and a field name reveal one for a purpose."""

    party_id: int
    name: str
    capacity: Words
    relation: str
    document: Words
    identity_masked: str
    identity_last: str
    phone_masked: str
    phone_last: str
    authority: Words | None


@dataclass(frozen=True, slots=True)
class PolicySeen:
    """The policy the visit is about, once identity is established."""

    number: str
    title: Words
    insured: str
    holder: str
    born_on: dt.date | None
    from_date: dt.date
    to_date: dt.date
    edition: Edition | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """A colleague as a choice: who finds out, who takes over."""

    id: int
    name: str
    name_en: str
    role: Words


@dataclass(frozen=True, slots=True)
class VisitSeen:
    """One visit as its pages show it.

    `screen`: the screen of the visitor's that is open for it; `answers`: what they last said there, point by point; `marked`: what of the
    explanation they ever marked there as not clear; `is_health_closed`: consent to health data was refused or withdrawn.
    """

    number: str
    label: str
    branch: Words
    branch_id: int
    branch_phone: str
    branch_address: Words
    counter: int
    clerk_id: int
    clerk: Words
    extension: str
    purpose: str
    situation: str
    station: str
    address: str
    visitor: PersonSeen | None
    policy: PolicySeen | None
    claim_number: str
    claim_stage: str
    line: str
    requested_at: dt.datetime | None
    first_asked_id: int | None
    first_asked: Words | None
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    status_code: str
    stations: tuple[StationSeen, ...]
    screen: ScreenSeen | None
    answers: dict[str, AnswerSeen]
    marked: frozenset[str]
    is_health_closed: bool

    def station_of(self, station: str) -> StationSeen | None:
        """The seen station by its id."""
        return next((s for s in self.stations if s.id == station), None)


def visit_of(number: str, *, actor: Actor) -> VisitSeen:
    """A visit by its number; `Refused` (not found) when this actor may not see it."""
    visit = (
        visits_visible_to(actor)
        .select_related("branch", "clerk", "visitor", "policy", "claim", "claim__insured", "claim__first_asked").prefetch_related("stations")
        .annotate(
            screen_now=screen_of_visit(), said=answers_of_visit(), is_health_closed=Exists(closed_to_health(claim=OuterRef("claim"))),
        )
        .filter(number=number).first()
    )
    if visit is None:
        raise not_found(Words(f"找不到接待 {number}。", f"There is no visit {number}."))
    return _seen(visit)


def closed_to_health(**of: Any) -> QuerySet[Consent]:
    """The refusals and withdrawals that close a claim to health data: while one is current, nothing of the kind is taken."""
    return Consent.objects.filter(~Q(answer="given") | Q(withdrawn_at__isnull=False), kind="health", is_current=True, **of)


def _seen(visit: Any) -> VisitSeen:
    claim = visit.claim
    asked = claim.first_asked if claim else None
    return VisitSeen(
        number=visit.number, label=visit.label, branch=Words(visit.branch.name_zh, visit.branch.name_en), branch_id=visit.branch_id,
        branch_phone=visit.branch.phone, branch_address=Words(visit.branch.address_zh, visit.branch.address_en), counter=visit.counter,
        clerk_id=visit.clerk_id, clerk=Words(visit.clerk.name, visit.clerk.name_en), extension=visit.clerk.extension, purpose=visit.purpose,
        situation=visit.situation, station=visit.station, address=visit.visitor_name, visitor=_person(visit.visitor, visit),
        policy=_policy(visit.policy, claim), claim_number=claim.number if claim else "", claim_stage=claim.stage if claim else "",
        line=claim.line if claim else "", requested_at=claim.requested_at if claim else None,
        first_asked_id=asked.pk if asked else None, first_asked=Words(asked.name, asked.name_en) if asked else None,
        opened_at=visit.opened_at, closed_at=visit.closed_at, status_code=visit.status_code, stations=_stations(visit),
        screen=screen_seen(visit.screen_now), answers=last_answers(visit.said), marked=ever_marked(visit.said), is_health_closed=visit.is_health_closed,
    )


def _stations(visit: Visit) -> tuple[StationSeen, ...]:
    records = {r.station: r for r in visit.stations.all()}
    present = position(visit.purpose, visit.station)
    seen = []
    for n, station in enumerate(stations_of(visit.purpose)):
        record = records.get(station.id)
        is_over = visit.closed_at is not None
        state = "now" if n == present and not is_over else "done" if n < present or (n == present and is_over) else ""
        reason = None
        if record is not None and record.state == "not_applicable" and state == "done":
            state = "na"
            reason = next((r.name for r in station.reasons if r.id == record.reason), None)
        seen.append(StationSeen(station.id, station.name, state, reason, record.content if record else {}, record.at if record else None))
    return tuple(seen)


def _person(party: Party | None, visit: Visit) -> PersonSeen | None:
    if party is None:
        return None
    return PersonSeen(
        party_id=party.pk, name=party.name, capacity=CAPACITIES[party.role] if party.role in CAPACITIES else SITUATIONS[visit.situation],
        relation=party.relation, document=DOCUMENTS.get(party.identity_kind, DOCUMENTS["id_card"]),
        identity_masked=DOT * 10 + party.identity_tail, identity_last=party.identity_tail,
        phone_masked=DOT * 7 + party.phone_tail if party.phone_tail else "", phone_last=party.phone_tail,
        authority=AUTHORITIES.get(party.authority),
    )


def _policy(policy: Policy | None, claim: Claim | None) -> PolicySeen | None:
    if policy is None:
        return None
    edition = edition_of_policy(policy)
    insured = claim.insured if claim else None
    return PolicySeen(
        number=policy.number, title=edition.title if edition else Words(policy.product_code, policy.product_code),
        insured=insured.name if insured else "", holder=policy.holder_name, born_on=insured.born_on if insured else None,
        from_date=policy.from_date, to_date=policy.to_date, edition=edition,
    )


def must_be_open_for(visit: VisitSeen, station: str) -> None:
    """`Refused` when a station lies ahead of where the visit stands, or is not one of its purpose: all that lacks at once."""
    at = position(visit.purpose, station)
    if station not in BY_ID or at < 0:
        raise not_found(Words("这次来访没有这个环节。", "This visit has no such station."))
    if at > position(visit.purpose, visit.station):
        raise not_here(visit, station)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit in the day's list; names only of the clerk, never of the visitor."""

    number: str
    label: str
    counter: int
    clerk: Words
    clerk_id: int
    purpose: Words | None
    station: Words
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    claim_number: str


def visits_today(*, actor: Actor, at: dt.datetime) -> tuple[VisitRow, ...]:
    """Today's visits and those still open from before: open ones first, the newest first."""
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = visits_visible_to(actor).select_related("clerk", "claim")
    wanted = rows.filter(Q(closed_at=None, branch_id=actor.branch_id or 0) | Q(opened_at__gte=start, closed_at__isnull=False))
    open_first = Case(When(closed_at=None, then=0), default=1)
    return tuple(
        VisitRow(
            number=v.number, label=v.label, counter=v.counter, clerk=Words(v.clerk.name, v.clerk.name_en), clerk_id=v.clerk_id,
            purpose=PURPOSES[v.purpose].name if v.purpose else None, station=BY_ID[v.station].name, opened_at=v.opened_at,
            closed_at=v.closed_at, claim_number=v.claim.number if v.claim else "",
        )
        for v in wanted.order_by(open_first, "-opened_at")[: 2 * VISITS_MAX]
    )


def last_counter(*, actor: Actor) -> int:
    """The counter this clerk used last; 1 when there was none."""
    found = Visit.objects.filter(clerk_id=actor.user_id).order_by("-opened_at").values_list("counter", flat=True).first()
    return found or 1


@dataclass(frozen=True, slots=True)
class FactTold:
    """One answer on file, or who finds it out by when."""

    name: str
    is_known: bool
    value: str
    said_by: str
    at: dt.datetime | None
    who_id: int | None
    who: Words | None
    due: dt.date | None


def facts_told(claim_number: str, *, actor: Actor) -> dict[str, FactTold]:
    """The current answers of the claim's talk, by the name of the question."""
    if not claim_number:
        return {}
    rows = Fact.objects.select_related("task__user").filter(
        claim__number=claim_number, is_current=True, claim__visits__in=visits_visible_to(actor)
    ).distinct()
    return {row.name: _fact(row) for row in rows}


def _fact(row: Fact) -> FactTold:
    task = row.task if row.state == "unknown" else None
    user = task.user if task else None
    return FactTold(
        name=row.name, is_known=row.state == "known", value=str(row.value) if row.state == "known" else "", said_by=row.said_by, at=row.valid_at,
        who_id=user.pk if user else None, who=Words(user.name, user.name_en) if user else None,
        due=timezone.localtime(task.due_at).date() if task else None,
    )


@dataclass(frozen=True, slots=True)
class ItemAsked:
    """One item as claimed (fen)."""

    number: int
    category: str
    label: str
    days: int | None
    claimed: int
    source: str


def items_asked(claim_number: str, *, actor: Actor) -> tuple[ItemAsked, ...]:
    """The items the claimant has asked for so far, in order."""
    rows = LossItem.objects.filter(claim__number=claim_number, claim__visits__in=visits_visible_to(actor)).distinct().order_by("number")
    return tuple(ItemAsked(r.number, r.category, r.label, r.days, r.claimed, r.source) for r in rows)


def who_finds_out(branch_id: int) -> tuple[Colleague, ...]:
    """Colleagues of the branch who may be asked to find something out, handlers first."""
    roles = ["handler", "front_desk", "investigator", "assessor"]
    users = User.objects.filter(branch_id=branch_id, is_working=True, roles__overlap=roles).order_by("number")
    found = [Colleague(u.pk, u.name, u.name_en, ROLES[u.roles[0]].name) for u in users if u.roles]
    return tuple(sorted(found, key=lambda c: c.role != ROLES["handler"].name))


def who_takes_over(visit: VisitSeen) -> tuple[Colleague, ...]:
    """Colleagues of the desk who may go on with a visit."""
    ids = desk_colleagues(visit.branch_id) - {visit.clerk_id}
    return tuple(Colleague(u.pk, u.name, u.name_en, ROLES["front_desk"].name) for u in User.objects.filter(id__in=ids).order_by("number"))


def present_visit_of(claim_number: str, *, actor: Actor) -> str:
    """The number of the claim's latest visit, open ones first; empty when it has none this actor may see."""
    rows = visits_visible_to(actor).filter(claim__number=claim_number)
    found = rows.filter(closed_at=None).order_by("-opened_at").first() or rows.order_by("-opened_at").first()
    return found.number if found else ""
