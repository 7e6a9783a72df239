"""Commands of a ticket: take one, keep an appointment, come back after a missed call, call it off, say that it takes longer."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from lipei.claimfile import moving
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.models import File
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.frontdesk.hall import branch_of, open_appointment, ring_hall
from lipei.frontdesk.line import WAITING_MAX, Line, line_now, waiting_rows
from lipei.frontdesk.models import Appointment, Ticket
from lipei.frontdesk.queue_events import LongerWaitTold, TicketCancelled, TicketReturned, TicketTaken
from lipei.frontdesk.queue_rules import (
    CANCEL_REASONS,
    ERRANDS,
    MAY,
    PRIORITIES,
    QUIET_ERRANDS,
    RETURNS_MAX,
    STATES,
    must_name,
)
from lipei.frontdesk.waiting_rules import promise_kept
from lipei.staff.models import Branch
from lipei.terms.words import Words

CODE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 10
KIOSK_A_MINUTE_MAX = 30
WALK_IN, APPOINTED = "A", "B"


@dataclass(frozen=True, slots=True)
class Given:
    """The ticket in the visitor's hand: its number, what is called aloud, and the code of its own page."""

    number: str
    label: str
    code: str


@command("ticket.take")
def take_ticket(*, purpose: str, key: uuid.UUID, priority: str = "", by: Actor, why: str = "", at: datetime = NOW) -> Given:
    """取号: somebody who came takes a number, at the kiosk or by the clerk's hand; nothing to be proved. The same `key` again is the same ticket."""
    known = Ticket.objects.filter(key=key, branch_id=by.branch_id or 0).first()
    if known is not None:
        return _given(known)
    refuse_if([
        *must_name(purpose, table={e: each.name for e, each in ERRANDS.items()}, field="purpose", missing=Words("还没有选来办什么事", "What you come for was not chosen")),
        *([] if not priority else must_name(priority, table=PRIORITIES, field="priority", missing=Words("没有这种优先的情形", "There is no such priority"))),
    ], Words("还不能出号", "No ticket yet"))
    branch = branch_of(by)
    _must_have_room(branch, by=by, at=at)
    return _given(_new_ticket(branch, key=key, purpose=purpose, priority=priority, by=by, at=at))


@command("ticket.take")
def keep_appointment(code: str, *, key: uuid.UUID, by: Actor, why: str = "", at: datetime = NOW) -> Given:
    """预约的客户到了: their code becomes a ticket that is called near the time agreed. The same `key` again is the same ticket."""
    known = Ticket.objects.filter(key=key, branch_id=by.branch_id or 0).first()
    if known is not None:
        return _given(known)
    branch = branch_of(by)
    appointment = open_appointment(code, branch_id=branch.pk)
    is_today = timezone.localtime(appointment.starts_at).date() == timezone.localtime(at).date()
    refuse_if(
        [] if is_today else [Missing(Words(f"这个预约是 {timezone.localtime(appointment.starts_at):%Y-%m-%d %H:%M}", f"This appointment is on {timezone.localtime(appointment.starts_at):%Y-%m-%d %H:%M}"), field="code")],
        Words("预约不是今天", "The appointment is not today"),
    )
    appointment.state = "kept"
    appointment.save(update_fields=["state"])
    return _given(_new_ticket(branch, key=key, purpose=appointment.purpose, priority=appointment.priority, by=by, at=at, appointment=appointment))


def _given(ticket: Ticket) -> Given:
    return Given(ticket.number, ticket.label, ticket.code)


def _must_have_room(branch: Branch, *, by: Actor, at: datetime) -> None:
    """The kiosk gives no more than a hall can take: so many a minute, so many waiting. A person is always one touch away."""
    is_kiosk = by.kind == "device"
    lately = Ticket.objects.filter(branch=branch, is_from_kiosk=True, taken_at__gt=at - timedelta(minutes=1)).count() if is_kiosk else 0
    if lately < KIOSK_A_MINUTE_MAX and waiting_rows(branch.pk, at=at).count() < WAITING_MAX:
        return
    raise Refused(
        "too_many", Words("这一分钟取号的人多，请稍等半分钟再点", "Many tickets were taken just now; wait half a minute and touch again"),
        do=Words("不想等，就到任何一个柜台说一声，或点“我想请人帮我”。", "Or go to any counter, or ask for a person."),
    )


def _new_ticket(branch: Branch, *, key: uuid.UUID, purpose: str, priority: str, by: Actor, at: datetime, appointment: Appointment | None = None) -> Ticket:
    """The number first: it is given under a lock, so that who comes a moment later counts those before."""
    ticket = numbered(branch, key=key, letter=APPOINTED if appointment else WALK_IN, at=at)
    ticket.purpose, ticket.priority, ticket.appointment = purpose, priority, appointment
    ticket.is_quiet, ticket.is_from_kiosk = purpose in QUIET_ERRANDS, by.kind == "device"
    ticket.save()
    line = line_now(branch.pk, at=at)
    place = [t.pk for t in line.tickets].index(ticket.pk)
    ticket.before, ticket.promised_minutes, ticket.promise_basis = place, line.minutes(place), _basis(line, ticket)
    ticket.save()
    record_taken(ticket)
    ring_hall(branch.pk)
    return ticket


