"""Commands of adjustments: propose them after a decision, and decide each – accept it, or leave the claim as it was told."""

from __future__ import annotations

from datetime import datetime, timedelta

from lipei.calculation.explaining import explain_inputs
from lipei.calculation.replay import Adjustment as Meaning
from lipei.calculation.replay import Stated, lower
from lipei.calculation.restating import Restated
from lipei.claimfile import moving
from lipei.claimfile.commands import close_task, open_task
from lipei.claimfile.models import Claim
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.policies.commands import hold_policy, move_accumulator
from lipei.policies.queries import booked_by
from lipei.settlement import adjustments, conflict, rules
from lipei.settlement.adjustments import Later
from lipei.settlement.events import (
    AdjustmentAccepted,
    AdjustmentLeft,
    AdjustmentProposed,
    AdjustmentReplaced,
    UseCorrected,
)
from lipei.settlement.models import Adjustment
from lipei.terms.money import shown
from lipei.terms.words import Words

LOOK_DAYS = 5
ZH_CHARACTERS_MAX = 200
EN_CHARACTERS_MAX = 300
CANNOT_DECIDE = Words("这项调整还不能定", "This adjustment cannot be decided yet")


def hold_policy_of(number: str) -> None:
    """Keep the policy of a claim to the running command, where it has one that is frozen."""
    policy = Claim.objects.filter(number=number, snapshot__isnull=False).values_list("snapshot__policy_id", flat=True).first()
    if policy is not None:
        hold_policy(policy)


