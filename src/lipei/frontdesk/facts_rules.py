"""The guided questions of a loss and their answers: the product's own facts, the desk's few, each answered or assigned. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from lipei.filing.refusal import Missing
from lipei.frontdesk.reading import Reader, time_of
from lipei.frontdesk.rules import who_by
from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition
from lipei.terms.fact_values import out_of_range, value_of_text, value_shown
from lipei.terms.faults import TextFault
from lipei.terms.money import machine, shown
from lipei.terms.papers import questions
from lipei.terms.words import Words, both

NOTE_CHARACTERS_MAX = 2_000
YES_NO: dict[str, Words] = {"true": Words("是", "Yes"), "false": Words("否", "No")}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question at the counter: what it is called, how it is asked, and what kind of answer it takes."""

    name: str
    label: Words
    ask: Words
    kind: str
    choices: Mapping[str, Words] = field(default_factory=dict)
    spec: FactSpec | None = None
    is_needed: bool = True
    hint: Words | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is kept (`value`, text that `fact_written` would write) and as people read it."""

    name: str
    label: Words
    value: str
    shown: Words


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """暂不清楚: a question nobody could answer, who finds out, and by when."""

    name: str
    label: Words
    user_id: int
    due: date


@dataclass(frozen=True, slots=True)
class Facts:
    """All questions answered or assigned, and the clerk's note."""

    answers: tuple[Answer, ...]
    left_open: tuple[LeftOpen, ...]
    note: str


_DESK = {
    "happened_time": Asked("happened_time", Words("大概几点", "About what time"), Words("大概是几点钟？", "About what time was it?"), "time", is_needed=False),
    "place": Asked("place", Words("在哪里", "Where"), Words("是在家里，还是在外面？", "At home, or somewhere else?"), "text",
                   hint=Words("小区、楼号或地点", "Estate, building or place")),
    "hospital": Asked("hospital", Words("哪家医院", "Hospital"), Words("住的是哪家医院？", "Which hospital was it?"), "text",
                      hint=Words("票据上的全名", "The full name on the receipt")),
    "estimated_cost": Asked("estimated_cost", Words("大概花了多少", "Rough cost"), Words("到现在大概一共花了多少？", "Roughly how much has it cost so far?"), "amount"),
    "other_insurance": Asked("other_insurance", Words("别家保险", "Other insurance"), Words("这次的费用，还在别家保险报销吗？", "Is any of it also claimed from another insurer?"),
                             "boolean", YES_NO),
}
_ORDER = ("cause", "happened_on", "happened_time", "place", "hospital", "hospital_level", "admitted_on", "discharged_on")
_LAST = ("estimated_cost", "other_insurance")
_OF_TREATMENT = frozenset({"medical", "group_medical", "hospital_cash", "accident", "critical_illness"})
"""Lines of business in which somebody was treated; elsewhere no hospital is asked for."""
_PLACES: dict[str, tuple[Words, Words]] = {
    "motor": (Words("在哪条路、哪个路口？", "On which road, near what?"), Words("路名、路口或停车场", "Road, crossing or car park")),
    "property": (Words("出事的地址是哪里？", "At which address did it happen?"), Words("地址、楼层、哪一间", "Address, floor, which room")),
    "crop": (Words("是哪一片地？", "Which field is it?"), Words("村、组、地块", "Village, group, field")),
    "travel": (Words("在哪里耽误的？", "Where were you held up?"), Words("机场、车站或港口", "Airport, station or port")),
}
_LOSS = Words("损失大概多少？", "Roughly how large is the loss?")


def asked_at_desk(edition: Edition) -> tuple[Asked, ...]:
    """What is asked at the counter: the product's facts due by registration and the desk's own, in the order of a talk.

    First the cause and the product's days, whatever they are called; a hospital only where somebody was treated, a cost only
    where the terms pay for items.
    """
    own = {
        q.name: Asked(q.name, q.label, q.question, q.kind, YES_NO if q.kind == "boolean" else q.choices, edition.document.facts[q.name])
        for q in questions(edition, by="registration")
    }
    everything = {**own, **_of_the_desk(edition)}
    days = tuple(name for name, asked in own.items() if asked.kind == "date" and name not in _ORDER)
    middle = tuple(name for name in own if name not in _ORDER and name not in days)
    return tuple(everything[name] for name in (_ORDER[0], *days, *_ORDER[1:], *middle, *_LAST) if name in everything)


def _of_the_desk(edition: Edition) -> dict[str, Asked]:
    document = edition.document
    asked = dict(_DESK)
    if document.line not in _OF_TREATMENT:
        del asked["hospital"]
        asked["estimated_cost"] = replace(asked["estimated_cost"], label=Words("大概损失多少", "Rough loss"), ask=_LOSS)
        asked["other_insurance"] = replace(asked["other_insurance"], ask=Words("这次的损失，还向别家保险申请吗？", "Is any of it also claimed from another insurer?"))
    if document.line in _PLACES:
        ask, hint = _PLACES[document.line]
        asked["place"] = replace(asked["place"], ask=ask, hint=hint)
    if not document.categories:
        del asked["estimated_cost"]
    return asked


