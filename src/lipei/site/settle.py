"""`python -m lipei.site.settle`: what the owner does after the tables – functions, triggers, grants, the table of stages.

The launcher runs it after `migrate`, in the same child, with the owner's address.
"""

from __future__ import annotations

import os

from lipei.claimfile.settling import write_stage_steps
from lipei.filing.settling import settle_database


def settle() -> None:
    """Bring a migrated database up to the code; idempotent."""
    settle_database()
    write_stage_steps()


def main() -> None:
    """Settle the database that the environment names."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lipei.site.settings")
    django.setup()
    settle()


if __name__ == "__main__":
    main()
