"""The pages of papers in the browser's words: receiving keeps what was typed, examining, the one notice, the file itself."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.documents.commands import (
    ask_for_papers,
    confirm_document,
    deliver_paper_request,
    receive_document,
    reject_document,
)
from lipei.documents.models import Document, PaperRequest
from lipei.documents.queries import checklist_of, papers_of
from lipei.documents.tests.files import A_PDF, a_pdf, a_png
from lipei.documents.tests.stories import a_claim, claim
from lipei.filing.actor import Actor, system
from lipei.staff.commands import ColleagueData, engage
from lipei.staff.models import Branch, User
from lipei.staff.queries import actor_of

pytestmark = pytest.mark.django_db
STATEMENTS_MAX = 15


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.fixture
def number(cast: Cast) -> str:
    return a_claim(cast)


def browser(actor: Actor, language: str = "zh-hans") -> Client:
    """A browser in which this colleague is logged in."""
    client = Client(headers={"accept-language": language})
    client.force_login(User.objects.get(id=actor.user_id).account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, address: str, language: str = "zh-hans") -> str:
    return client.get(address, {"language": language}, follow=True).content.decode()


def test_the_checklist_says_what_is_missing_why_and_how_in_both_languages(cast: Cast, number: str) -> None:
    receive_document(number, kind="application", form="original", received_from="周砚秋", place="3 柜 · 盒 12", by=cast.front_desk)
    zh = page(browser(cast.handler), f"/claims/{number}/papers/")
    assert all(words in zh for words in ("社保结算单", "没有收到", "社保已经付的部分要先减去", "3 柜 · 盒 12", "收到，待核验", "第 5.1 条"))
    en = page(browser(cast.handler), f"/claims/{number}/papers/", "en")
    assert all(words in en for words in ("Settlement sheet of social insurance", "not received", "What social insurance paid is subtracted first", "Custody number"))


def test_no_page_of_papers_asks_the_database_too_often(cast: Cast, number: str) -> None:
    for kind in ("application", "identity", "receipts", "itemised_bill"):
        receive_document(number, kind=kind, form="electronic", received_from="周砚秋", content=a_pdf(kind), by=cast.front_desk)
    deliver_paper_request(
        ask_for_papers(number, kinds=["discharge_summary", "settlement_sheet", "accident_proof"], by=cast.handler), proof="短信", by=cast.handler
    )
    client, custody = browser(cast.handler), papers_of(number, actor=cast.handler)[0].custody_number
    for address in (f"/claims/{number}/papers/", f"/papers/{custody}/", f"/claims/{number}/papers/ask/"):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= STATEMENTS_MAX, [q["sql"][:90] for q in asked]


def test_the_clerk_receives_a_file_and_hears_its_custody_number(cast: Cast, number: str) -> None:
    client = browser(cast.front_desk)
    answer = client.post(
        f"/claims/{number}/papers/receive/",
        {"kind": "receipts", "form": "electronic", "pages": "3", "received_from": "周砚秋", "content": SimpleUploadedFile("票据.exe", A_PDF)}, follow=True,
    )
    document = Document.objects.get()
    assert (document.content_type, document.pages) == ("application/pdf", 3)
    assert f"保管号 {document.custody_number}" in answer.content.decode()


def test_a_bad_receipt_keeps_everything_typed_and_names_each_fault(cast: Cast, number: str) -> None:
    answer = browser(cast.front_desk).post(
        f"/claims/{number}/papers/receive/",
        {"kind": "other", "form": "electronic", "pages": "很多", "received_from": "周砚秋😊", "content": SimpleUploadedFile("a.pdf", b"MZ" + b"\0" * 200)},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(words in text for words in ("没有写这份材料的名称", "页数写的是 0", "EXE 类型，不能收", "周砚秋😊", 'href="#id_pages"', "您填的都在"))
    assert not Document.objects.exists()


def test_too_large_a_file_is_told_with_its_size(cast: Cast, number: str) -> None:
    big = SimpleUploadedFile("a.pdf", A_PDF[:-6] + b" " * (11 * 1024 * 1024) + b"%%EOF\n")
    answer = browser(cast.front_desk).post(
        f"/claims/{number}/papers/receive/", {"kind": "receipts", "form": "electronic", "pages": "1", "received_from": "周砚秋", "content": big}
    )
    assert answer.status_code == 422
    assert "最多 10 MB" in answer.content.decode()


def test_the_handler_examines_on_the_page_and_a_rejection_needs_its_reason(cast: Cast, number: str) -> None:
    custody = receive_document(number, kind="receipts", form="electronic", received_from="周砚秋", content=A_PDF, by=cast.front_desk)
    client = browser(cast.handler)
    without = client.post(f"/papers/{custody}/examine/", {"finding": "reject", "reason": ""})
    assert without.status_code == 422
    assert "没有写为什么不合用" in without.content.decode()
    after = client.post(f"/papers/{custody}/examine/", {"finding": "reject", "reason": "没有医院印章"}, follow=True)
    assert "没有医院印章" in after.content.decode()
    assert "不合用" in after.content.decode()


def test_completing_too_early_lists_everything_and_moves_nothing(cast: Cast, number: str) -> None:
    answer = browser(cast.handler).post(f"/claims/{number}/papers/complete/")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(f"缺{name}" in text for name in ("理赔申请书", "身份证明", "住院费用清单", "社保结算单", "意外事故证明"))
    assert claim(number).stage == "collecting"


def test_the_notice_names_everything_with_one_press_and_a_second_press_does_not_send_it_twice(cast: Cast, number: str) -> None:
    client = browser(cast.handler)
    assert "写通知，7 种" in page(client, f"/claims/{number}/papers/ask/")
    client.post(f"/claims/{number}/papers/ask/", {})
    again = client.post(f"/claims/{number}/papers/ask/", {})
    assert PaperRequest.objects.count() == 1
    assert again.status_code == 403
    assert "已经一次告知过缺什么" in again.content.decode()
    request = PaperRequest.objects.get()
    client.post(f"/claims/{number}/papers/notice/{request.pk}/", {"proof": "柜台当面签收"})
    assert "等客户补件" in page(client, f"/claims/{number}/papers/")


def test_the_supervisor_asks_once_more_with_a_reason(cast: Cast, number: str) -> None:
    request = ask_for_papers(number, kinds=[r.kind for r in checklist_of(number, actor=cast.handler).missing], by=cast.handler)
    deliver_paper_request(request, proof="短信送达回执", by=cast.handler)
    for row in checklist_of(number, actor=cast.handler).missing:
        receive_document(number, kind=row.kind, form="original", received_from="周砚秋", place="3 柜 · 盒 12", by=cast.front_desk)
    reject_document(papers_of(number, actor=cast.handler)[-1].custody_number, reason="看不出时间", by=cast.handler)
    client = browser(cast.supervisor)
    address = f"/claims/{number}/papers/ask-again/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert browser(cast.handler).get(address).status_code == 403
    assert "接着送达" in client.post(address, {"reason": "换一份看得出时间的"}, follow=True).content.decode()
    assert PaperRequest.objects.count() == 2


def test_ten_megabytes_of_text_are_told_exactly_and_given_back(cast: Cast, number: str) -> None:
    answer = browser(cast.handler).post(f"/claims/{number}/papers/accident_proof/waive/", {"reason": "没" * 3_400_000 + "\x00"})
    assert answer.status_code == 422
    assert "理由有 3,400,000 个字，最多 500 个" in answer.content.decode()
    assert answer.content.decode().count("没" * 3_400_000) == 1


def test_a_paper_that_does_not_apply_is_marked_with_its_reason(cast: Cast, number: str) -> None:
    client = browser(cast.handler)
    address = f"/claims/{number}/papers/accident_proof/waive/"
    assert client.post(address, {"reason": " "}).status_code == 422
    client.post(address, {"reason": "急诊病历已写明经过"})
    text = page(client, f"/claims/{number}/papers/")
    assert "急诊病历已写明经过" in text
    assert client.get(f"/claims/{number}/papers/unheard_of/waive/").status_code == 404
    client.post(f"/claims/{number}/papers/accident_proof/needed/")
    assert {r.kind: r.state for r in checklist_of(number, actor=cast.handler).rows}["accident_proof"] == "missing"


def test_a_paper_goes_from_hand_to_hand_and_back_to_its_owner(cast: Cast, number: str) -> None:
    custody = receive_document(number, kind="receipts", form="original", received_from="周砚秋", place="3 柜 · 盒 12", by=cast.front_desk)
    client = browser(cast.front_desk)
    client.post(f"/papers/{custody}/move/", {"to_hands": "沈怀瑾", "place": "核赔室 · 2 层"})
    client.post(f"/papers/{custody}/return/", {"signed_by": "周砚秋"})
    late = client.post(f"/papers/{custody}/move/", {"to_hands": "沈怀瑾", "place": "别处"})
    assert late.status_code == 422
    text = page(client, f"/papers/{custody}/")
    assert all(words in text for words in ("核赔室 · 2 层", "已退还周砚秋"))
    assert "这份原件已经退还周砚秋" in late.content.decode()


@pytest.mark.parametrize(("content", "kind"), [(A_PDF, "application/pdf"), (a_png(), "image/png")])
def test_a_file_is_served_by_its_checked_type_to_those_who_may_see_it(cast: Cast, number: str, content: bytes, kind: str) -> None:
    custody = receive_document(number, kind="receipts", form="electronic", received_from="周砚秋", content=content, by=cast.front_desk)
    paper = papers_of(number, actor=cast.handler)[0]
    answer = browser(cast.handler).get(f"/documents/{paper.uuid}/")
    assert (answer.content, answer["Content-Type"], answer["X-Content-Type-Options"]) == (content, kind, "nosniff")
    assert answer["Content-Disposition"].startswith(f'inline; filename="{custody}.')
    assert answer["Cache-Control"] == "private, no-store"
    assert ("sandbox" in answer["Content-Security-Policy"]) == kind.startswith("image/")
    assert Client().get(f"/documents/{paper.uuid}/").status_code == 302
    assert browser(cast.administrator).get(f"/documents/{paper.uuid}/").status_code == 403


def test_a_paper_of_another_branch_does_not_exist_for_a_stranger(cast: Cast, number: str) -> None:
    custody = receive_document(number, kind="receipts", form="electronic", received_from="周砚秋", content=A_PDF, by=cast.front_desk)
    confirm_document(custody, by=cast.handler)
    other = engage(ColleagueData(number="2999", name="何以宁", name_en="He Yining", branch_id=Branch.objects.get(code="YL").pk, roles=("handler",)), by=system())
    client, paper = browser(actor_of(User.objects.get(id=other))), papers_of(number, actor=cast.handler)[0]
    for address in (f"/claims/{number}/papers/", f"/papers/{custody}/", f"/documents/{paper.uuid}/", f"/claims/{number}/assessment/"):
        assert client.get(address).status_code == 404
