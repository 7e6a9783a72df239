"""What others may ask about intake: which claims are probably the same loss."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from lipei.claimfile.models import Claim, Fact
from lipei.claimfile.stages import BY_ID
from lipei.claimfile.visibility import claims_visible_to
from lipei.filing.actor import Actor, system
from lipei.filing.refusal import not_found
from lipei.intake.rules import LossSeen, same_loss
from lipei.terms.words import Words, both

LOOKED_AT_MAX = 50
PROVIDER = "hospital"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another claim that is probably the same loss."""

    number: str
    subject: Words
    loss_on: date
    stage: Words


def duplicates_of(number: str, *, actor: Actor) -> tuple[Duplicate, ...]:
    """Claims of the same insured with the same day of loss and provider; withdrawn ones are left out."""
    claim = claims_visible_to(actor).select_related("insured").filter(number=number).first()
    if claim is None:
        raise not_found(Words(f"找不到案件 {number}。", f"There is no claim {number}."))
    return same_losses(claim)


def same_losses(claim: Claim) -> tuple[Duplicate, ...]:
    """The probable duplicates of a claim, over all branches, newest first."""
    if claim.insured is None:
        return ()
    own = _seen(claim, providers=_providers([claim.pk]))
    others = list(
        claims_visible_to(system()).select_related("insured").exclude(stage="withdrawn").exclude(id=claim.pk)
        .filter(insured__identity_index=claim.insured.identity_index).order_by("-id")[:LOOKED_AT_MAX]
    )
    providers = _providers([c.pk for c in others])
    return tuple(_shown(c) for c in others if same_loss(own, _seen(c, providers=providers)))


def _providers(ids: list[int]) -> dict[int, str]:
    facts = Fact.objects.filter(claim_id__in=ids, name=PROVIDER, is_current=True, state="known")
    return {f.claim_id: str(f.value) for f in facts}


def _seen(claim: Claim, *, providers: dict[int, str]) -> LossSeen:
    insured = claim.insured.identity_index if claim.insured else ""
    loss_on = timezone.localtime(claim.loss_at).date() if claim.loss_at else None
    return LossSeen(claim.number, insured, loss_on, providers.get(claim.pk, ""))


def _shown(claim: Claim) -> Duplicate:
    subject = Words(claim.subject_zh, claim.subject_en) if claim.subject_zh and claim.subject_en else both(claim.number)
    day = timezone.localtime(claim.loss_at or claim.reported_at).date()
    return Duplicate(claim.number, subject, day, BY_ID[claim.stage].shown(claim.line))
