"""Short visits of our test stories at a moment of choice: a ticket, the call, a question answered, the farewell (all invented)."""

from __future__ import annotations

import datetime as dt
import uuid

from lipei.filing.actor import Actor
from lipei.frontdesk import calling, seating, tickets
from lipei.frontdesk import commands as desk
from lipei.frontdesk.tickets import Given


def came(kiosk: Actor, *, at: dt.datetime, purpose: str = "ask", priority: str = "") -> Given:
    """Somebody takes a number at the machine."""
    return tickets.take_ticket(purpose=purpose, priority=priority, key=uuid.uuid4(), by=kiosk, at=at)


def received(clerk: Actor, *, counter: int, at: dt.datetime) -> str:
    """The next of the line is called and sits down; returns their visit."""
    called = calling.call_next(counter=counter, by=clerk, at=at)
    assert called is not None
    return seating.seat_visitor(called.number, by=clerk, at=at)


def served(clerk: Actor, *, counter: int, at: dt.datetime, minutes: float) -> str:
    """The same, with a question answered and the visitor seen off after so many minutes."""
    visit = received(clerk, counter=counter, at=at)
    desk.greet(visit, told={"purpose": "ask", "situation": "first_visit", "address": "周女士"}, by=clerk, at=at)
    desk.mark_not_applicable(visit, station="identity", reason="general_question", by=clerk, at=at)
    said = at + dt.timedelta(minutes=minutes / 2)
    desk.say_answer(visit, question="理赔要多久？", key="clock:determination.normal", by=clerk, at=said)
    desk.answer_question(visit, by=clerk, at=said)
    desk.say_farewell(visit, told={}, by=clerk, at=at + dt.timedelta(minutes=minutes))
    return visit
