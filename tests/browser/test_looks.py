"""Every component and every designed page in both languages: no axe finding, nothing blocked, no sideways scroll from desk to 320 px."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Desk
from tests.browser.gallery.names import PAGE_NAMES

pytestmark = pytest.mark.browser
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAMES = ["", *PAGE_NAMES]
PHONE = 390
NARROW = (720, PHONE, 320)


def findings(page: Page) -> list[str]:
    """What axe-core finds, with the element."""
    violations = Axe().run(page, options=AXE).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in violations for node in v["nodes"]]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_axe_finds_nothing_the_policy_blocks_nothing_and_no_width_scrolls_sideways(chromium: Browser, gallery: str, language: str) -> None:
    desk = Desk(chromium, gallery, language, 1440)
    wrong = []
    for name in NAMES:
        page = desk.open(name)
        wrong += [f"{name} at 1440: {finding}" for finding in findings(page)]
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 900})
            needed = page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                wrong.append(f"{name} at {width}: needs {needed} px")
        page.set_viewport_size({"width": PHONE, "height": 900})
        wrong += [f"{name} at {PHONE}: {finding}" for finding in findings(page)]
        page.close()
    desk.context.close()
    assert wrong == []
    assert desk.complaints == []


def test_an_english_page_holds_no_chinese_but_what_is_quoted(chromium: Browser, gallery: str) -> None:
    desk = Desk(chromium, gallery, "en", 1440)
    for name in NAMES:
        words = desk.open(name).evaluate(
            """() => { document.querySelectorAll('[lang^=zh]').forEach((e) => { if (e !== document.documentElement) e.remove(); });
                       return document.body.innerText; }"""
        )
        assert not CHINESE.search(words), (name, [line for line in words.splitlines() if CHINESE.search(line)])
    desk.context.close()


def test_every_page_has_one_title_one_main_and_its_language(desk: Desk) -> None:
    for name in PAGE_NAMES:
        page = desk.open(name)
        assert page.locator("h1").count() == 1, name
        assert page.locator("main#main").count() == 1, name
        assert page.locator("html").get_attribute("lang") == "zh-Hans"
        assert page.locator(".lp-main-actions, .btn-primary:visible").count() <= 1, f"{name}: one page, one filled button"


def test_the_language_switch_keeps_the_place(desk: Desk) -> None:
    page = desk.open("claim")
    page.get_by_role("link", name="English").click()
    assert "/claim/" in page.url
    assert page.get_by_role("heading", level=1).inner_text().startswith("Fang Yulan")


def test_a_page_prints_without_navigation_and_with_every_step_open(desk: Desk) -> None:
    page = desk.open("calculation")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details:not([open])").count() == 0
    assert not page.locator(".lp-nav").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 1
