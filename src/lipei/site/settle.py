"""What the owner does after the tables: functions, triggers, grants, and the one table of stages."""

from __future__ import annotations

from lipei.claimfile.settling import write_stage_steps
from lipei.filing.settling import settle_database


def settle() -> None:
    """Bring a migrated database up to the code; idempotent. Needs the owner's connection."""
    settle_database()
    write_stage_steps()
