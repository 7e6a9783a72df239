"""Commands of the assessment: allow items with the reason for each cut, and complete it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from lipei.assessment import rules
from lipei.assessment.events import AssessmentCompleted, ItemsAllowed
from lipei.assessment.models import AllowedItem
from lipei.assessment.rules import Allowing, Asked
from lipei.claimfile import moving
from lipei.claimfile.models import Claim, LossItem
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, not_found, refuse_if
from lipei.terms.words import Words

__all__ = ("Allowing", "allow_items", "complete_assessment")


def _asked(item: LossItem) -> Asked:
    return Asked(item.pk, item.number, item.label, item.claimed)


@command("assessment.allow")
def allow_items(number: str, *, items: Sequence[Allowing | tuple[Any, ...]], by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """Say for some items what is allowed (fen); said again, the newer holds. Refused with every fault of every item at once."""
    claim = moving.locked_claim(number, by=by)
    moving.step_of(claim, "assessment.complete", name=Words("审核费用", "assess the items"))
    rows = [Allowing(*row) for row in items]
    asked = {item.pk: item for item in LossItem.objects.filter(claim=claim, pk__in=[row.item_id for row in rows])}
    if any(row.item_id not in asked for row in rows) or not rows:
        raise not_found(Words("这件没有这个费用项目。", "This claim has no such item."))
    faults = [fault for row in rows for fault in rules.must_hold_allowing(_asked(asked[row.item_id]), row)]
    refuse_if(faults, Words(f"还不能保存，有 {len(faults)} 处要改", f"Cannot be saved yet: {len(faults)} to mend"))
    before = {a.item_id: a for a in AllowedItem.objects.filter(claim=claim)}
    changed = [row for row in rows if _is_new(before.get(row.item_id), _kept(row, asked[row.item_id]))]
    if changed:
        _write(claim, [_kept(row, asked[row.item_id]) for row in changed], asked=asked, before=before)


def _kept(row: Allowing, item: LossItem) -> Allowing:
    """What is kept of a row: without a cut there is nothing to give reasons for."""
    if row.allowed == item.claimed:
        return Allowing(row.item_id, row.allowed)
    return Allowing(row.item_id, row.allowed, row.reason_code, row.reason.strip(), row.fact.strip())


def _is_new(before: AllowedItem | None, row: Allowing) -> bool:
    return before is None or (before.allowed, before.reason_code, before.reason, before.fact) != row[1:]


def _write(claim: Claim, rows: list[Allowing], *, asked: dict[int, LossItem], before: dict[int, AllowedItem]) -> None:
    entry = record(
        ItemsAllowed(
            count=len(rows), claimed=sum(asked[row.item_id].claimed for row in rows), allowed=sum(row.allowed for row in rows),
            items=[{"number": asked[row.item_id].number, "allowed": row.allowed, "reason_code": row.reason_code, "reason": row.reason,
                    "fact": row.fact} for row in rows],
        ),
        file_id=claim.file_id,
    )
    for row in rows:
        kept = before.get(row.item_id) or AllowedItem(claim=claim, item_id=row.item_id)
        kept.allowed, kept.reason_code, kept.reason, kept.fact = row.allowed, row.reason_code, row.reason, row.fact
        kept.entry_id = entry
        kept.save()


@command("assessment.complete")
def complete_assessment(number: str, *, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """费用审核完成: every item assessed; the claim goes on to calculation. The event carries what settlement calculates from."""
    claim = moving.locked_claim(number, by=by)
    moving.step_of(claim, "assessment.complete", name=Words("完成审核", "complete the assessment"))
    items = list(LossItem.objects.filter(claim=claim).select_related("allowed").order_by("number"))
    assessed = frozenset(AllowedItem.objects.filter(claim=claim).values_list("item_id", flat=True))
    faults: list[Missing] = rules.must_hold_assessment([_asked(i) for i in items], assessed=assessed, number=number)
    rows = [_row(item) for item in items if item.pk in assessed]
    entry = record(
        AssessmentCompleted(number=number, total_claimed=sum(i.claimed for i in items), total_allowed=sum(r["allowed"] for r in rows), items=rows),
        file_id=claim.file_id,
    )
    moving.reach(claim, "loss_assessed", entry=entry)
    moving.advance(claim, "assessment.complete", missing=faults)


def _row(item: LossItem) -> dict[str, Any]:
    allowed = item.allowed
    return {
        "number": item.number, "category": item.category, "label": item.label, "days": item.days, "claimed": item.claimed,
        "allowed": allowed.allowed, "reason_code": allowed.reason_code, "reason": allowed.reason, "fact": allowed.fact, "source": item.source,
    }
