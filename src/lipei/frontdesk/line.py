"""The line of a branch as it stands: who waits, what the order depends on, and how long the next one will wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import CharField, QuerySet, Value
from django.utils import timezone

from lipei.frontdesk.models import CounterSession, Ticket
from lipei.frontdesk.queue_rules import FIRST_IN_A_ROW_MAX, Hall, Waiting, calling_order
from lipei.frontdesk.waiting_rules import Served, UsualTime, minutes_to_wait, usual_time

WAITING_MAX = 300
PAST_DAYS = 28
PAST_VISITS_MAX = 500


def start_of_day(at: dt.datetime) -> dt.datetime:
    """Local midnight before a moment: the line begins anew each day."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def waiting_rows(branch_id: int, *, at: dt.datetime) -> QuerySet[Ticket]:
    """The tickets of the day that wait, at most `WAITING_MAX`; nobody waits over night."""
    rows = Ticket.objects.filter(branch_id=branch_id, state="waiting", taken_at__gte=start_of_day(at))
    return rows.select_related("appointment").order_by("id")[:WAITING_MAX]


def waiting_of(ticket: Ticket) -> Waiting:
    """A ticket as the order looks at it."""
    return Waiting(
        ticket=ticket.pk, since=ticket.taken_at, goes_first=bool(ticket.priority), due_at=ticket.appointment.starts_at if ticket.appointment else None,
        for_counter=ticket.for_counter, returned_at=ticket.returned_at,
    )


@dataclass(frozen=True, slots=True)
class Counters:
    """The counters of a branch now: which are open, and the purposes being served at those that are busy."""

    open: frozenset[int]
    busy: dict[int, str]

    @property
    def is_one_free(self) -> bool:
        """Whether somebody could be called at once."""
        return bool(self.open - set(self.busy))


def counters_now(branch_id: int, *, at: dt.datetime) -> Counters:
    """Open are the counters where a colleague has sat down, or serves somebody, to-day."""
    start = start_of_day(at)
    sat = CounterSession.objects.filter(branch_id=branch_id, closed_at=None, opened_at__gte=start).values_list("counter", Value("", CharField()), Value(0))
    today = Ticket.objects.filter(branch_id=branch_id, taken_at__gte=start)
    called = today.filter(state="called").values_list("counter", "purpose", Value(1))
    served = today.filter(state="seated", visit__closed_at=None).values_list("visit__counter", "visit__purpose", Value(1))
    rows = list(sat.union(called, served))
    return Counters(frozenset(c for c, _, _ in rows), {c: purpose for c, purpose, is_busy in rows if is_busy})


def hall_now(branch_id: int, *, at: dt.datetime, counters: Counters) -> Hall:
    """What the order depends on besides the tickets."""
    last = Ticket.objects.filter(branch_id=branch_id, called_at__gte=start_of_day(at)).order_by("-called_at", "-id")
    return hall_of(last.values_list("called_at", "priority", "appointment_id")[:FIRST_IN_A_ROW_MAX], at=at, counters=counters)


def hall_of(last: Iterable[tuple[dt.datetime | None, str, int | None]], *, at: dt.datetime, counters: Counters) -> Hall:
    """The same from the last calls when they were read already, newest first: called at, priority, appointment."""
    calls = tuple((called_at, bool(priority) or appointment is not None) for called_at, priority, appointment in last if called_at is not None)
    return Hall(now=at, last_calls=calls, open_counters=counters.open)


def past_visits(branch_id: int, *, at: dt.datetime) -> tuple[Served, ...]:
    """The visitors served here in the last weeks, the newest first; what the promise is taken from."""
    rows = (
        Ticket.objects.filter(branch_id=branch_id, state="seated", visit__closed_at__isnull=False, called_at__gte=at - dt.timedelta(days=PAST_DAYS))
        .order_by("-called_at").values_list("visit__purpose", "called_at", "visit__closed_at")[:PAST_VISITS_MAX]
    )
    return tuple(_served(purpose, called_at, closed_at) for purpose, called_at, closed_at in rows if called_at is not None and closed_at is not None)


def _served(purpose: str, called_at: dt.datetime, closed_at: dt.datetime) -> Served:
    here = timezone.localtime(called_at)
    return Served(purpose, here.weekday(), here.hour, int((closed_at - called_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class Line:
    """The line in the order the hall sees it, with the minutes each will wait from now."""

    tickets: tuple[Ticket, ...]
    counters: Counters
    past: tuple[Served, ...]
    at: dt.datetime

    def usual(self, purpose: str) -> UsualTime:
        """The usual time of a purpose at this hour."""
        here = timezone.localtime(self.at)
        return usual_time(self.past, purpose=purpose, weekday=here.weekday(), hour=here.hour)

    def minutes(self, place: int) -> int:
        """Minutes until the ticket at `place` (0: the next) is called, as reckoned now; a kept appointment not before its time."""
        return self._minutes([t.purpose for t in self.tickets[:place]], self.tickets[place] if place < len(self.tickets) else None)

    def _minutes(self, before: Iterable[str], ticket: Ticket | None) -> int:
        busy = 0 if self.counters.is_one_free or not self.counters.busy else max(self.usual(p).seconds for p in self.counters.busy.values())
        minutes = minutes_to_wait([self.usual(p).seconds for p in before], counters=len(self.counters.open), busy_seconds=busy)
        if ticket is None or ticket.appointment is None:
            return minutes
        return max(minutes, -int((self.at - ticket.appointment.starts_at).total_seconds() // 60))


def line_now(branch_id: int, *, at: dt.datetime) -> Line:
    """The whole line of a branch at a moment."""
    rows = list(waiting_rows(branch_id, at=at))
    counters = counters_now(branch_id, at=at)
    order = calling_order(map(waiting_of, rows), hall=hall_now(branch_id, at=at, counters=counters))
    return Line(in_order(rows, order), counters, past_visits(branch_id, at=at), at)


def in_order(rows: Sequence[Ticket], order: Iterable[Waiting]) -> tuple[Ticket, ...]:
    """The rows as the order has them; those only another counter may call come last."""
    by_id = {row.pk: row for row in rows}
    placed = [by_id.pop(one.ticket) for one in order]
    return (*placed, *by_id.values())
