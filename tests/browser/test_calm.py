"""An upset visitor in the real browser: a complaint from the counter to its page with its clock, the call, the threat, the shift; nothing skipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from lipei.complaints.models import Complaint
from lipei.frontdesk import commands as desk
from lipei.frontdesk.calm import ORDER, STEPS
from lipei.frontdesk.models import CalmTalk, QuietRoom, Visit
from lipei.frontdesk.tests import calm_talk
from tests.browser.looking import DESK, HEIGHT, PHONE, faults_of
from tests.browser.path import CLERK, Walk, visit_number
from tests.conftest import Town

pytestmark = pytest.mark.browser
TIMEOUT_MS = 30_000
SUPERVISOR, OFFICER = "7001", "8001"
WISHED = "有人一次说清缺什么"
PRINTER = "二号柜的打印机卡纸"


@pytest.fixture
def walk(shared_town: Town, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """A browser at the site, in the language the test asks for; the branch has one quiet place."""
    if not QuietRoom.objects.exists():
        desk.name_quiet_room(name_zh="里间小会客室", name_en="Small sitting room", by=shared_town.cast.supervisor)
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MS)
    context.add_cookies([{"name": "lipei_language", "value": request.param, "url": shared_town.site.url}])
    yield Walk(context.new_page(), shared_town.site.url)
    context.close()


def known(town: Town) -> str:
    """What the people of the story have said, and their names: the only Chinese an English page may show."""
    said = [v for step in ORDER for v in calm_talk.typed(step, town.cast).values()]
    return "\n".join([*said, *calm_talk.COMPLAINS.values(), calm_talk.WORDS, WISHED, PRINTER, "中文", "镜湖"])


def in_order(walk: Walk, town: Town) -> None:
    """The page as it stands, at both widths: nothing axe finds, no sideways scroll, one language."""
    assert faults_of(walk.page, known=known(town), widths=(DESK, PHONE)) == []


def visit_begun(walk: Walk, greeting: dict[str, str]) -> None:
    walk.be(CLERK)
    walk.go("/visits/")
    walk.press('form[action="/visits/open/"] .btn-primary')
    visit_number(walk)
    walk.fill(greeting)
    walk.press()


def skip_attempts(walk: Walk, *, present: str) -> None:
    """Every later step by typing its name, and the farewell by its address: refused, and the talk stays where it is."""
    token = walk.page.locator('#station [name="csrfmiddlewaretoken"]').input_value()
    for step in ORDER[ORDER.index(present) + 1 :]:
        answer = walk.page.request.post(
            walk.address("/visits/{visit}/calm/"), form={"csrfmiddlewaretoken": token, "step": step, "words": "x"}, headers={"Referer": walk.url}
        )
        assert answer.status == 422, step
    assert walk.page.request.get(walk.address("/visits/{visit}/farewell/")).status == 422
    taken = set(CalmTalk.objects.get(visit__number=walk.visit).steps.values_list("step", flat=True)) if CalmTalk.objects.filter(visit__number=walk.visit).exists() else set()
    assert taken == set(ORDER[: ORDER.index(present)])


@pytest.mark.parametrize("walk", ["zh-hans", "en"], indirect=True)
def test_a_complaint_from_the_counter_to_its_page_with_its_clock(walk: Walk, shared_town: Town) -> None:
    visit_begun(walk, calm_talk.COMPLAINS)
    walk.page.locator(".lp-notapplicable summary").press("Enter")
    walk._tick('[name="reason"][value="complains_unnamed"]')
    walk.press(".lp-notapplicable .btn")
    for step in STEPS:
        expect(walk.page.locator("h1")).to_contain_text(step.name.zh if walk.page.locator("html[lang^=zh]").count() else step.name.en)
        in_order(walk, shared_town)
        skip_attempts(walk, present=step.id)
        walk.press()  # too early: all that lacks at once, and it stays here
        expect(walk.page.locator(".lp-refused li")).not_to_have_count(0)
        values = calm_talk.typed(step.id, shared_town.cast)
        walk.fill(values)
        walk.press()
    complaint = Complaint.objects.get(visit_number=walk.visit)
    expect(walk.page.locator("main")).to_contain_text(complaint.number)
    in_order(walk, shared_town)
    receipt = walk.page.context.request.get(walk.address("/visits/{visit}/complaint-receipt.pdf"))
    assert receipt.status == 200
    assert receipt.body()[:5] == b"%PDF-"
    walk.fill({"receipt_given": "on"})
    walk.press()
    in_order(walk, shared_town)  # the visit is over, a break is offered
    walk.be(OFFICER)
    walk.go("/complaints/")
    in_order(walk, shared_town)
    walk.page.locator(f'a[href="/complaints/{complaint.number}/"]').press("Enter")
    expect(walk.page.locator(".lp-quote").first).to_contain_text(calm_talk.WORDS)
    expect(walk.page.locator(".lp-clocks .lp-clock")).to_contain_text("15")
    in_order(walk, shared_town)
    walk.press('form[action$="/take-on/"] .btn-primary')
    complaint.refresh_from_db()
    assert complaint.state == "in_hand"
    walk.fill({"text": WISHED})
    walk.press('form[action$="/note/"] button')
    expect(walk.page.locator(".lp-line")).to_contain_text(WISHED)


@pytest.mark.parametrize("walk", ["zh-hans"], indirect=True)
def test_upset_in_the_middle_of_a_new_loss_the_supervisor_comes_and_the_visit_goes_on(walk: Walk, shared_town: Town) -> None:
    visit_begun(walk, {"purpose": "new_loss", "situation": "anger", "address": "贺先生"})
    walk.page.locator('.lp-vrail a[href$="/calm/"]').press("Enter")
    in_order(walk, shared_town)
    walk.fill({"reason": "upset"})
    walk.press()
    walk.press('form[action$="/threat/"] button')
    expect(walk.page.locator("[role=alert]").first).to_contain_text("报警")
    in_order(walk, shared_town)
    walk.be(SUPERVISOR)
    walk.go("/work/")
    in_order(walk, shared_town)
    walk.press('form[action$="/calm/answer/"] [value="accept"]')
    walk.go("/desk/")
    in_order(walk, shared_town)
    walk.be(CLERK)
    walk.go("/visits/{visit}/calm/")
    expect(walk.page.locator("#second")).to_contain_text("许念慈来了")
    walk.fill({"room": str(calm_talk.a_room(shared_town.cast))})
    walk.press()
    for step in ORDER[1:]:
        walk.page.locator(".lp-notapplicable summary").press("Enter")
        walk.page.locator('.lp-notapplicable [name="reason"]').first.press("Space")
        walk.press(".lp-notapplicable .btn")
        assert CalmTalk.objects.get(visit__number=walk.visit).steps.filter(step=step, state="not_applicable").exists()
    assert Visit.objects.get(number=walk.visit).station == "identity"
    assert walk.page.url.endswith("/identity/")


@pytest.mark.parametrize("walk", ["en"], indirect=True)
def test_the_check_before_the_shift_by_keyboard(walk: Walk, shared_town: Town) -> None:
    walk.be(CLERK)
    walk.go("/desk/check/")
    in_order(walk, shared_town)
    walk.fill(calm_talk.self_check(systems="not_ok"))
    walk.press()
    expect(walk.page.locator(".lp-refused li")).to_have_count(2)
    in_order(walk, shared_town)
    walk.fill(calm_talk.self_check(systems="not_ok", systems_what=PRINTER, systems__who=str(shared_town.cast.front_desk.user_id)))
    walk.press()
    walk.go("/work/")
    walk.page.locator('a[href^="/tasks/"]').first.press("Enter")
    in_order(walk, shared_town)
