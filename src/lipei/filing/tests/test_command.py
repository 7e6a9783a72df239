"""A command writes entries that the database numbers and hashes; outside a command nothing can be written."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from lipei.filing.actor import system
from lipei.filing.models import Entry, File, RowHistory
from lipei.staff.commands import BranchData, open_branch
from lipei.staff.models import Branch

pytestmark = pytest.mark.django_db


def a_branch(code: str = "JH") -> int:
    return open_branch(
        BranchData(code=code, name_zh="镜湖支公司", name_en="Jinghu branch", address_zh="镜湖市示例路 1 号",
                   address_en="1 Example Road, Jinghu", phone="400-000-0000"),
        by=system(),
    )


def test_a_command_leaves_a_numbered_sealed_entry() -> None:
    a_branch("JH")
    a_branch("YL")
    file = File.objects.get(number="OFFICE-STAFF")
    entries = list(Entry.objects.filter(file=file).order_by("number"))
    assert [e.number for e in entries] == [1, 2]
    assert bytes(entries[1].prev_hash) == bytes(entries[0].hash)
    assert len(bytes(entries[0].history_digest)) == 32
    assert RowHistory.objects.filter(command=entries[0].command, table_name="branch").count() == 1


def test_a_stray_save_outside_a_command_is_refused() -> None:
    a_branch()
    branch = Branch.objects.get()
    branch.name_zh = "改过"
    with pytest.raises(DatabaseError, match="outside a command"), transaction.atomic():
        branch.save()


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE entry SET plain = '{}'",
        "DELETE FROM entry",
        "TRUNCATE entry CASCADE",
        "UPDATE row_history SET db_role = 'x'",
        "DELETE FROM row_history",
        "INSERT INTO row_history (table_name, row_key, operation, command, db_role, recorded_at) VALUES ('claim','1','INSERT',gen_random_uuid(),'x',now())",
        "UPDATE file_head SET length = 0",
        "UPDATE posting SET amount = 0",
        "DELETE FROM posting",
        "DELETE FROM stage_step",
        "ALTER TABLE entry DISABLE TRIGGER ALL",
        "DELETE FROM file",
        "UPDATE launch.marks SET value = 'demo'",
    ],
)
def test_the_program_role_may_not_touch_the_record(attack: str) -> None:
    with pytest.raises(DatabaseError, match=r"denied|must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
