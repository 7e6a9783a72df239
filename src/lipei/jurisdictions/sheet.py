"""A page of YAML read strictly: every scalar as text with its line, no unknown key, all faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import yaml

from lipei.jurisdictions.faults import Fault
from lipei.terms.money import AmountFault, amount_of
from lipei.terms.words import Words

NOWHERE = date(1, 1, 1)
_EMPTY = Words("（空）", "(empty)")


class Sheet:
    """One mapping of a file. A reading that fails notes the fault and gives a harmless value, so that all is read."""

    def __init__(self, file: str, node: yaml.Node | None, faults: list[Fault], path: str = "") -> None:
        self.file, self.path, self.faults = file, path, faults
        self.line = node.start_mark.line + 1 if node is not None else 0
        self._fields: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        if isinstance(node, yaml.MappingNode):
            self._take(node)
        else:
            self.fault(Words("这里应该是“名称: 值”的一组", "expected a group of “name: value” here"))

    def _take(self, node: yaml.MappingNode) -> None:
        for key, value in node.value:
            name = str(key.value)
            if name in self._fields:
                twice = Words(f"“{name}”写了两次，留一个", f"“{name}” is written twice; keep one")
                self.fault(twice, line=key.start_mark.line + 1)
            self._fields[name] = value

    def fault(self, words: Words, *, line: int | None = None) -> None:
        """Note a fault at this mapping's line or another."""
        where = Words(f"{self.path}：", f"{self.path}: ") if self.path else None
        said = Words(where.zh + words.zh, where.en + words.en) if where else words
        self.faults.append(Fault(self.file, self.line if line is None else line, said))

    def has(self, key: str) -> bool:
        """Is `key` written?"""
        self._asked.add(key)
        return key in self._fields

    def line_of(self, key: str) -> int:
        """The line on which the value of `key` begins, or this mapping's."""
        node = self._fields.get(key)
        return node.start_mark.line + 1 if node is not None else self.line

    def _node(self, key: str) -> yaml.Node | None:
        self._asked.add(key)
        node = self._fields.get(key)
        if node is None:
            self.fault(Words(f"缺少“{key}”", f"“{key}” is missing"))
        return node

    def text(self, key: str, *, default: str | None = None) -> str:
        """The text of `key`; empty or missing is a fault unless there is a default."""
        if default is not None and not self.has(key):
            return default
        node = self._node(key)
        if node is None:
            return ""
        value = str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""
        if not value:
            self.fault(Words(f"“{key}”要写一段文字", f"“{key}” needs a text"), line=self.line_of(key))
        return value

    def words(self, key: str) -> Words:
        """The two languages of `key`; each must be there."""
        if self._node(key) is None:
            return _EMPTY
        inner = self.sheet(key)
        zh, en = inner.text("zh"), inner.text("en")
        inner.close()
        return Words(zh, en) if zh and en else _EMPTY

    def words_or_none(self, key: str) -> Words | None:
        """The two languages of `key`, or None when it is not written."""
        return self.words(key) if self.has(key) else None

    def day(self, key: str) -> date:
        """A date as 2026-11-22."""
        return self.day_of(self.text(key), line=self.line_of(key), key=key)

    def day_or_none(self, key: str) -> date | None:
        """A date, or None when it is not written."""
        return self.day(key) if self.has(key) else None

    def day_of(self, text: str, *, line: int, key: str) -> date:
        """`text` as a date; a day that does not exist is a fault."""
        if not text:
            return NOWHERE
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault(
                Words(f"“{key}”的“{text}”不是日期；写成 2026-11-22", f"“{key}”: “{text}” is no date; write 2026-11-22"),
                line=line,
            )
            return NOWHERE

    def whole(self, key: str, *, least: int, most: int) -> int:
        """A whole number between `least` and `most`, both included."""
        text = self.text(key)
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        if text:
            self.fault(
                Words(
                    f"“{key}”的“{text}”应是 {least} 到 {most} 的整数",
                    f"“{key}”: “{text}” should be a whole number from {least} to {most}",
                ),
                line=self.line_of(key),
            )
        return least

    def amount(self, key: str) -> int:
        """An amount written `5000.00`, in minor units."""
        text = self.text(key)
        try:
            return amount_of(text) if text else 0
        except AmountFault as wrong:
            self.fault(wrong.words, line=self.line_of(key))
            return 0

    def choice(self, key: str, allowed: Sequence[str], *, default: str | None = None) -> str:
        """One of `allowed`."""
        value = self.text(key, default=default)
        if value in allowed:
            return value
        if value:
            self.not_allowed(key, value, allowed, line=self.line_of(key))
        return allowed[0]

    def not_allowed(self, key: str, value: str, allowed: Sequence[str], *, line: int) -> None:
        """Note that `value` is not one of the values there are."""
        listed = ", ".join(allowed)
        self.fault(
            Words(f"“{key}”没有“{value}”；可以写：{listed}", f"“{key}”: “{value}” is unknown; write one of {listed}"),
            line=line,
        )

    def texts(self, key: str, *, optional: bool = False) -> tuple[tuple[str, int], ...]:
        """A list of texts, each with its line."""
        node = self._fields.get(key) if self.has(key) or optional else self._node(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.fault(Words(f"“{key}”要写成列表", f"“{key}” needs a list"), line=self.line_of(key))
            return ()
        return tuple((str(item.value).strip(), item.start_mark.line + 1) for item in node.value)

    def choices(self, key: str, allowed: Sequence[str], *, optional: bool = False) -> tuple[str, ...]:
        """A list of texts, each one of `allowed`."""
        found = self.texts(key, optional=optional)
        for value, line in found:
            if value not in allowed:
                self.not_allowed(key, value, allowed, line=line)
        return tuple(value for value, _ in found if value in allowed)

    def sheet(self, key: str) -> Sheet:
        """The mapping under `key`."""
        return Sheet(self.file, self._node(key), self.faults, f"{self.path}.{key}" if self.path else key)

    def sheets(self, key: str, *, named: str = "", optional: bool = False) -> Iterator[Sheet]:
        """The mappings of the list under `key`; `named` is the field that names each in messages."""
        if optional and not self.has(key):
            return
        node = self._node(key)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.fault(Words(f"“{key}”要写成列表", f"“{key}” needs a list"), line=self.line_of(key))
            return
        for number, item in enumerate(node.value, start=1):
            yield Sheet(self.file, item, self.faults, _name_of(item, named) or f"{key}[{number}]")

    def names(self) -> tuple[str, ...]:
        """Every key written here, all of them counted as asked for."""
        self._asked.update(self._fields)
        return tuple(self._fields)

    def close(self) -> None:
        """Refuse every key that nobody asked for."""
        for key in self._fields:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.fault(
                    Words(f"不认识“{key}”；这里可以写：{known}", f"“{key}” is unknown; here may stand: {known}"),
                    line=self.line_of(key),
                )


def _name_of(node: yaml.Node, field: str) -> str:
    if not isinstance(node, yaml.MappingNode):
        return ""
    return next((str(value.value) for key, value in node.value if key.value == field), "")


def open_sheet(file: str, text: str, faults: list[Fault]) -> Sheet | None:
    """The top mapping of `text`, or None when it is not YAML (the fault says where)."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 0
        faults.append(
            Fault(file, line, Words("这一行不是正确的 YAML；检查缩进和冒号", "not YAML; check indents and colons"))
        )
        return None
    return Sheet(file, node, faults)
