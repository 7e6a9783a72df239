"""The scorecard of a talk: each point with the lines that show it, for the clerk's own coaching."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lipei.speech.checking import check
from lipei.speech.rules import talk_words_of
from lipei.speech.transcript import Transcript, Turn
from lipei.terms.words import Language, Words

State = Literal["yes", "no", "open"]
OPENING_TURNS, CLOSING_TURNS = 2, 2  # of the clerk: where greeting and farewell belong
OPEN_QUESTIONS_MIN = 2
CLERK_SHARE_MAX = 60  # per cent of the time spoken
PACE_SECONDS_MIN = 20  # of the clerk speaking: less tells no pace
CUT_IN_SECONDS_MIN = 1
EVIDENCE_MAX = 5  # lines shown for a point
HARSH = ("promise", "banned", "blame", "impolite")
_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){5,}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line that shows a point; long numbers are masked but for their last four digits."""

    line: int
    at: str
    side: Words
    text: str
    about: Words | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One point: done, not done, or not to be told from this transcript; what was found, and what helps."""

    id: str
    name: Words
    state: State
    told: Words
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All points of one talk."""

    language: Language
    seconds: int
    turns: int
    points: tuple[Point, ...]

    @property
    def done(self) -> int:
        return sum(point.state == "yes" for point in self.points)

    @property
    def told(self) -> int:
        """How many points could be told at all."""
        return sum(point.state != "open" for point in self.points)


SIDES = {"clerk": Words("柜员", "Clerk"), "customer": Words("客户", "Customer")}
NAMES = {
    "greeting": Words("问候", "Greeting"),
    "identity": Words("先核对身份，再说案情", "Identity before disclosure"),
    "open_questions": Words("开放式提问", "Open questions"),
    "interruptions": Words("没有打断", "No interruptions"),
    "talk_share": Words("说得少，听得多", "Talk share"),
    "empathy": Words("说出体谅", "Empathy said"),
    "read_back": Words("复述核对", "Read back"),
    "teach_back": Words("请客户说一遍", "Teach-back"),
    "next_step": Words("下一步有日子", "Next step with its day"),
    "farewell": Words("送别", "Farewell"),
    "pace": Words("语速", "Pace"),
    "calm_words": Words("平和的用语", "Calm words"),
}
HELPS = {
    "greeting": Words("开头先问好，报姓名。", "Begin with a greeting and your name."),
    "identity": Words("说金额、进度以前，先核对身份，并等对方回答。", "Ask who it is, and hear the answer, before amounts or progress are told."),
    "open_questions": Words("多问“怎么”“什么”，让客户自己讲。", "Ask “how” and “what”, and let the customer tell it."),
    "empathy": Words("先说一句体谅的话，再办事。", "A kind word first, then the business."),
    "read_back": Words("把听到的复述一遍，请客户核对。", "Say back what you heard and let the customer correct it."),
    "teach_back": Words("请客户用自己的话说说下一步，看我们讲清楚没有。", "Let the customer say the next step in their own words: it shows whether we were clear."),
    "next_step": Words("说清下一步是哪一天、谁来做。", "Say which day comes next, and who acts."),
    "farewell": Words("最后道谢、道别，问还有没有别的事。", "Close with thanks and a goodbye; ask whether anything is left."),
}


def scorecard_of(talk: Transcript) -> Scorecard:
    """Every point of a talk, in the order of a visit."""
    words, ours = _words(talk.language), [turn for turn in talk.turns if turn.side == "clerk"]
    points = (
        _said("greeting", ours[:OPENING_TURNS], words["greeting"]),
        _identity(talk, words),
        _open_questions(ours, words),
        _interruptions(talk),
        _talk_share(talk),
        _said("empathy", ours, words["empathy"]),
        _said("read_back", ours, words["read_back"]),
        _said("teach_back", ours, words["teach_back"]),
        _said("next_step", ours, words["next_step"]),
        _said("farewell", ours[-CLOSING_TURNS:], words["farewell"]),
        _pace(ours, talk),
        _calm_words(ours, talk.language),
    )
    seconds = max(turn.end for turn in talk.turns) - talk.turns[0].start
    return Scorecard(talk.language, seconds, len(talk.turns), points)


