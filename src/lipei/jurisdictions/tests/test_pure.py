"""Clocks and packs need no framework: they are read and computed where Django cannot be imported at all."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

from lipei import clocks, jurisdictions

WITHOUT_DJANGO = """
import sys
from datetime import date, datetime, timezone

class Nowhere:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "psycopg", "procrastinate", "ninja"}:
            raise ImportError(name)

sys.meta_path.insert(0, Nowhere())
from lipei import jurisdictions
from lipei.clocks import Event, most_urgent, readings
pack = jurisdictions.load("cn", on=date(2026, 11, 22))
asked = Event("claim_requested", datetime(2026, 11, 20, 2, tzinfo=timezone.utc))
at = datetime(2026, 11, 21, 2, tzinfo=timezone.utc)
print(most_urgent(readings(pack, events=[asked], at=at, line="medical")).left.en)
"""
FORBIDDEN = {"django", "random", "secrets", "time", "socket", "os", "subprocess"}
CLOCK_CALLS = {"now", "today", "utcnow", "random"}


def test_a_claim_is_read_where_django_cannot_be_imported() -> None:
    source = str(Path(clocks.__file__ or "").parents[2])
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": source},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "5 working days left"


def test_the_clocks_import_nothing_that_knows_the_time_or_chance() -> None:
    for package in (clocks, jurisdictions):
        for path in Path(package.__file__ or "").parent.glob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = {alias.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
            names |= {(n.module or "").split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
            assert not names & FORBIDDEN, path
            called = {
                n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
            }
            assert not called & CLOCK_CALLS, path
