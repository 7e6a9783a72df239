"""The running command: its number, verb, actor and time, and the entries it will append when it ends."""

from __future__ import annotations

import contextvars
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from lipei.filing.actor import Actor
from lipei.filing.events import Event


@dataclass(frozen=True, slots=True)
class Pending:
    """An event waiting for the end of its command, with the number its entry will have."""

    entry_id: int
    file_id: uuid.UUID
    event: Event
    by: Actor
    why: str


@dataclass(slots=True)
class Running:
    """What one running command knows."""

    id: uuid.UUID
    verb: str
    by: Actor
    why: str
    at: datetime
    recorded_at: datetime
    is_demo: bool
    spare_entry_id: int | None
    pending: list[Pending] = field(default_factory=list)


current: contextvars.ContextVar[Running | None] = contextvars.ContextVar("lipei_command", default=None)


def running() -> Running:
    """The running command; raises when there is none, because nothing may be written then."""
    now = current.get()
    if now is None:
        raise RuntimeError("this is only possible inside a @command")
    return now
