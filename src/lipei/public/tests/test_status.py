"""The customer at home, with the code on the receipt: where the claim stands, and nothing that names anybody."""

from __future__ import annotations

import pytest
from django.test import Client

from lipei.claimfile.models import Claim
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.documents.queries import checklist_of
from lipei.frontdesk import commands as desk
from lipei.frontdesk.knocking import KNOCKS_MAX
from lipei.frontdesk.models import Rating, Visit
from lipei.frontdesk.tests import talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def test_the_code_shows_where_the_claim_stands_and_when_to_hear(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    code = Visit.objects.get(number=visit).status_code
    page = Client().get(f"/status/{code.lower()}/")
    words = page.content.decode()
    assert page.status_code == 200
    assert "申请收到了，正在立案。" in words
    assert talk.day(-3) in words
    assert "陆听澜" in words
    assert page["Cache-Control"] == "no-store"


def test_it_names_nobody_and_no_amount(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    row = Visit.objects.get(number=visit)
    words = Client().get(f"/status/{row.status_code}/").content.decode()
    for secret in ("方玉兰", "周砚秋", Claim.objects.get().number, cast.policy.number, "1,960", talk.daughter_number()[-4:]):
        assert secret not in words, secret


def test_who_brought_no_papers_reads_that_it_is_their_turn(cast: Cast) -> None:
    visit = talk.brought_to("papers", cast)
    desk.mark_not_applicable(visit, station="papers", reason="nothing_brought", by=cast.front_desk)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    words = Client().get(f"/status/{Visit.objects.get(number=visit).status_code}/").content.decode()
    assert "还差材料，等您交来。" in words


def test_a_wrong_code_is_told_kindly_and_the_form_leads_on(cast: Cast) -> None:
    page = Client().get("/status/AAAA-BBBB-CCCC/")
    assert page.status_code == 404
    assert "没有这个查询码的理赔" in page.content.decode()
    assert Client().get("/status/?code=AAAA-BBBB-CCCC")["Location"] == "/status/AAAA-BBBB-CCCC/"


def test_the_papers_still_missing_stand_there_by_name_alone(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    words = Client().get(f"/status/{Visit.objects.get(number=visit).status_code}/").content.decode()
    missing = checklist_of(talk.number_of(visit), actor=cast.front_desk).missing
    assert missing
    for row in missing:
        assert row.label.zh in words
        assert row.why.zh not in words


def test_who_guesses_codes_waits_and_reads_how_long(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    code = Visit.objects.get(number=visit).status_code
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for n in range(KNOCKS_MAX):
        assert stranger.get(f"/status/AAAA-BBBB-CC{n:02d}/").status_code == 404
    stopped = stranger.get(f"/status/{code}/")
    assert stopped.status_code == 429
    assert "请 15 分钟以后再试" in stopped.content.decode()
    assert "陆听澜" not in stopped.content.decode()
    assert Client(REMOTE_ADDR="203.0.113.10").get(f"/status/{code}/").status_code == 200


def test_the_rating_is_asked_here_when_it_was_not_given_at_the_counter(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    code = Visit.objects.get(number=visit).status_code
    customer = Client()
    assert "这次来访，您觉得怎样？" not in customer.get(f"/status/{code}/").content.decode(), "not before the visit is over"
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    assert "这次来访，您觉得怎样？" in customer.get(f"/status/{code}/").content.decode()
    assert customer.post(f"/status/{code}/rate/", {"score": "9"}).status_code == 422
    answer = customer.post(f"/status/{code}/rate/", {"score": "2", "call_back": "on"}, follow=True)
    assert "谢谢您告诉我们" in answer.content.decode()
    assert "这次来访，您觉得怎样？" not in answer.content.decode()
    customer.post(f"/status/{code}/rate/", {"score": "5"})
    assert (Rating.objects.get().score, Rating.objects.get().door) == (2, "status")
