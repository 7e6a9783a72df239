"""Teach-back: the five points a visitor says back at the explanation, how each came out, and what is left open. Pure.

Whoever cannot say it back was not told clearly: what was unclear is noted and explained again. A point that is still
unclear then becomes an open question with a person and a day. Understanding is confirmed when each point is one or the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lipei.filing.refusal import Missing
from lipei.frontdesk.reading import Reader
from lipei.frontdesk.rules import OpenQuestion, questions_of, who_by
from lipei.terms.words import Words

UNCLEAR_CHARACTERS_MAX = 120

Outcome = Literal["right", "again", "open"]
OUTCOMES: dict[str, Words] = {
    "right": Words("说对了", "Said back right"),
    "again": Words("不清楚，再讲一遍后说对了", "Unclear; explained again, then right"),
    "open": Words("再讲一遍还不清楚", "Still unclear after the second time"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One of the five: its name in a sentence, what the clerk asks, and what a person who hears it for the first time is told in simple words.

    `{…}` places of `simple` are filled by the page with what holds for this claim.
    """

    id: str
    name: Words
    ask: Words
    simple: Words


POINTS: tuple[Point, ...] = (
    Point("cover", Words("什么可能赔，什么还不知道", "what may be covered and what is not known yet"),
          Words("您觉得这次什么可能赔？哪些还不知道？", "What may be covered, as you understood it? What is not known yet?"),
          Words("赔不赔、赔多少，看完材料才知道。今天说的数是估的，不是答应。", "Whether we pay, and how much, we know when we have seen the papers. Today's figure is an estimate, no promise.")),
    Point("papers", Words("要哪些材料", "which papers are needed"),
          Words("回去要准备哪几样材料？", "Which papers will you get ready?"),
          Words("要这几样：{papers}。缺了我们打电话，一次说全。不用来回跑。", "We need these: {papers}. If one is missing we call you, and name all of them at once. No need to come twice.")),
    Point("days", Words("哪天以前有决定，依哪一条", "by which day we decide, and by which article"),
          Words("我们最晚哪天告诉您结果？", "By which day do you hear our decision?"),
          Words("材料收下以后，一般{days}以内告诉您结果。事情复杂的，会久一点，我们先告诉您。", "Once we have your papers, you usually hear from us within {days}. A complex case takes longer; then we tell you first.")),
    Point("next_step", Words("下一步是什么、找谁、哪天", "the next step, the person and the day"),
          Words("下一步做什么？找谁？哪天？", "What comes next, with whom, and on which day?"),
          Words("下一步：{next}。{day}以前，{who}打电话给您。电话：{phone}。", "Next: {next}. By {day}, {who} calls you. Phone: {phone}.")),
    Point("disagree", Words("不同意怎么办，怎么投诉", "how to disagree or complain"),
          Words("要是不同意结果，您可以怎么办？", "If you disagree with the result, what can you do?"),
          Words("觉得不对，打电话 {phone}，或者来柜台说。不收钱，也不耽误您的事。", "If it seems wrong, call {phone} or tell us at the counter. It costs nothing and holds nothing up.")),
)
BY_ID = {point.id: point for point in POINTS}


@dataclass(frozen=True, slots=True)
class SaidBack:
    """How one point came out: right at once, right after it was explained again, or left open with a person and a day.

    `is_marked`: the visitor had marked it as not clear on their own screen.
    """

    point: str
    outcome: Outcome
    unclear: str = ""
    question: OpenQuestion | None = None
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """All five points, and the visitor's further questions."""

    points: tuple[SaidBack, ...]
    questions: tuple[OpenQuestion, ...]
    is_simple: bool

    @property
    def left_open(self) -> tuple[OpenQuestion, ...]:
        """Every question that somebody will answer: of the points still unclear, then the visitor's own."""
        return tuple(p.question for p in self.points if p.question is not None) + self.questions

    @property
    def unclear(self) -> str:
        """What was unclear, point by point, as the clerk noted it; empty when all was clear."""
        return "；".join(f"{BY_ID[p.point].name.zh}：{p.unclear}" for p in self.points if p.unclear)

    def count(self, outcome: Outcome) -> int:
        """How many points came out so."""
        return sum(p.outcome == outcome for p in self.points)


def outcomes_for(point: str, *, marked: frozenset[str]) -> dict[str, Words]:
    """What may come of a point: one that the visitor marked as not clear was not right at once."""
    return {outcome: word for outcome, word in OUTCOMES.items() if outcome != "right" or point not in marked}


def understanding_of(
    told: Mapping[str, str], *, today: date, colleagues: frozenset[int], marked: frozenset[str] = frozenset()
) -> tuple[Understanding | None, list[Missing]]:
    """All points said back or assigned, and the open questions; else all that is missing, of every point at once.

    `marked`: the points the visitor marked as not clear on their own screen; each is explained again before it is right.
    """
    read = Reader(told, today)
    points = [_said_back(read, point, colleagues=colleagues, is_marked=point.id in marked) for point in POINTS]
    questions = questions_of(read, colleagues=colleagues)
    if read.faults:
        return None, read.faults
    return Understanding(tuple(p for p in points if p), questions, bool(read.raw("simple"))), []


def _said_back(read: Reader, point: Point, *, colleagues: frozenset[int], is_marked: bool) -> SaidBack | None:
    outcome = read.raw(f"back_{point.id}")
    if outcome == "right" and is_marked:
        read.fault(f"back_{point.id}", Words(f"客户在屏上点了不明白：{point.name.zh}", f"The visitor marked as not clear on the screen: {point.name.en}"),
                   why=Words("请换个说法再讲一遍，请客户再说；然后记“再讲一遍后说对了”，写下哪里不清楚。", "Explain it another way and hear it back; then note “explained again”, and what was unclear."))
        return None
    if outcome not in OUTCOMES:
        read.fault(f"back_{point.id}", Words(f"客户还没有自己说出：{point.name.zh}", f"The visitor has not said in their own words: {point.name.en}"),
                   why=Words("没说对，是我们没讲清楚，换个说法再讲一遍。", "If it comes out differently, we were not clear: explain it another way."))
        return None
    if outcome == "right":
        return SaidBack(point.id, "right")
    label = Words(f"不清楚的地方（{point.name.zh}）", f"What was unclear ({point.name.en})")
    unclear = read.text(f"unclear_{point.id}", label, most=UNCLEAR_CHARACTERS_MAX, missing=Words(f"还没有写哪里不清楚：{point.name.zh}", f"What was unclear is missing: {point.name.en}"))
    if outcome == "again":
        return SaidBack(point.id, "again", unclear, is_marked=is_marked)
    who = who_by(read, f"open_{point.id}", colleagues=colleagues, label=point.name,
                 nobody=Words(f"还没有写由谁再讲清楚：{point.name.zh}", f"Nobody is named yet who makes it clear: {point.name.en}"))
    return SaidBack(point.id, "open", unclear, OpenQuestion(unclear, *who, point.name) if who else None, is_marked)
