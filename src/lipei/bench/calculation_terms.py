"""The editions and the book of claims that the calculation is measured on: invented, the same by seed."""

from __future__ import annotations

from typing import Any

import numpy as np

from lipei.calculation.batch import Claims, Policies
from lipei.terms.edition import Edition, edition_of
from lipei.terms.money import plain

CLAIMS_A_POLICY = 4
EDITIONS = 500
FIRST_DAY, DAYS = 739_617, 730
"""1 January 2026 as an ordinal, and how many days the claims are spread over: two calendar years."""
BILL_MAX = 3_000_000
TEMPLATE = """
product: measured
edition: "{edition}"
title: {{zh: 测速条款, en: Measured terms}}
line: medical
jurisdiction: cn
currency: CNY
in_force: {{first: 2026-01-01}}
clauses:
  - {{id: "1", zh: 按下列步骤计算。, en: Calculated by these steps.}}
facts:
  treated_on: {{kind: date, label: {{zh: 就诊日, en: Day of treatment}}, question: {{zh: 哪天？, en: Which day?}}}}
categories:
  bill: {{zh: 费用, en: Bill}}
{accumulators}coverages:
  - id: cover
    label: {{zh: 责任, en: Cover}}
    about: {{zh: 费用, en: charges}}
    kind: indemnity
    clause: "1"
    trigger: {{label: {{zh: 在保险期间内, en: within the period of cover}}, clause: "1", when: treated_on >= 2026-01-01}}
    steps:
{steps}"""
ACCUMULATORS = """accumulators:
  deductible_used: {label: {zh: 免赔, en: Deductible}, used_up: {zh: 用完, en: used up}, period: calendar_year, person: policy, dated_by: treated_on, clause: "1"}
  paid: {label: {zh: 已付, en: Paid}, used_up: {zh: 用完, en: used up}, period: calendar_year, person: policy, dated_by: treated_on, clause: "1"}
"""
TEN_STEPS = (
    "step: sum",
    'step: prior_payment, payer: {zh: 社保, en: insurance}, amount: "100.00"',
    "step: fault_share, share: 95%",
    'step: copayment, amount: "20.00"',
    'step: aggregate_deductible, amount: "1,000.00", accumulator: deductible_used',
    'step: bands, kind: marginal, on: excess, table: [{to: "5,000.00", ratio: 70%}, {to: "20,000.00", ratio: 80%}, {ratio: 90%}]',
    'step: limit, limit: "50,000.00"',
    'step: round, to: "0.01"',
    'step: salvage, amount: "1.00"',
    'step: aggregate_limit, limit: "200,000.00", accumulator: paid',
)


def terms(number: int, *steps: str, accumulates: bool = True) -> Edition:
    """An edition with these steps after the sum of the bill."""
    written = "".join(f'      - {{label: {{zh: 步骤, en: Step}}, clause: "1", {step}}}\n' for step in steps)
    return edition_of(
        TEMPLATE.format(edition=number, accumulators=ACCUMULATORS if accumulates else "", steps=written)
    )


def simple_edition() -> Edition:
    """A deductible, a ratio, a limit; nothing is carried from claim to claim."""
    steps = ('step: deductible, amount: "500.00"', "step: coinsurance, pays: 80%", 'step: limit, limit: "20,000.00"')
    return terms(0, "step: sum", *steps, accumulates=False)


def mixed_editions(many: int = EDITIONS, *, seed: int) -> list[Edition]:
    """Editions of four shapes and all different amounts, each with an annual deductible and an annual limit."""
    chance = np.random.default_rng(seed)
    return [_mixed(number, chance) for number in range(1, many + 1)]


def _mixed(number: int, chance: Any) -> Edition:
    deductible, limit, ratio = (int(chance.integers(*span)) for span in ((1, 20), (5, 50), (60, 96)))
    between = {
        0: [f"step: coinsurance, pays: {ratio}%"],
        1: [
            f'step: bands, kind: marginal, on: excess, table: [{{to: "5,000.00", ratio: {ratio - 10}%}}, {{ratio: {ratio}%}}]'
        ],
        2: [f"step: coinsurance, pays: {ratio}%", 'step: limit, limit: "30,000.00"'],
        3: ['step: copayment, amount: "50.00"', f"step: coinsurance, pays: {ratio}%"],
    }[number % 4]
    first = f'step: aggregate_deductible, amount: "{plain(deductible * 100_00)}", accumulator: deductible_used'
    last = f'step: aggregate_limit, limit: "{plain(limit * 1_000_00)}", accumulator: paid'
    return terms(number, "step: sum", first, *between, last)


def ten_step_edition() -> Edition:
    """Ten steps, two accumulators: what `explain` is measured on."""
    return terms(0, *TEN_STEPS)


def book(rows: int, *, editions: int, seed: int) -> tuple[Policies, Claims]:
    """Policies with a few claims each, in order of policy and day; one bill a claim."""
    chance = np.random.default_rng(seed)
    policies = -(-rows // CLAIMS_A_POLICY)
    days = chance.integers(FIRST_DAY, FIRST_DAY + DAYS, (policies, CLAIMS_A_POLICY))
    days.sort(axis=1)
    on = days.reshape(-1)[:rows].copy()
    policy = np.repeat(np.arange(policies), CLAIMS_A_POLICY)[:rows].copy()
    bill = chance.integers(0, BILL_MAX, rows)
    edition = chance.integers(0, editions, policies)
    claims = Claims(policy=policy, order=on.copy(), columns={"treated_on": on}, bill=bill, bill_category="bill")
    return Policies(edition), claims


def shuffled(claims: Claims, *, seed: int) -> Claims:
    """The same claims in no order."""
    order = np.random.default_rng(seed).permutation(len(claims))
    assert claims.bill is not None
    return Claims(
        policy=claims.policy[order],
        order=claims.order[order],
        columns={name: column[order] for name, column in claims.columns.items()},
        bill=claims.bill[order],
        bill_category=claims.bill_category,
    )


def input_bytes(policies: Policies, claims: Claims) -> int:
    """The size of all columns that go in."""
    columns = [policies.edition, claims.policy, claims.order, claims.bill, *claims.columns.values()]
    return sum(int(column.nbytes) for column in columns if column is not None)
