"""The static checks of a document: names, kinds, clauses, bands, cases – everything a compiler would say."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pydantic import BaseModel

from lipei.terms.checks_of_amounts import amount_faults
from lipei.terms.checks_of_bounds import bound_faults
from lipei.terms.checks_of_cases import case_faults, unknown
from lipei.terms.checks_of_conditions import condition_faults
from lipei.terms.checks_of_steps import step_faults
from lipei.terms.checks_of_use import use_faults
from lipei.terms.document import Document, FactSpec
from lipei.terms.fact_values import value_of_text
from lipei.terms.faults import FAULTS_MAX, Fault, Found, Path, TextFault, error, path_text, warning
from lipei.terms.parts import expressions_of, parts_of
from lipei.terms.ranges import environment
from lipei.terms.reading import Tree
from lipei.terms.typecheck import Vocabulary, kind_of, require
from lipei.terms.vocabulary import vocabulary_of
from lipei.terms.words import Words

AT_KEY = frozenset({"unused", "unused-accumulator", "no-question", "no-default", "fact-missing"})
"""Faults of a name: the marker stands under the name, not under what is written behind it."""
UNUSED = frozenset({"unused", "unused-accumulator", "uncited-clause"})
"""Doubts that wait until the errors are put right: a misspelt name makes the right one look unused."""


def checked(document: Document, tree: Tree) -> list[Fault]:
    """All faults, warnings and notes of a document whose shape is right; at most `FAULTS_MAX` of each group of checks."""
    within = vocabulary_of(document)
    groups = (
        _names(document),
        _kinds(document, within),
        _values(document, within),
        _clauses(document),
        _facts(document),
        _references(document),
        case_faults(document),
        amount_faults(document, within),
        step_faults(document, within),
        use_faults(document),
    )
    found = [one for group in groups for one in islice(group, FAULTS_MAX)]
    if any(severity == "error" for *_, severity in found):
        found = [one for one in found if one[0] not in UNUSED]
    else:
        env = environment(document)
        for group in (condition_faults(document, env), bound_faults(document, env)):
            found += islice(group, FAULTS_MAX)
    return [
        Fault(code, path_text(path), tree.place_of(path, key=_of_key(code, path, what)), what, cure, severity)
        for code, path, what, cure, severity in found
        if not tree.is_unread(path)
    ]


def _of_key(code: str, path: Path, what: Words) -> bool:
    """Whether the fault is of the name before the colon: it says so, or quotes that name."""
    return code in AT_KEY or f"“{path[-1]}”" in what.en


def _names(document: Document) -> Iterator[Found]:
    seen: dict[str, str] = {}
    sections = {"policy": [*document.policy], "facts": [*document.facts], "values": [*document.values]}
    for section, names in sections.items():
        for name in names:
            if name in seen or name in ("and", "or", "not", "in", "true", "false", "min", "max", "charged"):
                yield error(
                    "name-taken",
                    (section, name),
                    Words(f"“{name}”这个名字已经用了", f"the name “{name}” is taken"),
                    Words("换一个名字", "choose another name"),
                )
            seen[name] = section
    for coverage in document.coverages:
        excluded = [exclusion.id for exclusion in document.exclusions_of(coverage)]
        general = len(document.exclusions)
        for index, code in enumerate(excluded):
            if code in excluded[:index]:
                own: Path = ("coverages", document.coverages.index(coverage), "exclusions", index - general, "id")
                yield error(
                    "name-taken",
                    ("exclusions", index, "id") if index < general else own,
                    Words(f"除外“{code}”写了两次", f"the exclusion “{code}” is there twice"),
                    Words("换一个名字", "choose another name"),
                )
    ids = [coverage.id for coverage in document.coverages]
    for index, code in enumerate(ids):
        if code in ids[:index]:
            yield error(
                "name-taken",
                ("coverages", index, "id"),
                Words(f"责任“{code}”写了两次", f"the coverage “{code}” is there twice"),
                Words("换一个名字", "choose another name"),
            )


def _kinds(document: Document, within: Vocabulary) -> Iterator[Found]:
    for expression, path, wanted in expressions_of(document):
        if wanted is None:
            continue
        try:
            require(expression, wanted, within=within)
        except TextFault as fault:
            yield error("expression", path, fault.what, fault.cure)


def _values(document: Document, within: Vocabulary) -> Iterator[Found]:
    known = {name: kind for name, kind in within.kinds.items() if name not in document.values}
    so_far = Vocabulary(known, within.choices, within.categories)
    for name, derived in document.values.items():
        try:
            known[name] = kind_of(derived.value, within=so_far)
        except TextFault as fault:
            yield error("expression", ("values", name, "value"), fault.what, fault.cure)


def _clauses(document: Document) -> Iterator[Found]:
    numbers = [clause.id for clause in document.clauses]
    cited: set[str] = set()
    for part, path in parts_of(document):
        number = getattr(part, "clause", None)
        if not isinstance(number, str):
            continue
        cited.add(number)
        if number not in numbers:
            yield error(
                "unknown-clause",
                (*path, "clause"),
                Words(f"没有第 {number} 条", f"there is no clause {number}"),
                Words("在 clauses 里写上条文，或改正条号", "write the clause under clauses, or correct the number"),
            )
    for index, clause in enumerate(document.clauses):
        if clause.id in numbers[:index]:
            yield error(
                "clause-twice",
                ("clauses", index, "id"),
                Words(f"第 {clause.id} 条写了两次", f"clause {clause.id} is there twice"),
                Words("合成一条或改条号", "merge them or renumber"),
            )
        if clause.id not in cited and clause.cited == "by_steps":
            yield warning(
                "uncited-clause",
                ("clauses", index),
                Words(f"第 {clause.id} 条没有被引用", f"nothing cites clause {clause.id}"),
                Words("让步骤引用它，或写 cited: text_only", "cite it in a step, or write cited: text_only"),
            )


def _facts(document: Document) -> Iterator[Found]:
    for section, specs in (("policy", document.policy), ("facts", document.facts)):
        for name, spec in specs.items():
            yield from _spec(spec, (section, name))
            if section == "facts" and spec.question is None:
                yield error(
                    "no-question",
                    (section, name),
                    Words("没有写怎么问", "there is no question to ask for it"),
                    Words("补上 question: {zh: …, en: …}", "add question: {zh: …, en: …}"),
                )
            if spec.paper is not None and spec.paper not in document.documents:
                yield error(
                    "unknown-paper",
                    (section, name, "paper"),
                    Words(f"没有叫“{spec.paper}”的材料", f"there is no document “{spec.paper}”"),
                    Words("在 documents 里写上它", "write it under documents"),
                )


def _spec(spec: FactSpec, path: Path) -> Iterator[Found]:
    if (spec.kind == "choice") != bool(spec.choices):
        yield error(
            "choices",
            path,
            Words("选项类事实要有 choices，别的不要有", "a choice needs choices, and nothing else has them"),
            Words("写上 choices 或改 kind", "write choices, or change the kind"),
        )
        return
    yield from _range(spec, path)
    if spec.needed_when is not None and spec.default is None:
        yield error(
            "no-default",
            path,
            Words("有 needed_when 就要有 default", "with needed_when there must be a default"),
            Words("写上不需要时的值", "write the value that holds when it is not needed"),
        )


def _range(spec: FactSpec, path: Path) -> Iterator[Found]:
    """Faults of default, least and most: that cannot be read, or that do not lie in order."""
    values: dict[str, Any] = {}
    for name in ("at_least", "default", "at_most"):
        text = getattr(spec, name)
        if text is None:
            continue
        try:
            values[name] = value_of_text(spec, text)
        except TextFault as fault:
            yield error("unreadable", (*path, name), fault.what, fault.cure)
    if {"at_least", "at_most"} & set(values) and spec.kind in ("boolean", "choice"):
        yield error(
            "range",
            path,
            Words("是否类和选项类没有大小", "yes/no and choices have no range"),
            Words("删掉 at_least 和 at_most", "remove at_least and at_most"),
        )
        return
    for (low, least), (high, most) in itertools.pairwise(values.items()):
        if least > most:
            yield error(
                "range",
                (*path, high),
                Words(f"{high} 小于 {low}", f"{high} is below {low}"),
                Words("at_least ≤ default ≤ at_most", "keep at_least ≤ default ≤ at_most"),
            )


def _references(document: Document) -> Iterator[Found]:
    for part, path in parts_of(document):
        for at, name in enumerate(_categories_named(part)):
            if name not in document.categories:
                yield unknown("category", (*path, "of", at), name, list(document.categories))
        for place in ("accumulator", "family_accumulator"):
            accumulator = getattr(part, place, None)
            if accumulator is not None and accumulator not in document.accumulators:
                yield unknown("accumulator", (*path, place), accumulator, list(document.accumulators))
        about = getattr(part, "about", None)
        if isinstance(about, str) and about not in {**document.policy, **document.facts}:
            yield unknown("fact", (*path, "about"), about, list(document.facts))
        by = getattr(part, "by", None)
        if isinstance(by, str) and by not in {**document.policy, **document.facts}:
            yield unknown("fact", (*path, "by"), by, list(document.facts))
    for name, spec in document.accumulators.items():
        for field in ("dated_by", "starts"):
            fact = getattr(spec, field)
            if fact is not None and fact not in {**document.policy, **document.facts}:
                yield unknown("fact", ("accumulators", name, field), fact, list(document.facts))


def _categories_named(part: BaseModel) -> list[str]:
    named = getattr(part, "of", None)
    return list(named) if isinstance(named, list) else []
