"""The folder of the embedded database: made once, configured at each start, and who is at work in it, told from
its pid file."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lipei.launch import places, programs
from lipei.launch.addresses import OWNER
from lipei.launch.programs import MAJOR_VERSION, Account
from lipei.launch.trouble import ServerTrouble
from lipei.terms.words import Words

PID_FILE = "postmaster.pid"
LOG_FILE = "server.log"
LOG_BYTES_MAX = 10_000_000
LEFTOVER_SECONDS_MAX = 20.0
POLL_SECONDS = 0.05

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "datestyle": "ISO, YMD",
    "default_text_search_config": "pg_catalog.simple",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "jit": "off",
}
"""No TCP; and no statement in the log, since statements carry personal data."""
ACCESS = "# Written by Lipei: the three roles through the Unix socket, each with its password.\nlocal all all scram-sha-256\n"

FOLDER_OF_ANOTHER = Words(
    zh="数据库目录 {folder} 属于系统用户“{theirs}”，而当前须由“{ours}”运行。请用原来的用户启动理赔，或用 LIPEI_HOME 指定另一个数据目录。",
    en="The database folder {folder} belongs to the user {theirs}, but it would have to be run by {ours}. "
    "Start Lipei as the user who made it, or name another data folder with LIPEI_HOME.",
)
VERSION_DIFFERS = Words(
    zh="数据库目录 {folder} 由 PostgreSQL {theirs} 建立，而随附的程序是 {ours}。请用当时的版本执行 lipei backup，再在新目录中执行 lipei restore。",
    en="The database folder {folder} was made by PostgreSQL {theirs}, and the programs here are version {ours}. "
    "Run `lipei backup` with the version that made it, then `lipei restore` into a new folder.",
)
NOT_ADMITTED = Words(
    zh="未能为 {folder} 中的数据库重设角色密码。程序的说明是：{said}",
    en="The password of the role could not be set anew for the database in {folder}. The program says: {said}",
)
NOT_MADE = Words(
    zh="未能在 {folder} 建立数据库。程序的说明是：{said}",
    en="The database could not be made in {folder}. The program says: {said}",
)


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A running server: its process and the folder of its socket."""

    pid: int
    socket_dir: Path


