"""The pages of the house's papers in the browser's words: a shelf scanned, a batch accepted, a paper sought and found, labels printed."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.documents.commands import receive_document, say_not_found, send_out_paper
from lipei.documents.models import Inventory, PaperBatch
from lipei.documents.tests.stories import a_claim
from lipei.workbench.documents.tests.test_pages import STATEMENTS_MAX, browser, page

pytestmark = pytest.mark.django_db
SHELF = "3 柜 · 盒 12"


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.fixture
def number(cast: Cast) -> str:
    return a_claim(cast)


def kept(cast: Cast, number: str, *kinds: str, place: str = SHELF) -> list[str]:
    return [receive_document(number, kind=k, form="original", pages=2, received_from="周砚秋", place=place, by=cast.front_desk) for k in kinds]


def test_the_house_shows_shelves_what_is_sought_and_what_is_out_in_few_statements(cast: Cast, number: str) -> None:
    papers = kept(cast, number, "application", "receipts", "itemised_bill", "discharge_summary")
    say_not_found(papers[0], looked="3 柜上下各层", by=cast.handler)
    send_out_paper(papers[1], to_hands="镜湖司法鉴定所", place="柳岸街 5 号", by=cast.handler)
    client = browser(cast.supervisor)
    with CaptureQueriesContext(connection) as statements:
        zh = client.get("/papers/").content.decode()
    assert len(statements) <= STATEMENTS_MAX
    assert [words for words in (papers[0], "3 柜上下各层", "在外：镜湖司法鉴定所（柳岸街 5 号）", SHELF, "30 日") if words not in zh] == []
    en = page(browser(cast.archivist), "/papers/", "en")
    assert all(words in en for words in ("Papers in the house", "not found", "Out of the house", "never"))


def test_a_shelf_is_scanned_line_by_line_and_mended_by_presses(cast: Cast, number: str) -> None:
    right, missing = kept(cast, number, "application", "receipts")
    (elsewhere,) = kept(cast, number, "itemised_bill", place="5 柜")
    client = browser(cast.front_desk)
    refused = client.post("/papers/inventories/new/", {"place": "", "numbers": "9" * 50})
    assert refused.status_code == 422
    assert "没有写放在哪里" in refused.content.decode()
    assert "9" * 50 in refused.content.decode()
    answer = client.post("/papers/inventories/new/", {"place": "3柜盒12", "numbers": f"{right.lower()}\r\n{elsewhere}\r\nJH0000-000-09\r\n"}, follow=True)
    words = answer.content.decode()
    assert all(said in words for said in ("2 处要处理", "镜湖支公司 · 5 柜", "没有这个号，请再扫一次"))
    uuid = Inventory.objects.get().uuid
    with CaptureQueriesContext(connection) as statements:
        client.get(f"/papers/inventories/{uuid}/")
    assert len(statements) <= STATEMENTS_MAX
    assert "已移到这里" in client.post(f"/papers/inventories/{uuid}/mend/", {"number": elsewhere, "how": "move_here"}, follow=True).content.decode()
    words = client.post(f"/papers/inventories/{uuid}/mend/", {"number": missing, "how": "seek"}, follow=True).content.decode()
    assert "都处理好了" in words
    assert client.post(f"/papers/inventories/{uuid}/mend/", {"number": missing, "how": "seek"}).status_code == 409
    assert "没有找到，正在找" in page(browser(cast.handler), f"/claims/{number}/")
    assert "没有找到，正在找" in page(browser(cast.handler), f"/claims/{number}/papers/")
    assert missing in page(browser(cast.supervisor), "/work/")  # the supervisor's task
    assert browser(cast.auditor).post(f"/papers/inventories/{uuid}/mend/", {"number": right, "how": "seek"}).status_code == 403


def test_a_batch_is_sent_by_one_and_accepted_by_another(cast: Cast, number: str) -> None:
    papers = kept(cast, number, "application", "receipts", "itemised_bill")
    sender = browser(cast.front_desk)
    refused = sender.post("/papers/batches/new/", {"numbers": "JH0000-000-01", "to": ""})
    assert refused.status_code == 422
    assert "没有选移交到哪里" in refused.content.decode()
    words = sender.post("/papers/batches/new/", {"numbers": "\r\n".join(papers), "to": "archive", "note": "本周结案的"}, follow=True).content.decode()
    assert "由接收方的同事接收" in words
    batch = PaperBatch.objects.get().number
    archivist = browser(cast.archivist)
    with CaptureQueriesContext(connection) as statements:
        words = archivist.get(f"/papers/batches/{batch}/").content.decode()
    assert len(statements) <= STATEMENTS_MAX
    assert "接收，放好" in words
    assert archivist.post(f"/papers/batches/{batch}/accept/", {"arrived": papers[:1], "place": ""}).status_code == 422
    words = archivist.post(f"/papers/batches/{batch}/accept/", {"arrived": papers[:1], "scanned": papers[1], "place": "档案室 A-07"}, follow=True).content.decode()
    assert "有 1 份不在里面，正在找" in words
    assert "里面没有" in words


def test_a_paper_is_said_lost_and_found_on_its_own_page(cast: Cast, number: str) -> None:
    (paper,) = kept(cast, number, "receipts")
    client = browser(cast.handler)
    empty = client.post(f"/papers/{paper}/not-found/", {"looked": " "})
    assert empty.status_code == 422
    words = client.post(f"/papers/{paper}/not-found/", {"looked": "3 柜"}, follow=True).content.decode()
    assert all(said in words for said in ("没有找到，正在找", "找到了，放在那里"))
    assert f"/papers/{paper}/move/" not in words
    words = client.post(f"/papers/{paper}/found/", {"found_place": "4 柜"}, follow=True).content.decode()
    assert "找到了，位置已记下" in words
    assert f"/papers/{paper}/move/" in words
    words = client.post(f"/papers/{paper}/send-out/", {"out_to": "镜湖司法鉴定所", "out_place": "柳岸街 5 号"}, follow=True).content.decode()
    assert "在外：镜湖司法鉴定所" in words


def test_labels_carry_the_full_number_of_every_paper_that_is_ours(cast: Cast, number: str) -> None:
    client = browser(cast.front_desk)
    assert client.get(f"/claims/{number}/papers/labels.pdf").status_code == 409
    papers = kept(cast, number, "application", "receipts")
    seen = receive_document(number, kind="identity", form="sighted", received_from="周砚秋", by=cast.front_desk)
    pdf = client.get(f"/claims/{number}/papers/labels.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    text = pypdfium2.PdfDocument(io.BytesIO(pdf.content))[0].get_textpage().get_text_bounded()
    assert all(p in text for p in papers)
    assert seen not in text
