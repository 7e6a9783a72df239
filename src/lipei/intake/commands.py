"""Commands of intake: a reported loss becomes a registered claim."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from lipei.claimfile import moving
from lipei.claimfile.models import Exposure
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.intake.events import ClaimRegistered
from lipei.intake.partners import PartnerReport, add_paper_by_partner, report_by_partner
from lipei.intake.queries import same_losses
from lipei.intake.rules import duplicate_faults
from lipei.terms.words import Words

__all__ = ("PartnerReport", "add_paper_by_partner", "register_claim", "report_by_partner")


@command("claim.register")
def register_claim(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """立案: everything the stage needs is there, and it is not the same loss twice (or `why` says why not).

    Refused with all that is missing at once.
    """
    claim = moving.locked_claim(number, by=by)
    moving.step_of(claim, "claim.register", name=Words("立案", "Register the claim"))
    faults = duplicate_faults((d.number for d in same_losses(claim)), why=why)
    moving.advance(claim, "claim.register", missing=faults)
    estimate = Exposure.objects.filter(claim=claim).aggregate(sum=Sum("estimate"))["sum"] or 0
    record(ClaimRegistered(number=number, estimate=int(estimate)), file_id=claim.file_id)
