"""班前自查: what a clerk looks at before the first visitor, worded so that it fits everyone; what is not in order gets an owner. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lipei.filing.refusal import Missing
from lipei.frontdesk.reading import Reader
from lipei.frontdesk.rules import who_by
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class ShiftItem:
    """One thing to look at: its name and what “in order” means."""

    id: str
    name: Words
    means: Words


ITEMS: tuple[ShiftItem, ...] = (
    ShiftItem("dress", Words("着装", "Dress"), Words("整洁，合身，穿着能稳稳走动", "Neat, fitting, and safe to walk in")),
    ShiftItem("face_hands", Words("面容和双手", "Face and hands"), Words("洗净，头发不挡眼；手上有伤先贴好", "Clean; nothing hangs over the eyes; a cut is covered")),
    ShiftItem("bearing", Words("仪态", "Bearing"), Words("坐着或站着，能面向客户，自己也舒服", "Seated or standing, turned to the visitor, at ease yourself")),
    ShiftItem("smile", Words("精神", "Smile"), Words("想好第一句问候；今天心里沉的，先告诉主管", "The first greeting is ready; if today weighs on you, tell your supervisor first")),
    ShiftItem("badge", Words("工牌", "Badge"), Words("戴着，看得见姓名和工号", "Worn, with name and number to be seen")),
    ShiftItem("desk", Words("桌面", "Desk"), Words("干净，没有别的客户的材料；有水、纸笔、老花镜", "Clear, with nobody else's papers; water, paper, pen and reading glasses at hand")),
    ShiftItem("systems", Words("设备", "Systems"), Words("能登录、能打印、能扫描，电话通", "Login, printer, scanner and telephone work")),
)
STATES: dict[str, Words] = {"ok": Words("好了", "In order"), "not_ok": Words("有问题", "Not in order")}
POINT_CHARACTERS_MAX = 120


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What is not in order, who sees to it, and by which day."""

    item: str
    what: str
    user_id: int
    due: date


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """The check as signed: the state of each item, and the open points it leaves."""

    states: dict[str, str]
    points: tuple[OpenPoint, ...]


def self_check_of(told: Mapping[str, str], *, today: date, colleagues: frozenset[int]) -> tuple[SelfCheck | None, list[Missing]]:
    """The check when every item has its state, every fault its words, person and day, and it is signed; else all that is missing."""
    read = Reader(told, today)
    states: dict[str, str] = {}
    points: list[OpenPoint] = []
    for item in ITEMS:
        states[item.id] = read.choice(item.id, STATES, missing=Words(f"“{item.name.zh}”还没有看", f"Not looked at yet: {item.name.en}"))
        if states[item.id] == "not_ok":
            what = read.text(f"{item.id}_what", item.name, most=POINT_CHARACTERS_MAX,
                             missing=Words(f"“{item.name.zh}”差什么，还没有写", f"What is wrong is missing: {item.name.en}"))
            nobody = Words(f"“{item.name.zh}”还没有写由谁去办", f"Nobody is named yet who sees to it: {item.name.en}")
            who = who_by(read, item.id, colleagues=colleagues, label=item.name, nobody=nobody)
            if who:
                points.append(OpenPoint(item.id, what, *who))
    read.ticked("signed", Words("还没有签名确认", "It is not signed yet"))
    return (None, read.faults) if read.faults else (SelfCheck(states, tuple(points)), [])
