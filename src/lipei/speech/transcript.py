"""A transcript: who said what and when, one turn a line; what cannot be read is named by kind and line.

A line is `time speaker: words`, such as `00:12-00:19 Clerk: Good morning.` or `[00:01:05] 客户：我想问一下。` The end time may
be left out; then interruptions cannot be told. Empty lines and lines that begin with `#` are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lipei.speech.showing import language_of
from lipei.terms.words import Language, Words

Side = Literal["clerk", "customer"]
TURNS_MAX = 1_000
CHARACTERS_MAX = 100_000
SECONDS_MAX = 6 * 3600
FAULTS_MAX = 20  # told at once; more are counted
SPEAKERS: dict[str, Side] = {
    **dict.fromkeys(("柜员", "柜台", "坐席", "客服", "员工", "同事", "前台", "理赔员", "经办", "经办人", "clerk", "agent", "handler", "staff", "colleague"), "clerk"),
    **dict.fromkeys(("客户", "来访人", "来电人", "顾客", "customer", "visitor", "caller", "client"), "customer"),
}
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_LINE = re.compile(rf"\s{{0,20}}\[?(?P<start>{_TIME})(?:\s{{0,3}}[-–~]\s{{0,3}}(?P<end>{_TIME}))?\]?\s{{0,20}}(?P<who>[^:：]{{1,30}}?)\s{{0,5}}[:：]\s{{0,20}}(?P<text>.*)", re.DOTALL)
_BEGINS = re.compile(rf"\s{{0,20}}\[?{_TIME}")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: its line in the transcript, its times in whole seconds, who spoke, and what."""

    line: int
    start: int
    end: int
    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A talk that could be read; `has_ends` when every turn came with its end."""

    turns: tuple[Turn, ...]
    language: Language
    has_ends: bool


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a transcript; line 0 is the whole of it."""

    code: str
    line: int
    words: Words


class TranscriptFaults(ValueError):
    """Everything that keeps a transcript from being read, at once."""

    def __init__(self, faults: tuple[LineFault, ...]) -> None:
        super().__init__("; ".join(fault.words.en for fault in faults))
        self.faults = faults


FAULTS: dict[str, Words] = {
    "empty": Words("还没有对话：请贴上文字，或选一个文本文件。", "There is no talk yet: paste it, or choose a text file."),
    "too_long": Words(f"对话太长：最多 {CHARACTERS_MAX} 字、{TURNS_MAX} 轮。", f"The talk is too long: at most {CHARACTERS_MAX} characters and {TURNS_MAX} turns."),
    "no_time": Words("第 {line} 行前面没有时间，例如 00:12。", "Line {line} does not begin with a time such as 00:12."),
    "no_speaker": Words("第 {line} 行时间后面没有“谁：”。", "Line {line} has no “speaker:” after the time."),
    "unknown_speaker": Words("第 {line} 行的“{who}”不知道是哪一方；请写 柜员 或 客户。", "Line {line}: “{who}” is on neither side; write Clerk or Customer."),
    "no_words": Words("第 {line} 行没有说的话。", "Line {line} holds no words."),
    "bad_time": Words("第 {line} 行的时间不对：分、秒要小于 60，全长不超过 6 小时。", "Line {line}: minutes and seconds are below 60, and a talk is no longer than 6 hours."),
    "back_in_time": Words("第 {line} 行早于上一行。", "Line {line} begins before the line above it."),
    "ends_first": Words("第 {line} 行结束早于开始。", "Line {line} ends before it begins."),
    "one_side": Words("只有一方说话：柜员和客户都要有。", "Only one side speaks: there must be clerk and customer."),
}


def read(text: str) -> Transcript:
    """The talk in `text`; raises `TranscriptFaults` with every fault, each with its line."""
    if not text.strip():
        raise TranscriptFaults((_fault("empty", 0),))
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip() and not line.lstrip().startswith("#")]
    if len(text) > CHARACTERS_MAX or len(lines) > TURNS_MAX:
        raise TranscriptFaults((_fault("too_long", 0),))
    turns: list[tuple[Turn, bool]] = []
    faults: list[LineFault] = []
    for number, line in lines:
        read_one = _turn(number, line, after=turns[-1][0].start if turns else 0)
        if isinstance(read_one, LineFault):
            faults.append(read_one)
        else:
            turns.append(read_one)
    if not faults and len({turn.side for turn, _ in turns}) < 2:
        faults.append(_fault("one_side", 0))
    if faults:
        raise TranscriptFaults(tuple(faults))
    return Transcript(_with_ends(turns), language_of("".join(turn.text for turn, _ in turns)), all(ended for _, ended in turns))


def _turn(number: int, line: str, *, after: int) -> tuple[Turn, bool] | LineFault:
    found = _LINE.fullmatch(line)
    if found is None:
        return _fault("no_speaker" if _BEGINS.match(line) else "no_time", number)
    start, end = _seconds(found["start"]), _seconds(found["end"]) if found["end"] else None
    side = SPEAKERS.get(found["who"].strip().lower())
    if start is None or (found["end"] and end is None):
        return _fault("bad_time", number)
    if side is None:
        return _fault("unknown_speaker", number, who=found["who"].strip()[:20])
    if not found["text"].strip():
        return _fault("no_words", number)
    if start < after:
        return _fault("back_in_time", number)
    if end is not None and end < start:
        return _fault("ends_first", number)
    return Turn(number, start, start if end is None else end, side, found["text"].strip()), end is not None


def _seconds(text: str) -> int | None:
    parts = [int(part) for part in text.split(":")]
    if any(part > 59 for part in parts[1:]):
        return None
    hours, minutes, seconds = parts if len(parts) == 3 else (0, *parts)
    total = hours * 3600 + minutes * 60 + seconds
    return total if total <= SECONDS_MAX else None


def _with_ends(turns: list[tuple[Turn, bool]]) -> tuple[Turn, ...]:
    """A turn without an end lasts until the next begins; the last such turn has no length."""
    starts = [turn.start for turn, _ in turns[1:]] + [turns[-1][0].start]
    return tuple(
        turn if ended else Turn(turn.line, turn.start, follows, turn.side, turn.text)
        for (turn, ended), follows in zip(turns, starts, strict=True)
    )


def _fault(code: str, line: int, *, who: str = "") -> LineFault:
    return LineFault(code, line, FAULTS[code].with_(line=line, who=who))
