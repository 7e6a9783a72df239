"""What people mistype in the real browser: each fault is told exactly in both languages, and what was typed is still there after a reload."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lipei.frontdesk.tests import talk
from lipei.workbench.frontdesk.tests.refusals import listed
from tests.browser.looking import DESK, HEIGHT
from tests.browser.path import CLERK, Walk
from tests.conftest import Town
from tests.journeys.http_path import Desk

pytestmark = pytest.mark.browser
FUTURE = (talk.TODAY + dt.timedelta(days=8)).isoformat()
BAD_FACTS: dict[str, tuple[str, str, str]] = {
    "happened_on": (f"{talk.TODAY.year}-02-31", f"没有 {talk.TODAY.year}-02-31", f"{talk.TODAY.year}-02-31 does not exist"),
    "admitted_on": (FUTURE, f"{FUTURE} 还没有到", f"{FUTURE} has not come yet"),
    "happened_time": ("6点70", "“6点70”不是时间", "“6点70” is not a time"),
    "place": ("家里😀", "“😀”是表情，信上印不出来", "“😀”, is a picture and cannot be printed"),
    "estimated_cost": ("1000000001", "¥1,000,000,001.00 超过", "¥1,000,000,001.00 is above the most"),
}
AMOUNTS = (
    ("-12.50", "−¥12.50 是负数；金额从 ¥0.01 起", "−¥12.50 is negative; amounts begin at ¥0.01"),
    ("0", "¥0.00 不是金额；最少 ¥0.01", "¥0.00 is no amount; the least is ¥0.01"),
    ("12.345", "", ""),
    ("六万八", "“六万八”不是金额", "“六万八” is not an amount"),
)
TEN_MEGABYTES = 10_000_000


@pytest.fixture
def walk(shared_town: Town, chromium: Browser) -> Iterator[Walk]:
    """The clerk at the counter."""
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    at_desk = Walk(context.new_page(), shared_town.site.url)
    at_desk.be(CLERK)
    yield at_desk
    context.close()


def refused_says(page: Page, words: str) -> None:
    """The panel lists it, kindly."""
    panel = page.locator(".lp-refused")
    expect(panel).to_contain_text(words)
    for rude in ("有误", "非法", "invalid", "oops", "!", "！"):
        expect(panel).not_to_contain_text(rude)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_wrong_answer_is_told_at_once_and_the_draft_is_kept(walk: Walk, shared_town: Town, language: str) -> None:
    visit = talk.brought_to("facts", shared_town.cast)
    walk.go(f"/visits/{visit}/facts/?language={language}")
    walk.fill({**talk.facts(), **{name: typed for name, (typed, _, _) in BAD_FACTS.items()}})
    walk.press()
    for _, zh, en in BAD_FACTS.values():
        refused_says(walk.page, en if language == "en" else zh)
    expect(walk.page.locator(".lp-refused").get_by_role("listitem")).to_have_count(len(BAD_FACTS))
    walk.go(f"/visits/{visit}/facts/")
    for name, (typed, _, _) in BAD_FACTS.items():
        assert walk.page.locator(f'[name="{name}"]').input_value() == typed


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_amounts_that_are_none_are_named_and_the_smallest_is_taken(walk: Walk, shared_town: Town, language: str) -> None:
    visit = talk.brought_to("facts", shared_town.cast)
    walk.go(f"/visits/{visit}/facts/?language={language}")
    walk.fill(talk.facts())
    for typed, zh, en in AMOUNTS:
        walk.fill({"estimated_cost": typed})
        walk.press()
        refused_says(walk.page, en if language == "en" else zh)
        assert walk.page.locator('[name="estimated_cost"]').input_value() == typed
    walk.fill({"estimated_cost": "0.01"})
    walk.press()
    expect(walk.page).to_have_url(f"{walk.url}/visits/{visit}/check/")


@pytest.mark.parametrize(("language", "told"), [("zh-hans", "最后一位和前 17 位对不上"), ("en", "last digit does not fit the 17 before")])
def test_a_wrong_check_digit_and_a_wrong_day_of_a_card_are_told(walk: Walk, shared_town: Town, language: str, told: str) -> None:
    visit = talk.brought_to("identity", shared_town.cast)
    right = talk.daughter_number()
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    walk.go(f"/visits/{visit}/identity/?language={language}")
    walk.fill({name: text for name, text in talk.identity("").items() if name != "choice"} | {"number": wrong})
    walk.press()
    refused_says(walk.page, told)
    walk.go(f"/visits/{visit}/identity/")
    assert walk.page.locator('[name="number"]').input_value() == wrong


@pytest.mark.parametrize(("language", "told"), [("zh-hans", "陈述有 10,000,000 个字，最多"), ("en", "The account: 10,000,000 characters; the most is")])
def test_ten_megabytes_of_text_are_refused_kindly(shared_town: Town, language: str, told: str) -> None:
    """Sent as the form sends it; drawing so long a line would only try the browser's patience."""
    visit = talk.brought_to("listening", shared_town.cast)
    desk = Desk(shared_town.site.url)
    desk.be(CLERK)
    desk.get(f"/login?language={language}")
    status, page = desk.post(f"/visits/{visit}/listening/", {"account": "a" * TEN_MEGABYTES, "read_back": "on"})
    assert status == 422
    assert [what for what in listed(page) if told in what], listed(page)
