"""The files of the house as text and syntax trees, for the tests of its style."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "lipei"


@lru_cache(maxsize=1)
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its path from `src`, without tests and migrations."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE.parent).as_posix()
        if "/tests/" not in name and "/migrations/" not in name:
            found[name] = ast.parse(path.read_text())
    return found


def lines_of(name: str) -> list[str]:
    """The lines of a module."""
    return (PACKAGE.parent / name).read_text().split("\n")


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
