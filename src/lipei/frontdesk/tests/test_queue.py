"""The queue as the clerks and the visitors meet it: tickets, calls, missed calls, sending on, appointments, the longer wait."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.actor import Actor
from lipei.filing.models import Entry
from lipei.filing.refusal import Refused
from lipei.frontdesk import calling, hall, seating, tickets
from lipei.frontdesk import commands as desk
from lipei.frontdesk.kiosk import kiosk_of
from lipei.frontdesk.models import Appointment, HelpCall, Ticket, Visit
from lipei.frontdesk.queue_rules import CALLS_BEFORE_MISSED, RETURNS_MAX
from lipei.frontdesk.tickets import KIOSK_A_MINUTE_MAX, Given

pytestmark = pytest.mark.django_db
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


def at(minutes: float) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.fixture
def kiosk(cast: Cast) -> Actor:
    found = kiosk_of("JH")
    assert found is not None
    return found.actor


def came(kiosk: Actor, minutes: float = 0, purpose: str = "ask", priority: str = "") -> Given:
    return tickets.take_ticket(purpose=purpose, priority=priority, key=uuid.uuid4(), by=kiosk, at=at(minutes))


def row(given: Given | str) -> Ticket:
    return Ticket.objects.get(number=given if isinstance(given, str) else given.number)


def kinds(given: Given) -> list[str]:
    return list(Entry.objects.filter(file__number=given.number).order_by("number").values_list("kind", flat=True))


def test_from_the_kiosk_to_the_counter_everything_stands_in_one_file(cast: Cast, kiosk: Actor) -> None:
    given = came(kiosk)
    called = calling.call_next(counter=3, by=cast.front_desk, at=at(2))
    assert called is not None
    assert called.number == given.number
    visit = seating.seat_visitor(called.number, by=cast.front_desk, at=at(3))
    assert visit == given.number
    assert kinds(given) == ["ticket_taken", "ticket_called", "visit_opened"]
    seen = Visit.objects.get(number=visit)
    assert (seen.counter, seen.purpose, seen.label, row(given).state) == (3, "ask", "A001", "seated")
    desk.greet(visit, told={"purpose": "ask", "situation": "first_visit", "address": "周女士"}, by=cast.front_desk, at=at(3))


def test_who_just_stands_there_gets_a_ticket_in_the_same_press(cast: Cast) -> None:
    visit = desk.open_visit(counter=2, key=uuid.uuid4(), by=cast.front_desk)
    ticket = row(visit)
    assert (ticket.state, ticket.visit and ticket.visit.number, ticket.label) == ("seated", visit, "A001")


def test_pressed_twice_it_is_one_ticket_one_call_and_one_visit(cast: Cast, kiosk: Actor) -> None:
    key = uuid.uuid4()
    assert tickets.take_ticket(purpose="ask", key=key, by=kiosk) == tickets.take_ticket(purpose="ask", key=key, by=kiosk)
    came(kiosk)
    first = calling.call_next(counter=1, by=cast.front_desk)
    assert first == calling.call_next(counter=1, by=cast.front_desk)
    assert first is not None
    assert seating.seat_visitor(first.number, by=cast.front_desk) == seating.seat_visitor(first.number, by=cast.front_desk)
    assert Visit.objects.count() == 1
    assert Ticket.objects.filter(state="waiting").count() == 1


def test_priority_comes_first_and_needs_no_proof(cast: Cast, kiosk: Actor) -> None:
    came(kiosk, 0)
    elder = came(kiosk, 1, priority="elderly")
    assert row(elder).before == 0
    called = calling.call_next(counter=1, by=cast.front_desk, at=at(2))
    assert called is not None
    assert called.number == elder.number
    personal = Entry.objects.get(file__number=elder.number, kind="ticket_taken")
    assert "elderly" not in personal.plain, "why somebody comes first is nobody else's business"


def test_the_promise_is_kept_with_the_ticket(cast: Cast, kiosk: Actor) -> None:
    for minutes in range(3):
        came(kiosk, minutes)
    last = row(came(kiosk, 4))
    assert (last.before, last.promised_minutes, last.promise_basis) == (3, 36, "guess")


def test_the_promise_comes_from_what_visits_took_here(cast: Cast, kiosk: Actor) -> None:
    for n in range(8):
        came(kiosk, 10 * n, purpose="ask")
        _serve(cast, minutes=10 * n, lasting=6)
    came(kiosk, 100)
    ticket = row(came(kiosk, 100))
    assert (ticket.before, ticket.promise_basis, ticket.promised_minutes) == (1, "hours", 6)


def _serve(cast: Cast, *, minutes: float, lasting: int) -> str:
    called = calling.call_next(counter=1, by=cast.front_desk, at=at(minutes))
    assert called is not None
    visit = seating.seat_visitor(called.number, by=cast.front_desk, at=at(minutes))
    desk.greet(visit, told={"purpose": "ask", "situation": "first_visit", "address": "周女士"}, by=cast.front_desk, at=at(minutes))
    desk.mark_not_applicable(visit, station="identity", reason="general_question", by=cast.front_desk, at=at(minutes))
    desk.say_answer(visit, question="理赔要多久？", key="clock:determination.normal", by=cast.front_desk, at=at(minutes))
    desk.answer_question(visit, by=cast.front_desk, at=at(minutes))
    desk.say_farewell(visit, told={"about": ""}, by=cast.front_desk, at=at(minutes + lasting))
    return visit


def test_nobody_is_passed_over_before_three_calls_and_who_comes_back_follows_the_next(cast: Cast, kiosk: Actor) -> None:
    late, second, third = (came(kiosk, n) for n in range(3))
    called = calling.call_next(counter=1, by=cast.front_desk, at=at(5))
    assert called is not None
    with pytest.raises(Refused, match="Call 2 more times"):
        calling.note_missed(late.number, by=cast.front_desk, at=at(6))
    for n in range(CALLS_BEFORE_MISSED - 1):
        calling.call_again(late.number, by=cast.front_desk, at=at(6 + n))
    calling.note_missed(late.number, by=cast.front_desk, at=at(9))
    tickets.return_ticket(late.number, by=cast.front_desk_2, at=at(10))
    order = []
    for n in range(3):
        found = calling.call_next(counter=1, by=cast.front_desk, at=at(11 + n))
        assert found is not None
        order.append(found.number)
        seating.seat_visitor(found.number, by=cast.front_desk, at=at(11 + n))
    assert order == [second.number, late.number, third.number]


def test_who_comes_back_too_often_is_helped_to_a_new_ticket(cast: Cast, kiosk: Actor) -> None:
    given = came(kiosk)
    for _ in range(RETURNS_MAX):
        _miss(given, cast)
        tickets.return_ticket(given.number, by=cast.front_desk)
    _miss(given, cast)
    with pytest.raises(Refused, match="come back 3 times"):
        tickets.return_ticket(given.number, by=cast.front_desk)


def _miss(given: Given, cast: Cast) -> None:
    calling.call_next(counter=1, by=cast.front_desk)
    for _ in range(CALLS_BEFORE_MISSED - 1):
        calling.call_again(given.number, by=cast.front_desk)
    calling.note_missed(given.number, by=cast.front_desk)


def test_sent_on_to_another_counter_they_are_called_there_first(cast: Cast, kiosk: Actor) -> None:
    first, second = came(kiosk, 0), came(kiosk, 1)
    calling.call_next(counter=1, by=cast.front_desk, at=at(2))
    calling.call_next(counter=2, by=cast.front_desk_2, at=at(2))
    with pytest.raises(Refused, match="Another open counter"):
        calling.transfer_ticket(first.number, counter=9, reason="interest", by=cast.front_desk, at=at(3))
    calling.transfer_ticket(first.number, counter=2, reason="interest", by=cast.front_desk, at=at(3))
    assert calling.call_next(counter=1, by=cast.front_desk, at=at(4)) is None, "who must not serve them does not get them again"
    seating.seat_visitor(second.number, by=cast.front_desk_2, at=at(4))
    third = came(kiosk, 4, priority="elderly")
    called = calling.call_next(counter=2, by=cast.front_desk_2, at=at(5))
    assert called is not None
    assert called.number == first.number
    found = calling.call_next(counter=1, by=cast.front_desk, at=at(5))
    assert found is not None
    assert found.number == third.number


def test_only_who_called_somebody_goes_on_with_them(cast: Cast, kiosk: Actor) -> None:
    given = came(kiosk)
    calling.call_next(counter=1, by=cast.front_desk)
    with pytest.raises(Refused, match="Lu Tinglan called A001"):
        seating.seat_visitor(given.number, by=cast.front_desk_2)
    with pytest.raises(Refused, match="sits at counter 1"):
        calling.call_next(counter=1, by=cast.front_desk_2)
    hall.leave_counter(by=cast.front_desk)
    assert calling.call_next(counter=1, by=cast.front_desk_2) is None


def test_a_ticket_is_called_off_with_a_reason_and_called_no_more(cast: Cast, kiosk: Actor) -> None:
    given = came(kiosk)
    with pytest.raises(Refused):
        tickets.cancel_ticket(given.number, reason="", by=cast.front_desk)
    tickets.cancel_ticket(given.number, reason="left", by=cast.front_desk)
    assert calling.call_next(counter=1, by=cast.front_desk) is None
    with pytest.raises(Refused, match="nothing was done twice"):
        tickets.cancel_ticket(given.number, reason="left", by=cast.front_desk)


def test_somebody_goes_and_says_that_it_takes_longer(cast: Cast, kiosk: Actor) -> None:
    given = came(kiosk, 0)
    tickets.tell_longer_wait(given.number, by=cast.front_desk, at=at(15))
    assert row(given).told_at == at(15)
    assert kinds(given) == ["ticket_taken", "longer_wait_told"]


def test_an_appointment_kept_is_called_near_its_time(cast: Cast, kiosk: Actor) -> None:
    code = hall.make_appointment(name="王先生", starts_at=at(60), purpose="new_loss", priority="", by=cast.supervisor, at=at(0))
    with pytest.raises(Refused, match="no appointment by this code"):
        tickets.keep_appointment("000000" if code != "000000" else "111111", key=uuid.uuid4(), by=kiosk, at=at(40))
    kept = tickets.keep_appointment(f" {code} ", key=uuid.uuid4(), by=kiosk, at=at(40))
    walk_in = came(kiosk, 41)
    assert kept.label.startswith("B")
    assert row(kept).promised_minutes == 20, "not before the time agreed"
    called = calling.call_next(counter=1, by=cast.front_desk, at=at(57))
    assert called is not None
    assert called.number == kept.number, "five minutes before its time it goes first"
    assert row(walk_in).state == "waiting"
    with pytest.raises(Refused, match="no appointment by this code"):
        tickets.keep_appointment(code, key=uuid.uuid4(), by=kiosk, at=at(60))


def test_an_appointment_says_all_that_is_missing_at_once(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        hall.make_appointment(name=" ", starts_at=None, purpose="", by=cast.front_desk)
    assert [m.field for m in refused.value.missing] == ["name", "purpose", "starts_at"]
    code = hall.make_appointment(name="王先生", starts_at=at(60), purpose="ask", by=cast.front_desk, at=at(0))
    hall.cancel_appointment(code, by=cast.front_desk, at=at(1))
    assert Appointment.objects.get(code=code).state == "cancelled"


def test_an_appointment_of_another_day_is_told_with_its_day(cast: Cast, kiosk: Actor) -> None:
    code = hall.make_appointment(name="王先生", starts_at=at(60 * 24), purpose="ask", by=cast.front_desk, at=at(0))
    with pytest.raises(Refused, match="This appointment is on"):
        tickets.keep_appointment(code, key=uuid.uuid4(), by=kiosk, at=at(1))


def test_whoever_asks_for_a_person_is_one_call_until_somebody_goes(cast: Cast, kiosk: Actor) -> None:
    hall.ask_for_help("kiosk", by=kiosk, at=at(0))
    hall.ask_for_help("kiosk", by=kiosk, at=at(1))
    call = HelpCall.objects.get()
    hall.give_help(call.pk, by=cast.front_desk, at=at(1))
    hall.give_help(call.pk, by=cast.front_desk_2, at=at(2))
    call.refresh_from_db()
    assert call.clerk_id == cast.front_desk.user_id
    assert list(Entry.objects.filter(file__number="hall-JH").order_by("number").values_list("kind", flat=True)) == ["help_asked", "help_given"]


def test_the_kiosk_may_take_tickets_and_nothing_else(cast: Cast, kiosk: Actor) -> None:
    given = came(kiosk)
    assert row(given).is_from_kiosk
    with pytest.raises(Refused, match="Your role cannot"):
        calling.call_next(counter=1, by=kiosk)
    with pytest.raises(Refused, match="Your role cannot"):
        hall.make_appointment(name="x", starts_at=at(9), purpose="ask", by=kiosk)


def test_a_kiosk_that_is_pressed_without_end_is_kindly_slowed_down(cast: Cast, kiosk: Actor) -> None:
    for _ in range(KIOSK_A_MINUTE_MAX):
        came(kiosk)
    with pytest.raises(Refused, match="wait half a minute"):
        came(kiosk)
    tickets.take_ticket(purpose="ask", key=uuid.uuid4(), by=cast.front_desk, at=at(0))  # a person is never slowed down
    came(kiosk, 1.1)


def test_a_complaint_waits_in_the_quiet_room(cast: Cast, kiosk: Actor) -> None:
    assert row(came(kiosk, purpose="complaint")).is_quiet
    with pytest.raises(Refused, match="not chosen"):
        came(kiosk, purpose="nonsense")
    with pytest.raises(Refused, match="no such priority"):
        came(kiosk, priority="vip")
