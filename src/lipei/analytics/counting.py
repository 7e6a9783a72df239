"""Counts what a branch's board shows, in a few statements over indexes; run by the job, never by a page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.utils import timezone

from lipei.analytics.models import BoardSummary
from lipei.analytics.rules import SERVICE_DAYS, USUAL_SAMPLES_MIN, effort, stuck_after_days
from lipei.claimfile.listing import midnight
from lipei.claimfile.stages import OPEN_STAGES
from lipei.staff.models import Branch, User

DAYS_AHEAD = 14  # after today
SHOWN_STAGES = (*OPEN_STAGES, "closed")

_STAGES = """
SELECT stage, count(*),
       (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM %(at)s - stage_since)) / 3600)::bigint
FROM claim WHERE branch_id = %(branch)s AND stage = ANY(%(stages)s) GROUP BY stage
"""
_DUE = """
SELECT ((due_at - interval '1 microsecond') AT TIME ZONE %(zone)s)::date, count(*)
FROM claim WHERE branch_id = %(branch)s AND due_at > %(at)s AND due_at <= %(until)s AND stage = ANY(%(open)s) AND turn <> 'customer'
GROUP BY 1
"""
_STANDING = """
SELECT count(*),
       count(*) FILTER (WHERE due_at <= %(at)s AND turn <> 'customer'),
       count(*) FILTER (WHERE turn = 'customer'),
       count(*) FILTER (WHERE stage = 'registered' AND owner_id IS NULL)
FROM claim WHERE branch_id = %(branch)s AND stage = ANY(%(open)s)
"""
_LONGEST_STOP = """
SELECT min(e.at) FROM claim c CROSS JOIN LATERAL (
  SELECT max(at) AS at FROM clock_event WHERE claim_id = c.id AND kind = 'supplement_notice_delivered') e
WHERE c.branch_id = %(branch)s AND c.turn = 'customer' AND c.stage = ANY(%(open)s)
"""
_STUCK = "SELECT count(*) FROM claim WHERE branch_id = %(branch)s AND stage = %(stage)s AND stage_since < %(before)s"
_PEOPLE = """
SELECT owner_id, count(*) FILTER (WHERE turn_user_id = owner_id), count(*) FILTER (WHERE turn_user_id IS DISTINCT FROM owner_id),
       count(*) FILTER (WHERE is_complex)
FROM claim WHERE branch_id = %(branch)s AND owner_id IS NOT NULL AND stage = ANY(%(open)s) GROUP BY owner_id
"""
# How long a stage took: from one move of a claim's file to the next.
_USUAL = """
SELECT frm, count(*), (percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) / 3600)::bigint FROM (
  SELECT m.plain::json ->> 'frm' AS frm,
         extract(epoch FROM m.at - coalesce(lag(m.at) OVER (PARTITION BY m.file_id ORDER BY m.number), c.reported_at)) AS seconds
  FROM entry m JOIN claim c ON c.file_id = m.file_id
  WHERE m.kind = 'stage_moved' AND m.at >= %(since)s AND c.branch_id = %(branch)s AND c.reported_at >= %(since)s) moves
