"""The customer's own page in the real browser: large letters and contrast, a message that arrives, a missing paper sent as a photo."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lipei.documents.models import Document
from lipei.documents.tests.files import a_png
from lipei.frontdesk import commands as desk
from lipei.frontdesk.models import Visit
from lipei.frontdesk.tests import talk
from tests.browser.looking import DESK, HEIGHT, PHONE, faults_of
from tests.conftest import Town

pytestmark = pytest.mark.browser
TIMEOUT_MS = 30_000
NARROW = 320
WIDTHS = (DESK, PHONE, NARROW)
KNOWN = "方 青禾示例保险 理 中文 陆听澜"
MESSAGE = {"zh-hans": "社保结算单要下周才拿得到，晚几天行吗？", "en": "The settlement sheet comes next week; may I send it then?"}
LOOKS = ("is-large", "is-contrast")


@pytest.fixture(params=("zh-hans", "en"))
def at_home(shared_town: Town, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[tuple[Page, str, str]]:
    """A customer at home with the receipt of a visit that is over: the page, its address, the language."""
    visit = talk.brought_to("farewell", shared_town.cast)
    desk.say_farewell(visit, told=talk.farewell(), by=shared_town.cast.front_desk)
    context = chromium.new_context(viewport={"width": PHONE, "height": HEIGHT}, reduced_motion="reduce", has_touch=True)
    context.set_default_timeout(TIMEOUT_MS)
    context.add_cookies([{"name": "lipei_language", "value": request.param, "url": shared_town.site.url}])
    yield context.new_page(), f"{shared_town.site.url}/status/{Visit.objects.get(number=visit).status_code}/", request.param
    context.close()


def seen(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, at each width."""
    if where := os.environ.get("LIPEI_LOOK"):
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.screenshot(path=Path(where) / f"{name}-{width}.png", full_page=True)
    return [f"{name}: {fault}" for fault in faults_of(page, known=KNOWN, widths=WIDTHS)]


def test_a_message_and_a_paper_reach_us_from_home(at_home: tuple[Page, str, str], tmp_path: Path) -> None:
    page, url, language = at_home
    page.goto(url)
    wrong = seen(page, f"status-{language}")
    page.locator(".lp-pair2 .btn-plain").click()
    wrong += seen(page, f"message-{language}")
    page.locator(".btn-primary").click()
    expect(page.locator(".lp-fault")).to_be_visible()
    wrong += seen(page, f"message-empty-{language}")
    page.locator("#text").fill(MESSAGE[language])
    page.locator(".btn-primary").click()
    expect(page.locator(".lp-screendone")).to_be_visible()
    assert MESSAGE[language] not in page.content()
    wrong += seen(page, f"status-told-{language}")

    page.locator(".lp-doors a").click()
    wrong += seen(page, f"paper-{language}")
    page.locator(".btn-primary").click()
    expect(page.locator(".lp-refused")).to_be_visible()
    wrong += seen(page, f"paper-refused-{language}")
    photo = tmp_path / "photo.png"
    photo.write_bytes(a_png(40, 30))
    page.locator('[name="kind"]').first.check()
    page.locator("#content").set_input_files(photo)
    page.locator(".btn-primary").click()
    expect(page.locator(".lp-now")).to_contain_text(Document.objects.latest("id").custody_number)
    assert wrong + seen(page, f"paper-told-{language}") == []


@pytest.mark.parametrize("look", LOOKS)
def test_large_letters_and_contrast_hold_on_every_page_behind_the_code(at_home: tuple[Page, str, str], look: str) -> None:
    page, url, language = at_home
    page.goto(url)
    before = page.locator("h1").bounding_box()
    page.locator(f'[data-look="{look}"]').click()
    assert page.locator(f'[data-look="{look}"]').get_attribute("aria-pressed") == "true"
    after = page.locator("h1").bounding_box()
    assert before
    assert after
    assert (after["height"] > before["height"]) == (look == "is-large")
    wrong = seen(page, f"{look}-{language}")
    for beside in ("message/", "paper/"):
        page.goto(f"{url}{beside}")
        assert look in (page.locator("html").get_attribute("class") or "")
        wrong += seen(page, f"{look}-{beside[:-1]}-{language}")
    assert wrong == []
