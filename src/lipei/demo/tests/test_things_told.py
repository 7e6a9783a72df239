"""A car and a home from the counter to the decision: facts of their own, papers of their own, and only what was claimed is spoken of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from lipei.adapters.folder_bank import FolderBank
from lipei.adapters.folder_post import FolderPost
from lipei.claimfile.models import Claim, Exposure, Fact, LossItem
from lipei.coverage.queries import verification_of
from lipei.demo.drawing import drawn_story
from lipei.demo.people import actors, crew_for, engage_everybody
from lipei.demo.policies import noon_of
from lipei.demo.stories import tell
from lipei.demo.told import Told
from lipei.documents.queries import checklist_of
from lipei.filing.actor import system
from lipei.policies.commands import take_over_policy
from lipei.process.inline import followers_inline
from lipei.process.outside import Outside, connect
from lipei.settlement.queries import current_statement, last_decision

pytestmark = pytest.mark.django_db
SCRAPE, FIRE = 40, 58
"""Stories of a scrape when changing lanes, and of a kitchen fire."""


def told_as_far_as(end: str, *, number: int, folder: Path) -> tuple[Told, str]:
    connect(Outside(FolderBank(folder / "out", folder / "in", answers_itself=True), FolderPost(folder / "post", confirms_delivery=True)))
    now = timezone.now()
    engage_everybody(at=now - timedelta(days=720))
    story = drawn_story(number, end=end, seed=2026, now=now)
    take_over_policy(story.policy, by=system(), at=noon_of(story.policy))
    with followers_inline() as followers:
        claim = tell(story, crew_for(story.policy.branch_code, turn=number, everybody=actors()), drain=followers.drain)
    assert claim is not None
    return story, claim


def test_a_scrape_is_decided_and_its_letter_speaks_of_no_part_that_nobody_claimed(tmp_path: Path) -> None:
    story, number = told_as_far_as("decide", number=SCRAPE, folder=tmp_path)
    assert story.policy.product_code == "xingan_motor"
    claim = Claim.objects.get(number=number)
    assert claim.stage == "paying"
    assert claim.insured_name == story.policy.holder.name, "the car is the holder's"
    assert Fact.objects.get(claim=claim, name="fault", is_current=True).value == "equal"
    assert {row.kind for row in checklist_of(number, actor=system()).rows} == {"application", "licences", "police_finding", "invoice"}
    assert LossItem.objects.filter(claim=claim).first().source == "估损单第 1 页"  # type: ignore[union-attr]
    parts = {c.id: c for c in verification_of(number, actor=system(), at=timezone.now()).coverages}
    assert [id_ for id_, part in parts.items() if part.is_asked] == ["own_damage", "rescue"]
    assert parts["third_party"].reason.zh == "这次没有要求这一项的费用"
    assert "没有要求" in Exposure.objects.get(claim=claim, coverage="third_party").conclusion_why
    statement, decision = current_statement(number, actor=system()), last_decision(number, actor=system())
    assert statement is not None
    assert decision is not None
    assert statement.owed > 0
    assert not {ground.coverage for ground in decision.grounds} & {"third_party", "passengers"}


def test_a_home_is_insured_for_what_it_is_worth_and_paid_in_proportion(tmp_path: Path) -> None:
    story, number = told_as_far_as("calculate", number=FIRE, folder=tmp_path)
    assert story.policy.product_code == "anju_home"
    statement = current_statement(number, actor=system())
    assert statement is not None
    parts = {c.id: c for c in statement.statement.coverages}
    assert all(part.is_asked and part.answers for part in parts.values())
    assert 0 < statement.owed < statement.claimed
    assert Fact.objects.get(claim__number=number, name="building_value", is_current=True).value == "860000.00"
