"""Which claims an actor sees: `visible_to`, applied by every read and every command."""

from __future__ import annotations

from django.db.models import QuerySet

from lipei.claimfile.models import Claim
from lipei.filing.actor import Actor

SEES_ALL = ("auditor", "approver", "finance_maker", "finance_checker", "fraud_examiner", "complaint_officer", "archivist")
OWN_CLAIM = "claim:"
SEES_BRANCH = ("front_desk", "handler", "investigator", "assessor", "supervisor")


def claims_visible_to(actor: Actor) -> QuerySet[Claim]:
    """The claims `actor` may see: all, those of the branch, those a partner reported, the one a customer's code leads to, or none."""
    if actor.kind == "system" or actor.has(*SEES_ALL):
        return Claim.objects.all()
    if actor.kind == "staff" and actor.branch_id is not None and actor.has(*SEES_BRANCH):
        return Claim.objects.filter(branch_id=actor.branch_id)
    if actor.kind == "partner":
        own = Claim.objects.filter(reports_received__partner=actor.ref)
        return Claim.objects.filter(pk__in=own.values("pk"))
    if actor.kind == "claimant" and actor.ref.startswith(OWN_CLAIM):
        return Claim.objects.filter(number=actor.ref.removeprefix(OWN_CLAIM))
    return Claim.objects.none()


def customer_of(number: str, *, verbs: frozenset[str]) -> Actor:
    """The customer whom the code on a receipt or a letter let in to one claim: known by that code only, and for `verbs` alone."""
    return Actor("claimant", f"{OWN_CLAIM}{number}", "客户", verbs=verbs)
