"""A complaint heard at the counter becomes a complaint with its own file: from the entry, at once by the door and surely by the follower."""

from __future__ import annotations

import json

from lipei.complaints.commands import ComplaintData, open_complaint
from lipei.filing.actor import Actor
from lipei.filing.command import CLOCK_TOLERANCE, NOW
from lipei.filing.models import Entry
from lipei.filing.recording import personal_of

HEARD = "complaint_heard"


def open_heard_complaint(entry_id: int, *, by: Actor) -> str:
    """Open the complaint an entry tells of; returns its number. Whoever comes second finds it opened."""
    entry = Entry.objects.get(id=entry_id, kind=HEARD)
    told = {**json.loads(entry.plain), **(personal_of(entry) or {})}
    data = ComplaintData(
        heard=entry.pk, visit=told["visit"], branch_id=told["branch_id"], taken_by=told["clerk_id"] or None, against=told["against_id"] or None,
        claim=told["claim"], complainant=told["complainant"], about=told["about"], matter=told["matter"], wish=told["wish"],
        words=told["words"], answer_by=told["answer_by"], reach=told["reach"], received_at=entry.at,
    )
    return open_complaint(data, by=by, at=entry.at if abs(entry.at - entry.recorded_at) > CLOCK_TOLERANCE else NOW)


def open_complaint_of_visit(visit: str, *, by: Actor) -> str:
    """Open what the visit's last such entry tells of; for the door, so that the next page has the number."""
    entry = Entry.objects.filter(file__number=visit, kind=HEARD).order_by("-number").first()
    return open_heard_complaint(entry.pk, by=by) if entry else ""
