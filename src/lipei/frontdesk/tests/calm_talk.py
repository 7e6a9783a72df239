"""What is typed in the calm mode in our test stories: an upset visitor, and one who complains (all invented)."""

from __future__ import annotations

from lipei.claimfile.tests.people import Cast
from lipei.frontdesk import commands as desk
from lipei.frontdesk.calm import ORDER
from lipei.frontdesk.models import QuietRoom
from lipei.frontdesk.shift_rules import ITEMS
from lipei.frontdesk.tests import talk

COMPLAINS = {"purpose": "complaint", "situation": "anger", "address": "贺先生"}
WORDS = "我打了四次电话，每次都说再等等，没有一个人告诉我到底缺什么。"


def a_room(cast: Cast) -> int:
    """The branch's quiet room, made once."""
    found = QuietRoom.objects.filter(branch=cast.branch).first()
    return found.pk if found else desk.name_quiet_room(name_zh="里间小会客室", name_en="Small sitting room", by=cast.supervisor)


def typed(step: str, cast: Cast, **changes: str) -> dict[str, str]:
    """What is typed at a step; `changes` put in or take the place of it."""
    told = {
        "quiet_room": {"room": str(a_room(cast)), "alone": "nobody_here"},
        "listen": {"words": WORDS, "read_back": "on"},
        "point": {"about": "information", "matter": "四次来电没有回音", "wish": "有人一次说清缺什么", "name": "贺远帆", "answer_by": "phone", "reach": "19900000188"},
        "apology": {"apology": "让您打了四次电话没有回音，是我们没做好，对不起"},
        "solution": {"offer_one_list": "on", "agreed": "今天把缺的材料一次列给他"},
        "follow_up": {"answer": "告诉您材料清单和办理人", "answer__who": str(cast.front_desk.user_id), "answer__until": talk.day(-2)},
    }[step]
    return {**told, **changes}


def complaint_at(step: str, cast: Cast) -> str:
    """A complaint's visit brought to a step of the calm mode (or `farewell`)."""
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told=COMPLAINS, by=cast.front_desk)
    desk.mark_not_applicable(visit, station="identity", reason="complains_unnamed", by=cast.front_desk)
    walk_to(visit, step, cast)
    return visit


def walk_to(visit: str, step: str, cast: Cast) -> None:
    """Every step of the calm mode before `step`."""
    for each in ORDER:
        if each == step:
            return
        desk.take_calm_step(visit, step=each, told=typed(each, cast), by=cast.front_desk)


def self_check(**changes: str) -> dict[str, str]:
    """The check before the shift, all in order and signed."""
    return {**{item.id: "ok" for item in ITEMS}, "signed": "on", **changes}