@dataclass(frozen=True, slots=True)
class Cluster:
    """One database folder and the user of the operating system who runs it."""

    folder: Path
    runner: Account

    @property
    def is_made(self) -> bool:
        return (self.folder / "PG_VERSION").exists()

    @property
    def log(self) -> Path:
        return self.folder / LOG_FILE

    def make(self, *, owner_password: str) -> None:
        """Make the database folder with the superuser `lipei_owner`; a start that was cut short leaves nothing
        half-made.

        Raises `ServerTrouble` with what `initdb` said.
        """
        waiting = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(waiting, ignore_errors=True)
        self._own_folder(waiting)
        password_file = waiting.with_name(f"{waiting.name}.password")
        try:
            places.write_private(password_file, owner_password.encode())
            os.chown(password_file, self.runner.uid, self.runner.gid)
            arguments = [
                "-D",
                str(waiting),
                "-U",
                OWNER,
                "--pwfile",
                str(password_file),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
            ]
            arguments += ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
            done = programs.run("initdb", arguments, runner=self.runner)
        finally:
            password_file.unlink(missing_ok=True)
        if done.returncode:
            shutil.rmtree(waiting, ignore_errors=True)
            raise ServerTrouble(NOT_MADE.with_(folder=self.folder, said=(done.stderr or done.stdout).strip()[-600:]))
        waiting.rename(self.folder)

    def admit(self, owner_password: str) -> None:
        """Give `lipei_owner` a new password, through the single-user mode of a server that is not running.

        For data whose `roles.json` was lost: whoever owns the folder may enter anyway. Raises `ServerTrouble`.
        """
        statement = f"ALTER ROLE {OWNER} PASSWORD '{owner_password}'\n"
        arguments = ["--single", "-D", str(self.folder), "-c", "log_min_messages=fatal", "postgres"]
        done = programs.run("postgres", arguments, runner=self.runner, text=statement)
        if done.returncode or "ERROR" in done.stderr:
            raise ServerTrouble(NOT_ADMITTED.with_(folder=self.folder, said=done.stderr.strip()[-600:]))

    def check(self) -> None:
        """Raises `ServerTrouble` when the folder belongs to another user or was made by another major version."""
        owner = self.folder.stat().st_uid
        if owner != self.runner.uid:
            names = {"theirs": programs.name_of(owner), "ours": self.runner.name}
            raise ServerTrouble(FOLDER_OF_ANOTHER.with_(folder=self.folder, **names))
        version = (self.folder / "PG_VERSION").read_text().strip()
        if version != MAJOR_VERSION:
            raise ServerTrouble(VERSION_DIFFERS.with_(folder=self.folder, theirs=version, ours=MAJOR_VERSION))

    def configure(self, sockets: Path, settings: Mapping[str, str]) -> None:
        """Write the configuration anew and clear the socket's folder; what an administrator adds in `local.conf` wins.

        Only for a server that is known not to run.
        """
        chosen = {**SETTINGS, "unix_socket_directories": str(sockets), **settings}
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in chosen.items()]
        text = "\n".join(
            [
                "# Written by Lipei at each start; put your own settings into local.conf.",
                *lines,
                "include_if_exists 'local.conf'",
                "",
            ]
        )
        for stale in sockets.glob(".s.PGSQL.*"):
            stale.unlink(missing_ok=True)
        self._write("postgresql.conf", text)
        self._write("pg_hba.conf", ACCESS)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES_MAX:
            self.log.replace(self.log.with_name(f"{LOG_FILE}.1"))

    def postmaster(self) -> Postmaster | None:
        """The server that is at work in this folder, or None; the pid file of one that died is taken away.

        A process number alone proves nothing: after `kill -9` it may be a corpse not yet buried, or another program's.
        """
        path = self.folder / PID_FILE
        try:
            lines = path.read_text().splitlines()
        except FileNotFoundError:
            return None
        pid = int(lines[0]) if lines and lines[0].strip().isdecimal() else 0
        if pid and _works_in(pid, self.folder):
            return Postmaster(pid, Path(lines[4] if len(lines) > 4 else ""))
        path.unlink(missing_ok=True)
        return None

    def await_leftovers(self) -> None:
        """Wait until the processes of a server that was killed have left the folder; those that do not go in time
        are killed too."""
        until = time.monotonic() + LEFTOVER_SECONDS_MAX
        while (left := _processes_in(self.folder)) and time.monotonic() < until:
            time.sleep(POLL_SECONDS)
        for pid in left:
            _kill(pid)

    def last_words(self) -> str:
        """The last lines of the server's log, for a person who has to find out why it does not start."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        except OSError:
            return ""

    def _own_folder(self, folder: Path) -> None:
        places.open_folder(folder.parent) if not self.runner.is_ours else folder.parent.mkdir(
            parents=True, exist_ok=True
        )
        folder.mkdir(mode=0o700)
        os.chown(folder, self.runner.uid, self.runner.gid)

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        places.write_private(path, text.encode())
        os.chown(path, self.runner.uid, self.runner.gid)


def _works_in(pid: int, folder: Path) -> bool:
    """Whether the process is a live server started for `folder`, told from its command line; a dead one not yet
    buried has none."""
    try:
        command = (Path("/proc") / str(pid) / "cmdline").read_bytes().split(b"\0")
        arguments = [os.fsdecode(part) for part in command]
    except OSError:
        arguments = programs.system_said(["ps", "-o", "command=", "-p", str(pid)]).split()
    target = folder.resolve()
    is_postgres = bool(arguments) and Path(arguments[0]).name == "postgres"
    return is_postgres and any(Path(part).resolve() == target for part in arguments[1:] if part.startswith("/"))


def _processes_in(folder: Path) -> list[int]:
    """The server's processes that work in `folder`; an empty list where the system does not show it."""
    target = folder.resolve()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            is_postgres = (entry / "comm").read_text().strip() == "postgres"
            if is_postgres and Path(os.readlink(entry / "cwd")) == target:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _kill(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return
