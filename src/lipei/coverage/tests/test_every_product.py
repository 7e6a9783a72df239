"""A claim under every product: checked at the counter, a first view given, and named from its own terms."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from lipei import products
from lipei.calculation import facts_of
from lipei.claimfile.commands import PartyData, record_party, report_claim
from lipei.claimfile.tests.people import Cast, identity_number, the_cast
from lipei.coverage.commands import check_at_counter, show_first_view
from lipei.coverage.tests.steps import claim_of, tell
from lipei.filing.actor import system
from lipei.policies.commands import PersonData, PolicyData, take_over_policy
from lipei.policies.models import Policy
from lipei.terms.document import WorkedCase
from lipei.terms.edition import Edition

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
BORN = date(1985, 5, 5)
ALWAYS = ("in_force", "edition", "insured_person", "premium", "explained")
ASKED_AT_THE_COUNTER = ("first_view", "registration")


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=TODAY)


def a_paid_case(edition: Edition) -> WorkedCase:
    """The last worked case that pays, whose days have passed, and whose bill is of the kind that is tried before it comes in."""
    kinds = edition.document.categories
    tried = kinds if "other" in kinds else list(kinds)[:1]
    for case in reversed(edition.document.cases):
        days = [value for value in facts_of(edition, case.facts).values() if isinstance(value, date)]
        is_tried = not case.items or any(item.category in tried for item in case.items)
        if case.owed > 0 and is_tried and max(days) <= TODAY and date.fromisoformat(case.policy["cover_from"]).year == TODAY.year:
            return case
    raise AssertionError(f"{edition.code} has no such case")


def policy_of(edition: Edition, case: WorkedCase) -> Policy:
    """A policy of one adult under the terms of the case."""
    person = PersonData(name="甘雨桐", sex="F", born_on=BORN, identity=identity_number(BORN, order=284), phone="19900000176")
    values = facts_of(edition, case.policy, section="policy")
    first, last = values["cover_from"], values["cover_to"]
    terms = {name: text for name, text in case.policy.items() if name not in ("cover_from", "cover_to", "born_on")}
    data = PolicyData(
        number="QH-2026-M-0071-9999", product_code=edition.document.product, branch_code="JH", from_date=first, to_date=last,
        holder=person, insured=(person,), premium_paid_to=last, first_from_date=first, explained_on=first,
        explained_to=person.name, terms=terms,
    )
    return Policy.objects.get(id=take_over_policy(data, by=system()))


@pytest.mark.parametrize("code", products.codes())
def test_the_claim_is_seen_and_named_from_its_own_terms(cast: Cast, code: str) -> None:
    edition = products.editions(code)[-1]
    case = a_paid_case(edition)
    policy = policy_of(edition, case)
    insured = policy.insured.get()
    number = report_claim(policy.pk, insured_id=insured.pk, channel="counter", by=cast.front_desk)
    person = PartyData(role="insured", name=insured.name, identity=identity_number(insured.born_on, order=284), is_sighted=True)
    record_party(number, data=person, by=cast.front_desk)
    specs = edition.document.facts
    usual = {name: spec.default for name, spec in specs.items() if spec.default is not None}
    told = {n: t for n, t in (usual | case.facts).items() if specs[n].required_at in ASKED_AT_THE_COUNTER}
    tell(number, {**told, "estimated_cost": "20000.00"}, by=cast.front_desk)
    check = check_at_counter(number, by=cast.front_desk)
    passed = {v.code: v.passed for v in check.verdicts}
    assert {code: passed[code] for code in ALWAYS} == dict.fromkeys(ALWAYS, "yes")
    view = show_first_view(number, by=cast.front_desk)
    assert 0 <= view.low <= view.high
    assert view.high > 0
    claim = claim_of(number)
    loss_on = next(text for name, text in case.facts.items() if specs[name].kind == "date")
    assert timezone.localtime(claim.loss_at).date().isoformat() == loss_on
    assert (claim.product_code, claim.currency) == (code, edition.document.currency)
