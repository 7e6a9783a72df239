"""The administrator finds data, keys and cache where the system's customs put them, and keys never inside the data."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from lipei.launch import places


def test_with_nothing_set_everything_is_in_the_home_folder_and_the_keys_are_outside_the_data(home: Path) -> None:
    assert places.data_dir() == home / ".local/share/lipei"
    assert places.keys_dir() == home / ".config/lipei/keys"
    assert places.cache_dir() == home / ".cache/lipei"
    assert places.data_dir() not in places.keys_dir().parents
    assert places.data_dir() not in places.deposit_dir().parents


def test_each_place_may_be_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_HOME", "~/elsewhere")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "settings"))
    assert places.data_dir() == home / "elsewhere"
    assert places.keys_dir() == home / "settings/lipei/keys"


def test_a_relative_xdg_folder_is_ignored_as_the_standard_says(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "somewhere")
    assert places.data_dir() == home / ".local/share/lipei"


def test_a_private_file_can_be_read_by_its_owner_only_whatever_the_umask(folder: Path) -> None:
    before = os.umask(0)
    try:
        places.write_private(folder / "new" / "keys.json", b"secret")
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "new" / "keys.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "new").stat().st_mode) == 0o700


def test_a_private_file_is_replaced_whole_and_leaves_nothing_beside_it(folder: Path) -> None:
    places.write_private(folder / "keys.json", b"first")
    places.write_private(folder / "keys.json", b"second")
    assert (folder / "keys.json").read_bytes() == b"second"
    assert [path.name for path in folder.iterdir()] == ["keys.json"]


def test_the_socket_folder_has_a_short_path_even_when_the_data_folder_has_a_long_one(home: Path) -> None:
    cluster = home.joinpath(*["a-very-long-name-of-a-folder"] * 8)
    sockets = places.socket_dir(cluster, owner=os.geteuid())
    try:
        assert len(bytes(sockets)) <= places.SOCKET_PATH_BYTES_MAX - 15
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert places.socket_dir(cluster, owner=os.geteuid()) == sockets
    finally:
        sockets.rmdir()


def test_a_socket_folder_that_others_may_enter_is_not_used(home: Path) -> None:
    sockets = places.socket_dir(home, owner=os.geteuid())
    sockets.chmod(0o777)
    other = places.socket_dir(home, owner=os.geteuid())
    try:
        assert other != sockets
    finally:
        sockets.rmdir()
        other.rmdir()


def test_the_database_lies_in_the_data_folder_unless_the_servers_user_may_not_enter_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "SHARED_DATA", folder / "shared")
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    assert places.cluster_dir(closed) == closed / "postgres"
    apart = places.cluster_dir(closed, reachable=places.entered_by_all)
    assert apart.parent.parent == folder / "shared"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_database_that_exists_stays_where_it_is_when_folders_are_closed_later(folder: Path) -> None:
    (folder / "postgres").mkdir()
    (folder / "postgres" / "PG_VERSION").write_text("18\n")
    assert places.cluster_dir(folder, reachable=lambda _: False) == folder / "postgres"


def test_folders_are_opened_only_where_they_are_made(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    before = os.umask(0o077)
    try:
        places.open_folder(closed / "a" / "b")
    finally:
        os.umask(before)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert stat.S_IMODE((closed / "a" / "b").stat().st_mode) == 0o755
