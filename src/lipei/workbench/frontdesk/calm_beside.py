"""What other pages of the front desk know of calm mode, complaint and shift: the rail, the farewell, the list of visits."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from lipei.complaints.queries import complaint_of_visit
from lipei.filing.actor import Actor
from lipei.frontdesk.calm_queries import calm_of, helpers_for, shift_of
from lipei.frontdesk.desk import DeskNow
from lipei.frontdesk.fair_rules import BREAK_MINUTES, RECENT_DAYS
from lipei.frontdesk.queries import VisitSeen
from lipei.terms.words import Words

HARD_SITUATIONS = frozenset({"anger", "bereavement"})


def beside(visit: VisitSeen, *, actor: Actor, station: str) -> dict[str, Any]:
    """What the rail of every station knows of the calm mode: whether one runs, and who has had less of hard contacts."""
    is_mine = visit.clerk_id == actor.user_id and visit.closed_at is None
    seen = calm_of(visit.number) if is_mine else None
    is_hard = visit.purpose == "complaint" or visit.situation in HARD_SITUATIONS
    lighter = None
    if is_mine and is_hard and seen is None and station in ("welcome", "identity"):
        lighter = helpers_for(visit.branch_id, holder_id=visit.clerk_id, at=timezone.now()).lighter
    return {"calm_runs": seen is not None and seen.ended_at is None, "calm_was": seen is not None and seen.ended_at is not None, "lighter": lighter, "recent_days": RECENT_DAYS}


def receipt(visit: VisitSeen, *, actor: Actor) -> dict[str, Any]:
    """The complaint that this visit brought, and what was agreed, for farewell and the page after it."""
    seen = calm_of(visit.number)
    content = seen.content_of("follow_up") if seen else {}
    return {
        "complaint": complaint_of_visit(visit.number, actor=actor, at=timezone.now()),
        "agreed": Words(f"{content['who']['zh']}，{content['until']} 前：{content['answer']}", f"{content['who']['en']}, by {content['until']}: {content['answer']}") if content else None,
    }


def agreed_day(visit: VisitSeen) -> str:
    """The day agreed at the follow-up, as the farewell says it; empty when the visitor wished none."""
    seen = calm_of(visit.number)
    return str(seen.content_of("follow_up").get("until", "")) if seen else ""


def shift(*, actor: Actor, known: DeskNow | None = None) -> dict[str, Any]:
    """What stands over the day's visits: the check still open, the break, and the break that is offered. `known` when the desk was read already."""
    found = shift_of(actor, at=known.at if known else timezone.now(), known=known)
    return {"shift": found, "break_minutes": BREAK_MINUTES}
