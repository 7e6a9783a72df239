"""What one claim of a policy means for those ordered after it by the clause, and the proposals that came of it; reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from lipei import products
from lipei.calculation import Statement, explain_again
from lipei.calculation.replay import Key, LedgerClaim, Stated
from lipei.calculation.restating import Restated, restate
from lipei.calculation.stored_inputs import inputs_from_dict
from lipei.claimfile.models import Claim
from lipei.filing.actor import Actor
from lipei.filing.refusal import Missing, Refused
from lipei.policies.queries import used_before
from lipei.settlement.models import Adjustment, Decision
from lipei.settlement.models import Statement as StatementRow
from lipei.settlement.queries import StatementView, visible_claim
from lipei.terms.edition import clause_label
from lipei.terms.money import shown
from lipei.terms.words import Words

DECIDED_MAX = 1_000
"""Decided claims of a policy that are read once more for one decision; more are looked at by a person."""
SETTLED = ("accepted", "even")


@dataclass(frozen=True, slots=True)
class Later:
    """A claim that was told already: its row, the statement it was told by, and how the ledger has it."""

    claim: Claim
    row: StatementRow
    stated: Stated


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision would change: itself, where a claim before it was decided since it was calculated – or later claims.

    `unknown` says why it cannot be told.
    """

    overtaken: Restated | None
    later: tuple[Restated, ...]
    unknown: Words | None = None


@dataclass(frozen=True, slots=True)
class UseShown:
    """By which accumulator and clause a claim is restated: what was used before it as told and as it is now, in words."""

    accumulator: Words
    clause: Words
    before: Words
    after: Words


@dataclass(frozen=True, slots=True)
class AdjustmentView:
    """A proposed or decided adjustment (fen)."""

    id: int
    number: int
    cause: str
    was: int
    now: int
    changed: tuple[UseShown, ...]
    state: str
    reason: str
    ground: str
    by: Words | None
    at: datetime
    decided_at: datetime | None
    edition: str
    sha256: str

    @property
    def difference(self) -> int:
        """What is owed more (or less) than was told."""
        return self.now - self.was

    @property
    def is_lowering(self) -> bool:
        """Whether it lowers what was told or paid."""
        return self.now < self.was


def because_of(number: str) -> Words:
    """Why a claim is read once more."""
    return Words(f"案件 {number} 按条款排在它前面，后来才决定", f"claim {number} comes before it by the clause and was decided later")


def stated_of(statement: Statement, claim: Claim, *, refused: Iterable[str]) -> Stated:
    """A claim as the ledger of its policy has it; a family is everybody insured under the policy."""
    snapshot = claim.snapshot
    assert snapshot is not None
    policy = str(snapshot.policy_id)
    known = LedgerClaim(
        claim.number, statement.edition, statement.inputs, member=str(snapshot.insured_id), family=policy, left_out=frozenset(refused)
    )
    return Stated(known, statement, known.keys(policy))


def stated_in(view: StatementView, claim: Claim) -> Stated:
    """A claim by its statement as it was opened."""
    return stated_of(view.statement, claim, refused=[r.coverage for r in view.refused])


def effect_of(claim: Claim, own: Stated) -> Effect:
    """What deciding a claim by this statement means, as the ledger is now."""
    used = used_before_claim(claim, own)
    overtaken = restate([own], used=used, because=because_of(claim.number))
    if overtaken:
        return Effect(overtaken[0], ())
    try:
        later, left = later_than(claim, own)
    except Refused as refused:
        return Effect(None, (), refused.what)
    return Effect(None, tuple(found for _, found in restated_among(later, own, used=used, left=left)))


def overtaken_by(claim: Claim, own: Stated) -> Restated | None:
    """A claim's statement as it would be now, where one ordered before it was decided since it was calculated."""
    found = restate([own], used=used_before_claim(claim, own), because=because_of(claim.number))
    return found[0] if found else None


def overtaken_fault(found: Restated, *, number: str) -> Missing:
    """What to do with a calculation that was overtaken: send it back and calculate again."""
    was, now = shown(found.adjustment.was), shown(found.adjustment.now)
    return Missing(
        Words(f"计算以后，同一保单按条款排在前面的案件有了决定：当时应付 {was}，现在应付 {now}", f"a claim of the same policy that comes before this one by the clause was decided since the calculation: {was} was owed then, {now} now"),
        why=Words("前面的案件用掉的免赔额和限额，后面的要跟着算。", "What earlier claims use of deductibles and limits counts for later ones."),
        do=Words("请退回，重新计算。", "Return it, to be calculated again."), where=("claim_calculation", (number,)),
    )


def used_before_claim(claim: Claim, own: Stated) -> dict[Key, int]:
    """What is booked by claims ordered before this one, by key (fen or days)."""
    assert claim.snapshot is not None
    return used_before(claim.snapshot.policy_id, own.claim.edition, order=own.claim.order_key)


def restated_among(
    later: Sequence[Later], own: Stated, *, used: Mapping[Key, int], left: Mapping[str, int]
) -> tuple[tuple[Later, Restated], ...]:
    """Those of the later claims that this claim's use restates, in their order; `used` is what was used before this claim."""
    now = dict(used)
    for key, amount in own.uses().items():
        now[key] = now.get(key, 0) + amount
    by_number = {one.claim.number: one for one in later}
    found = restate([one.stated for one in later], used=now, because=because_of(own.claim.number), left=left)
    return tuple((by_number[one.adjustment.claim], one) for one in found)


def restated_now(one: Later) -> Restated | None:
    """A told claim as it would be by what is booked before it now; None where nothing would change."""
    found = restate([one.stated], used=used_before_claim(one.claim, one.stated), because=because_of(one.claim.number))
    return found[0] if found else None


