"""Reads a terms document (YAML, or JSON, which is YAML too) into plain text scalars that remember their places.

YAML's own numbers, booleans and dates are never trusted: every scalar stays the text the author wrote. The parser's events are
read one by one, so that nesting, size and aliases are stopped before they cost anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from lipei.terms.faults import COMMA_CURE, FAULTS_MAX, Fault, Path, Place, TermsFaults, path_text
from lipei.terms.words import Words, both

DOCUMENT_CHARACTERS_MAX = 2_000_000
DEPTH_MAX = 24
PLACES_MAX = 60_000
KEY_CHARACTERS_MAX = 60

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY = frozenset({"", "~", "null"})
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
"""What is no text at all, or a line break that editors do not count as one."""
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
"""A character beyond the first plane as JSON escapes it, in two halves, which YAML does not know."""


@dataclass(slots=True)
class Tree:
    """The document as dicts, lists and text, with the place of every value and key, and the faults of the reading itself."""

    source: str
    value: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[Path] = field(default_factory=set)
    """Places where something stands that was refused, so that nothing can be said of what is in it."""

    def is_unread(self, path: Path) -> bool:
        """Whether the path leads to, or into, something that was refused: what follows from that is no fault of its own."""
        return any(path[:length] in self.unread for length in range(len(path) + 1))

    def place_of(self, path: Path, *, key: bool = False) -> Place:
        """The place of the value at `path` (or of its key), or of the nearest place above it that has one."""
        while path:
            found = (self.keys.get(path) if key else None) or self.places.get(path)
            if found is not None:
                return found
            path, key = path[:-1], True
        return Place(1)

    def fault(self, code: str, path: Path, what: Words, cure: Words, *, at: Place | None = None) -> None:
        """Notes a fault of the reading; after `FAULTS_MAX` no more are listed."""
        if len(self.faults) < FAULTS_MAX:
            self.faults.append(Fault(code, path_text(path), at or self.place_of(path, key=True), what, cure))


class _Stop(Exception):
    """The reading cannot go on; what stopped it is among the tree's faults."""


def read_tree(text: str, *, source: str) -> Tree:
    """The tree of `text`. Raises `TermsFaults` when it is not YAML at all, too large, too deep, or not a mapping."""
    tree = Tree(source)
    try:
        _limits(text, tree)
        events = iter(yaml.parse(_joined(text), Loader=_Loader))
        tree.value = _Reader(tree, events).document()
    except yaml.YAMLError as problem:
        raise TermsFaults(source, [*tree.faults, _not_yaml(problem)]) from problem
    except _Stop:
        raise TermsFaults(source, tree.faults) from None
    if not isinstance(tree.value, dict):
        what = Words("文件最外层不是“键: 值”", "the outermost level is not `key: value`")
        tree.fault("not-a-mapping", (), what, Words("从 product: 开始写", "begin with product:"))
        raise TermsFaults(source, tree.faults)
    return tree


def _limits(text: str, tree: Tree) -> None:
    if len(text) > DOCUMENT_CHARACTERS_MAX:
        most = DOCUMENT_CHARACTERS_MAX
        tree.fault(
            "too-large",
            (),
            Words(f"文件超过 {most} 字", f"the document is longer than {most} characters"),
            Words("把案例分到别的版本文件里", "move worked cases into another edition file"),
        )
        raise _Stop
    found = _NO_TEXT.search(text)
    if found is not None:
        before = text[: found.start()]
        _hidden((), tree, Place(before.count("\n") + 1, found.start() - before.rfind("\n")))
        raise _Stop


