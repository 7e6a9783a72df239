"""Commands of a complaint: open it once for what was heard, take it on, give it to another, write down what was found out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from lipei.claimfile import moving
from lipei.claimfile.models import Claim
from lipei.claimfile.words import MATTERS
from lipei.complaints.events import (
    ComplainantReached,
    ComplaintGiven,
    ComplaintNoted,
    ComplaintOpened,
    ComplaintTakenOn,
)
from lipei.complaints.models import Complaint
from lipei.complaints.rules import Officer, may_look_after, must_hold_note, who_takes
from lipei.complaints.visibility import complaints_visible_to
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.models import File
from lipei.filing.recording import record
from lipei.filing.refusal import Refused, not_found, refuse_if
from lipei.privacy.cipher import keyring
from lipei.staff.models import Branch, User
from lipei.staff.queries import working
from lipei.terms.words import Words

REACH = "complaint.reach"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintData:
    """A complaint as it was heard: `heard` is the entry that says so, `reach` a phone number or address in the clear."""

    heard: int
    visit: str
    branch_id: int
    taken_by: int | None
    against: int | None
    claim: str
    complainant: str
    about: str
    matter: str
    wish: str
    words: str
    answer_by: str
    reach: str
    received_at: datetime


@command("complaint.open")
def open_complaint(data: ComplaintData, *, by: Actor, why: str = "", at: datetime = NOW) -> str:
    """受理: a complaint with its own file and owner; its clock runs from when it was heard. Returns its number; the same entry again, the same one."""
    _one_at_a_time(data.heard)
    known = Complaint.objects.filter(heard_id=data.heard).first()
    if known is not None:
        return known.number
    branch = Branch.objects.get(id=data.branch_id)
    series = f"TS-{branch.code}-{timezone.localtime(at).year}"
    number = f"{series}-{moving.next_number(series):06d}"
    file = File.objects.create(kind="complaint", number=number, opened_at=at)
    owner = _owner_for(data, at=at)
    Complaint.objects.create(
        file=file, number=number, heard_id=data.heard, visit_number=data.visit, branch=branch,
        claim=Claim.objects.filter(number=data.claim).first() if data.claim else None, complainant=data.complainant, about=data.about,
        against_id=data.against, matter=data.matter, wish=data.wish, words=data.words, answer_by=data.answer_by,
        reach=keyring().seal(data.reach, purpose=REACH) if data.reach else None, reach_tail=data.reach[-4:], taken_by_id=data.taken_by,
        owner=owner, received_at=data.received_at,
    )
    record(ComplaintOpened(number=number, visit=data.visit, about=MATTERS[data.about], complainant=data.complainant, matter=data.matter), file_id=file.id)
    if owner is not None:
        record(ComplaintGiven(to=Words(owner.name, owner.name_en)), file_id=file.id)
    return number


def _one_at_a_time(heard: int) -> None:
    """The door and the follower may come in the same moment: the second waits until the first has written, then finds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [heard])


def _owner_for(data: ComplaintData, *, at: datetime) -> User | None:
    rows = working(timezone.localtime(at).date(), role="complaint_officer").annotate(n=Count("complaints", filter=Q(complaints__state__in=("received", "in_hand"))))
    users = {user.pk: user for user in rows}
    officers = [Officer(user.pk, user.branch_id, user.n) for user in users.values()]
    without = frozenset(u for u in (data.against, data.taken_by) if u)
    chosen = who_takes(officers, branch_id=data.branch_id, without=without)
    return users[chosen] if chosen is not None else None


def _locked(number: str, *, by: Actor) -> Complaint:
    found = complaints_visible_to(by).select_for_update(of=("self",)).select_related("owner").filter(number=number).first()
    if found is None:
        raise not_found(Words(f"找不到投诉 {number}。", f"There is no complaint {number}."))
    return found


@command("complaint.take_on")
def take_on_complaint(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """接手: the officer begins to look into it; one without an owner becomes theirs."""
    complaint = _locked(number, by=by)
    if complaint.state == "in_hand" and complaint.owner_id == by.user_id:
        return
    if complaint.owner is not None and complaint.owner_id != by.user_id:
        raise Refused("conflict", Words(f"这件由{complaint.owner.name}负责", f"{complaint.owner.name_en} looks after this one"),
                      do=Words("需要换人，请写明理由改派。", "To change that, give it to another with a reason."))
    faults = may_look_after(user_id=by.staff_id, officers=frozenset({by.staff_id}), against=complaint.against_id, taken_by=complaint.taken_by_id, why="-")
    refuse_if(faults, Words("还不能接手", "It cannot be taken on"))
    complaint.owner_id, complaint.state = by.staff_id, "in_hand"
    complaint.save(update_fields=["owner", "state"])
    user = User.objects.get(id=by.staff_id)
    record(ComplaintTakenOn(who=Words(user.name, user.name_en)), file_id=complaint.file_id)


@command("complaint.assign")
def give_complaint(number: str, *, user_id: int, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """改派: another officer looks after it, with the reason."""
    complaint = _locked(number, by=by)
    officers = frozenset(working(timezone.localtime(at).date(), role="complaint_officer").values_list("id", flat=True))
    faults = may_look_after(user_id=user_id, officers=officers, against=complaint.against_id, taken_by=complaint.taken_by_id, why=why)
    refuse_if(faults, Words("还不能改派", "It cannot be given to another yet"))
    user = User.objects.get(id=user_id)
    complaint.owner, complaint.state = user, "received"
    complaint.save(update_fields=["owner", "state"])
    record(ComplaintGiven(to=Words(user.name, user.name_en)), file_id=complaint.file_id)


@command("complaint.note")
def note_complaint(number: str, *, text: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """写记录: what was found out or said; the complainant may read it."""
    complaint = _locked(number, by=by)
    refuse_if(must_hold_note(text), Words("这条记录还不能保存", "This note cannot be saved yet"))
    record(ComplaintNoted(text=text.strip()), file_id=complaint.file_id)


@command("complaint.note")
def reach_complainant(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> str:
    """看联系方式: the phone number or address in the clear; who looked stands in the file."""
    complaint = _locked(number, by=by)
    if not complaint.reach:
        raise not_found(Words("没有留联系方式，答复在柜台当面说。", "No contact was left; the answer is given at the counter."))
    record(ComplainantReached(), file_id=complaint.file_id)
    return keyring().open(complaint.reach, purpose=REACH)
