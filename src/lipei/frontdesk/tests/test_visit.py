"""A visit at the counter, told by the clerk: nine stations in their order, none skipped, none done twice."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from lipei.claimfile.models import Claim, ClockEvent, Fact, LossItem, Milestone, Party, Task
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.coverage.commands import check_at_counter, show_first_view
from lipei.documents.queries import papers_of
from lipei.filing.models import Entry
from lipei.filing.refusal import Refused
from lipei.frontdesk import commands as desk
from lipei.frontdesk.models import StationRecord, Visit
from lipei.frontdesk.queries import visit_of, visits_today
from lipei.frontdesk.stations import stations_of
from lipei.frontdesk.tests import talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def test_the_clerk_takes_a_new_loss_through_all_nine_stations(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    row = Visit.objects.get(number=visit)
    assert row.closed_at is not None
    assert [r.station for r in StationRecord.objects.filter(visit=row).order_by("id")] == [s.id for s in stations_of("new_loss")]
    claim = Claim.objects.get(number=talk.number_of(visit))
    assert claim.stage == "reported"
    assert claim.claimed == 3_046_000
    assert claim.first_asked_id == cast.front_desk.user_id
    kinds = set(Milestone.objects.filter(claim=claim, is_valid=True).values_list("kind", flat=True))
    assert kinds == {"identity_established", "account_confirmed", "facts_complete", "counter_checked", "first_view_shown",
                     "understanding_confirmed", "claim_requested", "account_consented"}
    assert ClockEvent.objects.filter(claim=claim, kind="claim_requested").exists()
    assert Task.objects.get(claim=claim, kind="promise").user_id == cast.front_desk.user_id
    assert [p.role for p in Party.objects.filter(claim=claim).order_by("id")] == ["insured", "policyholder"]
    assert Fact.objects.get(claim=claim, name="estimated_cost").value == "68000.00"


def test_each_paper_has_its_number_and_its_place(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    papers = papers_of(talk.number_of(visit), actor=cast.front_desk)
    assert sorted((p.kind, p.form, p.keeping) for p in papers) == [
        ("application", "original", "kept"), ("discharge_summary", "copy", "kept"), ("identity", "sighted", "returned"),
        ("itemised_bill", "original", "kept"), ("receipts", "original", "kept"),
    ]
    assert len({p.custody_number for p in papers}) == 5
    assert [(i.label, i.claimed, i.days) for i in LossItem.objects.order_by("number")] == [("床位费", 196_000, 14), ("人工髋关节", 2_850_000, None)]


STEPS = {
    "identity": lambda v, c: desk.identify(v, told=talk.identity(talk.choice_of(c)), by=c.front_desk),
    "listening": lambda v, c: desk.hear_account(v, text=talk.ACCOUNT, read_back=True, by=c.front_desk),
    "facts": lambda v, c: desk.gather_facts(v, told=talk.facts(), by=c.front_desk),
    "check": lambda v, c: desk.pass_check(v, by=c.front_desk),
    "first_view": lambda v, c: desk.pass_first_view(v, by=c.front_desk),
    "explanation": lambda v, c: desk.explain(v, told=talk.UNDERSTOOD, by=c.front_desk),
    "papers": lambda v, c: desk.take_papers(v, told=talk.PAPERS, by=c.front_desk),
    "farewell": lambda v, c: desk.say_farewell(v, told=talk.farewell(), by=c.front_desk),
}


@pytest.mark.parametrize("target", STEPS)
def test_no_station_is_reached_from_the_welcome_and_all_that_lacks_is_listed(cast: Cast, target: str) -> None:
    visit = talk.opened(cast.front_desk)
    with pytest.raises(Refused) as refused:
        STEPS[target](visit, cast)
    order = [s.id for s in stations_of("new_loss")]
    assert refused.value.code == "missing"
    assert [m.what.zh for m in refused.value.missing] == [s.lacking.zh for s in stations_of("new_loss")[: order.index(target)]]
    assert refused.value.missing[0].where == ("visit_station", (visit, "welcome"))
    assert Visit.objects.get(number=visit).station == "welcome"


@pytest.mark.parametrize("done", ["identity", "listening", "facts", "explanation", "papers"])
def test_the_second_tab_does_not_do_a_station_twice(cast: Cast, done: str) -> None:
    order = [s.id for s in stations_of("new_loss")]
    visit = talk.brought_to(order[order.index(done) + 1], cast)
    before = (Entry.objects.count(), Claim.objects.count(), LossItem.objects.count())
    with pytest.raises(Refused) as refused:
        STEPS[done](visit, cast)
    assert refused.value.code == "conflict"
    assert refused.value.missing[0].where == ("visit_station", (visit, order[order.index(done) + 1]))
    assert (Entry.objects.count(), Claim.objects.count(), LossItem.objects.count()) == before


def test_pressing_open_twice_is_one_visit(cast: Cast) -> None:
    key = uuid.uuid4()
    assert desk.open_visit(counter=3, key=key, by=cast.front_desk) == desk.open_visit(counter=3, key=key, by=cast.front_desk)
    assert Visit.objects.count() == 1


def test_another_clerk_is_told_who_holds_the_visit(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    with pytest.raises(Refused) as refused:
        desk.hear_account(visit, text=talk.ACCOUNT, read_back=True, by=cast.front_desk_2)
    assert refused.value.code == "conflict"
    assert "陆听澜" in refused.value.what.zh
    assert "Lu Tinglan" in refused.value.what.en


def test_the_visit_is_handed_over_with_a_summary_and_the_other_goes_on(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    with pytest.raises(Refused) as refused:
        desk.hand_over_visit(visit, to_user_id=cast.handler.user_id or 0, summary=" ", by=cast.front_desk)
    assert len(refused.value.missing) == 2
    desk.hand_over_visit(visit, to_user_id=cast.front_desk_2.user_id or 0, summary="身份已看，周女士很担心费用", by=cast.front_desk)
    desk.hear_account(visit, text=talk.ACCOUNT, read_back=True, by=cast.front_desk_2)
    assert visit_of(visit, actor=cast.front_desk_2).station == "facts"


def test_the_supervisor_hands_over_the_visit_of_somebody_who_is_away(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    desk.hand_over_visit(visit, to_user_id=cast.front_desk_2.user_id or 0, summary="陆听澜去医院了", by=cast.supervisor)
    assert Visit.objects.get(number=visit).clerk_id == cast.front_desk_2.user_id


def test_the_check_and_the_first_view_must_have_been_made_before_they_are_passed(cast: Cast) -> None:
    visit = talk.brought_to("check", cast)
    with pytest.raises(Refused, match="not made yet"):
        desk.pass_check(visit, by=cast.front_desk)
    check_at_counter(talk.number_of(visit), by=cast.front_desk)
    desk.pass_check(visit, by=cast.front_desk)
    with pytest.raises(Refused, match="not made yet"):
        desk.pass_first_view(visit, by=cast.front_desk)
    show_first_view(talk.number_of(visit), by=cast.front_desk)
    desk.pass_first_view(visit, by=cast.front_desk)


def test_a_correction_of_facts_leads_back_to_the_check_and_says_so(cast: Cast) -> None:
    visit = talk.brought_to("explanation", cast)
    desk.correct_facts(visit, told=talk.facts(hospital_level="secondary"), by=cast.front_desk)
    claim = Claim.objects.get(number=talk.number_of(visit))
    assert Visit.objects.get(number=visit).station == "check"
    assert not Milestone.objects.filter(claim=claim, kind="first_view_shown", is_valid=True).exists()
    assert Fact.objects.filter(claim=claim, name="hospital_level").count() == 2
    with pytest.raises(Refused, match="not made yet"):
        desk.pass_check(visit, by=cast.front_desk)


def test_after_the_signature_facts_are_not_corrected_at_the_counter(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    with pytest.raises(Refused) as refused:
        desk.correct_facts(visit, told=talk.facts(hospital_level="secondary"), by=cast.front_desk)
    assert refused.value.code == "too_late"


def test_a_question_nobody_can_answer_becomes_a_task(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    open_one = {"discharged_on": "", "discharged_on__unknown": "on", "discharged_on__who": str(cast.handler.user_id), "discharged_on__until": talk.day(-2)}
    desk.gather_facts(visit, told=talk.facts(**open_one), by=cast.front_desk)
    task = Task.objects.get(kind="find_out")
    assert task.user_id == cast.handler.user_id
    desk.correct_facts(visit, told=talk.facts(**open_one), by=cast.front_desk)
    assert Task.objects.filter(kind="find_out").count() == 1
    desk.correct_facts(visit, told=talk.facts(), by=cast.front_desk)
    task.refresh_from_db()
    assert task.state == "done"


def test_the_account_is_only_added_to(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    desk.add_to_account(visit, text="后来邻居帮忙抬下楼。", read_back=True, by=cast.front_desk)
    current = Fact.objects.get(name="account", is_current=True)
    assert current.value == f"{talk.ACCOUNT}\n后来邻居帮忙抬下楼。"
    assert Fact.objects.get(name="account", is_current=False).value == talk.ACCOUNT


def test_a_station_is_left_out_only_for_a_reason_of_its_list(cast: Cast) -> None:
    visit = talk.brought_to("papers", cast)
    with pytest.raises(Refused):
        desk.mark_not_applicable(visit, station="papers", reason="too_busy", by=cast.front_desk)
    desk.mark_not_applicable(visit, station="papers", reason="nothing_brought", by=cast.front_desk)
    assert Task.objects.get(kind="follow_up").user_id == cast.front_desk.user_id
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    assert Claim.objects.get().turn == "customer"
    other = talk.brought_to("check", cast)
    with pytest.raises(Refused, match="cannot be marked"):
        desk.mark_not_applicable(other, station="check", reason="nothing_brought", by=cast.front_desk)


def test_papers_are_brought_later_to_the_same_claim(cast: Cast) -> None:
    first = talk.brought_to("papers", cast)
    desk.mark_not_applicable(first, station="papers", reason="nothing_brought", by=cast.front_desk)
    desk.say_farewell(first, told=talk.farewell(), by=cast.front_desk)
    number = talk.number_of(first)
    visit = talk.opened(cast.front_desk_2)
    desk.greet(visit, told={**talk.GREETING, "purpose": "bring_papers"}, by=cast.front_desk_2)
    assert desk.identify(visit, told=talk.identity(f"claim:{number}"), by=cast.front_desk_2) == number
    desk.take_papers(visit, told=talk.PAPERS, by=cast.front_desk_2)
    desk.explain(visit, told=talk.UNDERSTOOD, by=cast.front_desk_2)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk_2)
    claim = Claim.objects.get(number=number)
    assert claim.requested_at is not None
    assert claim.turn == "front_desk"
    assert claim.first_asked_id == cast.front_desk.user_id


def test_originals_are_given_back_against_a_signature(cast: Cast) -> None:
    first = talk.brought_to("farewell", cast)
    number = talk.number_of(first)
    receipts = next(p.custody_number for p in papers_of(number, actor=cast.front_desk) if p.kind == "receipts")
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told={**talk.GREETING, "purpose": "collect_papers"}, by=cast.front_desk)
    desk.identify(visit, told=talk.identity(f"claim:{number}"), by=cast.front_desk)
    with pytest.raises(Refused) as refused:
        desk.return_papers(visit, told={}, by=cast.front_desk)
    assert len(refused.value.missing) == 2
    desk.return_papers(visit, told={f"return_{receipts}": "on", "signed_by": "周砚秋"}, by=cast.front_desk)
    assert next(p.keeping for p in papers_of(number, actor=cast.front_desk) if p.custody_number == receipts) == "returned"


def test_a_mere_question_needs_no_claim(cast: Cast) -> None:
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told={**talk.GREETING, "purpose": "ask"}, by=cast.front_desk)
    desk.mark_not_applicable(visit, station="identity", reason="general_question", by=cast.front_desk)
    desk.say_answer(visit, question="理赔要多久？", key="clock:determination.normal", by=cast.front_desk)
    desk.answer_question(visit, by=cast.front_desk)
    desk.say_farewell(visit, told={}, by=cast.front_desk)
    assert Claim.objects.count() == 0
    assert visit_of(visit, actor=cast.front_desk).closed_at is not None


def test_an_agent_needs_authority_and_the_insured_must_be_the_insured(cast: Cast) -> None:
    visit = talk.brought_to("identity", cast)
    told = talk.identity(talk.choice_of(cast), capacity="insured")
    with pytest.raises(Refused, match="does not belong to the insured"):
        desk.identify(visit, told=told, by=cast.front_desk)
    with pytest.raises(Refused) as refused:
        desk.identify(visit, told={**told, "capacity": "agent"}, by=cast.front_desk)
    assert {m.field for m in refused.value.missing} == {"relation", "authority"}
    agent = {**told, "capacity": "agent", "relation": "女儿", "authority": "letter_of_authority", "authority_sighted": "on", "authority_by": "方玉兰",
             "authority_scope": "claim", "authority_until_closed": "on"}
    desk.identify(visit, told=agent, by=cast.front_desk)
    assert [p.role for p in Party.objects.order_by("id")] == ["insured", "policyholder", "agent"]


def test_a_visit_of_another_branch_is_not_seen(cast: Cast) -> None:
    import dataclasses

    visit = talk.opened(cast.front_desk)
    elsewhere = dataclasses.replace(cast.front_desk_2, branch_id=(cast.front_desk_2.branch_id or 0) + 1)
    with pytest.raises(Refused) as refused:
        visit_of(visit, actor=elsewhere)
    assert refused.value.code == "not_found"
    assert [v.number for v in visits_today(actor=cast.front_desk, at=dt.datetime.now(dt.UTC))] == [visit]
