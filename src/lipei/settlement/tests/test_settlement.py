"""From the calculation to the signed decision: exact, by somebody else, within authority, and nothing skipped."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone

from lipei.claimfile.diary import clocks_of
from lipei.claimfile.models import ClockEvent, Party, Task
from lipei.claimfile.moving import locked_claim, withdraw
from lipei.claimfile.tests.people import Cast, identity_number, the_cast
from lipei.coverage.tests.steps import claim_of, milestones, reported, tell
from lipei.coverage.tests.test_verification import TODAY
from lipei.filing.actor import Actor, system
from lipei.filing.command import NOW, command
from lipei.filing.models import Entry
from lipei.filing.refusal import Refused
from lipei.policies.models import AccumulatorMovement
from lipei.privacy.cipher import keyring
from lipei.settlement.commands import (
    calculate_claim,
    decide,
    pass_review,
    record_payee,
    return_claim,
    review_and_decide,
    submit_for_review,
)
from lipei.settlement.models import Decision, Review, Statement
from lipei.settlement.queries import current_statement, last_decision, proposal_of, rerun, what_if
from lipei.settlement.tests.steps import the_payee, to_calculation, to_review
from lipei.staff.commands import declare_interest
from lipei.staff.models import Interest

pytestmark = pytest.mark.django_db
REASON = "属于保障范围，计算无误。"
OWED = 2_578_033  # 26,320.33 less the 540.00 that an unused deductible takes


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=TODAY)


# ---------- the calculation ----------


def test_the_handler_calculates_and_the_statement_is_kept_whole(cast: Cast) -> None:
    number = to_calculation(cast)
    view = calculate_claim(number, by=cast.handler)
    row = Statement.objects.get()
    assert (view.claimed, view.owed) == (6_842_050, OWED)
    assert row.sha256 == view.statement.fingerprint
    assert json.loads(row.content)["owed"] == "25780.33"
    entry = Entry.objects.get(id=row.entry_id)
    assert json.loads(entry.plain)["sha256"] == row.sha256
    assert {"calculated"} <= milestones(number)


def test_run_again_the_statement_gives_the_same_bytes(cast: Cast) -> None:
    number = to_calculation(cast)
    calculate_claim(number, by=cast.handler)
    again = rerun(number, actor=cast.auditor)
    assert again is not None
    assert again.is_same
    assert again.words.zh == "逐字节相同"


def test_a_statement_that_was_touched_is_found(cast: Cast) -> None:
    number = to_calculation(cast)
    calculate_claim(number, by=cast.handler)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lipei.command', gen_random_uuid()::text, true)")
        cursor.execute("UPDATE statement SET content = replace(content, '25780.33', '95780.33')")
        cursor.execute("SELECT set_config('lipei.command', '', true)")
    again = rerun(number, actor=cast.auditor)
    assert again is not None
    assert not again.is_same


def test_the_assessors_cut_enters_with_its_reason(cast: Cast) -> None:
    number = to_calculation(cast, allowed={2: (1_240_000, "重复收费", "费用清单第 3 页")})
    calculate_claim(number, by=cast.handler)
    proposal = proposal_of(number, actor=cast.approver)
    assert proposal is not None
    cut = next(g for g in proposal.grounds if g.what.zh == "西药费")
    assert (cut.amount, cut.kind) == (6_030, "cut")
    assert cut.fact.zh == "重复收费：12,460.30 → 12,400.00（费用清单第 3 页）"


def test_the_grounds_lead_from_the_asked_amount_to_the_owed_one(cast: Cast) -> None:
    number = to_calculation(cast, allowed={2: (1_240_001, "重复收费", "费用清单第 3 页")})
    view = calculate_claim(number, by=cast.handler)
    proposal = proposal_of(number, actor=cast.approver)
    assert proposal is not None
    taken = sum(g.amount for g in proposal.grounds if g.kind != "added")
    added = sum(g.amount for g in proposal.grounds if g.kind == "added")
    assert view.claimed - taken + added == view.owed
    assert all(g.clause and g.quoted.zh and g.fact.zh for g in proposal.grounds)
    assert [g.what.zh for g in proposal.grounds if g.kind == "cut"][1:] == ["特需陪护费不在保障内", "床位费每日限额", "植入材料每次住院限额"]


def test_everything_the_terms_still_need_is_listed_at_once(cast: Cast) -> None:
    facts = {"cause": "accident", "happened_on": "2026-10-24", "admitted_on": "2026-10-24"}
    number = to_calculation(cast, facts=facts)
    with pytest.raises(Refused) as refused:
        calculate_claim(number, by=cast.handler)
    assert [m.what.zh for m in refused.value.missing] == ["出院日还不知道", "医院级别还不知道", "已经社保结算还不知道"]
    assert all(m.where == ("claim_facts", (number,)) for m in refused.value.missing)
    assert Statement.objects.count() == 0


def test_a_fact_that_turns_the_terms_against_a_conclusion_stops_the_calculation(cast: Cast) -> None:
    number = to_calculation(cast)
    tell(number, {"unlawful_driving": "true"}, by=cast.handler)
    with pytest.raises(Refused) as refused:
        calculate_claim(number, by=cast.handler)
    assert {m.where for m in refused.value.missing} == {("claim_coverage", (number,))}
    assert len(refused.value.missing) == 2


def test_calculated_again_the_earlier_statement_stays_and_the_review_is_taken_back(cast: Cast) -> None:
    number = to_review(cast)
    return_claim(number, what="请补出院小结上的出院日。", by=cast.approver)
    tell(number, {"discharged_on": "2026-11-06"}, by=cast.handler)
    second = calculate_claim(number, by=cast.handler)
    assert second.number == 2
    assert list(Statement.objects.order_by("number").values_list("number", "is_current")) == [(1, False), (2, True)]
    assert "review_passed" not in milestones(number)


def test_the_calculation_belongs_to_its_stage_and_its_role(cast: Cast) -> None:
    number = reported(cast)
    with pytest.raises(Refused) as refused:
        calculate_claim(number, by=cast.handler)
    assert refused.value.code == "conflict"
    with pytest.raises(Refused) as refused:
        calculate_claim(number, by=cast.approver)
    assert refused.value.code == "not_permitted"


def test_an_earlier_claim_has_used_the_deductible(cast: Cast) -> None:
    first = to_review(cast)
    review_and_decide(first, kind="part", reason=REASON, by=cast.approver)
    assert dict(AccumulatorMovement.objects.values_list("accumulator", "amount"))["annual_deductible"] == 200_000
    second = to_calculation(cast)
    view = calculate_claim(second, by=cast.handler)
    assert view.owed > OWED
    line = next(line for line in view.statement.lines if line.step == "aggregate_deductible")
    assert line.cut == 0
    assert "10 月已抵" in [o.source.zh for o in line.operands if o.source]


# ---------- what if ----------


def test_a_changed_fact_shows_the_difference_and_saves_nothing(cast: Cast) -> None:
    number = to_calculation(cast)
    calculate_claim(number, by=cast.handler)
    entries = Entry.objects.count()
    seen = what_if(number, changes={"hospital_states_no_substitute": "true"}, actor=cast.handler)
    assert seen.difference == 315_000
    assert [(label.zh, before.zh, after.zh) for label, before, after in seen.changes] == [("医院书面说明无同类材料可以替代", "否", "是")]
    assert Entry.objects.count() == entries
    assert current_statement(number, actor=cast.handler).owed == OWED  # type: ignore[union-attr]


def test_a_what_if_names_every_value_it_cannot_read(cast: Cast) -> None:
    number = to_calculation(cast)
    calculate_claim(number, by=cast.handler)
    with pytest.raises(Refused) as refused:
        what_if(number, changes={"discharged_on": "2026-02-31", "social_paid": "一万"}, actor=cast.handler)
    assert [m.field for m in refused.value.missing] == ["fact_discharged_on", "fact_social_paid"]


# ---------- the payee ----------


def test_all_that_is_wrong_with_an_account_is_said_at_once(cast: Cast) -> None:
    number = to_calculation(cast)
    with pytest.raises(Refused) as refused:
        record_payee(number, data=the_payee(name="周砚春", bank_name=" ", bank_account="6222 0212 3456 7890 129", bank_account_name="周砚秋"), by=cast.handler)
    assert [m.what.zh for m in refused.value.missing] == [
        "还没有写开户银行", "尾号 0129 的账号校验位不对", "账户户名“周砚秋”不是收款人“周砚春”", "“周砚春”不是本案的当事人",
    ]
    assert "payee_verified" not in milestones(number)


def test_the_holder_may_be_paid_and_a_stranger_only_with_a_mandate(cast: Cast) -> None:
    number = to_calculation(cast)
    record_payee(number, data=the_payee(name="周砚秋", bank_account_name="周砚秋"), by=cast.handler)
    record_payee(number, data=the_payee(name="周砚春", bank_account_name="周砚春", authority="经公证的委托书"), by=cast.handler)
    assert "payee_verified" in milestones(number)


@command("test.unconsent")
def unconsented(number: str, *, by: Actor, at: datetime = NOW) -> None:
    """The customer's consent to account data does not stand."""
    withdraw(locked_claim(number, by=by), "account_consented")


