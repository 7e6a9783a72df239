"""Commands about policies: taken over from the policy system, snapshots, accumulator movements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.events import Event
from lipei.filing.models import File
from lipei.filing.recording import record
from lipei.filing.running import running
from lipei.policies.models import AccumulatorMovement, Insured, Policy, Snapshot
from lipei.policies.queries import policy_content
from lipei.privacy.cipher import keyring
from lipei.staff.models import Branch
from lipei.terms.bigrams import vector
from lipei.terms.words import Words

OFFICE_POLICIES = "OFFICE-POLICIES"


@dataclass(frozen=True, kw_only=True)
class PolicyTakenOver(Event):
    """A policy came over from the policy system."""

    KIND: ClassVar[str] = "policy_taken_over"
    number: str
    product: str

    def sentence(self) -> Words:
        return Words(f"承接保单 {self.number}", f"Policy {self.number} taken over")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonData:
    """A policyholder or insured person as the policy system tells it; numbers in the clear here, sealed in the table."""

    name: str
    sex: str
    born_on: date
    identity: str
    phone: str
    relation: str = "self"
    social_insurance: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyData:
    """A policy as the policy system tells it."""

    number: str
    product_code: str
    branch_code: str
    from_date: date
    to_date: date
    holder: PersonData
    insured: tuple[PersonData, ...]
    premium_paid_to: date
    first_from_date: date
    explained_on: date | None = None
    explained_to: str = ""
    terms: dict[str, Any] = field(default_factory=dict)


@command("policy.take_over")
def take_over_policy(data: PolicyData, *, by: Actor, why: str = "", at: datetime = NOW) -> int:
    """Write down a policy with its insured; returns its id. Taken over again, the same number changes nothing."""
    known = Policy.objects.filter(number=data.number).first()
    if known is not None:
        return known.pk
    ring = keyring()
    holder = data.holder
    policy = Policy.objects.create(
        number=data.number, product_code=data.product_code, branch=Branch.objects.get(code=data.branch_code),
        from_date=data.from_date, to_date=data.to_date, holder_name=holder.name,
        holder_identity=ring.seal(holder.identity, purpose="policy.holder_identity"),
        holder_identity_index=ring.index(holder.identity), holder_identity_tail=holder.identity[-4:],
        holder_phone=ring.seal(holder.phone, purpose="policy.holder_phone"),
        holder_phone_index=ring.index(holder.phone), holder_phone_tail=holder.phone[-4:],
        premium_paid_to=data.premium_paid_to, first_from_date=data.first_from_date, explained_on=data.explained_on,
        explained_to=data.explained_to, terms=data.terms,
        search=vector(data.number, holder.name, *(p.name for p in data.insured)),
    )
    for person in data.insured:
        Insured.objects.create(
            policy=policy, name=person.name, sex=person.sex, born_on=person.born_on,
            identity=ring.seal(person.identity, purpose="insured.identity"), identity_index=ring.index(person.identity),
            identity_tail=person.identity[-4:], phone=ring.seal(person.phone, purpose="insured.phone"),
            phone_index=ring.index(person.phone), phone_tail=person.phone[-4:], relation=person.relation,
            social_insurance=person.social_insurance,
        )
    office = File.objects.filter(number=OFFICE_POLICIES).first()
    office = office or File.objects.create(kind="office", number=OFFICE_POLICIES, opened_at=running().at)
    record(PolicyTakenOver(number=data.number, product=data.product_code), file_id=office.id)
    return policy.pk


def take_snapshot(policy: Policy, insured: Insured, *, loss_on: date, edition: str) -> Snapshot:
    """Freeze the policy as it stands for a loss on a day; called inside the command that verifies cover."""
    return Snapshot.objects.create(
        policy=policy, insured=insured, loss_on=loss_on, product_code=policy.product_code, edition=edition,
        content=policy_content(policy, insured), taken_at=running().at,
    )


def hold_policy(policy_id: int) -> None:
    """Keep a policy to the running command until it ends, before any of its claims: what is used of it is decided one after another."""
    Policy.objects.select_for_update(no_key=True).only("id").get(id=policy_id)


def move_accumulator(
    policy: Policy, insured: Insured, *, accumulator: str, period: str, amount: int, order_key: str, claim_number: str, reason: str
) -> None:
    """Add one movement (fen or days) to the ledger of an accumulator; called inside the command of the duty that decides."""
    AccumulatorMovement.objects.create(
        policy=policy, insured=insured, accumulator=accumulator, period=period, amount=amount, order_key=order_key,
        claim_number=claim_number, reason=reason, moved_at=running().at,
    )
