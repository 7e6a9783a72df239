"""The whole path of a claim as people press it in the browser: who is logged in, which page, what is typed, which button.

Each `Step` is one pressing. The same list drives the Chinese and the English journey, the crash test and the pictures.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page

from lipei.frontdesk.tests import talk
from lipei.settlement.tests.steps import CARD

SECONDS_TO_FOLLOW_MAX = 60
FILLED = ".btn-primary"
SUBMIT = 'form[action$="/submit/"] .btn-primary'
CLERK, HANDLER, ASSESSOR, APPROVER, MAKER, CHECKER, ARCHIVIST = "1001", "2001", "4001", "5001", "6001", "6002", "8003"
DIFFERENT = "同一天的另一件，已逐项对过。"
Values = Mapping[str, str]


@dataclass(slots=True)
class Walk:
    """One browser page going along the path; `number` is the claim once there is one, `visit` the visit."""

    page: Page
    url: str
    number: str = ""
    visit: str = ""
    who: str = ""
    looked: list[str] = field(default_factory=list)

    def address(self, path: str) -> str:
        """The full address of a path with `{number}` and `{visit}` in it."""
        return self.url + path.format(number=self.number, visit=self.visit)

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.address(path))

    def be(self, number: str) -> None:
        """Log in as a colleague by their badge, if somebody else is logged in now."""
        if self.who == number:
            return
        self.page.context.clear_cookies(name="sessionid")
        self.go("/login")
        badge = self.page.locator(f'form[action$="/login/as/{number}"]')
        if not badge.count():  # only the first of a role has a badge; another of the same role takes it over
            badge = self.page.locator('form[action*="/login/as/"]').first
            badge.evaluate("(form, number) => { form.action = form.action.replace(/[^/]+$/, number) }", number)
        with self.page.expect_navigation():
            badge.locator("button").press("Enter")
        self.who = number

    def fill(self, values: Values) -> None:
        """Type into the fields by their names, whatever kind they are."""
        for name, value in values.items():
            box = self.page.locator(f'[name="{name}"]')
            kind = box.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : (e.type || 'text')")
            if kind == "radio":
                self._tick(f'[name="{name}"][value="{value}"]')
            elif kind == "checkbox":
                self._tick(f'[name="{name}"]')
            elif kind == "select":
                box.first.select_option(value)
            elif kind != "hidden":
                box.first.fill(value)

    def _tick(self, selector: str) -> None:
        """Choose with the keyboard, as a drawn card may lie over the box itself."""
        box = self.page.locator(selector).first
        if not box.is_checked():
            box.press("Space")

    def press(self, selector: str = "") -> None:
        """Press the one filled button of the page, or the one named, and wait for the page it leads to."""
        buttons = self.page.locator(selector or FILLED)
        button = buttons.first if selector else buttons.last
        with self.page.expect_navigation():
            button.press("Enter")

    def reload_until(self, selector: str) -> None:
        """What only follows: the worker makes payable, letter and confirmation within seconds."""
        until = time.monotonic() + SECONDS_TO_FOLLOW_MAX
        while not self.page.locator(selector).count():
            assert time.monotonic() < until, f"{selector} did not appear on {self.page.url}"
            time.sleep(0.3)
            self.page.reload()


@dataclass(frozen=True, slots=True)
class Step:
    """One pressing: its name, who does it, where, what is typed, and what must be true afterwards.

    `press` names a button other than the filled one; `before` and `after` are done on the open page; `await_` is what must
    first have followed from earlier steps. `verb` is set where the pressing leads to the next stage of the claim.
    """

    name: str
    who: str
    path: str
    values: Callable[[Walk], Values] = lambda _: {}
    press: str = ""
    before: Callable[[Walk], None] | None = None
    after: Callable[[Walk], None] | None = None
    await_: str = ""
    verb: str = ""

    @property
    def station(self) -> str:
        """The station of the visit this pressing is at, empty for the rest."""
        found = re.fullmatch(r"/visits/\{visit\}/([a-z_]+)/", self.path)
        return found[1] if found else ""

    def open(self, walk: Walk) -> None:
        """Be the person, open the page, wait for what must have followed, and type."""
        walk.be(self.who)
        walk.go(self.path)
        if self.await_:
            walk.reload_until(self.await_)
        if self.before is not None:
            self.before(walk)
        walk.fill(self.values(walk))

    def do(self, walk: Walk) -> None:
        """The whole of it."""
        self.open(walk)
        walk.press(self.press)
        self.settle(walk)

    def settle(self, walk: Walk) -> None:
        """What is remembered from the page it led to."""
        if self.after is not None:
            self.after(walk)


def visit_number(walk: Walk) -> None:
    """Remember the visit from the address."""
    found = re.search(r"/visits/([^/]+)/", walk.page.url)
    assert found, walk.page.url
    walk.visit = found[1]


def claim_number(walk: Walk) -> None:
    """Remember the claim that the visit opened, from the page that closes the visit."""
    found = re.search(r"/claims/([^/]+)/", walk.page.content())
    assert found, walk.page.url
    walk.number = found[1]


def _find_policy(walk: Walk) -> None:
    """Type what the card says, and let the desk find the policy."""
    walk.fill({name: text for name, text in talk.identity("").items() if name != "choice"})
    walk.press('button[name="do"][value="find"]')


def _found_policy(walk: Walk) -> Values:
    """The one policy found."""
    return {"choice": str(walk.page.locator('[name="choice"]').first.get_attribute("value"))}


def _papers(_: Walk) -> Values:
    """What Zhou Yanqiu brought, and the sheet of the social insurance with it."""
    return {
        **talk.PAPERS, "paper_settlement_sheet_form": "original", "paper_settlement_sheet_pages": "1", "paper_accident_proof_form": "copy",
    }


def _not_the_same(walk: Walk) -> Values:
    """Another claim of the same person and day is told apart, where the page asks."""
    return {"why": DIFFERENT} if walk.page.locator('[name="why"]').count() else {}


def _examine_each(walk: Walk) -> None:
    """Confirm each paper that was not examined yet."""
    button = 'button[name="finding"][value="confirm"]'
    while walk.page.locator(button).count():
        walk.press(button)
    walk.go("/claims/{number}/papers/")


def _rest_in_full(walk: Walk) -> None:
    """The assessor allows every item as it was asked."""
    walk.press('button[name="action"][value="rest"]')


def _calculated(walk: Walk) -> None:
    """Calculate by the terms; the page then offers to submit."""
    if not walk.page.locator(SUBMIT).count():
        walk.press()


def _payee(_: Walk) -> Values:
    """Fang Yulan's own account."""
    return {"name": "方玉兰", "bank_name": "示例银行镜湖支行", "bank_account": CARD, "bank_account_name": "方玉兰"}


