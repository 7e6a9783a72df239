"""The board's summary rows, counted every two minutes; a page never counts."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import Blueprint

from lipei.analytics.counting import refresh_boards

blueprint = Blueprint()


@blueprint.periodic(cron="*/2 * * * *")
@blueprint.task(name="refresh_boards", queue="time", queueing_lock="refresh_boards")
def refresh(timestamp: int) -> None:
    """Count every branch's board."""
    refresh_boards(at=timezone.now())
