"""Fixtures of journeys, browser and crash tests: a cast in a database of its own, and a site at work on it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import TEST_KEYS, django_on
from tests.working_site import WorkingSite, working_site


@dataclass(frozen=True, slots=True)
class Town:
    """A site at work, its cast of colleagues, and the addresses of its database."""

    site: WorkingSite
    cast: Any
    addresses: Any


@contextmanager
def town_at_work(database: Any, addresses: Any, blocker: Any, home: Path) -> Iterator[Town]:
    """Branches, colleagues and Fang Yulan's policy in a clone of the migrated template, with web and worker running."""
    from lipei.claimfile.tests.people import the_cast

    with blocker.unblock(), django_on(database.app, back_to=addresses.app):
        cast = the_cast()
        with working_site(database.app.url, TEST_KEYS(), home) as site:
            yield Town(site, cast, database)


@pytest.fixture
def town(own_database: Any, addresses: Any, django_db_blocker: Any, tmp_path: Path) -> Iterator[Town]:
    """A town of this test alone: it may kill what it likes."""
    with town_at_work(own_database, addresses, django_db_blocker, tmp_path / "home") as at_work:
        yield at_work


@pytest.fixture(scope="module")
def shared_town(template: Any, addresses: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One town for the stories of a module; each story begins a visit of its own."""
    from lipei.launch.database import clone, drop

    database = clone(template, f"lipei_town_{uuid.uuid4().hex[:8]}")
    with town_at_work(database, addresses, django_db_blocker, tmp_path_factory.mktemp("town")) as at_work:
        yield at_work
    drop(database.owner)
