"""What doors may ask about the queue: the display, the kiosk, a ticket's own page, the clerk's waiting list, the day's appointments and figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from lipei.filing.actor import Actor
from lipei.frontdesk.fair_rules import looks_hard
from lipei.frontdesk.line import WAITING_MAX, Line, counters_now, hall_of, in_order, line_now, start_of_day, waiting_of
from lipei.frontdesk.models import Appointment, CounterSession, HelpCall, Ticket
from lipei.frontdesk.queue_rules import CALLS_BEFORE_MISSED, ERRANDS, FIRST_IN_A_ROW_MAX, PRIORITIES, calling_order
from lipei.frontdesk.waiting_rules import BASES, Kept, promise_kept
from lipei.terms.words import Words, both

NEXT_SHOWN = 5
SERVED_SHOWN = 3
CALLS_SHOWN = 8
CALLS_MAX = 2_000
MISSED_SHOWN = 20
APPOINTMENTS_MAX = 200
CALL_LINGERS = dt.timedelta(seconds=15)
"""So long every call stays on the screen, though its visitor was quick to sit down and others were called meanwhile."""
CALL_SHOWN = dt.timedelta(minutes=10)
"""So long a call stays on the screen as the present one, though nobody has sat down yet."""


@dataclass(frozen=True, slots=True)
class CallShown:
    """A number with its counter; `time` counts how often it was called, so that the screen announces each once."""

    label: str
    counter: int
    time: int = 0
    state: str = ""
    at: dt.datetime | None = None

    @property
    def spelled(self) -> str:
        """The number letter by letter, as it is read aloud: `A 0 1 7`."""
        return " ".join(self.label)


@dataclass(frozen=True, slots=True)
class NextShown:
    """One of the next five: number, priority as a word only, and the minutes as reckoned now."""

    label: str
    is_first: bool
    minutes: int


@dataclass(frozen=True, slots=True)
class Display:
    """What the screen in the hall shows: numbers only; nobody from the quiet room, no name, nothing of why."""

    now: CallShown | None
    called: tuple[CallShown, ...]
    served: tuple[CallShown, ...]
    next: tuple[NextShown, ...]
    at: dt.datetime


def display_of(branch_id: int, *, at: dt.datetime) -> Display:
    """The screen of a branch at a moment."""
    line = line_now(branch_id, at=at)
    shown = Ticket.objects.filter(branch_id=branch_id, is_quiet=False, announced_at__gte=start_of_day(at))
    calls = [
        CallShown(*row) for row in shown.filter(Q(state="called") | Q(state="seated", announced_at__gt=at - CALL_SHOWN))
        .order_by("-announced_at", "-id").values_list("label", "counter", "calls", "state", "announced_at")[:CALLS_SHOWN]
    ]
    served = shown.filter(state="seated", visit__closed_at=None).exclude(label=calls[0].label if calls else "").order_by("-ended_at")
    return Display(
        now=calls[0] if calls else None, called=tuple(c for c in calls[1:] if c.state == "called" or (c.at is not None and c.at > at - CALL_LINGERS)),
        served=tuple(CallShown(label, counter) for label, counter in served.values_list("label", "counter")[:SERVED_SHOWN]),
        next=_next(line), at=at,
    )


def _next(line: Line) -> tuple[NextShown, ...]:
    open_to_all = [(n, t) for n, t in enumerate(line.tickets) if not t.is_quiet]
    return tuple(NextShown(t.label, bool(t.priority), line.minutes(n)) for n, t in open_to_all[:NEXT_SHOWN])


@dataclass(frozen=True, slots=True)
class WaitTold:
    """How many wait, and how long somebody who comes now would."""

    before: int
    minutes: int


def wait_now(branch_id: int, *, at: dt.datetime) -> WaitTold:
    """What the kiosk says before anything is chosen."""
    line = line_now(branch_id, at=at)
    return WaitTold(len(line.tickets), line.minutes(len(line.tickets)))


@dataclass(frozen=True, slots=True)
class TicketShown:
    """A ticket as its holder sees it; `before` and `minutes` as reckoned now, and what was promised on taking it."""

    label: str
    code: str
    branch_id: int
    branch_code: str
    state: str
    counter: int
    time: int
    before: int
    minutes: int
    promised_minutes: int
    basis: Words
    is_quiet: bool
    purpose: str


def ticket_by_code(code: str, *, at: dt.datetime) -> TicketShown | None:
    """The ticket by the code in its address; None when there is none of to-day."""
    ticket = Ticket.objects.select_related("branch").filter(code=code[:20], taken_at__gte=start_of_day(at)).first()
    if ticket is None:
        return None
    before, minutes = 0, 0
    if ticket.state == "waiting":
        line = line_now(ticket.branch_id, at=at)
        before = next((n for n, t in enumerate(line.tickets) if t.pk == ticket.pk), len(line.tickets))
        minutes = line.minutes(before)
    return TicketShown(
        ticket.label, ticket.code, ticket.branch_id, ticket.branch.code, ticket.state, ticket.counter, ticket.calls, before, minutes,
        ticket.promised_minutes, BASES[ticket.promise_basis], ticket.is_quiet, ticket.purpose,
    )


# ---------- behind the counter ----------


@dataclass(frozen=True, slots=True)
class InLine:
    """One who waits, as the clerk sees it: priority as a word, and whether the promise is kept or somebody must go and say so."""

    number: str
    label: str
    purpose: Words
    priority: Words | None
    since: dt.datetime
    promised: int
    kept: Kept
    is_told: bool
    is_quiet: bool
    for_counter: int
    appointed_at: dt.datetime | None
    is_hard: bool = False


@dataclass(frozen=True, slots=True)
class AtMyCounter:
    """The visitor this clerk has called and who has not sat down yet; `more_calls` before they may be passed over."""

    number: str
    label: str
    counter: int
    purpose: Words
    priority: Words | None
    more_calls: int
    is_quiet: bool
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """Somebody at the kiosk who asked for a person."""

    id: int
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """How the promises of a day were kept: tickets called, those within their promise, the longest wait and the middle one in minutes."""

    called: int
    kept: int
    waited_max: int
    waited_median: int


@dataclass(frozen=True, slots=True)
class CallMade:
    """A ticket of today that was called: when it was taken, promised and first called; its last call and what put it first."""

    taken_at: dt.datetime
    promised: int
    first_called_at: dt.datetime
    called_at: dt.datetime | None
    priority: str
    appointment_id: int | None


def _calls_of(branch_id: int, *, at: dt.datetime) -> list[CallMade]:
    """The tickets of a local day that were called, the last call first."""
    rows = Ticket.objects.filter(branch_id=branch_id, taken_at__gte=start_of_day(at), taken_at__lte=at, first_called_at__isnull=False)
    columns = ("taken_at", "promised_minutes", "first_called_at", "called_at", "priority", "appointment_id")
    return [CallMade(*row) for row in rows.order_by("-called_at", "-id").values_list(*columns)[:CALLS_MAX]]


def _figures(calls: Iterable[CallMade], *, at: dt.datetime) -> WaitFigures:
    """The promised against the real waits, of all who took a ticket and were called from the line."""
    kept = [promise_kept(taken_at=c.taken_at, minutes=c.promised, called_at=c.first_called_at, now=at) for c in calls if c.promised]
    waits = sorted(k.waited for k in kept)
    return WaitFigures(len(kept), sum(k.is_kept for k in kept), max(waits, default=0), waits[(len(waits) - 1) // 2] if waits else 0)


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of a branch as its clerk sees it; `next` is who this counter would call, `seats` who sits at which counter."""

    line: tuple[InLine, ...]
    mine: AtMyCounter | None
    missed: tuple[tuple[str, str, dt.datetime | None], ...]
    help: tuple[HelpWanted, ...]
    counter: int
    is_open: bool
    others: tuple[tuple[int, Words], ...]
    next: InLine | None
    figures: WaitFigures
    seats: dict[int, int]

    @property
    def to_tell(self) -> int:
        """How many wait longer than promised and were not told yet."""
        return sum(1 for one in self.line if not one.kept.is_kept and not one.is_told)


