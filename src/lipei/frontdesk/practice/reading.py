"""Reading the scenarios: one sheet a scenario, both languages, checked for gaps, dead ends and replies nobody can reach. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

from lipei import jurisdictions
from lipei.frontdesk import calm
from lipei.frontdesk.practice import calm_steps
from lipei.frontdesk.practice.hearing import CUE, LAW, PLACE, SIGNS
from lipei.frontdesk.practice.scenario import (
    END,
    FACT_KINDS,
    UNKNOWN,
    HiddenFact,
    LawPoint,
    ModelTurn,
    Phrases,
    Reply,
    Scenario,
)
from lipei.frontdesk.stations import PURPOSES, SITUATIONS
from lipei.terms.words import Words, both

FOLDER = "scenarios"
LAW_OF = "cn"
NOWHERE = Phrases((), ())


class ScenarioFault(ValueError):
    """A scenario that cannot be practised: says which one and what is wrong."""


@cache
def scenarios() -> Mapping[str, Scenario]:
    """Every scenario by its id, in the order of the file names. Raises `ScenarioFault`."""
    folder = resources.files("lipei.frontdesk.practice").joinpath(FOLDER)
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    read = (scenario_of(name.partition("-")[2].removesuffix(".yaml"), folder.joinpath(name).read_text(encoding="utf-8")) for name in names)
    return {scenario.id: scenario for scenario in read}


def scenario_of(id_: str, text: str) -> Scenario:
    """One scenario from its sheet. Raises `ScenarioFault` with all that is wrong."""
    try:
        scenario = _built(id_, yaml.safe_load(text))
    except (KeyError, TypeError, ValueError) as fault:
        raise ScenarioFault(f"{id_}: {fault!r}") from fault
    found = faults_of(scenario)
    if found:
        raise ScenarioFault(f"{id_}: " + "; ".join(found))
    return scenario


def _built(id_: str, sheet: Mapping[str, Any]) -> Scenario:
    today = sheet["today"]
    return Scenario(
        id=id_, name=Words(**sheet["name"]), visitor=Words(**sheet["visitor"]), about=Words(**sheet["about"]), purpose=sheet["purpose"],
        situation=sheet["situation"], today=today, begins=Words(**sheet["begins"]), start=sheet["start"],
        states={state: tuple(_reply(one, state) for one in (*sheet.get("anywhere", ()), *replies)) for state, replies in sheet["states"].items()},
        sheet=tuple(Words(**line) for line in sheet.get("sheet", ())), secret=_phrases(sheet.get("secret")),
        cues={cue: _phrases(one) for cue, one in sheet.get("cues", {}).items()},
        facts=tuple(_fact(one) for one in sheet["facts"]), law=tuple(_law(one, today) for one in sheet["law"]),
        courtesy=tuple(sheet.get("courtesy", ())), good=Words(**sheet["good"]),
        model=tuple(_model(one) for one in sheet["model"]),
    )


def _model(one: Mapping[str, Any]) -> ModelTurn:
    told = {name: Words(**text) if isinstance(text, dict) else both(str(text)) for name, text in one.get("told", {}).items()}
    return ModelTurn(one["at"], Words(one["zh"], one["en"]), one.get("step", ""), told)


def _phrases(sheet: Mapping[str, list[str]] | None) -> Phrases:
    return Phrases(tuple(sheet["zh"]), tuple(sheet["en"])) if sheet else NOWHERE


def _reply(one: Mapping[str, Any], state: str) -> Reply:
    return Reply(frozenset(one.get("when", ())), frozenset(one.get("unless", ())), Words(one["zh"], one["en"]), one.get("to", state), bool(one.get("identifies", False)))


def _fact(one: Mapping[str, Any]) -> HiddenFact:
    options = tuple((id_, Words(**name)) for id_, name in one.get("options", {}).items())
    return HiddenFact(one["id"], Words(**one["ask"]), one["kind"], str(one["answer"]), Words(**one["why"]), options)


def _law(one: Mapping[str, Any], today: date) -> LawPoint:
    """A point of law; with a `clock` its source is the one in the pack of law, so that it stands in one place only."""
    source = Words(**one["source"]) if "source" in one else _citation(one["clock"], today)
    return LawPoint(one["id"], Words(**one["name"]), _phrases(one["said"]), _phrases(one.get("wrong")), Words(**one["why"]), Words(**one["better"]), source)


def _citation(clock: str, today: date) -> Words:
    held = {one.id: one for one in jurisdictions.load(LAW_OF, on=today).clocks_in_force()}
    if clock not in held:
        raise ScenarioFault(f"no clock {clock!r} in force on {today}")
    return held[clock].source.citation


def faults_of(scenario: Scenario) -> list[str]:
    """All that is wrong with a scenario: words it does not know, states that lead nowhere, replies that can never be given."""
    if scenario.purpose not in PURPOSES or scenario.situation not in SITUATIONS:
        return [f"unknown purpose or situation: {scenario.purpose}, {scenario.situation}"]
    if scenario.start not in scenario.states:
        return [f"it starts in {scenario.start!r}, which is no state"]
    return [*_faults_of_facts(scenario), *_faults_of_replies(scenario), *_faults_of_paths(scenario), *_faults_of_model(scenario)]


def _faults_of_facts(scenario: Scenario) -> Iterable[str]:
    for fact in scenario.facts:
        if fact.kind not in FACT_KINDS:
            yield f"{fact.id}: no kind {fact.kind!r}"
        if (fact.kind == "choice") != (fact.answer == UNKNOWN or fact.answer in dict(fact.options)):
            yield f"{fact.id}: {fact.answer!r} is no answer"


def _faults_of_replies(scenario: Scenario) -> Iterable[str]:
    known = SIGNS | set(_places(scenario)) | {LAW + law.id for law in scenario.law} | {CUE + cue for cue in scenario.cues}
    for state, replies in scenario.states.items():
        for number, reply in enumerate(replies, 1):
            unknown = (reply.when | reply.unless) - known
            if unknown:
                yield f"{state}, reply {number}: no sign {sorted(unknown)}"
            if reply.to != END and reply.to not in scenario.states:
                yield f"{state}, reply {number}: no state {reply.to!r}"
        yield from (f"{state}: words at {place} may stay without an answer" for place in _places(scenario)
                    if not any(reply.when <= {place} and not reply.unless for reply in replies))


def _faults_of_paths(scenario: Scenario) -> Iterable[str]:
    """Every state is reached, from every state the end is, and every reply is the answer to some words."""
    places = _places(scenario)
    leads: dict[str, set[str]] = {}
    for state, replies in scenario.states.items():
        given = {next((n for n, reply in enumerate(replies) if reply.fits(signs)), -1) for signs in _words_tried(replies, places)}
        leads[state] = {replies[n].to for n in given if n >= 0}
        yield from (f"{state}, reply {n + 1}: it can never be given" for n in range(len(replies)) if n not in given)
    yield from (f"{state}: no way leads there" for state in scenario.states if state not in _reached(leads, scenario.start))
    yield from (f"{state}: no way leads out" for state in scenario.states if END not in _reached(leads, state))


def _places(scenario: Scenario) -> list[str]:
    return [PLACE + station for station in PURPOSES[scenario.purpose].stations]


def _words_tried(replies: Iterable[Reply], places: list[str]) -> list[frozenset[str]]:
    """For each reply the fewest signs it asks for, at its own station or at each one."""
    tried = []
    for reply in replies:
        own = [sign for sign in reply.when if sign.startswith(PLACE)]
        tried += [reply.when] if own else [reply.when | {place} for place in places]
    return tried


def _reached(leads: Mapping[str, set[str]], start: str) -> set[str]:
    reached, open_ = {start}, [start]
    while open_:
        for state in leads.get(open_.pop(), set()) - reached:
            reached.add(state)
            open_.append(state)
    return reached


def _faults_of_model(scenario: Scenario) -> Iterable[str]:
    order = list(PURPOSES[scenario.purpose].stations)
    told = list(dict.fromkeys(turn.station for turn in scenario.model))
    if told != order:
        yield f"the model goes {told}, the stations are {order}"
    steps = [turn.step for turn in scenario.model if turn.step]
    if steps != (list(calm.ORDER) if calm_steps.CALM in order else []):
        yield f"the model takes the calm steps {steps}"
