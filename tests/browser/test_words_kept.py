"""At the counter in the real browser, when the line is cut, a second tab is open, or another clerk comes: no word is lost, nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as BrowserError

from lipei.filing.drafts import keep_draft
from lipei.filing.models import Entry
from lipei.frontdesk.models import Ticket, Visit, VisitorAnswer
from lipei.frontdesk.screens import open_screen
from lipei.frontdesk.tests import errands, talk
from tests.browser.looking import DESK, HEIGHT, faults_of
from tests.browser.path import CLERK, Step, Walk
from tests.browser.skipping import Skipper, written
from tests.conftest import Town

pytestmark = pytest.mark.browser
TIMEOUT_MS = 30_000
MORE = "还有，摔的时候手机也压坏了。"
OTHER_CLERK = "1002"


@pytest.fixture
def walk(shared_town: Town, chromium: Browser) -> Iterator[Walk]:
    """The clerk at the counter."""
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MS)
    at_desk = Walk(context.new_page(), shared_town.site.url)
    at_desk.be(CLERK)
    yield at_desk
    context.close()


def cut(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_contain_text("网络断了", timeout=TIMEOUT_MS)


def answers_of(page: Page) -> dict[str, str | bool]:
    """Every answer of the station's form as it stands: the words, or whether it is chosen."""
    found: dict[str, str | bool] = page.evaluate("""() => Object.fromEntries([...document.getElementById('station').elements]
      .filter((e) => e.name && !['hidden', 'submit'].includes(e.type))
      .map((e) => ['radio', 'checkbox'].includes(e.type) ? [`${e.name}=${e.value}`, e.checked] : [e.name, e.value]))""")
    return found


