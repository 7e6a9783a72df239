"""The calm mode of a practice visit: the six steps and the rules of the real one, with an invented place and invented colleagues. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lipei.filing.refusal import Missing
from lipei.frontdesk.calm import OFFERS, STEPS, CalmStep, next_step, reasons_for_step
from lipei.frontdesk.calm_rules import (
    WORDS_CHARACTERS_MAX,
    Room,
    apology_of,
    follow_up_of,
    heard_of,
    point_of,
    room_of,
    solution_of,
    step_may_not_apply,
)
from lipei.frontdesk.reading import faults_of_text
from lipei.frontdesk.stations import PURPOSES
from lipei.terms.words import Words

if TYPE_CHECKING:
    from lipei.frontdesk.practice.scenario import Scenario
    from lipei.frontdesk.practice.talking import Turn

CALM = "calm"
ROOMS = (Room(1, Words("里间小会客室", "Small sitting room")), Room(2, Words("二楼谈话间", "Talk room, first floor"), taken_by="A012"))
SUPERVISOR = 3
COLLEAGUES: dict[int, Words] = {1: Words("您自己", "You yourself"), 2: Words("经办的理赔员", "The handler of the claim"), SUPERVISOR: Words("主管", "The supervisor")}
SECONDS: dict[int, Words] = {n: COLLEAGUES[n] for n in (2, SUPERVISOR)}
FIELDS: dict[str, tuple[str, ...]] = {
    "quiet_room": ("room", "second", "alone"), "listen": ("words", "read_back"), "point": ("about", "matter", "wish", "against", "name", "answer_by", "reach"),
    "apology": (), "solution": (*(f"offer_{offer}" for offer in OFFERS), "agreed"), "follow_up": ("answer", "answer__who", "answer__until"),
}
"""What is filled in at each step; the apology is what one says."""
REASON = "reason"


def has_calm(scenario: Scenario) -> bool:
    """Whether the calm mode is a station of this visit."""
    return CALM in PURPOSES[scenario.purpose].stations


def present_step(turns: Sequence[Turn]) -> CalmStep | None:
    """The step the talk stands at; None when all six are through."""
    return next_step(frozenset(turn.step for turn in turns if turn.step))


def kept_of(step: str, told: Mapping[str, str]) -> dict[str, str]:
    """What was filled in at a step, without what is empty."""
    return {name: text for name in (*FIELDS[step], REASON) if (text := str(told.get(name, "")).strip())}


def faults_of_size(told: Mapping[str, str]) -> list[Missing]:
    """Whatever is longer than any field of the calm mode may be."""
    return [fault for name, text in told.items() for fault in faults_of_text(text, label=Words("这一栏", "This field"), name=name, most=WORDS_CHARACTERS_MAX)]


def told_at(turns: Sequence[Turn], step: str) -> Mapping[str, str]:
    """What was filled in at a step that was taken; nothing before."""
    return next((turn.told for turn in turns if turn.step == step), {})


def faults_of_step(turn: Turn, turns: Sequence[Turn], scenario: Scenario) -> list[Missing]:
    """Everything the real calm mode would still ask for at the step this turn took."""
    is_complaint = scenario.purpose == "complaint"
    if REASON in turn.told:
        return step_may_not_apply(turn.step, reason=turn.told[REASON], is_complaint=is_complaint)
    return _judged(turn, second=told_at(turns, "quiet_room").get("second", ""), matter=told_at(turns, "point").get("matter", ""), today=scenario.today, is_complaint=is_complaint)


def _judged(turn: Turn, *, second: str, matter: str, today: date, is_complaint: bool) -> list[Missing]:
    told, people = turn.told, frozenset(COLLEAGUES)
    if turn.step == "quiet_room":
        return room_of(told, today=today, rooms=ROOMS, has_second=second in map(str, SECONDS))[1]
    if turn.step == "listen":
        return heard_of(told, today=today)[1]
    if turn.step == "point":
        return point_of(told, today=today, is_complaint=is_complaint, colleagues=people)[1]
    if turn.step == "apology":
        return apology_of({"apology": turn.said}, today=today, matter=matter)[1]
    if turn.step == "solution":
        return solution_of(told, today=today, has_supervisor=second == str(SUPERVISOR))[1]
    return follow_up_of(told, today=today, colleagues=people)[1]


def reason_of(turn: Turn, scenario: Scenario) -> Words | None:
    """Why the step truly did not apply, where one of its own reasons was chosen."""
    reasons = reasons_for_step(turn.step, is_complaint=scenario.purpose == "complaint")
    return next((reason.name for reason in reasons if reason.id == turn.told.get(REASON)), None)


def states_of(turns: Sequence[Turn], scenario: Scenario) -> list[dict[str, object]]:
    """The six steps in order as they stand: taken, does not apply, the present one, or open."""
    taken = {turn.step: turn for turn in turns if turn.step}
    present = present_step(turns)
    return [
        {
            "name": step.name, "state": ("na" if REASON in taken[step.id].told else "done") if step.id in taken else "now" if step == present else "",
            "note": reason_of(taken[step.id], scenario) if step.id in taken else None,
        }
        for step in STEPS
    ]
