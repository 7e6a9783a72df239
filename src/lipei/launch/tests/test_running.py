"""`lipei run` as a person meets it: it starts from nothing, says its address, and outlives `kill -9` of any of its
processes."""

from __future__ import annotations

import http.client
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SECONDS_MAX = 90.0
READY = re.compile(r"Lipei is ready: http://127\.0\.0\.1:(\d+)/")


class Running:
    """A `lipei run` in a process of its own, whose lines are read as they come."""

    def __init__(self, home: Path, port: int) -> None:
        self.port = port
        self.lines: queue.Queue[str] = queue.Queue()
        self.heard: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lipei", "run", "--port", str(port)],
            env={**os.environ, "HOME": str(home), "LANG": "C.UTF-8"}, cwd=home, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line)

    def says(self, pattern: str) -> str:
        """Wait for a line with `pattern`; what was said instead is in the failure."""
        until = time.monotonic() + SECONDS_MAX
        while time.monotonic() < until:
            try:
                line = self.lines.get(timeout=0.2)
            except queue.Empty:
                assert self.process.poll() is None, f"ended instead: {''.join(self.heard[-15:])}"
                continue
            self.heard.append(line)
            if re.search(pattern, line):
                return line
        raise AssertionError(f"never said {pattern!r}, but: {''.join(self.heard[-15:])}")

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def child(self, word: str) -> int:
        """The process number of the child whose command holds `word`."""
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                command = (entry / "cmdline").read_text()
            except (OSError, ValueError):
                continue
            if parent == self.process.pid and word in command:
                return int(entry.name)
        raise AssertionError(f"no child runs {word!r}")

    def end(self, by: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(by)
        return self.process.wait(SECONDS_MAX)


def postmaster(home: Path) -> int:
    path = next(home.glob(".local/share/lipei/postgres/postmaster.pid"))
    return int(path.read_text().splitlines()[0])


def awaited(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS_MAX
    while not happened():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def started(home: Path) -> Iterator[Running]:
    running = Running(home, free_port())
    try:
        running.says(READY.pattern)
        yield running
    finally:
        if running.process.poll() is None:
            running.end(signal.SIGTERM)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_it_outlives_kill_9_of_web_worker_database_and_launcher(home: Path) -> None:
    with started(home) as running:
        assert running.answers()
        for name, word in (("web", "granian"), ("worker", "procrastinate")):
            os.kill(running.child(word), signal.SIGKILL)
            running.says(f"The {name} process ended .SIGKILL.")
            awaited(running.answers)
        os.kill(postmaster(home), signal.SIGKILL)
        running.says("The database had ended; it runs again")
        awaited(running.answers)

        web = running.child("granian")
        running.process.kill()
        running.process.wait()
        awaited(lambda: not Path(f"/proc/{web}").exists() or not running.answers())

    with started(home) as again:
        assert again.answers()
        second = subprocess.run(
            [sys.executable, "-m", "lipei", "run"], env={**os.environ, "HOME": str(home), "LANG": "zh_CN.UTF-8"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert second.returncode == 1
        assert f"http://127.0.0.1:{again.port}/" in second.stderr
        assert "已在这个数据目录上运行" in second.stderr
        assert again.end(signal.SIGINT) == 0
    assert not list(home.glob(".local/share/lipei/postgres/postmaster.pid"))

    kept = home / ".config/lipei/keys/keys.json"
    assert set(json.loads(kept.read_text())["encryption"]) == {"1"}
    kept.rename(home / "keys.elsewhere")
    lost = subprocess.run(
        [sys.executable, "-m", "lipei", "run"], env={**os.environ, "HOME": str(home), "LANG": "C.UTF-8"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert lost.returncode == 1
    assert "cannot be recovered by anybody" in lost.stderr
    assert not kept.exists()