def reload_while_cut(page: Page) -> None:
    """The browser shows its own page in the place of ours."""
    with pytest.raises(BrowserError, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()


LEFT_OPEN = {"discharged_on__unknown": "on", "discharged_on__until": talk.day(-3)}
MID_STEP = {
    "facts": {**{k: v for k, v in talk.facts().items() if k != "discharged_on"}, **LEFT_OPEN, "note": "女儿很担心费用。"},
    "papers": talk.PAPERS,
    "explanation": {"back_cover": "right", "back_days": "again", "unclear_days": "工作日还是自然日", "question_1": "护工费报不报？", "question_1__until": talk.day(-2)},
}


@pytest.mark.parametrize("station", MID_STEP)
def test_everything_answered_while_the_line_was_cut_is_there_after_a_reload_and_saved(walk: Walk, shared_town: Town, station: str) -> None:
    visit = talk.brought_to(station, shared_town.cast)
    page = walk.page
    walk.go(f"/visits/{visit}/{station}/")
    empty = answers_of(page)
    cut(page)
    for fold in page.locator("details.lp-notknown summary").all():
        fold.press("Enter")
    walk.fill(MID_STEP[station])
    typed = answers_of(page)
    assert sum(typed[name] != empty[name] for name in typed) >= len(MID_STEP[station]) - 1
    page.wait_for_timeout(1_000)  # the page tries to save, in vain
    reload_while_cut(page)
    page.context.set_offline(False)
    with page.expect_response(lambda r: r.url.endswith("/draft/") and r.ok):
        page.reload()
    assert answers_of(page) == typed
    expect(page.locator("#saved")).to_contain_text("已保存")
    page.evaluate("sessionStorage.clear()")
    page.reload()
    assert answers_of(page) == typed, "the server has them"


def test_a_press_into_the_cut_line_stays_here_and_goes_through_once_when_it_is_back(walk: Walk, shared_town: Town) -> None:
    visit = talk.brought_to("listening", shared_town.cast)
    page = walk.page
    walk.go(f"/visits/{visit}/listening/")
    cut(page)
    walk.fill({"account": talk.ACCOUNT, "read_back": "on"})
    before = written()
    page.locator(".btn-primary").press("Enter")
    page.wait_for_timeout(500)
    assert page.url.endswith("/listening/"), "no page of the browser's own"
    assert page.locator("#id_account").input_value() == talk.ACCOUNT
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("已保存")
    walk.press()
    assert page.url.endswith("/facts/")
    assert Entry.objects.filter(kind="account_heard", file_id=Visit.objects.get(number=visit).claim.file_id).count() == 1  # type: ignore[union-attr]
    assert written() > before


def test_after_the_browsers_own_page_the_words_are_there_again(walk: Walk, shared_town: Town) -> None:
    """The site dies between the last key and the press: the browser puts its page in the place of ours; coming again brings the words."""
    visit = talk.brought_to("listening", shared_town.cast)
    page = walk.page
    walk.go(f"/visits/{visit}/listening/")
    page.route("**/listening/**", lambda route: route.abort("connectionrefused") if route.request.method == "POST" else route.continue_())
    walk.fill({"account": talk.ACCOUNT, "read_back": "on"})
    page.locator(".btn-primary").press("Enter")
    expect(page.locator("#id_account")).to_have_count(0)
    page.unroute("**/listening/**")
    walk.go(f"/visits/{visit}/listening/")
    expect(page.locator("#id_account")).to_have_value(talk.ACCOUNT)
    expect(page.locator("#id_read_back")).to_be_checked()


def test_a_second_tab_is_refused_kindly_and_its_words_stay(walk: Walk, shared_town: Town) -> None:
    visit = talk.brought_to("listening", shared_town.cast)
    walk.go(f"/visits/{visit}/listening/")
    tab = Walk(walk.page.context.new_page(), walk.url, who=CLERK)
    tab.go(f"/visits/{visit}/listening/")
    walk.fill({"account": talk.ACCOUNT, "read_back": "on"})
    walk.press()
    tab.fill({"account": MORE, "read_back": "on"})
    before = written()
    tab.press()
    expect(tab.page.locator(".lp-refused")).to_contain_text("已经办过，没有再办一次")
    expect(tab.page.locator('[name="addition"]')).to_have_value(MORE)
    expect(tab.page.locator('[name="read_back"]')).not_to_be_checked()
    assert faults_of(tab.page, known="") == []
    assert written() == before
    tab.go(f"/visits/{visit}/listening/")
    expect(tab.page.locator('[name="addition"]')).to_have_value(MORE)
    tab.page.locator(".lp-refused a, .lp-foot a").first.press("Enter")
    tab.page.wait_for_url("**/facts/")


def test_another_clerk_finds_no_button_and_is_refused_by_address_with_the_holders_name(walk: Walk, shared_town: Town) -> None:
    visit = talk.brought_to("listening", shared_town.cast)
    walk.be(OTHER_CLERK)
    page = walk.page
    walk.go(f"/visits/{visit}/listening/")
    expect(page.locator(".lp-notice")).to_contain_text("陆听澜")
    assert page.locator(".btn-primary").count() == 0
    expect(page.locator("#id_account")).to_be_disabled()
    before = written()
    with page.expect_navigation():
        page.locator("#station").evaluate("(form) => { form.elements.account.value = '别人的话'; form.querySelector('fieldset').disabled = false; form.submit(); }")
    expect(page.locator(".lp-refused h2")).to_contain_text("由陆听澜接待，没有保存")
    expect(page.locator(".lp-unsaved")).to_contain_text("别人的话")
    assert written() == before
    assert Visit.objects.get(number=visit).station == "listening"


def test_the_kiosk_stays_when_the_line_is_cut_says_where_to_go_and_gives_one_number_when_it_is_back(walk: Walk, shared_town: Town) -> None:
    page = walk.page
    page.set_viewport_size({"width": 1080, "height": 1920})
    walk.go("/kiosk/JH/")
    before = Ticket.objects.count()
    page.context.set_offline(True)
    page.get_by_role("button", name="问进度、问结果").click()
    expect(page.get_by_role("alert")).to_contain_text("请直接到柜台")
    page.get_by_role("button", name="我想请人帮我").click()
    page.get_by_role("link", name="我有预约").click()
    page.evaluate("document.body.dataset.homeSeconds = '0.2'")
    page.locator("h1").click()
    page.wait_for_timeout(1_000)
    assert page.url.endswith("/kiosk/JH/")
    assert faults_of(page, known="", widths=(1080, 390)) == []
    page.evaluate("document.body.dataset.homeSeconds = '120'")
    page.locator("h1").click()
    page.context.set_offline(False)
    page.get_by_role("button", name="问进度、问结果").click()
    expect(page.locator("h1")).to_have_text("您的号，请拿好")
    assert Ticket.objects.count() == before + 1
    page.context.set_offline(True)
    page.get_by_role("link", name="好，拿好了").click()
    page.wait_for_timeout(300)
    expect(page.locator("h1")).to_have_text("您的号，请拿好")
    page.context.set_offline(False)
    page.get_by_role("link", name="好，拿好了").click()
    page.wait_for_url("**/kiosk/JH/**")


def test_the_visitors_yes_into_a_cut_line_waits_and_counts_once(walk: Walk, shared_town: Town) -> None:
    visit = talk.brought_to("listening", shared_town.cast)
    keep_draft(f"visit:{visit}:listening", {"account": talk.ACCOUNT}, by=shared_town.cast.front_desk)
    page = walk.page
    walk.go("/screen/")
    page.locator("#id_code").fill(open_screen(visit, by=shared_town.cast.front_desk))
    page.locator(".btn-primary").press("Enter")
    expect(page.locator("blockquote")).to_contain_text(talk.ACCOUNT[:10])
    cut(page)
    page.locator('[name="answer"][value="right"]').press("Enter")
    page.wait_for_timeout(500)
    expect(page.locator("blockquote")).to_contain_text(talk.ACCOUNT[:10])
    assert VisitorAnswer.objects.filter(visit__number=visit).count() == 0
    page.context.set_offline(False)
    page.locator('[name="answer"][value="right"]').press("Enter")
    expect(page.locator(".lp-screendone")).to_be_visible()
    assert VisitorAnswer.objects.filter(visit__number=visit).count() == 1


def test_originals_are_collected_without_skipping_anything(walk: Walk, shared_town: Town) -> None:
    """Another purpose from the welcome to the farewell: later stations by address, a second tab at each, Back after each."""
    cast = shared_town.cast
    claim = errands.claim_before(cast)
    paper = errands.kept(claim, cast)

    def look(at: Walk) -> None:
        at.fill({name: text for name, text in talk.identity("").items() if name not in ("choice", *talk.CONSENTS)})
        at.press('button[name="do"][value="find"]')

    steps = (
        Step("welcome", CLERK, "/visits/{visit}/welcome/", lambda _: errands.greeting("collect_papers")),
        Step("identity", CLERK, "/visits/{visit}/identity/", lambda _: {"choice": f"claim:{claim}"}, before=look),
        Step("papers", CLERK, "/visits/{visit}/papers/", lambda _: {f"return_{paper}": "on", "signed_by": "周砚秋"}),
        Step("farewell", CLERK, "/visits/{visit}/farewell/", lambda _: talk.farewell()),
    )
    walk.visit = talk.opened(cast.front_desk)
    skipper = Skipper(walk, "zh-hans")
    for step in steps:
        skipper.try_stations()
        step.open(walk)
        tab = skipper.second_tab(step)
        walk.press(step.press)
        skipper.press_again(step, tab)
    visit = Visit.objects.get(number=walk.visit)
    assert visit.closed_at is not None
    assert Entry.objects.filter(kind="papers_given_back", file_id=visit.claim.file_id).count() == 1  # type: ignore[union-attr]
