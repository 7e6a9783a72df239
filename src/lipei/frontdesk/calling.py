"""Commands at a counter: call the next, call again, nobody came, send on to another counter. Two presses at once never get the same ticket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.frontdesk.hall import ring_hall, seated_at
from lipei.frontdesk.line import counters_now, hall_now, waiting_of, waiting_rows
from lipei.frontdesk.models import Ticket
from lipei.frontdesk.queue_events import TicketCalled, TicketMissed, TicketTransferred
from lipei.frontdesk.queue_rules import TRANSFER_REASONS, TRANSFERS_MAX, calling_order, may_miss, must_name
from lipei.frontdesk.tickets import held_ticket
from lipei.terms.words import Words

CALLS_MAX = 20


@dataclass(frozen=True, slots=True)
class Called:
    """Who was called: the ticket's number and label, and whether somebody must fetch them from the quiet room."""

    number: str
    label: str
    is_quiet: bool


@command("ticket.call")
def call_next(*, counter: int, by: Actor, why: str = "", at: datetime = NOW) -> Called | None:
    """叫下一位: the first of the line for this counter; None when nobody waits. Pressed again before they came, it is the same one."""
    seated_at(counter, by=by, at=at)
    present = Ticket.objects.filter(clerk_id=by.staff_id, state="called").first()
    if present is not None:
        return Called(present.number, present.label, present.is_quiet)
    ticket = _first_free(by.branch_id or 0, counter=counter, at=at)
    ring_hall(by.branch_id or 0)  # that a counter has opened changes the times told, even when nobody waits
    if ticket is None:
        return None
    ticket.state, ticket.counter, ticket.clerk_id, ticket.calls = "called", counter, by.staff_id, 1
    ticket.called_at = ticket.announced_at = at
    ticket.first_called_at = ticket.first_called_at or at
    ticket.save()
    record(TicketCalled(label=ticket.label, counter=counter, time=1), file_id=ticket.file_id)
    return Called(ticket.number, ticket.label, ticket.is_quiet)


def _first_free(branch_id: int, *, counter: int, at: datetime) -> Ticket | None:
    """The first of the line that no other press holds at this moment, locked; one that is held is being called by a colleague."""
    hall = hall_now(branch_id, at=at, counters=counters_now(branch_id, at=at))
    for one in calling_order(map(waiting_of, waiting_rows(branch_id, at=at)), hall=hall, counter=counter):
        ticket = Ticket.objects.select_for_update(skip_locked=True, of=("self",)).filter(id=one.ticket, state="waiting").first()
        if ticket is not None:
            return ticket
    return None


@command("ticket.call")
def call_again(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """再叫一次: the same number to the same counter."""
    ticket = held_ticket(number, to="recall", by=by)
    if ticket.calls >= CALLS_MAX:
        raise Refused("conflict", Words(f"{ticket.label} 已经叫了 {ticket.calls} 次", f"{ticket.label} was called {ticket.calls} times"),
                      do=Words("请记“没有来”，客户回来再排在下一位之后。", "Note that nobody came; who comes back follows the next visitor."))
    ticket.calls, ticket.announced_at = ticket.calls + 1, at
    ticket.save(update_fields=["calls", "announced_at"])
    record(TicketCalled(label=ticket.label, counter=ticket.counter, time=ticket.calls), file_id=ticket.file_id)
    ring_hall(ticket.branch_id)


@command("ticket.call")
def note_missed(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """没有来: after the third call the next may be called; who comes back later is taken in again."""
    ticket = held_ticket(number, to="miss", by=by)
    refuse_if(may_miss(ticket.calls), Words(f"还不能记 {ticket.label} 没有来", f"{ticket.label} cannot be noted as missed yet"))
    ticket.state, ticket.ended_at, ticket.clerk = "missed", at, None
    ticket.save()
    record(TicketMissed(label=ticket.label, calls=ticket.calls), file_id=ticket.file_id)
    ring_hall(ticket.branch_id)


@command("ticket.call")
def transfer_ticket(number: str, *, counter: int, reason: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """转柜台: to another open counter, which calls them before all others; or to the quiet room, whence any colleague fetches them."""
    ticket = held_ticket(number, to="transfer", by=by)
    faults = must_name(reason, table=TRANSFER_REASONS, field="reason", missing=Words("还没有选为什么转", "The reason was not chosen"))
    others = counters_now(ticket.branch_id, at=at).open - {ticket.counter}
    is_quiet = reason == "quiet_room"
    if not is_quiet and counter not in others:
        faults.append(Missing(Words("还没有选开着的另一个柜台", "Another open counter was not chosen"), field="counter"))
    if ticket.transfers >= TRANSFERS_MAX:
        faults.append(Missing(Words(f"{ticket.label} 已经转了 {TRANSFERS_MAX} 次，请就在这里接待", f"{ticket.label} was sent on {TRANSFERS_MAX} times; serve them here")))
    refuse_if(faults, Words(f"还不能转 {ticket.label}", f"{ticket.label} cannot be sent on yet"))
    to = counter if counter in others else 0
    ticket.state, ticket.for_counter, ticket.clerk, ticket.counter, ticket.transfers = "waiting", to, None, 0, ticket.transfers + 1
    ticket.is_quiet = ticket.is_quiet or is_quiet
    ticket.save()
    record(TicketTransferred(label=ticket.label, counter=to, reason=TRANSFER_REASONS[reason]), file_id=ticket.file_id)
    ring_hall(ticket.branch_id)
