"""A practice visit in the real browser, by keyboard alone: turn by turn, left and taken up again, to its result; in order to axe, on a phone too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lipei.frontdesk.practice.reading import scenarios
from tests.browser.looking import DESK, HEIGHT, PHONE, faults_of
from tests.browser.path import Walk
from tests.conftest import Town

pytestmark = pytest.mark.browser
TIMEOUT_MS = 30_000
SCENARIO = scenarios()["bereaved"]
PICTURES = os.environ.get("LIPEI_PICTURES")
"""A folder for pictures to look at; none are taken without it."""


@pytest.fixture
def walk(shared_town: Town, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Walk]:
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MS)
    context.add_cookies([{"name": "lipei_language", "value": request.param, "url": shared_town.site.url}])
    yield Walk(context.new_page(), shared_town.site.url)
    context.close()


def look(walk: Walk, name: str) -> None:
    """Nothing wrong with the page at either width; and pictures of both, when asked for."""
    assert faults_of(walk.page, known="中文", widths=(DESK, PHONE)) == []
    if PICTURES:
        language = walk.page.locator("html").get_attribute("lang")
        for width in (DESK, PHONE):
            walk.page.set_viewport_size({"width": width, "height": HEIGHT})
            walk.page.screenshot(path=str(Path(PICTURES) / f"practice_{name}_{language}_{width}.png"), full_page=True)
        walk.page.set_viewport_size({"width": DESK, "height": HEIGHT})


def tab_to(walk: Walk, selector: str, *, most: int = 60) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(most):
        if walk.page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        walk.page.keyboard.press("Tab")
    pytest.fail(f"{selector} is not reached by keyboard")


def press_say(walk: Walk, station: int, words: str) -> None:
    """One turn by keyboard: arrows to the station, words, Ctrl+Enter."""
    walk.page.locator("#main").focus()
    tab_to(walk, "input[name=station]")
    walk.page.keyboard.press("Space")
    held = walk.page.evaluate("[...document.querySelectorAll('input[name=station]')].findIndex((e) => e.checked)")
    for _ in range(abs(station - held)):
        walk.page.keyboard.press("ArrowRight" if station > held else "ArrowLeft")
    tab_to(walk, "#id_said")
    walk.page.keyboard.type(words)
    with walk.page.expect_navigation():
        walk.page.keyboard.press("Control+Enter")


@pytest.mark.parametrize("walk", ["zh-hans", "en"], indirect=True)
def test_a_clerk_practises_with_a_visitor_in_mourning(walk: Walk) -> None:
    page = walk.page
    language = "zh" if str(page.context.cookies()[0]["value"]) == "zh-hans" else "en"
    walk.be("1001" if language == "zh" else "1002")
    walk.go("/coaching/")
    page.locator('a[href="/coaching/practice/"]').click()
    look(walk, "choose")
    page.locator('form[action$="/begin/bereaved/"] button').click()
    page.wait_for_url("**/coaching/practice/*-*/")
    address = page.url
    look(walk, "begin")

    stations = ["welcome", "identity", "papers", "explanation", "farewell"]
    turns = [(stations.index(turn.station), turn.words.in_(language)) for turn in SCENARIO.model]
    for station, words in turns[:2]:
        press_say(walk, station, words)
    expect(page.locator(".lp-vrail")).to_contain_text("庄以岚" if language == "zh" else "Zhuang Yilan")

    page.locator("#id_fact_died").fill("2026-11-06")
    with page.expect_response("**/draft/", timeout=TIMEOUT_MS) as kept:
        page.locator("#id_said").press_sequentially("…")
    assert kept.value.ok
    walk.go("/coaching/practice/")
    page.locator(f'a[href="{address.removeprefix(walk.url)}"]').click()
    expect(page.locator("#id_fact_died")).to_have_value("2026-11-06")
    expect(page.locator("#id_said")).to_have_value("…")
    page.locator("#id_said").fill("")
    look(walk, "midway")

    for station, words in turns[2:]:
        press_say(walk, station, words)
    page.locator("input[name=fact_relation][value=daughter]").check()
    page.locator("#id_fact_papers").fill("1")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#practice-facts .lp-lessons:not(.is-done) li")).to_have_count(1)
    expect(page.locator("#practice-law .lp-lessons:not(.is-done) li")).to_have_count(0)
    expect(page.locator("#practice-steps .is-done li")).to_have_count(5)
    look(walk, "result")


@pytest.mark.parametrize("walk", ["zh-hans", "en"], indirect=True)
def test_an_angry_visitor_is_taken_to_a_quiet_place_in_practice(walk: Walk) -> None:
    page = walk.page
    language = "zh" if str(page.context.cookies()[0]["value"]) == "zh-hans" else "en"
    walk.be("1001" if language == "zh" else "1002")
    walk.go("/coaching/practice/")
    page.locator('form[action$="/begin/delay/"] button').click()
    page.wait_for_url("**/coaching/practice/*-*/")
    expect(page.locator("#calm-mode")).not_to_have_attribute("open", "")
    model = scenarios()["delay"].model
    for turn in model[:3]:
        walk.fill({"station": turn.station, "said": turn.words.in_(language), **turn.told_in(language)})
        with page.expect_navigation():
            page.locator("#id_said").press("Control+Enter")
    expect(page.locator("#calm-mode")).to_have_attribute("open", "")
    expect(page.locator(".lp-calm .is-done")).to_have_count(1)
    expect(page.locator("#id_words")).to_be_visible()
    look(walk, "calm")
