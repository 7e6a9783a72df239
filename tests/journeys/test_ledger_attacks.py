"""A posting that is altered, deleted or forged by raw SQL is found, and the claim's file and entry are named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from conftest import django_on
from lipei.claimfile.commands import report_claim
from lipei.claimfile.models import Claim, Exposure
from lipei.claimfile.tests.people import the_cast
from lipei.filing.actor import Actor, system
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.verification import check
from lipei.payments.commands import set_reserve
from lipei.payments.events import ReserveReleased

OFF = "ALTER TABLE posting DISABLE TRIGGER ALL"
ATTACKS = {
    "altered": "UPDATE posting SET amount = amount * 2",
    "deleted": "DELETE FROM posting WHERE account = 'reserve'",
    "forged": "INSERT INTO posting (booking, claim_id, account, amount, currency, text, at, entry_id) "
    "SELECT gen_random_uuid(), claim_id, 'bank', -1, currency, text, at, entry_id FROM posting LIMIT 1",
}


@command("test.estimate")
def estimate(number: str, *, by: Actor, at: Any = NOW) -> None:
    """An exposure with an estimate, as verification would leave it."""
    claim = Claim.objects.get(number=number)
    Exposure.objects.create(claim=claim, coverage="inpatient", estimate_low=0, estimate_high=200_000, estimate=100_000)
    record(ReserveReleased(amount=0), file_id=claim.file_id)


@pytest.fixture
def reserved(own_database: Any, addresses: Any, django_db_blocker: Any) -> Iterator[tuple[Any, str]]:
    """A claim with a reserve on the ledger, in a database of its own."""
    with django_db_blocker.unblock(), django_on(own_database.app, back_to=addresses.app):
        cast = the_cast()
        number = report_claim(cast.policy.pk, insured_id=cast.policy.insured.get().pk, channel="counter", by=cast.front_desk)
        estimate(number, by=system())
        set_reserve(number, by=system())
        yield own_database, number


@pytest.mark.parametrize("name", ATTACKS)
def test_a_posting_changed_by_the_owner_is_found(name: str, reserved: tuple[Any, str], tmp_path: Path) -> None:
    database, number = reserved
    assert check(tmp_path).findings == []
    with psycopg.connect(database.owner.url, autocommit=True) as raw:
        raw.execute(OFF)
        raw.execute(ATTACKS[name])
    found = [w.en for w in check(tmp_path).findings]
    assert found
    assert all(f.startswith("posting ") for f in found)
    if name != "forged":
        assert any(f"(last record: {number}#" in f for f in found), found


def test_an_unbalanced_booking_is_refused_by_the_database_itself(reserved: tuple[Any, str]) -> None:
    database, _ = reserved
    with psycopg.connect(database.app.url) as raw, pytest.raises(psycopg.DatabaseError, match="out of balance"):
        raw.execute("SELECT set_config('lipei.command', gen_random_uuid()::text, true)")
        raw.execute(ATTACKS["forged"])
        raw.commit()
