"""What others may ask about settlement: the statement and its re-run, what-ifs, the proposal, decisions and reviews."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from lipei import products
from lipei.calculation import CannotCalculate, Statement, explain_again, facts_of
from lipei.calculation.explaining import explain_inputs
from lipei.calculation.figures import rounded
from lipei.calculation.inputs import prepared, shown_value
from lipei.claimfile.models import Claim, Milestone
from lipei.claimfile.visibility import claims_visible_to
from lipei.filing.actor import Actor
from lipei.filing.refusal import Missing, Refused, not_found
from lipei.settlement.grounds import Ground, NotCovered, all_stopped, ground_of, grounds_of, is_cut, owed_of, summary_of
from lipei.settlement.models import Decision, Review
from lipei.settlement.models import Statement as StatementRow
from lipei.settlement.rules import Kind, kind_of
from lipei.terms.fact_values import value_shown
from lipei.terms.scalars import Exact
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement as it was kept (amounts in fen); `statement` is read again from the kept inputs."""

    id: int
    number: int
    product_code: str
    edition: str
    engine: str
    claimed: int
    owed: int
    sha256: str
    at: datetime
    by_user_id: int
    by_name: str
    by_name_en: str
    refused: tuple[NotCovered, ...]
    statement: Statement


@dataclass(frozen=True, slots=True)
class Rerun:
    """What running a kept statement again gave: the same bytes, or why not."""

    is_same: bool
    words: Words
    fingerprint: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The same claim with other facts (fen): nothing is saved. `lines` holds the steps that come out differently."""

    owed: int
    difference: int
    changes: tuple[tuple[Words, Words, Words], ...]
    lines: tuple[tuple[Words, int, int], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the calculation leads to: kind, amount and asked in fen, each ground, and all in one sentence."""

    kind: Kind
    amount: int
    asked: int
    grounds: tuple[Ground, ...]
    summary: Words


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as it was signed (fen)."""

    kind: str
    amount: int
    asked: int
    reason: str
    grounds: tuple[Ground, ...]
    at: datetime
    by_name: str
    by_name_en: str
    by_number: str
    entry_id: int
    statement_id: int


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One review: passed or returned, in whose words."""

    outcome: str
    reason: str
    at: datetime
    by_name: str
    by_name_en: str


def visible_claim(number: str, *, actor: Actor) -> Claim:
    """The claim by its number. Raises `Refused` when this actor may not see it."""
    return claim_and_milestones(number, actor=actor)[0]


def claim_and_milestones(number: str, *, actor: Actor) -> tuple[Claim, frozenset[str]]:
    """The claim by its number, and the kinds of its valid milestones. Raises `Refused` when this actor may not see it."""
    kinds = ArraySubquery(Milestone.objects.filter(claim=OuterRef("pk"), is_valid=True).values("kind"))
    wanted = claims_visible_to(actor).select_related("policy", "insured", "branch", "snapshot", "owner").annotate(kinds=kinds)
    claim = wanted.filter(number=number).first()
    if claim is None:
        raise not_found(Words(f"找不到案件 {number}。", f"There is no claim {number}."))
    return claim, frozenset(claim.kinds)


def current_row(claim: Claim) -> StatementRow | None:
    """The row of the current statement."""
    return StatementRow.objects.select_related("by").filter(claim=claim, is_current=True).first()


def statement_view(row: StatementRow) -> StatementView:
    """A statement from its row, its steps read again from the kept inputs."""
    refused = tuple(NotCovered(r["coverage"], r["clause"], r["reason"]) for r in row.refused)
    try:
        statement = explain_again(products.named(row.product_code, edition=row.edition), json.loads(row.content))
    except (ValueError, LookupError) as fault:
        raise Refused(
            "conflict", Words("这份计算的条款或计算程序已经不是当时的版本，不能逐步打开。", "The terms or the engine of this calculation are no longer those of that day; its steps cannot be opened."),
            why=Words(f"保存的计算书和指纹都在：{row.sha256[:12]}。", f"The kept statement and its fingerprint are there: {row.sha256[:12]}."),
            do=Words("请重新计算。", "Calculate again."),
        ) from fault
    return StatementView(
        row.pk, row.number, row.product_code, row.edition, row.engine, row.claimed, row.owed, row.sha256, row.at, row.by_id,
        row.by.name, row.by.name_en, refused, statement,
    )


def current_statement(number: str, *, actor: Actor) -> StatementView | None:
    """The claim's statement in force, or None while there is none."""
    row = current_row(visible_claim(number, actor=actor))
    return statement_view(row) if row is not None else None


def snapshot_content(number: str, *, actor: Actor) -> Mapping[str, object]:
    """The frozen policy's content; empty before verification."""
    claim = visible_claim(number, actor=actor)
    return dict(claim.snapshot.content) if claim.snapshot is not None else {}


def rerun(number: str, *, actor: Actor) -> Rerun | None:
    """Run the kept statement again and compare its bytes and its fingerprint with what was kept."""
    row = current_row(visible_claim(number, actor=actor))
    return rerun_row(row) if row is not None else None


