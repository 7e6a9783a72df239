"""What a claim is calculated from: the frozen policy, the facts on file, the items as assessed, earlier use; reads only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lipei import products
from lipei.calculation import Balance, CannotCalculate, Known, LineItem
from lipei.claimfile.answers import answers_of
from lipei.claimfile.models import Claim, Exposure, LossItem, Milestone
from lipei.claimfile.words import source_in_words
from lipei.filing.refusal import Missing
from lipei.policies.queries import balances_of, policy_values
from lipei.settlement.grounds import NotCovered
from lipei.terms.edition import Edition
from lipei.terms.words import Words, both


@dataclass(frozen=True, slots=True)
class CalculationInputs:
    """Everything `explain` needs for one claim, and the coverages that were concluded against."""

    edition: Edition
    facts: Mapping[str, Known]
    policy: Mapping[str, Any]
    items: tuple[LineItem, ...]
    balances: Mapping[str, Balance]
    refused: tuple[NotCovered, ...]
    covered: frozenset[str]


class CannotGather(Exception):
    """What stands in the way of a calculation before the terms are even read; `missing` lists all of it."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__("; ".join(m.what.en for m in missing))
        self.missing = missing


def calculation_inputs(claim: Claim) -> CalculationInputs:
    """Gather the inputs of a claim's calculation. Raises `CannotGather` with everything that is missing or contradicts."""
    missing: list[Missing] = []
    if claim.snapshot is None:
        missing.append(Missing(Words("核责还没有完成，没有保单快照", "coverage is not verified, there is no policy snapshot"), where=("claim_coverage", (claim.number,))))
    elif not products.is_fit(claim.snapshot.product_code, edition=claim.snapshot.edition):
        missing.append(_not_fit(claim.snapshot.product_code, claim.snapshot.edition))
    items, faults = _allowed(claim)
    missing += faults
    if claim.snapshot is None or missing:
        raise CannotGather(missing)
    snapshot = claim.snapshot
    edition = products.named(snapshot.product_code, edition=snapshot.edition)
    try:
        answers = answers_of(claim, edition)
    except CannotCalculate as fault:
        raise CannotGather(needs_missing(fault, number=claim.number)) from fault
    content: Mapping[str, Any] = snapshot.content
    policy = policy_values(edition, content)
    balances = balances_of(
        snapshot.policy_id, snapshot.insured_id, edition, facts=answers.known, policy=policy, number=claim.number
    )
    rows = list(Exposure.objects.filter(claim=claim).order_by("id"))
    refused = tuple(NotCovered(e.coverage, *_clause_and_reason(e)) for e in rows if e.conclusion == "not_covered")
    covered = frozenset(e.coverage for e in rows if e.conclusion == "covered")
    return CalculationInputs(edition, answers.known, policy, items, balances, refused, covered)


def _not_fit(code: str, edition: str) -> Missing:
    return Missing(
        Words(f"条款 {code} {edition} 的检查或算例没有通过，不能用来计算", f"a check or a worked case of the terms {code} {edition} fails; nothing may be calculated by them"),
        why=Words("条款算错，赔款就会错。", "Where the terms are wrong, amounts are wrong."),
        do=Words(f"请管理员看“基础资料”里的这一版，或运行 lipei products check {code}。", f"Ask the administrator to look at this edition under reference data, or run lipei products check {code}."),
    )


def _clause_and_reason(exposure: Exposure) -> tuple[str, str]:
    clause, _, reason = exposure.conclusion_why.partition("\n")
    return clause, reason


def needs_missing(fault: CannotCalculate, *, number: str) -> list[Missing]:
    """What the terms still need, each with its question and the page where facts are written down."""
    return [
        Missing(Words(f"{n.label.zh}{n.what.zh}", f"{n.label.en} {n.what.en}"), why=n.question, where=("claim_facts", (number,)))
        for n in fault.needs
    ]


def _allowed(claim: Claim) -> tuple[tuple[LineItem, ...], list[Missing]]:
    """The items as the assessor allowed them, from the entry that the milestone `loss_assessed` points to.

    The entry is the contract between the two rooms: its items must be the items asked, each allowed between 0 and claimed.
    """
    where = ("claim_assessment", (claim.number,))
    milestone = Milestone.objects.select_related("entry").filter(claim=claim, kind="loss_assessed", is_valid=True).first()
    if milestone is None:
        return (), [Missing(Words("费用还没有逐项审核", "the items are not assessed"), where=where)]
    told: dict[int, Mapping[str, Any]] = {int(i["number"]): i for i in json.loads(milestone.entry.plain).get("items", [])}
    rows = list(LossItem.objects.filter(claim=claim).order_by("number"))
    found: list[LineItem] = []
    missing: list[Missing] = []
    for row in rows:
        item = told.get(row.number)
        if item is None or int(item["claimed"]) != row.claimed or not 0 <= int(item["allowed"]) <= row.claimed:
            missing.append(Missing(Words(f"第 {row.number} 项“{row.label}”没有审核", f"item {row.number} “{row.label}” is not assessed"), where=where))
        else:
            found.append(_line(row, item))
    return tuple(found), missing


def _line(row: LossItem, item: Mapping[str, Any]) -> LineItem:
    allowed = int(item["allowed"])
    reason = str(item.get("reason") or "").strip()
    source = str(item.get("fact") or row.source or "").strip()
    return LineItem(
        row.category, row.claimed, allowed=allowed if allowed != row.claimed else None, days=row.days, label=both(row.label),
        reason=both(reason) if reason and allowed != row.claimed else None, source=source_in_words(source) if source else None, ref=str(row.number),
    )
