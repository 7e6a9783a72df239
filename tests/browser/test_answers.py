"""In the browser: the five points said back, simple words, and a question answered with its source or given to a colleague; in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from lipei.frontdesk.models import VisitQuestion
from lipei.frontdesk.tests import talk
from tests.browser.looking import faults_of
from tests.browser.path import CLERK, Walk
from tests.conftest import Town

pytestmark = pytest.mark.browser
KNOWN = "周砚秋周女士陆听澜"
ASKED = {"zh-hans": ("床位费一天最多报多少？", "附近哪里可以停车？"), "en": ("When will the money arrive after I agree?", "Where can I park my bicycle?")}


@pytest.fixture
def walk(chromium: Browser, shared_town: Town) -> Iterator[Walk]:
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(30_000)
    at_desk = Walk(context.new_page(), shared_town.site.url)
    at_desk.be(CLERK)
    yield at_desk
    context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_visitor_says_it_back_and_asks(walk: Walk, shared_town: Town, language: str) -> None:
    visit = talk.brought_to("explanation", shared_town.cast)
    walk.go(f"/visits/{visit}/explanation/?language={language}")
    page = walk.page
    expect(page.locator(".lp-unclear:visible")).to_have_count(0)
    walk.fill({"back_cover": "right", "back_papers": "again", "back_days": "open"})
    expect(page.locator(".lp-unclear:visible")).to_have_count(2)
    expect(page.locator(".lp-unclearwho:visible")).to_have_count(1)
    expect(page.locator(".lp-simple:visible")).to_have_count(0)
    page.locator("#id_simple").press("Space")
    expect(page.locator(".lp-simple:visible")).to_have_count(5)
    expect(page.locator(".lp-plain:visible")).to_have_count(0)
    wrong = faults_of(page, known=KNOWN)
    found, nothing = ASKED[language]
    walk.go(f"/visits/{visit}/answers/")
    page.fill("#id_question", found)
    walk.press("main form[role=search] button")
    wrong += faults_of(page, known=KNOWN + found)
    walk.press("#found li:first-child button")
    page.fill("#id_question", nothing)
    walk.press("main form[role=search] button")
    expect(page.locator("#found")).to_have_count(0)
    walk.press('[value="leave"]')
    expect(page.locator("#asked li")).to_have_count(2)
    wrong += faults_of(page, known=KNOWN + found + nothing)
    assert not wrong
    assert VisitQuestion.objects.filter(visit__number=visit, task=None).count() == 1
    assert VisitQuestion.objects.filter(visit__number=visit, key="").count() == 1