def rerun_row(row: StatementRow) -> Rerun:
    """`rerun` for one row: same bytes, other bytes, or terms and engine that are no longer the same."""
    kept = row.content.encode()
    if hashlib.sha256(kept).hexdigest() != row.sha256:
        return Rerun(False, Words("保存的内容和指纹不符", "the kept content does not match its fingerprint"), row.sha256)
    try:
        again = explain_again(products.named(row.product_code, edition=row.edition), json.loads(row.content)).to_bytes()
    except (ValueError, LookupError):
        return Rerun(False, Words("条款或计算程序已经不是当时的版本", "terms or engine are no longer those of that day"), row.sha256)
    if again == kept:
        return Rerun(True, Words("逐字节相同", "byte for byte equal"), row.sha256)
    return Rerun(False, Words("重算结果不同", "running it again gives other bytes"), row.sha256)


def what_if(number: str, *, changes: Mapping[str, str], actor: Actor) -> WhatIf:
    """The statement with other facts, as texts by name. Refused with every value that cannot be read; saves nothing."""
    view = current_statement(number, actor=actor)
    if view is None:
        raise Refused("missing", Words("还没有计算，没有可比的", "There is no calculation to compare with yet"))
    statement, edition = view.statement, view.statement.edition
    inputs = statement.inputs
    try:
        wanted = facts_of(edition, changes)
        kept = {n: v for n, v in inputs.facts.items() if n not in inputs.assumed}
        policy = {n: v for n, v in inputs.policy.items() if n not in inputs.assumed}
        other = explain_inputs(
            edition, prepared(edition, facts={**kept, **wanted}, policy=policy, items=inputs.items, balances=inputs.balances), alternatives=False,
        )
    except CannotCalculate as fault:
        missing = tuple(Missing(Words(f"{n.label.zh}{n.what.zh}", f"{n.label.en} {n.what.en}"), field=f"fact_{n.name}") for n in fault.needs)
        raise Refused("bad_input", Words("这样算不了", "It cannot be calculated like this"), missing=missing) from fault
    owed = owed_of(other, refused=view.refused)
    specs = edition.document.facts
    told = tuple(
        (specs[n].label, shown_value(edition, n, inputs.facts[n]), value_shown(specs[n].kind, v, specs[n].choices))
        for n, v in wanted.items() if inputs.facts.get(n) != v
    )
    return WhatIf(owed, owed - view.owed, told, _steps_changed(statement, other))


def _steps_changed(one: Statement, other: Statement) -> tuple[tuple[Words, int, int], ...]:
    def ends(statement: Statement) -> dict[tuple[str, str], tuple[Words, int]]:
        return {(line.coverage, line.clause + line.step): (line.label, round_fen(line.after)) for line in statement.lines}

    before, after = ends(one), ends(other)
    return tuple(
        ((after.get(key) or before[key])[0], before.get(key, (None, 0))[1], after.get(key, (None, 0))[1])
        for key in (*before, *(k for k in after if k not in before))
        if before.get(key, (None, -1))[1] != after.get(key, (None, -1))[1]
    )


def round_fen(amount: Exact) -> int:
    """An exact amount shown between steps, to the fen."""
    return rounded(amount)


def proposal_of(number: str, *, actor: Actor) -> Proposal | None:
    """What the current statement leads to, or None while there is none."""
    view = current_statement(number, actor=actor)
    return proposal_from(view) if view is not None else None


def proposal_from(view: StatementView) -> Proposal:
    """What a statement leads to."""
    grounds = grounds_of(view.statement, refused=view.refused)
    kind = kind_of(owed=view.owed, is_cut=is_cut(grounds), all_stopped=all_stopped(view.statement, refused=view.refused))
    return Proposal(kind, view.owed, view.claimed, grounds, summary_of(view.statement, grounds=grounds, owed=view.owed))


def last_decision(number: str, *, actor: Actor) -> DecisionView | None:
    """The latest decision of a claim as it was signed."""
    return decision_of(visible_claim(number, actor=actor))


def decision_of(claim: Claim) -> DecisionView | None:
    """The latest decision of a claim that was already looked up."""
    row = Decision.objects.select_related("by", "statement").filter(claim=claim).order_by("-id").first()
    return decision_view(row) if row is not None else None


def decision_by_entry(entry_id: int) -> DecisionView | None:
    """The decision that an entry recorded; for followers."""
    row = Decision.objects.select_related("by", "statement").filter(entry_id=entry_id).first()
    return decision_view(row) if row is not None else None


def decision_view(row: Decision) -> DecisionView:
    """A decision from its row."""
    return DecisionView(
        row.kind, row.amount, row.statement.claimed, row.reason, tuple(ground_of(g) for g in row.grounds), row.at, row.by.name,
        row.by.name_en, row.by.number, row.entry_id, row.statement_id,
    )


def reviews_of(number: str, *, actor: Actor) -> tuple[ReviewView, ...]:
    """Every review of a claim, newest first."""
    claim = visible_claim(number, actor=actor)
    rows = Review.objects.select_related("by").filter(claim=claim).order_by("-id")
    return tuple(ReviewView(r.outcome, r.reason, r.at, r.by.name, r.by.name_en) for r in rows)
