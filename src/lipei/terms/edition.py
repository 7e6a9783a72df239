"""One edition of a product, loaded, checked and ready to be read: `edition_of(text)`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from lipei.terms.checks import checked
from lipei.terms.document import Document
from lipei.terms.fact_values import Bounds, bounds_of, value_of_text
from lipei.terms.faults import Fault, Path, Place, TermsFaults, in_order
from lipei.terms.reading import read_tree
from lipei.terms.typecheck import Vocabulary
from lipei.terms.validating import validated
from lipei.terms.vocabulary import vocabulary_of
from lipei.terms.words import Words


@dataclass(frozen=True, eq=False)
class Edition:
    """A loaded edition: the document, where each part stands, what the checks remarked, and its fingerprint."""

    document: Document
    source: str
    places: Mapping[Path, Place] = field(repr=False)
    remarks: tuple[Fault, ...]
    fingerprint: str

    @property
    def code(self) -> str:
        """`product@edition`, as in `anxin_inpatient@2026`."""
        return f"{self.document.product}@{self.document.edition}"

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The remarks that speak of a probable mistake; the others are notes."""
        return tuple(remark for remark in self.remarks if remark.severity == "warning")

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
    def bounds(self) -> dict[str, Bounds]:
        """The least and greatest value of every fact and policy value that has one."""
        specs = {**self.document.policy, **self.document.facts}
        return {name: bounds for name, spec in specs.items() if (bounds := bounds_of(spec)) is not None}

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
    document = validated(tree, model=Document)
    found = checked(document, tree)
    if any(fault.severity == "error" for fault in [*tree.faults, *found]):
        raise TermsFaults(source, [*tree.faults, *found])
    return Edition(document, source, tree.places, in_order(found), fingerprint_of(tree.value))


def fingerprint_of(value: Mapping[str, Any]) -> str:
    """SHA-256 of the terms in a fixed order of keys; worked cases do not count, they change nothing that is owed."""
    terms = {key: part for key, part in value.items() if key != "cases"}
    text = json.dumps(terms, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
