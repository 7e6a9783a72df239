"""The pictures of the guide: ten main pages of the demonstration, at a desk and on a phone, four of them in English. `make screenshots`."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser

from conftest import TEST_KEYS, django_on
from lipei.claimfile.models import Claim
from lipei.frontdesk.models import Visit
from lipei.settlement.commands import calculate_claim, record_payee, submit_for_review
from lipei.settlement.tests.steps import the_payee
from lipei.staff.models import User
from lipei.staff.queries import actor_of
from tests.browser.conftest import ROOT
from tests.browser.looking import DESK, PHONE
from tests.browser.path import Walk
from tests.working_site import WorkingSite, working_site

pytestmark = [pytest.mark.browser, pytest.mark.screenshots]
GUIDE = ROOT / "docs" / "guide"
CLAIMS, POLICIES = 40, 40
SHOWN_HEIGHT = {DESK: 1000, PHONE: 844}
HEIGHT_MAX = 3_600


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name, whose page, which address, and whether it is taken in English too."""

    name: str
    who: str
    path: str
    in_english: bool = False
    first: Callable[[], object] = lambda: None


@pytest.fixture(scope="module")
def scenes(template: Any, addresses: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WorkingSite, list[Scene]]]:
    """The demonstration told in a database of its own, a site at work on it, and where the pictures are taken."""
    from lipei.demo.telling import tell_all
    from lipei.launch.database import clone, drop

    database = clone(template, f"lipei_pictures_{uuid.uuid4().hex[:8]}")
    with django_db_blocker.unblock(), django_on(database.app, back_to=addresses.app):
        tell_all(claims=CLAIMS, policies=POLICIES, refused=lambda _told, _refusal: None)
        with working_site(database.app.url, TEST_KEYS(), tmp_path_factory.mktemp("pictures")) as site:
            yield site, _scenes()
    drop(database.owner)


def _submit(number: str, owner: str) -> None:
    """Fang Yulan's fall goes on to the approver, so that there is a decision to look at."""
    handler = actor_of(User.objects.get(number=owner))
    calculate_claim(number, by=handler)
    record_payee(number, data=the_payee(), by=handler)
    submit_for_review(number, by=handler)


def _scenes() -> list[Scene]:
    fall = Claim.objects.filter(insured__name="方玉兰").select_related("owner").order_by("-number")[0]
    owner = fall.owner.number if fall.owner else "2001"
    paid = Claim.objects.filter(stage__in=("closed", "archived", "paying"), owed__gt=0, branch__code="JH").order_by("-owed").first()
    assert paid is not None
    visit = Visit.objects.filter(closed_at=None, station="facts", branch__code="JH").select_related("clerk").order_by("-opened_at")[0]
    return [
        Scene("login", "", "/login"),
        Scene("reception", visit.clerk.number, f"/visits/{visit.number}/facts/", in_english=True),
        Scene("my-work", owner, "/work/", in_english=True),
        Scene("claim", owner, f"/claims/{fall.number}/", in_english=True),
        Scene("papers", owner, f"/claims/{fall.number}/papers/"),
        Scene("calculation", owner, f"/claims/{fall.number}/calculation/?step=2"),
        Scene("decision", "5001", f"/claims/{fall.number}/decision/", in_english=True, first=partial(_submit, fall.number, owner)),
        Scene("payment", "6001", f"/claims/{paid.number}/payment/"),
        Scene("board", "7001", "/board/"),
        Scene("reference", "9001", "/reference/"),
    ]


def _take(walk: Walk, scene: Scene, *, language: str, width: int, name: str) -> None:
    height = SHOWN_HEIGHT[width]
    walk.page.set_viewport_size({"width": width, "height": height})
    if scene.who:
        walk.be(scene.who)
    walk.go(scene.path + ("&" if "?" in scene.path else "?") + f"language={language}")
    assert walk.page.locator("h1").count() == 1, f"{name}: {walk.page.url}"
    whole = int(walk.page.evaluate("document.documentElement.scrollHeight"))
    walk.page.set_viewport_size({"width": width, "height": min(max(height, whole), HEIGHT_MAX)})
    walk.page.screenshot(path=GUIDE / f"{name}.png", type="png")


def test_pictures_of_the_ten_main_pages(scenes: tuple[WorkingSite, list[Scene]], chromium: Browser) -> None:
    site, pages = scenes
    GUIDE.mkdir(parents=True, exist_ok=True)
    context = chromium.new_context(viewport={"width": DESK, "height": SHOWN_HEIGHT[DESK]}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    walk = Walk(context.new_page(), site.url)
    for scene in pages:
        scene.first()
        _take(walk, scene, language="zh-hans", width=DESK, name=scene.name)
        _take(walk, scene, language="zh-hans", width=PHONE, name=f"{scene.name}.phone")
        if scene.in_english:
            _take(walk, scene, language="en", width=DESK, name=f"{scene.name}.en")
    context.close()
    assert len(list(GUIDE.glob("*.png"))) >= 2 * len(pages)
