"""Commands of settlement: calculate, record the payee, submit, review, return, decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from lipei.calculation import ENGINE_VERSION, CannotCalculate, Statement, explain
from lipei.claimfile import moving
from lipei.claimfile.commands import PartyData, open_task, record_party
from lipei.claimfile.models import Claim, Party
from lipei.claimfile.stages import BY_ID, MILESTONES
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import canonical, record
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.policies.commands import move_accumulator
from lipei.policies.queries import period_key
from lipei.privacy.cipher import keyring
from lipei.settlement import adjustments, conflict, queries, rules
from lipei.settlement.adjusting import hold_policy_of
from lipei.settlement.adjustments import overtaken_fault
from lipei.settlement.events import (
    ClaimCalculated,
    ClaimDecided,
    ClaimRefused,
    ClaimReturned,
    PayeeVerified,
    ReviewPassed,
    SubmittedForReview,
)
from lipei.settlement.grounds import grounds_of, owed_of
from lipei.settlement.inputs import CalculationInputs, CannotGather, calculation_inputs, needs_missing
from lipei.settlement.models import Decision, Review
from lipei.settlement.models import Statement as StatementRow
from lipei.settlement.queries import StatementView
from lipei.terms.words import Words

CANNOT_CALCULATE = Words("还不能按条款计算", "The claim cannot be calculated yet")
PAYEE_STAGES = ("reported", "registered", "verifying", "collecting", "investigating", "assessing", "calculating", "paying")
RETURN_DAYS = 5


@command("settlement.calculate")
def calculate_claim(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> StatementView:
    """Calculate by the frozen terms and keep the statement whole; an earlier one stays, and its review is withdrawn.

    Refused with everything that is missing at once: facts, unassessed items, conclusions that the terms contradict.
    """
    claim = moving.locked_claim(number, by=by)
    _at_stage(claim, "calculating", Words("计算", "calculate"))
    try:
        inputs = calculation_inputs(claim)
        statement = explain(inputs.edition, facts=inputs.facts, items=inputs.items, balances=inputs.balances, policy=inputs.policy)
    except CannotGather as fault:
        raise _refused(CANNOT_CALCULATE, fault.missing) from fault
    except CannotCalculate as fault:
        raise _refused(CANNOT_CALCULATE, needs_missing(fault, number=number)) from fault
    refuse_if(_contradictions(statement, inputs, number=number), CANNOT_CALCULATE)
    entry, row = _keep_statement(claim, statement, inputs, by=by, at=at)
    moving.withdraw(claim, "calculated", "review_passed", "decided")
    moving.reach(claim, "calculated", entry=entry)
    return queries.statement_view(row)


def _at_stage(claim: Claim, stage: str, name: Words) -> None:
    if claim.stage == stage:
        return
    here = BY_ID[claim.stage].shown(claim.line)
    there = BY_ID[stage].shown(claim.line)
    raise Refused(
        "conflict", Words(f"案件现在在“{here.zh}”，不能{name.zh}。", f"The claim is at {here.en}; it is not possible to {name.en} here."),
        why=Words(f"这一步属于“{there.zh}”。每一步按规定的次序走，谁也不能跳过。", f"This belongs to {there.en}. The steps come in their prescribed order; nobody can skip one."),
        missing=(Missing(Words("看案件现在的下一步", "See the claim's next step"), where=("claim", (claim.number,))),),
    )


def _refused(what: Words, missing: list[Missing]) -> Refused:
    return Refused("missing", what, missing=tuple(missing))


def _contradictions(statement: Statement, inputs: CalculationInputs, *, number: str) -> list[Missing]:
    """A coverage concluded as covered that the terms stop: a fact has changed since, so the conclusion is taken again."""
    return [
        Missing(
            Words(f"核责结论说“{c.label.zh}”在保障内，按现在的事实条款在这里停下：{c.stopped_by.zh}",
                  f"“{c.label.en}” was concluded as covered, but on the facts now the terms stop: {c.stopped_by.en}"),
            why=Words("事实变了，结论要重新作。", "A fact has changed; the conclusion must be taken again."), where=("claim_coverage", (number,)),
        )
        for c in statement.coverages if c.stopped_by is not None and c.id in inputs.covered
    ]


def _keep_statement(
    claim: Claim, statement: Statement, inputs: CalculationInputs, *, by: Actor, at: datetime
) -> tuple[int, StatementRow]:
    earlier = StatementRow.objects.filter(claim=claim).order_by("-number").first()
    if earlier is not None and earlier.is_current:
        earlier.is_current = False
        earlier.save(update_fields=["is_current"])
    owed = owed_of(statement, refused=inputs.refused)
    n = earlier.number + 1 if earlier is not None else 1
    document = inputs.edition.document
    event = ClaimCalculated(
        number=claim.number, statement=n, claimed=statement.claimed, owed=owed, edition=inputs.edition.code, sha256=statement.fingerprint
    )
    entry = record(event, file_id=claim.file_id)
    row = StatementRow.objects.create(
        claim=claim, number=n, product_code=document.product, edition=document.edition, engine=ENGINE_VERSION,
        inputs=canonical(statement.as_dict()["inputs"]), content=statement.to_bytes().decode(), sha256=statement.fingerprint,
        refused=[{"coverage": r.coverage, "clause": r.clause, "reason": r.reason} for r in inputs.refused],
        claimed=statement.claimed, owed=owed, by_id=conflict.signer(by), at=at, entry_id=entry,
    )
    return entry, row


@command("settlement.record_payee")
def record_payee(number: str, *, data: PartyData, by: Actor, why: str = "", at: datetime = NOW) -> int:
    """Write down and check where the money goes; returns the party's id. All faults at once; the amount is not needed yet.

    A person's account only with the customer's consent to account data, which stands as a milestone; an organisation's without.

    The same account again, already verified, changes nothing.
    """
    claim = moving.locked_claim(number, by=by)
    if claim.stage not in PAYEE_STAGES:
        _at_stage(claim, "calculating", Words("改收款账户", "change the payee's account"))
    refuse_if(rules.payee_faults(_payee_seen(claim, data), number=number), Words("还不能付到这个账户", "This account cannot be paid yet"))
    account = rules.account_number(data.bank_account)
    standing = _standing_payee(claim, data, account=account)
    if standing is not None:
        return standing
    party = record_party(number, data=_payee(data, account=account), by=by, at=at)
    event = PayeeVerified(number=number, party_id=party, name=data.name.strip(), bank=data.bank_name.strip(), tail=account[-4:])
    entry = record(event, file_id=claim.file_id)
    moving.withdraw(claim, "payee_verified")
    moving.reach(claim, "payee_verified", entry=entry)
    return party


def _payee_seen(claim: Claim, data: PartyData) -> rules.PayeeSeen:
    known = list(Party.objects.filter(claim=claim).exclude(role="payee").values_list("name", "identity_index"))
    holder = claim.policy.holder_name if claim.policy is not None else ""
    return rules.PayeeSeen(
        name=data.name, bank_name=data.bank_name, account=data.bank_account, account_name=data.bank_account_name, authority=data.authority,
        people=frozenset(name for name in (*(name for name, _ in known), claim.insured_name, holder) if name),
        persons=frozenset(name for name in (*(name for name, index in known if index), claim.insured_name) if name),
        is_organisation=data.identity_kind == rules.ORGANISATION, is_consented="account_consented" in moving.reached(claim),
    )


def _standing_payee(claim: Claim, data: PartyData, *, account: str) -> int | None:
    """The verified payee on file when it is exactly this one, else None."""
    if "payee_verified" not in moving.reached(claim):
        return None
    new = _payee(data, account=account)
    return Party.objects.filter(
        claim=claim, role="payee", name=new.name, bank_name=new.bank_name, bank_account_name=new.bank_account_name, authority=new.authority,
        identity_kind=new.identity_kind, bank_account_index=keyring().index(account),
    ).values_list("pk", flat=True).first()


def _payee(data: PartyData, *, account: str) -> PartyData:
    return replace(
        data, role="payee", name=data.name.strip(), bank_name=data.bank_name.strip(), bank_account=account,
        bank_account_name=data.bank_account_name.strip(),
    )


@command("settlement.submit")
def submit_for_review(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """提交复核: the calculation goes to somebody else. A payee is needed as soon as something is owed."""
    claim = moving.locked_claim(number, by=by)
    row = queries.current_row(claim)
    own: list[Missing] = []
    if row is not None and row.owed > 0 and "payee_verified" not in moving.reached(claim):
        kind = MILESTONES["payee_verified"]
        own.append(Missing(kind.missing, why=kind.why, where=(kind.place, (number,))))
    moving.advance(claim, "settlement.submit", missing=own, name=Words("提交复核", "Submit for review"))
    record(SubmittedForReview(number=number, amount=row.owed if row else 0, authority=by.authority), file_id=claim.file_id)


@command("settlement.pass_review")
def pass_review(number: str, *, reason: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """复核通过: somebody who did not calculate has looked at statement, facts and papers, and says so in a sentence."""
    claim = moving.locked_claim(number, by=by)
    moving.step_of(claim, "settlement.pass_review", name=Words("复核", "review"))
    row = _statement(claim)
    conflict.refuse_own_work(claim, row, by=by)
    refuse_if(rules.reason_faults(reason), Words("还不能通过复核", "The review cannot be passed yet"))
    entry = record(ReviewPassed(number=number, amount=row.owed, reason=reason.strip()), file_id=claim.file_id)
    Review.objects.create(claim=claim, statement=row, outcome="passed", reason=reason.strip(), by_id=conflict.signer(by), at=at, entry_id=entry)
    moving.reach(claim, "review_passed", entry=entry)
    moving.advance(claim, "settlement.pass_review")


@command("settlement.return")
def return_claim(number: str, *, what: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """退回: back to the handler with what must be added or changed; it stands on their list as a task."""
    claim = moving.locked_claim(number, by=by)
    moving.step_of(claim, "settlement.return", name=Words("退回", "return it"))
    row = _statement(claim)
    if "decided" in moving.reached(claim):
        raise Refused("conflict", Words("已经签名的决定不能退回，只能复议。", "A signed decision cannot be returned, only reconsidered."))
    conflict.refuse_own_work(claim, row, by=by)
    refuse_if(rules.reason_faults(what, field="reason"), Words("退回要写明补什么、改什么", "A return says what to add or change"))
    entry = record(ClaimReturned(number=number, what=what.strip()), file_id=claim.file_id)
    Review.objects.create(claim=claim, statement=row, outcome="returned", reason=what.strip(), by_id=conflict.signer(by), at=at, entry_id=entry)
    moving.withdraw(claim, "review_passed")
    moving.advance(claim, "settlement.return")
    told = what.strip()[:180]
    open_task(number, kind="review", what=Words(f"退回：{told}", f"Returned: {told}"), user_id=claim.owner_id or row.by_id,
              due_at=at + timedelta(days=RETURN_DAYS), by=by, at=at)


def _statement(claim: Claim) -> StatementRow:
    row = queries.current_row(claim)
    if row is None:
        kind = MILESTONES["calculated"]
        raise _refused(CANNOT_CALCULATE, [Missing(kind.missing, why=kind.why, where=(kind.place, (claim.number,)))])
    return row


@command("settlement.decide_pay")
def decide(number: str, *, kind: str, reason: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """Sign the decision the calculation leads to: pay, pay in part, nothing owed, or refuse.

    Within authority, never one's own calculation, never with an interest. What is owed goes on to payment; zero and refusal
    stay at the decision until the letter is delivered (a refusal within three days, Insurance Law art. 24).
    """
    hold_policy_of(number)
    claim = moving.locked_claim(number, by=by)
    moving.step_of(claim, "settlement.decide_pay", name=Words("决定", "decide"))
    if "decided" in moving.reached(claim):
        raise Refused("conflict", Words("这件已经决定并签名，只能复议。", "This claim is decided and signed; it can only be reconsidered."),
                      missing=(Missing(Words("看决定", "See the decision"), where=("claim_decision", (number,))),))
    row = _statement(claim)
    needed = rules.authority_needed(kind, owed=row.owed, claimed=row.claimed)
    conflict.refuse_own_work(claim, row, by=by)
    conflict.refuse_above_authority(claim, row, amount=needed, by=by)
    view = queries.statement_view(row)
    proposed = queries.proposal_from(view)
    where = ("claim_calculation", (number,))
    faults = [
        *_overtaken(claim, view), *rules.kind_faults(kind, proposed=proposed.kind, owed=row.owed, where=where), *rules.reason_faults(reason)
    ]
    refuse_if(faults, Words("还不能签这个决定", "This decision cannot be signed yet"))
    _sign(claim, view, row=row, kind=kind, reason=reason.strip(), by=by, at=at)


def _overtaken(claim: Claim, view: StatementView) -> list[Missing]:
    """A claim that stands before this one was decided after it was calculated, and it would now come out differently."""
    found = adjustments.overtaken_by(claim, adjustments.stated_in(view, claim)) if claim.snapshot is not None else None
    return [overtaken_fault(found, number=claim.number)] if found is not None else []


def _sign(claim: Claim, view: StatementView, *, row: StatementRow, kind: str, reason: str, by: Actor, at: datetime) -> None:
    payee = Party.objects.filter(claim=claim, role="payee").first() if row.owed > 0 else None
    grounds = grounds_of(view.statement, refused=view.refused)
    event = (
        ClaimRefused(number=claim.number, claimed=row.claimed, reason=reason)
        if kind == "refuse"
        else ClaimDecided(number=claim.number, kind=kind, amount=row.owed, payee_id=payee.pk if payee else 0, reason=reason)
    )
    entry = record(event, file_id=claim.file_id)
    Decision.objects.create(
        claim=claim, statement=row, kind=kind, amount=row.owed, reason=reason, grounds=[g.as_dict() for g in grounds],
        by_id=conflict.signer(by), at=at, entry_id=entry,
    )
    moving.reach(claim, "decided", entry=entry)
    _run_clocks(claim, kind=kind, entry=entry)
    if kind != "refuse":
        book_movements(claim, view)
    claim.owed = row.owed
    claim.save(update_fields=["owed"])
    if row.owed > 0:
        moving.advance(claim, "settlement.decide_pay")
        return
    claim.turn, claim.turn_user_id = "handler", claim.owner_id
    claim.save(update_fields=["turn", "turn_user"])


def _run_clocks(claim: Claim, *, kind: str, entry: int) -> None:
    """The determination ends its clock (art. 23); a refusal starts the three days (art. 24), an agreement the ten (art. 23)."""
    moving.clock_event(claim, "determined", entry=entry)
    if kind == "refuse":
        moving.clock_event(claim, "denied", entry=entry)
    elif kind in ("pay", "part"):
        moving.clock_event(claim, "agreement_reached", entry=entry)


def book_movements(claim: Claim, view: StatementView) -> None:
    """Book what this claim uses of each accumulator, for the coverages that pay; the decision's entry covers the rows."""
    if claim.snapshot is None:
        return
    own = adjustments.stated_in(view, claim)
    for movement in own.movements:
        move_accumulator(
            claim.snapshot.policy, claim.snapshot.insured, accumulator=movement.accumulator, period=period_key(movement), amount=movement.amount,
            order_key=own.claim.order_key, claim_number=claim.number, reason=f"step {movement.line}",
        )


@command("settlement.decide_pay")
def review_and_decide(number: str, *, kind: str, reason: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """Pass the review and sign in one press: both steps are taken and recorded, or neither."""
    claim = moving.locked_claim(number, by=by)
    if claim.stage == "reviewing":
        pass_review(number, reason=reason, by=by, at=at)
    decide(number, kind=kind, reason=reason, by=by, at=at)


