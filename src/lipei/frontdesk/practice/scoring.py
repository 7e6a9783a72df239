"""What can be learned from a practice visit: steps, words, facts and law, each point with its line, its reason and a better way. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lipei.frontdesk.calm import STEPS, CalmStep
from lipei.frontdesk.practice.calm_steps import faults_of_step, has_calm, reason_of
from lipei.frontdesk.practice.hearing import hints_of, holds, signs_of
from lipei.frontdesk.practice.scenario import UNKNOWN, HiddenFact, LawPoint, Scenario
from lipei.frontdesk.practice.talking import Turn
from lipei.frontdesk.stations import Station, stations_of
from lipei.speech.hints import Hint
from lipei.speech.scorecard import HELPS, NAMES
from lipei.terms.words import Language, Words, both

Group = Literal["steps", "calm", "words", "facts", "law"]
GROUPS: dict[Group, Words] = {
    "steps": Words("环节", "Steps"), "calm": Words("安抚六步", "The six calm steps"), "words": Words("用语", "Words"), "facts": Words("事实", "Facts"), "law": Words("法律", "Law"),
}
NEEDS: dict[str, tuple[str, ...]] = {
    "welcome": ("greeting",), "identity": ("identity_asked",), "listening": ("open_question", "read_back"),
    "explanation": ("teach_back",), "calm": ("apology",), "farewell": ("next_step", "farewell"),
}
"""What must be said at a station before it counts as complete."""
DISCLOSING = frozenset({"check", "first_view"})
"""Stations at which the policy itself is spoken of."""
SIGN_NAMES = NAMES | {
    "identity_asked": Words("核对身份", "Asking who it is"), "open_question": Words("开放式提问", "An open question"), "apology": Words("道歉", "Apology"), "thanks": Words("道谢", "Thanks"),
}
SIGN_HELPS = HELPS | {
    "identity_asked": Words("请出示一下您的证件，核对好再往下说，谢谢。", "May I see your identity card before we go on? Thank you."),
    "open_question": Words("请您从头讲一讲，是怎么回事？", "Please tell me from the beginning: what happened?"),
    "apology": Words("说出是哪件事：让您等了这么久，对不起。", "Name the matter: I am sorry that you had to wait so long."),
    "thanks": Words("谢谢您专门跑一趟。", "Thank you for coming here."),
}
PRIVACY = Words("《个人信息保护法》第十条、第二十八条", "Personal Information Protection Law, arts. 10 and 28")
DECIDED_LATER = Words("《保险法》第二十三条：先核定，后给付", "Insurance Law, art. 23: first the decision, then the payment")


@dataclass(frozen=True, slots=True)
class Point:
    """One point: done or to practise, what was found, the line that shows it (`turn` from 1), why it matters, and what is better."""

    group: Group
    id: str
    name: Words
    is_done: bool
    told: Words
    turn: int = 0
    said: str = ""
    why: Words | None = None
    better: Words | None = None
    source: Words | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """All points of one practice visit."""

    points: tuple[Point, ...]

    def of(self, group: str) -> tuple[Point, ...]:
        """The points of a group."""
        return tuple(point for point in self.points if point.group == group)

    @property
    def done(self) -> int:
        return sum(point.is_done for point in self.points)


def score_of(scenario: Scenario, turns: Sequence[Turn], facts: Mapping[str, str], *, language: Language) -> Score:
    """Every point of a practice visit; `facts` as filled in, by id."""
    heard = tuple(_Heard(n, turn, signs_of(scenario, turn.station, turn.said, language=language), hints_of(turn.said, language=language))
                  for n, turn in enumerate(turns, 1))
    return Score((
        *(_step(station, scenario, heard) for station in stations_of(scenario.purpose)),
        *(_calm(step, scenario, heard) for step in (STEPS if has_calm(scenario) else ())),
        *_words(scenario, heard),
        *(_fact(fact, facts.get(fact.id, "").strip()) for fact in scenario.facts),
        _disclosure(heard), _promise(heard),
        *(_law(law, heard, language) for law in scenario.law),
    ))


@dataclass(frozen=True, slots=True)
class _Heard:
    """A turn with what was heard in it."""

    number: int
    turn: Turn
    signs: frozenset[str]
    hints: tuple[Hint, ...]


def _step(station: Station, scenario: Scenario, heard: Sequence[_Heard]) -> Point:
    """In its place, and complete: all earlier stations came first, and what belongs here was said here."""
    here = [one for one in heard if one.turn.station == station.id]
    if not here:
        return Point("steps", station.id, station.name, False, Words("没有走这一步。", "This step was not taken."), why=station.why, better=station.lacking)
    order = [other.id for other in stations_of(scenario.purpose)]
    been = {one.turn.station for one in heard[: here[0].number - 1]}
    skipped = [other for other in stations_of(scenario.purpose)[: order.index(station.id)] if other.id not in been]
    said = {sign for one in here for sign in one.signs}
    lacking = [sign for sign in NEEDS.get(station.id, ()) if sign not in said]
    first = here[0]
    if skipped:
        told = Words(f"走得太早：前面还有{_listed(skipped).zh}。", f"Too early: {_listed(skipped).en} came before it.")
        return Point("steps", station.id, station.name, False, told, first.number, first.turn.said, skipped[0].why, skipped[0].lacking)
    if lacking:
        names = Words("、".join(SIGN_NAMES[s].zh for s in lacking), ", ".join(SIGN_NAMES[s].en for s in lacking))
        return Point("steps", station.id, station.name, False, Words(f"还差：{names.zh}。", f"Still lacking: {names.en}."),
                     first.number, first.turn.said, station.why, SIGN_HELPS[lacking[0]])
    return Point("steps", station.id, station.name, True, Words("按顺序走到，该说的说了。", "In its place, and what belongs here was said."), first.number, first.turn.said)


def _calm(step: CalmStep, scenario: Scenario, heard: Sequence[_Heard]) -> Point:
    """Taken, and everything there that the real calm mode asks for; or truly not applicable, for one of its own reasons."""
    one = next((one for one in heard if one.turn.step == step.id), None)
    if one is None:
        return Point("calm", step.id, step.name, False, Words("没有走这一步。", "This step was not taken."), why=step.why, better=step.lacking)
    faults = faults_of_step(one.turn, [other.turn for other in heard], scenario)
    if faults:
        told = Words("；".join(f.what.zh for f in faults) + "。", "; ".join(f.what.en for f in faults) + ".")
        better = next((f.do for f in faults if f.do), None) or step.manner
        return Point("calm", step.id, step.name, False, told, one.number, one.turn.said, next((f.why for f in faults if f.why), None) or step.why, better)
    reason = reason_of(one.turn, scenario)
    told = Words(f"不适用：{reason.zh}。", f"Does not apply: {reason.en}.") if reason else Words("该做的做了，该记的记了。", "Done, and all of it noted.")
    return Point("calm", step.id, step.name, True, told, one.number, one.turn.said)


def _listed(stations: Sequence[Station]) -> Words:
    return Words("、".join(f"“{s.name.zh}”" for s in stations), ", ".join(s.name.en for s in stations))


def _words(scenario: Scenario, heard: Sequence[_Heard]) -> Iterator[Point]:
    """A point for each sentence that could be said otherwise, and for each courtesy that this visitor needs."""
    found = [(one, hint) for one in heard for hint in one.hints if hint.class_ != "promise"]
    if not found:
        yield Point("words", "calm_words", NAMES["calm_words"], bool(heard), Words("没有看到伤人、含糊或难懂的话。", "No word that hurts, is vague or hard to understand.")
                    if heard else Words("还没有说话。", "Nothing was said yet."))
    for one, hint in found:
        told = Words(f"“{hint.words}”可以换个说法。", f"“{hint.words}” could be said otherwise.") if hint.words else Words("这里缺一句话。", "A sentence is missing here.")
        yield Point("words", hint.rule, hint.name, False, told, one.number, one.turn.said, hint.why, hint.better)
    for sign in scenario.courtesy:
        said = next((one for one in heard if sign in one.signs), None)
        if said:
            yield Point("words", sign, SIGN_NAMES[sign], True, Words("说到了。", "Said."), said.number, said.turn.said)
        else:
            yield Point("words", sign, SIGN_NAMES[sign], False, Words("没有说到。", "Not said."), why=scenario.about, better=SIGN_HELPS[sign])


def _fact(fact: HiddenFact, given: str) -> Point:
    if given == fact.answer:
        return Point("facts", fact.id, fact.ask, True, Words(f"对：{_shown(fact, given).zh}。", f"Right: {_shown(fact, given).en}."))
    told = (Words(f"您写的是：{_shown(fact, given).zh}。", f"You wrote: {_shown(fact, given).en}.") if given else Words("没有填。", "Left open."))
    right = _shown(fact, fact.answer)
    return Point("facts", fact.id, fact.ask, False, told, why=fact.why, better=Words(f"应是：{right.zh}。", f"It is: {right.en}."))


UNKNOWN_WORDS = Words("还不清楚，由同事去查", "Not known; a colleague finds out")


def _shown(fact: HiddenFact, answer: str) -> Words:
    if answer == UNKNOWN:
        return UNKNOWN_WORDS
    return dict(fact.options).get(answer, both(answer))


def _disclosure(heard: Sequence[_Heard]) -> Point:
    """Nothing of the policy before it is known who asks and that they may hear it."""
    name = NAMES["identity"]
    told = next((one for one in heard if "discloses" in one.signs or one.turn.station in DISCLOSING), None)
    known = next((one for one in heard if one.turn.identified), None)
    if told is None:
        return Point("law", "disclosure", name, bool(heard), Words("没有对不该听的人说保单内容。", "Nothing of the policy was told to anyone who may not hear it."), source=PRIVACY)
    if known is not None and known.number < told.number:
        return Point("law", "disclosure", name, True, Words("先核对，后说。", "Established first, told afterwards."), told.number, told.turn.said, source=PRIVACY)
    return Point("law", "disclosure", name, False, Words("还没有核对好身份和授权，就说了保单或案件的内容。", "Policy or claim was spoken of before identity and authority were established."),
                 told.number, told.turn.said, Words("保单、金额、病情都是别人的个人信息，说错了人收不回来。", "Policy, amounts and illness are somebody's personal data; told to the wrong person they cannot be taken back."),
                 SIGN_HELPS["identity_asked"], PRIVACY)


def _promise(heard: Sequence[_Heard]) -> Point:
    name = Words("不作承诺", "No promise")
    found = next(((one, hint) for one in heard for hint in one.hints if hint.class_ == "promise"), None)
    if found is None:
        return Point("law", "promise", name, bool(heard), Words("没有替审核说定结果。", "No outcome was promised before the decision."), source=DECIDED_LATER)
    one, hint = found
    return Point("law", "promise", name, False, Words(f"“{hint.words}”听起来是承诺。", f"“{hint.words}” sounds like a promise."), one.number, one.turn.said, hint.why, hint.better, DECIDED_LATER)


def _law(law: LawPoint, heard: Sequence[_Heard], language: Language) -> Point:
    wrong = next(((one, phrase) for one in heard if (phrase := holds(one.turn.said, law.wrong, language=language))), None)
    right = next((one for one in heard if holds(one.turn.said, law.said, language=language)), None)
    if wrong:
        one, phrase = wrong
        told = Words(f"说成了“{phrase}”。", f"It was said as “{phrase}”.")
        return Point("law", law.id, law.name, False, told, one.number, one.turn.said, law.why, law.better, law.source)
    if right is None:
        return Point("law", law.id, law.name, False, Words("没有说到。", "Not said."), why=law.why, better=law.better, source=law.source)
    return Point("law", law.id, law.name, True, Words("说对了。", "Said rightly."), right.number, right.turn.said, source=law.source)
