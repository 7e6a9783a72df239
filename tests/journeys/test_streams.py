"""Streams of the hall against the server itself: they hear within a moment, hold nobody up, and end at once with the process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import connection

from lipei.frontdesk import tickets
from lipei.frontdesk.kiosk import kiosk_of
from tests.conftest import Town
from tests.working_site import free_port

pytestmark = pytest.mark.browser
STREAMS = 12
END_SECONDS_MAX = 5.0
HEAR_SECONDS_MAX = 3.0
START_SECONDS_MAX = 60.0


@contextmanager
def served_as_the_launcher_does(town: Town) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The site with the launcher's own options: port and process."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
        "--respawn-failed-workers", "--workers-kill-timeout", "10", "--no-ws", "--log-level", "error", "lipei.site.asgi:application",
    ]
    log = open(Path(town.site.environment["LIPEI_HOME"]) / "streams.log", "ab")  # noqa: SIM115
    process = subprocess.Popen(command, env=town.site.environment, start_new_session=True, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        until = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < until:
            try:
                urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield port, process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.close()


def stream(port: int) -> socket.socket:
    """One open stream of the hall of Jinghu."""
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(b"GET /display/JH/stream/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")
    return line


def heard(line: socket.socket, times: int) -> bool:
    """Whether `change` came `times` times more on this stream in time."""
    text, until = b"", time.monotonic() + HEAR_SECONDS_MAX
    while text.count(b"event: change") < times and time.monotonic() < until:
        line.settimeout(max(0.05, until - time.monotonic()))
        try:
            text += line.recv(4096)
        except TimeoutError:
            break
    return text.count(b"event: change") >= times


def listeners() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'lipei bell'")
        return int(cursor.fetchone()[0])


def test_many_streams_one_listener_a_process_pages_still_answer_and_the_end_is_quick(shared_town: Town) -> None:
    found = kiosk_of("JH")
    assert found is not None
    with served_as_the_launcher_does(shared_town) as (port, process):
        open_streams = [stream(port) for _ in range(STREAMS)]
        assert all(heard(line, 1) for line in open_streams), "the first one comes at once"
        time.sleep(1.5)
        for line in open_streams:  # whatever the new listener rang
            line.setblocking(False)
            with suppress(BlockingIOError):
                line.recv(65_536)
        assert listeners() <= 2, "one listening connection a process"
        tickets.take_ticket(purpose="ask", key=uuid.uuid4(), by=found.actor)
        assert all(heard(line, 1) for line in open_streams)
        with urlopen(f"http://127.0.0.1:{port}/display/JH/", timeout=20) as page:
            assert page.status == 200
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        seconds = time.monotonic() - begun
        for line in open_streams:
            line.close()
    print(f"\n{STREAMS} streams open: the server ended in {seconds:.1f} s")
    assert seconds <= END_SECONDS_MAX
