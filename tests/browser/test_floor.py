"""The supervisor's floor in the real browser: it changes by itself, every number opens, the arithmetic stands beside, in both languages."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from lipei.filing.actor import Actor
from lipei.frontdesk import calling, hall, seating
from lipei.frontdesk import commands as desk
from lipei.frontdesk.desk import proposed_for_hard
from lipei.frontdesk.kiosk import kiosk_of
from lipei.frontdesk.models import Ticket
from lipei.frontdesk.tests import calm_talk
from lipei.frontdesk.tests.short_visits import came, received, served
from tests.browser.looking import DESK, HEIGHT, PHONE, faults_of
from tests.browser.path import Walk
from tests.conftest import Town

pytestmark = pytest.mark.browser
TIMEOUT_MS = 30_000
SUPERVISOR = "7001"
KNOWN = "中文 镜湖 陆听澜 乔安然 里间小会客室" + "".join(calm_talk.COMPLAINS.values())
PICTURES = os.environ.get("LIPEI_PICTURES")
"""A folder for pictures to look at; none are taken without it."""


@pytest.fixture(scope="module")
def kiosk(shared_town: Town) -> Actor:
    found = kiosk_of("JH")
    assert found is not None
    return found.actor


@pytest.fixture(scope="module", autouse=True)
def _a_hall_with_a_past(shared_town: Town, kiosk: Actor) -> None:
    """Three weeks ago, two, one, and a quarter of an hour ago somebody was served; now one sits in the quiet room, one is called, three wait."""
    cast, now = shared_town.cast, timezone.now()
    for week in (3, 2, 1):
        for n in range(8):
            moment = now - dt.timedelta(weeks=week) + dt.timedelta(hours=1)
            came(kiosk, at=moment)
            served(cast.front_desk, counter=1, at=moment, minutes=11 + n % 3)
    came(kiosk, at=now - dt.timedelta(minutes=40))
    served(cast.front_desk, counter=1, at=now - dt.timedelta(minutes=35), minutes=15)
    calm_talk.complaint_at("listen", cast)
    for ago in (31, 9, 6, 2):
        came(kiosk, at=now - dt.timedelta(minutes=ago), priority="elderly" if ago == 6 else "")
    visit = received(cast.front_desk_2, counter=2, at=now - dt.timedelta(minutes=5))
    desk.greet(visit, told={"purpose": "ask", "situation": "first_visit", "address": "周女士"}, by=cast.front_desk_2)
    hall.ask_for_help("取号机", by=kiosk)


@pytest.fixture
def walk(shared_town: Town, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Walk]:
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MS)
    context.add_cookies([{"name": "lipei_language", "value": request.param, "url": shared_town.site.url}])
    yield Walk(context.new_page(), shared_town.site.url)
    context.close()


def picture(walk: Walk, name: str) -> None:
    if PICTURES:
        for width in (DESK, PHONE):
            walk.page.set_viewport_size({"width": width, "height": HEIGHT})
            walk.page.screenshot(path=str(Path(PICTURES) / f"{name}_{walk.page.locator('html').get_attribute('lang')}_{width}.png"), full_page=True)
        walk.page.set_viewport_size({"width": DESK, "height": HEIGHT})


def in_order(walk: Walk, name: str) -> None:
    """The page as it stands, at both widths: nothing axe finds, no sideways scroll, one language."""
    picture(walk, name)
    assert faults_of(walk.page, known=KNOWN, widths=(DESK, PHONE)) == []


@pytest.mark.parametrize("walk", ["zh-hans", "en"], indirect=True)
def test_floor_counters_figures_and_board_are_in_order(walk: Walk) -> None:
    walk.be(SUPERVISOR)
    walk.go("/board/")
    in_order(walk, "board")
    walk.page.locator(".lp-asks a").last.click()
    walk.page.wait_for_url("**/desk/**")
    in_order(walk, "floor")
    walk.page.locator('a[href^="/desk/staffing/"]').click()
    walk.page.wait_for_url("**/desk/staffing/**")
    expect(walk.page.locator("table").last.locator("tbody tr")).not_to_have_count(0)
    in_order(walk, "staffing")
    walk.go("/desk/day/")
    in_order(walk, "day")
    walk.page.locator(".lp-svc a").first.click()
    walk.page.wait_for_url("**/desk/day/wait/**")
    in_order(walk, "figure")


@pytest.mark.parametrize("walk", ["zh-hans"], indirect=True)
def test_the_floor_changes_by_itself_when_somebody_takes_a_number_and_is_called(walk: Walk, shared_town: Town, kiosk: Actor) -> None:
    walk.be(SUPERVISOR)
    walk.go("/desk/")
    given = came(kiosk, at=timezone.now())
    expect(walk.page.locator("#floor-line")).to_contain_text(given.label, timeout=6_000)
    called = calling.call_next(counter=4, by=shared_town.cast.front_desk_2)
    assert called is not None
    expect(walk.page.locator("#floor-line")).not_to_contain_text(called.label, timeout=6_000)
    assert Ticket.objects.get(number=called.number).state == "called"
    visit = seating.seat_visitor(called.number, by=shared_town.cast.front_desk_2)
    desk.report_threat(visit, by=shared_town.cast.front_desk_2)
    expect(walk.page.locator("#floor-help")).to_contain_text(called.label, timeout=6_000)
    expect(walk.page.locator("#floor-help")).to_contain_text("威胁")


@pytest.mark.parametrize("walk", ["zh-hans", "en"], indirect=True)
def test_the_clerk_is_told_calmly_who_is_proposed(walk: Walk, shared_town: Town, kiosk: Actor) -> None:
    came(kiosk, at=timezone.now() - dt.timedelta(minutes=50), priority="distressed")
    proposed = proposed_for_hard(shared_town.cast.branch.pk, at=timezone.now())
    assert proposed is not None
    walk.be("1002" if proposed.number == "1001" else "1001")
    walk.go("/visits/")
    expect(walk.page.locator("#action")).to_contain_text(proposed.name if walk.page.locator("html[lang^=zh]").count() else proposed.name_en)
    in_order(walk, "call_next")
