"""What the demonstration tells of the counter besides claims: quiet places, a signed check, two complaints, and a calm talk that runs."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lipei.complaints.commands import note_complaint, take_on_complaint
from lipei.filing.actor import Actor
from lipei.frontdesk import commands as desk
from lipei.frontdesk.calm import ORDER
from lipei.frontdesk.calm_queries import quiet_rooms
from lipei.frontdesk.practice import commands as practice
from lipei.frontdesk.practice.reading import scenarios
from lipei.frontdesk.shift_rules import ITEMS
from lipei.process.complaining import open_complaint_of_visit
from lipei.staff.queries import branches

ROOMS = (("里间小会客室", "Small sitting room"), ("二楼谈话间", "Talk room, first floor"))
_SPACE = uuid.UUID("5d0c5c0a-7d0c-4c55-9d0e-0c0ffee0de5c")


@dataclass(frozen=True, slots=True)
class Upset:
    """A visitor with a complaint: address, situation, their words, and what is typed at the steps after."""

    address: str
    situation: str
    words: str
    point: Mapping[str, str]
    apology: str
    offers: tuple[str, ...]
    agreed: str
    answer: str


FIRST = Upset(
    "贺先生", "anger", "我打了四次电话，每次都说再等等，没有一个人告诉我到底缺什么。第五次我就自己来了。",
    {"about": "information", "matter": "四次来电都没有说清缺什么材料", "wish": "有一个人一次说清，并负责到底", "name": "贺远帆", "answer_by": "phone", "reach": "19900000188"},
    "让您打了四次电话还不清楚缺什么，是我们没做好，对不起。", ("one_list", "look_up_now"), "今天把缺的材料一次列给他", "告诉您材料清单收齐没有、由谁办理",
)
SECOND = Upset(
    "曲女士", "elderly", "我八十多了，让我用手机交材料，我不会，旁边的年轻人说他也忙。我就站着等了一个钟头。",
    {"about": "waiting", "matter": "不会用手机交材料，站着等了一小时没有人帮", "wish": "以后能在柜台由人办，不用手机", "name": "曲兰亭", "answer_by": "letter", "reach": "镜湖市柳岸街 20 号"},
    "让您站着等了一个钟头没人帮，对不起，您本来就可以在柜台办。", ("explain_again", "home_visit"), "以后由柜台收材料，行动不便时上门", "告诉您柜台怎样改的",
)


def tell_the_desk(everybody: dict[str, Actor], *, now: datetime, drain: Callable[[], object]) -> None:
    """Tell it once: where the quiet places are there, nothing is told again."""
    supervisors = {"JH": everybody["7001"], "YL": everybody["7002"], "SW": everybody["7001"]}
    if any(quiet_rooms(branch.id) for branch in branches()):
        return
    for branch in branches():
        for zh, en in ROOMS:
            desk.name_quiet_room(name_zh=zh, name_en=en, branch_id=branch.id, by=supervisors[branch.code], at=now - timedelta(days=30))
    clerk, second, supervisor, officer = (everybody[n] for n in ("1001", "1002", "7001", "8001"))
    _check(clerk, seen_to_by=supervisor, at=now - timedelta(hours=2))
    _practise(second, at=now - timedelta(days=1))
    number = _complain(FIRST, clerk, at=now - timedelta(days=2), drain=drain)
    take_on_complaint(number, by=officer, at=now - timedelta(days=1, hours=20))
    note_complaint(number, text="听了四次来电的录音，三次没有说缺什么；已请理赔员今天列清单。", by=officer, at=now - timedelta(days=1, hours=3))
    _complain(SECOND, second, at=now - timedelta(hours=1), drain=drain)
    _calm_talk_that_runs(clerk, supervisor, at=now - timedelta(minutes=12))


def _check(clerk: Actor, *, seen_to_by: Actor, at: datetime) -> None:
    told = {item.id: "ok" for item in ITEMS} | {
        "systems": "not_ok", "systems_what": "二号柜的打印机偶尔卡纸", "systems__who": str(seen_to_by.user_id),
        "systems__until": (at + timedelta(days=2)).date().isoformat(), "signed": "on",
    }
    desk.sign_self_check(told=told, by=clerk, at=at)


def _received(upset_at: str, greeting: Mapping[str, str], clerk: Actor, *, at: datetime) -> str:
    visit = desk.open_visit(counter=2, key=uuid.uuid5(_SPACE, upset_at), by=clerk, at=at)
    desk.greet(visit, told=greeting, by=clerk, at=at + timedelta(minutes=1))
    return visit


def _complain(upset: Upset, clerk: Actor, *, at: datetime, drain: Callable[[], object]) -> str:
    """A complaint from the welcome to the farewell; returns its number."""
    greeting = {"purpose": "complaint", "situation": upset.situation, "address": upset.address}
    visit = _received(upset.address, greeting, clerk, at=at)
    desk.mark_not_applicable(visit, station="identity", reason="complains_unnamed", by=clerk, at=at + timedelta(minutes=2))
    room = next(r for r in quiet_rooms(clerk.branch_id or 0) if not r.taken_by)
    told: dict[str, Mapping[str, str]] = {
        "quiet_room": {"room": str(room.id), "alone": "wishes_alone"}, "listen": {"words": upset.words, "read_back": "on"}, "point": upset.point,
        "apology": {"apology": upset.apology}, "solution": {"agreed": upset.agreed} | {f"offer_{o}": "on" for o in upset.offers},
        "follow_up": {"answer": upset.answer, "answer__who": str(clerk.user_id), "answer__until": (at + timedelta(days=3)).date().isoformat()},
    }
    for n, step in enumerate(ORDER, start=1):
        desk.take_calm_step(visit, step=step, told=told[step], by=clerk, at=at + timedelta(minutes=3 + 4 * n))
    number = open_complaint_of_visit(visit, by=clerk)
    drain()
    desk.say_farewell(visit, told={"receipt_given": "on"}, by=clerk, at=at + timedelta(minutes=30))
    return number


def _calm_talk_that_runs(clerk: Actor, supervisor: Actor, *, at: datetime) -> None:
    """Somebody sits in the quiet place now; the supervisor is called and has not answered yet."""
    visit = _received("calm", {"purpose": "new_loss", "situation": "bereavement", "address": "阮女士"}, clerk, at=at)
    desk.begin_calm(visit, reason="distressed", by=clerk, at=at + timedelta(minutes=2))
    desk.call_second(visit, user_id=supervisor.staff_id, by=clerk, at=at + timedelta(minutes=3))
    room = quiet_rooms(clerk.branch_id or 0)[0]
    desk.take_calm_step(visit, step="quiet_room", told={"room": str(room.id)}, by=clerk, at=at + timedelta(minutes=4))


def _practise(clerk: Actor, *, at: datetime) -> None:
    """Two practice visits of a colleague's: one left after two turns, one ended without its second answer and shared."""
    for name, turns in (("fracture", 2), ("nephew", 3)):
        uuid = practice.begin_practice(name, language="zh", by=clerk, at=at)
        for number, turn in enumerate(scenarios()[name].model[:turns], 1):
            practice.answer_visitor(uuid, turn=number, station=turn.station, said=turn.words.zh, told={}, by=clerk, at=at)
    practice.end_practice(uuid, told={"fact_who": "nephew"}, by=clerk, at=at + timedelta(minutes=9))
    practice.share_practice(uuid, by=clerk, at=at + timedelta(minutes=12))
