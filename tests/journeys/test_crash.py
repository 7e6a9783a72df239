"""`kill -9` of web, worker and database at random moments of the path: nothing half done, nothing acknowledged lost.

`make test` cuts the power three times, `make test-deep` ten times; the path is finished each time.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connections

from conftest import TEST_KEYS, django_on
from lipei.claimfile.tests.people import the_cast
from lipei.filing.verification import check
from lipei.launch import marks, places, roles
from lipei.launch.database import make_database
from lipei.launch.server import EmbeddedServer
from lipei.payments.models import PaymentOrder, Posting
from lipei.site.settle import settle
from tests.journeys.http_path import STEPS, Desk, Step, Story
from tests.working_site import WorkingSite, working_site

KILLS = 10 if os.environ.get("LIPEI_DEEP") else 3
FOLLOWER_SECONDS_MAX = 90
DURABLE = {"synchronous_commit": "on", "full_page_writes": "on", "fsync": "on", "shared_buffers": "64MB"}


@dataclass(slots=True)
class Works:
    """Database, web and worker, which can all be killed at once and started again."""

    server: EmbeddedServer
    site: WorkingSite

    def power_cut(self) -> None:
        """kill -9 of everything, the database's postmaster first."""
        pid = self.server.pid
        if pid:
            os.kill(pid, signal.SIGKILL)
        for name in list(self.site.processes):
            self.site.kill(name)

    def start_again(self) -> None:
        """As the launcher does: the database recovers, then web and worker."""
        connections["default"].close()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                self.server.revive()
                with connections["default"].cursor() as cursor:
                    cursor.execute("SELECT 1")
                break
            except OperationalError:
                connections["default"].close()
                time.sleep(0.2)
        self.site.start("web")
        self.site.start("worker")
        self.site.wait()


@pytest.fixture
def works(addresses: Any, django_db_blocker: Any, tmp_path: Path) -> Iterator[Works]:
    """A durable server of this test's own, migrated, with the cast, and the site at work on it."""
    with tempfile.TemporaryDirectory(prefix="lipei-crash-") as folder:
        places.open_folder(Path(folder)).chmod(0o711)
        secret = roles.passwords(Path(folder) / "keys")
        with EmbeddedServer(Path(folder) / "data", owner_password=secret[roles.OWNER], settings=DURABLE) as server:
            make_database(server.address(), "lipei")
            made = roles.ensure_roles(server.address("lipei"), secret=secret)
            marks.begin(made.owner, keys=TEST_KEYS(), is_demo=True)
            with django_db_blocker.unblock(), django_on(made.owner, back_to=addresses.app):
                call_command("migrate", verbosity=0)
                settle()
            with django_db_blocker.unblock(), django_on(made.app, back_to=addresses.app):
                the_cast()
                with working_site(made.app.url, TEST_KEYS(), tmp_path / "home") as site:
                    yield Works(server, site)


def send(step: Step, story: Story, url: str) -> int:
    """Send a step's form; returns the status, 0 when the connection broke."""
    try:
        desk = Desk(url)
        desk.be(step.who)
        return desk.post(step.path(story), step.form(story))[0]
    except (OSError, ValueError):
        return 0


def wait_for_what_the_step_needs(step: Step, story: Story) -> None:
    """Steps that stand on a follower's work wait until the worker has done it."""
    from lipei.claimfile.models import Milestone
    from lipei.payments.models import Payable

    needs = {"order": lambda: Payable.objects.exists(), "close": lambda: Milestone.objects.filter(kind="paid").exists()
             and Milestone.objects.filter(kind="decision_told").exists(),
             "archive": lambda: Milestone.objects.filter(kind="closing_told").exists()}
    until = time.monotonic() + FOLLOWER_SECONDS_MAX
    while step.name in needs and not needs[step.name]() and time.monotonic() < until:
        time.sleep(0.3)


def test_power_cuts_lose_nothing_and_leave_nothing_half_done(works: Works, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    cuts = sorted(chance.sample(range(len(STEPS)), KILLS))
    story, died = Story(), []
    for index, step in enumerate(STEPS):
        wait_for_what_the_step_needs(step, story)
        if index in cuts:
            answer: list[int] = []
            sender = threading.Thread(target=lambda s=step, a=answer: a.append(send(s, story, works.site.url)))  # type: ignore[misc]
            sender.start()
            time.sleep(chance.uniform(0.0, 0.6))
            works.power_cut()
            sender.join(60)
            works.start_again()
            findings = [w.en for w in check(tmp_path / "no deposit").findings]
            assert findings == [], f"half done at {step.name}"
            if answer and answer[0] == 302:
                assert step.done(story), f"acknowledged and lost: {step.name}"
            died.append((step.name, answer))
        if not step.done(story):
            status = send(step, story, works.site.url)
            assert status == 302, f"{step.name}: {status}"
            assert step.done(story), step.name
    assert len(died) == KILLS
    assert story.claim is not None
    assert story.claim.stage == "archived"
    assert PaymentOrder.objects.filter(state="confirmed").count() == 1
    assert sum(Posting.objects.values_list("amount", flat=True)) == 0
    assert [w.en for w in check(tmp_path / "no deposit").findings] == []
