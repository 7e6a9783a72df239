"""身份与授权: who came and may act; the draft claim of a new loss opens here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from lipei.claimfile import moving
from lipei.claimfile.commands import PartyData, record_party, report_claim
from lipei.claimfile.models import Claim, Party
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, refuse_if
from lipei.frontdesk.consent_rules import Answered, must_be_a_guardian
from lipei.frontdesk.consenting import consents_as_told, keep_consents
from lipei.frontdesk.events import IdentityEstablished
from lipei.frontdesk.finding import Found, chosen_of, found_for
from lipei.frontdesk.holding import held_visit, local_day, pass_on
from lipei.frontdesk.identity_rules import AUTHORITIES, CAPACITIES, DOCUMENTS, SCOPES, Visitor, visitor_of
from lipei.frontdesk.models import Authorisation, Visit
from lipei.frontdesk.stations import PURPOSES
from lipei.frontdesk.visitor_events import AuthorisationSeen
from lipei.policies.models import Insured, Policy
from lipei.privacy.cipher import keyring
from lipei.terms.words import Words


@command("visit.go_on")
def identify(visit: str, *, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> str | None:
    """Establish who it is and by what they may act; returns the claim's number (None for a mere question).

    A new loss opens its draft claim here; papers are brought to a claim that exists. Raises `Refused` with every fault.
    """
    here = held_visit(visit, station="identity", by=by)
    needs_claim = PURPOSES[here.purpose].needs_claim
    chosen, faults = chosen_of(told, found_for(told, needs_claim=needs_claim, by=by), needs_claim=needs_claim)
    is_known = chosen is not None and chosen.is_known
    visitor, more = visitor_of(told, today=local_day(at), needs_authority=not is_known, purpose=here.purpose)
    faults += more + must_be_a_guardian("".join(told.get("number", "").split()), capacity=told.get("capacity", ""), today=local_day(at))
    answered, unasked = _consents(here, told, chosen, at=at)
    faults += unasked
    refuse_if(faults, Words(f"身份还不能确认，缺 {len(faults)} 项", f"Identity is not established yet: {len(faults)} missing"))
    assert visitor is not None  # no faults
    assert chosen is not None  # no faults
    number = _established(here, visitor, chosen, by=by)
    if here.claim is not None:
        keep_consents(here, here.claim, answered, language=told.get("consent_language", ""), at=at)
        _keep_authority(here, visitor, at=at)
    return number


def _consents(here: Visit, told: Mapping[str, str], chosen: Found | None, *, at: datetime) -> tuple[tuple[Answered, ...], list[Missing]]:
    if chosen is None:
        return (), []
    return consents_as_told(here.number, told, purpose=here.purpose, policy_id=chosen.policy_id, claim_number=chosen.claim_number, today=local_day(at))


def _keep_authority(here: Visit, visitor: Visitor, *, at: datetime) -> None:
    """By what somebody acts for another stays on file with its limits: who gave it, for what, until when."""
    by = visitor.by
    if not by.kind or here.claim is None or here.visitor_id is None:
        return
    valid_to = by.valid_to.isoformat() if by.valid_to else ""
    entry = record(AuthorisationSeen(kind=AUTHORITIES[by.kind], given_by=by.given_by, scope=SCOPES[by.scope], valid_to=valid_to), file_id=here.claim.file_id)
    Authorisation.objects.create(
        claim=here.claim, party_id=here.visitor_id, kind=by.kind, given_by=by.given_by, scope=by.scope, valid_to=by.valid_to, sighted_at=at, entry_id=entry,
    )


def _established(here: Visit, visitor: Visitor, chosen: Found, *, by: Actor) -> str | None:
    here.policy_id = chosen.policy_id
    number = chosen.claim_number
    if not number and here.purpose == "new_loss":
        number = report_claim(chosen.policy_id, insured_id=chosen.insured_id, channel="counter", branch_id=here.branch_id, by=by)
    event = IdentityEstablished(
        visit=here.number, name=visitor.name, capacity=CAPACITIES[visitor.capacity], document=DOCUMENTS[visitor.document],
        authority=AUTHORITIES.get(visitor.authority),
    )
    content = {"capacity": visitor.capacity, "document": visitor.document, "authority": visitor.authority, "tail": visitor.number[-4:]}
    if not number:
        pass_on(here, "identity", content=content, entry=record(event, file_id=here.file_id))
        return None
    claim = moving.locked_claim(number, by=by)
    here.claim = claim
    if not Party.objects.filter(claim=claim, role="insured").exists():
        _parties_of_policy(claim, visitor, chosen, by=by)
    here.visitor_id = record_party(number, data=_party(visitor), by=by)
    entry = record(event, file_id=claim.file_id)
    moving.reach(claim, "identity_established", entry=entry)
    pass_on(here, "identity", content=content)
    return number


def _party(visitor: Visitor) -> PartyData:
    return PartyData(
        role=visitor.capacity, name=visitor.name, relation=visitor.relation, identity_kind=visitor.document, identity=visitor.number,
        identity_valid_to=visitor.valid_to, is_sighted=True, phone=visitor.phone, authority=visitor.authority,
    )


def _parties_of_policy(claim: Claim, visitor: Visitor, chosen: Found, *, by: Actor) -> None:
    """The insured and the policyholder as the policy names them; who stands here is recorded after them, document sighted."""
    ring = keyring()
    insured = Insured.objects.get(id=chosen.insured_id)
    policy = Policy.objects.get(id=chosen.policy_id)
    if visitor.capacity != "insured":
        record_party(
            claim.number, data=PartyData(
                role="insured", name=insured.name, sex=insured.sex, born_on=insured.born_on, relation=insured.relation,
                identity=ring.open(insured.identity, purpose="insured.identity"), phone=ring.open(insured.phone, purpose="insured.phone"),
            ), by=by,
        )
    if visitor.capacity != "policyholder" and policy.holder_identity_index != insured.identity_index:
        record_party(
            claim.number, data=PartyData(
                role="policyholder", name=policy.holder_name, identity=ring.open(policy.holder_identity, purpose="policy.holder_identity"),
                phone=ring.open(policy.holder_phone, purpose="policy.holder_phone"),
            ), by=by,
        )
