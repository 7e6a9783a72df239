"""Every station of every purpose in the real browser: in order in both languages, readable at 200 %, every control by keyboard with its focus to be seen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from lipei.filing.drafts import keep_draft
from lipei.frontdesk.stations import PURPOSES
from lipei.frontdesk.tests import calm_talk, errands, talk
from tests.browser.looking import DESK, HEIGHT, PHONE, TWICE, faults_at_twice, faults_of
from tests.browser.path import CLERK, Walk
from tests.conftest import Town

pytestmark = pytest.mark.browser
TIMEOUT_MS = 30_000
KNOWN = "\n".join((
    talk.ACCOUNT, *talk.GREETING.values(), *talk.facts().values(), *talk.PAPERS.values(), *talk.farewell().values(), *calm_talk.COMPLAINS.values(), calm_talk.WORDS,
    errands.QUESTION, "方玉兰 周砚秋", "中文", "里间小会客室", "四次来电没有回音", "有人一次说清缺什么", "贺远帆", "告诉您材料清单和办理人",
))
OTHERS = (
    "bring_papers identity", "bring_papers papers", "ask identity", "ask answer", "ask farewell", "complaint calm", "complaint farewell", "complaint farewell complaint-receipt/",
    "collect_papers papers",
)
"""Stations that look otherwise than on the path of a new loss, which is looked at as a whole in `test_path.py`."""
BESIDE = {"explanation": ("answers/", "hand-over/"), "listening": ("calm/",), "farewell": ("complaint-receipt/",)}
"""Pages beside a station that are looked at once."""
PICTURES = os.environ.get("LIPEI_PICTURES")
"""A folder for pictures to look at; none are taken without it."""


@pytest.fixture
def walk(shared_town: Town, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """The clerk at a screen of twice the points, in the language the test asks for."""
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, device_scale_factor=2, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MS)
    context.add_cookies([{"name": "lipei_language", "value": request.param, "url": shared_town.site.url}])
    at_desk = Walk(context.new_page(), shared_town.site.url)
    at_desk.be(CLERK)
    yield at_desk
    context.close()


@pytest.fixture(scope="module")
def pages(shared_town: Town) -> dict[str, str]:
    """The address of every station of every purpose where it is present, and what lies beside it; a visitor is found where one is looked for."""
    found: dict[str, str] = {}
    for purpose, row in PURPOSES.items():
        for station in row.stations:
            visit = errands.brought_to(purpose, station, shared_town.cast)
            if station == "identity" and row.needs_claim:
                keep_draft(f"visit:{visit}:identity", talk.identity(""), by=shared_town.cast.front_desk)
            found[f"{purpose} {station}"] = f"/visits/{visit}/{station}/"
            beside = BESIDE.get(station, ()) if purpose == ("complaint" if station == "farewell" else "new_loss") else ()
            found |= {f"{purpose} {station} {page}": f"/visits/{visit}/{page}" for page in beside}
    return found


def picture(walk: Walk, address: str) -> None:
    if PICTURES:
        walk.page.set_viewport_size(TWICE)  # type: ignore[arg-type]
        name = f"{address.strip('/').replace('/', '_')}_{walk.page.locator('html').get_attribute('lang')}.png"
        walk.page.screenshot(path=str(Path(PICTURES) / name), full_page=True)


@pytest.mark.parametrize("walk", ["zh-hans"], indirect=True)
def test_every_station_is_readable_at_twice_the_size_and_done_by_keyboard(walk: Walk, pages: dict[str, str]) -> None:
    faults: list[str] = []
    for name, address in pages.items():
        walk.go(address)
        picture(walk, address)
        faults += faults_at_twice(walk.page, is_tabbed=name in OTHERS or name.startswith("new_loss"))
        faults += faults_of(walk.page, known=KNOWN, widths=(TWICE["width"],)) if name in OTHERS else []
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("walk", ["en"], indirect=True)
def test_every_station_that_no_new_loss_has_is_in_order_in_english_on_a_narrow_screen(walk: Walk, pages: dict[str, str]) -> None:
    faults: list[str] = []
    for name in OTHERS:
        walk.go(pages[name])
        faults += faults_of(walk.page, known=KNOWN, widths=(PHONE,))
    assert not faults, "\n".join(faults)
