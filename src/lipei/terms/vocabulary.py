"""Collects the names that a document's expressions may use, with their kinds, from its facts, policy and values."""

from __future__ import annotations

from lipei.terms.document import Document
from lipei.terms.expressions import Kind
from lipei.terms.faults import TextFault
from lipei.terms.typecheck import Vocabulary, kind_of


def vocabulary_of(document: Document) -> Vocabulary:
    """Kinds of all facts, policy values and those derived values whose expressions can be understood."""
    kinds: dict[str, Kind] = {}
    choices: dict[str, tuple[str, ...]] = {}
    for name, spec in {**document.policy, **document.facts}.items():
        kinds[name] = spec.kind
        if spec.kind == "choice":
            choices[name] = tuple(spec.choices)
    categories = tuple(document.categories)
    so_far = Vocabulary(kinds, choices, categories)
    for name, derived in document.values.items():
        try:
            kinds[name] = kind_of(derived.value, within=so_far)
        except TextFault:
            continue
    return so_far
