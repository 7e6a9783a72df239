"""Requests a second over HTTP: the site served by granian as the launcher serves it, asked by two browsers that keep their connection."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from lipei.bench.pages import HOST, Ask, Callers

BROWSERS = 2
SECONDS = 3.0
SECONDS_TO_ANSWER_MAX = 90
APPLICATION = "lipei.launch.web:application"


class NotServed(Exception):
    """The site did not answer over HTTP."""


@contextmanager
def served() -> Iterator[int]:
    """The site in one web process on a free port of this machine; yields the port."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", HOST, "--port", str(port), "--workers", "1", "--no-ws"]
    with (Path(os.environ["LIPEI_HOME"]) / "bench-web.log").open("ab") as log:
        web = subprocess.Popen([*command, "--log-level", "error", APPLICATION], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            _await(port)
            yield port
        finally:
            web.terminate()
            try:
                web.wait(timeout=20)
            except subprocess.TimeoutExpired:
                web.kill()
                web.wait()


def _await(port: int) -> None:
    until = time.monotonic() + SECONDS_TO_ANSWER_MAX
    while time.monotonic() < until:
        try:
            there = http.client.HTTPConnection(HOST, port, timeout=5)
            there.request("GET", "/health")
            if there.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise NotServed(f"no answer on port {port} within {SECONDS_TO_ANSWER_MAX} seconds")


def per_second(asked: list[Ask], *, callers: Callers, port: int, seconds: float = SECONDS) -> float:
    """Answers a second while `BROWSERS` ask one after the other for `seconds`; raises `NotServed` at the first wrong answer."""
    counts, faults = [0] * BROWSERS, list[str]()
    until = time.monotonic() + seconds

    def browse(n: int) -> None:
        there = http.client.HTTPConnection(HOST, port, timeout=30)
        while time.monotonic() < until and not faults:
            ask = asked[(counts[n] * BROWSERS + n) % len(asked)]
            status = _send(there, ask, callers=callers, nth=f"{n}-{counts[n]}")
            if status not in (200, 201):
                faults.append(f"{ask.path} answered {status}")
            counts[n] += 1

    began = time.monotonic()
    threads = [threading.Thread(target=browse, args=(n,)) for n in range(BROWSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise NotServed(faults[0])
    return sum(counts) / (time.monotonic() - began)


def _send(there: http.client.HTTPConnection, ask: Ask, *, callers: Callers, nth: str) -> int:
    path = quote(ask.path, safe="/?=&")
    if ask.body:
        again = replace(ask, key=f"{ask.key}-http-{nth}")
        headers = {"Authorization": f"Bearer {callers.token}", "Content-Type": "application/json", "Idempotency-Key": again.key}
        there.request("POST", path, json.dumps(ask.body).encode(), headers)
    else:
        cookies = callers.browsers[ask.who].cookies if ask.who else {}
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
        there.request("GET", path, headers={"Cookie": cookie} if ask.who else {"Authorization": f"Bearer {callers.token}"})
    answer = there.getresponse()
    answer.read()
    return answer.status
