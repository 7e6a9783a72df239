"""What a clerk presses at the queue: call, begin, call again, nobody came, send on, call off, told, take a ticket, go and help; appointments."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.frontdesk import calling, hall, seating, tickets
from lipei.frontdesk.desk import DeskNow, proposed_for_hard
from lipei.frontdesk.fair_rules import RECENT_DAYS
from lipei.frontdesk.hall_queries import InLine, Queue, appointments_on, queue_of
from lipei.frontdesk.queue_rules import CANCEL_REASONS, ERRANDS, PRIORITIES, TRANSFER_REASONS
from lipei.frontdesk.reading import day_of
from lipei.staff.queries import branches
from lipei.templatetags.lipei import say
from lipei.terms.words import Words
from lipei.workbench.refusing import panel

NO_PRIORITY: dict[str, Any] = {"value": "", "label": Words("没有", "None of these")}
NOBODY = Words("没有人在等", "Nobody is waiting")


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, as the door has established."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def whole(text: str) -> int:
    """A counter as typed; 0 when it is no small whole number."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _options(table: dict[str, Words]) -> list[dict[str, Any]]:
    return [{"value": value, "label": label} for value, label in table.items()]


def queue(request: HttpRequest, *, known: DeskNow) -> dict[str, Any]:
    """What the page of visits shows of the queue: the line, who was called here, who asks for help, and what may be pressed."""
    actor, now = actor_of(request), timezone.now()
    seen = queue_of(actor=actor, at=now)
    own = next((b for b in branches() if b.id == actor.branch_id), None)
    return {
        "queue": seen, "may_call": "ticket.call" in actor.verbs, "may_help": "hall.give_help" in actor.verbs, "branch": own, "at": now,
        "figures": seen.figures, "fair": _fair(seen, actor=actor, known=known), "to": [{"value": c, "label": Words(f"{c} 号 · {w.zh}", f"{c} · {w.en}")} for c, w in seen.others],
        "errands": _options({e: each.name for e, each in ERRANDS.items()}), "no_priority": [NO_PRIORITY, *_options(PRIORITIES)],
        "transfer_reasons": _options(TRANSFER_REASONS), "cancel_reasons": _options(CANCEL_REASONS),
    }


def _fair(seen: Queue, *, actor: Actor, known: DeskNow) -> dict[str, Any] | None:
    """Who else is proposed for the next visitor, when that one may ask much of a person; whoever is here may call them all the same."""
    coming: InLine | None = seen.next
    if coming is None or not coming.is_hard or seen.mine is not None or "ticket.call" not in actor.verbs:
        return None
    proposed = proposed_for_hard(actor.branch_id or 0, at=known.at, known=known)
    if proposed is None or proposed.pk == actor.user_id:
        return None
    return {"label": coming.label, "who": Words(proposed.name, proposed.name_en), "counter": seen.seats.get(proposed.pk, 0), "days": RECENT_DAYS}


@require_POST
def call(request: HttpRequest) -> HttpResponse:
    """Call the next to this counter; when nobody waits, the page says so."""
    called = calling.call_next(counter=whole(request.POST.get("counter", "")), by=actor_of(request))
    if called is None:
        messages.info(request, str(say(NOBODY)))
    return redirect("visits")


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """A ticket by the clerk's hand, for who prefers a person; its number and promised wait are told."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    given = tickets.take_ticket(purpose=request.POST.get("purpose", ""), priority=request.POST.get("priority", ""), key=key, by=actor_of(request))
    messages.info(request, _("Ticket %(label)s. Tell the visitor the number.") % {"label": given.label})
    return redirect("visits")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the counter."""
    hall.leave_counter(by=actor_of(request))
    return redirect("visits")


@require_POST
def give_help(request: HttpRequest, help_id: int) -> HttpResponse:
    """Go over to who asked for a person."""
    hall.give_help(help_id, by=actor_of(request))
    return redirect("visits")


