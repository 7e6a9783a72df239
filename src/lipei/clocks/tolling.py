"""When a clock stands still: from the delivery of the one notice of missing papers until they are received.

Insurance Law art. 22(2): everything missing is asked for at once. Supreme People's Court, Insurance Law Interpretation
II art. 15: the time from the notice reaching the claimant to the papers reaching the insurer is deducted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lipei.clocks.calendar import Span, local_day
from lipei.clocks.clock import Tolling
from lipei.clocks.events import Event
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which the clock stood still, in local days; `until` is None while it still stands."""

    since: date
    until: date | None
    why: Words

    def span(self, today: date) -> Span:
        """The days that do not count, taken up to `today` while the stop is open."""
        return Span(self.since, today if self.until is None else self.until)


def requests(tolling: Tolling, events: Sequence[Event]) -> tuple[Event, ...]:
    """The notices that stop the clock, oldest first.

    The same notice delivered twice counts from its first delivery. A second request stops nothing unless the law lets
    it (`further`), or it was approved.
    """
    taken: list[Event] = []
    named: set[str] = set()
    for event in events:
        if event.kind != tolling.stops_on or (event.about and event.about in named):
            continue
        named.add(event.about)
        allowed = tolling.further == "always" or (tolling.further == "approved_only" and event.approved)
        if not taken or allowed:
            taken.append(event)
    return tuple(taken)


def stops(tolling: Tolling | None, events: Sequence[Event], *, zone: str) -> tuple[Stop, ...]:
    """Every stop that the events make, in local days of `zone`; `events` are in order and known."""
    if tolling is None:
        return ()
    return tuple(_stop(tolling, notice, events, zone) for notice in requests(tolling, events))


def _stop(tolling: Tolling, notice: Event, events: Sequence[Event], zone: str) -> Stop:
    since = local_day(notice.at, zone)
    received = next(_receipts(tolling, notice, events), None)
    if received is None:
        return Stop(since, None, tolling.why)
    return Stop(since, max(since, local_day(received, zone)), tolling.why)


def _receipts(tolling: Tolling, notice: Event, events: Sequence[Event]) -> Iterator[datetime]:
    """The moments at which what `notice` asked for came in.

    A receipt that names the notice counts even when it came before the delivery was proved; one without a name counts
    only after it.
    """
    for event in events:
        if event.kind != tolling.resumes_on:
            continue
        named = bool(event.about) and event.about == notice.about
        unnamed = not event.about or not notice.about
        if named or (unnamed and event.at >= notice.at):
            yield event.at
