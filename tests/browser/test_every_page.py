"""Every page of the staff door and the customer's, found by following links as each role over claims in every stage: nothing axe finds, no sideways scroll, one language."""

from __future__ import annotations

import os
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser

from conftest import TEST_KEYS, django_on
from lipei.filing.models import Entry
from lipei.filing.recording import personal_of
from lipei.public import urls as public_urls
from lipei.site.doors import DOORS, PUBLIC
from lipei.workbench.complaints import urls as complaint_urls
from lipei.workbench.documents import urls as paper_urls
from lipei.workbench.frontdesk import urls as desk_urls
from tests.browser.looking import DESK, HEIGHT, PHONE, faults_at_twice, faults_of
from tests.browser.path import Walk
from tests.working_site import WorkingSite, working_site

pytestmark = pytest.mark.browser
CLAIMS, POLICIES = 30, 30
ROLES = ("7001", "2001", "1001", "4001", "5001", "6001", "6002", "8001", "8003", "8004", "9001")
"""Supervisor, handler, front desk, assessor, approver, both of payments, complaint officer, archivist, auditor, administrator."""
IS_DEEP = bool(os.environ.get("LIPEI_DEEP"))
MANY = {"claim": 4, "visit_station": 4}
"""Pages of which several are looked at in the short form too: claims and visits stand in several states."""
PAGES_MIN = 42
NOT_A_PAGE = frozenset({"document_content", "letter_pdf", "visit_receipt", "visit_application", "claim_papers_labels", "logout", "mfa_download_recovery_codes", "health",
                        "visit_signature", "visit_screen_state"})
AT_THE_DESK = frozenset({p.name for p in [*desk_urls.urlpatterns, *complaint_urls.urlpatterns, *paper_urls.urlpatterns, *public_urls.urlpatterns]}) - {"visit_station"}
"""The pages of the desk, of complaints, papers and the customer's door: also looked at in twice the size and gone through by Tab; stations have a test of their own."""
TOLD = (
    ("party", "name"), ("party", "bank_name"), ("fact", "value"), ("loss_item", "label"), ("document", "title"), ("document", "place"),
    ("document", "received_from"), ("document", "examined_note"), ("custody", "from_hands"), ("custody", "to_hands"), ("custody", "place"),
    ("task", "what_en"), ("task", "answer"), ("policy", "holder_name"), ("policy", "explained_to"), ("insured", "name"), ("claim", "insured_name"),
    ("allowed_item", "reason"), ("contact", "text"), ("contact", "with_name"), ("station_record", "content"), ("visit", "visitor_name"),
    ("visit", "label"), ("entry", "why"), ("calm_record", "content"), ("calm_talk", "threat_words"), ("complaint", "complainant"),
    ("complaint", "matter"), ("complaint", "wish"), ("complaint", "words"), ("task", "what_zh"), ("paper_request", "why"), ("paper_waiver", "reason"),
    ("appointment", "name"), ("paper_alarm", "said"), ("paper_batch", "note"), ("paper_of_batch", "from_place"), ("inventory", "place"), ("inventory_line", "said_zh"),
)
"""What customers and colleagues have said and written, by table and column: the Chinese that an English page may show."""


@dataclass(slots=True)
class Round:
    """A walk from link to link: how often each page was seen, and what was wrong with it."""

    walk: Walk
    known: str
    width: int
    seen: Counter[str] = field(default_factory=Counter)
    looked_at: set[str] = field(default_factory=set)
    been: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def go_round(self, first: str) -> None:
        """Open the page and what is linked from it, a few of each kind for each colleague; look closely at a few of each kind in all."""
        waiting = [first]
        while waiting:
            asked = waiting.pop(0)
            if not page_name(asked) or self.been[self.walk.who, page_name(asked)] >= most(page_name(asked)):
                continue
            self.been[self.walk.who, page_name(asked)] += 1
            answer = self.walk.page.goto(self.walk.url + asked)
            met = urlsplit(self.walk.page.url)
            name, address = page_name(met.path), f"{met.path}?{met.query}"
            if answer is None or answer.status != 200 or not name:
                continue
            waiting += self._links()
            if self.seen[name] < most(name) and address not in self.looked_at:
                self.looked_at.add(address)
                self.seen[name] += 1
                self.faults += [f"{name}: {fault}" for fault in faults_of(self.walk.page, known=self.known, widths=(self.width,))]
                if self.width == DESK and name in AT_THE_DESK:
                    self.faults += [f"{name}: {fault}" for fault in faults_at_twice(self.walk.page)]

    def _links(self) -> list[str]:
        found = self.walk.page.locator("main a[href^='/'], nav a[href^='/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        return [str(href).partition("#")[0] for href in found if "language=" not in href]


def most(name: str) -> int:
    """How many addresses of one page are opened by one colleague, and looked at closely in all."""
    return MANY.get(name, 1) * (3 if IS_DEEP else 1)


def page_name(address: str) -> str:
    """The name of the page at an address; empty for what is no page of ours."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return match.url_name if match.url_name in DOORS and match.url_name not in NOT_A_PAGE else ""


def told_words() -> str:
    """Everything people have said and written in this database."""
    with connection.cursor() as cursor:
        texts = []
        for table, column in TOLD:
            cursor.execute(f'SELECT DISTINCT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
            texts += [row[0] for row in cursor.fetchall()]
    for entry in Entry.objects.filter(kind="complaint_noted"):
        texts.append(str((personal_of(entry) or {}).get("text", "")))
    return "\n".join([*texts, "中文", "方玉兰"])


@pytest.fixture(scope="module")
def told(template: Any, addresses: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WorkingSite, str]]:
    """A demonstration in a database of its own with a claim in every stage, a site at work on it, and what was said in it."""
    from lipei.analytics.counting import refresh_boards
    from lipei.demo.telling import tell_all
    from lipei.launch.database import clone, drop

    database = clone(template, f"lipei_every_{uuid.uuid4().hex[:8]}")
    with django_db_blocker.unblock(), django_on(database.app, back_to=addresses.app):
        tell_all(claims=CLAIMS, policies=POLICIES, refused=lambda _told, _refusal: None)
        from django.utils import timezone

        refresh_boards(at=timezone.now())
        with working_site(database.app.url, TEST_KEYS(), tmp_path_factory.mktemp("every")) as site:
            yield site, told_words()
    drop(database.owner)


@pytest.mark.parametrize(("language", "width"), [("zh-hans", DESK), ("en", PHONE)])
def test_every_page_is_in_order_and_in_its_language(told: tuple[WorkingSite, str], chromium: Browser, language: str, width: int) -> None:
    site, known = told
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": "lipei_language", "value": language, "url": site.url}])
    walked = Round(Walk(context.new_page(), site.url), known, width)
    for address in ("/login", "/status/"):
        walked.go_round(address)
    for who in ROLES:
        walked.walk.be(who)
        for first in ("/work/", "/claims/?scope=all", "/search/?q=骨折", "/board/", "/visits/", "/desk/", "/desk/check/", "/complaints/", "/payments/", "/archive/", "/reference/"):
            walked.go_round(first)
    context.close()
    assert not walked.faults, "\n".join(walked.faults)
    missed = {name for name, verb in DOORS.items() if verb != PUBLIC} - set(walked.seen)
    assert len(walked.seen) >= PAGES_MIN, f"{sorted(walked.seen)}; not met: {sorted(missed)}"