@cache
def _words(language: Language) -> Mapping[str, re.Pattern[str]]:
    return talk_words_of(language)[0]


def _said(id_: str, turns: list[Turn], pattern: re.Pattern[str]) -> Point:
    found = [turn for turn in turns if pattern.search(turn.text)]
    told = Words(f"说到了，共 {len(found)} 处。", f"Said, in {len(found)} {'place' if len(found) == 1 else 'places'}.") if found else HELPS[id_]
    return Point(id_, NAMES[id_], "yes" if found else "no", told, _lines(found))


def _identity(talk: Transcript, words: Mapping[str, re.Pattern[str]]) -> Point:
    asked = next((turn for turn in talk.turns if turn.side == "clerk" and words["identity_asked"].search(turn.text)), None)
    told = next((turn for turn in talk.turns if turn.side == "clerk" and words["disclosed"].search(turn.text)), None)
    if told is None:
        said = Words("这次没有说到金额或进度。", "No amount or progress was told in this talk.")
        return Point("identity", NAMES["identity"], "yes" if asked else "open", said, _lines([asked] if asked else []))
    answered = asked is not None and any(turn.side == "customer" and asked.line < turn.line < told.line for turn in talk.turns)
    if answered:
        return Point("identity", NAMES["identity"], "yes", Words("先核对，后说。", "Asked and answered first."), _lines([t for t in (asked, told) if t]))
    return Point("identity", NAMES["identity"], "no", HELPS["identity"], _lines([told]))


def _open_questions(ours: list[Turn], words: Mapping[str, re.Pattern[str]]) -> Point:
    asked = [turn for turn in ours if words["question"].search(turn.text) or words["open_question"].search(turn.text)]
    opened = [turn for turn in asked if words["open_question"].search(turn.text)]
    enough = len(opened) >= OPEN_QUESTIONS_MIN
    told = Words(f"{len(asked)} 处提问里 {len(opened)} 处是开放式的。", f"Of {len(asked)} questions {len(opened)} are open.")
    return Point("open_questions", NAMES["open_questions"], "yes" if enough else "no", told if enough else _both(told, HELPS["open_questions"]), _lines(opened))


def _interruptions(talk: Transcript) -> Point:
    if not talk.has_ends:
        return Point("interruptions", NAMES["interruptions"], "open", Words("没有写每轮几时结束，看不出来。", "Without the ends of the turns this cannot be told."))
    cut = [
        turn for before, turn in zip(talk.turns, talk.turns[1:], strict=False)
        if turn.side == "clerk" and before.side == "customer" and before.end - turn.start >= CUT_IN_SECONDS_MIN
    ]
    told = Words(f"打断 {len(cut)} 次；等对方说完，再开口。", f"{len(cut)} times; let the other finish first.") if cut else Words("每次都等对方说完。", "The customer could always finish.")
    return Point("interruptions", NAMES["interruptions"], "no" if cut else "yes", told, _lines(cut))


def _talk_share(talk: Transcript) -> Point:
    spoken = {side: sum(turn.end - turn.start for turn in talk.turns if turn.side == side) for side in SIDES}
    whole = sum(spoken.values())
    if not whole or not spoken["customer"]:
        return Point("talk_share", NAMES["talk_share"], "open", Words("时间看不出来。", "The times do not tell."))
    share = spoken["clerk"] * 100 // whole
    told = Words(f"柜员说了 {share}% 的时间，最好不超过 {CLERK_SHARE_MAX}%。", f"The clerk spoke {share}% of the time; at most {CLERK_SHARE_MAX}% is good.")
    return Point("talk_share", NAMES["talk_share"], "yes" if share <= CLERK_SHARE_MAX else "no", told)


