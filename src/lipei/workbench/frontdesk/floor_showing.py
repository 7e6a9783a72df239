"""What the pages of the floor show: the floor now, how the counters of an hour are reckoned, and the figures of a day."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from lipei.filing.actor import Actor
from lipei.frontdesk.day_queries import Day, day_of_desk
from lipei.frontdesk.fair_rules import RECENT_DAYS
from lipei.frontdesk.floor_queries import BranchSeen, DeskToday, branch_seen, desk_today, floor_of
from lipei.frontdesk.floor_telling import counters_told, decimal, forecast_told, line_told, percent, places_told
from lipei.frontdesk.staffing import HourNeed, Staffing, TooLittle, kept_share, waiting_chance
from lipei.frontdesk.staffing_queries import PAST_WEEKS, staffing_now
from lipei.terms.words import Words

TRIED_BELOW, TRIED_ABOVE = 2, 1
"""How many counters fewer and more than the answer the page works through."""


def desk(*, actor: Actor, code: str = "") -> dict[str, Any]:
    """The floor of a branch now; for the supervisor and the auditor also the counters that the next hour needs."""
    at = timezone.now()
    branch = branch_seen(code, actor=actor)
    found = desk_today(branch, at=at)
    told, promised = line_told(found.floor)
    return {
        "desk": found, "branch": branch, "others": _others(branch), "at": at, "days": RECENT_DAYS, "may_arrange": "desk.arrange" in actor.verbs, "may_help": "hall.give_help" in actor.verbs,
        "mine": actor.user_id, "values": {}, "errors": {}, "places": places_told(found.floor), "line_told": told, "promised": promised,
        "is_over": bool(found.floor.longest and not found.floor.longest.kept.is_kept), "asked": _asked(code),
        "forecast": _forecast(branch.id, found, at=at) if "floor.see" in actor.verbs else None,
    }


def _forecast(branch_id: int, found: DeskToday, *, at: dt.datetime) -> Words:
    return forecast_told(staffing_now(branch_id, at=at), hour=timezone.localtime(at).hour, receiving=found.floor.receiving)


def _others(branch: BranchSeen) -> list[dict[str, Any]]:
    return [{"label": name, "url": _asked(code)} for code, name in branch.others]


def _asked(code: str, **more: str) -> str:
    """The branch asked for, carried on to the next page."""
    told = {"branch": code, **more} if code else more
    return f"?{urlencode(told)}" if told else ""


def hall(*, branch_id: int, code: str, at: dt.datetime) -> dict[str, Any] | None:
    """The hall on the board: places, the line, the sentence on the next hour; None when there is nothing to see."""
    floor = floor_of(branch_id, at=at)
    staffing = staffing_now(branch_id, at=at)
    if floor.is_empty and isinstance(staffing, TooLittle):
        return None
    asked = _asked(code)
    told, promised = line_told(floor)
    here = timezone.localtime(at)
    return {
        "at": Words(f"实时 {here:%H:%M:%S}", f"live {here:%H:%M:%S}"), "url": reverse("desk_today") + asked, "stream": reverse("hall_stream", args=(code,)),
        "counters": places_told(floor), "forecast": forecast_told(staffing, hour=here.hour, receiving=floor.receiving), "how_url": reverse("desk_staffing") + asked,
        "waiting": len(floor.waiting), "told": told, "promised": promised, "waiting_url": f"{reverse('desk_today')}{asked}#waiting",
    }


# ---------- how many counters ----------


def staffing(*, actor: Actor, code: str) -> dict[str, Any]:
    """How the counters of each hour of today are reckoned, with the arithmetic of the hour that comes next."""
    at = timezone.now()
    branch = branch_seen(code, actor=actor)
    found = staffing_now(branch.id, at=at)
    here, receiving = timezone.localtime(at), floor_of(branch.id, at=at).receiving
    told: dict[str, Any] = {
        "branch": branch.name, "at": at, "asked": _asked(code), "weeks": PAST_WEEKS,
        "sentence": forecast_told(found, hour=here.hour, receiving=receiving), "staffing": None,
    }
    if isinstance(found, TooLittle):
        return told
    shown = found.at(here.hour + 1) or max(found.hours, key=lambda h: h.load, default=None)
    return told | {
        "staffing": found, "basis": _basis(found, at=here), "share": percent(float(found.target.share)), "expected": decimal(found.expected), "factor": decimal(found.factor, places=2),
        "hours": [_hour_row(h, is_shown=h is shown) for h in found.hours], "shown": shown, "shown_end": shown.hour + 1 if shown else 0,
        "load": decimal(shown.load, places=2) if shown else "", "visitors": decimal(shown.visitors) if shown else "", "usual": decimal(shown.usual) if shown else "",
        "tried": _tried(shown, found) if shown else [],
    }


def _basis(found: Staffing, *, at: dt.datetime) -> Words:
    n = found.days
    if found.basis == "weekday":
        return Words(f"前 {PAST_WEEKS} 周里 {n} 个{'星期' + '一二三四五六日'[at.weekday()]}", f"{n} {at:%A}s of the last {PAST_WEEKS} weeks")
    is_weekend = at.weekday() >= 5
    return Words(f"前 {PAST_WEEKS} 周里 {n} 个{'周末的日子' if is_weekend else '工作日'}", f"{n} {'weekend days' if is_weekend else 'workdays'} of the last {PAST_WEEKS} weeks")


def _hour_row(need: HourNeed, *, is_shown: bool) -> dict[str, Any]:
    return {
        "start": need.hour, "end": need.hour + 1, "usual": decimal(need.usual), "visitors": decimal(need.visitors), "load": decimal(need.load, places=2),
        "counters": counters_told(need), "waiting": percent(need.waiting), "kept": percent(need.kept), "is_shown": is_shown,
    }


def _tried(need: HourNeed, found: Staffing) -> list[dict[str, Any]]:
    """The numbers of counters round the answer, each with what it would keep."""
    if need.counters is None:
        return []
    rows = range(max(1, need.counters - TRIED_BELOW), need.counters + TRIED_ABOVE + 1)
    within = found.target.minutes * 60
    return [
        {
            "counters": c, "grows": c <= need.load, "waiting": percent(float(waiting_chance(need.load, counters=c))),
            "kept": percent(kept_share(need.load, counters=c, service=found.service_mean, within=within)), "is_answer": c == need.counters,
        }
        for c in rows
    ]


# ---------- a day ----------


def day(*, actor: Actor, code: str, on: dt.date | None) -> dict[str, Any]:
    """The figures of a day; today when no day, or one to come, is asked for."""
    at = timezone.now()
    today = timezone.localtime(at).date()
    chosen = min(on, today) if on else today
    branch = branch_seen(code, actor=actor)
    found = day_of_desk(branch.id, on=chosen, at=at, actor=actor)
    return {
        "branch": branch.name, "day": found, "asked": _asked(code), "is_today": chosen == today, "rows": _figure_rows(found, code=code),
        "before": reverse("desk_day") + _asked(code, day=(chosen - dt.timedelta(days=1)).isoformat()),
        "after": reverse("desk_day") + _asked(code, day=(chosen + dt.timedelta(days=1)).isoformat()) if chosen < today else "",
        "back": reverse("desk_day") + _asked(code, day=chosen.isoformat()),
    }


def _figure_rows(found: Day, *, code: str) -> list[dict[str, Any]]:
    asked = _asked(code, day=found.on.isoformat())
    return [
        {"measure": f.measure, "value": f.value, "formula": f.formula, "url": reverse("desk_figure", args=(f.id,)) + asked}
        for f in found.figures
    ]
