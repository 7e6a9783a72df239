"""The supervisor at the floor's pages: every number leads to what it counts; the clerk is told calmly when another is proposed."""

from __future__ import annotations

import re
import uuid
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.frontdesk import calling, hall, seating, tickets
from lipei.frontdesk import commands as desk
from lipei.frontdesk.kiosk import kiosk_of
from lipei.frontdesk.models import Ticket
from lipei.frontdesk.rating import rate_visit, rating_visitor
from lipei.frontdesk.tests import calm_talk, talk
from lipei.workbench.frontdesk.tests.test_pages import STATEMENTS_MAX, at_the_desk, text

pytestmark = pytest.mark.django_db
NUMBERS = re.compile(r'<th scope="row">(?P<name>[^<]+)</th><td class="lp-r"><a class="lp-open lp-num" href="(?P<url>[^"]+)">')


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def came(*, purpose: str = "ask", priority: str = "") -> str:
    kiosk = kiosk_of("JH")
    assert kiosk is not None
    return tickets.take_ticket(purpose=purpose, priority=priority, key=uuid.uuid4(), by=kiosk.actor).label


def a_full_hall(cast: Cast) -> str:
    """One visitor in the quiet room, one called, two waiting, one at the machine who asks for a person; returns the visit."""
    visit = calm_talk.complaint_at("listen", cast)
    for _ in range(3):
        came()
    calling.call_next(counter=2, by=cast.front_desk_2)
    kiosk = kiosk_of("JH")
    assert kiosk is not None
    hall.ask_for_help("取号机", by=kiosk.actor)
    return visit


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_floor_in_few_statements(cast: Cast, language: str) -> None:
    visit = a_full_hall(cast)
    for who in (cast.supervisor, cast.auditor, cast.front_desk):
        client = at_the_desk(who, language=language)
        with CaptureQueriesContext(connection) as asked:
            page = text(client.get("/desk/"))
        assert len(asked) <= STATEMENTS_MAX, len(asked)
        assert f'href="/visits/{visit}/"' in page
        assert "A002" in page
        assert "A003" in page
        assert 'data-stream="/display/JH/stream/"' in page
        assert ("/desk/staffing/" in page) is (who is not cast.front_desk)


def test_who_may_not_look_is_shown_the_door(cast: Cast) -> None:
    for path in ("/desk/staffing/", "/desk/day/", "/desk/day/wait/"):
        assert at_the_desk(cast.front_desk).get(path).status_code == 403
        assert at_the_desk(cast.handler).get(path).status_code == 403
    assert at_the_desk(cast.supervisor).get("/desk/?branch=YL").status_code == 404
    assert at_the_desk(cast.auditor).get("/desk/?branch=YL").status_code == 200


def test_the_counters_page_is_honest_without_a_past(cast: Cast) -> None:
    client = at_the_desk(cast.supervisor)
    with CaptureQueriesContext(connection) as asked:
        page = text(client.get("/desk/staffing/"))
    assert "来客记录还太少" in page
    assert len(asked) <= STATEMENTS_MAX


def test_every_figure_of_the_day_opens_exactly_what_it_counts(cast: Cast) -> None:
    came()
    called = calling.call_next(counter=1, by=cast.front_desk_2)
    assert called is not None
    seating.seat_visitor(called.number, by=cast.front_desk_2)
    visit = calm_talk.complaint_at("farewell", cast)
    desk.say_farewell(visit, told={"receipt_given": "on"}, by=cast.front_desk)
    rate_visit(visit, told={"score": "4", "said": "很耐心"}, door="status", language="zh-hans", by=rating_visitor(visit))
    client = at_the_desk(cast.supervisor)
    with CaptureQueriesContext(connection) as asked:
        page = text(client.get("/desk/day/"))
    assert len(asked) <= STATEMENTS_MAX
    numbers = list(NUMBERS.finditer(page))
    assert {m["name"] for m in numbers} >= {"等候，中位", "等候，最久", "按答应的时间叫到", "接待完的来访", "难办的接待", "“身份与授权”不适用", "评价了的来访", "评价“满意”"}
    for m in numbers:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(unescape(m["url"]))
        assert answer.status_code == 200
        assert len(asked) <= STATEMENTS_MAX
    assert visit in text(client.get("/desk/day/hard/"))
    assert "很耐心" in text(client.get("/desk/day/face-4/"))
    assert "评价" not in text(at_the_desk(cast.auditor).get("/desk/day/"))
    assert client.get("/desk/day/nothing/").status_code == 404
    assert "这一天没有叫过号" in text(client.get("/desk/day/?day=2020-01-01"))


def test_the_board_shows_the_hall_and_leads_to_it(cast: Cast) -> None:
    visit = a_full_hall(cast)
    client = at_the_desk(cast.supervisor)
    client.get("/board/")
    with CaptureQueriesContext(connection) as asked:
        page = text(client.get("/board/"))
    assert len(asked) <= STATEMENTS_MAX
    assert "大堂怎么样？" in page
    assert "<b>2</b>位在等" in page
    assert f'href="/visits/{visit}/"' in page
    assert "/desk/?branch=JH" in page
    assert "来客记录还太少" in page


# ---------- fair sharing at the call ----------


def test_a_hard_visitor_is_proposed_to_who_has_had_less_and_may_still_be_called(cast: Cast) -> None:
    visit = calm_talk.complaint_at("farewell", cast)
    desk.say_farewell(visit, told={"receipt_given": "on"}, by=cast.front_desk)
    clerk, other = at_the_desk(cast.front_desk), at_the_desk(cast.front_desk_2)
    label = came(priority="distressed")
    with CaptureQueriesContext(connection) as asked:
        page = text(clerk.get("/visits/"))
    assert f"下一位 {label} 可能要多费些心" in page
    assert "建议由乔安然接待；您也可以照常叫" in page
    assert len(asked) <= STATEMENTS_MAX, [q["sql"][:90] for q in asked]
    calling.call_next(counter=2, by=cast.front_desk_2)
    tickets.cancel_ticket(Ticket.objects.get(label=label).number, reason="left", by=cast.front_desk_2)
    label = came(priority="distressed")
    assert "建议由乔安然（2 号柜台）接待" in text(clerk.get("/visits/"))
    assert "建议由" not in text(other.get("/visits/")), "it is they who are proposed"
    assert "Qiao Anran at counter 2 is proposed" in text(at_the_desk(cast.front_desk, language="en").get("/visits/"))
    clerk.post("/queue/call/", {"counter": "1"})
    assert Ticket.objects.get(label=label).clerk_id == cast.front_desk.user_id, "the order of the line stays as it is"


def test_of_an_ordinary_visitor_nothing_is_said(cast: Cast) -> None:
    visit = calm_talk.complaint_at("farewell", cast)
    desk.say_farewell(visit, told={"receipt_given": "on"}, by=cast.front_desk)
    came(priority="elderly")
    came(purpose="complaint")
    page = text(at_the_desk(cast.front_desk).get("/visits/"))
    assert "建议由" not in page, "the hard one is not the next"
