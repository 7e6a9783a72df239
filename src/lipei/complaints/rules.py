"""Who looks after a complaint, and what a note or an assignment must hold. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lipei.filing.refusal import Missing
from lipei.terms.words import Words

NOTE_CHARACTERS_MAX = 4_000
STATES: dict[str, Words] = {
    "received": Words("已收到，等负责人接手", "Received; the owner has not begun yet"),
    "in_hand": Words("正在查", "Being looked into"),
}
CHANNELS: dict[str, Words] = {"counter": Words("柜台", "At the counter")}


@dataclass(frozen=True, slots=True)
class Officer:
    """A complaint officer who works today: branch, and how many open complaints they look after."""

    user_id: int
    branch_id: int
    open_complaints: int


def who_takes(officers: Iterable[Officer], *, branch_id: int, without: frozenset[int]) -> int | None:
    """Who looks after a new complaint: of the branch before others, then who has the fewest open.

    Never somebody with an interest in it (回避: Rules on Consumer Complaints in Banking and Insurance): the colleague it is
    about, nor the one who took it.
    """
    free = [o for o in officers if o.user_id not in without]
    if not free:
        return None
    return min(free, key=lambda o: (o.branch_id != branch_id, o.open_complaints, o.user_id)).user_id


def must_hold_note(text: str) -> list[Missing]:
    """A note says something and is at most `NOTE_CHARACTERS_MAX` long."""
    if not text.strip():
        return [Missing(Words("记录是空的", "The note is empty"), do=Words("请写下查到了什么。", "Write what was found out."), field="text")]
    if len(text) > NOTE_CHARACTERS_MAX:
        return [Missing(Words(f"记录有 {len(text):,} 个字，最多 {NOTE_CHARACTERS_MAX:,} 个", f"The note has {len(text):,} characters; the most is {NOTE_CHARACTERS_MAX:,}"), field="text")]
    return []


def may_look_after(*, user_id: int, officers: frozenset[int], against: int | None, taken_by: int | None, why: str) -> list[Missing]:
    """Another owner is a complaint officer without an interest in it, with a reason for the change."""
    faults: list[Missing] = []
    if user_id not in officers:
        faults.append(Missing(Words("请选一位投诉专员", "Choose a complaint officer"), field="user"))
    elif user_id in (against, taken_by):
        faults.append(Missing(Words("这位同事和这件投诉有关，要回避", "This colleague has a part in the complaint and must stand aside"), field="user"))
    if not why.strip():
        faults.append(Missing(Words("还没有写为什么换人", "The reason for the change is missing"), field="why"))
    return faults
