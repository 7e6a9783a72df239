"""What a practice visit shows of the calm mode: the step it stands at, as the real page shows it, with the invented place and colleagues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lipei.frontdesk.calm import NO_ARGUMENT, ORDER, reasons_for_step, step_saying
from lipei.frontdesk.practice import calm_steps
from lipei.frontdesk.practice.queries import PracticeSeen
from lipei.terms.words import Words
from lipei.workbench.frontdesk import calm_showing, showing

APPLIES = {"value": "", "label": Words("照常走这一步", "The step is taken as usual")}


def names_of(seen: PracticeSeen) -> tuple[str, ...]:
    """The fields of the calm mode that a page of this visit may send."""
    return (*(name for names in calm_steps.FIELDS.values() for name in names), calm_steps.REASON) if calm_steps.has_calm(seen.scenario) else ()


def rail(seen: PracticeSeen) -> dict[str, Any]:
    """The six steps beside the talk, once the visit has come to them."""
    is_there = any(turn.step for turn in seen.turns) or _stands_before(seen)
    return {"steps": calm_steps.states_of(seen.turns, seen.scenario) if calm_steps.has_calm(seen.scenario) and is_there else None, "no_argument": NO_ARGUMENT}


def panel(seen: PracticeSeen, values: Mapping[str, str]) -> dict[str, Any] | None:
    """The present step with its words and what it asks for; None in other visits, and when all six are through."""
    step = calm_steps.present_step(seen.turns)
    if seen.is_over or step is None or not calm_steps.has_calm(seen.scenario):
        return None
    scenario = seen.scenario
    reasons = reasons_for_step(step.id, is_complaint=scenario.purpose == "complaint")
    words = step_saying(step.id, situation=scenario.situation, name=scenario.visitor.in_(seen.language))
    return {
        "step": step, "number": ORDER.index(step.id) + 1, "say": words.in_(seen.language), "is_open": values.get("station") == calm_steps.CALM or _stands_before(seen),
        "reasons": [APPLIES, *({"value": r.id, "label": r.name} for r in reasons)] if reasons else [],
    } | _asked(step.id, seen, values)


def _stands_before(seen: PracticeSeen) -> bool:
    """Whether the calm mode is the station that comes now."""
    return bool(seen.turns) and seen.turns[-1].station in ("identity", calm_steps.CALM)


def _asked(step: str, seen: PracticeSeen, values: Mapping[str, str]) -> dict[str, Any]:
    people = [{"value": n, "label": name} for n, name in calm_steps.COLLEAGUES.items()]
    if step == "quiet_room":
        seconds = [{"value": "", "label": Words("不叫人", "Nobody")}, *({"value": n, "label": name} for n, name in calm_steps.SECONDS.items())]
        return calm_showing.room_asked(calm_steps.ROOMS) | {"seconds": seconds}
    point = calm_steps.told_at(seen.turns, "point")
    if step == "point":
        return calm_showing.point_asked(people[1:], heard=calm_steps.told_at(seen.turns, "listen").get("words", ""), name=values.get("name", ""))
    if step == "apology":
        return {"matter": point.get("matter", "")}
    if step == "solution":
        second = calm_steps.told_at(seen.turns, "quiet_room").get("second", "")
        return calm_showing.solution_asked(values, wish=point.get("wish", ""), has_supervisor=second == str(calm_steps.SUPERVISOR))
    if step == "follow_up":
        return {"colleagues": [showing.CHOOSE, *people], "who": values.get("answer__who", ""), "until": values.get("answer__until", "")}
    return {}
