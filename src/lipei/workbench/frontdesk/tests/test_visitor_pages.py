"""The clerk with the visitor's screen beside her, and the supervisor with ratings in sums."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lipei.claimfile.models import Claim, Task
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.documents.models import Document
from lipei.frontdesk import commands as desk
from lipei.frontdesk.confirming import answer_on_screen
from lipei.frontdesk.models import Screen
from lipei.frontdesk.rating import rate_visit, rating_visitor
from lipei.frontdesk.screens import open_screen, pair_screen, screen_of
from lipei.frontdesk.tests import talk
from lipei.frontdesk.visitor_screen import shown_to_visitor
from lipei.workbench.frontdesk.tests.test_pages import STATEMENTS_MAX, at_the_desk, text, url

pytestmark = pytest.mark.django_db
STROKES = "M10 20" + "".join(f"L{n} {n + 9}" for n in range(11, 40))


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def visitor_says(visit: str, cast: Cast, **told: str) -> None:
    device = screen_of(pair_screen(open_screen(visit, by=cast.front_desk), address="10.0.0.7") or "")
    assert device is not None
    shown = shown_to_visitor(visit, actor=device)
    assert shown is not None
    answer_on_screen(visit, answer="right", digest=shown.digest, language="zh-hans", by=device, **told)


def test_the_clerk_shows_a_code_sees_it_connect_and_disconnects(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    clerk = at_the_desk(cast.front_desk)
    clerk.post(f"/visits/{visit}/screen/", {"do": "open"})
    code = Screen.objects.get().code
    assert f"{code[:4]} {code[4:]}" in text(clerk.get(url(visit, "listening")))
    assert pair_screen(code, address="10.0.0.7")
    with CaptureQueriesContext(connection) as asked:
        state = text(clerk.get(f"/visits/{visit}/screen/state/"))
    assert "已连上" in state
    assert code not in state
    assert len(asked) <= STATEMENTS_MAX, len(asked)
    clerk.post(f"/visits/{visit}/screen/", {"do": "end"})
    assert "连上客户屏" in text(clerk.get(url(visit, "listening")))


def test_what_the_visitor_confirmed_counts_at_the_foot_and_leads_on(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    clerk = at_the_desk(cast.front_desk)
    clerk.post(f"{url(visit, 'listening')}draft/", {"account": talk.ACCOUNT})
    assert "还没有念给客户听" in text(clerk.get(url(visit, "listening")))
    visitor_says(visit, cast)
    state = text(clerk.get(f"/visits/{visit}/screen/state/"))
    assert "客户说没错" in state
    assert "还没有念给客户听" not in state
    clerk.post(f"{url(visit, 'listening')}draft/", {"account": talk.ACCOUNT + "还有。"})
    assert "要再请客户看一遍" in text(clerk.get(f"/visits/{visit}/screen/state/"))
    answer = clerk.post(url(visit, "listening"), {"account": talk.ACCOUNT})
    assert answer.status_code == 302


def test_the_application_signed_on_the_screen_comes_in_as_a_pdf(cast: Cast) -> None:
    visit = talk.brought_to("papers", cast)
    clerk = at_the_desk(cast.front_desk)
    papers = {k: v for k, v in talk.PAPERS.items() if not k.startswith("application_")}
    clerk.post(f"{url(visit, 'papers')}draft/", papers)
    visitor_says(visit, cast, strokes=STROKES)
    page = text(clerk.get(url(visit, "papers")))
    picture = page.partition('class="lp-signature" src="')[2].partition('"')[0]
    signed = clerk.get(picture)
    assert signed["Content-Type"] == "image/svg+xml"
    assert STROKES in text(signed)
    answer = clerk.post(url(visit, "papers"), papers)
    assert answer.status_code == 302, text(answer)
    application = Document.objects.get(kind="application")
    assert (application.form, application.content_type) == ("electronic", "application/pdf")
    assert Claim.objects.get().requested_at is not None


def test_consent_is_asked_on_the_identity_page_and_said_afterwards(cast: Cast) -> None:
    visit = talk.brought_to("identity", cast)
    clerk = at_the_desk(cast.front_desk)
    page = text(clerk.get(url(visit, "identity")))
    assert "我们要看您的健康信息，您同意吗？" in page
    assert "保险法第 87 条" in page
    told = {k: v for k, v in talk.identity(talk.choice_of(cast)).items() if not k.startswith("consent_")}
    answer = clerk.post(url(visit, "identity"), told)
    assert answer.status_code == 422
    assert "还没有问客户是否同意处理健康信息" in text(answer)
    assert clerk.post(url(visit, "identity"), talk.identity(talk.choice_of(cast))).status_code == 302
    assert "念给客户听，口头答复" in text(clerk.get(url(visit, "identity")))


def test_a_consent_is_withdrawn_on_its_page_where_it_says_what_follows(cast: Cast) -> None:
    visit = talk.brought_to("papers", cast)
    clerk = at_the_desk(cast.front_desk)
    address = f"/claims/{talk.number_of(visit)}/consents/"
    page = text(clerk.get(address))
    assert "不再收新的健康信息" in page
    assert clerk.post(address, {"do": "withdraw", "kind": "health", "said": ""}).status_code == 302
    assert "已撤回" in text(clerk.get(address))
    assert clerk.post(address, {"do": "withdraw", "kind": "health"}).status_code == 422
    assert clerk.post(address, {"do": "record", "kind": "health"}).status_code == 422
    assert clerk.post(address, {"do": "record", "kind": "health", "answer": "given", "how": "voice"}).status_code == 302
    assert at_the_desk(cast.handler, language="en").get(address).status_code == 200
    assert at_the_desk(cast.front_desk).get("/claims/JH-2026-999999/consents/").status_code == 404


def test_the_supervisor_reads_sums_and_calls_back_and_the_clerk_reads_nothing(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    rate_visit(visit, told={"score": "1", "said": "等太久了", "call_back": "on"}, door="status", language="zh-hans", by=rating_visitor(visit))
    supervisor = at_the_desk(cast.supervisor)
    page = text(supervisor.get("/visits/ratings/"))
    assert "等太久了" in page
    assert "很不满意" in page
    task = Task.objects.get(role="supervisor")
    assert supervisor.post(f"/visits/ratings/{task.pk}/", {"answer": ""}).status_code == 422
    assert supervisor.post(f"/visits/ratings/{task.pk}/", {"answer": "道了歉。"}).status_code == 302
    assert "没有人在等电话" in text(supervisor.get("/visits/ratings/"))
    clerk = at_the_desk(cast.front_desk)
    assert clerk.get("/visits/ratings/").status_code == 403
    number = talk.number_of(visit)
    for address in ("/visits/", f"/visits/{visit}/", url(visit, "farewell"), f"/claims/{number}/", f"/claims/{number}/tasks/", f"/claims/{number}/history/", "/work/"):
        words = text(clerk.get(address))
        for secret in ("等太久了", "很不满意", "客户评价后"):
            assert secret not in words, (address, secret)
