"""The demonstration is told through the commands: every step is accepted, going on later tells nothing twice, and the record holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from lipei.adapters.folder_bank import FolderBank
from lipei.adapters.folder_post import FolderPost
from lipei.claimfile.models import Claim
from lipei.claimfile.tests.people import the_cast
from lipei.communication.models import Letter
from lipei.demo import telling
from lipei.demo.progress import progress
from lipei.filing.actor import system
from lipei.filing.models import Entry
from lipei.filing.verification import check
from lipei.frontdesk.models import Ticket
from lipei.policies.models import Policy
from lipei.process.outside import Outside, connect
from lipei.settlement.queries import current_statement

pytestmark = pytest.mark.django_db
TOLD = 20


@pytest.fixture(autouse=True)
def outside(tmp_path: Path) -> None:
    connect(Outside(FolderBank(tmp_path / "out", tmp_path / "in", answers_itself=True), FolderPost(tmp_path / "post", confirms_delivery=True)))


def test_the_first_claims_stand_in_every_stage_and_nothing_is_told_twice(tmp_path: Path) -> None:
    assert telling.tell_all(claims=TOLD, policies=25) == TOLD
    stages = set(Claim.objects.values_list("stage", flat=True))
    assert stages >= {"reported", "registered", "verifying", "collecting", "assessing", "calculating", "reviewing", "deciding", "paying", "closed", "archived"}
    assert "withdrawn" in stages
    fall = Claim.objects.filter(insured_name="方玉兰").latest("id")
    assert fall.stage == "calculating"
    statement = current_statement(fall.number, actor=system())
    assert statement is not None
    assert statement.owed == 2_632_033
    assert Ticket.objects.filter(state="waiting").count() == 5, "people sit in the hall"
    entries = Entry.objects.count()
    assert telling.tell_all(claims=TOLD, policies=25) == 0
    assert Entry.objects.count() == entries
    assert Policy.objects.count() >= 25
    assert set(Letter.objects.values_list("state", flat=True)) <= {"confirmed"}
    assert not Entry.objects.filter(at__gt=telling.began_at()).exclude(verb__startswith="system.").exists()
    assert [w.en for w in check(tmp_path / "none").findings] == []
    said = progress()
    assert said is not None
    assert f"{TOLD} of 400" in said.en


def test_a_database_with_other_files_is_refused() -> None:
    the_cast()
    with pytest.raises(telling.HoldsOtherData):
        telling.refuse_other_data()


def test_an_empty_database_is_welcome() -> None:
    telling.refuse_other_data()
