"""The whole path in the real browser, in Chinese and in English: nothing can be skipped, nothing is doubled, every page is in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from lipei.claimfile.models import Claim, Milestone
from lipei.claimfile.stages import BAR, MILESTONES
from lipei.communication.models import Letter
from lipei.documents.models import Document
from lipei.filing.models import Entry
from lipei.frontdesk.models import StationRecord, Visit
from lipei.frontdesk.tests import talk
from lipei.payments.models import Payable, PaymentOrder
from lipei.settlement.models import Decision
from tests.browser.looking import DESK, HEIGHT, PHONE, faults_of
from tests.browser.path import DIFFERENT, STEPS, Walk
from tests.browser.skipping import Skipper
from tests.conftest import Town

pytestmark = pytest.mark.browser
TIMEOUT_MS = 30_000
KNOWN = "\n".join((
    talk.ACCOUNT, *talk.GREETING.values(), *talk.facts().values(), *talk.PAPERS.values(), *talk.farewell().values(),
    "方玉兰 周砚秋 示例银行镜湖支行 镜湖 2 库 · 架 7 · 盒 31", "打过电话，都告诉客户了。",
    "属于保障范围，逐项按条款计算，算式附在后面。", "中文", "属于保障范围，", DIFFERENT,
))
"""What the people of the story have said and written, and their names: the only Chinese that an English page may show."""


@pytest.fixture
def walk(shared_town: Town, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """A browser at the site, in the language the test asks for."""
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MS)
    context.add_cookies([{"name": "lipei_language", "value": request.param, "url": shared_town.site.url}])
    yield Walk(context.new_page(), shared_town.site.url)
    context.close()


def stood_once(walk: Walk) -> None:
    """The claim is filed, and everything on its way was done exactly once."""
    claim = Claim.objects.get(number=walk.number)
    assert claim.stage == "archived"
    assert Visit.objects.filter(claim=claim).count() == 1
    assert Counter(StationRecord.objects.filter(visit__number=walk.visit).values_list("station", flat=True)).most_common(1)[0][1] == 1
    moved = Entry.objects.filter(file_id=claim.file_id, kind="stage_moved").count()
    assert moved == len(BAR) - 2, "each stage after the report was entered once (investigation is not needed)"
    valid = Milestone.objects.filter(claim=claim, is_valid=True).values_list("kind", flat=True)
    assert sorted(valid) == sorted(set(valid))
    assert set(valid) >= set(MILESTONES)
    assert Document.objects.filter(claim=claim).count() == 7
    assert Decision.objects.filter(claim=claim).count() == 1
    assert Payable.objects.filter(claim=claim).count() == 1
    assert PaymentOrder.objects.filter(payable__claim=claim).count() == 1
    kinds = Counter(Letter.objects.filter(claim=claim).values_list("kind", flat=True))
    assert kinds == {"acknowledgement": 1, "calculation_statement": 1, "decision_pay": 1, "closing": 1}


@pytest.mark.parametrize("walk", ["zh-hans", "en"], indirect=True)
def test_the_path_cannot_be_skipped_and_nothing_is_done_twice(walk: Walk, request: pytest.FixtureRequest) -> None:
    skipper = Skipper(walk, request.node.callspec.params["walk"])
    for step in STEPS:
        if step.station:
            skipper.try_stations()
        if step.verb:
            skipper.try_buttons(step)
        step.open(walk)
        tab = skipper.second_tab(step) if step.name != "open the visit" else None
        walk.press(step.press)
        step.settle(walk)
        if tab is not None:
            skipper.press_again(step, tab)
    stood_once(walk)


@pytest.mark.parametrize(("walk", "widths"), [("zh-hans", (DESK,)), ("en", (PHONE,))], indirect=["walk"])
def test_every_page_met_is_in_order_and_in_its_language(walk: Walk, widths: tuple[int, ...]) -> None:
    faults: list[str] = []
    for step in STEPS:
        step.open(walk)
        faults += faults_of(walk.page, known=KNOWN, widths=widths)
        walk.press(step.press)
        step.settle(walk)
        if step.name in ("farewell", "take on", "decide", "close"):
            faults += faults_of(walk.page, known=KNOWN, widths=widths)
    assert not faults, "\n".join(faults)
