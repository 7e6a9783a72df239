"""My work: one list, what is due first stands first; the chosen claim opens beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lipei.claimfile.file_tasks import own_file_tasks
from lipei.claimfile.work_list import (
    GROUPS,
    LIGHT_ROWS_MAX,
    PAGE_ROWS,
    SOON_DAYS,
    VIEWS,
    WorkList,
    WorkRow,
    days_ahead,
    row_of,
    work_of,
)
from lipei.complaints.queries import complaints_of
from lipei.frontdesk.calm_queries import calls_for
from lipei.terms.words import Words
from lipei.workbench.arriving import actor_in, whole

CHART_DAYS = 10


@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """The list of the colleague who asks, in the chosen view."""
    actor, at = actor_in(request), timezone.now()
    view = request.GET.get("view", "due")
    view = view if view in VIEWS else "due"
    start = whole(request.GET.get("from", ""), most=LIGHT_ROWS_MAX)
    work = work_of(actor, at=at, view=view, start=start)
    sees_claims = "claim.see" in actor.verbs
    context: dict[str, Any] = {
        "today": timezone.localtime(at).date(), "must": work.must, "views": _views(work, view, sees_claims=sees_claims),
        "groups": _groups(work), "more": _more(work, view, start), "chosen": chosen_of(work.rows[0]) if work.rows else None,
        "due_days": due_days(work.due_days, at=at) if work.due_days else None,
        "due_url": f"{reverse('claims')}?mine=1&due=14" if sees_claims else "",
        "promises": [_promise(row) for row in work.promises], "empty": _empty(view, start, sees_claims=sees_claims),
        "calls": calls_for(actor) if "visit.assist" in actor.verbs else (), "file_tasks": own_file_tasks(actor=actor, at=at),
        "complaints": complaints_of(actor=actor, at=at, mine=True) if "complaint.take_on" in actor.verbs else (),
    }
    return render(request, "workbench/my_work.html", context)


@require_GET
def peek(request: HttpRequest, number: str) -> HttpResponse:
    """The chosen claim beside the list."""
    row = row_of(number, actor=actor_in(request), at=timezone.now())
    return render(request, "workbench/my_work_chosen.html", {"chosen": chosen_of(row)})


def _views(work: WorkList, view: str, *, sees_claims: bool) -> list[dict[str, Any]]:
    labels = {"due": _("By date"), "mine": _("Waiting for me"), "others": _("Waiting for others"), "promised": _("Promised to customers")}
    found = [
        {"label": label, "url": f"{reverse('my_work')}?{urlencode({'view': key})}", "current": key == view, "count": _capped(work, key)}
        for key, label in labels.items()
    ]
    return [*found, {"label": _("All claims"), "url": reverse("claims"), "current": False}] if sees_claims else found


def _capped(work: WorkList, view: str) -> str:
    number = work.counts[view]
    return f"{LIGHT_ROWS_MAX}+" if work.is_capped and number >= LIGHT_ROWS_MAX else str(number)


def _groups(work: WorkList) -> list[dict[str, Any]]:
    first = work.rows[0] if work.rows else None
    return [
        {"label": label, "count": work.group_counts[key], "rows": [_row(r, chosen=r is first) for r in work.rows if r.group == key]}
        for key, label in GROUPS.items()
        if any(r.group == key for r in work.rows)
    ]


def _row(row: WorkRow, *, chosen: bool) -> dict[str, Any]:
    number = row.number
    return {
        "clock": row.clock, "do": row.do, "name": row.name, "matter": row.matter, "number": number, "stage": row.stage, "turn": row.turn,
        "claimed": row.claimed, "chosen": chosen, "key": f"{number}-{row.task_id}", "url": _address(row),
        "peek_url": reverse("my_work_row", args=(number,)), "note_url": reverse("claim_note", args=(number,)),
        "call_url": reverse("claim_call", args=(number,)),
    }


def _address(row: WorkRow) -> str:
    return reverse("claim_tasks" if row.task_id else "claim", args=(row.number,))


def chosen_of(row: WorkRow) -> dict[str, Any]:
    """The panel beside the list: the verb, until when, what is in order and what lacks."""
    checks = [{"state": "yes", "text": words} for words in row.met] + [{"state": "no", "text": words} for words in row.lacking]
    matter = Words(f"{row.name}，{row.matter.zh}", f"{row.name}, {row.matter.en}") if row.matter else row.name
    return {
        "heading": _heading(row), "number": row.number, "title": row.do, "text": matter, "owed": row.owed, "claimed": row.claimed,
        "checks": checks, "url": _address(row),
    }


def _heading(row: WorkRow) -> Words:
    if row.clock is None:
        return Words("下一步", "Next")
    left = row.clock.chip
    return Words(f"下一步 · {left.zh}", f"Next · {left.en}")


def _more(work: WorkList, view: str, start: int) -> dict[str, Any] | None:
    if not work.left:
        return None
    query = urlencode({"view": view, "from": start + PAGE_ROWS})
    return {"count": work.left, "url": f"{reverse('my_work')}?{query}"}


def due_days(numbers: Any, *, at: dt.datetime) -> list[dict[str, Any]]:
    """The next working days with how many claims fall due; the law itself moves a last day off a rest day."""
    today = timezone.localtime(at).date()
    return [
        {"day": day, "number": numbers.get(day, 0), "url": f"{reverse('claims')}?mine=1&due={day.isoformat()}", "kind": day_kind(day, today)}
        for day, _is_rest in days_ahead(at, CHART_DAYS, working_only=True)
    ]


def day_kind(day: dt.date, today: dt.date) -> str:
    """Red for today, amber within three days, grey after."""
    left = (day - today).days
    return "late" if left <= 0 else "soon" if left <= SOON_DAYS else ""


def _promise(row: WorkRow) -> dict[str, Any]:
    return {"by": row.due_at, "who": row.name, "what": row.do, "url": _address(row)}


def _empty(view: str, start: int, *, sees_claims: bool) -> dict[str, Any]:
    if start:
        return {"why": _("The list ends before this page."), "url": reverse("my_work"), "link": _("Back to the first page")}
    why = {
        "due": _("Nothing waits for you."), "mine": _("It is not your turn in any claim."),
        "others": _("Nothing of yours waits for others."), "promised": _("No promise to a customer is open."),
    }[view]
    found = {"why": why, "fill": _("A claim stands here when it is your turn, when you look after it, or when you promised something.")}
    return found | ({"url": reverse("claims"), "link": _("See all claims")} if sees_claims else {})
