"""Runs every check in order, shows how long each took, and ends with pytest's own summary line.

`--only NAME …` runs some of them. The exit code is 0 when all of them passed. With `LIPEI_DEEP=1` the long property and
fault tests run in full. `DATABASE_URL` names a server of your own (PostgreSQL 15 or newer) to test against.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PURE_PYTHON = TOP / os.environ.get("CACHE", ".cache") / "pure" / "bin" / "python"
PURE_ROOMS = ("terms", "calculation", "clocks", "speech", "products", "jurisdictions")
"""The floors that know no framework: their tests run where Django is not installed."""
SUMMARY = re.compile(r"^=+ .*\b(passed|failed|error|errors|no tests ran)\b.* in [\d.]+s.*=+$")
IS_DEEP = bool(os.environ.get("LIPEI_DEEP"))
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(slots=True)
class Part:
    """One check: what it is called, what it runs, and how it went."""

    name: str
    title: str
    run: Callable[[], tuple[int, str]]
    seconds: float = 0.0
    code: int = 0
    summary: str = ""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", nargs="+", choices=[part.name for part in PARTS], metavar="NAME")
    only = options.parse_args().only
    parts = [part for part in PARTS if not only or part.name in only]
    for part in parts:
        print(f"\n── {part.title}", flush=True)
        began = time.monotonic()
        part.code, part.summary = part.run()
        part.seconds = time.monotonic() - began
    show(parts)
    return 1 if any(part.code for part in parts) else 0


def show(parts: Sequence[Part]) -> None:
    """The table of times, then pytest's own line of the last part that has one."""
    print("\n── Time each part took")
    for part in parts:
        print(
            f"{part.seconds:7.1f} s  {'passed' if part.code == 0 else 'FAILED'}  {part.title}  {shortened(part.summary)}"
        )
    print(f"{sum(part.seconds for part in parts):7.1f} s  in all\n")
    lines = [part.summary for part in parts if part.summary]
    if lines:
        print(lines[-1], flush=True)


def pure() -> tuple[int, str]:
    """Tests of the pure floors, in an environment where Django cannot be imported because it is not there."""
    if (
        subprocess.run([str(PURE_PYTHON), "-c", "import django"], stderr=subprocess.DEVNULL, check=False).returncode
        == 0
    ):
        print("Django is installed in the environment of the pure floors; delete .cache/pure and run again.")
        return 1, ""
    rooms = [f"src/lipei/{room}" for room in PURE_ROOMS if (TOP / "src" / "lipei" / room / "tests").is_dir()]
    return tested([str(PURE_PYTHON), "-m", "pytest", *PYTEST, "-m", MARKS, *rooms], {"PYTHONPATH": str(TOP / "src")})


def style() -> tuple[int, str]:
    return ran([str(BIN / "ruff"), "check", "."]), ""


def types() -> tuple[int, str]:
    return ran([str(BIN / "mypy")]), ""


def walls() -> tuple[int, str]:
    return ran([str(BIN / "lint-imports")]), ""


def tests() -> tuple[int, str]:
    """Everything else: rooms with the database, the house, journeys, the browser."""
    elsewhere = [f"--ignore=src/lipei/{room}" for room in PURE_ROOMS]
    command = [str(BIN / "python"), "-m", "pytest", *PYTEST]
    browser = found_browser()
    if browser:
        return tested([*command, "-m", MARKS, *elsewhere], {"LIPEI_CHROMIUM": browser})
    code, summary = tested([*command, "-m", f"({MARKS}) and not browser", *elsewhere], {})
    print("\nThese tests could not run, because no Chromium could be found or fetched:")
    ran(
        [
            str(BIN / "python"),
            "-m",
            "pytest",
            "-o",
            "addopts=",
            "--collect-only",
            "-q",
            "-m",
            f"({MARKS}) and browser",
            *elsewhere,
        ]
    )
    return code or 1, summary


def found_browser() -> str:
    done = subprocess.run(
        [sys.executable, str(TOP / ".ci" / "chromium.py")], stdout=subprocess.PIPE, text=True, check=False
    )
    return done.stdout.strip()


def ran(command: Sequence[str]) -> int:
    return subprocess.run(command, cwd=TOP, env=environment({}), check=False).returncode


def tested(command: Sequence[str], told: Mapping[str, str]) -> tuple[int, str]:
    """Run pytest, let everything through, and remember its summary line."""
    summary = ""
    with subprocess.Popen(
        command,
        cwd=TOP,
        env=environment(told),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if SUMMARY.match(COLOURS.sub("", line.strip())):
                summary = line.strip()
    return process.returncode, summary


def environment(told: Mapping[str, str]) -> dict[str, str]:
    """The present environment without what would lead the tests to a person's own data."""
    own = {"LIPEI_HOME", "LIPEI_KEYS", "LIPEI_KEYS_FILE", "LIPEI_APP_DSN", "LIPEI_OWNER_DSN", "DATABASE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    named = os.environ.get("DATABASE_URL")
    return {**kept, **({"LIPEI_TEST_DATABASE_URL": named} if named else {}), **told}


def shortened(summary: str) -> str:
    return COLOURS.sub("", summary).strip("= ")


MARKS = "not screenshots" if IS_DEEP else "not screenshots and not deep"
PYTEST = ["-v", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "--color=yes" if sys.stdout.isatty() else "--color=no"]
PARTS = [
    Part("pure", "pure floors, without Django", pure),
    Part("style", "style (ruff)", style),
    Part("types", "types (mypy, strict)", types),
    Part("walls", "walls (import-linter)", walls),
    Part("tests", "database, house, journeys, browser", tests),
]

if __name__ == "__main__":
    raise SystemExit(main())
