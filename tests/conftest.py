"""Fixtures of journeys, browser and crash tests: a cast in a database of its own, and a site at work on it."""

from __future__ import annotations

from collections.abc import Iterator
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


@pytest.fixture
def town(own_database: Any, addresses: Any, django_db_blocker: Any, tmp_path: Path) -> Iterator[Town]:
    """Branches, colleagues and Fang Yulan's policy in a clone of the migrated template, with web and worker running."""
    from lipei.claimfile.tests.people import the_cast

    with django_db_blocker.unblock(), django_on(own_database.app, back_to=addresses.app):
        cast = the_cast()
        with working_site(own_database.app.url, TEST_KEYS(), tmp_path / "home") as site:
            yield Town(site, cast, own_database)