def queue_of(*, actor: Actor, at: dt.datetime) -> Queue:
    """The queue of the actor's branch, from five queries; empty for who belongs to none."""
    branch_id, day = actor.branch_id or 0, start_of_day(at)
    sessions = list(CounterSession.objects.select_related("clerk").filter(branch_id=branch_id, closed_at=None, opened_at__gte=day).order_by("counter"))
    own = next((s for s in sessions if s.clerk_id == actor.user_id), None)
    tickets = _of_today(actor, day=day)
    calls = _calls_of(branch_id, at=at)
    waiting = [t for t in tickets if t.state == "waiting"]
    hall = hall_of([(c.called_at, c.priority, c.appointment_id) for c in calls[:FIRST_IN_A_ROW_MAX]], at=at, counters=counters_now(branch_id, at=at))
    line, here = (in_order(waiting, calling_order(map(waiting_of, waiting), hall=hall, counter=c)) for c in (0, own.counter if own else 0))
    wanted = HelpCall.objects.filter(branch_id=branch_id, answered_at=None, asked_at__gte=day).order_by("asked_at")
    missed = sorted((t for t in tickets if t.state == "missed"), key=lambda t: t.ended_at or day, reverse=True)
    return Queue(
        line=tuple(in_line(t, at=at) for t in line), mine=next((_mine(t) for t in tickets if t.state == "called"), None),
        missed=tuple((t.number, t.label, t.ended_at) for t in missed[:MISSED_SHOWN]), help=tuple(HelpWanted(h.pk, h.asked_at) for h in wanted),
        counter=own.counter if own else 0, is_open=own is not None, next=in_line(here[0], at=at) if here else None,
        others=tuple((s.counter, Words(s.clerk.name, s.clerk.name_en)) for s in sessions if s is not own),
        figures=_figures(calls, at=at), seats={s.clerk_id: s.counter for s in sessions},
    )


