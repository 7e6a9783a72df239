"""The static checks of a document: names, kinds, clauses, bands, cases – everything a compiler would say."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from lipei.terms.checks_of_amounts import amount_faults
from lipei.terms.checks_of_steps import step_faults
from lipei.terms.document import Document, FactSpec
from lipei.terms.expressions import Expression
from lipei.terms.fact_values import value_of_text
from lipei.terms.faults import Fault, Path, Severity, TextFault, path_text
from lipei.terms.fields import Typed
from lipei.terms.reading import Tree
from lipei.terms.typecheck import Vocabulary, kind_of, require
from lipei.terms.vocabulary import vocabulary_of
from lipei.terms.words import Words

Found = tuple[str, Path, Words, Words, Severity]


def checked(document: Document, tree: Tree) -> list[Fault]:
    """All faults and warnings of a document whose shape is right."""
    within = vocabulary_of(document)
    found: list[Found] = [
        *_names(document),
        *_kinds(document, within),
        *_values(document, within),
        *_clauses(document),
        *_facts(document),
        *_references(document),
        *_cases(document),
        *amount_faults(document, within),
        *step_faults(document, within),
    ]
    return [
        Fault(code, path_text(path), tree.line_of(path), what, cure, severity)
        for code, path, what, cure, severity in found
    ]


def _error(code: str, path: Path, what: Words, cure: Words) -> Found:
    return (code, path, what, cure, "error")


def parts_of(part: BaseModel, path: Path = ()) -> Iterator[tuple[BaseModel, Path]]:
    """Every part of the document with its path, outermost first."""
    yield part, path
    for name in type(part).model_fields:
        for child, here in _listed(getattr(part, name), (*path, name)):
            if isinstance(child, BaseModel):
                yield from parts_of(child, here)


def _listed(value: object, path: Path) -> Iterator[tuple[object, Path]]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _listed(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _listed(child, (*path, index))
    else:
        yield value, path


def _names(document: Document) -> Iterator[Found]:
    seen: dict[str, str] = {}
    sections = {"policy": [*document.policy], "facts": [*document.facts], "values": [*document.values]}
    for section, names in sections.items():
        for name in names:
            if name in seen or name in ("and", "or", "not", "in", "true", "false", "min", "max", "charged"):
                yield _error(
                    "name-taken",
                    (section, name),
                    Words(f"“{name}”这个名字已经用了", f"the name “{name}” is taken"),
                    Words("换一个名字", "choose another name"),
                )
            seen[name] = section
    ids = [coverage.id for coverage in document.coverages]
    for index, code in enumerate(ids):
        if code in ids[:index]:
            yield _error(
                "name-taken",
                ("coverages", index, "id"),
                Words(f"责任“{code}”写了两次", f"the coverage “{code}” is there twice"),
                Words("换一个名字", "choose another name"),
            )


def _kinds(document: Document, within: Vocabulary) -> Iterator[Found]:
    for part, path in parts_of(document):
        for name, spec in type(part).model_fields.items():
            expected = [mark.kind for mark in spec.metadata if isinstance(mark, Typed)]
            wanted = expected[0] if expected else _kind_within(spec.annotation)
            for value, here in _listed(getattr(part, name), (*path, name)):
                if isinstance(value, Expression) and wanted is not None:
                    yield from _kind_faults(value, wanted, here, within)


def _kind_within(annotation: object) -> str | None:
    """The kind marked inside `list[Amount]` or `Amount | None`."""
    for inner in getattr(annotation, "__args__", ()):
        for mark in getattr(inner, "__metadata__", ()):
            if isinstance(mark, Typed):
                return mark.kind
        deeper = _kind_within(inner)
        if deeper:
            return deeper
    return None


def _kind_faults(value: Expression, wanted: str, path: Path, within: Vocabulary) -> Iterator[Found]:
    try:
        require(value, wanted, within=within)  # type: ignore[arg-type]
    except TextFault as fault:
        yield _error("expression", path, fault.what, fault.cure)


def _values(document: Document, within: Vocabulary) -> Iterator[Found]:
    known = {name: kind for name, kind in within.kinds.items() if name not in document.values}
    for name, derived in document.values.items():
        try:
            kind = kind_of(derived.value, within=Vocabulary(dict(known), within.choices, within.categories))
            known[name] = kind
        except TextFault as fault:
            yield _error("expression", ("values", name, "value"), fault.what, fault.cure)


def _clauses(document: Document) -> Iterator[Found]:
    numbers = [clause.id for clause in document.clauses]
    cited: set[str] = set()
    for part, path in parts_of(document):
        number = getattr(part, "clause", None)
        if not isinstance(number, str):
            continue
        cited.add(number)
        if number not in numbers:
            yield _error(
                "unknown-clause",
                (*path, "clause"),
                Words(f"没有第 {number} 条", f"there is no clause {number}"),
                Words("在 clauses 里写上条文，或改正条号", "write the clause under clauses, or correct the number"),
            )
    for index, clause in enumerate(document.clauses):
        if clause.id in numbers[:index]:
            yield _error(
                "clause-twice",
                ("clauses", index, "id"),
                Words(f"第 {clause.id} 条写了两次", f"clause {clause.id} is there twice"),
                Words("合成一条或改条号", "merge them or renumber"),
            )
        if clause.id not in cited and clause.cited == "by_steps":
            yield (
                "uncited-clause",
                ("clauses", index),
                Words(f"第 {clause.id} 条没有被引用", f"nothing cites clause {clause.id}"),
                Words("让步骤引用它，或写 cited: text_only", "cite it in a step, or write cited: text_only"),
                "warning",
            )


def _facts(document: Document) -> Iterator[Found]:
    for section, specs in (("policy", document.policy), ("facts", document.facts)):
        for name, spec in specs.items():
            yield from _spec(spec, (section, name))
            if section == "facts" and spec.question is None:
                yield _error(
                    "no-question",
                    (section, name),
                    Words("没有写怎么问", "there is no question to ask for it"),
                    Words("补上 question: {zh: …, en: …}", "add question: {zh: …, en: …}"),
                )
            if spec.paper is not None and spec.paper not in document.documents:
                yield _error(
                    "unknown-paper",
                    (section, name, "paper"),
                    Words(f"没有叫“{spec.paper}”的材料", f"there is no document “{spec.paper}”"),
                    Words("在 documents 里写上它", "write it under documents"),
                )


def _spec(spec: FactSpec, path: Path) -> Iterator[Found]:
    if (spec.kind == "choice") != bool(spec.choices):
        yield _error(
            "choices",
            path,
            Words("选项类事实要有 choices，别的不要有", "a choice needs choices, and nothing else has them"),
            Words("写上 choices 或改 kind", "write choices, or change the kind"),
        )
        return
    for name in ("default", "at_least", "at_most"):
        text = getattr(spec, name)
        if text is None:
            continue
        try:
            value_of_text(spec, text)
        except TextFault as fault:
            yield _error("unreadable", (*path, name), fault.what, fault.cure)
    if spec.needed_when is not None and spec.default is None:
        yield _error(
            "no-default",
            path,
            Words("有 needed_when 就要有 default", "with needed_when there must be a default"),
            Words("写上不需要时的值", "write the value that holds when it is not needed"),
        )


def _references(document: Document) -> Iterator[Found]:
    for part, path in parts_of(document):
        for name in _categories_named(part):
            if name not in document.categories:
                yield _unknown("category", (*path, "of"), name, list(document.categories))
        for place in ("accumulator", "family_accumulator"):
            accumulator = getattr(part, place, None)
            if accumulator is not None and accumulator not in document.accumulators:
                yield _unknown("accumulator", (*path, place), accumulator, list(document.accumulators))
        about = getattr(part, "about", None)
        if isinstance(about, str) and about not in {**document.policy, **document.facts}:
            yield _unknown("fact", (*path, "about"), about, list(document.facts))
        by = getattr(part, "by", None)
        if isinstance(by, str) and by not in {**document.policy, **document.facts}:
            yield _unknown("fact", (*path, "by"), by, list(document.facts))
    for name, spec in document.accumulators.items():
        for field in ("dated_by", "starts"):
            fact = getattr(spec, field)
            if fact is not None and fact not in {**document.policy, **document.facts}:
                yield _unknown("fact", ("accumulators", name, field), fact, list(document.facts))


def _categories_named(part: BaseModel) -> list[str]:
    named = getattr(part, "of", None)
    return list(named) if isinstance(named, list) else []


def _unknown(code: str, path: Path, name: str, known: list[str]) -> Found:
    names = ", ".join(known) or "–"
    return _error(
        f"unknown-{code}",
        path,
        Words(f"没有叫“{name}”的", f"“{name}” is not declared"),
        Words(f"可用：{names}", f"available: {names}"),
    )


def _cases(document: Document) -> Iterator[Found]:
    if not document.cases:
        yield (
            "no-cases",
            ("product",),
            Words("没有算例，不能生效", "there are no worked cases: it cannot be put in force"),
            Words("写上 cases", "write cases"),
            "warning",
        )
    specs = {"facts": document.facts, "policy": document.policy}
    for index, case in enumerate(document.cases):
        for section, known in specs.items():
            for name, text in getattr(case, section).items():
                path: Path = ("cases", index, section, name)
                if name not in known:
                    yield _unknown("fact", path, name, list(known))
                    continue
                try:
                    value_of_text(known[name], text)
                except TextFault as fault:
                    yield _error("unreadable", path, fault.what, fault.cure)
        for name in case.balances:
            if name not in document.accumulators:
                yield _unknown("accumulator", ("cases", index, "balances", name), name, list(document.accumulators))
        for place, item in enumerate(case.items):
            if item.category not in document.categories:
                yield _unknown("category", ("cases", index, "items", place), item.category, list(document.categories))
