"""By what somebody acts for another: the right proof for the capacity, who gave it, for what and until when; run out, it is shown anew."""

from __future__ import annotations

import datetime as dt

import pytest

from lipei.claimfile.tests.people import Cast, identity_number, the_cast
from lipei.filing.refusal import Refused
from lipei.frontdesk import commands as desk
from lipei.frontdesk.finding import claims_found, run_out
from lipei.frontdesk.identity_rules import BY_AUTHORITY, PROVES, visitor_of
from lipei.frontdesk.models import Authorisation
from lipei.frontdesk.tests import talk

TODAY = dt.date(2026, 11, 23)
NEIGHBOUR = identity_number(dt.date(1970, 2, 3), order=11)
LETTER = {
    "capacity": "agent", "relation": "邻居", "authority": "letter_of_authority", "authority_sighted": "on", "authority_by": "方玉兰",
    "authority_scope": "claim", "authority_until_closed": "on",
}
CARD = {"name": "钟鸣", "document": "id_card", "number": NEIGHBOUR, "long_term": "on", "phone": "19900000099", "sighted": "on"}


def faults(purpose: str = "new_loss", **changes: str) -> list[str]:
    return [m.field for m in visitor_of({**CARD, **LETTER, **changes}, today=TODAY, purpose=purpose)[1]]


def test_every_capacity_that_needs_a_proof_has_one_that_fits() -> None:
    assert set(PROVES) == BY_AUTHORITY
    assert all(PROVES.values())


def test_a_letter_says_who_for_what_and_until_when() -> None:
    assert faults() == []
    assert faults(authority_by="", authority_scope="", authority_until_closed="") == ["authority_by", "authority_scope", "authority_to"]
    assert faults(authority_until_closed="", authority_to="2026-11-22") == ["authority_to"]
    assert faults(authority_until_closed="", authority_to="2026-11-23") == [], "its last day counts"
    assert faults(authority_sighted="") == ["authority_sighted"]


def test_a_letter_for_papers_reports_no_claim_but_brings_papers() -> None:
    assert faults(authority_scope="papers") == ["authority_scope"]
    assert faults("bring_papers", authority_scope="papers") == []


@pytest.mark.parametrize(("capacity", "authority", "fits"), [
    ("heir", "letter_of_authority", False), ("heir", "notarial_deed", True), ("agent", "household_register", False),
    ("guardian", "birth_certificate", True), ("beneficiary", "policy_names_beneficiary", True), ("beneficiary", "marriage_certificate", False),
])
def test_each_capacity_is_proved_by_its_own_papers(capacity: str, authority: str, fits: bool) -> None:
    told = {"authority_by": "", "authority_scope": "", "authority_until_closed": ""} if authority != "letter_of_authority" else {}
    assert faults(capacity=capacity, authority=authority, **told) == ([] if fits else ["authority"])


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast(today=talk.TODAY)


def brought_by_a_neighbour(cast: Cast, **changes: str) -> str:
    visit = talk.brought_to("identity", cast)
    told = {**talk.identity(talk.choice_of(cast)), **CARD, **LETTER, "find": cast.policy.number, **changes}
    desk.identify(visit, told=told, by=cast.front_desk)
    return visit


def test_the_authority_stays_on_file_with_its_limits(cast: Cast) -> None:
    brought_by_a_neighbour(cast, authority_until_closed="", authority_to=talk.day(-10))
    row = Authorisation.objects.get()
    assert (row.kind, row.given_by, row.scope, row.valid_to) == ("letter_of_authority", "方玉兰", "claim", talk.TODAY + dt.timedelta(days=10))


def test_only_the_insured_or_the_policyholder_lets_another_act(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        brought_by_a_neighbour(cast, authority_by="钟鸣")
    assert [m.field for m in refused.value.missing] == ["authority_by"]
    assert "方玉兰" not in str(refused.value), "and whose policy it is stays covered"


def test_who_is_known_shows_the_letter_again_only_when_it_has_run_out(cast: Cast) -> None:
    visit = brought_by_a_neighbour(cast, authority_until_closed="", authority_to=talk.day(0))
    found = claims_found({"number": NEIGHBOUR}, by=cast.front_desk)
    assert [(f.claim_number, f.is_known) for f in found] == [(talk.number_of(visit), True)]
    assert run_out(NEIGHBOUR, today=talk.TODAY) == set()
    assert len(run_out(NEIGHBOUR, today=talk.TODAY + dt.timedelta(days=1))) == 1
