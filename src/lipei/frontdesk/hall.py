"""The hall of a branch: counters opened and left, appointments made, and somebody who asks for a person."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils import timezone

from lipei.filing.actor import Actor
from lipei.filing.bell import ring
from lipei.filing.command import NOW, command
from lipei.filing.models import File
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, not_permitted, refuse_if
from lipei.frontdesk.models import Appointment, CounterSession, HelpCall
from lipei.frontdesk.queue_events import (
    AppointmentCancelled,
    AppointmentMade,
    CounterClosed,
    CounterOpened,
    HelpAsked,
    HelpGiven,
)
from lipei.frontdesk.queue_rules import APPOINTMENT_CODE_DIGITS, ERRANDS, appointment_faults
from lipei.frontdesk.rules import COUNTERS_MAX
from lipei.staff.models import Branch
from lipei.terms.words import Words

CODE_TRIES_MAX = 20
DAY_APPOINTMENTS_MAX = 200


def topic_of(branch_id: int) -> str:
    """What is rung when anything in a branch's hall changes."""
    return f"hall-{branch_id}"


def ring_hall(branch_id: int) -> None:
    """Tell the open pages of this hall."""
    ring(topic_of(branch_id))


def branch_of(by: Actor) -> Branch:
    """The branch somebody acts for; `Refused` when they belong to none. Not locked."""
    branch = Branch.objects.filter(id=by.branch_id or 0).first()
    if branch is None:
        raise not_permitted(Words("只有网点里的同事能这样做。", "Only somebody of a branch may do this."),
                            who=Words("前台的同事可以。", "A colleague of the front desk may."))
    return branch


def _hall_file(branch: Branch, *, at: datetime) -> File:
    return File.objects.get_or_create(number=f"hall-{branch.code}", defaults={"kind": "office", "opened_at": at})[0]


# ---------- counters ----------


def seated_at(counter: int, *, by: Actor, at: datetime) -> CounterSession:
    """The clerk's own counter session, locked; opened, or moved, when it is not this counter. For commands; `Refused` when taken."""
    refuse_if(
        [] if 1 <= counter <= COUNTERS_MAX else [Missing(Words(f"没有 {counter} 号柜台", f"There is no counter {counter}"), field="counter")],
        Words("还不能在这个柜台接待", "You cannot receive anybody at this counter yet"),
    )
    own = CounterSession.objects.select_for_update().filter(clerk_id=by.staff_id, closed_at=None).first()
    if own is not None and own.counter == counter and own.branch_id == by.branch_id and _local_day(own.opened_at) == _local_day(at):
        return own
    branch = branch_of(by)
    Branch.objects.select_for_update(no_key=True).get(id=branch.pk)
    other = CounterSession.objects.select_related("clerk").filter(branch=branch, counter=counter, closed_at=None).first()
    if other is not None and _local_day(other.opened_at) == _local_day(at):
        raise Refused(
            "conflict", Words(f"{counter} 号柜台现在由{other.clerk.name}坐", f"{other.clerk.name_en} sits at counter {counter}"),
            do=Words("请换一个柜台号，或请这位同事先离柜。", "Choose another counter, or ask your colleague to leave it first."),
        )
    for stale in filter(None, (own, other)):
        _close(stale, at=at)
    session = CounterSession.objects.create(branch=branch, counter=counter, clerk_id=by.staff_id, opened_at=at)
    record(CounterOpened(counter=counter, clerk=by.name), file_id=_hall_file(branch, at=at).id)
    return session


def _local_day(at: datetime) -> object:
    return timezone.localtime(at).date()


def _close(session: CounterSession, *, at: datetime) -> None:
    session.closed_at = at
    session.save(update_fields=["closed_at"])


