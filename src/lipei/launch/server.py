"""The embedded PostgreSQL server: started or joined, awaited through crash recovery, stopped when its last user leaves.

Every process that uses the server holds a shared lock on one file of the data folder; the system lets go of it when the
process dies, however it dies, so no lock is ever stale. Whoever finds on leaving that nobody else holds it stops
the server.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import errors

from lipei.launch import places, programs
from lipei.launch.addresses import OWNER, PORT, Address
from lipei.launch.cluster import Cluster
from lipei.launch.trouble import ServerTrouble
from lipei.terms.words import Words

USERS_LOCK = "server.users"
STARTING_LOCK = "server.starting"
LOCK_SECONDS_MAX = 330.0
START_SECONDS_MAX = 300
STOP_SECONDS_MAX = 60
RETRY_SECONDS_MAX = 25.0
POLL_SECONDS = 0.1
CONNECT_SECONDS_MAX = 10

TEST_SETTINGS: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
}
"""For servers that are thrown away after a test; never for one whose data shall survive."""

NOT_STARTED = Words(
    zh="数据库未能启动。日志 {log} 的最后几行是：\n{said}",
    en="The database did not start. The last lines of its log {log}:\n{said}",
)
NOT_STOPPED = Words(
    zh="数据库在 {seconds} 秒内未能停止（进程 {pid}）。数据是安全的；下次启动会继续使用它。",
    en="The database did not stop within {seconds} seconds (process {pid}). The data are safe; the next start "
    "will use it as it is.",
)
NOT_READY = Words(
    zh="数据库已启动，但 {seconds} 秒内未能应答：{said}",
    en="The database was started but did not answer within {seconds} seconds: {said}",
)
BUSY = Words(
    zh="另一个进程正在启动或停止 {folder} 中的数据库，等待了 {seconds} 秒仍未结束。请稍后再试。",
    en="Another process is starting or stopping the database in {folder}, and did not finish within {seconds} "
    "seconds. Try again later.",
)
PASSWORD_DIFFERS = Words(
    zh="数据库目录 {folder} 不接受密钥目录 {keys} 中的密码：两者不属于同一套理赔。请用 LIPEI_KEYS 指定与这份数据一起建立的密钥目录。",
    en="The database in {folder} does not take the password in {keys}: the two do not belong together. "
    "Name the key folder that was made with these data with LIPEI_KEYS.",
)


class EmbeddedServer:
    """The server of one data folder; usable as a context manager.

    `settings` adds to the configuration, but only where this call is the one that starts the server.
    """

    def __init__(self, data: Path, *, owner_password: str, settings: Mapping[str, str] | None = None) -> None:
        runner = programs.account()
        folder = places.cluster_dir(data, reachable=None if runner.is_ours else places.entered_by_all)
        self.data = data
        self.cluster = Cluster(folder, runner)
        self._owner_password = owner_password
        self._settings = settings or {}
        self._users: int | None = None

    def start(self) -> None:
        """Make the cluster if there is none, start the server or join the one that runs, and wait until it answers.

        Raises `ServerTrouble` (both languages) with the reason and what to do.
        """
        places.made_data_dir(self.data, is_shared=not self.cluster.runner.is_ours)
        with self._starting():
            users = _opened(self.data / USERS_LOCK)
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self._start_or_join()
            except BaseException:
                os.close(users)
                raise
            self._users = users

    def admit(self) -> None:
        """Make this password the owner's, for data whose own was lost; nothing happens when there are no data yet.

        Before `start`. A server left running by a launcher that was killed is stopped first.
        """
        if not self.cluster.is_made:
            return
        with self._starting():
            self._stop()
            self.cluster.await_leftovers()
            self.cluster.admit(self._owner_password)

    def revive(self) -> bool:
        """Start the server again if it has died; False when it is alive."""
        if self.cluster.postmaster() is not None:
            return False
        with self._starting():
            self._start_or_join()
        return True

    def stop(self) -> None:
        """Leave the server; stop it when nobody else uses it. A second call does nothing.

        Raises `ServerTrouble` when it does not stop in time.
        """
        if self._users is None:
            return
        with self._starting():
            users, self._users = self._users, None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                os.close(users)
            self._stop()

    def address(self, dbname: str = "postgres") -> Address:
        """Where the owner reaches a database of the running server."""
        running = self.cluster.postmaster()
        if running is None:
            raise ServerTrouble(NOT_STARTED.with_(log=self.cluster.log, said=self.cluster.last_words()))
        return Address(
            host=str(running.socket_dir), port=PORT, user=OWNER, password=self._owner_password, dbname=dbname
        )

    @property
    def pid(self) -> int | None:
        """The process number of the running server, or None."""
        running = self.cluster.postmaster()
        return running.pid if running else None

    def __enter__(self) -> EmbeddedServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start_or_join(self) -> None:
        if not self.cluster.is_made:
            self.cluster.make(owner_password=self._owner_password)
        self.cluster.check()
        if self.cluster.postmaster() is None:
            self.cluster.await_leftovers()
            self.cluster.configure(
                places.socket_dir(self.cluster.folder, owner=self.cluster.runner.uid), self._settings
            )
            self._run_postgres()
        self._await_answer()

    def _run_postgres(self) -> None:
        """Start the server and wait; one that finds the memory of a killed predecessor still in use is tried again."""
        until = time.monotonic() + RETRY_SECONDS_MAX
        arguments = [
            "start",
            "-D",
            str(self.cluster.folder),
            "-l",
            str(self.cluster.log),
            "-w",
            "-t",
            str(START_SECONDS_MAX),
            "-s",
        ]
        while programs.run("pg_ctl", arguments, runner=self.cluster.runner).returncode:
            said = self.cluster.last_words()
            if "pre-existing shared memory" not in said or time.monotonic() > until:
                raise ServerTrouble(NOT_STARTED.with_(log=self.cluster.log, said=said))
            time.sleep(1)

    def _await_answer(self) -> None:
        until = time.monotonic() + START_SECONDS_MAX
        while True:
            try:
                psycopg.connect(self.address().url, connect_timeout=CONNECT_SECONDS_MAX).close()
                return
            except psycopg.OperationalError as error:
                if is_password_refused(error):
                    words = PASSWORD_DIFFERS.with_(folder=self.cluster.folder, keys=places.keys_dir())
                    raise ServerTrouble(words) from error
                if time.monotonic() > until:
                    raise ServerTrouble(NOT_READY.with_(seconds=START_SECONDS_MAX, said=str(error).strip())) from error
            time.sleep(POLL_SECONDS)

    def _stop(self) -> None:
        running = self.cluster.postmaster()
        if running is None:
            return
        arguments = ["stop", "-D", str(self.cluster.folder), "-m", "fast", "-w", "-t", str(STOP_SECONDS_MAX), "-s"]
        if programs.run("pg_ctl", arguments, runner=self.cluster.runner).returncode and self.cluster.postmaster():
            raise ServerTrouble(NOT_STOPPED.with_(seconds=STOP_SECONDS_MAX, pid=running.pid))
        _removed_if_empty(running.socket_dir)

    @contextmanager
    def _starting(self) -> Iterator[None]:
        """Alone among all processes in starting or stopping this server."""
        handle = _opened(self.data / STARTING_LOCK)
        until = time.monotonic() + LOCK_SECONDS_MAX
        try:
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > until:
                        raise ServerTrouble(BUSY.with_(folder=self.data, seconds=int(LOCK_SECONDS_MAX))) from None
                    time.sleep(POLL_SECONDS)
            yield
        finally:
            os.close(handle)


def is_password_refused(error: psycopg.OperationalError) -> bool:
    """Whether the server answered and refused the password; while connecting, the driver gives only the text."""
    return isinstance(error, errors.InvalidPassword) or "password authentication failed" in str(error)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _removed_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
