"""The customer at home writes to us and sends a paper: it arrives with whoever handles the claim, and the page still names nobody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lipei.claimfile.commands import close_task
from lipei.claimfile.messages import MESSAGES_MAX, answer_day
from lipei.claimfile.models import Claim, Task
from lipei.claimfile.overview import history_of, tasks_of
from lipei.claimfile.rules import MESSAGE_CHARACTERS_MAX
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.claimfile.visibility import claims_visible_to, customer_of
from lipei.documents.models import Document
from lipei.documents.queries import checklist_of
from lipei.documents.tests.files import A_JPEG, A_PDF, a_png
from lipei.frontdesk import commands as desk
from lipei.frontdesk.models import Visit
from lipei.frontdesk.tests import talk

pytestmark = pytest.mark.django_db
ASKED = "社保结算单要下周才拿得到，晚几天行吗？"


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def at_home(cast: Cast) -> str:
    """A customer who handed in some of the papers and went home; the code on the receipt."""
    visit = talk.brought_to("farewell", cast)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    return Visit.objects.get(number=visit).status_code


def send(code: str, kind: str, *contents: bytes) -> str:
    files = [SimpleUploadedFile(f"photo {n}.jpg", content) for n, content in enumerate(contents)]
    return Client().post(f"/status/{code}/paper/", {"kind": kind, "content": files}, follow=True).content.decode()


# ---------- a message ----------


def test_a_message_arrives_with_the_owner_and_the_customer_reads_by_when_it_is_answered(cast: Cast) -> None:
    code, customer = at_home(cast), Client()
    assert "写留言" in customer.get(f"/status/{code}/").content.decode()
    words = customer.post(f"/status/{code}/message/", {"text": ASKED}, follow=True).content.decode()
    day = answer_day(timezone.localdate(), at=timezone.now())
    assert "的留言收到了，最晚" in words
    assert f"{day}" in words
    claim = Claim.objects.get()
    (task,) = [t for t in tasks_of(claim.number, actor=cast.front_desk, at=timezone.now()) if t.said]
    assert (task.said, task.kind) == (ASKED, "open_question")
    assert timezone.localtime(task.due_at).date() == day
    assert Task.objects.get(pk=task.id).user_id == (claim.owner_id or claim.first_asked_id)
    assert any(ASKED in entry.what.zh for entry in history_of(claim.number, actor=cast.front_desk).entries)
    assert ASKED not in words, "who finds the receipt does not read what was written"


def test_once_it_is_answered_the_page_no_longer_says_that_it_waits(cast: Cast) -> None:
    code = at_home(cast)
    Client().post(f"/status/{code}/message/", {"text": ASKED})
    task = Task.objects.get(opened_by__kind="message_left")
    close_task(task.pk, answer="打过电话，晚几天可以。", by=cast.front_desk)
    assert "留言收到了" not in Client().get(f"/status/{code}/").content.decode()


def test_the_day_of_the_answer_is_a_working_day() -> None:
    friday = dt.date(2026, 11, 27)
    assert answer_day(friday, at=timezone.now()) == dt.date(2026, 11, 30)
    assert answer_day(dt.date(2026, 11, 30), at=timezone.now()) == dt.date(2026, 12, 1)


@pytest.mark.parametrize(("text", "said"), [("  ", "留言还是空的"), ("长" * (MESSAGE_CHARACTERS_MAX + 1), "最多 500 个"), ("坏\x07字", "控制字符")])
def test_an_empty_too_long_or_unreadable_message_is_told_kindly_and_kept_on_the_page(cast: Cast, text: str, said: str) -> None:
    code = at_home(cast)
    answer = Client().post(f"/status/{code}/message/", {"text": text})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Task.objects.filter(opened_by__kind="message_left").exists()


def test_pressed_twice_it_is_one_message_and_after_three_a_day_a_call_is_better(cast: Cast) -> None:
    code, customer = at_home(cast), Client()
    for n in range(MESSAGES_MAX):
        for _ in range(2):
            assert customer.post(f"/status/{code}/message/", {"text": f"{ASKED} {n}"}).status_code == 302
    assert Task.objects.filter(opened_by__kind="message_left").count() == MESSAGES_MAX
    stopped = customer.post(f"/status/{code}/message/", {"text": "还有一句"})
    assert stopped.status_code == 429
    assert "您一天里留了 3 次言，都收到了" in stopped.content.decode()


def test_the_pages_beside_name_nobody_and_a_wrong_code_opens_neither(cast: Cast) -> None:
    code = at_home(cast)
    for page in ("message", "paper"):
        words = Client().get(f"/status/{code}/{page}/").content.decode()
        for secret in ("方玉兰", "周砚秋", Claim.objects.get().number, cast.policy.number, talk.daughter_number()[-4:]):
            assert secret not in words, (page, secret)
        answer = Client().post(f"/status/AAAA-BBBB-CCCC/{page}/", {"text": ASKED})
        assert answer["Location"] == "/status/AAAA-BBBB-CCCC/"
    assert not Task.objects.filter(opened_by__kind="message_left").exists()


def test_the_customer_of_one_claim_sees_no_other(cast: Cast) -> None:
    at_home(cast)
    customer = customer_of(Claim.objects.get().number, verbs=frozenset())
    assert claims_visible_to(customer).count() == 1
    assert not claims_visible_to(customer_of("JH-2026-999999", verbs=frozenset())).exists()


def test_the_status_page_with_messages_costs_at_most_fifteen_statements(cast: Cast) -> None:
    code = at_home(cast)
    Client().post(f"/status/{code}/message/", {"text": ASKED})
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(f"/status/{code}/").status_code == 200
    assert len(asked) <= 15, [q["sql"][:120] for q in asked]


# ---------- a paper ----------


def test_a_missing_paper_comes_in_as_photos_each_with_its_number(cast: Cast) -> None:
    code = at_home(cast)
    row = checklist_of(Claim.objects.get().number, actor=cast.front_desk).missing[0]
    words = send(code, row.kind, A_JPEG, a_png())
    assert "收到了，谢谢您" in words
    papers = Document.objects.filter(kind=row.kind, form="electronic").order_by("id")
    assert [p.content_type for p in papers] == ["image/jpeg", "image/png"]
    assert all(p.custody_number in words and p.state == "received" for p in papers)
    assert row.label.zh not in Client().get(f"/status/{code}/").content.decode(), "no longer among the missing"
    assert checklist_of(Claim.objects.get().number, actor=cast.front_desk).missing != ()


@pytest.mark.parametrize(("contents", "said"), [
    ((), "还没有选照片或文件"), ((b"MZ" + b"\0" * 200,), "不能收"), ((A_PDF, A_PDF[:60]), "第 2 个：文件不完整"), ((A_PDF, A_PDF), "第 2 个：这个文件已经收过"),
    (tuple(a_png(8, n) for n in range(1, 8)), "一次选了 7 个，最多 6 个"),
])
def test_what_cannot_be_taken_in_is_told_and_nothing_of_it_is_kept(cast: Cast, contents: tuple[bytes, ...], said: str) -> None:
    code = at_home(cast)
    kind = checklist_of(Claim.objects.get().number, actor=cast.front_desk).missing[0].kind
    before = Document.objects.count()
    words = send(code, kind, *contents)
    assert "材料还没有收到" in words
    assert said in words
    assert Document.objects.count() == before


def test_what_is_not_missing_is_not_taken_from_home(cast: Cast) -> None:
    code = at_home(cast)
    words = send(code, "no_such_paper", A_PDF)
    assert "这一份现在不缺" in words


def test_without_a_signed_application_the_papers_come_to_the_counter(cast: Cast) -> None:
    visit = talk.brought_to("papers", cast)
    desk.mark_not_applicable(visit, station="papers", reason="nothing_brought", by=cast.front_desk)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    code = Visit.objects.get(number=visit).status_code
    kind = checklist_of(Claim.objects.get().number, actor=cast.front_desk).missing[0].kind
    assert "拍照交一份" not in Client().get(f"/status/{code}/").content.decode()
    assert "申请还没有签名" in send(code, kind, A_PDF)
    assert not Document.objects.exists()


def test_nobody_makes_up_a_paper_that_was_received(cast: Cast) -> None:
    code = at_home(cast)
    assert "收到了，谢谢您" not in Client().get(f"/status/{code}/paper/?received=made.up.here").content.decode()