def _joined(text: str) -> str:
    """The text with JSON's two-part escapes made whole, when it is JSON."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{") or "\\u" not in text:
        return text

    def whole(match: re.Match[str]) -> str:
        pair = bytes.fromhex(match.group(2) + match.group(3))
        return match.group(1) + pair.decode("utf-16-be")

    return _PAIR.sub(whole, text)


def _not_yaml(problem: yaml.YAMLError) -> Fault:
    mark = getattr(problem, "problem_mark", None)
    place = Place(mark.line + 1, mark.column + 1) if mark else Place(1)
    said = str(getattr(problem, "problem", None) or problem).splitlines()[0]
    what = Words(f"这里不是合法的 YAML：{said}", f"this is not valid YAML: {said}")
    cure = Words(
        "检查缩进、冒号后的空格；花括号里的文字或式子有 , : # [ ] { } 时整个加引号",
        "check the indentation and the space after the colon; inside {…}, put text or an expression with , : # [ ] { } into quotes",
    )
    return Fault("not-yaml", "document", place, what, cure)


def _hidden(path: Path, tree: Tree, at: Place) -> None:
    tree.fault(
        "hidden-character",
        path,
        Words("这里有看不见的字符", "there is a character here that nobody can see"),
        Words("删掉这一处，重新输入", "delete this piece and type it anew"),
        at=at,
    )


def _place(event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return Place(start.line + 1, start.column + 1, max(width, 1))


class _Reader:
    """Takes the parser's events one by one and builds dicts, lists and text."""

    def __init__(self, tree: Tree, events: Iterator[Any]) -> None:
        self.tree = tree
        self.events = events

    def document(self) -> Any:
        """The one document of the stream; None when the file is empty."""
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        value = self.value(next(self.events), ())
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.tree.fault(
                "second-document",
                (),
                Words("“---”之后是第二份文件", "a second document begins after “---”"),
                Words("一个文件只写一个版本", "write one edition a file"),
                at=_place(after),
            )
            raise _Stop
        return value

    def value(self, event: Any, path: Path) -> Any:
        """What begins with this event: text, a list, a mapping, or None for nothing."""
        tree = self.tree
        tree.places.setdefault(path, tree.keys.get(path) or _place(event))
        self._within_limits(event, path)
        if isinstance(event, yaml.AliasEvent):
            self._refused(
                "alias",
                path,
                Words("用了 YAML 别名（*）", "a YAML alias (*) is used"),
                Words("把内容直接写出来", "write the content out in place"),
                event,
            )
            tree.unread.add(path)
            return None
        if event.tag not in (None, "!"):
            self._refused(
                "tag",
                path,
                Words(f"用了 YAML 标签 {event.tag[:40]}", f"a YAML tag is used, {event.tag[:40]}"),
                Words("去掉叹号开头的标签", "remove what begins with the exclamation mark"),
                event,
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._text(event, path)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        found, end = self._list(path) if is_list else self._mapping(path, in_braces=bool(event.flow_style))
        if path not in tree.keys and end.end_mark.line == event.start_mark.line:
            tree.places[path] = replace(tree.places[path], width=end.end_mark.column - event.start_mark.column)
        return found

    def _refused(self, code: str, path: Path, what: Words, cure: Words, event: Any) -> None:
        self.tree.fault(code, path, what, cure, at=_place(event))

    def _within_limits(self, event: Any, path: Path) -> None:
        if len(path) > DEPTH_MAX:
            what = Words(f"嵌套超过 {DEPTH_MAX} 层", f"the nesting is deeper than {DEPTH_MAX} levels")
            self._refused("too-deep", path, what, Words("写得平一些", "write it flatter"), event)
            raise _Stop
        if len(self.tree.places) > PLACES_MAX:
            what = Words(f"内容超过 {PLACES_MAX} 处", f"the document has more than {PLACES_MAX} places")
            cure = Words("把案例分到别的版本文件里", "move worked cases into another edition file")
            self._refused("too-large", path, what, cure, event)
            raise _Stop

    def _text(self, event: Any, path: Path) -> str | None:
        text: str = event.value
        if not event.style and text in _EMPTY:
            return None
        self.tree.places[path] = _place(event)
        if _HIDDEN.search(text):
            _hidden(path, self.tree, _place(event))
        return text

    def _list(self, path: Path) -> tuple[list[Any], Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.value(event, (*path, len(found))))
        return found, event

    def _mapping(self, path: Path, *, in_braces: bool) -> tuple[dict[str, Any], Any]:
        found: dict[str, Any] = {}
        is_torn = False
        while not isinstance(key_event := next(self.events), yaml.MappingEndEvent):
            if in_braces and found and not _is_name(key_event) and not getattr(key_event, "style", None):
                self._torn(key_event, path)
                is_torn = True
                continue
            key = self._key(key_event, path)
            here = (*path, key)
            if key == "<<":
                what = Words("用了 YAML 合并键（<<）", "a YAML merge key (<<) is used")
                self._refused(
                    "merge-key", here, what, Words("把内容直接写出来", "write the content out in place"), key_event
                )
                raise _Stop
            if key in found:
                what = Words(f"“{key[:40]}”写了两次", f"“{key[:40]}” is written twice")
                self._refused("twice", here, what, Words("只留一个", "keep one of them"), key_event)
                here = (*path, key, "")
            else:
                self.tree.keys[here] = _place(key_event)
            value_event = next(self.events)
            value = self.value(value_event, here)
            # `last:` with nothing after the colon is as if not written; a word without a colon inside {…} is a fault later
            unwritten = value is None and value_event.start_mark.index > key_event.end_mark.index
            if not unwritten and here[-1] == key:
                found.setdefault(key, value)
        if is_torn:  # the other pieces of the text, which have no colon, were told with it
            found = {key: value for key, value in found.items() if value is not None}
        return found, key_event

    def _torn(self, event: Any, path: Path) -> None:
        """A text in braces without quotes that ended at its comma: what follows is no name. Reads past it."""
        what = Words("文字在逗号处断开了，后面的被当成了名字", "the text ended at a comma, and what follows was taken for a name")
        self._refused("not-a-name", path, what, COMMA_CURE, event)
        past = (*path, "")
        if not isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
            self.value(event, past)
        self.value(next(self.events), past)

    def _key(self, event: Any, path: Path) -> str:
        if not _is_name(event):
            self._refused(
                "not-a-name",
                path,
                Words("冒号前面不是一个短的名字", "what stands before the colon is not a short name"),
                Words("冒号前写一个词", "write one word before the colon"),
                event,
            )
            raise _Stop
        key: str = event.value
        if _HIDDEN.search(key):
            _hidden((*path, key), self.tree, _place(event))
        return key


def _is_name(event: Any) -> bool:
    """Whether what stands before a colon is text, and short enough for a name."""
    return isinstance(event, yaml.ScalarEvent) and len(event.value) <= KEY_CHARACTERS_MAX


def name_shown(name: str) -> Words:
    """A name out of the document, the same in both languages, shortened when it is absurdly long."""
    return both(name if len(name) <= KEY_CHARACTERS_MAX else name[:KEY_CHARACTERS_MAX] + "…")
