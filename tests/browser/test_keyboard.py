"""The keyboard alone: from the badge through the first stations of a visit, and from the handler's list to the claim's next action."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lipei.coverage.commands import estimate_exposures
from lipei.frontdesk import commands as desk
from lipei.frontdesk.tests import talk
from lipei.intake.commands import register_claim
from tests.browser.looking import DESK, HEIGHT
from tests.conftest import Town

pytestmark = pytest.mark.browser
PRESSES_MAX = 120


@pytest.fixture
def page(shared_town: Town, chromium: Browser) -> Iterator[Page]:
    """A browser whose mouse nobody touches."""
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; the focus must be visible."""
    for _ in range(PRESSES_MAX):
        page.keyboard.press("Tab")
        if page.evaluate("s => !!document.activeElement && document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector} on {page.url}")


def type_into(page: Page, name: str, text: str) -> None:
    """Reach the field by Tab and answer it as its kind asks: type, arrow to the choice, or Space."""
    tab_to(page, f'[name="{name}"]')
    kind = page.evaluate("document.activeElement.tagName === 'SELECT' ? 'select' : document.activeElement.type")
    if kind == "checkbox":
        page.keyboard.press("Space")
    elif kind in ("radio", "select"):
        _arrow_to(page, text, is_radio=kind == "radio")
    else:
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(text)


def _arrow_to(page: Page, value: str, *, is_radio: bool) -> None:
    if is_radio:
        page.keyboard.press("Space")
    for _ in range(PRESSES_MAX):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no choice {value}")


def enter(page: Page, selector: str) -> None:
    """Reach a button or link by Tab, and press Enter."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def log_in(page: Page, town: Town, number: str) -> None:
    page.goto(f"{town.site.url}/login")
    enter(page, f'form[action$="/login/as/{number}"] button')


def test_a_clerk_welcomes_identifies_and_listens_without_a_mouse(page: Page, shared_town: Town) -> None:
    log_in(page, shared_town, "1001")
    page.goto(f"{shared_town.site.url}/visits/")
    enter(page, "main .btn-primary")
    for name, text in talk.GREETING.items():
        type_into(page, name, text)
    enter(page, ".btn-primary")
    told = {name: text for name, text in talk.identity("").items() if name != "choice"}
    for name in ("capacity", "document", "number", "name", "long_term", "phone", "sighted"):
        type_into(page, name, told[name])
    enter(page, 'button[name="do"][value="find"]')
    tab_to(page, '[name="choice"]')
    page.keyboard.press("Space")
    for name, text in talk.CONSENTS.items():
        type_into(page, name, text)
    enter(page, ".btn-primary")
    expect(page).to_have_url(f"{shared_town.site.url}/visits/{page.url.split('/visits/')[1].split('/')[0]}/listening/")
    type_into(page, "account", talk.ACCOUNT)
    type_into(page, "read_back", "on")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.url.endswith("/facts/")


def test_a_handler_walks_the_list_and_takes_the_next_action_without_a_mouse(page: Page, shared_town: Town) -> None:
    for _ in range(2):
        visit = talk.brought_to("farewell", shared_town.cast)
        desk.say_farewell(visit, told=talk.farewell(), by=shared_town.cast.front_desk)
        number = talk.number_of(visit)
        estimate_exposures(number, by=shared_town.cast.front_desk)
        register_claim(number, why="同一天的两件，测试用的故事", by=shared_town.cast.front_desk)
    log_in(page, shared_town, "2001")
    page.goto(f"{shared_town.site.url}/work/")
    assert page.locator("[data-row]").count() >= 2
    chosen = page.locator("[data-row].is-chosen")
    page.keyboard.press("j")
    second = chosen.inner_text()
    page.keyboard.press("k")
    expect(chosen).to_have_count(1)
    assert chosen.inner_text() != second
    page.keyboard.press("j")
    assert chosen.inner_text() == second
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/claims/" in page.url
    enter(page, ".lp-next .btn-primary")
    expect(page.locator('[aria-current="step"]')).to_contain_text("核责")
