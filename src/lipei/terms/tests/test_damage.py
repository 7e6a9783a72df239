"""Whatever is done to a document, the loader answers with an edition or a list of faults, in bounded time, and never crashes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lipei.terms import reading
from lipei.terms.edition import Edition, edition_of
from lipei.terms.faults import FAULTS_MAX, TermsFaults
from lipei.terms.tests.sample import GOOD

SECONDS_MAX = 10
TREE: dict[str, Any] = reading.read_tree(GOOD, source="sample").value
ODD = (
    None, "", "~", ".nan", "-.inf", "1e999", "9" * 5000, "9" * 12 + ".99", "-0.01", "0x1F", "0o17", "yes", "<<", "*a", "&a", "!!int",
    "\u202e", "\u0000", "\ud800", "é\u0301", "１２.３４", "１/３", "0/0", "1/0", "0001-01-01", "9999-12-31", "2026-02-30", "{", "}", "[", "- -", "a" * 5000,
    "paid / paid", "on - on", "on + 999999999", "cover_from - 999999999", "min(paid)", "max(paid, age)", "charged('bed')", "not " * 100 + "stated", "(" * 100, "age" + " + age" * 80,
    "months_between(on, cover_from)", "'", "\t", "\r\n", "#", "%", [], {}, [[]], {"": ""}, {"zh": "一"}, {"zh": "一", "en": "1", "fr": "un"}, ["100.00"] * 50,
)  # fmt: skip
DEEP = [
    "[" * 2_000_000,
    "{a: " * 300_000,
    "- " * 500_000,
    "? " * 300_000,
    "!!a " * 300_000,
    "a: &a [" + "*a, " * 100_000 + "]",
    "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40))]),
    "? [&a [x, x], &b [*a, *a, *a], &c [*b, *b, *b]]\n: x",
    "&a {? *a : b}",
    "x" * 10_000_000,
    GOOD + "# " + "x" * 9_900_000,
    GOOD + "\n".join(f"extra{n}: 1" for n in range(50_000)),
    GOOD + "".join(f'  - {{name: {{zh: 例{n}, en: c}}, owed: "x"}}\n' for n in range(9_000)),
    GOOD.replace("facts:\n", "facts:\n" + "".join(f"  f{n}: {{kind: whole}}\n" for n in range(8_000))),
    GOOD.replace("values:\n", "values:\n" + "".join(f"  v{n}: {{label: {{zh: 值, en: v}}, value: on - cover_from}}\n" for n in range(8_000))),
    "\ufeff" + GOOD,
    GOOD.replace("\n", "\r\n"),
    "\x00" + GOOD,
    "\ud83d" + GOOD,
    "%YAML 9.9\n---\n" + GOOD,
    "",
    "--- !!python/object/apply:os.system ['true']",
    "- a list",
]  # fmt: skip


def loaded(text: str) -> Edition | TermsFaults:
    """The edition or the faults; any other exception escapes and fails the test."""
    started = time.monotonic()
    found: Edition | TermsFaults
    try:
        found = edition_of(text)
    except TermsFaults as faults:
        found = faults
    assert time.monotonic() - started < SECONDS_MAX
    if isinstance(found, TermsFaults):
        assert 1 <= len(found.faults) <= FAULTS_MAX
        assert all(fault.line >= 1 and fault.cure.zh and fault.cure.en for fault in found.faults)
    return found


@pytest.mark.parametrize("text", DEEP, ids=lambda text: repr(text[:24]))
def test_what_is_huge_or_deep_or_loops_is_refused_in_bounded_time(text: str) -> None:
    loaded(text)


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 100_000, "&a {? *a : b}"], ids=lambda text: text[:4])
def test_the_slow_yaml_library_is_no_weaker(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_Loader", yaml.SafeLoader)
    assert isinstance(loaded(text), TermsFaults)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 30), st.text(max_size=6))
def test_no_damage_of_the_text_crashes_the_loader(at: int, length: int, instead: str) -> None:
    loaded(GOOD[:at] + instead + GOOD[at + length :])


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every part of a tree."""
    found = [path] if path else []
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        found += places(child, (*path, key))
    return found


PLACES = places(TREE)


def changed(tree: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    """A copy of the tree with one part changed; nothing when an earlier change took the place away."""
    copy = json.loads(json.dumps(tree))
    holder = copy
    for part in path[:-1]:
        if isinstance(holder, dict):
            holder = holder.get(part)
        elif isinstance(holder, list) and isinstance(part, int) and part < len(holder):
            holder = holder[part]
        else:
            return copy
    last = path[-1]
    inside = isinstance(holder, dict) or (isinstance(holder, list) and isinstance(last, int) and last < len(holder))
    if inside:
        change(holder, last)
    return copy


def _without(holder: Any, key: Any) -> None:
    if isinstance(holder, list) or key in holder:
        del holder[key]


def _twice(holder: Any, key: Any) -> None:
    if isinstance(holder, list):
        holder.insert(key, holder[key])
    elif key in holder:
        holder[str(key) + "_2"] = holder[key]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """The sample as JSON after one to four random changes: a part taken away, doubled, or put into another part's place."""
    tree = TREE
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(PLACES))
        instead = draw(st.one_of(st.sampled_from(ODD), st.text(max_size=8), st.sampled_from(PLACES).map(_part_at)))

        def put(holder: Any, key: Any, instead: Any = instead) -> None:
            holder[key] = instead

        tree = changed(tree, path, draw(st.sampled_from([_without, _twice, put, put, put])))
    return json.dumps(tree, ensure_ascii=draw(st.booleans()), indent=1)


def _part_at(path: tuple[Any, ...]) -> Any:
    value: Any = TREE
    for part in path:
        value = value[part]
    return value


@settings(max_examples=200, deadline=None)
@given(damaged())
def test_no_damage_of_the_parts_crashes_the_loader(text: str) -> None:
    loaded(text)


@pytest.mark.deep
@settings(max_examples=20_000, deadline=None)
@given(damaged())
def test_no_damage_of_the_parts_crashes_the_loader_in_the_long_run(text: str) -> None:
    loaded(text)