def test_without_the_customers_consent_no_persons_account_is_noted(cast: Cast) -> None:
    number = to_calculation(cast)
    unconsented(number, by=system())
    with pytest.raises(Refused) as refused:
        record_payee(number, data=the_payee(bank_name=""), by=cast.handler)
    consent, bank = refused.value.missing
    assert (consent.what.zh, consent.where) == ("客户还没有同意记下收款账户", ("claim_consents", (number,)))
    assert consent.why is not None
    assert "第二十九条" in consent.why.zh
    assert bank.field == "bank_name", "all that is missing, at once"
    assert not Party.objects.filter(claim__number=number, role="payee").exists(), "nothing of the account was kept"


def test_an_organisation_needs_no_consent_and_a_person_is_none(cast: Cast) -> None:
    number = to_calculation(cast)
    unconsented(number, by=system())
    court = the_payee(name="镜湖市示例人民法院", bank_account_name="镜湖市示例人民法院", authority="协助执行通知书", identity_kind="organisation")
    record_payee(number, data=court, by=cast.handler)
    assert "payee_verified" in milestones(number)
    with pytest.raises(Refused, match="is a person, not an organisation"):
        record_payee(number, data=the_payee(identity_kind="organisation"), by=cast.handler)


def test_the_account_is_not_changed_under_the_approvers_eyes(cast: Cast) -> None:
    number = to_review(cast)
    with pytest.raises(Refused) as refused:
        record_payee(number, data=the_payee(), by=cast.handler)
    assert refused.value.code == "conflict"


