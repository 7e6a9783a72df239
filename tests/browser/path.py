"""The whole path of a claim as people press it in the browser: who is logged in, which page, what is typed, which button.

Each `Step` is one pressing. The same list drives the Chinese and the English journey, the crash test and the pictures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page

from lipei.frontdesk.tests import talk


@dataclass(slots=True)
class Walk:
    """One browser page going along the path; `number` is the claim once there is one, `visit` the visit."""

    page: Page
    url: str
    number: str = ""
    visit: str = ""
    who: str = ""
    looked: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.url + path.format(number=self.number, visit=self.visit))

    def be(self, number: str) -> None:
        """Log in as a colleague by their badge, if somebody else is logged in now."""
        if self.who == number:
            return
        self.page.context.clear_cookies(name="sessionid")
        self.go("/login")
        self.page.locator(f'form[action$="/login/as/{number}"] button').click()
        self.page.wait_for_load_state()
        self.who = number

    def fill(self, values: Mapping[str, str]) -> None:
        """Type into the fields by their names, whatever kind they are."""
        for name, value in values.items():
            box = self.page.locator(f'[name="{name}"]')
            kind = box.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : (e.type || 'text')")
            if kind == "radio":
                self.page.locator(f'[name="{name}"][value="{value}"]').check(force=True)
            elif kind == "checkbox":
                box.first.check(force=True)
            elif kind == "select":
                box.first.select_option(value)
            elif kind != "hidden":
                box.first.fill(value)

    def press(self) -> None:
        """Press the one filled button of the page."""
        self.page.locator("main .btn-primary, .lp-foot .btn-primary, .bar .btn-primary, .btn-primary").last.click()
        self.page.wait_for_load_state()


@dataclass(frozen=True, slots=True)
class Step:
    """One pressing: its name, who does it, where, what is typed, and what must be true afterwards."""

    name: str
    who: str
    path: str
    values: Callable[[Walk], Mapping[str, str]] = lambda _: {}
    press: str = ""
    before: Callable[[Walk], None] | None = None
    after: Callable[[Walk], None] | None = None


CLERK, HANDLER, ASSESSOR, APPROVER, MAKER, CHECKER, ARCHIVIST = "1001", "2001", "4001", "5001", "6001", "6002", "8003"


def visit_number(walk: Walk) -> None:
    """Remember the visit from the address."""
    found = re.search(r"/visits/([^/]+)/", walk.page.url)
    assert found, walk.page.url
    walk.visit = found[1]


def claim_number(walk: Walk) -> None:
    """Remember the claim that the visit opened."""
    from lipei.frontdesk.models import Visit

    claim = Visit.objects.select_related("claim").get(number=walk.visit).claim
    assert claim is not None
    walk.number = claim.number
