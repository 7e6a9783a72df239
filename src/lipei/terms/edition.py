"""One edition of a product, loaded, checked and ready to be read: `edition_of(text)`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import Any

from pydantic import ValidationError

from lipei.terms.checks import checked
from lipei.terms.combinators import STEP_NAMES
from lipei.terms.document import Document
from lipei.terms.fact_values import value_of_text
from lipei.terms.faults import Fault, Path, TermsFaults, TextFault, path_text
from lipei.terms.money import AmountFault
from lipei.terms.reading import Tree, read_tree
from lipei.terms.typecheck import Vocabulary
from lipei.terms.vocabulary import vocabulary_of
from lipei.terms.words import Words


@dataclass(frozen=True, eq=False)
class Edition:
    """A loaded edition: the document, where each part stands, what the checks warned of, and its fingerprint."""

    document: Document
    source: str
    lines: Mapping[Path, int] = field(repr=False)
    warnings: tuple[Fault, ...]
    fingerprint: str

    @property
    def code(self) -> str:
        """`product@edition`, as in `anxin_inpatient@2026`."""
        return f"{self.document.product}@{self.document.edition}"

    @property
    def title(self) -> Words:
        return self.document.title

    @cached_property
    def clauses(self) -> dict[str, Words]:
        """The text of each clause by its number."""
        return {clause.id: Words(clause.zh, clause.en) for clause in self.document.clauses}

    def clause(self, number: str) -> Words:
        """The text of a clause. Raises `KeyError` for a number the edition does not have."""
        return self.clauses[number]

    @cached_property
    def names(self) -> dict[str, Words]:
        """The label of every fact, policy value and derived value."""
        document = self.document
        labels = {name: spec.label for name, spec in {**document.policy, **document.facts}.items()}
        return labels | {name: derived.label for name, derived in document.values.items()}

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The value of every fact and policy value that has a default."""
        specs = {**self.document.policy, **self.document.facts}
        return {name: value_of_text(spec, spec.default) for name, spec in specs.items() if spec.default is not None}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The kinds and choices of every name that expressions may use."""
        return vocabulary_of(self.document)


@lru_cache(maxsize=4096)
def clause_label(number: str) -> Words:
    """`第 2.2 条第 5 项` for `2.2.5`, `第 2.1 条` for `2.1`."""
    parts = number.split(".")
    if len(parts) < 3:
        return Words(f"第 {number} 条", f"Clause {number}")
    article, item = ".".join(parts[:2]), ".".join(parts[2:])
    return Words(f"第 {article} 条第 {item} 项", f"Clause {article}({item})")


def edition_of(text: str, *, source: str = "terms") -> Edition:
    """The edition that a YAML or JSON text writes. Raises `TermsFaults` with every fault found, each with its line."""
    tree = read_tree(text, source=source)
    document = _validated(tree)
    found = checked(document, tree)
    errors = [*tree.faults, *(fault for fault in found if fault.severity == "error")]
    if errors:
        raise TermsFaults(source, errors)
    warnings = tuple(fault for fault in found if fault.severity == "warning")
    return Edition(document, source, tree.lines, warnings, fingerprint_of(tree.value))


def fingerprint_of(value: Mapping[str, Any]) -> str:
    """SHA-256 of the terms in a fixed order of keys; worked cases do not count, they change nothing that is owed."""
    terms = {key: part for key, part in value.items() if key != "cases"}
    text = json.dumps(terms, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _validated(tree: Tree) -> Document:
    try:
        return Document.model_validate(tree.value)
    except ValidationError as error:
        faults = {
            (fault.code, fault.path, fault.what.en): fault for fault in (_fault_of(one, tree) for one in error.errors())
        }
        raise TermsFaults(tree.source, [*tree.faults, *faults.values()]) from error


def _fault_of(error: Any, tree: Tree) -> Fault:
    path = _path_in(tree, error["loc"])
    kind, key = error["type"], str(error["loc"][-1])
    raised = (error.get("ctx") or {}).get("error")
    if isinstance(raised, TextFault):
        return Fault("unreadable", path_text(path), tree.line_of(path), raised.what, raised.cure)
    if isinstance(raised, AmountFault):
        return Fault("unreadable", path_text(path), tree.line_of(path), raised.words, AMOUNT_CURE)
    if kind == "missing":
        path = path if path and path[-1] == key else (*path, key)
        what, cure = Words(f"缺少“{key}”", f"“{key}” is missing"), Words(f"补上 {key}:", f"add {key}:")
    elif kind == "extra_forbidden":
        what, cure = Words(f"不认识“{key}”", f"“{key}” is not known here"), _nearest(key, error)
    else:
        what, cure = _said(kind, error)
    return Fault(kind, path_text(path), tree.line_of(path), what, cure)


AMOUNT_CURE = Words("写成 10,000.00", "write it as 10,000.00")
_SHAPES: dict[str, tuple[Words, Words]] = {
    "dict_type": (Words("这里要写“名字: 内容”", "names with contents are expected here"), Words("写成 名字: {…}", "write name: {…}")),
    "model_type": (Words("这里要写“名字: 内容”", "names with contents are expected here"), Words("写成 {…}", "write {…}")),
    "list_type": (Words("这里要写列表", "a list is expected here"), Words("每一项前写 -", "put - before each item")),
    "string_type": (Words("这里要写文字", "text is expected here"), Words("写在冒号后面", "write it after the colon")),
    "too_short": (Words("这里至少要有一项", "at least one item is needed here"), Words("补上一项", "add one")),
    "too_long": (Words("这里的项太多", "there are too many items here"), Words("分成几部分", "split them")),
    "string_too_short": (Words("文字太短或是空的", "the text is too short or empty"), Words("补上文字", "write the text")),
    "string_too_long": (Words("文字太长", "the text is too long"), Words("缩短或分成几条", "shorten or split it")),
}


def _said(kind: str, error: Any) -> tuple[Words, Words]:
    """The fault of a shape, and its cure."""
    offered = str((error.get("ctx") or {}).get("expected", ""))
    if kind.startswith("union_tag"):
        names = ", ".join(STEP_NAMES)
        return Words("没有这种步骤", "there is no such step"), Words(f"step 可用：{names}", f"step is one of: {names}")
    if kind == "literal_error":
        listed = offered.replace(" or ", ", ")
        return Words("不是可用的词", "this word is not one of those that fit"), Words(f"可用：{listed}", f"use one of: {listed}")
    known = _SHAPES.get(kind)
    return known or (Words(f"写法不对（{kind}）", str(error["msg"])), Words("照文件格式说明改写", "write it as the format's description says"))


def _nearest(key: str, error: Any) -> Words:
    known = [
        *Document.model_fields,
        "label",
        "clause",
        "when",
        "steps",
        "exclusions",
        "of",
        "step",
        "limit",
        "amount",
        "days",
    ]
    close = get_close_matches(key, known, n=1)
    if close:
        return Words(f"是不是“{close[0]}”？否则删掉", f"did you mean “{close[0]}”? otherwise remove it")
    return Words("删掉它，或看文件格式说明", "remove it, or see the format's description")


def _path_in(tree: Tree, loc: tuple[str | int, ...]) -> Path:
    """The place in the document that a validation error speaks of: its parts that are really there."""
    path: Path = ()
    value: Any = tree.value
    for part in loc:
        inside = isinstance(value, dict) and part in value
        listed = isinstance(value, list) and isinstance(part, int) and part < len(value)
        if inside or listed:
            path, value = (*path, part), value[part]
    return path
