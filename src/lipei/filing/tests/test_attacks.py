"""Whoever alters the record by raw SQL is found by `lipei verify`, which names file and entry.

The owner of the database can do anything; what he cannot do is agree with a block that lies elsewhere.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.utils import timezone

from lipei.filing import verification
from lipei.filing.actor import system
from lipei.filing.chain import EntryRow, entry_hash
from lipei.filing.seal import make_block
from lipei.filing.verification import check
from lipei.staff.commands import BranchData, open_branch


def open_branches() -> None:
    for code in ("JH", "YL", "SW"):
        open_branch(
            BranchData(code=code, name_zh=f"{code}支公司", name_en=f"{code} branch", address_zh="示例路 1 号",
                       address_en="1 Example Road", phone="400-000-0000"),
            by=system(),
        )


@pytest.fixture
def office(own_database: Any, django_db_blocker: Any, addresses: Any) -> Iterator[Any]:
    """A database of its own with an office file of three entries; Django works on it as `lipei_app`."""
    connection = connections["default"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(own_database.app.django())
        open_branches()
        yield own_database
        connection.close()
        connection.settings_dict.update(addresses.app.django())


def as_owner(office: Any, *statements: str) -> None:
    with psycopg.connect(office.owner.url, autocommit=True) as raw:
        for statement in statements:
            raw.execute(statement)


def findings(deposit: Path) -> list[str]:
    return [w.en for w in check(deposit).findings]


def test_an_untouched_office_has_no_findings(office: Any, tmp_path: Path) -> None:
    make_block(at=timezone.now(), deposit=tmp_path)
    report = check(tmp_path)
    assert report.findings == []
    assert (report.files, report.entries, report.blocks) == (1, 3, 1)


OFF = "ALTER TABLE {t} DISABLE TRIGGER ALL"
ATTACKS = {
    "altered entry": (OFF.format(t="entry"), "UPDATE entry SET plain = replace(plain, 'JH', 'XX') WHERE number = 1"),
    "altered reason": (OFF.format(t="entry"), "UPDATE entry SET why = 'because' WHERE number = 2"),
    "deleted entry": (OFF.format(t="entry"), "DELETE FROM entry WHERE number = 2"),
    "forged entry": (
        OFF.format(t="entry"),
        "INSERT INTO entry (file_id, number, kind, version, at, recorded_at, by_kind, by_ref, by_name, why, command, verb, plain, "
        "history_digest, prev_hash, hash) SELECT file_id, 4, kind, 1, at, recorded_at, by_kind, by_ref, by_name, why, "
        "gen_random_uuid(), verb, plain, history_digest, hash, hash FROM entry WHERE number = 3",
    ),
    "altered history": ("UPDATE row_history SET db_role = 'x' WHERE id = (SELECT min(id) FROM row_history)",),
    "deleted history": ("DELETE FROM row_history WHERE id = (SELECT max(id) FROM row_history)",),
    "forged history": (
        "INSERT INTO row_history (table_name, row_key, operation, command, db_role, recorded_at) "
        "VALUES ('branch', '1', 'UPDATE', gen_random_uuid(), 'lipei_app', now())",
    ),
    "altered row": (OFF.format(t="branch"), "UPDATE branch SET phone = '1' WHERE code = 'YL'"),
    "deleted row": (OFF.format(t="team"), "DELETE FROM team WHERE name_en LIKE 'YL%'"),
    "forged row": (OFF.format(t="team"), "INSERT INTO team (branch_id, name_zh, name_en) SELECT id, 'x', 'x' FROM branch LIMIT 1"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_raw_sql_by_the_owner_is_found(name: str, office: Any, tmp_path: Path) -> None:
    as_owner(office, *ATTACKS[name])
    found = findings(tmp_path)
    assert found, f"{name} was not found"
    assert any("OFFICE-STAFF" in f or "branch" in f or "team" in f for f in found), found


def test_a_cut_end_is_found_even_without_a_block(office: Any, tmp_path: Path) -> None:
    as_owner(office, OFF.format(t="entry"), "DELETE FROM entry WHERE number = 3")
    assert "File OFFICE-STAFF: it should end with entry 3, it has 2" in findings(tmp_path)


def rewrite_chain(office: Any) -> None:
    """The owner alters the second entry and recomputes every hash after it, heads included."""
    with psycopg.connect(office.owner.url, autocommit=True) as raw:
        raw.execute("ALTER TABLE entry DISABLE TRIGGER ALL")
        raw.execute("UPDATE entry SET by_name = 'Nobody' WHERE number = 2")
        columns = (
            "file_id, number, kind, version, at, recorded_at, by_kind, by_ref, by_name, why, command, verb, caused_by_id, plain,"
            " personal_digest, history_digest, prev_hash, hash"
        )
        prev = b""
        for values in raw.execute(f"SELECT {columns} FROM entry ORDER BY number").fetchall():
            row = EntryRow(*values)
            row = EntryRow(*values[:16], prev or row.prev_hash, b"")
            prev = entry_hash(row)
            raw.execute("UPDATE entry SET prev_hash = %s, hash = %s WHERE number = %s", [row.prev_hash, prev, row.number])
        raw.execute("UPDATE file_head SET hash = %s", [prev])


def test_a_recomputed_chain_agrees_with_itself_but_not_with_the_deposited_block(office: Any, tmp_path: Path) -> None:
    make_block(at=timezone.now(), deposit=tmp_path)
    rewrite_chain(office)
    assert findings(tmp_path / "no deposit") == []
    found = findings(tmp_path)
    assert found == ["File OFFICE-STAFF: entry 3 does not agree with deposited block 1 (rewritten or cut)"]


def test_a_cut_and_recomputed_end_does_not_agree_with_the_deposited_block(office: Any, tmp_path: Path) -> None:
    make_block(at=timezone.now(), deposit=tmp_path)
    as_owner(
        office, OFF.format(t="entry"), "ALTER TABLE branch DISABLE TRIGGER ALL", "ALTER TABLE team DISABLE TRIGGER ALL",
        "DELETE FROM row_history WHERE command = (SELECT command FROM entry WHERE number = 3)",
        "DELETE FROM entry WHERE number = 3", "UPDATE file_head SET length = 2, hash = (SELECT hash FROM entry WHERE number = 2)",
        "DELETE FROM team WHERE name_en LIKE 'SW%'", "DELETE FROM branch WHERE code = 'SW'",
    )
    assert findings(tmp_path / "no deposit") == []
    assert findings(tmp_path) == ["File OFFICE-STAFF: entry 3 does not agree with deposited block 1 (rewritten or cut)"]


def test_people_go_on_working_while_the_record_is_looked_through(office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A branch is opened by somebody else between two readings of the check: what it reads is one moment, so nothing is found."""
    walked = verification._check_chains

    def and_somebody_writes(*args: Any) -> None:
        walked(*args)
        somebody = threading.Thread(target=open_one_more)
        somebody.start()
        somebody.join()

    monkeypatch.setattr(verification, "_check_chains", and_somebody_writes)
    report = check(tmp_path)
    monkeypatch.undo()
    assert report.findings == []
    assert report.entries == 3
    assert check(tmp_path).entries == 4


def open_one_more() -> None:
    branch = BranchData(code="XS", name_zh="新设支公司", name_en="New branch", address_zh="示例路 2 号", address_en="2 Example Road", phone="400-000-0000")
    try:
        open_branch(branch, by=system())
    finally:
        connections["default"].close()