def _pace(ours: list[Turn], talk: Transcript) -> Point:
    least, most = talk_words_of(talk.language)[1]
    timed = [turn for turn in ours if turn.end > turn.start]
    seconds = sum(turn.end - turn.start for turn in timed)
    if seconds < PACE_SECONDS_MIN or not talk.has_ends:
        return Point("pace", NAMES["pace"], "open", Words("时间太短或没有写结束，看不出来。", "Too short, or without ends: it cannot be told."))
    pace = sum(char.isalnum() for turn in timed for char in turn.text) * 60 // seconds
    told = Words(f"每分钟 {pace} 字，合适的是 {least} 到 {most}。", f"{pace} characters a minute; {least} to {most} is good.")
    return Point("pace", NAMES["pace"], "yes" if least <= pace <= most else "no", told)


def _calm_words(ours: list[Turn], language: Language) -> Point:
    found = [(turn, hint) for turn in ours for hint in check(turn.text, language=language, kind="spoken") if hint.class_ in HARSH]
    shown = tuple(
        _evidence(turn, about=Words(f"“{hint.words}”（{hint.name.zh}）：{hint.why.zh}", f"“{hint.words}” ({hint.name.en}): {hint.why.en}"))
        for turn, hint in found[:EVIDENCE_MAX]
    )
    told = Words(f"有 {len(found)} 处可以换个说法。", f"{len(found)} could be said otherwise.") if found else Words("没有看到伤人或承诺的话。", "No word that hurts or promises was found.")
    return Point("calm_words", NAMES["calm_words"], "no" if found else "yes", told, shown)


def _lines(turns: list[Turn]) -> tuple[Evidence, ...]:
    return tuple(_evidence(turn) for turn in turns[:EVIDENCE_MAX])


def _evidence(turn: Turn, *, about: Words | None = None) -> Evidence:
    masked = _LONG_NUMBER.sub(lambda found: "•" * (len(found[0]) - 4) + found[0][-4:], turn.text)
    return Evidence(turn.line, f"{turn.start // 60:02d}:{turn.start % 60:02d}", SIDES[turn.side], masked, about)


def _both(first: Words, second: Words) -> Words:
    return Words(first.zh + second.zh, f"{first.en} {second.en}")


def kept(card: Scorecard) -> dict[str, object]:
    """The card as it is kept: words in both languages, evidence lines; the transcript itself is not kept."""
    return {"language": card.language, "seconds": card.seconds, "turns": card.turns, "points": [_kept_point(point) for point in card.points]}


def _kept_point(point: Point) -> dict[str, object]:
    return {"id": point.id, "state": point.state, "told": point.told.as_dict(), "evidence": [
        {"line": one.line, "at": one.at, "side": one.side.as_dict(), "text": one.text, "about": one.about.as_dict() if one.about else None} for one in point.evidence
    ]}


def again(content: Mapping[str, object]) -> Scorecard:
    """A card that was kept, as it was."""
    points = content["points"]
    assert isinstance(points, list)
    return Scorecard("en" if content["language"] == "en" else "zh", int(str(content["seconds"])), int(str(content["turns"])), tuple(_points(points)))


def _points(rows: list[dict[str, object]]) -> Iterator[Point]:
    for row in rows:
        lines = row["evidence"]
        assert isinstance(lines, list)
        yield Point(
            str(row["id"]), NAMES[str(row["id"])], _state(str(row["state"])), Words(**row["told"]),  # type: ignore[arg-type]
            tuple(Evidence(one["line"], one["at"], Words(**one["side"]), one["text"], Words(**one["about"]) if one["about"] else None) for one in lines),
        )


def _state(text: str) -> State:
    return "yes" if text == "yes" else "no" if text == "no" else "open"
