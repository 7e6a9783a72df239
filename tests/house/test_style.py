"""The style of the house, as far as a tool can see it (STYLE.md)."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.sources import PACKAGE, ROOT, functions, lines_of, modules

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 40
EMPTY_NAMES = re.compile(r"\b(utils?|helpers?|services?|managers?|common|core|base|misc)\b")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
ADDRESS_OF_A_REGISTRY = re.compile(r"(pypi|pythonhosted|npmjs|npmmirror)\.(org|com|io)|files\.pythonhosted")
GROUND = ("terms", "calculation", "clocks", "products", "jurisdictions", "speech")
CLOCK_OR_CHANCE = re.compile(r"\b(datetime\.now|date\.today|time\.time|timezone\.now|random\.|secrets\.|uuid4|os\.urandom)\b")
MODULES = sorted(modules())


@pytest.mark.parametrize("name", MODULES)
def test_a_file_is_one_thing(name: str) -> None:
    assert len(lines_of(name)) <= FILE_LINES_MAX, "is it two things?"


@pytest.mark.parametrize("name", MODULES)
def test_a_function_is_one_thing(name: str) -> None:
    long = {
        f.name: f.end_lineno - f.lineno + 1
        for f in functions(modules()[name])
        if f.end_lineno and f.end_lineno - f.lineno + 1 > FUNCTION_LINES_MAX
    }
    assert long == {}, "are they two things?"


def test_no_room_has_an_empty_name() -> None:
    assert [name for name in MODULES if any(EMPTY_NAMES.search(part) for part in name.replace(".py", "").split("/")[1:])] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_opens_with_one_sentence_that_says_what_it_is(name: str) -> None:
    tree = modules()[name]
    if not tree.body and name.endswith("__init__.py"):
        return
    said = ast.get_docstring(tree)
    assert said, "a module opens with a sentence in the field's words"
    assert re.search(r"[.:。：!?]", said.split("\n\n")[0]), "the sentence has an end"


@pytest.mark.parametrize("name", MODULES)
def test_public_things_say_what_they_are(name: str) -> None:
    silent = [
        node.name
        for node in modules()[name].body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_is_left_unfinished() -> None:
    marks = [f"{n}:{i}" for n in MODULES for i, line in enumerate(lines_of(n), 1) if UNFINISHED.search(line)]
    assert marks == []


def test_the_ground_floor_knows_no_clock_and_no_chance() -> None:
    pure = [n for n in MODULES if n.split("/")[1] in GROUND or n.endswith(("/rules.py", "/stages.py", "/stations.py"))]
    guilty = [f"{n}:{i}" for n in pure for i, line in enumerate(lines_of(n), 1) if CLOCK_OR_CHANCE.search(line) and '"""' not in line]
    assert guilty == []


def test_rules_know_no_framework() -> None:
    guilty = []
    for name in MODULES:
        if not name.endswith(("/rules.py", "/stages.py", "/stations.py")):
            continue
        for node in ast.walk(modules()[name]):
            imported = [a.name for a in node.names] if isinstance(node, ast.Import) else (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )
            guilty += [f"{name}: {m}" for m in imported if m.split(".")[0] in ("django", "psycopg", "procrastinate", "ninja")]
            guilty += [f"{name}: {m}" for m in imported if m.startswith("lipei.") and m.endswith((".models", ".queries", ".commands"))]
    assert guilty == []


def test_no_float_comes_near_money() -> None:
    """In the floors that compute money there is no float literal, no `float(`, no true division."""
    guilty = []
    for name in MODULES:
        if name.split("/")[1] not in ("calculation", "payments", "settlement", "assessment"):
            continue
        for node in ast.walk(modules()[name]):
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                guilty.append(f"{name}:{node.lineno} {node.value}")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
                guilty.append(f"{name}:{node.lineno} float()")
    assert guilty == []


def test_commands_take_everything_after_the_first_argument_by_keyword() -> None:
    guilty = []
    for name in MODULES:
        if not name.endswith("/commands.py"):
            continue
        for f in functions(modules()[name]):
            is_command = any(isinstance(d, ast.Call) and getattr(d.func, "id", "") == "command" for d in f.decorator_list)
            if not is_command:
                continue
            keyword = {a.arg for a in f.args.kwonlyargs}
            if len(f.args.args) > 1 or not {"by", "why", "at"} <= keyword:
                guilty.append(f"{name}:{f.name}")
    assert guilty == []


def test_there_is_one_line_of_migrations() -> None:
    numbers = sorted(p.name[:4] for p in (PACKAGE / "migrations").glob("0*.py"))
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]


def test_no_address_of_a_package_registry_is_committed() -> None:
    guilty = []
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if not path.is_file() or parts[0] in {".git", ".venv", ".cache", "node_modules"} or "vendor" in parts or "__pycache__" in parts:
            continue
        if path.suffix in {".png", ".ttf", ".otf", ".mo", ".pyc", ".woff2", ".jpg"}:
            continue
        if ADDRESS_OF_A_REGISTRY.search(path.read_text(errors="ignore")) and path.name != "test_style.py":
            guilty.append(str(path.relative_to(ROOT)))
    assert guilty == []


def test_templates_carry_no_style_and_no_script_of_their_own() -> None:
    bad = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son(click|change|submit|input|load)=", re.I)
    guilty = [
        f"{p.relative_to(PACKAGE)}:{i}"
        for p in (PACKAGE / "templates").rglob("*.html")
        for i, line in enumerate(p.read_text().split("\n"), 1)
        if bad.search(line) and "{#" not in line and "comment" not in line
    ]
    assert guilty == []
