"""A place of its own to measure in: an embedded server in a temporary folder, with its own keys, settings as `lipei run` has them.

The user's own data, keys and `DATABASE_URL` are never looked at.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lipei.launch import marks, places
from lipei.launch.addresses import DATABASE
from lipei.launch.attached import site
from lipei.launch.database import opened

OWN = ("LIPEI_HOME", "LIPEI_KEYS", "LIPEI_DEPOSIT", "LIPEI_DOCUMENTS", "LIPEI_BANK_IN", "LIPEI_BANK_OUT", "LIPEI_OUTBOX")
STRANGE = ("DATABASE_URL", "DATABASE_APP_URL", "DATABASE_ERASER_URL", "LIPEI_APP_DSN", "LIPEI_ERASER_DSN", "LIPEI_OWNER_DSN", "LIPEI_KEYS_FILE")


@contextmanager
def throw_away_site() -> Iterator[str]:
    """A migrated site in this process, marked as a demonstration; yields the owner's address and leaves nothing behind."""
    kept = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="lipei-bench-") as folder:
        places.open_folder(Path(folder)).chmod(0o711)
        for name in STRANGE:
            os.environ.pop(name, None)
        for name in OWN:
            os.environ[name] = str(Path(folder) / name.removeprefix("LIPEI_").lower())
        os.environ["LIPEI_HOSTS"] = "127.0.0.1 localhost testserver"
        try:
            with opened() as database, site(wished=marks.DEMO):
                yield database.addresses.owner.for_database(DATABASE).url
        finally:
            os.environ.clear()
            os.environ.update(kept)
