"""Stories of several claims under one policy, each brought by the cast from the counter to the calculation or the decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils import timezone

from lipei.claimfile.commands import PartyData, ask_items, record_party, report_claim, request_claim, take_on_claim
from lipei.claimfile.tests.people import Cast, identity_number
from lipei.coverage.commands import estimate_exposures, show_first_view, verify_coverage
from lipei.coverage.queries import verification_of
from lipei.coverage.rules import Conclusion
from lipei.coverage.tests.steps import neighbours_did, tell
from lipei.filing.actor import system
from lipei.intake.commands import register_claim
from lipei.policies.commands import PersonData, PolicyData, take_over_policy
from lipei.policies.models import Insured, Policy
from lipei.settlement.commands import calculate_claim, record_payee, review_and_decide, submit_for_review
from lipei.settlement.queries import proposal_of
from lipei.settlement.tests.steps import assessed, moved, the_payee

YEAR = 2026
REASON = "属于保障范围，计算无误。"
FAMILY = (("甘雨桐", "self", date(1985, 5, 5)), ("甘怀远", "spouse", date(1984, 2, 9)), ("甘小禾", "child", date(2015, 8, 1)))


def a_policy(code: str, **terms: str) -> Policy:
    """A calendar year of a product for a family of three."""
    people = tuple(
        PersonData(name=name, sex="F", born_on=born, identity=identity_number(born, order=284), phone="19900000176", relation=relation)
        for name, relation, born in FAMILY
    )
    data = PolicyData(
        number=f"QH-{YEAR}-M-0071-9999", product_code=code, branch_code="JH", from_date=date(YEAR, 1, 1), to_date=date(YEAR, 12, 31),
        holder=people[0], insured=people, premium_paid_to=date(YEAR, 12, 31), first_from_date=date(YEAR - 1, 1, 1),
        explained_on=date(YEAR, 1, 1), explained_to=people[0].name, terms=terms,
    )
    return Policy.objects.get(id=take_over_policy(data, by=system()))


def treated(day: str, *, paid: str = "0.00") -> dict[str, str]:
    """An accident treated on a day, settled through social insurance; the terms that do not ask for a cause leave it out."""
    return {
        "cause": "accident", "happened_on": day, "treated_from": day, "serious_illness": "false",
        "settled_through_social_insurance": "true", "social_paid": paid,
    }


def at_calculation(cast: Cast, policy: Policy, day: str, fen: int, *, who: int = 0, category: str = "exam") -> str:
    """A claim of one bill (fen) for treatment on a day, brought to the calculation."""
    insured = Insured.objects.filter(policy=policy).order_by("id")[who]
    number = report_claim(policy.pk, insured_id=insured.pk, channel="counter", by=cast.front_desk)
    person = PartyData(role="insured", name=insured.name, identity=identity_number(insured.born_on, order=284), is_sighted=True)
    record_party(number, data=person, by=cast.front_desk)
    asks = {"qinghe_million": treated(day), "tuanhui_group": {n: t for n, t in treated(day).items() if n not in ("cause", "happened_on", "serious_illness")}}
    tell(number, asks[policy.product_code], by=cast.front_desk)
    show_first_view(number, by=cast.front_desk)
    ask_items(number, items=[(category, "检查费", None, fen, "")], by=cast.front_desk)
    request_claim(number, proof=1, by=cast.front_desk)
    neighbours_did(number, "identity_established", "facts_complete", by=system())
    estimate_exposures(number, by=cast.front_desk)
    register_claim(number, by=cast.front_desk, why="test story, another loss of the same year")
    take_on_claim(number, by=cast.handler)
    said = verification_of(number, actor=cast.handler, at=timezone.now()).proposed
    verify_coverage(number, by=cast.handler, conclusions=tuple(
        c if c.is_covered else Conclusion(c.coverage, False, "依据档案里的事实，条款不保障。", c.clause, c.facts) for c in said
    ))
    neighbours_did(number, "papers_complete", "account_consented", by=system())
    moved(number, "documents.complete", by=system())
    assessed(number, allowed={}, by=system())
    moved(number, "assessment.complete", by=system())
    return number


def submitted(cast: Cast, number: str) -> None:
    """Calculated by the handler, the payee checked, submitted."""
    if calculate_claim(number, by=cast.handler).owed:
        name = Insured.objects.get(claims__number=number).name
        record_payee(number, data=the_payee(name=name, bank_account_name=name), by=cast.handler)
    submit_for_review(number, by=cast.handler)


def signed(cast: Cast, number: str) -> int:
    """Decided as the calculation says, by somebody with the authority; the amount in fen."""
    found = proposal_of(number, actor=cast.approver_2)
    assert found is not None
    review_and_decide(number, kind=found.kind, reason=REASON, by=replace(cast.approver_2, authority=10**12))
    return found.amount


def decided(cast: Cast, policy: Policy, day: str, fen: int, *, who: int = 0) -> tuple[str, int]:
    """The whole way to the decision: number and amount in fen."""
    number = at_calculation(cast, policy, day, fen, who=who)
    submitted(cast, number)
    return number, signed(cast, number)
