"""Other terms over the claims on file: checked like a new edition, compared to the cent, and nothing is changed by it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lipei import products
from lipei.claimfile.models import Claim
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.models import Entry
from lipei.settlement.commands import calculate_claim
from lipei.settlement.comparing import compare_terms
from lipei.settlement.models import Statement
from lipei.settlement.tests.steps import to_calculation
from lipei.terms.edition import edition_of
from lipei.workbench.claim.tests.walking import browser_of, read, text_of

pytestmark = pytest.mark.django_db
TERMS = (Path(products.__file__).parent / "anxin_inpatient" / "2026.yaml").read_text()
MORE = TERMS.replace("150.00", "180.00")
"""The same terms with a daily benefit of 180 yuan instead of 150."""


@pytest.fixture
def cast() -> Cast:
    found = the_cast()
    number = to_calculation(found)
    calculate_claim(number, by=found.handler)
    return found


def sent(browser: Client, text: str | bytes, name: str = "new.yaml") -> tuple[int, str]:
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    answer = browser.post(reverse("reference_compare", args=("anxin_inpatient", "2026")), {"terms": file})
    return answer.status_code, text_of(answer.content)


def test_the_same_terms_change_nothing(cast: Cast) -> None:
    found = compare_terms(edition_of(TERMS))
    assert (found.compared, found.more, found.less, found.now) == (1, 0, 0, found.then)
    assert (found.by_clause, found.greatest, found.unable) == ((), (), ())


def test_a_higher_daily_benefit_is_told_by_claim_and_clause_to_the_cent(cast: Cast) -> None:
    found = compare_terms(edition_of(MORE))
    days = found.greatest[0].difference // 30_00
    assert found.then - found.now == days * 30_00 > 0
    assert dict(found.by_clause) == {"3.1": days * 30_00}
    claim = Claim.objects.get(number=found.greatest[0].number)
    assert found.greatest[0].now == Statement.objects.get(claim=claim).owed
    status, page = sent(browser_of(cast.administrator), MORE)
    assert status == 200
    assert f"+{Decimal(days * 30):,.2f}" in page
    assert claim.insured_name not in page


def test_trying_changes_nothing(cast: Cast) -> None:
    before = Entry.objects.count(), Claim.objects.get().owed
    sent(browser_of(cast.administrator), MORE)
    assert (Entry.objects.count(), Claim.objects.get().owed) == before


def test_a_wrong_document_is_answered_with_every_fault_its_line_and_cure(cast: Cast) -> None:
    wrong = TERMS.replace('clause: "3.1"', 'clause: "3.9"').replace("currency: CNY", "currency: XYZ")
    status, page = sent(browser_of(cast.administrator), wrong, "wrong.yaml")
    assert status == 422
    assert "wrong.yaml 有" in page
    assert "3.9" in page or "currency" in page


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"\xff\xfe\x00", "UTF-8"), (b"x" * 1_100_000, "1 MB"), ((Path(products.__file__).parent / "anri_cash" / "2026.yaml").read_bytes(), "anri_cash")],
)
def test_what_is_no_terms_document_of_this_product_is_refused_kindly(cast: Cast, body: bytes, said: str) -> None:
    status, page = sent(browser_of(cast.administrator), body)
    assert status == 422
    assert said in page


def test_terms_that_ask_for_a_fact_nobody_knows_name_the_claim_and_the_fact(cast: Cast) -> None:
    uncased = TERMS[:TERMS.index("\ncases:")]
    asked = uncased.replace("\nfacts:\n", '\nfacts:\n  escorted: {kind: boolean, label: {zh: 有人陪护, en: escorted}, question: {zh: 有人陪护吗？, en: "Was somebody with you?"}}\n', 1)
    assert asked != uncased
    found = compare_terms(edition_of(asked))
    assert found.compared == 0
    assert "有人陪护" in found.unable[0].why.zh


def test_the_page_is_one_press_from_the_product(cast: Cast) -> None:
    for who in (cast.administrator, cast.supervisor, cast.auditor):
        browser, address = browser_of(who), reverse("reference_compare", args=("anxin_inpatient", "2026"))
        assert f'href="{address}"' in browser.get(reverse("reference_product", args=("anxin_inpatient", "2026"))).content.decode()
        assert "什么也不改" in read(browser, address)


def test_a_handler_may_not_try_terms(cast: Cast) -> None:
    assert browser_of(cast.handler).get(reverse("reference_compare", args=("anxin_inpatient", "2026"))).status_code == 403
