"""One clock read at one moment: when it is due, what is left, whether it stands still, and what to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from lipei.clocks import sentences
from lipei.clocks.clock import QUEUED, Clock
from lipei.clocks.tolling import Stop
from lipei.terms.words import Words

State = Literal["not_started", "running", "stopped", "met", "missed", "superseded"]
STATES: tuple[State, ...] = ("not_started", "running", "stopped", "met", "missed", "superseded")
OPEN: frozenset[State] = frozenset({"running", "stopped", "missed"})

Tone = Literal["", "soon", "late", "wait", "done"]
DAYS_SOON_MAX = 3  # days left at which a clock turns amber


@dataclass(frozen=True, slots=True)
class Bar:
    """The two pieces of the bar in whole percent of its length (the period and the days it stood still)."""

    used_percent: int
    stopped_percent: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock at `at`. Days are local days of `zone`; `due` is 24:00 of `due_day`, so in time means before `due`.

    `days_left` counts what the clock counts (calendar or working days), 0 on the last day, negative afterwards; None
    without an end. While the clock stands still `due` is what it would be if the papers came on the day of `at`.
    """

    clock: Clock
    about: str
    state: State
    at: datetime
    today: date
    zone: str
    start: datetime | None = None
    start_day: date | None = None
    due: datetime | None = None
    due_day: date | None = None
    unmoved_day: date | None = None
    rest_names: tuple[Words, ...] = ()
    days_left: int | None = None
    days_used: int = 0
    days_stopped: int = 0
    days_late: int = 0
    stops: tuple[Stop, ...] = ()
    met_at: datetime | None = None
    superseded_why: Words | None = None
    bar: Bar = Bar(0, 0)
    warnings: tuple[Words, ...] = ()

    @property
    def id(self) -> str:
        """The clock's id, such as `determination.complex`."""
        return self.clock.id

    @property
    def label(self) -> Words:
        """核定 30 日 / 30 days to decide."""
        return self.clock.label

    @property
    def which(self) -> Words:
        """Which clock it is, with its tag: 核定 30 日 · 情形复杂 / 30 days to decide · complex case."""
        return sentences.which(self)

    @property
    def is_open(self) -> bool:
        """Does it still ask for something: running, stopped or missed?"""
        return self.state in OPEN

    @property
    def is_queued(self) -> bool:
        """Must somebody here act on it? A right that has lapsed can no longer be used and asks for nothing."""
        if self.due is None or not self.is_open or self.clock.nature not in QUEUED:
            return False
        return not (self.clock.nature == "right" and self.state == "missed")

    @property
    def is_stopped(self) -> bool:
        """Does it stand still at `at`?"""
        return self.state == "stopped"

    @property
    def stopped_since(self) -> date | None:
        """The first day of the stop that is open now."""
        return next((stop.since for stop in self.stops if stop.until is None), None) if self.is_stopped else None

    @property
    def is_moved(self) -> bool:
        """Did a rest day move the last day?"""
        return self.due_day is not None and self.due_day != self.unmoved_day

    @property
    def tone(self) -> Tone:
        """How it looks: late (today or past), soon (three days or fewer), wait (stopped), done (met), or plain."""
        if self.state == "met":
            return "done"
        if self.state == "stopped":
            return "wait"
        if not self.is_queued or self.days_left is None:
            return ""
        if self.state == "missed" or self.days_left <= 0:
            return "late"
        return "soon" if self.days_left <= DAYS_SOON_MAX else ""

    @property
    def left(self) -> Words:
        """What is left, in the fewest words: 剩 26 天 / 26 days left."""
        return sentences.left(self)

    @property
    def chip(self) -> Words:
        """The chip of lists: 剩 26 天 · 核定 30 日 / 26 days left · 30 days to decide."""
        return sentences.chip(self)

    @property
    def due_words(self) -> Words:
        """The date: 12-23 到期 / due 12-23, with the year when it is another year."""
        return sentences.due_words(self)

    @property
    def bar_words(self) -> Words:
        """The bar for those who cannot see it: 30 天里已用 12 天，另停 6 天."""
        return sentences.bar_words(self)

    @property
    def moved(self) -> Words | None:
        """That a rest day moved the end, from where to where; None when it did not."""
        return sentences.moved(self)

    @property
    def sentence(self) -> Words:
        """Everything in one sentence for screen readers: clock, source, used, stopped, left, due, moved."""
        return sentences.whole(self)
