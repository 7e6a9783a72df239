"""The words around the house are true where a tool can look: commands, links, folders, versions, decisions, clocks."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from lipei import jurisdictions
from tests.house.sources import PACKAGE, ROOT

NOT_OURS = {".venv", ".cache", "node_modules", ".git", "vendor", "test-results", "build", "dist"}
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|<(?:img|a)\b[^>]*?\b(?:src|href)=\"([^\"]+)\"")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)
READMES = ("README.md", "README.zh-CN.md")
REGISTRY = re.compile(r"(pypi|pythonhosted|npmjs|npmmirror)\.(org|com|io)|files\.pythonhosted")
BOAST = re.compile(r"\b(world[- ]class|best[- ]in[- ]class|revolutionary|cutting[- ]edge|blazing|seamless|game[- ]chang)|业界领先|世界一流|革命性|最先进", re.IGNORECASE)
LAW_READ_ON = date(2026, 11, 23)
"""Law is read as it stands on a named day, never by the clock."""
RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def documents() -> list[Path]:
    found = [p for p in ROOT.rglob("*.md") if not NOT_OURS & set(p.relative_to(ROOT).parts)]
    return sorted(found)


@lru_cache(maxsize=1)
def project() -> dict[str, object]:
    made: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return made


def links(path: Path) -> list[str]:
    """The relative targets a document names, without what stands in code."""
    text = CODE.sub("", path.read_text())
    named = [one or other for one, other in LINK.findall(text)]
    return [unquote(target.partition("#")[0]) for target in named if not ELSEWHERE.match(target)]


def dependencies() -> set[str]:
    optional = project()["optional-dependencies"]
    assert isinstance(optional, dict)
    declared = [*list(project()["dependencies"]), *[d for group in optional.values() for d in group]]  # type: ignore[call-overload]
    return {re.split(r"[\[<>=!~; ]", name)[0] for name in declared}


@pytest.mark.parametrize("path", documents(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    assert [target for target in links(path) if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", documents(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_document_names_a_registry_or_praises_itself(path: Path) -> None:
    text = path.read_text()
    assert not REGISTRY.search(text)
    assert not BOAST.search(text)


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_both_commands_and_shows_two_pictures_in_its_first_screenful(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "make run" in text
    assert "make test" in text
    first = "\n".join(text.split("\n")[:40])
    assert len(re.findall(r"\.png", first)) >= 2


@pytest.mark.parametrize("name", READMES)
def test_a_readme_leads_to_the_other_language_the_first_hour_and_the_licence(name: str) -> None:
    other = next(r for r in READMES if r != name)
    assert {other, "docs/guide/first-hour.md", "ARCHITECTURE.md", "LICENSE"} <= set(links(ROOT / name))


def test_the_commands_a_document_names_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {(p.name, m) for p in documents() for m in re.findall(r"`make ([a-z-]+)`", p.read_text())}
    assert [pair for pair in sorted(named) if pair[1] not in targets] == []


@pytest.mark.parametrize("path", RECORDS, ids=lambda p: p.stem)
def test_a_decision_has_number_title_decision_and_why(path: Path) -> None:
    text = path.read_text()
    number, rest = path.stem[:4], path.stem[4:]
    assert re.fullmatch(r"-[a-z0-9-]+", rest)
    assert re.match(rf"# {number} \S", text)
    assert "**Decision.**" in text
    assert "**Why.**" in text


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(p.stem[:4]) for p in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_every_dependency_stands_in_its_decision_record() -> None:
    text = (ROOT / "docs" / "decisions" / "0007-dependencies.md").read_text()
    assert sorted(d for d in dependencies() if not re.search(rf"(?<![\w-]){re.escape(d)}(?![\w-])", text, re.IGNORECASE)) == []


def test_the_changelog_knows_this_version() -> None:
    assert f"## [{project()['version']}]" in (ROOT / "CHANGELOG.md").read_text()


def test_the_architecture_names_every_folder_of_the_package() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = [p.name for p in PACKAGE.iterdir() if p.is_dir() and not p.name.startswith(("_", "."))]
    assert [room for room in sorted(rooms) if f"`{room}`" not in text] == []


def test_the_architecture_names_no_folder_that_is_not_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text().partition("## The floors")[2].partition("## One command")[0]
    named = re.findall(r"^\| `([a-z]+)` \|", text, re.MULTILINE)
    assert len(named) > 20
    assert [room for room in named if not (PACKAGE / room).is_dir()] == []


def test_files_the_architecture_points_at_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rows = re.findall(r"^\| `([a-z]+)` \| [^|]* \| ([^|]*) \|", text, re.MULTILINE)
    missing = [
        f"{room}/{name}" for room, cell in rows for name in re.findall(r"`([^`]+)`", cell)
        if not ((PACKAGE / room / name).exists() or (PACKAGE / name).exists())
    ]
    assert missing == []


def test_the_picture_shows_every_duty_and_floor() -> None:
    picture = (ROOT / "docs" / "architecture.svg").read_text()
    known = re.findall(r"^\| `([a-z]+)` \|", (ROOT / "ARCHITECTURE.md").read_text().partition("## The floors")[2].partition("## One command")[0], re.MULTILINE)
    assert [room for room in known if not re.search(rf"\b{room}\b", picture)] == []


def test_every_clock_of_the_law_stands_in_the_glossary_with_its_words() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text()
    clocks = jurisdictions.load("cn", on=LAW_READ_ON).clocks_in_force()
    assert len(clocks) > 10
    assert [c.id for c in clocks if f"`{c.id}`" not in glossary or c.label.zh not in glossary or c.label.en not in glossary] == []
