"""The embedded server: started by whom, joined, killed, left, and what a person reads when it cannot start.

Each story has a data folder of its own; nothing here touches a database of the machine's user.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from lipei.launch import database, places, programs
from lipei.launch.server import EmbeddedServer
from lipei.launch.trouble import ServerTrouble

PASSWORD = "a password of this test"
AS_ROOT = os.geteuid() == 0
SOURCE = Path(__file__).resolve().parents[3]


def server_of(data: Path, password: str = PASSWORD) -> EmbeddedServer:
    return EmbeddedServer(data, owner_password=password, settings={"shared_buffers": "64MB"})


def told(server: EmbeddedServer, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.address().url, autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[call-overload]
        return list(cursor.fetchall()) if cursor.description else []


def ended(pid: int) -> bool:
    """Whether the process is gone or only waits to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def awaited(happened: Callable[[], bool], *, seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def test_the_first_start_makes_a_database_in_utf8_without_tcp_that_asks_for_the_password(folder: Path) -> None:
    with server_of(folder / "data") as server:
        assert told(server, "SHOW server_encoding") == [("UTF8",)]
        assert told(server, "SHOW listen_addresses") == [("",)]
        assert told(server, "SELECT lower('ÄÖÜ'), current_user") == [("äöü", "lipei_owner")]
        stranger = server.address().for_role("lipei_owner", "a guess")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(stranger.url)


def test_no_statement_reaches_the_log_since_statements_carry_names(folder: Path) -> None:
    with server_of(folder / "data") as server:
        with pytest.raises(psycopg.errors.UndefinedTable):
            told(server, "SELECT '张小宝' FROM nowhere")
        assert "张小宝" not in server.cluster.log.read_text()


def test_the_second_start_finds_what_the_first_wrote(folder: Path) -> None:
    with server_of(folder / "data") as server:
        told(server, "CREATE TABLE kept AS SELECT 42 AS answer")
    assert server.pid is None
    with server_of(folder / "data") as server:
        assert told(server, "SELECT answer FROM kept") == [(42,)]


def test_a_second_user_joins_and_the_last_one_to_leave_stops_the_server(folder: Path) -> None:
    first, second = server_of(folder / "data"), server_of(folder / "data")
    first.start()
    second.start()
    pid = first.pid
    assert second.pid == pid
    first.stop()
    assert second.pid == pid
    assert told(second, "SELECT 1") == [(1,)]
    second.stop()
    assert second.pid is None
    second.stop()


def test_after_kill_9_of_the_server_everything_acknowledged_is_there(folder: Path) -> None:
    with server_of(folder / "data") as server:
        told(server, "CREATE TABLE kept (number int)")
        told(server, "INSERT INTO kept SELECT generate_series(1, 1000)")
        dead = server.pid
        assert dead is not None
        os.kill(dead, signal.SIGKILL)
        awaited(lambda: ended(dead))
        assert server.revive()
        assert server.pid != dead
        assert told(server, "SELECT count(*) FROM kept") == [(1000,)]
        assert not server.revive()


def test_a_new_start_after_everything_was_killed_does_not_believe_the_old_pid_file(folder: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from lipei.launch.server import EmbeddedServer
server = EmbeddedServer(Path({str(folder / "data")!r}), owner_password={PASSWORD!r})
server.start()
os.kill(server.pid, signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    with server_of(folder / "data") as server:
        assert told(server, "SELECT 1") == [(1,)]


def test_a_pid_file_that_names_another_program_is_taken_away(folder: Path) -> None:
    with server_of(folder / "data") as server:
        pass
    (server.cluster.folder / "postmaster.pid").write_text(f"{os.getpid()}\n{server.cluster.folder}\n1\n5432\n/tmp\n")
    with server_of(folder / "data") as server:
        assert server.pid != os.getpid()
        assert told(server, "SELECT 1") == [(1,)]


def test_a_server_whose_starter_was_killed_is_joined_and_stopped_by_the_next(folder: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from lipei.launch.server import EmbeddedServer
server = EmbeddedServer(Path({str(folder / "data")!r}), owner_password={PASSWORD!r})
server.start()
print(server.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    left = int(done.stdout)
    with server_of(folder / "data") as server:
        assert server.pid == left
    assert ended(left)


def test_a_start_that_was_cut_short_leaves_nothing_half_made(folder: Path) -> None:
    (folder / "data" / "postgres.new" / "base").mkdir(parents=True)
    (folder / "data").chmod(0o711)
    with server_of(folder / "data") as server:
        assert told(server, "SELECT 1") == [(1,)]
    assert not (folder / "data" / "postgres.new").exists()
    assert not list((folder / "data").glob("*.password"))


def test_the_wrong_key_folder_is_named(folder: Path) -> None:
    with server_of(folder / "data"):
        pass
    with pytest.raises(ServerTrouble) as caught, server_of(folder / "data", "another password"):
        pass
    assert str(places.keys_dir()) in caught.value.words.en
    assert str(places.keys_dir()) in caught.value.words.zh


def test_when_only_the_passwords_were_lost_the_data_are_entered_with_new_ones(home: Path) -> None:
    with database.serving() as addresses, psycopg.connect(addresses.owner.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        connection.execute("GRANT SELECT ON kept TO lipei_app")
    (home / ".config/lipei/keys/roles.json").unlink()
    with database.serving() as addresses, psycopg.connect(addresses.app.url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_when_the_server_cannot_start_the_person_reads_its_last_words_and_where_the_log_is(folder: Path) -> None:
    server = EmbeddedServer(folder / "data", owner_password=PASSWORD, settings={"shared_buffers": "a lot"})
    with pytest.raises(ServerTrouble, match="shared_buffers") as caught:
        server.start()
    assert str(server.cluster.log) in caught.value.words.zh
    with server_of(folder / "data") as mended:
        assert told(mended, "SELECT 1") == [(1,)]


def test_a_database_of_another_version_is_refused_and_left_alone(folder: Path) -> None:
    with server_of(folder / "data") as server:
        pass
    (server.cluster.folder / "PG_VERSION").write_text("14\n")
    with pytest.raises(ServerTrouble, match="PostgreSQL 14"):
        server.start()


def test_an_administrators_own_settings_win(folder: Path) -> None:
    with server_of(folder / "data") as server:
        (server.cluster.folder / "local.conf").write_text("work_mem = '7MB'\n")
        (server.cluster.folder / "local.conf").chmod(0o644)
    with server_of(folder / "data") as server:
        assert told(server, "SHOW work_mem") == [("7MB",)]


@pytest.mark.skipif(not AS_ROOT, reason="only root hands the server to another user")
def test_root_hands_the_server_to_another_user_and_opens_no_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "SHARED_DATA", folder / "shared")
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with server_of(closed / "data") as server:
        assert server.pid is not None
        assert Path(f"/proc/{server.pid}").stat().st_uid == programs.account().uid != 0
        assert server.cluster.folder.is_relative_to(folder / "shared")
        assert stat.S_IMODE(server.cluster.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.skipif(not AS_ROOT, reason="only root needs a copy of the programs")
def test_programs_in_a_closed_folder_are_copied_for_the_servers_user(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    package = programs.installed().parents[1]
    shutil.copytree(
        package, closed / programs.PACKAGE, symlinks=True, ignore=shutil.ignore_patterns("pginstall", "*.a")
    )
    shutil.copytree(package.with_name(f"{programs.PACKAGE}.libs"), closed / f"{programs.PACKAGE}.libs")
    installed = closed / programs.PACKAGE / programs.INSTALL / "bin"
    monkeypatch.setattr(programs, "installed", lambda: installed)
    monkeypatch.setattr(places, "SHARED_CACHE", folder / "cache")
    monkeypatch.setenv("LIPEI_CACHE", str(closed / "cache"))
    programs.readable.cache_clear()
    try:
        with server_of(folder / "data") as server:
            assert told(server, "SELECT 1") == [(1,)]
        assert programs.readable(programs.account()).is_relative_to(folder / "cache")
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    finally:
        programs.readable.cache_clear()


def python_for_everybody() -> tuple[str, dict[str, str]]:
    """An interpreter of this version that another user may run, and how it finds the packages installed here."""
    packages = os.pathsep.join([str(SOURCE), *[path for path in sys.path if path.endswith("site-packages")]])
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        if Path(candidate).exists() and places.entered_by_all(Path(candidate).resolve()):
            return candidate, {"PYTHONPATH": packages, "PATH": os.defpath}
    pytest.skip("no interpreter here that another user may run")


@pytest.mark.skipif(not AS_ROOT, reason="takes root to become somebody else")
def test_two_users_of_the_machine_each_run_their_own_at_once(folder: Path) -> None:
    python, environment = python_for_everybody()
    theirs = folder / "theirs"
    theirs.mkdir()
    nobody = programs.account()
    os.chown(theirs, nobody.uid, nobody.gid)
    code = f"""
import os
from pathlib import Path
from lipei.launch.server import EmbeddedServer
with EmbeddedServer(Path({str(theirs / "data")!r}), owner_password="theirs") as server:
    print(os.geteuid(), server.pid, server.address().host, flush=True)
    input()
"""
    with server_of(folder / "ours") as ours:
        other = subprocess.Popen(
            [python, "-c", code], env={**environment, "HOME": str(theirs)}, cwd="/", text=True,
            user=nobody.uid, group=nobody.gid, extra_groups=[], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert other.stdout
        uid, pid, sockets = other.stdout.readline().split()
        assert (int(uid), int(pid)) != (0, ours.pid)
        assert sockets != ours.address().host
        assert told(ours, "SELECT 1") == [(1,)]
        other.communicate("\n", timeout=60)
        assert other.returncode == 0
        assert ended(int(pid))


@pytest.mark.skipif(not AS_ROOT, reason="takes root to become somebody else")
def test_a_data_folder_made_by_another_user_is_refused_by_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with server_of(folder / "data") as server:
        pass
    os.chown(server.cluster.folder, 0, 0)
    with pytest.raises(ServerTrouble, match="belongs to the user root") as caught:
        server.start()
    assert "root" in caught.value.words.zh
