"""What a turn of a practice visit must hold: values in, all faults out at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from lipei.filing.refusal import Missing
from lipei.frontdesk.practice.scenario import HiddenFact, Scenario
from lipei.frontdesk.practice.talking import WORDS_CHARACTERS_MAX
from lipei.frontdesk.reading import day_of, faults_of_text
from lipei.frontdesk.stations import PURPOSES
from lipei.terms.words import Words

FACT = "fact_"
FACT_CHARACTERS_MAX = 40


def faults_of_turn(scenario: Scenario, *, station: str, said: str) -> list[Missing]:
    """A station of this visit, and words."""
    faults = faults_of_text(said, label=Words("这句话", "The sentence"), name="said", most=WORDS_CHARACTERS_MAX)
    if station not in PURPOSES[scenario.purpose].stations:
        faults.append(Missing(Words("还没有选走哪一步", "No station was chosen"), field="station"))
    if not said.strip():
        faults.append(Missing(Words("还没有写您怎么说", "What you say is still empty"), why=Words("照您平时说话的样子写。", "Write it as you would say it."), field="said"))
    return faults


def facts_of(scenario: Scenario, told: Mapping[str, str]) -> tuple[dict[str, str], list[Missing]]:
    """The facts as filled in (a day as `2026-11-20`, what is open left out), and every one that cannot be read."""
    facts: dict[str, str] = {}
    faults: list[Missing] = []
    for fact in scenario.facts:
        given = told.get(FACT + fact.id, "").strip()
        if not given:
            continue
        value, wrong = _read(fact, given)
        if wrong is None:
            facts[fact.id] = value
        else:
            faults.append(Missing(Words(f"{fact.ask.zh}：{wrong.zh}", f"{fact.ask.en}: {wrong.en}"), field=FACT + fact.id))
    return facts, faults


def _read(fact: HiddenFact, given: str) -> tuple[str, Words | None]:
    if len(given) > FACT_CHARACTERS_MAX:
        return "", Words(f"最多 {FACT_CHARACTERS_MAX} 个字", f"the most is {FACT_CHARACTERS_MAX} characters")
    if fact.kind == "day":
        day, wrong = day_of(given)
        return (day.isoformat() if day else ""), wrong
    if fact.kind == "number":
        plain = given.replace(",", "").replace("，", "")
        if plain.isascii() and plain.isdecimal():
            return str(int(plain)), None
        return "", Words("请写整数", "write a whole number")
    return (given, None) if given in dict(fact.options) else ("", Words("请从几项里选", "choose one of those offered"))