def _basis(line: Line, ticket: Ticket) -> str:
    return line.usual(ticket.purpose).basis


def numbered(branch: Branch, *, key: uuid.UUID, letter: str, at: datetime) -> Ticket:
    """A ticket with the day's next number and a file of its own, not saved yet."""
    day = f"{branch.code}{timezone.localtime(at):%Y%m%d}"
    n = moving.next_number(f"visit {day}")
    number = f"{day}-{n:03d}"
    file = File.objects.create(kind="visit", number=number, opened_at=at)
    code = "".join(secrets.choice(CODE_CHARACTERS) for _ in range(CODE_LENGTH))
    return Ticket(file=file, number=number, key=key, code=code, label=f"{letter}{n:03d}", branch=branch, taken_at=at)


def record_taken(ticket: Ticket) -> None:
    """The entry with which the file of a visit begins."""
    record(
        TicketTaken(ticket=ticket.number, label=ticket.label, purpose=ticket.purpose, priority=ticket.priority, before=ticket.before,
                    promised_minutes=ticket.promised_minutes, basis=ticket.promise_basis),
        file_id=ticket.file_id,
    )


def held_ticket(number: str, *, to: str, by: Actor) -> Ticket:
    """The ticket of this branch, locked, when its state lets it be done `to` (a key of `MAY`); a called one only by who called it."""
    ticket = (
        Ticket.objects.select_for_update(of=("self",)).select_related("clerk", "appointment", "branch").filter(number=number, branch_id=by.branch_id or 0).first()
    )
    if ticket is None:
        raise not_found(Words(f"找不到号 {number}。", f"There is no ticket {number}."))
    if ticket.state not in MAY[to]:
        state = STATES[ticket.state]
        raise Refused(
            "conflict", Words(f"{ticket.label} 现在是“{state.zh}”，没有再做一次", f"{ticket.label} is now “{state.en.lower()}”; nothing was done twice"),
            why=Words("也许另一位同事刚刚办过。", "Perhaps a colleague has just done it."), do=Words("请看一眼现在的名单。", "Look at the list as it is now."),
        )
    if ticket.state == "called" and ticket.clerk_id != by.user_id:
        clerk = ticket.clerk
        assert clerk is not None  # whoever called it
        raise Refused(
            "conflict", Words(f"{ticket.label} 由{clerk.name}叫到 {ticket.counter} 号柜台", f"{clerk.name_en} called {ticket.label} to counter {ticket.counter}"),
            do=Words(f"请和{clerk.name}说一声。", f"Speak with {clerk.name_en}."),
        )
    return ticket


@command("ticket.call")
def return_ticket(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """过号回来: who did not come to the call is here now, and comes after the next one – no new number, no back of the line."""
    ticket = held_ticket(number, to="return", by=by)
    if ticket.returns >= RETURNS_MAX:
        raise Refused(
            "conflict", Words(f"{ticket.label} 已经回来过 {RETURNS_MAX} 次", f"{ticket.label} has come back {RETURNS_MAX} times already"),
            do=Words("请给客户取一个新号，并问问需要什么帮助。", "Take a new ticket for the visitor, and ask what would help."),
        )
    ticket.state, ticket.returned_at, ticket.returns, ticket.for_counter, ticket.clerk, ticket.ended_at = "waiting", at, ticket.returns + 1, 0, None, None
    ticket.save()
    record(TicketReturned(label=ticket.label), file_id=ticket.file_id)
    ring_hall(ticket.branch_id)


@command("ticket.call")
def cancel_ticket(number: str, *, reason: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """销号: the visitor will not wait any longer, for a reason from the list."""
    refuse_if(
        must_name(reason, table=CANCEL_REASONS, field="reason", missing=Words("还没有选为什么不办了", "The reason was not chosen")),
        Words("还不能销号", "The ticket cannot be called off yet"),
    )
    ticket = held_ticket(number, to="cancel", by=by)
    ticket.state, ticket.ended_at, ticket.clerk = "cancelled", at, None
    ticket.save()
    record(TicketCancelled(label=ticket.label, reason=CANCEL_REASONS[reason]), file_id=ticket.file_id)
    ring_hall(ticket.branch_id)


@command("ticket.call")
def tell_longer_wait(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """告诉客户还要等: somebody went over and said so; the page stops asking for it."""
    ticket = held_ticket(number, to="tell", by=by)
    kept = promise_kept(taken_at=ticket.taken_at, minutes=ticket.promised_minutes, called_at=None, now=at)
    ticket.told_at = at
    ticket.save(update_fields=["told_at"])
    record(LongerWaitTold(label=ticket.label, waited=kept.waited, promised=ticket.promised_minutes), file_id=ticket.file_id)
    ring_hall(ticket.branch_id)