def _signed(walk: Walk) -> Values:
    """The decision as proposed, with a reason that goes into the letter."""
    options = walk.page.locator('[name="decision"]').evaluate_all("es => es.map(e => e.value)")
    return {"decision": next(o for o in options if o in ("pay", "part")), "reason": "属于保障范围，逐项按条款计算，算式附在后面。"}


def _all_told(walk: Walk) -> None:
    """Every letter of the claim has arrived."""
    walk.go("/claims/{number}/letters/")
    walk.reload_until("main:has(table):not(:has(.lp-state.is-wait))")


def _closing_told(walk: Walk) -> None:
    """The closing letter has arrived."""
    _all_told(walk)
    walk.go("/claims/{number}/archive/")


def _tasks_done(walk: Walk) -> None:
    """The bank has confirmed, the letters have arrived, and every promise is answered before the claim is closed."""
    walk.go("/claims/{number}/payment/")
    walk.reload_until("main:has(table .lp-state.is-done)")
    _all_told(walk)
    walk.go("/claims/{number}/tasks/")
    while walk.page.locator('[name="answer"]').count():
        walk.page.locator('[name="answer"]').first.fill("打过电话，都告诉客户了。")
        walk.press('form:has([name="answer"]) button')
    walk.go("/claims/{number}/close/")


STEPS: tuple[Step, ...] = (
    Step("open the visit", CLERK, "/visits/", after=visit_number),
    Step("welcome", CLERK, "/visits/{visit}/welcome/", lambda _: talk.GREETING),
    Step("identity", CLERK, "/visits/{visit}/identity/", _found_policy, before=_find_policy),
    Step("listening", CLERK, "/visits/{visit}/listening/", lambda _: {"account": talk.ACCOUNT, "read_back": "on"}),
    Step("facts", CLERK, "/visits/{visit}/facts/", lambda _: talk.facts()),
    Step("check", CLERK, "/visits/{visit}/check/"),
    Step("first view", CLERK, "/visits/{visit}/first_view/"),
    Step("explanation", CLERK, "/visits/{visit}/explanation/", lambda _: talk.UNDERSTOOD),
    Step("papers", CLERK, "/visits/{visit}/papers/", _papers),
    Step("farewell", CLERK, "/visits/{visit}/farewell/", lambda _: talk.farewell(), after=claim_number),
    Step("register", CLERK, "/claims/{number}/register/", _not_the_same, verb="claim.register"),
    Step("take on", HANDLER, "/claims/{number}/", verb="claim.take_on"),
    Step("verify cover", HANDLER, "/claims/{number}/coverage/", verb="coverage.verify"),
    Step("papers complete", HANDLER, "/claims/{number}/papers/", before=_examine_each, verb="documents.complete"),
    Step("review the bill", ASSESSOR, "/claims/{number}/assessment/", before=_rest_in_full, press='button[name="action"][value="complete"]',
         verb="assessment.complete"),
    Step("write the fact down", HANDLER, "/claims/{number}/facts/", lambda _: {"fact_social_paid": "9000.00", "said_by": "社保结算单"}),
    Step("payee", HANDLER, "/claims/{number}/payee/", _payee),
    Step("submit", HANDLER, "/claims/{number}/calculation/", before=_calculated, press=SUBMIT,
         verb="settlement.submit"),
    Step("decide", APPROVER, "/claims/{number}/decision/", _signed, verb="settlement.decide_pay"),
    Step("order the payment", MAKER, "/claims/{number}/payment/", await_='input[name="payable"]'),
    Step("release the payment", CHECKER, "/claims/{number}/payment/", press='form[action$="/release/"] .btn-primary'),
    Step("close", HANDLER, "/claims/{number}/close/", before=_tasks_done, verb="claim.close"),
    Step("file in the archive", ARCHIVIST, "/claims/{number}/archive/", lambda _: {"shelf": "镜湖 2 库 · 架 7 · 盒 31"}, before=_closing_told,
         verb="archive.file"),
)
BY_NAME = {step.name: step for step in STEPS}


def walk_to(walk: Walk, name: str) -> None:
    """Do every step before the named one."""
    for step in STEPS:
        if step.name == name:
            return
        step.do(walk)
