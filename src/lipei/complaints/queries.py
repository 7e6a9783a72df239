"""What doors may ask about complaints: the list, one with its legal clock and time line, and the one a visit brought."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from lipei.claimfile.clock_faces import ClockFace, face_of
from lipei.claimfile.diary import law
from lipei.claimfile.time_line import EntryShown, entry_shown, with_latin_names
from lipei.claimfile.words import ANSWER_BY, MATTERS
from lipei.clocks.due import most_urgent, readings
from lipei.clocks.events import Event
from lipei.clocks.reading import Reading
from lipei.complaints.models import Complaint
from lipei.complaints.rules import CHANNELS, STATES
from lipei.complaints.visibility import complaints_visible_to
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.privacy.masking import DOT
from lipei.staff.models import User
from lipei.staff.queries import working
from lipei.terms.words import Words

ROWS_MAX = 50
ENTRIES_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """A complaint in a list, with the clock that is due first."""

    number: str
    about: Words
    matter: str
    complainant: str
    owner: Words | None
    is_mine: bool
    state: Words
    received_at: dt.datetime
    clock: ClockFace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockShown:
    """A legal clock with what the law says and how sure we are of it."""

    face: ClockFace
    sentence: Words
    citation: Words
    words: str
    grade: str
    note: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintSeen:
    """One complaint as its page shows it; how to reach the complainant is masked."""

    number: str
    row: ComplaintRow
    channel: Words
    wish: str
    words: str
    against: Words | None
    answer_by: Words
    reach_masked: str
    branch: Words
    branch_phone: str
    visit: str
    claim: str
    taken_by: Words | None
    owner_id: int | None
    owner_extension: str
    state: str
    clocks: tuple[ClockShown, ...]
    history: tuple[EntryShown, ...]


def _names(user: User | None) -> Words | None:
    return Words(user.name, user.name_en) if user else None


def _readings(complaint: Complaint, *, at: dt.datetime) -> tuple[Reading, ...]:
    """Every clock that a received complaint starts, by the law of the place; the moment it was heard counts."""
    events = [Event("complaint_received", complaint.received_at)]
    return tuple(r for r in readings(law(at), events=events, at=at, line="") if r.id.startswith("complaint"))


def _row(complaint: Complaint, *, actor: Actor, at: dt.datetime) -> ComplaintRow:
    urgent = most_urgent(_readings(complaint, at=at))
    return ComplaintRow(
        number=complaint.number, about=MATTERS[complaint.about], matter=complaint.matter, complainant=complaint.complainant,
        owner=_names(complaint.owner), is_mine=complaint.owner_id == actor.user_id, state=STATES[complaint.state],
        received_at=complaint.received_at, clock=face_of(urgent) if urgent else None,
    )


def complaints_of(*, actor: Actor, at: dt.datetime, mine: bool = False) -> tuple[ComplaintRow, ...]:
    """Complaints this actor sees, received first stands first; `mine`: only those in their own hands. At most `ROWS_MAX`."""
    rows = complaints_visible_to(actor).select_related("owner").order_by("received_at", "id")
    if mine:
        rows = rows.filter(owner_id=actor.user_id)
    return tuple(_row(row, actor=actor, at=at) for row in rows[:ROWS_MAX])


def complaint_of(number: str, *, actor: Actor, at: dt.datetime) -> ComplaintSeen:
    """One complaint; `Refused` when this actor may not see it."""
    rows = complaints_visible_to(actor).select_related("owner", "branch", "claim", "against", "taken_by", "file")
    complaint = rows.filter(number=number).first()
    if complaint is None:
        raise not_found(Words(f"找不到投诉 {number}。", f"There is no complaint {number}."))
    entries = with_latin_names(complaint.file.entries).order_by("-number")[:ENTRIES_MAX]
    owner = complaint.owner
    return ComplaintSeen(
        number=number, row=_row(complaint, actor=actor, at=at), channel=CHANNELS[complaint.channel], wish=complaint.wish, words=complaint.words,
        against=_names(complaint.against), answer_by=ANSWER_BY[complaint.answer_by],
        reach_masked=DOT * 7 + complaint.reach_tail if complaint.reach_tail else "",
        branch=Words(complaint.branch.name_zh, complaint.branch.name_en), branch_phone=complaint.branch.phone, visit=complaint.visit_number,
        claim=complaint.claim.number if complaint.claim else "", taken_by=_names(complaint.taken_by), owner_id=complaint.owner_id,
        owner_extension=owner.extension if owner else "", state=complaint.state,
        clocks=tuple(_clock(r) for r in _readings(complaint, at=at) if r.is_open), history=tuple(entry_shown(e) for e in entries),
    )


def _clock(reading: Reading) -> ClockShown:
    source = reading.clock.source
    return ClockShown(face=face_of(reading), sentence=reading.sentence, citation=source.citation, words=source.words, grade=source.grade, note=source.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintReceipt:
    """What the complainant takes home: number, person with phone, and the day of the answer at the latest with the rule it follows from."""

    number: str
    received_on: dt.date
    owner: Words | None
    phone: str
    extension: str
    answer_on: dt.date | None
    rule: Words | None
    is_seen: bool


def complaint_of_visit(visit: str, *, actor: Actor, at: dt.datetime) -> ComplaintReceipt | None:
    """The complaint a visit brought, for its receipt; None when it brought none.

    Whoever holds the visit may hand over the receipt, also where the complaint itself is not theirs to read (`is_seen`).
    """
    complaint = Complaint.objects.select_related("owner", "branch").filter(visit_number=visit).first() if visit else None
    if complaint is None:
        return None
    open_now = [r for r in _readings(complaint, at=at) if r.is_open and r.due_day]
    owner = complaint.owner
    return ComplaintReceipt(
        number=complaint.number, received_on=timezone.localtime(complaint.received_at).date(), owner=_names(owner), phone=complaint.branch.phone, extension=owner.extension if owner else "",
        answer_on=open_now[0].due_day if open_now else None, rule=open_now[0].clock.source.citation if open_now else None, is_seen=complaints_visible_to(actor).filter(pk=complaint.pk).exists(),
    )


def officers(*, at: dt.datetime, without: int) -> tuple[tuple[int, Words], ...]:
    """Complaint officers who work today, but for the present owner."""
    rows = working(timezone.localtime(at).date(), role="complaint_officer").exclude(id=without)
    return tuple((u.pk, Words(u.name, u.name_en)) for u in rows)
