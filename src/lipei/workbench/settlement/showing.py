"""Turns a statement into the ladder and its rail: each amount opens to clause, words, figures and what was tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from lipei.calculation import Alternative, CoverageReading, Line, Statement, customer_text
from lipei.calculation.figures import Operand, rounded
from lipei.settlement.queries import Rerun, StatementView, WhatIf
from lipei.settlement.seats import ClaimHead
from lipei.terms.document import FactSpec
from lipei.terms.edition import clause_label
from lipei.terms.fact_values import fact_written
from lipei.terms.money import shown
from lipei.terms.words import Words

FINGERPRINT_GROUP = 4


def address(name: str, number: str) -> str:
    """The address of a page of this claim; empty while that page does not exist."""
    try:
        return reverse(name, args=[number])
    except NoReverseMatch:
        return ""


NOT_ASKED = Words("没有要求这一项的费用", "Nothing was claimed under this part")


def head(found: ClaimHead) -> dict[str, Any]:
    """The line above the title."""
    return {"name": found.name, "matter": found.subject, "number": found.number, "url": address("claim", found.number)}


def groups(view: StatementView, *, number: str, explained: Words | None, opened: str) -> list[dict[str, Any]]:
    """The ladder: one group a coverage, one step a line; a coverage that does not answer says where it stopped."""
    statement = view.statement
    gains = {a.line: a for a in statement.alternatives if a.line is not None}
    against = {r.coverage: r for r in view.refused}
    found = []
    for coverage in statement.coverages:
        note = _note(coverage)
        if not coverage.is_asked:
            note = NOT_ASKED
        elif coverage.id in against:
            clause = clause_label(against[coverage.id].clause)
            note = Words(f"核责结论：不在保障内，{clause.zh}", f"Concluded as not covered, {clause.en}")
        steps = [
            _step(statement, line, number=number, explained=explained, gain=gains.get(line.number), opened=opened,
                  is_added=coverage.kind == "benefit")
            for line in coverage.lines
        ]
        found.append({"title": coverage.label, "note": note, "steps": steps})
    return found


def _note(coverage: CoverageReading) -> Words:
    if coverage.stopped_by is None:
        return coverage.about
    clause = clause_label(coverage.stop_clause or coverage.clause)
    return Words(f"不能给付：{coverage.stopped_by.zh}（{clause.zh}）", f"Does not answer: {coverage.stopped_by.en} ({clause.en})")


def _step(
    statement: Statement, line: Line, *, number: str, explained: Words | None, gain: Alternative | None, opened: str, is_added: bool
) -> dict[str, Any]:
    name = statement.edition.document.edition
    step: dict[str, Any] = {
        "number": line.number, "name": line.label, "clause": {"key": f"s{line.number}", "ref": line.clause_shown},
        "sentence": line.arithmetic, "remark": line.note, "before": rounded(line.before), "after": rounded(line.after),
        "bound": line.bound, "added": is_added, "open": opened == str(line.number), "quoted": line.clause_text,
        "edition": Words(f"{name} 版", f"edition {name}"), "explained": explained if line.cut > 0 else None,
        "operands": [_operand(o) for o in line.operands],
    }
    if line.exceptions:
        step |= _exceptions(line, gain=gain, number=number)
    return step


def _operand(operand: Operand) -> dict[str, Any]:
    kept: dict[str, Any] = {"name": operand.name, "source": operand.source}
    if operand.figure.unit == "amount":
        return kept | {"amount": rounded(operand.figure.value)}
    return kept | {"value": operand.figure.shown()}


def _exceptions(line: Line, *, gain: Alternative | None, number: str) -> dict[str, Any]:
    zh, en = [], []
    for tried in line.exceptions:
        zh.append(f"试过：“{tried.label.zh}”{'成立' if tried.holds else '不成立'}。{tried.because.zh}。")
        en.append(f"Tried: “{tried.label.en}” {'holds' if tried.holds else 'does not hold'}. {tried.because.en}.")
    if gain is not None and gain.difference > 0:
        zh.append(f"如果成立，应付增加 {shown(gain.difference)}。")
        en.append(f"If it held, {shown(gain.difference)} more would be owed.")
    text = Words("".join(zh), " ".join(en))
    link = Words("记下新的事实", "Write down a new fact")
    return {"exceptions": text, "exceptions_url": address("claim_facts", number), "exceptions_link": link}


def alternatives(view: StatementView, *, number: str) -> list[dict[str, Any]]:
    """What would be owed if: each with its gain and the page that tries it."""
    return [
        {
            "label": a.label, "gain": a.difference, "note": a.note,
            "url": f"{address('claim_what_if', number)}?{urlencode({f'fact_{n}': v for n, v in a.change})}" if a.change else f"#step-{a.line}",
        }
        for a in view.statement.alternatives if a.difference
    ]


def effects(view: StatementView) -> dict[str, Any]:
    """What took effect: steps that bit, limits that did not, exclusions that were tried in vain."""
    statement = view.statement
    took = "、".join(str(n) for n in statement.bound_numbers)
    left = [
        Words(f"{m.label.zh}，用后还剩 {shown(m.left_after)}", f"{m.label.en}, {shown(m.left_after)} left afterwards")
        for m in statement.movements
        if m.unit == "amount" and m.left_after and not any(line.number == m.line and line.bound for line in statement.lines)
    ]
    tried = {t.label.zh for c in statement.coverages for t in c.exclusions if not t.holds}
    n = len(tried)
    return {
        "took_effect": Words(took, took.replace("、", ", ")) if took else None,
        "not_reached": Words("；".join(w.zh for w in left), "; ".join(w.en for w in left)) if left else None,
        "tried": Words(f"责任免除 {n} 条", f"{n} exclusions") if n else None,
    }


def statement_card(view: StatementView, again: Rerun | None) -> dict[str, Any]:
    """When, by whom, by which terms; whether running it again gives the same bytes; its fingerprint."""
    document = view.statement.edition.document
    first = document.in_force.first
    groups_of = [view.sha256[at : at + FINGERPRINT_GROUP] for at in (0, FINGERPRINT_GROUP)]
    return {
        "at": view.at, "by": Words(view.by_name, view.by_name_en),
        "edition": Words(f"{view.edition} 版，{first} 起", f"edition {view.edition}, from {first}"), "engine": view.engine,
        "again": again.words if again is not None else None, "again_kind": "done" if again is not None and again.is_same else "late",
        "fingerprint": f"{groups_of[0]} {groups_of[1]} … {view.sha256[-FINGERPRINT_GROUP:]}", "whole": view.sha256, "number": view.number,
    }


def explained_words(content: Mapping[str, Any]) -> Words | None:
    """That the clause was explained when the contract was made, from the frozen policy; None without a record."""
    on, to = content.get("explained_on"), content.get("explained_to")
    if not on:
        return Words("这一条会减少给付。没有投保时说明的记录。", "This clause lowers the payment. There is no record that it was explained.")
    return Words(f"这一条会减少给付。投保时已提示并说明：{on}，{to}签名。" if to else f"这一条会减少给付。投保时已提示并说明：{on}。",
                 f"This clause lowers the payment. It was explained on {on}" + (f", signed by {to}." if to else "."))


def said_to_customer(view: StatementView) -> Words | None:
    """The customer's words; none where a conclusion of ours departs from what the terms alone would give."""
    return None if view.refused else customer_text(view.statement)