@command("system.propose_adjustments")
def propose_adjustments(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> int:
    """Propose an adjustment for every decided claim ordered after this one that its use restates; returns how many.

    Where only the use changes and no amount, the ledger is corrected. The same proposal is not made twice, one that no longer
    fits is replaced, and what a person decided to leave is left while it would come to the same amount.
    """
    hold_policy_of(number)
    claim = moving.locked_claim(number, by=by)
    own = adjustments.told_claim(claim)
    if own is None:
        return 0
    later, left = adjustments.later_than(own.claim, own.stated)
    if not later:
        return 0
    used = adjustments.used_before_claim(own.claim, own.stated)
    found = adjustments.restated_among(later, own.stated, used=used, left=left)
    open_rows = _open_of(later)
    done = 0
    for one, restated in found:
        done += _propose(one, restated, cause=claim, standing=open_rows.pop(one.claim.pk, None), by=by, at=at)
    for row in open_rows.values():
        _replace(row, by=by, at=at)
    return done


def _open_of(later: list[Later]) -> dict[int, Adjustment]:
    """The proposals nobody has decided yet, by claim."""
    rows = Adjustment.objects.select_related("claim", "task").filter(claim_id__in=[one.claim.pk for one in later], state="open")
    return {row.claim_id: row for row in rows}


def _propose(later: Later, found: Restated, *, cause: Claim, standing: Adjustment | None, by: Actor, at: datetime) -> int:
    changed = adjustments.changed_of(found)
    meaning = found.adjustment
    if standing is not None:
        if (standing.was, standing.now, standing.changed) == (meaning.was, meaning.now, changed):
            return 0
        _replace(standing, by=by, at=at)
    claim = later.claim
    statement = explain_inputs(found.after.claim.edition, found.after.statement.inputs)
    n = Adjustment.objects.filter(claim=claim).count() + 1
    row = Adjustment(
        claim=claim, number=n, statement=later.row, cause=cause, was=meaning.was, now=meaning.now, content=statement.to_bytes().decode(),
        sha256=statement.fingerprint, changed=changed, at=at,
    )
    if not meaning.difference:
        row.state, row.decided_at = "even", at
        row.entry_id = record(UseCorrected(number=claim.number, adjustment=n, cause=cause.number, sha256=row.sha256), file_id=claim.file_id)
        row.save()
        _book(claim, found.after, because=cause.number)
        return 1
    row.entry_id = record(
        AdjustmentProposed(number=claim.number, adjustment=n, cause=cause.number, was=row.was, now=row.now, sha256=row.sha256), file_id=claim.file_id
    )
    row.task_id = open_task(
        claim.number, kind="adjustment", what=told(meaning, cause=cause.number), user_id=claim.owner_id, role="handler",
        due_at=at + timedelta(days=LOOK_DAYS), by=by, at=at,
    )
    row.save()
    return 1


def told(meaning: Meaning, *, cause: str) -> Words:
    """A proposal in one task: both amounts, which claim came between, by which accumulator and clause, and who may lower."""
    use = adjustments.uses_shown([{**one._asdict(), "accumulator": one.accumulator.as_dict()} for one in meaning.changed[:1]])
    zh = f"看调整：告知 {shown(meaning.was)}，按条款现为 {shown(meaning.now)}。案件 {cause} 排在前面"
    en = f"Look at an adjustment: told {shown(meaning.was)}, by the clause now {shown(meaning.now)}. Claim {cause} comes before"
    for one in use:
        zh += f"，{one.accumulator.zh}（{one.clause.zh}）此前已用 {one.before.zh} → {one.after.zh}"
        en += f"; {one.accumulator.en} ({one.clause.en}) used before: {one.before.en} → {one.after.en}"
    if meaning.is_proposal:
        zh += "。减少只能由具名的人决定，写明法律依据"
        en += ". Only a named person may lower it, naming the legal ground"
    return Words(zh[:ZH_CHARACTERS_MAX], en[:EN_CHARACTERS_MAX])


def _replace(row: Adjustment, *, by: Actor, at: datetime) -> None:
    row.state, row.decided_at = "replaced", at
    row.decided_entry_id = record(AdjustmentReplaced(number=row.claim.number, adjustment=row.number), file_id=row.claim.file_id)
    row.save()
    _close(row, answer="累计又有变化，这项提议不再合用。 / What is used has changed again; this proposal no longer fits.", by=by, at=at)


def _close(row: Adjustment, *, answer: str, by: Actor, at: datetime) -> None:
    if row.task is not None and row.task.state == "open":
        close_task(row.task.pk, answer=answer, by=by, at=at)


def _book(claim: Claim, now: Stated, *, because: str) -> None:
    """Counter what is booked of a claim and book what it uses now, as one difference for each accumulator and period."""
    snapshot = claim.snapshot
    assert snapshot is not None
    had = booked_by(snapshot.policy_id, number=claim.number)
    has = {(key.accumulator, key.period): amount for key, amount in now.uses().items()}
    for accumulator, period in {**had, **has}:
        amount = has.get((accumulator, period), 0) - had.get((accumulator, period), 0)
        if amount:
            move_accumulator(
                snapshot.policy, snapshot.insured, accumulator=accumulator, period=period, amount=amount, order_key=now.claim.order_key,
                claim_number=claim.number, reason=f"adjusted for {because}",
            )


@command("settlement.adjust")
def decide_adjustment(
    number: str, *, adjustment: int, choice: str, reason: str, ground: str = "", by: Actor, why: str = "", at: datetime = NOW
) -> None:
    """Accept a proposed adjustment – the ledger follows, nothing is paid or claimed back by it – or leave the claim as it was told.

    Always by a named person with a reason; what leaves the customer with less names its legal ground. Refused where proposals on
    claims that stand before are still open and this one rests on them.
    """
    hold_policy_of(number)
    claim = moving.locked_claim(number, by=by)
    row = Adjustment.objects.select_related("claim", "cause", "task").filter(claim=claim, number=adjustment).first()
    if row is None or row.state != "open":
        raise Refused("conflict", Words("这项调整已经定了，或不再合用。", "This adjustment is decided already, or no longer fits."),
                      missing=(Missing(Words("看这件的调整", "See the adjustments of this claim"), where=("claim_adjustment", (number,))),))
    signer = conflict.signer(by)
    refuse_if(rules.adjustment_faults(choice, difference=row.now - row.was, reason=reason, ground=ground), CANNOT_DECIDE)
    row.reason, row.ground, row.by_id, row.decided_at = reason.strip(), ground.strip(), signer, at
    if choice == "accept":
        _accept(row, by=by)
    else:
        row.state = "left"
        row.decided_entry_id = _record(AdjustmentLeft, row)
    row.save()
    _close(row, answer=row.reason, by=by, at=at)


def _record(event: type[AdjustmentAccepted | AdjustmentLeft], row: Adjustment) -> int:
    said = event(number=row.claim.number, adjustment=row.number, was=row.was, now=row.now, reason=row.reason, ground=row.ground)
    return record(said, file_id=row.claim.file_id)


def _accept(row: Adjustment, *, by: Actor) -> None:
    told_now = adjustments.told_claim(row.claim)
    found = adjustments.restated_now(told_now) if told_now is not None else None
    if told_now is None or found is None or (found.adjustment.now, adjustments.changed_of(found)) != (row.now, row.changed):
        raise _rests_on_others(row)
    if found.adjustment.is_proposal:
        lower(found.adjustment, by=by.name, ground=row.ground)
    row.state = "accepted"
    row.decided_entry_id = _record(AdjustmentAccepted, row)
    _book(told_now.claim, found.after, because=row.cause.number)


def _rests_on_others(row: Adjustment) -> Refused:
    """The ledger is not yet what the proposal was reckoned from: those that stand before are decided first."""
    claim = row.claim
    assert claim.snapshot is not None
    others = Adjustment.objects.filter(claim__snapshot__policy_id=claim.snapshot.policy_id, state="open").exclude(claim=claim)
    numbers = sorted(others.values_list("claim__number", flat=True))
    return Refused(
        "conflict", Words("台账现在还不是这项提议所依据的样子。", "The ledger is not yet what this proposal rests on."),
        why=Words("排在前面的案件的调整先定，后面的才跟着定。", "Adjustments of claims that stand before are decided first; later ones follow."),
        missing=tuple(
            Missing(Words(f"案件 {one} 的调整还没有定", f"the adjustment of claim {one} is not decided"), where=("claim_adjustment", (one,))) for one in numbers
        ),
    )