@require_POST
def seat(request: HttpRequest, number: str) -> HttpResponse:
    """The called visitor has come: their visit begins."""
    return redirect("visit_station", seating.seat_visitor(number, by=actor_of(request)), "welcome")


@require_POST
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Call the same number once more."""
    calling.call_again(number, by=actor_of(request))
    return redirect("visits")


@require_POST
def missed(request: HttpRequest, number: str) -> HttpResponse:
    """Nobody came to three calls."""
    calling.note_missed(number, by=actor_of(request))
    return redirect("visits")


@require_POST
def transfer(request: HttpRequest, number: str) -> HttpResponse:
    """Send on to another counter, or to the quiet room."""
    calling.transfer_ticket(number, counter=whole(request.POST.get("counter", "")), reason=request.POST.get("reason", ""), by=actor_of(request))
    return redirect("visits")


@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """The visitor will not wait any longer."""
    tickets.cancel_ticket(number, reason=request.POST.get("reason", ""), by=actor_of(request))
    return redirect("visits")


@require_POST
def back(request: HttpRequest, number: str) -> HttpResponse:
    """Who had missed the call is here."""
    tickets.return_ticket(number, by=actor_of(request))
    return redirect("visits")


@require_POST
def told(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody has said that it takes longer."""
    tickets.tell_longer_wait(number, by=actor_of(request))
    return redirect("visits")


# ---------- appointments ----------


@require_GET
def appointments(request: HttpRequest) -> HttpResponse:
    """The appointments of a day, and the form for another."""
    return _appointments(request, values={})


def _appointments(request: HttpRequest, *, values: dict[str, str], refused: Refused | None = None) -> HttpResponse:
    asked = request.GET.get("day", "") or values.get("day", "")
    found, _fault = day_of(asked) if asked else (None, None)
    day = found or timezone.localdate()
    actor = actor_of(request)
    errors: dict[str, Words] = {}
    for missing in refused.missing if refused else ():
        errors.setdefault(missing.field, missing.what)
    context = {
        "day": day, "before": day - dt.timedelta(days=1), "after": day + dt.timedelta(days=1), "rows": appointments_on(day, actor=actor),
        "errands": _options({e: each.name for e, each in ERRANDS.items()}), "no_priority": [NO_PRIORITY, *_options(PRIORITIES)], "values": {"day": day.isoformat(), **values},
        "errors": errors, "refused": panel(refused) if refused else None, "may_make": "appointment.make" in actor.verbs,
        "may_take": "ticket.take" in actor.verbs, "is_today": day == timezone.localdate(), "key": uuid.uuid4(),
    }
    return render(request, "workbench/frontdesk/appointments.html", context, status=422 if refused else 200)


@require_POST
def appointment_make(request: HttpRequest) -> HttpResponse:
    """Make an appointment; whatever is missing is said at once, and what was typed stays."""
    values = {name: str(request.POST.get(name, "")) for name in ("day", "time", "name", "purpose", "priority")}
    try:
        code = hall.make_appointment(
            name=values["name"], starts_at=_moment(values["day"], values["time"]), purpose=values["purpose"], priority=values["priority"], by=actor_of(request)
        )
    except Refused as refused:
        if refused.code != "missing":
            raise
        return _appointments(request, values=values, refused=refused)
    messages.info(request, _("Appointment made; the code to say on coming is %(code)s.") % {"code": code})
    return redirect(f"/appointments/?day={values['day']}")


def _moment(day: str, time: str) -> dt.datetime | None:
    try:
        return timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(day.strip()), dt.time.fromisoformat(time.strip())))
    except ValueError:
        return None


@require_POST
def appointment_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Call an appointment off."""
    hall.cancel_appointment(code, by=actor_of(request))
    return redirect("appointments")


@require_POST
def appointment_here(request: HttpRequest, code: str) -> HttpResponse:
    """The visitor with an appointment is here: a ticket."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    given = tickets.keep_appointment(code, key=key, by=actor_of(request))
    messages.info(request, _("Ticket %(label)s. Tell the visitor the number.") % {"label": given.label})
    return redirect("visits")
