"""Finds the policy or the claim a visitor comes about, by document number, policy number or claim number; all masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from lipei.claimfile.models import Claim, Party
from lipei.claimfile.stages import BY_ID as STAGES
from lipei.claimfile.stages import OPEN_STAGES
from lipei.claimfile.visibility import claims_visible_to
from lipei.filing.actor import Actor
from lipei.filing.refusal import Missing
from lipei.frontdesk.identity_rules import CAPACITIES, WRITTEN
from lipei.frontdesk.models import Authorisation
from lipei.policies.models import Insured, Policy
from lipei.policies.queries import edition_of_policy
from lipei.privacy.cipher import keyring
from lipei.privacy.masking import mask_name
from lipei.terms.words import Words, both

FOUND_MAX = 20
FIND_CHARACTERS_MAX = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A policy with one insured, or a claim, as it may be shown before anybody is established: names and numbers masked.

    `choice` names it in a form; `open_claims` are numbers of claims still open for this insured; `people` are the blind indexes of the
    names of insured and policyholder, against which a letter of authority is held.
    """

    choice: str
    title: Words
    number: str
    insured: str
    holder: str
    from_date: dt.date
    to_date: dt.date
    stage: Words | None
    is_holder: bool
    is_insured: bool
    is_known: bool
    open_claims: tuple[str, ...]
    policy_id: int
    insured_id: int
    claim_number: str = ""
    people: frozenset[str] = frozenset()


def _keys(told: Mapping[str, str]) -> tuple[str, str]:
    ring = keyring()
    number = "".join((told.get("number") or "").split()).upper()[:FIND_CHARACTERS_MAX]
    find = "".join((told.get("find") or "").split()).upper()[:FIND_CHARACTERS_MAX]
    return (ring.index(number) if number else "-", find or "-")


def policies_found(told: Mapping[str, str], *, by: Actor) -> tuple[Found, ...]:
    """Policies of the visitor (holder or insured by document number), or by the policy number or insured's number in `find`."""
    own, find = _keys(told)
    rows = list(
        Insured.objects.select_related("policy").filter(
            Q(identity_index=own) | Q(policy__holder_identity_index=own) | Q(policy__number=find) | Q(identity_index=keyring().index(find))
        ).order_by("-policy__to_date", "policy_id", "id")[:FOUND_MAX]
    )
    open_claims: dict[int, list[str]] = {}
    for insured_id, number in claims_visible_to(by).filter(insured__in=rows, stage__in=OPEN_STAGES).order_by("id").values_list("insured_id", "number"):
        open_claims.setdefault(insured_id, []).append(number)
    return tuple(_of_policy(row, own=own, open_claims=tuple(open_claims.get(row.pk, ()))) for row in rows)


def _of_policy(row: Insured, *, own: str, open_claims: tuple[str, ...]) -> Found:
    policy = row.policy
    edition = edition_of_policy(policy)
    return Found(
        choice=f"policy:{policy.pk}:{row.pk}", title=edition.title if edition else both(policy.product_code), number=masked_policy(policy.number),
        insured=mask_name(row.name), holder=mask_name(policy.holder_name), from_date=policy.from_date, to_date=policy.to_date, stage=None,
        is_holder=policy.holder_identity_index == own, is_insured=row.identity_index == own, is_known=False, open_claims=open_claims,
        policy_id=policy.pk, insured_id=row.pk, people=_people(row, policy),
    )


def _people(insured: Insured, policy: Policy) -> frozenset[str]:
    ring = keyring()
    return frozenset({ring.index(insured.name), ring.index(policy.holder_name)})


def masked_policy(number: str) -> str:
    """`QH-2026-••••-4420`: the policy number before anybody is established."""
    return number[:8] + "••••" + number[-5:] if len(number) > 13 else "••••" + number[-4:]


