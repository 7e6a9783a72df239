"""Small editions for tests: the steps under test inside the least document that can hold them."""

from __future__ import annotations

from typing import Any

from lipei.calculation import LineItem, Statement, explain
from lipei.terms.edition import Edition, edition_of

HEAD = """
product: small
edition: "1"
title: {zh: 小条款, en: Small terms}
line: medical
jurisdiction: cn
currency: CNY
in_force: {first: 2026-01-01}
clauses:
  - {id: "1", zh: 条文, en: the clause}
policy:
  sum_insured: {kind: amount, label: {zh: 保险金额, en: Sum insured}, default: "100,000.00"}
facts:
  on: {kind: date, label: {zh: 日期, en: Day}, question: {zh: 哪天？, en: Which day?}, default: 2026-03-01}
  value: {kind: amount, label: {zh: 价值, en: Value}, question: {zh: 多少？, en: How much?}, default: "0.00"}
  paid: {kind: amount, label: {zh: 已付, en: Paid}, question: {zh: 多少？, en: How much?}, default: "0.00"}
  days: {kind: whole, label: {zh: 天数, en: Days}, question: {zh: 几天？, en: How many?}, default: "0"}
  flag: {kind: boolean, label: {zh: 有说明, en: Stated}, question: {zh: 有吗？, en: Is there?}, default: "false"}
  level: {kind: choice, label: {zh: 级别, en: Level}, question: {zh: 哪级？, en: Which?}, choices: {high: {zh: 高, en: high}, low: {zh: 低, en: low}}, default: high}
  n1: {kind: whole, label: {zh: 一, en: one}, question: {zh: 几？, en: How many?}, default: "0"}
  n2: {kind: whole, label: {zh: 二, en: two}, question: {zh: 几？, en: How many?}, default: "0"}
  n3: {kind: whole, label: {zh: 三, en: three}, question: {zh: 几？, en: How many?}, default: "0"}
categories:
  a: {zh: 甲, en: A}
  b: {zh: 乙, en: B}
accumulators:
"""
ACCUMULATOR = """  {name}:
    label: {{zh: 累计, en: accumulated}}
    used_up: {{zh: 用完, en: used up}}
    unit: {unit}
    period: calendar_year
    person: member
    dated_by: on
    clause: "1"
"""
COVERAGE = """coverages:
  - id: cover
    label: {{zh: 责任, en: Cover}}
    about: {{zh: 责任, en: cover}}
    kind: {kind}
    clause: "1"
    trigger: {{label: {{zh: 总是, en: always}}, clause: "1", when: on >= 2026-01-01}}
    steps:
"""


def step(text: str) -> str:
    """A step with the label and clause that tests do not care about."""
    return f'      - {{label: {{zh: 步, en: step}}, clause: "1", {text}}}\n'


def edition_with(
    *steps: str, kind: str = "indemnity", amounts: tuple[str, ...] = (), days: tuple[str, ...] = ()
) -> Edition:
    """An edition with these steps after the sum of the bill (or alone, for a benefit)."""
    text = HEAD + "".join(ACCUMULATOR.format(name=name, unit="amount") for name in amounts)
    text += "".join(ACCUMULATOR.format(name=name, unit="days") for name in days) + COVERAGE.format(kind=kind)
    first = [step("step: sum")] if kind == "indemnity" else []
    return edition_of(text + "".join([*first, *(step(one) for one in steps)]))


def read(edition: Edition, *claimed: int, items: list[LineItem] | None = None, **given: Any) -> Statement:
    """The statement for bill lines of category `a` (fen)."""
    facts = {name: value for name, value in given.items() if name not in ("balances", "policy")}
    lines = items if items is not None else [LineItem("a", amount) for amount in claimed]
    return explain(edition, facts=facts, items=lines, balances=given.get("balances"), policy=given.get("policy"))


def owed(edition: Edition, *claimed: int, **given: Any) -> int:
    """What is owed, in fen."""
    return read(edition, *claimed, **given).owed
