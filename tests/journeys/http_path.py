"""The path of a claim as plain HTTP: who sends which form where, and how to see in the database that it was done."""

from __future__ import annotations

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lipei.claimfile.models import Claim, LossItem, Milestone, Task
from lipei.documents.models import Document
from lipei.frontdesk.models import StationRecord, Visit
from lipei.frontdesk.tests import talk
from lipei.payments.models import Payable, PaymentOrder
from lipei.settlement.models import Statement

TIMEOUT_SECONDS = 30


@dataclass(slots=True)
class Desk:
    """One colleague's session; knows nothing of HTML."""

    url: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def _open(self, path: str, data: bytes | None = None) -> tuple[int, str]:
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *args: object) -> None:
                return None

        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), Stay)
        try:
            with opener.open(urllib.request.Request(self.url + path, data), timeout=TIMEOUT_SECONDS) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as fault:
            return fault.code, fault.read().decode(errors="replace")

    def get(self, path: str) -> tuple[int, str]:
        """The page."""
        return self._open(path)

    def post(self, path: str, form: Mapping[str, str]) -> tuple[int, str]:
        """Send a form; redirects are not followed: 302 is the acknowledgement."""
        token = next((c.value for c in self.jar if c.name == "csrftoken"), "") or ""
        body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": token}).encode()
        return self._open(path, body)

    def be(self, number: str) -> None:
        """Log in by the badge."""
        self.get("/login")
        self.post(f"/login/as/{number}", {})


@dataclass(slots=True)
class Story:
    """What the story knows as it goes on."""

    key: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def visit(self) -> Visit | None:
        """The visit, once it is open."""
        return Visit.objects.select_related("claim").first()

    @property
    def claim(self) -> Claim | None:
        """The claim, once it is there."""
        return Claim.objects.first()

    @property
    def number(self) -> str:
        """The claim's number."""
        return self.claim.number if self.claim else ""


@dataclass(frozen=True, slots=True)
class Step:
    """One form: who, where, what – and whether it is done."""

    name: str
    who: str
    path: Callable[[Story], str]
    form: Callable[[Story], Mapping[str, str]]
    done: Callable[[Story], bool]


def _station(name: str, form: Callable[[Story], Mapping[str, str]]) -> Step:
    return Step(
        name, "1001", lambda s: f"/visits/{s.visit.number}/{name}/" if s.visit else "", form,
        lambda s: StationRecord.objects.filter(station=name).exists(),
    )


def _claim(name: str, who: str, tail: str, form: Callable[[Story], Mapping[str, str]], done: Callable[[Story], bool]) -> Step:
    return Step(name, who, lambda s: f"/claims/{s.number}/{tail}/", form, done)


def _at(*stages: str) -> Callable[[Story], bool]:
    return lambda s: s.claim is not None and s.claim.stage in stages


def _reached(kind: str) -> Callable[[Story], bool]:
    return lambda s: Milestone.objects.filter(kind=kind, is_valid=True).exists()


def _choice(story: Story) -> str:
    from lipei.policies.models import Policy

    policy = Policy.objects.get()
    return f"policy:{policy.pk}:{policy.insured.get().pk}"


def _confirm(index: int) -> Step:
    def paper() -> Document:
        return Document.objects.order_by("id")[index]

    return Step(
        f"confirm paper {index + 1}", "2001", lambda s: f"/papers/{paper().custody_number}/examine/", lambda s: {"finding": "confirm"},
        lambda s: paper().state == "confirmed",
    )


PAPERS = {
    **talk.PAPERS, "paper_settlement_sheet_form": "original", "paper_settlement_sheet_pages": "1", "paper_accident_proof_form": "copy",
    "paper_accident_proof_pages": "1",
}
ACCOUNT = {"bank_account_name": "方玉兰", "bank_name": "示例银行镜湖支行", "bank_account": "6222021234567890128", "name": "方玉兰"}
AFTER_REVIEW = ("reviewing", "deciding", "paying", "closed", "archived")
AFTER_CALCULATION = ("calculating", *AFTER_REVIEW)
AFTER_PAPERS = ("assessing", *AFTER_CALCULATION)
AFTER_COVERAGE = ("collecting", *AFTER_PAPERS)

STEPS: tuple[Step, ...] = (
    Step("open visit", "1001", lambda s: "/visits/open/", lambda s: {"counter": "3", "key": s.key}, lambda s: s.visit is not None),
    _station("welcome", lambda s: talk.GREETING),
    _station("identity", lambda s: talk.identity(_choice(s))),
    _station("listening", lambda s: {"account": talk.ACCOUNT, "read_back": "on"}),
    _station("facts", lambda s: talk.facts()),
    _station("check", lambda s: {}),
    _station("first_view", lambda s: {}),
    _station("explanation", lambda s: talk.UNDERSTOOD),
    _station("papers", lambda s: PAPERS),
    _station("farewell", lambda s: talk.farewell()),
    _claim("register", "1001", "register", lambda s: {}, _at("registered", "verifying", *AFTER_COVERAGE)),
    _claim("take on", "2001", "take-on", lambda s: {}, _at("verifying", *AFTER_COVERAGE)),
    _claim("verify coverage", "2001", "coverage", lambda s: {"covered_inpatient": "yes", "covered_hospital_cash": "yes"},
           _at(*AFTER_COVERAGE)),
    *(_confirm(i) for i in range(7)),
    _claim("papers complete", "2001", "papers/complete", lambda s: {}, _at(*AFTER_PAPERS)),
    _claim("allow all", "4001", "assessment", lambda s: {"action": "rest"},
           lambda s: LossItem.objects.filter(allowed__isnull=True).count() == 0),
    _claim("complete assessment", "4001", "assessment", lambda s: {"action": "complete"}, _at(*AFTER_CALCULATION)),
    _claim("record social insurance", "2001", "facts",
           lambda s: {"fact_social_paid": "9000.00", "said_by": "社保结算单", "source": "document"},
           lambda s: s.claim is not None and s.claim.facts.filter(name="social_paid", is_current=True).exists()),
    _claim("calculate", "2001", "calculation", lambda s: {}, _reached("calculated")),
    _claim("payee", "2001", "payee", lambda s: ACCOUNT, _reached("payee_verified")),
    _claim("submit", "2001", "calculation/submit", lambda s: {}, _at(*AFTER_REVIEW)),
    _claim("decide", "5001", "decision",
           lambda s: {"statement": str(Statement.objects.get(is_current=True).number), "decision": "part",
                      "reason": "属于保障范围，计算无误；植入材料超过每次住院限额。"}, _reached("decided")),
    _claim("order", "6001", "payment",
           lambda s: {"payable": str(Payable.objects.get().pk), "amount": "14194.00"}, lambda s: PaymentOrder.objects.exists()),
    Step("release", "6002", lambda s: f"/payments/{PaymentOrder.objects.get().uuid}/release/", lambda s: {},
         lambda s: PaymentOrder.objects.exclude(state="ready").exists()),
    Step("close task", "1001", lambda s: f"/claims/{s.number}/tasks/{Task.objects.filter(state='open').first().pk}/", lambda s: {"answer": "电话告诉了周女士。"},
           lambda s: not Task.objects.filter(state="open").exists()),
    _claim("close", "2001", "close", lambda s: {}, _at("closed", "archived")),
    _claim("archive", "8003", "archive", lambda s: {"shelf": "镜湖 2 库 · 架 7 · 盒 31"}, _at("archived")),
)