@pytest.mark.parametrize("account", ["12a4", "1234", "６２２２０２１２３４５６７８９０１２８x", ""])
def test_an_account_that_cannot_be_is_named_kindly(cast: Cast, account: str) -> None:
    number = to_calculation(cast)
    with pytest.raises(Refused) as refused:
        record_payee(number, data=the_payee(bank_account=account), by=cast.handler)
    (missing,) = refused.value.missing
    assert missing.field == "bank_account"
    assert "输入有误" not in missing.what.zh


# ---------- review and decision ----------


def test_submitting_lists_all_that_lacks(cast: Cast) -> None:
    number = to_calculation(cast)
    with pytest.raises(Refused) as refused:
        submit_for_review(number, by=cast.handler)
    assert [m.what.zh for m in refused.value.missing] == ["还没有按条款计算"]
    calculate_claim(number, by=cast.handler)
    with pytest.raises(Refused) as refused:
        submit_for_review(number, by=cast.handler)
    assert [m.what.zh for m in refused.value.missing] == ["还没有核对过的收款账户"]


def test_the_whole_way_to_a_signed_decision(cast: Cast) -> None:
    number = to_review(cast)
    pass_review(number, reason="看过费用清单、结算单和计算。", by=cast.approver)
    assert claim_of(number).stage == "deciding"
    decide(number, kind="part", reason=REASON, by=cast.approver)
    claim = claim_of(number)
    assert (claim.stage, claim.owed, claim.turn) == ("paying", OWED, "finance_maker")
    signed = last_decision(number, actor=cast.auditor)
    assert signed is not None
    assert (signed.kind, signed.amount, signed.by_name) == ("part", OWED, "顾维桢")
    assert any(g.clause == "2.2.5" and g.amount == 350_000 and "植入人体" in g.quoted.zh for g in signed.grounds)
    assert list(ClockEvent.objects.order_by("id").values_list("kind", flat=True))[-2:] == ["determined", "agreement_reached"]
    said = json.loads(Entry.objects.get(kind="claim_decided").plain)
    assert (said["kind"], said["amount"]) == ("part", OWED)
    assert said["payee_id"] > 0


def test_both_steps_in_one_press_or_neither(cast: Cast) -> None:
    number = to_review(cast)
    with pytest.raises(Refused):
        review_and_decide(number, kind="refuse", reason=REASON, by=cast.approver)
    assert claim_of(number).stage == "reviewing"
    assert Review.objects.count() == 0
    review_and_decide(number, kind="part", reason=REASON, by=cast.approver)
    assert [e.kind for e in Entry.objects.filter(kind__in=("review_passed", "claim_decided")).order_by("id")] == ["review_passed", "claim_decided"]


def test_nobody_decides_their_own_calculation(cast: Cast) -> None:
    number = to_review(cast)
    both_roles = replace(cast.handler, verbs=cast.handler.verbs | cast.approver.verbs, authority=10**9)
    with pytest.raises(Refused) as refused:
        review_and_decide(number, kind="part", reason=REASON, by=both_roles)
    assert refused.value.code == "own_work"
    assert "顾维桢" in refused.value.do.zh  # type: ignore[union-attr]
    assert "Gu Weizhen" in refused.value.do.en  # type: ignore[union-attr]


