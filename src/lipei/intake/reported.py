"""What a partner may ask of the claims it reported: their state, a page at a time, through `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lipei.claimfile.models import Claim, Milestone
from lipei.claimfile.stages import BY_ID, CLOSINGS
from lipei.claimfile.visibility import claims_visible_to
from lipei.documents.queries import checklist_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.terms.words import Words, both

PAGE_MAX = 100


@dataclass(frozen=True, slots=True)
class ReportedClaim:
    """A claim as its reporter may see it. `owed` (fen) is told only once the decision letter reached the customer."""

    id: int
    number: str
    policy_number: str
    stage: str
    stage_word: Words
    turn: str
    subject: Words
    reported_at: datetime
    requested_at: datetime | None
    claimed: int
    owed: int | None
    closing: str
    closing_word: Words | None


@dataclass(frozen=True, slots=True)
class PaperMissing:
    """A paper that is still to come, with what it must show."""

    kind: str
    label: Words
    shows: Words


def claims_reported(*, actor: Actor, before: int | None, most: int) -> tuple[ReportedClaim, ...]:
    """The claims a partner reported, newest first, those before the claim with id `before`; at most `most` (1 to 100)."""
    found = claims_visible_to(actor).select_related("policy").order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    rows = list(found[: max(1, min(most, PAGE_MAX))])
    return _shown(rows)


def reported_claim(number: str, *, actor: Actor) -> ReportedClaim:
    """One claim by its number; `Refused` when this partner did not report it."""
    rows = list(claims_visible_to(actor).select_related("policy").filter(number=number))
    if not rows:
        raise not_found(Words("找不到这件案件。", "There is no such claim."))
    return _shown(rows)[0]


def papers_missing(number: str, *, actor: Actor) -> tuple[PaperMissing, ...]:
    """Every required paper that has not come yet."""
    return tuple(PaperMissing(row.kind, row.label, row.shows) for row in checklist_of(number, actor=actor).missing)


def _shown(rows: list[Claim]) -> tuple[ReportedClaim, ...]:
    told = set(Milestone.objects.filter(claim__in=rows, kind="decision_told", is_valid=True).values_list("claim_id", flat=True))
    return tuple(
        ReportedClaim(
            id=c.pk, number=c.number, policy_number=c.policy.number if c.policy else "", stage=c.stage, stage_word=BY_ID[c.stage].shown(c.line), turn=c.turn,
            subject=Words(c.subject_zh, c.subject_en) if c.subject_zh and c.subject_en else both(c.number), reported_at=c.reported_at,
            requested_at=c.requested_at, claimed=c.claimed, owed=c.owed if c.pk in told else None, closing=c.closing,
            closing_word=CLOSINGS.get(c.closing),
        )
        for c in rows
    )
