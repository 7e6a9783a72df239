"""Papers over the counter in Chromium: the receipt as a picture, its check page, a shelf scanned by the keyboard alone, a batch accepted."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from lipei.documents.commands import move_paper, say_not_found, send_out_paper
from lipei.documents.models import CustodyReceipt, Document, PaperBatch
from lipei.frontdesk.tests import talk
from tests.browser.looking import DESK, HEIGHT, PHONE, faults_at_twice, faults_of, small_targets
from tests.browser.path import Walk
from tests.conftest import Town

pytestmark = pytest.mark.browser
KNOWN = "3 柜上下各层都看过 中文 周砚秋 方玉兰 柜 盒 档案室 桌上 青石司法鉴定所 柳岸街 号 上下各层 陆听澜 梁守拙 · 都看过"
PICTURES = os.environ.get("LIPEI_LOOK", "")
"""A folder for pictures of every page looked at; empty: none are taken."""


@pytest.fixture
def page(shared_town: Town, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def papers(shared_town: Town) -> list[str]:
    """The papers kept of one visit, one of them moved to a desk."""
    visit = talk.brought_to("farewell", shared_town.cast)
    rows = Document.objects.filter(claim__number=talk.number_of(visit), keeping="kept").order_by("custody_number")
    return list(rows.values_list("custody_number", flat=True))


def look(page: Page, name: str, *, is_visitors: bool = False) -> None:
    """Nothing axe finds, no sideways scroll, one language: Chinese at the desk, English on a phone; a visitor's page also at 200 % and for a finger; and a picture when asked for."""
    for language, width in (("zh-hans", DESK), ("en", PHONE)):
        page.context.add_cookies([{"name": "lipei_language", "value": language, "url": page.url}])
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.reload()
        assert faults_of(page, known=KNOWN, widths=(width,)) == [], name
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert not is_visitors or small_targets(page) == [], name
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}.{language[:2]}.png", full_page=True)
    page.context.add_cookies([{"name": "lipei_language", "value": "zh-hans", "url": page.url}])
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    page.reload()
    assert not is_visitors or faults_at_twice(page) == [], name


def test_the_receipt_is_printed_whole_and_its_page_holds_what_it_promises(page: Page, shared_town: Town, papers: list[str]) -> None:
    receipt = CustodyReceipt.objects.order_by("-id")[0]
    walk = Walk(page, shared_town.site.url)
    walk.be("1001")
    visit = receipt.claim.visits.get().number
    pdf = page.context.request.get(walk.address(f"/visits/{visit}/receipt.pdf")).body()
    sheet = pypdfium2.PdfDocument(io.BytesIO(pdf))
    assert len(sheet) == 1
    assert all(line["number"] in sheet[0].get_textpage().get_text_bounded() for line in receipt.content["lines"])
    labels = page.context.request.get(walk.address(f"/claims/{receipt.claim.number}/papers/labels.pdf")).body()
    if PICTURES:
        (Path(PICTURES) / "receipt.pdf").write_bytes(pdf)
        (Path(PICTURES) / "labels.pdf").write_bytes(labels)
    page.context.clear_cookies(name="sessionid")
    walk.go(f"/r/{receipt.number}/{receipt.fingerprint}/")
    look(page, "receipt-genuine", is_visitors=True)
    page.get_by_label("几份").fill("9")
    with page.expect_navigation():
        page.get_by_label("几份").press("Enter")
    expect(page.locator("h1")).to_have_text("您手里的和我们写的不一样")
    walk.go(f"/r/{receipt.number}/{receipt.fingerprint[:-1]}{'0' if receipt.fingerprint[-1] != '0' else '1'}/")
    look(page, "receipt-unknown", is_visitors=True)
    page.locator("[name=number]").fill(receipt.number)
    page.locator("[name=fingerprint]").fill(receipt.fingerprint)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("这张回执是真的")
    with page.expect_navigation():
        page.get_by_role("link", name="看我的案件").or_(page.locator('a[href*="/status/"]')).first.press("Enter")
    assert "/status/" in page.url
    look(page, "status", is_visitors=True)


def test_a_shelf_is_scanned_and_mended_without_a_mouse(page: Page, shared_town: Town, papers: list[str]) -> None:
    cast = shared_town.cast
    move_paper(papers[0], to_hands="陆听澜", place="桌上", by=cast.front_desk)
    say_not_found(papers[1], looked="3 柜上下各层都看过", by=cast.handler)
    send_out_paper(papers[2], to_hands="青石司法鉴定所", place="柳岸街 5 号", by=cast.handler)
    walk = Walk(page, shared_town.site.url)
    walk.be("1001")
    walk.go("/papers/")
    look(page, "house")
    walk.go("/papers/inventories/new/?place=" + "桌上")
    look(page, "inventory-new")
    page.locator("[name=place]").fill("3柜盒12")
    page.locator("[name=numbers]").focus()
    for number in (papers[0], "JH0000-000-09"):  # as a scanner types: the number and a line break
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    assert "/new/" in page.url
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page, "inventory")
    mend = page.locator(f'button[aria-label^="{papers[0]}"]')
    mend.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("已移到这里")).to_be_visible()
    walk.go(f"/papers/{papers[1]}/")
    look(page, "paper-sought")


def test_a_batch_is_sent_by_one_and_accepted_by_another(page: Page, shared_town: Town, papers: list[str]) -> None:
    walk = Walk(page, shared_town.site.url)
    walk.be("1001")
    walk.go("/papers/batches/new/")
    look(page, "batch-new")
    page.locator("[name=to]").select_option("archive")
    page.locator("[name=numbers]").fill("\n".join(papers))
    with page.expect_navigation():
        page.locator("main .btn-primary").press("Enter")
    batch = PaperBatch.objects.get().number
    walk.be("8003")
    walk.go(f"/papers/batches/{batch}/")
    look(page, "batch")
    for box in page.locator("[name=arrived]").all()[:-1]:
        box.press("Space")
    page.locator("[name=place]").fill("档案室 A-07")
    with page.expect_navigation():
        page.locator("main .btn-primary").press("Enter")
    expect(page.get_by_text("里面没有")).to_be_visible()
    look(page, "batch-accepted")
