"""What the pages of the calm mode and of the shift show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from lipei.claimfile.words import ANSWER_BY, MATTERS
from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.frontdesk.calm import (
    AFTER_A_THREAT,
    AT_A_THREAT,
    NO_ARGUMENT,
    OFFERS,
    REASONS,
    CalmStep,
    reasons_for_step,
    step_saying,
)
from lipei.frontdesk.calm import STEPS as SIX
from lipei.frontdesk.calm_queries import (
    CalmSeen,
    CalmStepSeen,
    Reachable,
    helpers_for,
    open_points,
    quiet_rooms,
    shift_of,
    steps_seen,
)
from lipei.frontdesk.calm_rules import ALONE, Room
from lipei.frontdesk.fair_rules import RECENT_DAYS
from lipei.frontdesk.queries import VisitSeen, who_finds_out
from lipei.frontdesk.shift_rules import ITEMS, STATES
from lipei.frontdesk.stations import BY_ID as STATIONS
from lipei.frontdesk.stations import SITUATIONS
from lipei.terms.words import Words, both
from lipei.workbench.frontdesk import showing


def stands_at(seen: CalmSeen | None, step: str) -> bool:
    """Whether the calm talk stands at this step, so that its page can show what lacks there."""
    present = seen.present if seen else SIX[0]
    return present is not None and present.id == step


def page(
    visit: VisitSeen, seen: CalmSeen | None, *, actor: Actor, values: dict[str, str], refused: Refused | None = None, another: str = "", saved_at: dt.datetime | None = None
) -> dict[str, Any]:
    """The calm page: the present step, the six of them, who is called; before it was begun, the reasons."""
    steps = seen.steps if seen else steps_seen({})
    present = seen.present if seen else SIX[0]
    may_write = visit.clerk_id == actor.user_id and visit.closed_at is None and (seen is None or seen.ended_at is None)
    helpers = helpers_for(visit.branch_id, holder_id=visit.clerk_id, at=timezone.now()) if may_write else None
    context = showing.bare_frame(visit, actor=actor, station="calm") | {
        "calm": seen, "steps": [_row(s) for s in steps], "step": present, "step_number": 1 + [s.step for s in steps].index(present) if present else 0,
        "may_write": may_write, "no_argument": NO_ARGUMENT, "saved_at": saved_at, "values": values, "errors": showing.errors_of(refused),
        "is_station": visit.purpose == "complaint", "draft_url": reverse("visit_calm_draft", args=(visit.number,)) if may_write and seen else "",
        "begin_reasons": [{"value": k, "label": w} for k, w in REASONS.items()],
        "threat_say": AT_A_THREAT.with_(name=both(visit.address or "您好")), "after_threat": AFTER_A_THREAT,
        "seconds": _seconds(helpers.reachable) if helpers else [], "lighter": helpers.lighter if helpers and present in SIX[:2] else None,
        "recent_days": RECENT_DAYS,
    }
    if present is None:
        return context | {"say": None}
    is_complaint = visit.purpose == "complaint"
    return context | _say(visit, present, another=another, values=values) | {
        "reasons": [{"value": r.id, "label": r.name} for r in reasons_for_step(present.id, is_complaint=is_complaint)] if may_write else [],
    } | _OWN[present.id](visit, seen, actor, values)


def _say(visit: VisitSeen, step: CalmStep, *, another: str, values: dict[str, str]) -> dict[str, Any]:
    n = int(another) if another.isascii() and another.isdigit() and len(another) < 4 else 0
    day = both(values.get("answer__until") or (timezone.localdate() + dt.timedelta(days=showing.SOON_DAYS)).isoformat())
    words = step_saying(step.id, situation=visit.situation, name=visit.address, another=n, day=day)
    url = f"{reverse('visit_calm', args=(visit.number,))}?another={n + 1}"
    return {"say": {"words": Words(f"“{words.zh}”", f"“{words.en}”"), "situation": SITUATIONS.get(visit.situation), "manner": step.manner, "another_url": url}}


def _row(seen: CalmStepSeen) -> dict[str, Any]:
    """A step in the list of six: its state, and in a line what came of it."""
    return {"name": seen.step.name, "state": seen.state, "note": seen.reason or _came_of(seen.step.id, seen.content)}


def _came_of(step: str, content: dict[str, Any]) -> Words | None:
    if not content:
        return None
    if step == "quiet_room":
        return Words(content["room"]["zh"], content["room"]["en"])
    if step == "solution":
        names = [OFFERS[o].name for o in content["offers"]]
        return Words("；".join(n.zh for n in names), "; ".join(n.en for n in names))
    if step == "follow_up":
        return Words(f"{content['who']['zh']}，{content['until']} 前", f"{content['who']['en']}, by {content['until']}")
    told = {"listen": "words", "point": "matter", "apology": "apology"}[step]
    return both(str(content[told])[:80]) if content.get(told) else None


def _seconds(found: tuple[Reachable, ...]) -> list[dict[str, Any]]:
    """Who may be called, with what they are at."""
    rows = [(c, _at(c.busy_with, c.is_supervisor)) for c in found]
    return [{"value": c.id, "label": Words(f"{c.name.zh} · {at.zh}", f"{c.name.en} · {at.en}")} for c, at in rows]


def _at(busy_with: str, is_supervisor: bool) -> Words:
    if is_supervisor:
        return Words("主管", "supervisor")
    return Words(f"在接待 {busy_with}", f"serving {busy_with}") if busy_with else Words("空着", "free")


def room_asked(rooms: Iterable[Room]) -> dict[str, Any]:
    """The quiet places, free or taken, and why nobody is called."""
    rows = [
        {"value": r.id, "label": r.name, "note": Words(f"有客户（{r.taken_by}）", f"taken ({r.taken_by})") if r.taken_by else Words("空着", "free")}
        for r in rooms
    ]
    return {"rooms": rows, "alone": showing.options(ALONE)}


def point_asked(people: Iterable[dict[str, Any]], *, heard: str, name: str) -> dict[str, Any]:
    """What it may be about, against whom, and the ways to answer; beside it what was heard."""
    nobody = {"value": "", "label": Words("不是针对某一位", "Nobody in particular")}
    return {
        "abouts": [showing.CHOOSE, *showing.options(MATTERS)], "answer_ways": showing.options(ANSWER_BY), "heard": heard, "against": [nobody, *people], "name": name,
    }


def solution_asked(values: Mapping[str, str], *, wish: str, has_supervisor: bool) -> dict[str, Any]:
    """What may be offered alone and with the supervisor, and the wish it should meet."""
    rows = [{"name": f"offer_{o.id}", "label": o.name, "is_on": bool(values.get(f"offer_{o.id}")), "needs": o.is_for_supervisor} for o in OFFERS.values()]
    return {"own_offers": [r for r in rows if not r["needs"]], "supervisor_offers": [r for r in rows if r["needs"]], "wish": wish, "has_supervisor": has_supervisor}


def _room(visit: VisitSeen, seen: CalmSeen | None, actor: Actor, values: dict[str, str]) -> dict[str, Any]:
    return room_asked(quiet_rooms(visit.branch_id))


def _nothing(visit: VisitSeen, seen: CalmSeen | None, actor: Actor, values: dict[str, str]) -> dict[str, Any]:
    return {}


def _point(visit: VisitSeen, seen: CalmSeen | None, actor: Actor, values: dict[str, str]) -> dict[str, Any]:
    people = ({"value": c.id, "label": Words(c.name, c.name_en)} for c in who_finds_out(visit.branch_id))
    name = values.get("name", visit.visitor.name if visit.visitor else visit.address)
    return point_asked(people, heard=seen.content_of("listen").get("words", "") if seen else "", name=name)


def _apology(visit: VisitSeen, seen: CalmSeen | None, actor: Actor, values: dict[str, str]) -> dict[str, Any]:
    return {"matter": seen.content_of("point").get("matter", "") if seen else ""}


def _solution(visit: VisitSeen, seen: CalmSeen | None, actor: Actor, values: dict[str, str]) -> dict[str, Any]:
    return solution_asked(values, wish=seen.content_of("point").get("wish", "") if seen else "", has_supervisor=bool(seen and seen.has_supervisor))


def _follow_up(visit: VisitSeen, seen: CalmSeen | None, actor: Actor, values: dict[str, str]) -> dict[str, Any]:
    return {
        "colleagues": [showing.CHOOSE, *({"value": c.id, "label": Words(c.name, c.name_en)} for c in who_finds_out(visit.branch_id))],
        "who": values.get("answer__who", str(actor.user_id)),
        "until": values.get("answer__until", (timezone.localdate() + dt.timedelta(days=showing.SOON_DAYS)).isoformat()),
    }


_OWN = {"quiet_room": _room, "listen": _nothing, "point": _point, "apology": _apology, "solution": _solution, "follow_up": _follow_up}


# ---------- the shift ----------


def check(*, actor: Actor, values: dict[str, str], refused: Refused | None) -> dict[str, Any]:
    """The check before the shift, item by item, with the branch's open points."""
    errors = showing.errors_of(refused)
    found = shift_of(actor, at=timezone.now())
    tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    return {
        "items": [
            {
                "id": i.id, "name": i.name, "means": i.means, "value": values.get(i.id, ""), "error": errors.get(i.id), "what": values.get(f"{i.id}_what", ""),
                "what_error": errors.get(f"{i.id}_what"), "who": values.get(f"{i.id}__who", ""), "who_error": errors.get(f"{i.id}__who"),
                "until": values.get(f"{i.id}__until", "") or tomorrow, "until_error": errors.get(f"{i.id}__until"), "is_wrong": values.get(i.id) == "not_ok",
            }
            for i in ITEMS
        ],
        "states": showing.options(STATES), "values": values, "errors": errors, "is_checked": bool(found and found.is_checked),
        "colleagues": [showing.CHOOSE, *({"value": c.id, "label": Words(c.name, c.name_en)} for c in who_finds_out(actor.branch_id or 0))],
        "points": open_points(actor=actor, at=timezone.now()), "station": STATIONS["welcome"],
    }
