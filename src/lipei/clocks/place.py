"""What the clocks need to know of a place: its clocks, calendar, time zone and lines of business."""

from __future__ import annotations

from typing import Protocol

from lipei.clocks.calendar import Calendar
from lipei.clocks.clock import Clock


class Place(Protocol):
    """A jurisdiction as the clocks see it; `lipei.jurisdictions.Pack` is one. `clocks` holds every version of each."""

    @property
    def clocks(self) -> tuple[Clock, ...]: ...

    @property
    def calendar(self) -> Calendar: ...

    @property
    def time_zone(self) -> str: ...

    @property
    def lines(self) -> frozenset[str]: ...


class UnknownLine(ValueError):
    """A line of business that the jurisdiction does not know; the message lists those it knows."""
