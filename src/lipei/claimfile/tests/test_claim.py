"""A draft claim is opened, told, asked for; the next stage says all that is missing."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from lipei.claimfile.commands import report_claim, take_on_claim
from lipei.claimfile.models import Claim
from lipei.claimfile.moving import advance, locked_claim
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.command import command
from lipei.filing.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def a_claim(cast: Cast) -> str:
    insured = cast.policy.insured.get()
    return report_claim(cast.policy.pk, insured_id=insured.pk, channel="counter", by=cast.front_desk)


def test_the_clerk_opens_a_draft_with_a_number_without_gaps(cast: Cast) -> None:
    first, second = a_claim(cast), a_claim(cast)
    assert first.endswith("-000001")
    assert second.endswith("-000002")
    assert Claim.objects.get(number=first).stage == "reported"


def test_registration_lists_everything_that_is_missing_at_once(cast: Cast) -> None:
    number = a_claim(cast)

    @command("claim.register")
    def try_it(*, by: object, at: object = None) -> None:
        advance(locked_claim(number, by=cast.front_desk), "claim.register")

    with pytest.raises(Refused) as refused:
        try_it(by=cast.front_desk)
    assert [m.what.en for m in refused.value.missing] == [
        "Identity and authority are not yet established", "The facts of the loss are not complete",
        "There is no signed claim request with a first proof", "An exposure has no estimate",
    ]
    assert refused.value.what.zh == "还不能立案，缺 4 项"


def test_the_handler_cannot_take_on_what_is_not_registered(cast: Cast) -> None:
    with pytest.raises(Refused, match="is not possible here"):
        take_on_claim(a_claim(cast), by=cast.handler)


def test_raw_sql_cannot_skip_a_stage_either(cast: Cast) -> None:
    number = a_claim(cast)
    with pytest.raises(DatabaseError, match="needs"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lipei.command', gen_random_uuid()::text, true)")
        cursor.execute("UPDATE claim SET stage = 'registered' WHERE number = %s", [number])
    with pytest.raises(DatabaseError, match="no step leads"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lipei.command', gen_random_uuid()::text, true)")
        cursor.execute("UPDATE claim SET stage = 'paying' WHERE number = %s", [number])


def test_the_clerk_of_another_role_may_not(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        report_claim(cast.policy.pk, insured_id=cast.policy.insured.get().pk, channel="counter", by=cast.auditor)
    assert refused.value.code == "not_permitted"
