"""Brings the tables to this version, in a process of its own and as the owner: migrations, then triggers and grants.

`python -m lipei.launch.migrating`.
"""

from __future__ import annotations

import django


def main() -> int:
    """Migrate and settle; returns the exit code. What goes wrong is written to stderr by Django."""
    django.setup()
    from django.core.management import call_command

    from lipei.site.settle import settle

    call_command("migrate", interactive=False, verbosity=0)
    settle()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
