"""The supervisor's board: questions answered in a sentence; every number opens the claims it counts, counted afresh."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lipei.analytics.counting import DAYS_AHEAD
from lipei.analytics.queries import Board, board_of
from lipei.analytics.rules import HOW_EFFORT, band_of, days_shown, permille
from lipei.claimfile.listing import ClaimFilter, claims_of
from lipei.claimfile.stages import BY_ID
from lipei.claimfile.work_list import SOON_DAYS, days_ahead
from lipei.filing.actor import Actor
from lipei.terms.words import Words
from lipei.workbench.arriving import actor_in
from lipei.workbench.frontdesk import floor_showing
from lipei.workbench.work.views import day_kind

WAITING_SHOWN = 3


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The board of a branch, from its summary row; what waits for a decision is read now."""
    actor, at = actor_in(request), timezone.now()
    found = board_of(request.GET.get("branch", ""), actor=actor, at=at)
    hall = floor_showing.hall(branch_id=found.branch_id, code=found.code, at=at)
    context: dict[str, Any] = {
        "title": Words(f"今天的{found.name.zh}", f"{found.name.en} today"), "now": at, "counted_at": found.counted_at,
        "open": {"count": found.content["open"], "url": opens(found)}, "questions": [*_questions(found, at=at), *_hall_question(hall)], "hall": hall, "due": _due(found, at=at),
        "waiting": _waiting(found, actor=actor, at=at), "stages": _stages(found), "people": _people(found), "service": _service(found),
        "actions": [{"label": name, "url": f"?{urlencode({'branch': code})}"} for code, name in found.others],
    }
    return render(request, "workbench/board.html", context)


@require_GET
def how_effort(request: HttpRequest) -> HttpResponse:
    """How effort is counted, in words."""
    return render(request, "workbench/board/effort.html", {"rules": HOW_EFFORT})


def opens(found: Board, **wanted: object) -> str:
    """The address of the claims behind a number: the same filter, counted afresh."""
    return f"{reverse('claims')}?{urlencode({'branch': found.code, **wanted})}"


def _until(found: Board, *, today: dt.date, days: int) -> int:
    last = today + dt.timedelta(days=days)
    return sum(n for day, n in found.content["due"].items() if today <= dt.date.fromisoformat(day) <= last)


def _questions(found: Board, *, at: dt.datetime) -> list[dict[str, Any]]:
    today = timezone.localtime(at).date()
    content, now = found.content, _until(found, today=today, days=0)
    stuck = sum(s["stuck"] for s in content["stages"])
    longest = content["longest_stop"]
    waited = (today - dt.date.fromisoformat(longest)).days if longest else 0
    return [
        _question(Words("有没有超期？", "Is anything overdue?"), content["overdue"], Words("件超期", "overdue"), opens(found, due="overdue")),
        _question(Words("马上要到期的？", "What is due soon?"), _until(found, today=today, days=SOON_DAYS), Words("件三天内到期", "due within 3 days"),
                  opens(found, due="3"), Words(f"其中今天 {now} 件", f"{now} of them today")),
        _question(Words("哪里堵住了？", "Where does it stick?"), stuck, Words("件停在原地", "not moving"), "#stages",
                  Words("超过平常天数的两倍，各阶段在下面", "beyond twice the usual days; by stage below")),
        _question(Words("时钟停着的？", "Which clocks stand still?"), content["stopped"], Words("件等客户补件", "waiting for the customer"),
                  opens(found, clock="stopped"), Words(f"最久 {waited} 天", f"the longest for {waited} day{'' if waited == 1 else 's'}") if longest else None),
    ]


def _hall_question(hall: dict[str, Any] | None) -> list[dict[str, Any]]:
    """How the hall is, where a branch has one."""
    if hall is None:
        return []
    return [_question(Words("大堂怎么样？", "How is the hall?"), hall["waiting"], hall["told"], hall["waiting_url"], hall["promised"])]


def _question(question: Words, number: int, unit: Words, url: str, note: Words | None = None) -> dict[str, Any]:
    return {"question": question, "figures": [{"number": number, "unit": unit}], "url": url, "note": note}


def _due(found: Board, *, at: dt.datetime) -> dict[str, Any]:
    today = timezone.localtime(at).date()
    days = [
        {"day": day, "number": found.content["due"].get(day.isoformat(), 0), "url": opens(found, due=day.isoformat()), "kind": day_kind(day, today),
         "rest": is_rest}
        for day, is_rest in days_ahead(at, DAYS_AHEAD + 1, working_only=False)
    ]
    total = _until(found, today=today, days=DAYS_AHEAD)
    return {"days": days, "total": total, "url": opens(found, due="14"), "note": _("by the law's dates; a rest day moves them on")}


