"""A small document with nothing wrong in it, for tests that put one thing wrong."""

from __future__ import annotations

GOOD = """product: sample
edition: "1"
title: {zh: 样本, en: Sample}
line: medical
jurisdiction: cn
currency: CNY
in_force: {first: 2026-01-01}
clauses:
  - {id: "1", zh: 条文一, en: clause one}
  - {id: "2", zh: 条文二, en: clause two}
policy:
  cover_from: {kind: date, label: {zh: 起始日, en: First day}}
facts:
  on: {kind: date, label: {zh: 日期, en: Day}, question: {zh: 哪天？, en: Which day?}}
  level: {kind: choice, label: {zh: 级别, en: Level}, question: {zh: 几级？, en: Which?}, choices: {high: {zh: 高, en: high}, low: {zh: 低, en: low}}}
  stated: {kind: boolean, label: {zh: 说明, en: Stated}, question: {zh: 有吗？, en: Is there?}, default: "false"}
  paid: {kind: amount, label: {zh: 已付, en: Paid}, question: {zh: 多少？, en: How much?}, default: "0.00", at_least: "0.00"}
values:
  age: {label: {zh: 天数, en: Days}, value: on - cover_from}
categories:
  bed: {zh: 床位, en: Bed}
accumulators:
  year: {label: {zh: 年度, en: Year}, used_up: {zh: 用完, en: used up}, period: policy_year, person: member, dated_by: on, starts: cover_from, clause: "1"}
exclusions:
  - {id: late, label: {zh: 太晚, en: too late}, clause: "2", when: age > 400 and not stated}
coverages:
  - id: cover
    label: {zh: 责任, en: Cover}
    about: {zh: 责任, en: cover}
    kind: indemnity
    clause: "1"
    trigger: {label: {zh: 有, en: there is}, clause: "1", when: on >= cover_from}
    steps:
      - {step: sum, label: {zh: 合计, en: Sum}, clause: "1"}
      - {step: limit, label: {zh: 床位限额, en: Bed limit}, clause: "1", of: [bed], limit: "100.00"}
      - {step: prior_payment, label: {zh: 已付, en: Paid}, clause: "1", amount: paid, payer: {zh: 社保, en: Social insurance}}
      - {step: bands, label: {zh: 分段, en: Bands}, clause: "1", kind: marginal, on: excess, table: {by: level, of: {high: [{to: "10.00", ratio: 80%}, {ratio: 90%}], low: [{ratio: 90%}]}}}
      - {step: aggregate_limit, label: {zh: 年度限额, en: Annual limit}, clause: "1", limit: "900.00", accumulator: year}
documents:
  paper: {label: {zh: 材料, en: Paper}, shows: {zh: 日期, en: the day}, clause: "1"}
cases:
  - {name: {zh: 例, en: case}, policy: {cover_from: 2026-01-01}, facts: {on: 2026-02-01, level: low}, items: [{category: bed, claimed: "50.00"}], owed: "45.00"}
  - {name: {zh: 床位正好到限额, en: exactly the bed limit}, policy: {cover_from: 2026-01-01}, facts: {on: 2026-02-01, level: low}, items: [{category: bed, claimed: "100.00"}], owed: "90.00"}
  - {name: {zh: 床位超过限额, en: above the bed limit}, policy: {cover_from: 2026-01-01}, facts: {on: 2026-02-01, level: low}, items: [{category: bed, claimed: "100.01"}], owed: "90.00"}
  - {name: {zh: 高级别第一段, en: the first band}, policy: {cover_from: 2026-01-01}, facts: {on: 2026-02-01, level: high}, items: [{category: bed, claimed: "10.00"}], owed: "8.00"}
  - {name: {zh: 高级别第二段, en: the second band}, policy: {cover_from: 2026-01-01}, facts: {on: 2026-02-01, level: high}, items: [{category: bed, claimed: "20.00"}], owed: "17.00"}
  - {name: {zh: 社保已付, en: paid in part}, policy: {cover_from: 2026-01-01}, facts: {on: 2026-02-01, level: low, paid: "20.00"}, items: [{category: bed, claimed: "90.00"}], owed: "63.00"}
  - {name: {zh: 年度限额所剩不多, en: little is left}, policy: {cover_from: 2026-01-01}, facts: {on: 2026-02-01, level: low}, items: [{category: bed, claimed: "80.00"}], balances: {year: "898.00"}, owed: "2.00"}
  - {name: {zh: 太晚, en: too late}, policy: {cover_from: 2026-01-01}, facts: {on: 2029-01-01, level: low}, items: [{category: bed, claimed: "60.00"}], owed: "0.00"}
"""
