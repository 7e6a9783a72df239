"""The talk of a practice visit: a turn is a station and words; the visitor answers by the scenario's table. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from lipei.frontdesk.practice.hearing import signs_of
from lipei.frontdesk.practice.scenario import END, Reply, Scenario
from lipei.terms.words import Language

TURNS_MAX = 40
WORDS_CHARACTERS_MAX = 600


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: where, what the trainee said, what the visitor answered, the state after it, and whether identity is established now.

    In the calm mode `step` is the step it took and `told` what was filled in there.
    """

    station: str
    said: str
    heard: str
    state: str
    identified: bool
    step: str = ""
    told: Mapping[str, str] = field(default_factory=dict)


def state_after(scenario: Scenario, turns: Sequence[Turn]) -> str:
    """Where the talk stands."""
    return turns[-1].state if turns else scenario.start


def is_over(scenario: Scenario, turns: Sequence[Turn]) -> bool:
    """Has the visitor left, or is the talk as long as a talk may be?"""
    return state_after(scenario, turns) == END or len(turns) >= TURNS_MAX


def reply_to(scenario: Scenario, state: str, signs: frozenset[str]) -> Reply:
    """The first reply of the state that fits; at every station one always does (the data check sees to it)."""
    return next(reply for reply in scenario.states[state] if reply.fits(signs))


def said_at(
    scenario: Scenario, turns: Sequence[Turn], *, station: str, said: str, language: Language, step: str = "", told: Mapping[str, str] = MappingProxyType({})
) -> Turn:
    """The turn that follows: `said` at `station`, and the visitor's answer in `language`; in the calm mode with its step and what is filled in."""
    signs = signs_of(scenario, station, said, language=language) | _before(turns, station)
    reply = reply_to(scenario, state_after(scenario, turns), signs)
    identified = reply.identifies or bool(turns and turns[-1].identified)
    return Turn(station, said, reply.says.in_(language), reply.to, identified, step, dict(told))


def _before(turns: Sequence[Turn], station: str) -> frozenset[str]:
    known = bool(turns and turns[-1].identified)
    been = any(turn.station == station for turn in turns)
    return frozenset(({"unidentified"} if not known else set()) | ({"again"} if been else set()))
