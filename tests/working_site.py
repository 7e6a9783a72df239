"""A whole Lipei at work on a database of its own: web and worker as the launcher starts them, for browser and crash tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from lipei.launch import keys as launch_keys

SECONDS_TO_ANSWER_MAX = 60


@dataclass(slots=True)
class WorkingSite:
    """Its address, its processes, and the environment they run in."""

    url: str
    environment: dict[str, str]
    port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Start `web` or `worker`, each in a process group of its own."""
        command = {
            "web": [sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(self.port),
                    "--workers", "1", "--no-ws", "--log-level", "error", "lipei.site.asgi:application"],
            "worker": [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1"],
        }[name]
        log = open(Path(self.environment["LIPEI_HOME"]) / f"{name}.log", "ab")  # noqa: SIM115
        self.processes[name] = subprocess.Popen(
            command, env=self.environment, start_new_session=True, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )

    def kill(self, name: str) -> None:
        """`kill -9` the whole process group, as a power cut would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait(self) -> None:
        """Until the site answers."""
        until = time.monotonic() + SECONDS_TO_ANSWER_MAX
        while time.monotonic() < until:
            try:
                urlopen(self.url + "/health", timeout=5).close()
            except (URLError, OSError):
                time.sleep(0.2)
            else:
                return
        log = (Path(self.environment["LIPEI_HOME"]) / "web.log").read_text(errors="replace")[-3000:]
        raise AssertionError(f"the site did not answer\n{log}")

    def stop(self) -> None:
        """End everything."""
        for name in list(self.processes):
            self.kill(name)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def working_site(app_dsn: str, keys: launch_keys.Keys, home: Path) -> Iterator[WorkingSite]:
    """The site on the database at `app_dsn`; the bank and the post answer by themselves, as in the demo."""
    home.mkdir(parents=True, exist_ok=True)
    key_file = home / "keys.json"
    launch_keys.save(keys, key_file)
    port = free_port()
    environment: dict[str, Any] = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "lipei.site.settings", "LIPEI_APP_DSN": app_dsn, "LIPEI_DEMO": "1",
        launch_keys.VARIABLE: str(key_file), "LIPEI_HOME": str(home), "LIPEI_DEPOSIT": str(home / "deposit"),
        "LIPEI_HOSTS": "127.0.0.1 localhost", "LIPEI_LOG": "WARNING",
    }
    site = WorkingSite(f"http://127.0.0.1:{port}", environment, port)
    try:
        site.start("web")
        site.start("worker")
        site.wait()
        yield site
    finally:
        site.stop()
