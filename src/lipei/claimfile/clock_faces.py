"""How the clocks of many claims are shown: their readings from one query, and one face for each – chip, date, bar, sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lipei.claimfile.diary import law
from lipei.claimfile.models import Claim, ClockEvent
from lipei.clocks.due import most_urgent, readings
from lipei.clocks.events import Event
from lipei.clocks.place import UnknownLine
from lipei.clocks.reading import Reading
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFace:
    """A clock as a row shows it; `used` and `paused` in per cent of its run, None without a bar."""

    chip: Words
    which: Words
    due: Words | None
    kind: str
    used: int | None
    paused: int | None
    sentence: Words | None


def face_of(reading: Reading) -> ClockFace:
    """The face of one reading."""
    return ClockFace(
        chip=reading.left, which=reading.which, due=reading.due_words if reading.due else None, kind=reading.tone,
        used=reading.bar.used_percent, paused=reading.bar.stopped_percent, sentence=reading.sentence,
    )


def readings_of_events(events: Iterable[Event], *, line: str, at: datetime) -> tuple[Reading, ...]:
    """Every clock of a claim from its events; none for a line of business the law's pack does not know."""
    try:
        return readings(law(at), events=events, at=at, line=line)
    except UnknownLine:
        return ()


def most_urgent_of(claims: Iterable[Claim], *, at: datetime) -> Mapping[int, Reading]:
    """The most urgent clock of each claim by its id, from one query; claims without one are left out."""
    listed = list(claims)
    events: dict[int, list[Event]] = {claim.pk: [] for claim in listed}
    for row in ClockEvent.objects.filter(claim_id__in=list(events)).order_by("at", "id"):
        events[row.claim_id].append(Event(row.kind, row.at, about=row.about, approved=row.is_approved))
    found = {
        claim.pk: most_urgent(readings_of_events(events[claim.pk], line=claim.line, at=at)) for claim in listed if events[claim.pk]
    }
    return {pk: reading for pk, reading in found.items() if reading is not None}
