"""Commands by which a visit begins: the called visitor sits down; or somebody just stands there, and ticket and visit are made in one press."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime

from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, not_permitted, refuse_if
from lipei.frontdesk.events import VisitOpened
from lipei.frontdesk.hall import ring_hall
from lipei.frontdesk.models import Ticket, Visit
from lipei.frontdesk.rules import COUNTERS_MAX
from lipei.frontdesk.shift import end_break
from lipei.frontdesk.stations import PURPOSES
from lipei.frontdesk.tickets import WALK_IN, held_ticket, numbered, record_taken
from lipei.staff.models import Branch
from lipei.terms.words import Words

STATUS_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
STATUS_GROUPS, STATUS_GROUP_CHARACTERS = 3, 4


@command("visit.open")
def open_visit(*, counter: int, key: uuid.UUID, by: Actor, why: str = "", at: datetime = NOW) -> str:
    """Somebody just stands at the counter: ticket and visit in one press; returns the number of both. The same `key` again is the same visit."""
    if by.user_id is None or by.branch_id is None:
        raise not_permitted(Words("只有柜台的同事能开始接待。", "Only a colleague at a counter opens a visit."),
                            who=Words("前台的同事可以。", "A colleague of the front desk may."))
    known = Visit.objects.filter(key=key, clerk_id=by.user_id).first()
    if known is not None:
        return known.number
    refuse_if(
        [] if 1 <= counter <= COUNTERS_MAX else [Missing(Words(f"没有 {counter} 号柜台", f"There is no counter {counter}"), field="counter")],
        Words("还不能开始接待", "The visit cannot be opened yet"),
    )
    ticket = numbered(Branch.objects.get(id=by.branch_id), key=key, letter=WALK_IN, at=at)
    ticket.counter, ticket.calls, ticket.clerk_id = counter, 1, by.user_id
    ticket.first_called_at = ticket.called_at = at
    record_taken(ticket)
    return _seat(ticket, by=by, at=at)


@command("visit.open")
def seat_visitor(ticket: str, *, by: Actor, why: str = "", at: datetime = NOW) -> str:
    """The called visitor has come: their visit begins on the ticket's own file; returns its number. Pressed again, it is the same visit."""
    known = Visit.objects.filter(number=ticket, clerk_id=by.staff_id, closed_at=None).first()
    if known is not None:
        return known.number
    return _seat(held_ticket(ticket, to="seat", by=by), by=by, at=at)


def _seat(ticket: Ticket, *, by: Actor, at: datetime) -> str:
    assert ticket.clerk_id is not None  # whoever called them, or received them without a call
    visit = Visit.objects.create(
        file=ticket.file, number=ticket.number, key=ticket.key, label=ticket.label, branch=ticket.branch, counter=ticket.counter, clerk_id=ticket.clerk_id,
        purpose=ticket.purpose if ticket.purpose in PURPOSES else "", situation="elderly" if ticket.priority == "elderly" else "first_visit",
        opened_at=at, status_code=_status_code(),
    )
    ticket.state, ticket.visit, ticket.ended_at = "seated", visit, at
    ticket.save()
    record(VisitOpened(visit=visit.number, label=visit.label, counter=visit.counter), file_id=ticket.file_id)
    end_break(by=by)
    ring_hall(ticket.branch_id)
    return visit.number


def _status_code() -> str:
    """The code on the receipt, `7KQ4-M2PD-9XWA`: without letters that are mistaken for digits."""
    return "-".join("".join(secrets.choice(STATUS_LETTERS) for _ in range(STATUS_GROUP_CHARACTERS)) for _ in range(STATUS_GROUPS))
