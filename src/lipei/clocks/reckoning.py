"""One clock against the events of one claim: what started it, what ended it, and how its days add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from lipei.clocks.calendar import End, counted, days_from, end_of_day, last_day, local_day
from lipei.clocks.clock import Clock
from lipei.clocks.events import Event
from lipei.clocks.place import Place
from lipei.clocks.reading import Bar, Reading, State
from lipei.clocks.tolling import Stop, stops
from lipei.terms.words import Words

ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class _Start:
    """The event that starts a clock, and what the clock is then about."""

    event: Event
    about: str

    def concerns(self, event: Event) -> bool:
        """Does `event` touch this clock: the same thing, or the whole claim? A part never stands for the whole."""
        return event.about in ("", self.about)


@dataclass(frozen=True, slots=True)
class _Case:
    """A started clock with everything that bears on it. `moment` is when it ended, or `at` while it has not."""

    place: Place
    clock: Clock
    known: Sequence[Event]
    at: datetime
    start: _Start
    met: Event | None
    aside: Event | None
    aside_why: Words | None

    @property
    def moment(self) -> datetime:
        return min([self.at, *(event.at for event in (self.met, self.aside) if event is not None)])

    def day(self, moment: datetime) -> date:
        return local_day(moment, self.place.time_zone)


def readings_of(place: Place, *, clock: Clock, known: Sequence[Event], at: datetime) -> tuple[Reading, ...]:
    """The readings of one version of a clock: one, or one for each thing it is about; none where another version rules.

    `known` are the events up to `at`, oldest first. The version is that of the day on which the clock started.
    """
    zone = place.time_zone
    starts = _starts(clock, known)
    ruled = [start for start in starts if clock.in_force(local_day(start.event.at, zone))]
    ready = [start for start in ruled if _has_all(clock.requires, known, start)]
    if ready:
        return tuple(_read(_case(place, clock, known, at, start)) for start in ready)
    if ruled or (not starts and clock.in_force(local_day(at, zone))):
        return (Reading(clock, "", "not_started", at, local_day(at, zone), zone),)
    return ()


def _starts(clock: Clock, known: Sequence[Event]) -> list[_Start]:
    triggers = [event for event in known if event.kind in clock.trigger]
    if not triggers:
        return []
    if clock.count_from == "first":
        return [_Start(triggers[0], "")]
    if clock.count_from == "last":
        return [_Start(triggers[-1], "")]
    firsts: dict[str, Event] = {}
    for event in triggers:
        firsts.setdefault(event.about, event)
    return [_Start(event, about) for about, event in firsts.items()]


def _has_all(kinds: Iterable[str], known: Sequence[Event], start: _Start) -> bool:
    return all(any(event.kind == kind and start.concerns(event) for event in known) for kind in kinds)


def _first_since(kinds: Sequence[str], known: Sequence[Event], start: _Start, *, in_part: bool = False) -> Event | None:
    """The first event of these kinds since the start that concerns this clock, or (`in_part`) any part of it."""
    for event in known:
        if event.kind in kinds and event.at >= start.event.at and (in_part or start.concerns(event)):
            return event
    return None


def _case(place: Place, clock: Clock, known: Sequence[Event], at: datetime, start: _Start) -> _Case:
    met = _first_since(clock.met_by, known, start, in_part=clock.met_in_part)
    aside, why = None, None
    for kind, words in clock.superseded_by:
        event = _first_since((kind,), known, start)
        if event is not None and (met is None or event.at < met.at) and (aside is None or event.at < aside.at):
            aside, why = event, words
    return _Case(place, clock, known, at, start, None if aside else met, aside, why)


def _read(case: _Case) -> Reading:
    if case.clock.period.day_type == "promptly":
        return _bare(case, due=None)
    if case.clock.period.day_type == "hour":
        return _in_hours(case)
    return _in_days(case)


def _state(case: _Case, due: datetime | None, *, stopped: bool) -> State:
    past = due is not None and case.at >= due
    if case.aside is not None:
        return "superseded"
    if case.met is not None or (case.clock.nature == "hold" and past):
        return "met"
    if stopped:
        return "stopped"
    return "missed" if past else "running"


def _bare(case: _Case, *, due: datetime | None, stopped: bool = False) -> Reading:
    """A reading with what every kind of clock can tell."""
    return Reading(
        clock=case.clock,
        about=case.start.about,
        state=_state(case, due, stopped=stopped),
        at=case.at,
        today=case.day(case.at),
        zone=case.place.time_zone,
        start=case.start.event.at,
        start_day=case.day(case.start.event.at),
        due=due,
        met_at=case.met.at if case.met else None,
        superseded_why=case.aside_why,
    )


def _in_hours(case: _Case) -> Reading:
    """Hours run from the stated moment through nights and rest days (Civil Code art. 201, second paragraph)."""
    whole = timedelta(hours=case.clock.period.amount)
    due = case.start.event.at + whole
    due_day, used = case.day(due), min(case.moment - case.start.event.at, whole)
    return replace(
        _bare(case, due=due),
        due_day=due_day,
        unmoved_day=due_day,
        days_left=(due_day - case.day(case.at)).days,
        days_late=max(0, (case.day(case.moment) - due_day).days),
        bar=Bar(_percent(used // ONE_SECOND, whole // ONE_SECOND), 0),
    )


def _in_days(case: _Case) -> Reading:
    """Days and months, with the stops heard of until the clock ended (art. 201-203; Interpretation II art. 15)."""
    clock, zone = case.clock, case.place.time_zone
    first, until = case.day(case.start.event.at), case.day(case.moment)
    heard = stops(clock.tolling, [event for event in case.known if event.at <= case.moment], zone=zone)
    spans = [stop.span(until) for stop in heard]
    end = last_day(case.place.calendar, start=first, period=clock.period, spans=spans, rolls=clock.rolls)
    counting = tuple(stop for stop in heard if _counts(stop, end, until))
    used, idle, whole = _shares(case, end, first, until)
    return replace(
        _bare(case, due=end_of_day(end.day, zone), stopped=any(stop.until is None for stop in counting)),
        due_day=end.day,
        unmoved_day=end.unmoved,
        rest_names=_rest_names(case, end),
        days_left=_left(case, end.day),
        days_used=used,
        days_stopped=sum(span.days for span in end.spans),
        days_late=max(0, (until - end.day).days),
        stops=counting,
        bar=_bar(used, idle, whole),
        warnings=end.warnings,
    )


def _counts(stop: Stop, end: End, until: date) -> bool:
    """Is `stop` one of those that the end took into account?"""
    last = stop.span(until).last
    return any(span.first <= last <= span.last for span in end.spans)


def _shares(case: _Case, end: End, first: date, until: date) -> tuple[int, int, int]:
    """Days used, days that stood still, and days of the whole period; all in what the clock counts."""
    kind, calendar = case.clock.period.day_type, case.place.calendar
    idle = sum(counted(calendar, span.first, span.last, day_type=kind) for span in end.spans)
    whole = (end.unmoved - first).days if kind == "month" else case.clock.period.amount
    gone = counted(calendar, first, until, day_type=kind) - idle
    return min(max(0, gone), whole), idle, whole


def _bar(used: int, idle: int, whole: int) -> Bar:
    paused = _percent(idle, whole + idle)
    return Bar(min(_percent(used, whole + idle), 100 - paused), paused)


def _left(case: _Case, due_day: date) -> int:
    today = case.day(case.at)
    if case.clock.period.day_type == "business" and today <= due_day:
        return counted(case.place.calendar, today, due_day, day_type="business")
    return (due_day - today).days


def _rest_names(case: _Case, end: End) -> tuple[Words, ...]:
    """Why the last day rested, and the days after it until the one it moved to; each name once."""
    if end.day == end.unmoved:
        return ()
    names = (case.place.calendar.rest_name(day) for day in days_from(end.unmoved, end.day))
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _percent(part: int, whole: int) -> int:
    """Whole percent, halves up."""
    return (200 * part + whole) // (2 * whole) if whole else 0