@command("ticket.call")
def leave_counter(*, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """离柜: the clerk leaves their counter; no more is reckoned with it. Not sitting anywhere, nothing happens."""
    session = CounterSession.objects.select_for_update().select_related("branch").filter(clerk_id=by.staff_id, closed_at=None).first()
    if session is None:
        return
    _close(session, at=at)
    record(CounterClosed(counter=session.counter, clerk=by.name), file_id=_hall_file(session.branch, at=at).id)
    ring_hall(session.branch_id)


# ---------- appointments ----------


@command("appointment.make")
def make_appointment(*, name: str, starts_at: datetime | None, purpose: str, priority: str = "", by: Actor, why: str = "", at: datetime = NOW) -> str:
    """预约: a time for somebody, under the name they wish; returns the code they say on coming."""
    refuse_if(
        appointment_faults(name=name, purpose=purpose, priority=priority, starts_at=starts_at, now=at),
        Words("还不能约", "The appointment cannot be made yet"),
    )
    assert starts_at is not None  # no faults
    branch = branch_of(by)
    code = _free_code(branch)
    Appointment.objects.create(branch=branch, code=code, name=name.strip(), starts_at=starts_at, purpose=purpose, priority=priority,
                               made_by_id=by.staff_id, made_at=at)
    record(AppointmentMade(name=name.strip(), starts_at=_told(starts_at), purpose=ERRANDS[purpose].name), file_id=_hall_file(branch, at=at).id)
    ring_hall(branch.pk)
    return code


def _told(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _free_code(branch: Branch) -> str:
    for _ in range(CODE_TRIES_MAX):
        code = "".join(secrets.choice("0123456789") for _ in range(APPOINTMENT_CODE_DIGITS))
        if not Appointment.objects.filter(branch=branch, code=code, state="open").exists():
            return code
    raise Refused("conflict", Words("现在没有空的预约码", "There is no free appointment code now"), do=Words("请稍后再约。", "Try again later."))


def open_appointment(code: str, *, branch_id: int) -> Appointment:
    """The open appointment by its code, locked; `Refused` (not found) when there is none here."""
    found = Appointment.objects.select_for_update().filter(branch_id=branch_id, code=code.strip()[:8], state="open").first()
    if found is None:
        raise Refused(
            "not_found", Words("没有找到这个预约码", "There is no appointment by this code"),
            why=Words("也许在别的网点，或者已经取过号。", "Perhaps it is at another branch, or has been used."),
            do=Words("请直接取号，或者请人帮忙，不用等。", "Take a ticket, or ask for a person."),
        )
    return found


@command("appointment.make")
def cancel_appointment(code: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """取消预约: the visitor will not come then."""
    branch = branch_of(by)
    appointment = open_appointment(code, branch_id=branch.pk)
    appointment.state = "cancelled"
    appointment.save(update_fields=["state"])
    record(AppointmentCancelled(starts_at=_told(appointment.starts_at)), file_id=_hall_file(branch, at=at).id)
    ring_hall(branch.pk)


# ---------- somebody asks for a person ----------


@command("hall.ask_help")
def ask_for_help(place: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """请人帮忙: the staff are told at once. Pressed again before anybody came, it stays one call."""
    branch = branch_of(by)
    Branch.objects.select_for_update(no_key=True).get(id=branch.pk)
    if HelpCall.objects.filter(branch=branch, place=place[:60], answered_at=None).exists():
        return
    HelpCall.objects.create(branch=branch, place=place[:60], asked_at=at)
    record(HelpAsked(place=place[:60]), file_id=_hall_file(branch, at=at).id)
    ring_hall(branch.pk)


@command("hall.give_help")
def give_help(help_id: int, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """我去帮: a colleague goes. Somebody else went already: nothing more happens."""
    call = HelpCall.objects.select_for_update(of=("self",)).select_related("branch").filter(id=help_id, branch_id=by.branch_id or 0).first()
    if call is None:
        raise not_found(Words("没有这次求助。", "There is no such call for help."))
    if call.answered_at is not None:
        return
    call.answered_at, call.clerk_id = at, by.staff_id
    call.save(update_fields=["answered_at", "clerk"])
    seconds = max(0, int((at - call.asked_at).total_seconds()))
    record(HelpGiven(place=call.place, seconds=seconds), file_id=_hall_file(call.branch, at=at).id)
    ring_hall(call.branch_id)
