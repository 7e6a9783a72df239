"""Claims of one policy decided out of order: the ledger's order is the clause's, and what was told is adjusted only by a person."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.db.models import Sum

from lipei import products
from lipei.calculation import LineItem, explain_again, facts_of
from lipei.calculation.replay import arrive, claim_of, opened
from lipei.claimfile.models import Task
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.coverage.tests.steps import claim_of as row_of
from lipei.coverage.tests.test_verification import TODAY
from lipei.filing.actor import system
from lipei.filing.models import Entry
from lipei.filing.refusal import Refused
from lipei.policies.models import AccumulatorMovement
from lipei.process.followups import follow_entry
from lipei.process.inline import Inline, followers_inline
from lipei.settlement.adjusting import decide_adjustment, propose_adjustments
from lipei.settlement.adjustments import adjustments_of
from lipei.settlement.commands import calculate_claim, return_claim, review_and_decide
from lipei.settlement.models import Adjustment, Decision
from lipei.settlement.queries import current_statement, rerun
from lipei.settlement.tests.several import REASON, a_policy, at_calculation, decided, signed, submitted, treated

pytestmark = pytest.mark.django_db
YUAN = 100
GROUND = "本合同第 2.7 条；民法典关于不当得利的规定"


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=TODAY)


@pytest.fixture
def followers() -> Iterator[Inline]:
    with followers_inline() as inline:
        yield inline


def booked(accumulator: str) -> int:
    return AccumulatorMovement.objects.filter(accumulator=accumulator).aggregate(total=Sum("amount"))["total"] or 0


def in_order(code: str, *claims: tuple[str, str, int, str]) -> dict[str, int]:
    """The same claims read from scratch by the pure ledger, in the order of their days: number, day, fen, member."""
    edition = products.editions(code)[-1]
    policy = facts_of(edition, {"cover_from": "2026-01-01", "cover_to": "2026-12-31"}, section="policy")
    ledger = opened("P")
    for number, day, fen, member in claims:
        told = {n: t for n, t in treated(day).items() if n in edition.document.facts}
        one = claim_of(
            edition, number=number, facts=facts_of(edition, told), items=[LineItem("exam", fen)], policy=policy, member=member, family="F"
        )
        ledger = arrive(ledger, one).ledger
    return {one.claim.number: one.owed for one in ledger.stated}


def test_the_april_bill_that_comes_in_november_finds_no_deductible_used(cast: Cast) -> None:
    policy = a_policy("qinghe_million")
    _, told = decided(cast, policy, "2026-06-10", 18_000 * YUAN)
    assert told == 8_000 * YUAN
    april = at_calculation(cast, policy, "2026-04-02", 15_000 * YUAN)
    assert calculate_claim(april, by=cast.handler).owed == 5_000 * YUAN  # ordered before June: it bears the 10,000 itself
    october = at_calculation(cast, policy, "2026-10-08", 1_000 * YUAN)
    view = calculate_claim(october, by=cast.handler)
    assert view.owed == 1_000 * YUAN  # June comes before it, and has used the deductible up


def test_decided_after_it_the_earlier_claim_proposes_what_the_later_one_is_owed_more(cast: Cast, followers: Inline) -> None:
    policy = a_policy("qinghe_million")
    june, told = decided(cast, policy, "2026-06-10", 18_000 * YUAN)
    followers.drain()
    april, owed = decided(cast, policy, "2026-04-02", 15_000 * YUAN)
    followers.drain()
    (found,) = adjustments_of(june, actor=cast.handler)
    assert (found.cause, found.was, found.now, found.state) == (april, told, 18_000 * YUAN, "open")
    use = found.changed[0]
    assert (use.accumulator.zh, use.clause.zh, use.before.zh, use.after.zh) == ("年度免赔额", "第 2.4 条", "¥0.00", "¥10,000.00")
    task = Task.objects.get(kind="adjustment")
    assert (task.claim.number, task.user_id) == (june, cast.handler.user_id)  # type: ignore[union-attr]
    assert april in task.what_zh
    assert "¥8,000.00" in task.what_zh
    assert "¥18,000.00" in task.what_en
    assert booked("annual_deductible") == 20_000 * YUAN  # nothing of the told claim is touched by itself
    assert Decision.objects.get(claim__number=june).amount == told

    decide_adjustment(june, adjustment=1, choice="accept", reason="四月的费用后到，免赔额由它承担。", by=cast.handler)
    followers.drain()
    assert booked("annual_deductible") == 10_000 * YUAN
    assert booked("general_limit") == owed + 18_000 * YUAN
    assert Task.objects.get(kind="adjustment").state == "done"
    assert row_of(june).owed == told  # paid by reopening, not by the ledger
    scratch = in_order("qinghe_million", (april, "2026-04-02", 15_000 * YUAN, "A"), (june, "2026-06-10", 18_000 * YUAN, "A"))
    assert scratch == {april: owed, june: found.now}


def test_the_family_deductible_goes_by_the_days_of_treatment_and_not_of_decision(cast: Cast, followers: Inline) -> None:
    policy = a_policy("tuanhui_group")
    days = ("2026-05-20", "2026-03-01", "2026-02-01")
    told = {}
    for who, day in enumerate(days):
        number, owed = decided(cast, policy, day, 2_500 * YUAN, who=who)
        told[number] = (day, owed, str(who))
        followers.drain()
    may, march, february = told
    # May was told as the first of the family, March too; then February came before both: the family amount is full before May
    assert [t[1] for t in told.values()] == [1_800 * YUAN, 1_800 * YUAN, 1_800 * YUAN]
    claims = [(number, day, 2_500 * YUAN, who) for number, (day, _, who) in told.items()]
    scratch = in_order("tuanhui_group", *claims)
    assert scratch == {may: 2_250 * YUAN, march: 1_800 * YUAN, february: 1_800 * YUAN}
    (found,) = adjustments_of(may, actor=cast.handler)
    assert (found.cause, found.was, found.now) == (february, 1_800 * YUAN, scratch[may])
    assert [one.accumulator.en for one in found.changed] == ["Family deductible"]
    assert adjustments_of(march, actor=cast.handler) == ()
    decide_adjustment(may, adjustment=1, choice="accept", reason="家庭免赔额已由前两件承担。", by=cast.handler)
    assert booked("family_borne") == 1_000 * YUAN


def test_the_follower_run_twice_changes_nothing(cast: Cast, followers: Inline) -> None:
    policy = a_policy("qinghe_million")
    june, _ = decided(cast, policy, "2026-06-10", 18_000 * YUAN)
    april, _ = decided(cast, policy, "2026-04-02", 15_000 * YUAN)
    followers.drain()
    before = (Adjustment.objects.count(), Task.objects.count(), Entry.objects.count(), AccumulatorMovement.objects.count())
    follow_entry(Entry.objects.get(kind="claim_decided", file__number=april).pk)
    assert propose_adjustments(april, by=system()) == 0
    assert (Adjustment.objects.count(), Task.objects.count(), Entry.objects.count(), AccumulatorMovement.objects.count()) == before
    assert len(adjustments_of(june, actor=cast.handler)) == 1


def test_the_statement_as_it_would_be_is_kept_whole_and_runs_again_to_the_same_bytes(cast: Cast, followers: Inline) -> None:
    policy = a_policy("qinghe_million")
    june, _ = decided(cast, policy, "2026-06-10", 18_000 * YUAN)
    decided(cast, policy, "2026-04-02", 15_000 * YUAN)
    followers.drain()
    row = Adjustment.objects.get()
    edition = products.named(row.statement.product_code, edition=row.statement.edition)
    again = explain_again(edition, json.loads(row.content))
    assert again.to_bytes().decode() == row.content
    assert (again.fingerprint, again.owed) == (row.sha256, row.now)
    told = rerun(june, actor=cast.auditor)
    assert told is not None
    assert told.is_same


# ---------- lowering ----------


def _lowered(cast: Cast, followers: Inline) -> tuple[str, str]:
    """Both bills are large: with the May one before it, the June one meets the annual limit."""
    policy = a_policy("qinghe_million")
    june, told = decided(cast, policy, "2026-06-10", 1_510_000 * YUAN)
    may, _ = decided(cast, policy, "2026-05-06", 1_010_000 * YUAN)
    followers.drain()
    assert told == 1_500_000 * YUAN
    return june, may


def test_what_was_told_is_never_lowered_by_itself(cast: Cast, followers: Inline) -> None:
    june, may = _lowered(cast, followers)
    (found,) = adjustments_of(june, actor=cast.handler)
    assert (found.cause, found.difference, found.is_lowering) == (may, -500_000 * YUAN, True)
    assert {one.accumulator.en for one in found.changed} == {"Annual deductible", "Annual limit of general medical"}
    assert "具名" in Task.objects.get(kind="adjustment").what_zh
    assert row_of(june).owed == 1_500_000 * YUAN
    assert booked("general_limit") == 2_500_000 * YUAN


def test_to_lower_names_the_reason_and_the_legal_ground_all_at_once(cast: Cast, followers: Inline) -> None:
    june, _ = _lowered(cast, followers)
    with pytest.raises(Refused) as refused:
        decide_adjustment(june, adjustment=1, choice="accept", reason=" ", by=cast.handler)
    assert [m.field for m in refused.value.missing] == ["reason", "ground"]
    assert all(m.do is not None and m.what.zh and m.what.en for m in refused.value.missing)
    with pytest.raises(Refused) as refused:
        decide_adjustment(june, adjustment=1, choice="", reason="", by=cast.handler)
    assert [m.field for m in refused.value.missing] == ["choice", "reason"]
    assert Adjustment.objects.get().state == "open"

    decide_adjustment(june, adjustment=1, choice="accept", reason="五月的费用按条款在前，限额先由它用。", ground=GROUND, by=cast.handler)
    row = Adjustment.objects.get()
    assert (row.state, row.ground, row.by_id) == ("accepted", GROUND, cast.handler.user_id)
    assert booked("general_limit") == 2_000_000 * YUAN
    said = json.loads(Entry.objects.get(kind="adjustment_accepted").plain)
    assert said["ground"] == GROUND
    assert "reason" not in said


def test_left_as_it_is_the_ledger_stays_and_the_same_proposal_is_not_made_again(cast: Cast, followers: Inline) -> None:
    june, may = _lowered(cast, followers)
    decide_adjustment(june, adjustment=1, choice="leave", reason="已经付出，客户信赖我们的告知。", by=cast.handler)
    followers.drain()
    assert propose_adjustments(may, by=system()) == 0
    assert [one.state for one in adjustments_of(june, actor=cast.handler)] == ["left"]
    assert booked("general_limit") == 2_500_000 * YUAN


def test_to_leave_out_what_a_customer_is_owed_more_needs_its_ground_too(cast: Cast, followers: Inline) -> None:
    policy = a_policy("qinghe_million")
    june, _ = decided(cast, policy, "2026-06-10", 18_000 * YUAN)
    decided(cast, policy, "2026-04-02", 15_000 * YUAN)
    followers.drain()
    with pytest.raises(Refused) as refused:
        decide_adjustment(june, adjustment=1, choice="leave", reason="客户没有提出来。", by=cast.handler)
    assert [m.field for m in refused.value.missing] == ["ground"]


def test_only_a_colleague_of_that_duty_decides_and_only_once(cast: Cast, followers: Inline) -> None:
    june, _ = _lowered(cast, followers)
    for other in (cast.auditor, cast.front_desk):
        with pytest.raises(Refused) as refused:
            decide_adjustment(june, adjustment=1, choice="leave", reason="已经付出，维持原告知。", by=other)
        assert refused.value.code == "not_permitted"
    decide_adjustment(june, adjustment=1, choice="leave", reason="已经付出，维持原告知。", by=cast.handler)
    with pytest.raises(Refused) as refused:
        decide_adjustment(june, adjustment=1, choice="leave", reason="已经付出，维持原告知。", by=cast.handler)
    assert refused.value.code == "conflict"


# ---------- one after another ----------


def test_proposals_are_decided_in_the_order_of_the_clause(cast: Cast, followers: Inline) -> None:
    policy = a_policy("qinghe_million")
    june, told = decided(cast, policy, "2026-06-10", 6_000 * YUAN)  # bears 6,000
    august, _ = decided(cast, policy, "2026-08-10", 9_000 * YUAN)  # bears 4,000
    followers.drain()
    april, _ = decided(cast, policy, "2026-04-02", 7_000 * YUAN)  # bears 7,000: June bears 3,000 now, August nothing
    followers.drain()
    assert told == 0
    found = {number: adjustments_of(number, actor=cast.handler)[0] for number in (june, august)}
    assert (found[june].was, found[june].now) == (0, 3_000 * YUAN)
    assert (found[august].was, found[august].now) == (5_000 * YUAN, 9_000 * YUAN)
    decide_adjustment(june, adjustment=1, choice="accept", reason="四月的费用先承担免赔额。", by=cast.handler)
    followers.drain()
    assert [one.state for one in adjustments_of(august, actor=cast.handler)] == ["open"]
    decide_adjustment(august, adjustment=1, choice="accept", reason="四月的费用先承担免赔额。", by=cast.handler)
    assert booked("annual_deductible") == 10_000 * YUAN
    scratch = in_order(
        "qinghe_million", (april, "2026-04-02", 7_000 * YUAN, "A"), (june, "2026-06-10", 6_000 * YUAN, "A"),
        (august, "2026-08-10", 9_000 * YUAN, "A"),
    )
    assert scratch == {april: 0, june: 3_000 * YUAN, august: 9_000 * YUAN}


def test_a_proposal_that_rests_on_another_waits_for_it(cast: Cast, followers: Inline) -> None:
    policy = a_policy("qinghe_million")
    june, _ = decided(cast, policy, "2026-06-10", 9_000 * YUAN)  # bears 9,000
    august, _ = decided(cast, policy, "2026-08-10", 9_000 * YUAN)  # bears 1,000
    decided(cast, policy, "2026-04-02", 500 * YUAN)  # bears 500; June stays at 9,000, August bears 500
    followers.drain()
    assert adjustments_of(june, actor=cast.handler) == ()
    assert [(a.was, a.now) for a in adjustments_of(august, actor=cast.handler)] == [(8_000 * YUAN, 8_500 * YUAN)]
    decided(cast, policy, "2026-03-02", 8_000 * YUAN)  # April then bears 500, June 1,500, August nothing
    followers.drain()
    assert [(a.was, a.now, a.state) for a in adjustments_of(august, actor=cast.handler)] == [
        (8_000 * YUAN, 9_000 * YUAN, "open"), (8_000 * YUAN, 8_500 * YUAN, "replaced"),
    ]
    assert Task.objects.filter(kind="adjustment", claim__number=august, state="open").count() == 1
    (one,) = adjustments_of(june, actor=cast.handler)
    assert (one.was, one.now) == (0, 7_500 * YUAN)


def test_calculated_before_and_overtaken_it_is_sent_back_instead_of_signed(cast: Cast) -> None:
    policy = a_policy("qinghe_million")
    june = at_calculation(cast, policy, "2026-06-10", 18_000 * YUAN)
    submitted(cast, june)
    decided(cast, policy, "2026-04-02", 15_000 * YUAN)
    with pytest.raises(Refused) as refused:
        review_and_decide(june, kind="pay", reason=REASON, by=cast.approver_2)
    what = refused.value.missing[0]
    assert "¥8,000.00" in what.what.zh
    assert "¥18,000.00" in what.what.en
    return_claim(june, what="四月的案件先有了决定，请重新计算。", by=cast.approver_2)
    submitted(cast, june)
    assert signed(cast, june) == 18_000 * YUAN
    view = current_statement(june, actor=cast.handler)
    assert view is not None
    assert view.number == 2


def test_claims_of_one_day_stand_in_the_order_of_their_numbers(cast: Cast, followers: Inline) -> None:
    policy = a_policy("qinghe_million")
    first = at_calculation(cast, policy, "2026-06-10", 18_000 * YUAN)
    second, told = decided(cast, policy, "2026-06-10", 18_000 * YUAN)
    followers.drain()
    assert told == 8_000 * YUAN
    submitted(cast, first)
    assert signed(cast, first) == 8_000 * YUAN
    followers.drain()
    (found,) = adjustments_of(second, actor=cast.handler)
    assert (found.cause, found.now) == (first, 18_000 * YUAN)


def test_another_members_claims_are_left_alone_under_a_deductible_of_ones_own(cast: Cast, followers: Inline) -> None:
    policy = a_policy("qinghe_million")
    june, _ = decided(cast, policy, "2026-06-10", 18_000 * YUAN, who=1)
    decided(cast, policy, "2026-04-02", 15_000 * YUAN, who=0)
    followers.drain()
    assert adjustments_of(june, actor=cast.handler) == ()
