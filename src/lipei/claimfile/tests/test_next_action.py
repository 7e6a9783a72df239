"""The next action follows from the table of stages alone: at every stage somebody knows what to do, where, and what lacks."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lipei.claimfile.next_action import PLACES, TO_REACH, next_action, step_ahead, whose_turn
from lipei.claimfile.stages import MILESTONES, OPEN_STAGES, STAGES, STEPS
from lipei.claimfile.work_list import due_day_of, group_of
from lipei.terms.words import Words

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTHING: frozenset[str] = frozenset()
LIVED = [s for s in OPEN_STAGES if s not in ("investigating", "reopened", "disputed")]


def test_every_milestone_that_a_step_needs_has_a_verb_and_a_place() -> None:
    assert {m for step in STEPS for m in step.needs} <= set(TO_REACH)
    assert set(TO_REACH) == set(MILESTONES)
    assert {s.verb for s in STEPS} - set(PLACES) == {"claim.withdraw", "settlement.return"}


@pytest.mark.parametrize("stage", LIVED)
def test_at_every_stage_there_is_something_to_do(stage: str) -> None:
    todo = next_action(stage, turn="handler", reached=NOTHING)
    assert todo is not None
    assert not todo.is_step or todo.lacking == ()


def test_at_the_counter_the_talk_comes_before_the_application() -> None:
    told = frozenset({"identity_established"})
    todo = next_action("reported", turn="front_desk", reached=told)
    assert todo is not None
    assert todo.verb.zh == "听陈述，念读确认"
    by_partner = next_action("reported", turn="front_desk", reached=told, channel="partner")
    assert by_partner is not None
    assert by_partner.verb.zh == "问全出险事实"


def test_when_all_is_there_the_step_itself_is_the_verb() -> None:
    todo = next_action("collecting", turn="handler", reached=frozenset({"coverage_verified", "papers_complete"}))
    assert todo is not None
    assert todo.is_step
    assert (todo.verb.zh, todo.place) == ("单证收齐，送审核", "claim_papers")


def test_while_the_customer_is_asked_nobody_here_is_told_to_do_something() -> None:
    todo = next_action("collecting", turn="customer", reached=frozenset({"coverage_verified"}))
    assert todo is not None
    assert todo.verb.en == "Wait for the customer's papers"
    assert not todo.is_step


def test_a_decision_without_payment_leads_to_closing_not_to_paying() -> None:
    before, after = frozenset({"review_passed"}), frozenset({"review_passed", "decided"})
    assert step_ahead("deciding", before) is not None
    assert step_ahead("deciding", before).to == "paying"  # type: ignore[union-attr]
    assert step_ahead("deciding", after).to == "closed"  # type: ignore[union-attr]
    todo = next_action("deciding", turn="handler", reached=after)
    assert todo is not None
    assert todo.place == "claim_letters"


def test_a_paid_claim_is_closed_unless_something_promised_is_still_open() -> None:
    reached = frozenset({"decided", "decision_told", "paid"})
    free = next_action("paying", turn="handler", reached=reached)
    busy = next_action("paying", turn="handler", reached=reached, has_open_tasks=True)
    assert free is not None
    assert busy is not None
    assert (free.verb.zh, free.place, free.is_step) == ("结案", "claim_close", True)
    assert (busy.verb.zh, busy.place) == ("办完未完的任务", "claim_tasks")
    assert [m.id for m in busy.lacking] == ["nothing_open"]


def test_what_is_archived_or_withdrawn_asks_for_nothing() -> None:
    assert next_action("archived", turn="nobody", reached=NOTHING) is None
    assert next_action("withdrawn", turn="nobody", reached=NOTHING) is None


@given(stage=st.sampled_from([s.id for s in STAGES]), reached=st.frozensets(st.sampled_from(sorted(MILESTONES))))
def test_met_and_lacking_are_what_the_step_needs_and_never_both(stage: str, reached: frozenset[str]) -> None:
    todo = next_action(stage, turn="handler", reached=reached)
    if todo is None or todo.step is None:
        return
    met, lacking = {m.id for m in todo.met}, {m.id for m in todo.lacking}
    assert met | lacking == set(todo.step.needs) - ({"nothing_open"} - reached)
    assert not met & lacking
    assert todo.is_step == (not lacking and todo.verb == todo.step.name) or not todo.is_step


def test_whose_turn_it_is_reads_from_where_the_reader_stands() -> None:
    gu = Words("顾维桢", "Gu Weizhen")
    mine = {"own_id": 7, "own_roles": frozenset({"approver"})}
    assert whose_turn("approver", user_id=None, user_name=None, **mine).zh == "您来做"  # type: ignore[arg-type]
    assert whose_turn("handler", user_id=9, user_name=gu, **mine).zh == "等顾维桢"  # type: ignore[arg-type]
    assert whose_turn("handler", user_id=None, user_name=None, **mine).zh == "等理赔员"  # type: ignore[arg-type]
    assert whose_turn("customer", user_id=7, user_name=gu, **mine).en == "Customer"  # type: ignore[arg-type]


def test_a_legal_day_ends_at_midnight_and_belongs_to_the_day_it_ends() -> None:
    now = datetime(2026, 11, 27, 9, 31, tzinfo=SHANGHAI)
    tonight = datetime(2026, 11, 28, tzinfo=SHANGHAI)
    assert due_day_of(tonight).isoformat() == "2026-11-27"
    assert group_of(tonight, at=now) == "today"
    assert group_of(tonight, at=tonight) == "overdue"
    assert group_of(tonight + timedelta(days=3), at=now) == "soon"
    assert group_of(tonight + timedelta(days=4), at=now) == "fortnight"
    assert group_of(tonight + timedelta(days=14), at=now) == "fortnight"
    assert group_of(tonight + timedelta(days=15), at=now) == "later"
    assert group_of(tonight, at=now, is_stopped=True) == "stopped"
    assert group_of(None, at=now) == "later"