# ---------- what if ----------


def what_if_fields(view: StatementView, *, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every fact of the statement as a field with its present value."""
    document, inputs = view.statement.edition.document, view.statement.inputs
    return [
        _fact_field(name, spec, typed.get(f"fact_{name}", fact_written(spec, inputs.facts[name])), is_assumed=name in inputs.assumed)
        for name, spec in document.facts.items() if name in inputs.facts
    ]


def _fact_field(name: str, spec: FactSpec, value: str, *, is_assumed: bool) -> dict[str, Any]:
    options: list[dict[str, Any]] = []
    if spec.kind == "boolean":
        options = [{"value": "true", "label": Words("是", "Yes")}, {"value": "false", "label": Words("否", "No")}]
    elif spec.kind == "choice":
        options = [{"value": code, "label": label} for code, label in spec.choices.items()]
    return {
        "name": f"fact_{name}", "label": spec.label, "kind": "select" if options else spec.kind, "options": options, "value": value,
        "is_assumed": is_assumed,
    }


def what_if_result(seen: WhatIf) -> dict[str, Any]:
    """The difference, which facts were changed, and which steps come out differently."""
    return {
        "owed": seen.owed, "difference": seen.difference,
        "changes": [{"label": label, "before": before, "after": after} for label, before, after in seen.changes],
        "lines": [{"label": label, "before": before, "after": after} for label, before, after in seen.lines],
    }


def changed_only(view: StatementView, typed: Mapping[str, str]) -> dict[str, str]:
    """The facts that were typed differently from what stands in the statement."""
    document, inputs = view.statement.edition.document, view.statement.inputs
    found = {}
    for name, spec in document.facts.items():
        text = typed.get(f"fact_{name}")
        if text is not None and name in inputs.facts and text.strip() != fact_written(spec, inputs.facts[name]):
            found[name] = text
    return found
