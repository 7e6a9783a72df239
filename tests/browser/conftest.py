"""Chromium for the tests, and the gallery served on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
SECONDS_TO_START_MAX = 30


def chromium_path() -> str:
    """Where Chromium is: as set-up says, or as the system knows it."""
    path = os.environ.get("LIPEI_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.fail("No Chromium: run `make setup`, or set LIPEI_CHROMIUM to one.")
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless browser for the session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """The address of the gallery, served by a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.browser.gallery.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-m", "django", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(f"http://127.0.0.1:{port}/login/", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START_MAX
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("the gallery did not answer")


class Desk:
    """One person's browser: opens gallery pages in a language and at a width, and collects what the browser complains about."""

    def __init__(self, browser: Browser, address: str, language: str, width: int) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        self.context.add_cookies([{"name": "lipei_language", "value": language, "url": address}])
        self.address = address
        self.complaints: list[str] = []

    def open(self, name: str) -> Page:
        """The gallery page `name` (empty: all components)."""
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("response", self._see)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{self.address}/{name}/" if name else f"{self.address}/")
        return page


    def _hear(self, message: ConsoleMessage) -> None:
        """Faults of the page; that an address of the example leads nowhere is none."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def _see(self, response: Response) -> None:
        """A style, script or picture that did not come."""
        if response.status >= 400 and "/static/" in response.url:
            self.complaints.append(f"{response.status} {response.url}")


@pytest.fixture
def desk(chromium: Browser, gallery: str) -> Iterator[Desk]:
    """A Chinese reader at a desk."""
    sat = Desk(chromium, gallery, "zh-hans", 1440)
    yield sat
    sat.context.close()
    assert sat.complaints == []
