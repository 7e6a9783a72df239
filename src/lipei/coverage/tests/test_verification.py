"""From the counter's check to the conclusion on every coverage: what is known, what is open, and nothing against anybody without a ground."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from lipei.claimfile.commands import leave_fact_open, take_on_claim
from lipei.claimfile.models import Exposure
from lipei.claimfile.tests.people import Cast, identity_number, the_cast
from lipei.coverage.commands import check_at_counter, estimate_exposures, show_first_view, verify_coverage
from lipei.coverage.models import CoverageCheck, FirstView
from lipei.coverage.queries import last_check, last_first_view, verification_of
from lipei.coverage.rules import Conclusion
from lipei.coverage.tests.steps import asked, claim_of, facts_of_the_fall, milestones, reported, tell
from lipei.filing.actor import system
from lipei.filing.refusal import Refused
from lipei.intake.commands import register_claim
from lipei.policies.commands import PersonData, PolicyData, take_over_policy
from lipei.policies.models import Policy
from lipei.terms.words import both

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=TODAY)


def verified(cast: Cast, number: str) -> None:
    show_first_view(number, by=cast.front_desk)
    asked(number, cast)
    estimate_exposures(number, by=cast.front_desk)
    register_claim(number, by=cast.front_desk)
    take_on_claim(number, by=cast.handler)


def test_the_clerk_checks_and_every_verdict_is_kept_with_its_reason(cast: Cast) -> None:
    number = reported(cast)
    check = check_at_counter(number, by=cast.front_desk)
    found = {v.code: v for v in check.verdicts}
    assert check.is_covered is True
    assert found["in_force"].passed == "yes"
    assert "2026-10-24 在保险期间" in found["in_force"].reason.zh
    assert found["insured_person"].passed == "yes"
    assert found["premium"].passed == "yes"
    assert found["edition"].reason.zh.startswith("安心住院医疗保险，2026 版")
    assert found["waiting"].reason.zh == "意外伤害和续保没有等待期"
    assert sum(v.code == "exclusion" for v in check.verdicts) == 10
    assert all(v.reason.zh and v.reason.en and v.source.zh for v in check.verdicts)
    assert last_check(number, actor=cast.auditor) == check
    assert "counter_checked" in milestones(number)


def test_what_is_not_known_stays_open_and_no_check_is_ever_thrown_away(cast: Cast) -> None:
    number = reported(cast, facts={"cause": "accident", "happened_on": "2026-10-24"})
    check_at_counter(number, by=cast.front_desk)
    tell(number, facts_of_the_fall(2026), by=cast.front_desk)
    check_at_counter(number, by=cast.front_desk)
    first, second = CoverageCheck.objects.order_by("id")
    assert first.is_covered is None
    assert second.is_covered is True


def test_the_first_view_is_a_range_with_its_unknowns_and_no_promise(cast: Cast) -> None:
    number = reported(cast, facts={"cause": "accident", "happened_on": "2026-10-24", "admitted_on": "2026-10-24", "estimated_cost": "65000.00"})
    view = show_first_view(number, by=cast.front_desk)
    assert 0 <= view.low < view.high
    assert not view.is_open_ended
    assert {u.name for u in view.unknown} >= {"hospital_level", "discharged_on", "settled_through_social_insurance", "item:other"}
    assert "不是承诺" in view.sentence.zh
    assert "not a promise" in view.sentence.en
    claim = claim_of(number)
    assert (claim.subject_zh, claim.cause, claim.line) == ("意外受伤住院", "accident", "medical")
    assert timezone.localtime(claim.loss_at).date() == date(2026, 10, 24)
    assert last_first_view(number, actor=cast.handler) == view
    assert "first_view_shown" in milestones(number)


def test_each_unknown_says_what_it_alone_does_to_the_amount_and_which_paper_settles_it(cast: Cast) -> None:
    told = {"cause": "accident", "happened_on": "2026-10-24", "admitted_on": "2026-10-24", "discharged_on": "2026-11-07",
            "hospital_level": "tertiary", "estimated_cost": "65000.00"}
    number = reported(cast, facts=told)
    view = show_first_view(number, by=cast.front_desk)
    says = {u.name: u.moves for u in view.unknown}
    moves = {name: words for name, words in says.items() if words is not None}
    assert moves["social_paid"].zh == "光这一项，金额可能相差 ¥66,400.00；看“社保结算单”就能定"
    assert moves["item:other"].en.startswith("this alone may move the amount by ¥")
    assert "settled by" not in moves["item:other"].en
    kept = FirstView.objects.get().content["unknown"]
    by_size = [u["moves"] for u in kept if u["moves"] is not None]
    assert by_size == sorted(by_size, reverse=True)
    assert verification_of(number, actor=cast.handler, at=timezone.now()).unknown == view.unknown


def test_an_untold_bill_leaves_unsaid_what_the_rest_would_move(cast: Cast) -> None:
    number = reported(cast, facts={"cause": "accident", "happened_on": "2026-10-24", "admitted_on": "2026-10-24"})
    view = show_first_view(number, by=cast.front_desk)
    assert view.is_open_ended
    assert [u.moves for u in view.unknown] == [None] * len(view.unknown)


def test_the_first_view_names_every_question_nobody_has_asked(cast: Cast) -> None:
    number = reported(cast, facts={})
    with pytest.raises(Refused) as refused:
        show_first_view(number, by=cast.front_desk)
    assert [m.what.zh for m in refused.value.missing] == ["还没有问：住院原因", "还没有问：发病或受伤日", "还没有问：入院日"]
    assert "first_view_shown" not in milestones(number)


def test_a_question_left_open_with_a_person_does_not_stop_the_first_view(cast: Cast) -> None:
    number = reported(cast, facts={"cause": "illness", "admitted_on": "2026-10-24", "estimated_cost": "20000"})
    leave_fact_open(number, name="happened_on", label=both("发病日"), user_id=cast.handler.user_id or 0,
                    due_at=timezone.now(), by=cast.front_desk)
    view = show_first_view(number, by=cast.front_desk)
    assert "happened_on" in {u.name for u in view.unknown}


def test_without_any_cost_the_view_says_so_and_nothing_can_be_registered(cast: Cast) -> None:
    number = reported(cast)
    view = show_first_view(number, by=cast.front_desk)
    assert view.is_open_ended
    assert "花了多少还不知道" in view.sentence.zh
    with pytest.raises(Refused) as refused:
        estimate_exposures(number, by=cast.front_desk)
    assert [m.what.zh for m in refused.value.missing] == ["还不知道客户要求多少"]


def test_the_estimate_of_each_coverage_comes_from_the_items_asked(cast: Cast) -> None:
    number = reported(cast)
    show_first_view(number, by=cast.front_desk)
    asked(number, cast)
    views = {v.coverage: v for v in estimate_exposures(number, by=cast.front_desk)}
    assert (views["inpatient"].low, views["inpatient"].high) == (2_413_033, 2_413_033)
    assert views["hospital_cash"].estimate == 165_000
    assert "estimated" in milestones(number)
    register_claim(number, by=cast.front_desk)
    assert claim_of(number).stage == "registered"


def test_the_handler_concludes_and_the_policy_is_frozen(cast: Cast) -> None:
    number = reported(cast)
    verified(cast, number)
    verify_coverage(number, conclusions=(Conclusion("inpatient", True), Conclusion("hospital_cash", True)), by=cast.handler)
    claim = claim_of(number)
    assert claim.stage == "collecting"
    assert claim.snapshot is not None
    assert (claim.snapshot.edition, claim.snapshot.loss_on) == ("2026", date(2026, 10, 24))
    assert "coverage_verified" in milestones(number)


def test_nothing_is_concluded_against_the_claimant_without_reason_clause_and_fact(cast: Cast) -> None:
    number = reported(cast)
    verified(cast, number)
    with pytest.raises(Refused) as refused:
        verify_coverage(number, conclusions=(Conclusion("inpatient", False, reason="不行"),), by=cast.handler)
    said = [m.what.zh for m in refused.value.missing]
    assert said == [
        "不保障“住院医疗费用”还没有写理由", "不保障“住院医疗费用”还没有写条款", "不保障“住院医疗费用”依据的事实不在档案里",
        "按档案里的事实，条款并没有排除“住院医疗费用”", "“住院津贴”还没有结论",
    ]
    assert claim_of(number).stage == "verifying"
    assert claim_of(number).snapshot is None


def test_a_ground_on_file_is_confirmed_with_its_clause(cast: Cast) -> None:
    number = reported(cast)
    verified(cast, number)
    tell(number, {"unlawful_driving": "true"}, by=cast.handler)
    seen = verification_of(number, actor=cast.handler, at=timezone.now())
    assert [(c.is_covered, c.clause, c.facts) for c in seen.proposed] == [(False, "4.4", ("unlawful_driving",))] * 2
    with pytest.raises(Refused, match="not covered"):
        verify_coverage(number, conclusions=(Conclusion("inpatient", True), Conclusion("hospital_cash", True)), by=cast.handler)
    reason = "事故认定书写明酒后驾驶，属于第 4.4 条。"
    verify_coverage(
        number, by=cast.handler,
        conclusions=tuple(Conclusion(c.coverage, False, reason=reason, clause=c.clause, facts=c.facts) for c in seen.proposed),
    )
    assert set(Exposure.objects.values_list("conclusion", flat=True)) == {"not_covered"}


def test_an_exclusion_that_was_never_explained_cannot_be_used(cast: Cast) -> None:
    cast = Cast(cast.actors, never_explained(), cast.branch)
    number = reported(cast)
    verified(cast, number)
    tell(number, {"unlawful_driving": "true"}, by=cast.handler)
    reason = "事故认定书写明酒后驾驶，属于第 4.4 条。"
    with pytest.raises(Refused) as refused:
        verify_coverage(
            number, by=cast.handler,
            conclusions=tuple(Conclusion(c, False, reason=reason, clause="4.4", facts=("unlawful_driving",)) for c in ("inpatient", "hospital_cash")),
        )
    assert "第 4.4 条没有说明记录，不能用来拒绝“住院医疗费用”" in [m.what.zh for m in refused.value.missing]


def never_explained() -> Policy:
    """A policy whose holder was never told about the clauses that limit cover."""
    born = date(1955, 3, 8)
    person = PersonData(name="方玉兰", sex="F", born_on=born, identity=identity_number(born, order=284), phone="19900000176")
    policy_id = take_over_policy(
        PolicyData(
            number="QH-2026-M-0071-9999", product_code="anxin_inpatient", branch_code="JH", from_date=date(2026, 1, 1),
            to_date=date(2026, 12, 31), holder=person, insured=(person,), premium_paid_to=date(2026, 12, 31), first_from_date=date(2026, 1, 1),
        ),
        by=system(),
    )
    return Policy.objects.get(id=policy_id)


def test_verification_cannot_be_taken_before_the_claim_is_registered(cast: Cast) -> None:
    number = reported(cast)
    with pytest.raises(Refused, match="is not possible here"):
        verify_coverage(number, conclusions=(), by=cast.handler)


def test_the_front_desk_may_not_conclude(cast: Cast) -> None:
    number = reported(cast)
    with pytest.raises(Refused) as refused:
        verify_coverage(number, conclusions=(), by=cast.front_desk)
    assert refused.value.code == "not_permitted"


def test_a_cost_that_cannot_be_is_refused(cast: Cast) -> None:
    number = reported(cast)
    for charges in ((0, 0), (-1, 5), (5, 4)):
        with pytest.raises(Refused, match="cannot be given yet"):
            show_first_view(number, charges=charges, by=cast.front_desk)


def test_with_no_date_known_impossible_orders_are_not_counted(cast: Cast) -> None:
    number = reported(cast, facts={"cause": "accident", "estimated_cost": "20000"})
    for name in ("happened_on", "admitted_on"):
        leave_fact_open(number, name=name, label=both(name), user_id=cast.handler.user_id or 0, due_at=timezone.now(), by=cast.front_desk)
    view = show_first_view(number, by=cast.front_desk)
    assert {"happened_on", "admitted_on", "discharged_on"} <= {u.name for u in view.unknown}
    assert {c.answers for c in view.coverages} == {"open"}


def test_a_contradiction_on_file_is_named_and_stays_open(cast: Cast) -> None:
    number = reported(cast, facts={**facts_of_the_fall(2026), "discharged_on": "2026-10-20"})
    check = check_at_counter(number, by=cast.front_desk)
    assert check.is_covered is None
    assert "出院日不能早于入院日" in next(v.reason.zh for v in check.verdicts if v.code == "fact")
