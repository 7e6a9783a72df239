"""What time itself does: due dates that move without an event – a stopped clock moves on each midnight; papers that stay away too long."""

from __future__ import annotations

from datetime import datetime

from lipei.claimfile import diary
from lipei.claimfile.models import Claim
from lipei.claimfile.stages import OPEN_STAGES
from lipei.documents.handing import raise_overdue
from lipei.filing.actor import Actor, system
from lipei.filing.command import NOW, command

AT_ONCE_MAX = 500


@command("system.sweep")
def _sweep(limit: int, *, by: Actor, why: str = "", at: datetime = NOW) -> int:
    """Compute the due dates anew that have come to change; derived values only, so nothing enters the file."""
    rows = Claim.objects.select_for_update(skip_locked=True).filter(due_changes_at__lte=at, stage__in=OPEN_STAGES)[:limit]
    for claim in rows:
        diary.set_due(claim, at=at)
    return len(rows)


def sweep_due_dates() -> int:
    """One round of at most `AT_ONCE_MAX` claims; returns how many were computed anew."""
    return _sweep(AT_ONCE_MAX, by=system())


def ask_for_papers_out() -> int:
    """One round of at most `AT_ONCE_MAX` papers that are out too long; returns how many alarms were raised."""
    return raise_overdue(AT_ONCE_MAX, by=system())
