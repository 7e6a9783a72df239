"""The screen in the hall when the site dies under it: it keeps what it knew, says so, and goes on when the site is back."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import Browser, expect

from lipei.frontdesk import calling, seating, tickets
from lipei.frontdesk.kiosk import kiosk_of
from lipei.frontdesk.tickets import Given
from tests.conftest import Town

pytestmark = pytest.mark.browser


def came() -> Given:
    found = kiosk_of("JH")
    assert found is not None
    return tickets.take_ticket(purpose="ask", key=uuid.uuid4(), by=found.actor)


def test_the_screen_keeps_what_it_knew_says_so_and_goes_on_when_the_site_is_back(town: Town, chromium: Browser) -> None:
    """The site is killed while the screen is open; a call made meanwhile is shown as soon as it is back."""
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    first, second = came(), came()
    page.goto(town.site.url + "/display/JH/")
    calling.call_next(counter=3, by=town.cast.front_desk)
    expect(page.locator(".call b")).to_have_text(first.label)
    town.site.kill("web")
    expect(page.locator("[data-live-note]")).to_contain_text("连接断了", timeout=15_000)
    expect(page.locator(".call b")).to_have_text(first.label)
    calling.call_next(counter=2, by=town.cast.front_desk_2)
    town.site.start("web")
    town.site.wait()
    expect(page.locator(".call b")).to_have_text(second.label, timeout=15_000)
    expect(page.locator("[data-live-note]")).to_be_hidden()
    seating.seat_visitor(second.number, by=town.cast.front_desk_2)  # and it hears again, not only asks
    third = came()
    expect(page.locator("#next")).to_contain_text(third.label, timeout=2_000)
    page.close()
