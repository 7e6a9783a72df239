"""Reads a terms document (YAML, or JSON, which is YAML too) into plain text scalars that remember their lines.

YAML's own numbers, booleans and dates are never trusted: every scalar stays the text the author wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from lipei.terms.faults import Fault, Path, TermsFaults, path_text
from lipei.terms.words import Words, both

DOCUMENT_CHARACTERS_MAX = 2_000_000
DEPTH_MAX = 24

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY = frozenset({"", "~", "null"})


@dataclass(slots=True)
class Tree:
    """The document as dicts, lists and text, with the line of every place and the faults of the reading itself."""

    source: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of `path`, or of the nearest place above it that has one; 1 when none has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, code: str, path: Path, what: Words, cure: Words) -> None:
        self.faults.append(Fault(code, path_text(path), self.line_of(path), what, cure))


def read_tree(text: str, *, source: str) -> Tree:
    """The tree of `text`. Raises `TermsFaults` when it is not YAML at all, too large, or not a mapping."""
    tree = Tree(source)
    if len(text) > DOCUMENT_CHARACTERS_MAX:
        tree.fault(
            "too-large",
            (),
            Words(
                f"文件超过 {DOCUMENT_CHARACTERS_MAX} 字",
                f"the document is longer than {DOCUMENT_CHARACTERS_MAX} characters",
            ),
            Words("把案例分到别的版本文件里", "move worked cases into another edition file"),
        )
        raise TermsFaults(source, tree.faults)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise TermsFaults(source, [_not_yaml(error)]) from error
    tree.value = _taken(node, (), tree, set())
    if not isinstance(tree.value, dict):
        tree.fault(
            "not-a-mapping",
            (),
            Words("文件最外层不是“键: 值”", "the outermost level is not `key: value`"),
            Words("从 product: 开始写", "begin with product:"),
        )
        raise TermsFaults(source, tree.faults)
    return tree


def _not_yaml(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    problem = str(getattr(error, "problem", None) or error).splitlines()[0]
    what = Words(f"这里不是合法的 YAML：{problem}", f"this is not valid YAML: {problem}")
    cure = Words("检查缩进、冒号后的空格和引号", "check the indentation, the space after the colon and the quotes")
    return Fault("not-yaml", "document", line, what, cure)


def _taken(node: Any, path: Path, tree: Tree, seen: set[int]) -> Any:
    if node is None:
        return None
    tree.lines.setdefault(path, node.start_mark.line + 1)
    if id(node) in seen or len(path) > DEPTH_MAX:
        tree.fault(
            "alias",
            path,
            Words("用了 YAML 别名（*）或嵌套太深", "a YAML alias (*) is used, or the nesting is too deep"),
            Words("把内容直接写出来", "write the content out in place"),
        )
        return None
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in _EMPTY else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_taken(child, (*path, index), tree, seen) for index, child in enumerate(node.value)]
    return _mapping(node, path, tree, seen)


def _mapping(node: Any, path: Path, tree: Tree, seen: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        here = (*path, key)
        if key in found:
            tree.lines[here] = key_node.start_mark.line + 1
            tree.fault(
                "twice",
                here,
                Words(f"“{key}”写了两次", f"“{key}” is written twice"),
                Words("只留一个", "keep one of them"),
            )
            continue
        tree.lines[here] = key_node.start_mark.line + 1
        value = _taken(value_node, here, tree, seen)
        # `last:` with nothing after the colon is as if not written; a word without a colon inside {…} is a fault later
        if value is None and value_node.start_mark.index > key_node.end_mark.index:
            continue
        found[key] = value
    return found


def name_shown(name: str) -> Words:
    """A name out of the document, the same in both languages, shortened when it is absurdly long."""
    return both(name if len(name) <= 60 else name[:60] + "…")