GROUP BY frm
"""
_BETWEEN = """
SELECT count(*), (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM b.at - a.at)) / 3600)::bigint
FROM milestone b JOIN milestone a ON a.claim_id = b.claim_id AND a.kind = %(first)s AND a.is_valid
JOIN claim c ON c.id = b.claim_id
WHERE b.kind = %(last)s AND b.is_valid AND b.at >= %(since)s AND c.branch_id = %(branch)s
"""
_CLOSINGS = """
SELECT closing, count(*) FROM claim WHERE branch_id = %(branch)s AND closing <> '' AND stage_since >= %(since)s GROUP BY closing
"""


def _rows(sql: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def count_board(branch_id: int, *, at: dt.datetime) -> dict[str, Any]:
    """Everything the board of a branch shows, as JSON values."""
    today = timezone.localtime(at).date()
    since = midnight(today - dt.timedelta(days=SERVICE_DAYS))
    until = midnight(today + dt.timedelta(days=DAYS_AHEAD + 1))
    common = {"branch": branch_id, "at": at, "open": list(OPEN_STAGES)}
    number, overdue, stopped, unassigned = _rows(_STANDING, **common)[0]
    longest = _rows(_LONGEST_STOP, **common)[0][0]
    due = {day.isoformat(): n for day, n in _rows(_DUE, **common, until=until, zone=timezone.get_current_timezone_name())}
    return {
        "open": number, "overdue": overdue, "stopped": stopped, "unassigned": unassigned,
        "longest_stop": timezone.localtime(longest).date().isoformat() if longest else None, "due": due,
        "stages": _stages(branch_id, at=at, since=since), "people": _people(branch_id),
        "service": _service(branch_id, since=since), "since": timezone.localtime(since).date().isoformat(),
    }


def _stages(branch_id: int, *, at: dt.datetime, since: dt.datetime) -> list[dict[str, Any]]:
    usual = {frm: hours for frm, n, hours in _rows(_USUAL, branch=branch_id, since=since) if n >= USUAL_SAMPLES_MIN}
    now = {stage: (n, hours) for stage, n, hours in _rows(_STAGES, branch=branch_id, at=at, stages=list(SHOWN_STAGES))}
    return [_stage(stage, *now[stage], usual=usual.get(stage), branch_id=branch_id, at=at) for stage in SHOWN_STAGES if stage in now]


def _stage(stage: str, number: int, hours: int, *, usual: int | None, branch_id: int, at: dt.datetime) -> dict[str, Any]:
    days = stuck_after_days(usual)
    stuck, last_day = 0, None
    if days is not None:
        last_day = timezone.localtime(at).date() - dt.timedelta(days=days)
        stuck = _rows(_STUCK, branch=branch_id, stage=stage, before=midnight(last_day + dt.timedelta(days=1)))[0][0]
    return {
        "stage": stage, "number": number, "median_hours": hours, "usual_hours": usual, "stuck": stuck,
        "stuck_since": last_day.isoformat() if last_day else None,
    }


def _people(branch_id: int) -> list[dict[str, Any]]:
    counted = {owner: rest for owner, *rest in _rows(_PEOPLE, branch=branch_id, open=list(OPEN_STAGES))}
    handlers = User.objects.filter(branch_id=branch_id, roles__contains=["handler"], is_working=True).order_by("number")
    found = []
    for user in handlers:
        now, waiting, is_complex = counted.get(user.pk, [0, 0, 0])
        found.append({
            "number": user.number, "name": user.name, "name_en": user.name_en, "points": effort(now, waiting, is_complex),
            "claims": now + waiting, "complex": is_complex,
        })
    return found


def _service(branch_id: int, *, since: dt.datetime) -> dict[str, Any]:
    def between(first: str, last: str) -> list[int | None]:
        return list(_rows(_BETWEEN, branch=branch_id, since=since, first=first, last=last)[0])

    return {
        "papers_to_paid": between("papers_complete", "paid"), "request_to_decided": between("claim_requested", "decided"),
        "closings": dict(_rows(_CLOSINGS, branch=branch_id, since=since)), "days": SERVICE_DAYS,
    }


def refresh_board(branch_id: int, *, at: dt.datetime) -> None:
    """Count a branch's board and keep it."""
    BoardSummary.objects.update_or_create(branch_id=branch_id, defaults={"content": count_board(branch_id, at=at), "counted_at": at})


def refresh_boards(*, at: dt.datetime) -> int:
    """Count every branch's board; returns how many."""
    ids = list(Branch.objects.values_list("id", flat=True))
    for branch_id in ids:
        refresh_board(branch_id, at=at)
    return len(ids)
