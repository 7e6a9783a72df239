"""The diary of a claim: which clocks run, what is due next, and when that must be looked at again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from lipei.claimfile.models import Claim, ClockEvent
from lipei.clocks.due import due_key, readings
from lipei.clocks.events import Event
from lipei.clocks.reading import Reading
from lipei.jurisdictions import Pack, load
from lipei.terms.edition import Edition

_LAW_LINES = {"hospital_cash": "medical", "property": "household", "hengji_property": "commercial_property", "lutong_compulsory": "ctpl"}


def law_line(edition: Edition) -> str:
    """The law's line of business, where the terms name it otherwise: by product, else by the line of the terms."""
    document = edition.document
    return _LAW_LINES.get(document.product) or _LAW_LINES.get(document.line, document.line)


def law(at: datetime) -> Pack:
    """The jurisdiction's pack as in force on the local day of `at`."""
    return load(settings.JURISDICTION, on=timezone.localtime(at).date())


def _events(claim: Claim) -> list[Event]:
    return [
        Event(e.kind, e.at, about=e.about, approved=e.is_approved)
        for e in ClockEvent.objects.filter(claim=claim).order_by("at", "id")
    ]


def clocks_of(claim: Claim, *, at: datetime) -> tuple[Reading, ...]:
    """Every clock of a claim as it stands at `at`, the most urgent first."""
    return readings(law(at), events=_events(claim), at=at, line=claim.line)


def set_due(claim: Claim, *, at: datetime) -> None:
    """Keep what the work list sorts by: the next due moment, its clock, and when it changes by itself."""
    key = due_key(law(at), events=_events(claim), at=at, line=claim.line)
    claim.due_at, claim.due_clock, claim.due_changes_at = key.due_at, key.clock_id, key.changes_at
    claim.save(update_fields=["due_at", "due_clock", "due_changes_at"])


def due_day_of(due_at: datetime) -> date:
    """The local day whose 24:00 a due moment is: due at midnight means due on the day before."""
    return timezone.localtime(due_at - timedelta(microseconds=1)).date()
