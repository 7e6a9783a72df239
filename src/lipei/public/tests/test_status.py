"""The customer at home, with the code on the receipt: where the claim stands, and nothing that names anybody."""

from __future__ import annotations

import pytest
from django.test import Client

from lipei.claimfile.models import Claim
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.frontdesk import commands as desk
from lipei.frontdesk.models import Visit
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
