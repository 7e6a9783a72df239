"""A claim in short, for letters and lists: who, what, under which policy, who handles it. Frozen values, through `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from lipei.claimfile.diary import clocks_of, due_day_of
from lipei.claimfile.models import Claim, Party
from lipei.claimfile.visibility import claims_visible_to
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.terms.words import Words, both


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A colleague as a customer may reach them."""

    name: Words
    number: str
    extension: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeAccount:
    """Where money would go: never the whole number."""

    party_id: int
    name: str
    bank: str
    tail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSummary:
    """One claim in short; `turn_to` is who the customer may ask: the owner, else the first asked."""

    number: str
    stage: str
    line: str
    insured_name: str
    sex: str
    subject: Words
    policy_number: str
    product_code: str
    branch: Words
    address: Words
    phone: str
    loss_at: datetime | None
    requested_on: date | None
    closed_on: date | None
    closing: str
    claimed: int
    owed: int | None
    due_on: date | None
    pay_by: date | None
    ask: Colleague | None
    payee: PayeeAccount | None


def _pay_by(claim: Claim, *, at: datetime) -> date | None:
    """The last of the ten days to pay after agreement (Insurance Law art. 23), before any rest day moves it."""
    running = [r for r in clocks_of(claim, at=at) if r.id.startswith("payment") and r.is_open]
    return running[0].unmoved_day if running else None


def summary_of(number: str, *, actor: Actor, at: datetime | None = None) -> ClaimSummary:
    """The claim in short; `pay_by` is read where a moment is given. `Refused` when this actor may not see it."""
    claim = claims_visible_to(actor).select_related("branch", "policy", "insured", "owner", "first_asked").filter(number=number).first()
    if claim is None:
        raise not_found(Words(f"找不到案件 {number}。", f"There is no claim {number}."))
    who = claim.owner or claim.first_asked
    payee = Party.objects.filter(claim=claim, role="payee").first()
    return ClaimSummary(
        number=number, stage=claim.stage, line=claim.line, insured_name=claim.insured_name,
        sex=claim.insured.sex if claim.insured else "",
        subject=Words(claim.subject_zh, claim.subject_en) if claim.subject_zh and claim.subject_en else both(number),
        policy_number=claim.policy.number if claim.policy else "", product_code=claim.product_code,
        branch=Words(claim.branch.name_zh, claim.branch.name_en), address=Words(claim.branch.address_zh, claim.branch.address_en),
        phone=claim.branch.phone, loss_at=claim.loss_at,
        requested_on=timezone.localtime(claim.requested_at).date() if claim.requested_at else None,
        closed_on=timezone.localtime(claim.stage_since).date() if claim.closing else None, closing=claim.closing,
        claimed=claim.claimed, owed=claim.owed, due_on=due_day_of(claim.due_at) if claim.due_at else None,
        pay_by=_pay_by(claim, at=at) if at and claim.owed else None,
        ask=Colleague(name=Words(who.name, who.name_en), number=who.number, extension=who.extension or who.number) if who else None,
        payee=PayeeAccount(party_id=payee.pk, name=payee.bank_account_name, bank=payee.bank_name, tail=payee.bank_account_tail)
        if payee and payee.bank_account else None,
    )
