"""The ground floor needs no framework: terms, calculation and products load and calculate where Django cannot be imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ALONE = """
import sys
class NoFramework:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("django", "psycopg", "procrastinate"):
            raise ImportError("the ground floor may not import " + name)
sys.meta_path.insert(0, NoFramework())
from datetime import date
from lipei import products
from lipei.calculation.worked_cases import run_cases
assert all(result.passes for result in run_cases(products.load("anxin_inpatient", on=date(2026, 10, 24))))
print("calculated")
"""


def test_it_calculates_without_django() -> None:
    source = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", ALONE], capture_output=True, text=True, cwd=source, check=False, timeout=120
    )
    assert (done.stdout.strip(), done.stderr) == ("calculated", "")
