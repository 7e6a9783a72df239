"""All clocks of a claim read at one moment, the most urgent one, and the moment to store on the claim for sorting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from lipei.clocks.calendar import end_of_day
from lipei.clocks.events import Event, in_order
from lipei.clocks.place import Place, UnknownLine
from lipei.clocks.reading import Reading
from lipei.clocks.reckoning import readings_of

FAR = datetime.max.replace(tzinfo=UTC)  # where clocks without a date are sorted


@dataclass(frozen=True, slots=True)
class DueKey:
    """What a claim is sorted by: the next due moment, its clock, and when the answer changes without a new event.

    `due_at` is None when nothing is due; `changes_at` is None when only an event can change the key.
    """

    due_at: datetime | None
    clock_id: str
    about: str
    changes_at: datetime | None


def readings(
    place: Place, *, events: Iterable[Event], at: datetime, line: str, traits: Iterable[str] = ()
) -> tuple[Reading, ...]:
    """Every clock that concerns this line of business, as it stands at `at`, sorted by due; clocks without a date last.

    Events after `at` are not seen, so any moment of the past can be read again. `line` may be empty for a file without
    a line (a complaint): then only clocks of all lines are read. `traits` are facts that some clocks ask for (such
    as `policy_over_one_year`). Raises `UnknownLine`; `ValueError` for a moment without time zone.
    """
    if line and line not in place.lines:
        raise UnknownLine(f"no line of business {line!r} here; known: {', '.join(sorted(place.lines))}")
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    known, marks = in_order(events, until=at), frozenset(traits)
    found = [
        reading
        for clock in place.clocks
        if clock.applies_to(line, marks)
        for reading in readings_of(place, clock=clock, known=known, at=at)
    ]
    return tuple(sorted(found, key=_order))


def queue(found: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings that somebody must act on, most urgent first."""
    return tuple(sorted((reading for reading in found if reading.is_queued), key=_order))


def most_urgent(found: Iterable[Reading]) -> Reading | None:
    """The reading that is due first among those that somebody must act on; None when there is none."""
    return next(iter(queue(found)), None)


def due_key(place: Place, *, events: Iterable[Event], at: datetime, line: str, traits: Iterable[str] = ()) -> DueKey:
    """The key to store on the claim (`Claim.due_at`), and the moment from which it must be computed again.

    A clock that runs keeps its due moment, also when it is missed. One that stands still moves with each midnight, and
    a right that runs out leaves the queue: these are the only changes that time alone makes. Raises as `readings`.
    """
    waiting = queue(readings(place, events=events, at=at, line=line, traits=traits))
    if not waiting:
        return DueKey(None, "", "", None)
    changes = [moment for reading in waiting if (moment := _changes_at(reading)) is not None]
    first = waiting[0]
    return DueKey(first.due, first.id, first.about, min(changes, default=None))


def _changes_at(reading: Reading) -> datetime | None:
    if reading.state == "stopped":
        return end_of_day(reading.today, reading.zone)
    return reading.due if reading.clock.nature == "right" else None


def _order(reading: Reading) -> tuple[datetime, str, str]:
    return (reading.due or FAR, reading.clock.id, reading.about)
