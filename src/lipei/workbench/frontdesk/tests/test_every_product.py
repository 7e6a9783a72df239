"""A motor, a property and a travel loss at the counter: facts driven by the product's own schema, from the welcome to the farewell, by the pages."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from lipei import products
from lipei.claimfile.models import Claim, Fact
from lipei.claimfile.tests.people import Cast, identity_number, the_cast
from lipei.filing.actor import system
from lipei.frontdesk.facts_rules import Asked, asked_at_desk, facts_of_talk
from lipei.frontdesk.models import Visit
from lipei.frontdesk.stations import stations_of
from lipei.frontdesk.tests import talk
from lipei.policies.commands import PersonData, PolicyData, take_over_policy
from lipei.policies.models import Policy
from lipei.terms.edition import Edition
from lipei.workbench.frontdesk.tests.test_pages import at_the_desk, text, url

HERE = [e for e in products.editions() if e.document.jurisdiction == "cn"]
TERMS = {
    "xingan_motor": {"first_registered_on": f"{talk.TODAY.year - 4}-05-02", "vehicle_sum": "150,000.00", "third_party_limit": "1,000,000.00"},
    "hengji_property": {"assets_sum": "8,000,000.00", "stock_sum": "1,000,000.00"},
    "yuanfan_travel": {},
    "lutong_compulsory": {},
}


def said(asked: Asked) -> str:
    """Any right answer to a question of its kind."""
    if asked.choices:
        return next(iter(asked.choices))
    return {"date": talk.day(9), "time": "06:20", "amount": "3,000", "whole": "5", "ratio": "50%"}.get(asked.kind, "镜湖路 8 号")


def answers(edition: Edition) -> dict[str, str]:
    return {asked.name: said(asked) for asked in asked_at_desk(edition)}


@pytest.mark.parametrize("edition", HERE, ids=lambda e: e.code)
def test_the_questions_of_every_product_are_its_own_and_can_be_answered(edition: Edition) -> None:
    asked = asked_at_desk(edition)
    names = [a.name for a in asked]
    schema = [n for n, spec in edition.document.facts.items() if spec.required_at in ("first_view", "registration")]
    assert set(schema) <= set(names)
    assert len(set(names)) == len(names)
    was_treated = edition.document.line in ("medical", "group_medical", "hospital_cash", "accident", "critical_illness")
    assert ("hospital" in names) == was_treated
    days = [names.index(a.name) for a in asked if a.kind == "date"]
    assert min(days) < names.index("happened_time")
    facts, faults = facts_of_talk(asked, answers(edition), today=talk.TODAY, born_on=None, colleagues=frozenset())
    assert not faults, [f.what.zh for f in faults]
    assert facts is not None


@pytest.mark.parametrize("edition", HERE, ids=lambda e: e.code)
def test_no_day_of_any_product_lies_before_the_birth(edition: Edition) -> None:
    born = dt.date.fromisoformat(talk.day(3))
    faults = facts_of_talk(asked_at_desk(edition), answers(edition), today=talk.TODAY, born_on=born, colleagues=frozenset())[1]
    assert any("出生日期" in f.what.zh for f in faults)


def policy_of(product: str) -> Policy:
    year = talk.TODAY.year
    born = dt.date(year - 43, 9, 21)
    holder = PersonData(name="周砚秋", sex="F", born_on=born, identity=identity_number(born, order=262), phone="19900000042")
    made = take_over_policy(
        PolicyData(
            number=f"QH-{year}-X-0001-0001", product_code=product, branch_code="JH", from_date=dt.date(year, 1, 1), to_date=dt.date(year, 12, 31), holder=holder,
            insured=(holder,), premium_paid_to=dt.date(year, 12, 31), first_from_date=dt.date(year, 1, 1), explained_on=dt.date(year - 1, 12, 28),
            explained_to="周砚秋", terms=TERMS[product],
        ),
        by=system(),
    )
    return Policy.objects.get(id=made)


@pytest.mark.django_db
@pytest.mark.parametrize("product", TERMS)
def test_a_loss_that_is_no_illness_goes_through_all_stations(product: str) -> None:
    cast: Cast = the_cast(today=talk.TODAY)
    policy = policy_of(product)
    clerk = at_the_desk(cast.front_desk)
    clerk.post("/visits/open/", {"counter": "3", "key": str(uuid.uuid4())})
    visit = Visit.objects.get().number
    edition = next(e for e in HERE if e.document.product == product)
    choice = f"policy:{policy.pk}:{policy.insured.get().pk}"
    typed = {
        "welcome": talk.GREETING, "identity": talk.identity(choice), "listening": {"account": talk.ACCOUNT, "read_back": "on"}, "facts": answers(edition),
        "explanation": talk.UNDERSTOOD, "papers": _papers(edition), "farewell": talk.farewell(),
    }
    for station in stations_of("new_loss"):
        page = clerk.get(url(visit, station.id))
        assert page.status_code == 200, station.id
        assert station.id != "facts" or "哪家医院" not in text(page)
        answer = clerk.post(url(visit, station.id), typed.get(station.id, {}))
        assert answer.status_code == 302, (station.id, text(answer))
    claim = Claim.objects.get()
    assert claim.product_code == product
    assert claim.requested_at is not None
    assert Fact.objects.filter(claim=claim, is_current=True, state="known").count() >= len(answers(edition))


def _papers(edition: Edition) -> dict[str, str]:
    document = edition.document
    kinds = [k for k in document.documents if k not in ("application", "identity")]
    papers = {f"paper_{kinds[0]}_form": "original", f"paper_{kinds[0]}_pages": "2", "place": "3 柜 · 盒 12", "application_read": "on", "application_signed": "on"}
    category = next(iter(document.categories), "")
    return papers | ({"item_1_category": category, "item_1_label": "损失", "item_1_amount": "3,000.00"} if category else {})
