"""What a note or a promise must hold. Pure."""

from __future__ import annotations

import datetime as dt

from lipei.filing.refusal import Missing
from lipei.terms.words import Words

NOTE_CHARACTERS_MAX = 10_000
MESSAGE_CHARACTERS_MAX = 500
PROMISE_CHARACTERS_MAX = 200
PROMISE_DAYS_MAX = 365


def too_long(text: str, limit: int, *, what: Words, field: str) -> list[Missing]:
    """One fault when `text` is above `limit` characters, saying both numbers."""
    if len(text) <= limit:
        return []
    return [
        Missing(
            Words(f"{what.zh}有 {len(text):,} 个字，最多 {limit:,} 个", f"{what.en} has {len(text):,} characters; the most is {limit:,}"),
            do=Words("请分成几条写，或作为附件交来。", "Split it, or hand it in as a paper."),
            field=field,
        )
    ]


def must_hold_note(text: str) -> list[Missing]:
    """A note says something and is at most `NOTE_CHARACTERS_MAX` long."""
    if not text.strip():
        return [Missing(Words("记录是空的", "The note is empty"), do=Words("请写下发生了什么。", "Write what happened."), field="text")]
    return too_long(text, NOTE_CHARACTERS_MAX, what=Words("记录", "The note"), field="text")


def must_hold_message(text: str) -> list[Missing]:
    """A customer's message says something in at most `MESSAGE_CHARACTERS_MAX` characters that can be read."""
    if not text.strip():
        return [Missing(Words("留言还是空的", "The message is still empty"), do=Words("请写一句您想说的。", "Write a sentence of what you would like to say."), field="text")]
    if len(text) > MESSAGE_CHARACTERS_MAX:
        return [Missing(
            Words(f"留言有 {len(text):,} 个字，最多 {MESSAGE_CHARACTERS_MAX} 个", f"The message has {len(text):,} characters; the most is {MESSAGE_CHARACTERS_MAX}"),
            do=Words("请留要紧的；想细说，请打电话。", "Keep what matters; to tell more, please call."), field="text",
        )]
    if any((ord(c) < 32 and c not in "\n\t") or 0xD800 <= ord(c) <= 0xDFFF or ord(c) == 127 for c in text):
        return [Missing(Words("留言里有看不见的控制字符", "The message holds invisible control characters"), do=Words("请重新键入。", "Type it again."), field="text")]
    return []


def must_hold_promise(what: str, *, due_at: dt.datetime, at: dt.datetime) -> list[Missing]:
    """A promise says what, and a date that is neither past nor more than a year away."""
    faults = too_long(what, PROMISE_CHARACTERS_MAX, what=Words("答应的内容", "The promise"), field="what")
    if not what.strip():
        faults.append(Missing(Words("还没有写答应了什么", "What was promised is missing"), field="what"))
    if due_at < at:
        faults.append(
            Missing(Words(f"{due_at:%Y-%m-%d} 已经过去", f"{due_at:%Y-%m-%d} is past"),
                    do=Words("请选今天或以后的日期。", "Choose today or a later day."), field="due")
        )
    elif due_at > at + dt.timedelta(days=PROMISE_DAYS_MAX):
        faults.append(
            Missing(Words(f"{due_at:%Y-%m-%d} 在一年以后", f"{due_at:%Y-%m-%d} is more than a year away"),
                    do=Words("请选一年以内的日期。", "Choose a day within a year."), field="due")
        )
    return faults
