"""The receipt's own page: genuine and masked, refused kindly for one altered character, compared with the paper, closed to guessers."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lipei.claimfile.models import Claim
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.documents.models import CustodyReceipt
from lipei.documents.receipt_rules import grouped
from lipei.frontdesk import commands as desk
from lipei.frontdesk.knocking import KNOCKS_MAX
from lipei.frontdesk.models import StationRecord, Visit
from lipei.frontdesk.tests import talk
from lipei.staff.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


@pytest.fixture
def receipt(cast: Cast) -> CustodyReceipt:
    """周砚秋 handed in five papers; the receipt of her visit."""
    talk.brought_to("farewell", cast)
    return CustodyReceipt.objects.get()


def page(address: str, language: str = "zh-hans", **given: str) -> tuple[int, str]:
    answer = Client().post(address, given) if given else Client().get(address, {"language": language})
    return answer.status_code, answer.content.decode()


def test_the_page_says_genuine_with_number_kinds_date_and_branch_and_names_nobody(receipt: CustodyReceipt) -> None:
    with CaptureQueriesContext(connection) as statements:
        status, zh = page(f"/r/{receipt.number}/{receipt.fingerprint}/")
    assert len(statements) <= 6
    assert status == 200
    assert all(words in zh for words in ("这张回执是真的", "收到 5 份", "镜湖支公司", "3 号柜台", "出院小结", talk.TODAY.isoformat(), "周••", "当场退还"))
    for secret in ("周砚秋", "方玉兰", Claim.objects.get().number, "3 柜 · 盒 12", "陆听澜", talk.daughter_number()[-4:]):
        assert secret not in zh, secret
    assert Visit.objects.get().status_code in zh  # the way on to the state of the claim
    assert "This receipt is genuine" in page(f"/r/{receipt.number}/{receipt.fingerprint}/", "en")[1]


def test_one_altered_character_of_the_code_fails_the_page_kindly_and_exactly(receipt: CustodyReceipt) -> None:
    for n in (0, 7, 15):
        code = receipt.fingerprint
        wrong = code[:n] + ("0" if code[n] != "0" else "1") + code[n + 1 :]
        status, words = page(f"/r/{receipt.number}/{wrong}/")
        assert status == 404
        assert "我们不能确认这张回执" in words
        assert "请把两样和纸上逐字再对一遍" in words
        assert "真的</h1>" not in words
        assert "出院小结" not in words


def test_what_was_changed_in_our_own_table_fails_the_page_too(receipt: CustodyReceipt) -> None:
    changed = {**receipt.content, "giver": "周砚春"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lipei.command', gen_random_uuid()::text, true)")
    CustodyReceipt.objects.create(number="JH0000-999", claim=receipt.claim, kind="taken", content=changed, fingerprint=receipt.fingerprint,
                                  issued_at=receipt.issued_at, entry=receipt.entry)
    status, words = page(f"/r/JH0000-999/{receipt.fingerprint}/")
    assert status == 409
    assert "这是我们的问题，不是您的" in words


def test_a_paper_whose_text_was_changed_is_found_out_by_comparing(receipt: CustodyReceipt) -> None:
    address = f"/r/{receipt.number}/{receipt.fingerprint}/"
    assert "您填的和我们写的一样" in page(address, giver="周砚秋", papers="5", day=talk.TODAY.isoformat(), custody=receipt.content["lines"][0]["number"])[1]
    status, words = page(address, papers="6", giver="周砚春")
    assert status == 200
    assert all(said in words for said in ("您手里的和我们写的不一样", "我们写的是 5 份", "交件人的姓名和我们写的不一样"))
    assert "周砚秋" not in words


def test_typed_by_hand_it_leads_to_the_same_page(receipt: CustodyReceipt) -> None:
    answer = Client().get("/r/", {"number": receipt.number.lower(), "fingerprint": grouped(receipt.fingerprint).upper()}, follow=True)
    assert "这张回执是真的" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert "我们不能确认" in Client().get("/r/", {"number": "../..", "fingerprint": "/"}).content.decode()
    assert "回执编号" in page("/r/")[1]


def test_who_guesses_too_often_waits_and_others_do_not(receipt: CustodyReceipt) -> None:
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    for n in range(KNOCKS_MAX):
        assert guesser.get(f"/r/{receipt.number}/{n:016x}/").status_code == 404
    stopped = guesser.get(f"/r/{receipt.number}/{receipt.fingerprint}/")
    assert stopped.status_code == 429
    assert "分钟以后再试" in stopped.content.decode()
    assert page(f"/r/{receipt.number}/{receipt.fingerprint}/")[0] == 200
    behind_our_proxy = Client(REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "198.51.100.1, 203.0.113.9"})
    assert behind_our_proxy.get(f"/r/{receipt.number}/{receipt.fingerprint}/").status_code == 429


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(p.get_textpage().get_text_bounded() for p in document)


def test_the_receipt_is_printed_as_it_was_written_even_when_the_papers_have_moved_on(cast: Cast, receipt: CustodyReceipt) -> None:
    from lipei.documents.commands import move_paper

    kept = next(line["number"] for line in receipt.content["lines"] if not line["is_returned"])
    move_paper(kept, to_hands="梁守拙", place="档案室 A-07", by=cast.front_desk)
    clerk = Client()
    clerk.force_login(User.objects.get(id=cast.front_desk.user_id).account, backend="django.contrib.auth.backends.ModelBackend")
    printed = text_of(clerk.get(f"/visits/{Visit.objects.get().number}/receipt.pdf").content)
    assert grouped(receipt.fingerprint) in printed
    assert receipt.number in printed
    assert "3 柜 · 盒 12" in printed.replace("\r\n", " ")
    assert "档案室" not in printed


def test_papers_given_back_get_a_receipt_of_their_own(cast: Cast, receipt: CustodyReceipt) -> None:
    first = Visit.objects.get()
    desk.say_farewell(first.number, told=talk.farewell(), by=cast.front_desk)
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told={**talk.GREETING, "purpose": "collect_papers"}, by=cast.front_desk)
    desk.identify(visit, told=talk.identity(f"claim:{Claim.objects.get().number}"), by=cast.front_desk)
    back = [line["number"] for line in receipt.content["lines"] if not line["is_returned"]][:2]
    desk.return_papers(visit, told={"signed_by": "周砚秋", **{f"return_{n}": "on" for n in back}}, by=cast.front_desk)
    number = StationRecord.objects.get(visit__number=visit, station="papers").content["receipt"]
    row = CustodyReceipt.objects.get(number=number)
    assert (row.kind, [line["number"] for line in row.content["lines"]]) == ("returned", back)
    words = page(f"/r/{number}/{row.fingerprint}/")[1]
    assert "退还 2 份" in words
    clerk = Client()
    clerk.force_login(User.objects.get(id=cast.front_desk.user_id).account, backend="django.contrib.auth.backends.ModelBackend")
    printed = text_of(clerk.get(f"/visits/{visit}/receipt.pdf").content)
    assert "单证退还回执" in printed
    assert "签收人 周砚秋" in printed
