"""No page takes more than 15 statements: every page of the house, opened for a claim in the middle of its path."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone

from lipei.assessment.commands import allow_items, complete_assessment
from lipei.assessment.queries import items_of
from lipei.claimfile.commands import record_fact, take_on_claim
from lipei.claimfile.models import Party
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.coverage.commands import estimate_exposures, verify_coverage
from lipei.coverage.queries import verification_of
from lipei.documents.commands import complete_papers, confirm_document, receive_document
from lipei.documents.queries import checklist_of, papers_of
from lipei.frontdesk import commands as desk
from lipei.frontdesk.tests import talk
from lipei.intake.commands import register_claim
from lipei.settlement.commands import calculate_claim, record_payee, submit_for_review
from lipei.settlement.tests.steps import the_payee
from lipei.site.doors import DOORS
from lipei.staff.permissions import roles_for
from lipei.terms.words import Words
from lipei.workbench.claim.tests.walking import STATEMENTS_MAX, browser_of

pytestmark = pytest.mark.django_db
ROLES = ("handler", "front_desk", "approver", "assessor", "finance_maker", "supervisor", "archivist", "administrator", "auditor")
THE_LIBRARYS = ("mfa_", "account_", "openid_")
PAGES_MIN = 40


def at_review(cast: Cast) -> tuple[str, str]:
    """A claim that waits for its reviewer, and the visit it came from."""
    visit = talk.brought_to("farewell", cast)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    number = talk.number_of(visit)
    estimate_exposures(number, by=cast.front_desk)
    register_claim(number, by=cast.front_desk)
    take_on_claim(number, by=cast.handler)
    verify_coverage(number, conclusions=verification_of(number, actor=cast.handler, at=timezone.now()).proposed, by=cast.handler)
    for row in checklist_of(number, actor=cast.handler).missing:
        receive_document(number, kind=row.kind, form="copy", received_from="周砚秋", place="3 柜 · 盒 12", by=cast.handler)
    for paper in papers_of(number, actor=cast.handler):
        confirm_document(paper.custody_number, by=cast.handler)
    complete_papers(number, by=cast.handler)
    allow_items(number, items=[(i.id, i.claimed) for i in items_of(number, actor=cast.assessor).items], by=cast.assessor)
    complete_assessment(number, by=cast.assessor)
    record_fact(number, name="social_paid", label=Words("社保已付", "paid by social insurance"), value="9000.00", shown="¥9,000.00",
                source="document", said_by="社保结算单", by=cast.handler)
    calculate_claim(number, by=cast.handler)
    record_payee(number, data=the_payee(), by=cast.handler)
    submit_for_review(number, by=cast.handler)
    return number, visit


def pages_of(number: str, visit: str, cast: Cast) -> list[tuple[str, str]]:
    """Every named page of the staff door with its address, as far as this claim and visit have it."""
    paper = papers_of(number, actor=cast.handler)[0].custody_number
    party = Party.objects.filter(claim__number=number).values_list("pk", flat=True)[0]
    told: dict[str, list[object]] = {
        "reference_product": ["anxin_inpatient", "2026"], "visit_reveal": [visit, "phone"], "claim_reveal": [number, party, "phone"],
        "claim_paper_waive": [number, "accident_proof"], "claim_draft": [number, "note"],
    }
    found: list[tuple[str, str]] = []
    names = {p.name for p in _patterns() if p.name in DOORS and not p.name.startswith(THE_LIBRARYS)}
    for name in sorted(n for n in names if n):
        for args in (told.get(name), [], [number], [visit], [paper], ["2001"]):
            if args is None or (name.startswith("visit") and args == [number]) or (name.startswith("paper") and args == [number]):
                continue
            if args == ["2001"] and not name.startswith("reference_"):
                continue
            try:
                found.append((name, reverse(name, args=args)))
            except NoReverseMatch:
                continue
            break
    found += [("visit_station", f"/visits/{visit}/{station}/") for station in ("welcome", "identity", "facts", "check", "first_view", "papers", "farewell")]
    return [*found, ("search", "/search/?q=方玉兰"), ("claims", "/claims/?q=方玉兰")]


def _patterns() -> list[URLPattern]:
    waiting, found = list(get_resolver().url_patterns), []
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, URLPattern):
            found.append(pattern)
        else:
            waiting += pattern.url_patterns
    return found


def test_no_page_takes_more_than_fifteen_statements() -> None:
    cast = the_cast(today=talk.TODAY)
    number, visit = at_review(cast)
    counted: dict[str, int] = {}
    for name, address in pages_of(number, visit, cast):
        may = roles_for(DOORS[name])
        role = next((r for r in ROLES if r in may), "handler")
        client = browser_of(cast.actors[role])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code == 200:
            counted[f"{address} ({role})"] = len(queries)
    worst = sorted(counted.items(), key=lambda page: -page[1])
    told = "\n".join(f"{n:3} {page}" for page, n in worst[:12])
    print(f"{len(counted)} pages; the most statements:\n{told}")
    assert len(counted) >= PAGES_MIN, sorted(counted)
    assert worst[0][1] <= STATEMENTS_MAX, told