def later_than(claim: Claim, own: Stated) -> tuple[list[Later], dict[str, int]]:
    """The decided claims of the policy ordered after this one, and the amounts that persons decided not to change them to."""
    found: list[Later] = []
    left: dict[str, int] = {}
    for decision in _decided(claim, own):
        if _order_of(decision) <= own.claim.order:
            continue
        one = _told_by(decision)
        found.append(one)
        for kept in _settled(decision):
            if kept["state"] == "left" and kept["was"] == one.stated.owed:
                left[one.claim.number] = kept["now"]
    return found, left


def _with_settled(rows: QuerySet[Decision]) -> QuerySet[Decision]:
    """Decisions with the adjustments of their claims that are settled, in one statement."""
    kept = JSONObject(state="state", was="was", now="now", content="content")
    settled = Adjustment.objects.filter(claim=OuterRef("claim"), state__in=(*SETTLED, "left")).order_by("id").values(kept=kept)
    return rows.select_related("statement", "claim__snapshot").annotate(settled=ArraySubquery(settled))


def _settled(decision: Decision) -> list[dict[str, Any]]:
    return list(getattr(decision, "settled"))  # noqa: B009


def _told_by(decision: Decision) -> Later:
    """A decided claim by the statement that stands: the decision's, or that of the last accepted adjustment."""
    row = decision.statement
    content = next((r["content"] for r in reversed(_settled(decision)) if r["state"] in SETTLED), row.content)
    try:
        statement = explain_again(products.named(row.product_code, edition=row.edition), json.loads(content))
    except (ValueError, LookupError) as fault:
        raise _unreadable(decision.claim.number) from fault
    return Later(decision.claim, row, stated_of(statement, decision.claim, refused=[r["coverage"] for r in row.refused]))


def told_claim(claim: Claim) -> Later | None:
    """A claim by the statement that stands for it in the ledger; None while it is not decided, or was refused."""
    decision = _with_settled(Decision.objects.filter(claim=claim).exclude(kind="refuse")).order_by("-id").first()
    return _told_by(decision) if decision is not None else None


def _decided(claim: Claim, own: Stated) -> list[Decision]:
    """The decisions of other claims that share an accumulator with this one."""
    snapshot = claim.snapshot
    assert snapshot is not None
    rows = Decision.objects.filter(claim__snapshot__policy_id=snapshot.policy_id).exclude(kind="refuse").exclude(claim=claim)
    if all(spec.person == "member" for spec in own.claim.edition.document.accumulators.values()):
        rows = rows.filter(claim__snapshot__insured_id=snapshot.insured_id)
    wanted = _with_settled(rows).defer("claim__search", "grounds", "statement__inputs")
    found = list(wanted.order_by("id")[: DECIDED_MAX + 1])
    if len(found) > DECIDED_MAX:
        raise Refused("conflict", Words(f"这张保单已决定的案件超过 {DECIDED_MAX:,} 件，请人工看对后面案件的影响。",
                                        f"More than {DECIDED_MAX:,} claims of this policy are decided; look at what it means for later ones by hand."))
    return list({d.claim_id: d for d in found}.values())


def _order_of(decision: Decision) -> tuple[Any, str]:
    row = decision.statement
    try:
        edition = products.named(row.product_code, edition=row.edition)
        inputs = inputs_from_dict(edition, json.loads(row.content)["inputs"])
    except (ValueError, LookupError) as fault:
        raise _unreadable(decision.claim.number) from fault
    return LedgerClaim(decision.claim.number, edition, inputs).order


def _unreadable(number: str) -> Refused:
    return Refused(
        "conflict", Words(f"案件 {number} 的条款或计算程序已经不是当时的版本，不能重新算出影响。", f"The terms or the engine of claim {number} are no longer those of its day; what this means for it cannot be reckoned."),
        do=Words("请人工看这一件。", "Look at that claim by hand."),
    )


# ---------- shown ----------


def changed_of(found: Restated) -> list[dict[str, Any]]:
    """The stored form of what changed before a claim."""
    return [{**one._asdict(), "accumulator": one.accumulator.as_dict()} for one in found.adjustment.changed]


def uses_shown(changed: Iterable[dict[str, Any]]) -> tuple[UseShown, ...]:
    """What changed before a claim, in words."""
    return tuple(
        UseShown(Words(**one["accumulator"]), clause_label(one["clause"]), _amount(one["before"], one["unit"]), _amount(one["after"], one["unit"]))
        for one in changed
    )


def _amount(amount: int, unit: str) -> Words:
    if unit == "days":
        return Words(f"{amount} 日", f"{amount} day{'' if amount == 1 else 's'}")
    return Words(shown(amount), shown(amount))


def adjustments_of(number: str, *, actor: Actor) -> tuple[AdjustmentView, ...]:
    """Every adjustment that was proposed for a claim, newest first."""
    return adjustment_views(visible_claim(number, actor=actor))


def adjustment_views(claim: Claim) -> tuple[AdjustmentView, ...]:
    """`adjustments_of` for a claim that was already looked up."""
    rows = Adjustment.objects.select_related("cause", "by", "statement").filter(claim=claim).order_by("-id")
    return tuple(adjustment_view(row) for row in rows)


def adjustment_view(row: Adjustment) -> AdjustmentView:
    """An adjustment from its row."""
    by = Words(row.by.name, row.by.name_en) if row.by is not None else None
    return AdjustmentView(
        row.pk, row.number, row.cause.number, row.was, row.now, uses_shown(row.changed), row.state, row.reason, row.ground, by, row.at,
        row.decided_at, row.statement.edition, row.sha256,
    )
