"""What is explained at the counter, point by point: cover, papers, days from the law in force, next step, ways to disagree; and how it was said back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from lipei.claimfile.diary import law_line
from lipei.clocks.sentences import days
from lipei.coverage.queries import last_first_view
from lipei.documents.queries import papers_due
from lipei.filing.actor import Actor
from lipei.frontdesk.explaining import times
from lipei.frontdesk.procedure import STEPS, WAYS
from lipei.frontdesk.queries import VisitSeen
from lipei.frontdesk.teach_back import BY_ID, OUTCOMES, POINTS, outcomes_for
from lipei.terms.words import Words, both

CONTACT_DAYS = 3
SIMPLE_SITUATIONS = frozenset({"elderly"})
_NOTHING_MORE = Words("没有别的了", "nothing more")


def shown(visit: VisitSeen, *, values: Mapping[str, str], errors: Mapping[str, Words], actor: Actor) -> dict[str, Any]:
    """The context of the explanation: what is said at each point, in simple words where wished, and how each came out."""
    found = _said(visit, actor=actor)
    is_simple = bool(values.get("simple")) if "simple" in values or any(k.startswith("back_") for k in values) else visit.situation in SIMPLE_SITUATIONS
    return found | {
        "points": [_point(point.id, values=values, errors=errors, places=found["places"], marked=visit.marked) for point in POINTS], "is_simple": is_simple,
        "said_back": said_back(visit),
    }


def _said(visit: VisitSeen, *, actor: Actor) -> dict[str, Any]:
    at = visit.requested_at or timezone.now()
    limits = times(at=at, line=law_line(visit.policy.edition) if visit.policy and visit.policy.edition else visit.line)
    papers = papers_due(visit.claim_number, actor=actor)
    listed = Words("、".join(p.zh for p in papers), ", ".join(p.en for p in papers)) if papers else _NOTHING_MORE
    phone = Words(f"{visit.branch_phone} 转 {visit.extension}", f"{visit.branch_phone} ext. {visit.extension}") if visit.extension else both(visit.branch_phone)
    day = (timezone.localdate() + dt.timedelta(days=CONTACT_DAYS)).isoformat()
    upcoming = Words("收材料，念读申请书，签名", "the papers, the application read to you, your signature") if visit.requested_at is None else Words("理赔员核对保障和材料", "the handler checks cover and papers")
    places = {"papers": listed, "days": limits[0].long if limits else days(30), "next": upcoming, "day": day, "who": visit.first_asked or visit.clerk, "phone": phone}
    return {
        "steps": STEPS, "times": limits, "view": last_first_view(visit.claim_number, actor=actor), "papers": papers, "places": places,
        "disagree": next(w.text for w in WAYS if w.id == "disagree"), "complain": next(w.text for w in WAYS if w.id == "complain"),
    }


def _point(name: str, *, values: Mapping[str, str], errors: Mapping[str, Words], places: Mapping[str, Any], marked: frozenset[str]) -> dict[str, Any]:
    point = BY_ID[name]
    return {
        "id": name, "name": f"back_{name}", "label": _upper(point.name), "ask": point.ask, "simple": point.simple.with_(**places), "value": values.get(f"back_{name}", ""),
        "outcomes": [{"value": value, "label": label} for value, label in outcomes_for(name, marked=marked).items()], "error": errors.get(f"back_{name}"), "unclear": values.get(f"unclear_{name}", ""), "who": values.get(f"open_{name}__who", ""), "until": values.get(f"open_{name}__until", ""),
        "faults": [errors[f] for f in (f"unclear_{name}", f"open_{name}__who", f"open_{name}__until") if f in errors],
    }


def _upper(words: Words) -> Words:
    return Words(words.zh, f"{words.en[0].upper()}{words.en[1:]}")


def said_back(visit: VisitSeen) -> list[dict[str, Any]]:
    """How each point came out once the explanation is done; empty before, and for visits from before there were points."""
    seen = visit.station_of("explanation")
    points = seen.content.get("points", []) if seen and seen.state == "done" else []
    return [
        {"label": _upper(BY_ID[p["id"]].name), "outcome": OUTCOMES[p["outcome"]], "state": {"right": "yes", "again": "yes", "open": "warn"}[p["outcome"]],
         "unclear": p.get("unclear", ""), "is_marked": bool(p.get("marked")), "who": Words(p["who"]["zh"], p["who"]["en"]) if "who" in p else None, "until": p.get("until", "")}
        for p in points if p["id"] in BY_ID
    ]
