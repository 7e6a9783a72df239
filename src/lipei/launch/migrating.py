"""Brings the tables to this version, in a process of its own and as the owner: migrations, then triggers, grants
and the mark.

`python -m lipei.launch.migrating KIND`, where KIND is what the database is: `live` or `demo`.
"""

from __future__ import annotations

import sys

import django


def main(kind: str) -> int:
    """Migrate, settle, mark; returns the exit code. What goes wrong is written to stderr by Django."""
    django.setup()
    from django.core.management import call_command

    from lipei.site.settle import settle

    call_command("migrate", interactive=False, verbosity=0)
    settle()
    mark(kind)
    return 0


def mark(kind: str) -> None:
    """Say in the site's own table what the database is, once, at its creation; a mark that is there stays."""
    from django.utils import timezone

    from lipei.filing.models import DatabaseMark
    from lipei.privacy.cipher import keyring

    first = {"kind": kind, "keyring": keyring().fingerprint, "made_at": timezone.now()}
    DatabaseMark.objects.get_or_create(id=1, defaults=first)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