def _of_today(actor: Actor, *, day: dt.datetime) -> list[Ticket]:
    """Who waits, who missed their call, and whom this colleague has called; at most as many as a hall can take."""
    which = Q(state__in=("waiting", "missed")) | Q(state="called", clerk_id=actor.user_id or 0)
    rows = Ticket.objects.select_related("appointment").filter(which, branch_id=actor.branch_id or 0, taken_at__gte=day)
    return list(rows.order_by(Case(When(state="missed", then=1), default=0), "id")[: WAITING_MAX + MISSED_SHOWN + 1])


def in_line(ticket: Ticket, *, at: dt.datetime) -> InLine:
    """A waiting ticket as the desk sees it at a moment."""
    return InLine(
        number=ticket.number, label=ticket.label, purpose=_purpose(ticket), priority=PRIORITIES.get(ticket.priority), since=ticket.taken_at,
        promised=ticket.promised_minutes, kept=promise_kept(taken_at=ticket.taken_at, minutes=ticket.promised_minutes, called_at=None, now=at),
        is_told=ticket.told_at is not None, is_quiet=ticket.is_quiet, for_counter=ticket.for_counter,
        appointed_at=ticket.appointment.starts_at if ticket.appointment else None, is_hard=looks_hard(purpose=ticket.purpose, priority=ticket.priority),
    )


def _purpose(ticket: Ticket) -> Words:
    errand = ERRANDS.get(ticket.purpose)
    return errand.name if errand else both("—")


def _mine(ticket: Ticket) -> AtMyCounter:
    return AtMyCounter(
        ticket.number, ticket.label, ticket.counter, _purpose(ticket), PRIORITIES.get(ticket.priority), max(0, CALLS_BEFORE_MISSED - ticket.calls),
        ticket.is_quiet, ticket.taken_at,
    )


@dataclass(frozen=True, slots=True)
class AppointmentShown:
    """One appointment of a day's list."""

    code: str
    name: str
    starts_at: dt.datetime
    purpose: Words
    priority: Words | None
    state: str
    label: str


def appointments_on(day: dt.date, *, actor: Actor) -> tuple[AppointmentShown, ...]:
    """The appointments of the actor's branch on a local day, by time; those called off last."""
    start = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    rows: QuerySet[Appointment] = Appointment.objects.select_related("ticket").filter(
        branch_id=actor.branch_id or 0, starts_at__gte=start, starts_at__lt=start + dt.timedelta(days=1)
    )
    found = [
        AppointmentShown(a.code, a.name, a.starts_at, ERRANDS[a.purpose].name, PRIORITIES.get(a.priority), a.state, a.ticket.label if hasattr(a, "ticket") else "")
        for a in rows.order_by("starts_at", "id")[:APPOINTMENTS_MAX]
    ]
    return tuple(sorted(found, key=lambda a: a.state == "cancelled"))