def _waiting(found: Board, *, actor: Actor, at: dt.datetime) -> dict[str, Any] | None:
    """What a supervisor decides here: claims that nobody has taken on."""
    if "claim.assign" not in actor.verbs:
        return None
    wanted = ClaimFilter(stage="registered", unassigned=True, branch=found.code)
    page = claims_of(wanted, actor=actor, at=at)
    url = opens(found, stage="registered", unassigned=1)
    rows = [
        {"what": Words(f"还没有人接手：{row.name}", f"Taken on by nobody yet: {row.name}"), "about": _since(row.number, row.stage_since),
         "url": reverse("claim_assign", args=(row.number,)), "link": _("Assign")}
        for row in page.rows[:WAITING_SHOWN]
    ]
    return {"count": page.total, "url": url, "rows": rows, "more": max(0, page.total - len(rows)), "more_url": url}


def _since(number: str, since: dt.datetime) -> Words:
    day = timezone.localtime(since).strftime("%m-%d")
    return Words(f"{number} · {day} 立案", f"{number} · registered {day}")


def _stages(found: Board) -> list[dict[str, Any]]:
    return [
        {
            "word": BY_ID[s["stage"]].name, "number": s["number"], "url": opens(found, stage=s["stage"]), "median": days_shown(s["median_hours"]),
            "usual": days_shown(s["usual_hours"]) if s["usual_hours"] is not None else None, "hot": bool(s["stuck"]),
            "stuck": Words(f"{s['stuck']} 件停住", f"{s['stuck']} stuck") if s["stuck"] else None,
            "stuck_url": opens(found, stage=s["stage"], in_stage_since=s["stuck_since"]) if s["stuck"] else "",
        }
        for s in found.content["stages"]
    ]


def _people(found: Board) -> dict[str, Any] | None:
    people = found.content["people"]
    if not people:
        return None
    band = band_of(tuple(p["points"] for p in people))
    high = band.high if band else 0
    most = max([high, *(p["points"] for p in people)]) * 5 // 4 or 1
    rows = [
        {"name": Words(p["name"], p["name_en"]), "url": opens(found, owner=p["number"]), "points": p["points"], "about": _load(p),
         "over": bool(band) and p["points"] > high}
        for p in people
    ]
    return {
        "rows": rows, "low": band.low if band else 0, "high": high, "most": most, "how_url": reverse("board_effort"),
        "suggestion": _suggestion(found, high=high, low=band.low if band else 0),
    }


def _load(person: dict[str, Any]) -> Words:
    points, claims = person["points"], person["claims"]
    zh = f"{points} 点 · {claims} 件"
    en = f"{points} point{'' if points == 1 else 's'} · {claims} claim{'' if claims == 1 else 's'}"
    if person["complex"]:
        return Words(f"{zh} · {person['complex']} 件复杂", f"{en} · {person['complex']} complex")
    return Words(zh, en)


def _suggestion(found: Board, *, high: int, low: int) -> dict[str, Any] | None:
    """Who carries too much and who has room, when both are true; which claims to pass on stays with the supervisor."""
    people = sorted(found.content["people"], key=lambda p: int(p["points"]))
    if not high or len(people) < 2 or people[-1]["points"] <= high or people[0]["points"] >= low:
        return None
    most, least = people[-1], people[0]
    over = most["points"] - high
    return {
        "text": Words(f"{most['name']}多了 {over} 点，{least['name']}有空。", f"{most['name_en']} is {over} points over; {least['name_en']} has room."),
        "url": opens(found, owner=most["number"]), "label": Words("看是哪些案件", "See which claims"),
    }


def _service(found: Board) -> dict[str, Any] | None:
    service, since = found.content["service"], found.content["since"]
    rows = [
        _span(found, service["papers_to_paid"], Words("收齐单证到付款，中位", "Papers complete to paid, median"), reached="paid", since=since,
              formula=Words("到账日 − 单证收齐日", "day paid − day papers complete")),
        _span(found, service["request_to_decided"], Words("收到申请到决定，中位", "Request to decision, median"), reached="decided", since=since,
              formula=Words("决定日 − 收到申请日", "day decided − day of request")),
        _paid_share(found, service["closings"], since=since),
    ]
    shown = [row for row in rows if row is not None]
    if not shown:
        return None
    days = service["days"]
    return {"rows": shown, "note": Words(f"近 {days} 天，公式写在旁边", f"last {days} days, formulas beside them")}


def _span(found: Board, counted: list[Any], measure: Words, *, reached: str, since: str, formula: Words) -> dict[str, Any] | None:
    number, hours = counted
    if not number:
        return None
    told = Words(f"{formula.zh}，{number} 件", f"{formula.en}, {number} claim{'' if number == 1 else 's'}")
    return {"measure": measure, "value": days_shown(hours), "formula": told, "url": opens(found, scope="all", reached=reached, since=since)}


def _paid_share(found: Board, closings: dict[str, int], *, since: str) -> dict[str, Any] | None:
    paid, refused = closings.get("paid", 0), closings.get("refused", 0)
    value = permille(paid, paid + refused)
    if value is None:
        return None
    formula = Words(f"已付 {paid} ÷（已付 {paid} + 拒付 {refused}）", f"paid {paid} ÷ (paid {paid} + refused {refused})")
    return {"measure": Words("获赔率", "Share paid"), "value": value, "formula": formula, "url": opens(found, closing="paid", since=since)}
