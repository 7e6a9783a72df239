"""The ends a claim may come to, each told whole by the demonstration's own stories: paid in part, nothing owed, refused, withdrawn, sent back and paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from lipei.adapters.folder_bank import FolderBank
from lipei.adapters.folder_post import FolderPost
from lipei.claimfile.models import Claim, Fact
from lipei.communication.queries import letters_of
from lipei.demo.design import fang_policy, spring_stay, the_fall
from lipei.demo.drawing import FACTS
from lipei.demo.people import Crew, actors, crew_for, engage_everybody
from lipei.demo.policies import noon_of
from lipei.demo.stories import owed_of, tell
from lipei.demo.told import Found, Told
from lipei.filing.actor import system
from lipei.filing.verification import check
from lipei.payments.queries import balances_of
from lipei.policies.commands import take_over_policy
from lipei.process.inline import Inline, followers_inline
from lipei.process.outside import Outside, connect
from lipei.settlement.queries import last_decision, rerun

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def crew() -> Crew:
    engage_everybody(at=NOW - dt.timedelta(days=700))
    return crew_for("JH", turn=0, everybody=actors())


@pytest.fixture
def followers(tmp_path: Path) -> Iterator[Inline]:
    connect(Outside(FolderBank(tmp_path / "out", tmp_path / "in", answers_itself=True), FolderPost(tmp_path / "post", confirms_delivery=True)))
    with followers_inline() as inline:
        yield inline


def the_story(end: str, **changes: object) -> Told:
    """Fang Yulan's fall, gone as far as `end`, three days ago."""
    return replace(the_fall(fang_policy(today=NOW.date()), now=NOW, end=end, back=3), nth=1, **changes)  # type: ignore[arg-type]


def told(story: Told, crew: Crew, followers: Inline) -> str:
    take_over_policy(story.policy, by=system(), at=noon_of(story.policy))
    number = tell(story, crew, drain=followers.drain)
    assert number is not None
    return number


def test_paid_in_part_and_the_record_can_be_reckoned_again(crew: Crew, followers: Inline, tmp_path: Path) -> None:
    number = told(the_story("file"), crew, followers)
    claim = Claim.objects.get(number=number)
    decision = last_decision(number, actor=system())
    assert decision is not None
    assert (claim.stage, claim.closing, decision.kind) == ("archived", "paid", "part")
    assert claim.owed == decision.amount == owed_of(number, by=system())
    balances = balances_of(number, actor=system())
    assert balances is not None
    assert (balances.reserve, balances.payable, balances.clearing) == (0, 0, 0)
    assert balances.incurred == decision.amount
    again = rerun(number, actor=system())
    assert again is not None
    assert again.is_same
    assert {x.kind for x in letters_of(number, actor=system()) if x.state == "confirmed"} >= {"acknowledgement", "closing"}
    assert [w.en for w in check(tmp_path / "none").findings] == []


def test_within_the_deductible_nothing_is_owed_and_the_customer_hears_why(crew: Crew, followers: Inline) -> None:
    number = told(spring_stay(fang_policy(today=NOW.date()), now=NOW), crew, followers)
    claim = Claim.objects.get(number=number)
    assert (claim.stage, claim.closing, claim.owed) == ("archived", "zero", 0)
    assert {x.kind for x in letters_of(number, actor=system())} >= {"decision_pay", "closing"}


def test_a_refusal_rests_on_a_fact_and_says_what_could_change_it(crew: Crew, followers: Inline) -> None:
    drove = Found("unlawful_driving", FACTS["unlawful_driving"], "true", "是", "交警事故认定书")
    number = told(the_story("file", early=(drove,)), crew, followers)
    claim = Claim.objects.get(number=number)
    decision = last_decision(number, actor=system())
    assert decision is not None
    assert (claim.stage, claim.closing, decision.kind, claim.owed) == ("archived", "refused", "refuse", 0)
    assert all(g.clause for g in decision.grounds if g.kind == "stopped")
    letters = {x.kind: x.state for x in letters_of(number, actor=system())}
    assert letters["decision_refuse"] == letters["closing"] == "confirmed"


def test_a_customer_may_withdraw(crew: Crew, followers: Inline) -> None:
    number = told(the_story("withdraw", withdrawn_because="想等出院以后一起办，先撤回来。"), crew, followers)
    claim = Claim.objects.get(number=number)
    assert (claim.stage, claim.closing, claim.due_at) == ("withdrawn", "withdrawn", None)


def test_sent_back_once_with_an_open_question_and_papers_asked_for(crew: Crew, followers: Inline) -> None:
    story = the_story(
        "release", returned_because="社保结算单上的金额请再核对一遍，写明页码。", leaves_open=True, brings=frozenset({"identity", "receipts", "itemised_bill"}),
    )
    at_papers = next(i for i, (name, _) in enumerate(story.steps) if name == "papers")
    asked = ("ask_papers", story.steps[at_papers - 1][1] + dt.timedelta(minutes=10))
    number = told(replace(story, steps=(*story.steps[:at_papers], *([] if "ask_papers" in dict(story.steps) else [asked]), *story.steps[at_papers:])), crew, followers)
    claim = Claim.objects.get(number=number)
    assert claim.stage == "paying"
    assert Fact.objects.filter(claim=claim, name="other_insurance", is_current=True).get().state == "known"
    assert {x.kind for x in letters_of(number, actor=system())} >= {"supplement_notice"}
