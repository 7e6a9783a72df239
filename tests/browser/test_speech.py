"""Hints while a handler writes, and a clerk's look at her own talk, in the real browser: taken with one press, undone with one, in order to axe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lipei.coverage.tests.steps import reported
from lipei.speech.tests.talks import BAD_ZH
from tests.browser.looking import DESK, HEIGHT, PHONE, faults_of
from tests.browser.path import Walk
from tests.conftest import Town

pytestmark = pytest.mark.browser
TIMEOUT_MS = 30_000
PROMISE = "客户很着急。我说这个一定会赔的。"
KNOWN = PROMISE + BAD_ZH + "中文 方玉兰 周砚秋 用〔〕月日前由我书面告诉您。这一项赔不要等审核决定；2 号窗口"
PICTURES = os.environ.get("LIPEI_PICTURES")
"""A folder for pictures to look at; none are taken without it."""


@pytest.fixture
def walk(shared_town: Town, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Walk]:
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MS)
    context.add_cookies([{"name": "lipei_language", "value": request.param, "url": shared_town.site.url}])
    yield Walk(context.new_page(), shared_town.site.url)
    context.close()


def picture(walk: Walk, name: str) -> None:
    if PICTURES:
        walk.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("walk", ["zh-hans"], indirect=True)
def test_a_hint_comes_while_writing_is_taken_with_one_press_and_undone_with_one(walk: Walk, shared_town: Town) -> None:
    walk.number = reported(shared_town.cast)
    walk.be("2001")
    walk.go("/claims/{number}/note/")
    walk.page.locator("#id_text").press_sequentially(PROMISE)
    slip = walk.page.locator("#id_text-speech .lp-slip")
    expect(slip).to_have_text("一定会赔")
    assert faults_of(walk.page, known=KNOWN, widths=(DESK, PHONE)) == []
    picture(walk, "hint_zh")
    walk.page.get_by_role("button", name="换成这句").first.click()
    expect(walk.page.locator("#id_text")).to_have_value("客户很着急。这一项赔不赔，要等审核决定；〔〕月〔〕日前由我书面告诉您。")
    walk.page.keyboard.press("Control+z")
    expect(walk.page.locator("#id_text")).to_have_value(PROMISE)
    walk.page.locator("form .btn-primary").click()
    walk.page.wait_for_url(f"**/claims/{walk.number}/")
    expect(walk.page.locator("body")).not_to_contain_text("已照您写的保存")


@pytest.mark.parametrize("walk", ["zh-hans", "en"], indirect=True)
def test_a_clerk_looks_at_her_talk_keeps_it_and_shares_it(walk: Walk) -> None:
    walk.be("1001")
    walk.go("/coaching/")
    walk.page.locator("#text").fill(BAD_ZH)
    walk.page.locator("form[enctype] button").click()
    expect(walk.page.locator("table.lp-tbl").first).to_contain_text("00:15")
    assert faults_of(walk.page, known=KNOWN, widths=(DESK, PHONE)) == []
    picture(walk, f"coaching_{walk.page.locator('html').get_attribute('lang')}")
    walk.page.locator("#about").fill("2 号窗口")
    walk.page.locator('form[action$="/coaching/keep"] button').click()
    walk.page.wait_for_url("**/coaching/*-*/")
    assert faults_of(walk.page, known=KNOWN, widths=(DESK, PHONE)) == []
    walk.page.locator('form[action$="/share"] button').click()
    expect(walk.page.locator('form[action$="/share"]')).to_have_count(0)
