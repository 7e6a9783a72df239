"""Lets a command of the terminal work with the site's tables: joins or starts the database, then sets Django up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from lipei.launch import marks
from lipei.launch.database import opened
from lipei.launch.running import child_environment, migrate, prepared

TOLD = "LIPEI_APP_DSN"


@contextmanager
def site(*, wished: str = marks.LIVE) -> Iterator[str]:
    """The site in this process, as the role `app`, tables brought to this version; gives the database's kind,
    `live` or `demo`.

    Inside a child of `lipei run` everything is there already and only Django is set up. `wished` is what a new database
    shall be. Raises `Trouble` (both languages) as `lipei run` does.
    """
    if TOLD in os.environ:
        _set_up()
        yield marks.DEMO if os.environ.get("LIPEI_DEMO") else marks.LIVE
        return
    with opened() as database:
        kind = prepared(database.addresses, wished=wished)
        environment = child_environment(database.addresses, kind=kind)
        migrate(database.addresses, environment)
        os.environ.update(environment)
        _set_up()
        yield kind
        _let_go()


def _set_up() -> None:
    import django

    django.setup()


def _let_go() -> None:
    """Close the connections, so that the server need not wait for them when it stops."""
    from django.db import connections

    connections.close_all()
