"""`ring(topic)`: tells every open page, in whatever process, that something changed – in the command's transaction, so never too early.

The message names the topic only (`hall-3`); each page then reads again by its own door. `hearing` is the other end.
"""

from __future__ import annotations

from django.db import connection

from lipei.filing.running import running

CHANNEL = "lipei_bell"


def ring(topic: str) -> None:
    """Ring for `topic` when the running command commits; rolled back, nobody hears."""
    running()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])