def facts_of_talk(
    asked: tuple[Asked, ...], told: Mapping[str, str], *, today: date, born_on: date | None, colleagues: frozenset[int]
) -> tuple[Facts | None, list[Missing]]:
    """Every question answered, or assigned to a colleague by a day; else all that is missing or wrong."""
    read = Reader(told, today)
    answers: dict[str, Answer] = {}
    left_open: list[LeftOpen] = []
    for question in asked:
        if read.raw(f"{question.name}__unknown"):
            who = who_by(read, question.name, colleagues=colleagues, label=question.label)
            if who:
                left_open.append(LeftOpen(question.name, question.label, *who))
        elif read.raw(question.name):
            answer = _answer(read, question)
            if answer:
                answers[question.name] = answer
        elif question.is_needed:
            read.fault(question.name, Words(f"还没有答：{question.label.zh}", f"Not answered yet: {question.label.en}"),
                       do=Words("不知道就点“暂不清楚”，写明谁去查。", "If it is not known, choose “Not known yet” and name who finds out."))
    _in_order(read, answers, born_on=born_on)
    note = read.text("note", Words("柜台记录", "The counter note"), most=NOTE_CHARACTERS_MAX)
    return (None, read.faults) if read.faults else (Facts(tuple(answers.values()), tuple(left_open), note), [])


def _answer(read: Reader, question: Asked) -> Answer | None:
    faults_before = len(read.faults)
    value, words = _READ[question.kind](read, question)
    if len(read.faults) > faults_before or not value:
        return None
    return Answer(question.name, question.label, value, words)


def _text(read: Reader, question: Asked) -> tuple[str, Words]:
    value = read.text(question.name, question.label)
    return value, both(value)


def _time(read: Reader, question: Asked) -> tuple[str, Words]:
    value, wrong = time_of(read.raw(question.name))
    if wrong:
        read.fault(question.name, wrong)
        return "", both("–")
    return value, both(value)


def _day(read: Reader, question: Asked) -> tuple[str, Words]:
    day = read.day(question.name, is_past=True)
    return (day.isoformat(), both(day.isoformat())) if day else ("", both("–"))


def _amount(read: Reader, question: Asked) -> tuple[str, Words]:
    fen = read.fen(question.name)
    return (machine(fen), both(shown(fen))) if fen else ("", both("–"))


def _choice(read: Reader, question: Asked) -> tuple[str, Words]:
    value = read.choice(question.name, question.choices, missing=Words(f"{question.label.zh}：请从选项里选", f"{question.label.en}: choose one of the options"))
    return value, question.choices.get(value, both("–"))


def _of_terms(read: Reader, question: Asked) -> tuple[str, Words]:
    """Kinds that only the terms document has (whole numbers, ratios)."""
    if question.spec is None:
        return "", both("–")
    text = read.raw(question.name)
    try:
        value = value_of_text(question.spec, text)
    except TextFault as fault:
        read.fault(question.name, Words(f"{fault.what.zh}，{fault.cure.zh}", f"{fault.what.en}; {fault.cure.en}"))
        return "", both("–")
    wrong = out_of_range(question.spec, value)
    if wrong:
        read.fault(question.name, Words(f"{question.label.zh}{wrong.zh}", f"{question.label.en} {wrong.en}"))
    return text, value_shown(question.kind, value)  # type: ignore[arg-type]


_READ = {"text": _text, "time": _time, "date": _day, "amount": _amount, "choice": _choice, "boolean": _choice, "whole": _of_terms, "ratio": _of_terms}


def _in_order(read: Reader, answers: Mapping[str, Answer], *, born_on: date | None) -> None:
    """Birth, loss, admission and discharge follow one another; a day before the one it needs is named with both."""
    days = [(answers[n].label, n, date.fromisoformat(answers[n].value)) for n in ("happened_on", "admitted_on", "discharged_on") if n in answers]
    for answer in answers.values() if born_on is not None else ():
        day = _day_in(answer.value)
        if day is not None and born_on is not None and day < born_on:
            read.fault(answer.name, Words(f"{day} 早于被保险人的出生日期 {born_on}", f"{day} is before the insured's date of birth, {born_on}"))
            break
    for (earlier, _, first), (later, name, second) in itertools.pairwise(days):
        if second < first:
            read.fault(name, Words(f"{later.zh} {second} 早于{earlier.zh} {first}", f"{later.en} {second} is before {earlier.en[0].lower()}{earlier.en[1:]} {first}"),
                       do=Words("请再问一遍，看哪一个写错了。", "Ask again which of the two is wrong."))


def _day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None
