"""The clerk at the screen with an upset visitor: six steps by their page, every way to skip them, the call, the threat, the shift."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.complaints.models import Complaint
from lipei.complaints.queries import complaint_of_visit
from lipei.frontdesk import commands as desk
from lipei.frontdesk.calm import ORDER, STEPS
from lipei.frontdesk.models import Break, CalmTalk, ShiftCheck, Visit
from lipei.frontdesk.tests import calm_talk, talk
from lipei.workbench.frontdesk.tests.test_pages import STATEMENTS_MAX, at_the_desk, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def on_paper(pdf: bytes) -> str:
    """The words of a PDF without white space."""
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(io.BytesIO(pdf)))


def calm(visit: str) -> str:
    return f"/visits/{visit}/calm/"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_complaint_from_the_welcome_to_the_officers_page(cast: Cast, language: str) -> None:
    clerk = at_the_desk(cast.front_desk, language=language)
    visit = talk.opened(cast.front_desk)
    clerk.post(f"/visits/{visit}/welcome/", calm_talk.COMPLAINS)
    clerk.post(f"/visits/{visit}/identity/not-applicable/", {"reason": "complains_unnamed"})
    for step in STEPS:
        with CaptureQueriesContext(connection) as asked:
            page = clerk.get(calm(visit))
        assert step.name.in_(language) in text(page)
        assert len(asked) <= STATEMENTS_MAX, (step.id, len(asked))
        answer = clerk.post(calm(visit), {"step": step.id, **calm_talk.typed(step.id, cast)})
        assert answer.status_code == 302, text(answer)
    number = Complaint.objects.get().number
    with CaptureQueriesContext(connection) as asked:
        farewell = clerk.get(f"/visits/{visit}/farewell/")
    assert number in text(farewell)
    assert len(asked) <= STATEMENTS_MAX
    receipt = clerk.get(f"/visits/{visit}/complaint-receipt.pdf")
    assert receipt["Content-Type"] == "application/pdf"
    printed = on_paper(receipt.content)
    assert number in printed
    assert "12378" in printed
    assert {"zh-hans": "投诉回执", "en": "Receiptofyourcomplaint"}[language] in printed
    due = complaint_of_visit(visit, actor=cast.front_desk, at=timezone.now())
    assert due is not None
    assert due.answer_on is not None
    assert f"{due.answer_on}" in printed
    assert clerk.post(f"/visits/{visit}/farewell/", {}).status_code == 422
    assert clerk.post(f"/visits/{visit}/farewell/", {"receipt_given": "on"}).status_code == 302
    assert number in text(clerk.get(f"/visits/{visit}/"))
    officer = at_the_desk(cast.complaint_officer, language=language)
    assert number in text(officer.get("/complaints/"))
    assert f"/complaints/{number}/" in text(officer.get("/work/"))
    with CaptureQueriesContext(connection) as asked:
        page = officer.get(f"/complaints/{number}/")
    assert calm_talk.WORDS in text(page)
    assert "19900000188" not in text(page)
    assert len(asked) <= STATEMENTS_MAX
    assert "19900000188" in text(officer.post(f"/complaints/{number}/reach/"))


@pytest.mark.parametrize("target", ORDER[1:])
def test_no_step_is_skipped_by_typing_its_name(cast: Cast, target: str) -> None:
    visit = calm_talk.complaint_at("quiet_room", cast)
    clerk = at_the_desk(cast.front_desk)
    answer = clerk.post(calm(visit), {"step": target, **calm_talk.typed(target, cast)})
    assert answer.status_code == 422
    assert STEPS[0].lacking.zh in text(answer)
    answer = clerk.post(f"{calm(visit)}{target}/not-applicable/", {"reason": "nothing_today"})
    assert answer.status_code == 422
    assert not CalmTalk.objects.filter(steps__isnull=False).exists()


def test_the_calm_station_is_skipped_by_no_door(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told=calm_talk.COMPLAINS, by=cast.front_desk)
    assert clerk.get(calm(visit)).status_code == 422, "identity comes first"
    desk.mark_not_applicable(visit, station="identity", reason="complains_unnamed", by=cast.front_desk)
    assert clerk.get(f"/visits/{visit}/farewell/").status_code == 422
    assert clerk.post(f"/visits/{visit}/farewell/", {"receipt_given": "on"}).status_code == 422
    answer = clerk.post(f"/visits/{visit}/calm/not-applicable/", {"reason": "in_a_hurry"})
    assert answer.status_code == 422
    assert Visit.objects.get(number=visit).station == "calm"


def test_what_lacks_is_told_and_what_was_typed_stays(cast: Cast) -> None:
    visit = calm_talk.complaint_at("point", cast)
    clerk = at_the_desk(cast.front_desk)
    answer = clerk.post(calm(visit), {"step": "point", "matter": "四次来电没有回音"})
    assert answer.status_code == 422
    assert "四次来电没有回音" in text(answer)
    assert "四次来电没有回音" in text(clerk.get(calm(visit))), "kept as a draft"
    clerk.post(f"{calm(visit)}draft/", {"step": "point", "wish": "一次说清"})
    assert "一次说清" in text(clerk.get(calm(visit)))


def test_one_press_away_in_every_visit_and_back_to_where_it_stood(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    clerk = at_the_desk(cast.front_desk)
    assert calm(visit) in text(clerk.get(f"/visits/{visit}/facts/"))
    assert clerk.post(f"{calm(visit)}begin/", {"reason": "bored"}).status_code == 422
    assert clerk.post(f"{calm(visit)}begin/", {"reason": "upset"}).status_code == 302
    answer = clerk.get(f"/visits/{visit}/")
    assert answer["Location"].endswith("/facts/")
    for step in STEPS:
        clerk.post(f"{calm(visit)}{step.id}/not-applicable/", {"reason": step.reasons[-1].id})
    assert CalmTalk.objects.get().ended_at is not None
    assert clerk.get(calm(visit)).status_code == 200


def test_another_clerk_looks_and_changes_nothing(cast: Cast) -> None:
    visit = calm_talk.complaint_at("listen", cast)
    other = at_the_desk(cast.front_desk_2)
    page = text(other.get(calm(visit)))
    assert 'name="words"' not in page
    assert other.post(calm(visit), {"step": "listen", **calm_talk.typed("listen", cast)}).status_code == 409


def test_the_call_reaches_the_work_page_and_is_accepted_there(cast: Cast) -> None:
    visit = calm_talk.complaint_at("listen", cast)
    clerk, helper = at_the_desk(cast.front_desk), at_the_desk(cast.front_desk_2)
    assert clerk.post(f"{calm(visit)}call/", {"second": "999999"}).status_code == 422
    clerk.post(f"{calm(visit)}call/", {"second": str(cast.front_desk_2.user_id)})
    assert f"{calm(visit)}answer/" in text(helper.get("/work/"))
    assert helper.post(f"{calm(visit)}answer/", {"do": "accept"}).status_code == 302
    assert CalmTalk.objects.get().accepted_at is not None
    assert "来了" in text(clerk.get(calm(visit)))


def test_a_threat_is_one_press_and_stands_on_the_supervisors_page(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    clerk, supervisor = at_the_desk(cast.front_desk), at_the_desk(cast.supervisor)
    assert f"/visits/{visit}/threat/" in text(clerk.get(f"/visits/{visit}/listening/"))
    answer = clerk.post(f"/visits/{visit}/threat/")
    assert answer["Location"] == calm(visit)
    assert "报警" in text(clerk.get(calm(visit)))
    assert "is-late" in text(supervisor.get("/work/"))
    assert "威胁" in text(supervisor.get("/desk/"))


def test_the_check_is_open_then_signed_and_stops_nobody(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    assert "/desk/check/" in text(clerk.get("/visits/"))
    assert clerk.get("/desk/check/").status_code == 200
    assert clerk.post("/desk/check/", {}).status_code == 422
    told = calm_talk.self_check(systems="not_ok", systems_what="打印机卡纸", systems__who=str(cast.front_desk_2.user_id), systems__until=talk.day(-1))
    assert clerk.post("/desk/check/", told).status_code == 302
    assert ShiftCheck.objects.count() == 1
    assert "打印机卡纸" in text(at_the_desk(cast.supervisor).get("/desk/"))
    helper = at_the_desk(cast.front_desk_2)
    page = text(helper.get("/work/"))
    assert "打印机卡纸" in page
    address = page.split('href="/tasks/')[1].split('"')[0]
    assert helper.post(f"/tasks/{address}", {"answer": ""}).status_code == 422
    assert helper.post(f"/tasks/{address}", {"answer": "修好了"}).status_code == 302
    assert "打印机卡纸" not in text(helper.get("/work/"))


def test_the_break_is_offered_when_the_visit_is_over_and_shown_to_all(cast: Cast) -> None:
    visit = calm_talk.complaint_at("farewell", cast)
    clerk = at_the_desk(cast.front_desk)
    clerk.post(f"/visits/{visit}/farewell/", {"receipt_given": "on"})
    assert "/desk/break/" in text(clerk.get(f"/visits/{visit}/"))
    assert clerk.post("/desk/break/", {"minutes": "480"}).status_code == 422
    assert clerk.post("/desk/break/", {"minutes": "10"}).status_code == 302
    assert Break.objects.get().ended_at is None
    assert "歇息，" in text(at_the_desk(cast.supervisor).get("/desk/"))
    clerk.post("/desk/break/", {"do": "back"})
    assert Break.objects.get().ended_at is not None


def test_the_supervisor_adds_a_quiet_place(cast: Cast) -> None:
    supervisor = at_the_desk(cast.supervisor)
    assert supervisor.post("/desk/rooms/", {"name_zh": "里间"}).status_code == 422
    assert supervisor.post("/desk/rooms/", {"name_zh": "里间", "name_en": "Inner room"}).status_code == 302
    assert "里间" in text(supervisor.get("/desk/"))