def test_a_relative_of_the_insured_is_kept_out(cast: Cast) -> None:
    number = to_review(cast)
    insured = cast.policy.insured.get()
    declare_interest(cast.approver.user_id or 0, identity_index=keyring().index(identity_number(insured.born_on, order=284)), relation="姑母", by=system())
    assert Interest.objects.count() == 1
    with pytest.raises(Refused) as refused:
        pass_review(number, reason=REASON, by=cast.approver)
    assert refused.value.code == "own_work"
    assert "秦望川" in refused.value.do.zh  # type: ignore[union-attr]


def test_above_authority_says_who_decides(cast: Cast) -> None:
    number = to_review(cast)
    small = replace(cast.approver, authority=2_000_000)
    with pytest.raises(Refused) as refused:
        review_and_decide(number, kind="part", reason=REASON, by=small)
    assert refused.value.what.zh == "¥25,780.33 超过您的权限 ¥20,000.00。"
    assert refused.value.do.zh.startswith("由顾维桢")  # type: ignore[union-attr]
    assert claim_of(number).stage == "reviewing"


def test_a_decision_without_review_is_refused(cast: Cast) -> None:
    number = to_review(cast)
    with pytest.raises(Refused, match="is not possible here"):
        decide(number, kind="part", reason=REASON, by=cast.approver)


def test_a_decision_needs_its_reason_and_follows_the_calculation(cast: Cast) -> None:
    number = to_review(cast)
    pass_review(number, reason="看过费用清单和计算。", by=cast.approver)
    with pytest.raises(Refused) as refused:
        decide(number, kind="refuse", reason=" ", by=cast.approver_2)
    assert [m.field for m in refused.value.missing] == ["decision", "reason"]
    assert "¥25,780.33" in refused.value.missing[0].what.zh


def test_signed_it_cannot_be_signed_or_returned_again(cast: Cast) -> None:
    number = to_review(cast)
    review_and_decide(number, kind="part", reason=REASON, by=cast.approver)
    for again in (lambda: decide(number, kind="part", reason=REASON, by=cast.approver), lambda: return_claim(number, what="再看一遍费用。", by=cast.approver)):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.code == "conflict"
    assert Decision.objects.count() == 1


def test_returned_it_stands_on_the_handlers_list(cast: Cast) -> None:
    number = to_review(cast)
    return_claim(number, what="请先问医院材料有没有同类可以替代。", by=cast.approver)
    assert claim_of(number).stage == "calculating"
    task = Task.objects.get(kind="review")
    assert task.user_id == cast.handler.user_id
    assert "问医院" in task.what_zh


def test_a_refusal_names_clause_and_fact_and_waits_for_its_letter(cast: Cast) -> None:
    number = to_review(cast, late={"unlawful_driving": "true"})
    proposal = proposal_of(number, actor=cast.approver)
    assert proposal is not None
    assert (proposal.kind, proposal.amount) == ("refuse", 0)
    assert {g.clause for g in proposal.grounds} == {"4.4"}
    with pytest.raises(Refused) as refused:
        review_and_decide(number, kind="refuse", reason=REASON, by=cast.approver)
    assert refused.value.what.zh.startswith("¥68,420.50 超过您的权限")
    review_and_decide(number, kind="refuse", reason="事故认定书写明酒后驾驶，按第 4.4 条不予给付。", by=cast.approver_2)
    claim = claim_of(number)
    assert (claim.stage, claim.owed, claim.turn) == ("deciding", 0, "handler")
    assert {"determined", "denied"} <= set(ClockEvent.objects.values_list("kind", flat=True))
    assert AccumulatorMovement.objects.count() == 0
    assert Entry.objects.filter(kind="claim_refused").exists()


def test_covered_but_nothing_owed_is_no_refusal(cast: Cast) -> None:
    late = {"social_paid": "65000.00", "discharged_on": "2026-10-26"}
    number = to_review(cast, late=late)
    proposal = proposal_of(number, actor=cast.approver)
    assert proposal is not None
    assert proposal.kind == "zero"
    review_and_decide(number, kind="zero", reason="属于保障范围，社保已付的部分减去以后没有余额。", by=cast.approver_2)
    assert "denied" not in set(ClockEvent.objects.values_list("kind", flat=True))
    assert claim_of(number).stage == "deciding"


def test_the_auditor_sees_and_signs_nothing(cast: Cast) -> None:
    number = to_review(cast)
    assert current_statement(number, actor=cast.auditor) is not None
    with pytest.raises(Refused) as refused:
        review_and_decide(number, kind="part", reason=REASON, by=cast.auditor)
    assert refused.value.code == "not_permitted"


def test_the_clock_of_the_decision_is_met_at_once(cast: Cast) -> None:
    number = to_review(cast)
    review_and_decide(number, kind="part", reason=REASON, by=cast.approver)
    states = {r.id: r.state for r in clocks_of(claim_of(number), at=timezone.now())}
    assert states["determination.normal"] == "met"
    assert states["payment"] == "running"
