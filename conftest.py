"""The tests' database: one throw-away server a worker, migrated once as owner, worked on as `lipei_app`.

Tests marked `django_db` run in a transaction that is rolled back. Browser, crash and concurrency tests take `own_database`:
a clone of the migrated template, thrown away afterwards.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

try:
    import django  # noqa: F401
except ImportError:  # the pure floors' environment
    collect_ignore_glob = ["tests/*"]
else:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lipei.site.settings")
    os.environ.setdefault("LIPEI_DEMO", "1")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop in the tests' thread


SLOW_WITHIN = 0.8
"""The share of the run over which files with a browser or a power cut are spread, so that none of them is left for the end, on one processor."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files evenly among the quick ones, and the quick ones last."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.split("::")[0], []).append(item)
    slow = [name for name, inside in files.items() if name.startswith("tests/") and "/house/" not in name and inside]
    quick = [name for name in files if name not in set(slow)]
    if not slow or not quick:
        return
    step = SLOW_WITHIN * len(quick) / len(slow)
    order = sorted([(n * step, 0, name) for n, name in enumerate(slow)] + [(float(n), 1, name) for n, name in enumerate(quick)])
    items[:] = [item for _, _, name in order for item in files[name]]


def _point_django_at(address: Any) -> None:
    from django.db import connections

    connection = connections["default"]
    connection.close()
    connection.settings_dict.update(dict(address.django()))


def TEST_KEYS() -> Any:  # noqa: N802
    """The keys of every test database."""
    from lipei.launch.keys import Keys

    return Keys(1, {1: bytes(range(32))}, bytes(range(32, 64)), "tests only, never a secret")


@contextmanager
def django_on(address: Any, *, back_to: Any) -> Iterator[None]:
    """Within the block Django works on another database."""
    from django.db import connections

    _point_django_at(address)
    try:
        yield
    finally:
        connections["default"].close()
        _point_django_at(back_to)


@pytest.fixture(scope="session")
def addresses(django_db_blocker: Any) -> Iterator[Any]:
    """The three addresses of a migrated and settled demo database on a throw-away server."""
    from django.core.management import call_command

    from lipei.launch import marks
    from lipei.launch.database import clone, testing
    from lipei.privacy.cipher import Keyring, install
    from lipei.site.settle import settle

    keys = TEST_KEYS()
    install(Keyring(dict(keys.encryption), keys.blind_index))
    with ExitStack() as stack:
        template = stack.enter_context(testing())
        marks.begin(template.owner, keys=keys, is_demo=True)
        with django_db_blocker.unblock():
            _point_django_at(template.owner)
            call_command("migrate", verbosity=0)
            settle()
            worker = clone_of(template, clone)
            _point_django_at(worker.app)
        yield worker
        with django_db_blocker.unblock():
            from django.db import connections

            connections["default"].close()


def clone_of(template: Any, clone: Any) -> Any:
    """A first clone to work on, so that the template itself stays unused and can be cloned again."""
    from django.db import connections

    connections["default"].close()
    made = clone(template, f"lipei_work_{uuid.uuid4().hex[:8]}")
    clone_of.template = template  # type: ignore[attr-defined]
    return made


@pytest.fixture(scope="session")
def template(addresses: Any) -> Any:
    """The migrated template nobody works on."""
    return clone_of.template  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(addresses: Any) -> None:
    """pytest-django's own making of databases is replaced by `addresses`."""


@pytest.fixture
def own_database(template: Any) -> Iterator[Any]:
    """A database of this test alone, thrown away afterwards."""
    from lipei.launch.database import clone, drop

    made = clone(template, f"lipei_own_{uuid.uuid4().hex[:8]}")
    yield made
    drop(made.owner)
