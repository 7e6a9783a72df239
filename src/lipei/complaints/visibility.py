"""Which complaints an actor sees; a colleague never sees one about themselves."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lipei.complaints.models import Complaint
from lipei.filing.actor import Actor


def complaints_visible_to(actor: Actor) -> QuerySet[Complaint]:
    """All for officers and the auditor, those of the branch for its supervisor, those they took for the desk."""
    if actor.kind == "system":
        return Complaint.objects.all()
    if actor.kind != "staff":
        return Complaint.objects.none()
    seen = Q(pk__in=[])
    if actor.has("complaint_officer", "auditor"):
        seen = Q()
    elif actor.has("supervisor"):
        seen = Q(branch_id=actor.branch_id or 0)
    elif actor.has("front_desk"):
        seen = Q(taken_by_id=actor.user_id)
    return Complaint.objects.filter(seen).exclude(against_id=actor.user_id)
