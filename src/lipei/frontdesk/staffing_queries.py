"""How many counters the branch needs to-day, from its own last weeks: who came when, and how long they were served."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils import timezone

from lipei.frontdesk.line import past_visits, start_of_day
from lipei.frontdesk.models import Ticket
from lipei.frontdesk.staffing import Past, Staffing, Today, TooLittle, staffing_of
from lipei.frontdesk.waiting_rules import SERVICE_SECONDS_MAX, SERVICE_SECONDS_MIN

PAST_WEEKS = 8
HOURS_MAX = PAST_WEEKS * 7 * 24 + 24


def staffing_now(branch_id: int, *, at: dt.datetime) -> Staffing | TooLittle:
    """What each hour of to-day needs at a branch; `TooLittle` when its past holds too little. Two queries."""
    here = timezone.localtime(at)
    come = _come(branch_id, at=at)
    services = [s.seconds for s in past_visits(branch_id, at=at) if SERVICE_SECONDS_MIN <= s.seconds <= SERVICE_SECONDS_MAX]
    so_far = sum(n for (day, _hour), n in come.items() if day == here.date())
    return staffing_of(Past(come, services), today=Today(here.date(), here.hour, here.minute, so_far))


def _come(branch_id: int, *, at: dt.datetime) -> dict[tuple[dt.date, int], int]:
    """Visitors by local day and hour of their ticket, of the last weeks and to-day; tickets taken by mistake left out."""
    since = start_of_day(at) - dt.timedelta(weeks=PAST_WEEKS)
    rows = Ticket.objects.filter(branch_id=branch_id, taken_at__gte=since, taken_at__lte=at).exclude(state="cancelled")
    hours = rows.annotate(hour=TruncHour("taken_at")).values("hour").annotate(n=Count("id")).order_by("hour").values_list("hour", "n")
    found = ((timezone.localtime(hour), n) for hour, n in hours[:HOURS_MAX])
    return {(hour.date(), hour.hour): n for hour, n in found}
