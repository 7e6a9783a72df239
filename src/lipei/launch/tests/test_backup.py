"""The administrator backs up, loses the machine, and restores elsewhere: with the keys it works, without them it
says why not."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from lipei.launch import backup, database, keys, marks
from lipei.launch.addresses import Addresses
from lipei.launch.trouble import BackupTrouble, KeysTrouble, Trouble


@pytest.fixture
def desk(empty: Addresses, home: Path) -> Iterator[Addresses]:
    """A database with one table that `lipei_app` may read, marked with the keys in this home."""
    made = database.clone(empty, "desk_of_test")
    marks.begin(made.owner, keys=keys.load_or_make(data_exists=False), is_demo=False)
    with psycopg.connect(made.owner.url) as connection:
        connection.execute("CREATE TABLE claim (number bigint GENERATED ALWAYS AS IDENTITY, who text)")
        connection.execute("INSERT INTO claim (who) VALUES ('张小宝'), (E'a\\\\.\\nSET transaction_timeout = 0;')")
        connection.execute("GRANT SELECT ON claim TO lipei_app")
    yield made
    database.drop(made.owner)


@pytest.fixture
def new_machine(empty: Addresses) -> Iterator[Addresses]:
    made = database.clone(empty, "new_machine_of_test")
    yield made
    database.drop(made.owner)


def claims(address: Addresses) -> list[tuple[object, ...]]:
    with psycopg.connect(address.app.url) as connection:
        return connection.execute("SELECT number, who FROM claim ORDER BY number").fetchall()


def test_everything_comes_back_with_what_the_roles_may_do(desk: Addresses, new_machine: Addresses, home: Path) -> None:
    said = backup.backup(desk, home / "lipei.backup")
    assert str(keys.path_of_keys()) in said.en
    assert str(keys.path_of_keys()) in said.zh
    backup.restore(new_machine, home / "lipei.backup")
    assert claims(new_machine) == claims(desk)
    assert marks.read(new_machine.owner) == marks.read(desk.owner)


def test_the_backup_is_closed_to_others_and_holds_no_key(desk: Addresses, home: Path) -> None:
    backup.backup(desk, home / "lipei.backup")
    content = (home / "lipei.backup").read_bytes()
    kept = keys.load()
    assert stat.S_IMODE((home / "lipei.backup").stat().st_mode) == 0o600
    for secret in (kept.current, kept.blind_index, kept.secret_key.encode()):
        assert secret not in content
    assert [path.name for path in home.iterdir() if path.name.startswith(".lipei")] == []


def test_without_the_keys_nothing_is_restored_and_both_languages_say_what_is_needed(
    desk: Addresses, new_machine: Addresses, home: Path
) -> None:
    backup.backup(desk, home / "lipei.backup")
    keys.path_of_keys().unlink()
    with pytest.raises(KeysTrouble, match="nothing was restored") as caught:
        backup.restore(new_machine, home / "lipei.backup")
    assert str(keys.path_of_keys()) in caught.value.words.zh
    assert "没有恢复" in caught.value.words.zh
    assert database.is_empty(new_machine.owner)


def test_with_the_keys_of_another_installation_nothing_is_restored(
    desk: Addresses, new_machine: Addresses, home: Path
) -> None:
    backup.backup(desk, home / "lipei.backup")
    keys.save(keys.make(), keys.path_of_keys())
    with pytest.raises(KeysTrouble, match="blind index, encryption 1"):
        backup.restore(new_machine, home / "lipei.backup")
    assert database.is_empty(new_machine.owner)


def test_keys_that_have_been_rotated_since_still_fit(desk: Addresses, new_machine: Addresses, home: Path) -> None:
    backup.backup(desk, home / "lipei.backup")
    keys.rotate()
    backup.restore(new_machine, home / "lipei.backup")
    assert claims(new_machine) == claims(desk)


def test_a_database_that_holds_data_is_never_restored_over(desk: Addresses, home: Path) -> None:
    backup.backup(desk, home / "lipei.backup")
    before = claims(desk)
    with pytest.raises(BackupTrouble, match="already holds data"):
        backup.restore(desk, home / "lipei.backup")
    assert claims(desk) == before


def test_a_restore_that_breaks_off_leaves_the_database_empty(
    desk: Addresses, new_machine: Addresses, home: Path
) -> None:
    with psycopg.connect(desk.owner.url) as connection:
        connection.execute("INSERT INTO claim (who) SELECT md5(n::text) FROM generate_series(1, 50000) n")
    backup.backup(desk, home / "lipei.backup")
    whole = (home / "lipei.backup").read_bytes()
    (home / "lipei.backup").write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(BackupTrouble):
        backup.restore(new_machine, home / "lipei.backup")
    assert database.is_empty(new_machine.owner)
    (home / "lipei.backup").write_bytes(whole)
    backup.restore(new_machine, home / "lipei.backup")


def test_a_start_that_went_no_further_than_its_marks_does_not_stand_in_the_way(
    desk: Addresses, new_machine: Addresses, home: Path
) -> None:
    backup.backup(desk, home / "lipei.backup")
    marks.begin(new_machine.owner, keys=keys.load(), is_demo=True)
    backup.restore(new_machine, home / "lipei.backup")
    assert marks.read(new_machine.owner)[marks.KIND] == marks.LIVE


def test_a_backup_is_never_overwritten(desk: Addresses, home: Path) -> None:
    (home / "lipei.backup").write_text("of yesterday")
    with pytest.raises(BackupTrouble, match="not overwritten"):
        backup.backup(desk, home / "lipei.backup")
    assert (home / "lipei.backup").read_text() == "of yesterday"


def test_an_empty_database_is_not_worth_a_backup(new_machine: Addresses, home: Path) -> None:
    with pytest.raises(BackupTrouble, match="nothing to back up"):
        backup.backup(new_machine, home / "lipei.backup")


def test_a_folder_that_cannot_be_written_is_named(desk: Addresses, home: Path) -> None:
    with pytest.raises(BackupTrouble, match="not completed"):
        backup.backup(desk, home / "nowhere" / "lipei.backup")


@pytest.mark.parametrize("content", [None, b"", b"a letter", b"PGDMP and nothing else"])
def test_what_is_no_backup_is_refused(new_machine: Addresses, home: Path, content: bytes | None) -> None:
    keys.load_or_make(data_exists=False)
    if content is not None:
        (home / "letter.txt").write_bytes(content)
    with pytest.raises(BackupTrouble, match="no backup"):
        backup.restore(new_machine, home / "letter.txt")


def test_a_demonstration_is_not_begun_in_other_data(desk: Addresses, home: Path) -> None:
    with pytest.raises(Trouble, match="holds other data"):
        marks.begin(desk.owner, keys=keys.load(), is_demo=True)


def test_a_demonstration_stays_one_whatever_is_asked_for_later(new_machine: Addresses, home: Path) -> None:
    kept = keys.load_or_make(data_exists=False)
    assert marks.begin(new_machine.owner, keys=kept, is_demo=True) == marks.DEMO
    assert marks.begin(new_machine.owner, keys=kept, is_demo=False) == marks.DEMO


def test_data_do_not_start_with_other_keys(desk: Addresses, home: Path) -> None:
    shutil.copy(keys.path_of_keys(), home / "kept.json")
    with pytest.raises(KeysTrouble, match="do not belong"):
        marks.begin(desk.owner, keys=keys.make(), is_demo=False)
    assert marks.begin(desk.owner, keys=keys.load(home / "kept.json"), is_demo=False) == marks.LIVE


def test_the_working_role_may_read_the_marks_and_not_change_them(desk: Addresses) -> None:
    assert marks.read(desk.app)[marks.KIND] == marks.LIVE
    with psycopg.connect(desk.app.url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("UPDATE launch.marks SET value = 'demo'")