def claims_found(told: Mapping[str, str], *, by: Actor) -> tuple[Found, ...]:
    """Claims of which the visitor is a person by document number, or by the claim, policy or insured's number in `find`."""
    own, find = _keys(told)
    known = set(Party.objects.filter(identity_index=own).values_list("claim_id", flat=True)[:FOUND_MAX])
    known -= run_out(told.get("number") or "", today=timezone.localdate())
    rows = claims_visible_to(by).select_related("policy", "insured").filter(
        Q(id__in=known) | Q(insured__identity_index=own) | Q(policy__holder_identity_index=own) | Q(number=find) | Q(policy__number=find)
        | Q(insured__identity_index=keyring().index(find)),
        policy__isnull=False, insured__isnull=False,
    ).order_by("-id")[:FOUND_MAX]
    return tuple(_of_claim(row, own=own, is_known=row.pk in known) for row in rows)


def run_out(number: str, *, today: dt.date) -> set[int]:
    """The claims in which this person's authority has run out by a day: there they are known no longer and show a new one."""
    rows = Authorisation.objects.filter(party__identity_index=keyring().index(number)).order_by("id").values_list("claim_id", "valid_to")
    return {claim for claim, valid_to in dict(rows).items() if valid_to is not None and valid_to < today}


def _of_claim(row: Claim, *, own: str, is_known: bool) -> Found:
    policy, insured = row.policy, row.insured
    assert policy is not None
    assert insured is not None
    subject = Words(row.subject_zh, row.subject_en) if row.subject_zh and row.subject_en else both(row.number)
    return Found(
        choice=f"claim:{row.number}", title=subject, number=row.number, insured=mask_name(insured.name), holder=mask_name(policy.holder_name),
        from_date=policy.from_date, to_date=policy.to_date, stage=STAGES[row.stage].shown(row.line),
        is_holder=policy.holder_identity_index == own, is_insured=insured.identity_index == own, is_known=is_known, open_claims=(),
        policy_id=policy.pk, insured_id=insured.pk, claim_number=row.number, people=_people(insured, policy),
    )


def found_for(told: Mapping[str, str], *, needs_claim: bool, by: Actor) -> tuple[Found, ...]:
    """What the visitor may come about: claims for papers, else policies."""
    return claims_found(told, by=by) if needs_claim else policies_found(told, by=by)


def chosen_of(told: Mapping[str, str], found: tuple[Found, ...], *, needs_claim: bool) -> tuple[Found | None, list[Missing]]:
    """The one that was chosen among those found; else what to do to find one."""
    chosen = next((f for f in found if f.choice == told.get("choice")), None)
    if chosen is not None:
        return chosen, [*_capacity_faults(told.get("capacity", ""), chosen), *_giver_faults(told, chosen)]
    what = Words("案件", "claim") if needs_claim else Words("保单", "policy")
    if not found:
        return None, [Missing(Words(f"没有查到{what.zh}", f"No {what.en} was found"),
                              do=Words("请用证件号、保单号或被保险人的证件号再查。", "Look again by document, policy or the insured's document number."), field="find")]
    return None, [Missing(Words(f"还没有选是哪一份{what.zh}", f"Which {what.en} it is was not chosen"), field="choice")]


def _giver_faults(told: Mapping[str, str], chosen: Found) -> list[Missing]:
    """A letter of authority is given by the insured or the policyholder, not by anybody else."""
    giver = (told.get("authority_by") or "").strip()
    if chosen.is_known or told.get("capacity") != "agent" or told.get("authority") not in WRITTEN or not giver or keyring().index(giver) in chosen.people:
        return []
    return [Missing(
        Words("委托人不是这份保单的被保险人或投保人", "The authority was not given by the insured or the policyholder of this policy"),
        why=Words("只有本人能委托别人来办。", "Only the person concerned can let another act."),
        do=Words("请对着委托书再看一遍委托人的姓名。", "Look at the name on the letter once more."), field="authority_by",
    )]


def _capacity_faults(capacity: str, chosen: Found) -> list[Missing]:
    is_person = {"insured": chosen.is_insured, "policyholder": chosen.is_holder}.get(capacity, True)
    if is_person:
        return []
    role = CAPACITIES[capacity]
    return [Missing(
        Words(f"证件号码和这份保单的{role.zh[:-2]}对不上", f"The document does not belong to the {'insured' if capacity == 'insured' else 'policyholder'} of this policy"),
        why=Words("保单上登记的是另一个人。", "The policy names somebody else."),
        do=Words("请再看证件号码；替人办的，选“受托代办”。", "Check the number; for somebody acting for another, choose “Acting with authority”."), field="capacity",
    )]
