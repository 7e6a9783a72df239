"""What other rooms and doors may ask about claims: always through `visible_to`, answered with frozen values."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from lipei.claimfile.models import Claim, Task
from lipei.claimfile.stages import OPEN_STAGES
from lipei.staff.models import User
from lipei.terms.words import Words


def waiting_for(user: User, *, role: str) -> Words:
    """What waits for a colleague in a role, in a few words – for the badge on the demo's login page."""
    if role == "auditor":
        return Words("只读", "Reads only")
    if role == "administrator":
        return Words("条款、人员、参数", "Terms, people, parameters")
    today = timezone.localtime().replace(hour=23, minute=59, second=59)
    mine = Claim.objects.filter(stage__in=OPEN_STAGES).filter(Q(turn_user=user) | Q(turn=role, turn_user=None))
    if role not in ("approver", "finance_maker", "finance_checker", "archivist", "complaint_officer", "fraud_examiner"):
        mine = mine.filter(branch_id=user.branch_id)
    if role == "archivist":
        n = Claim.objects.filter(stage="closed").count()
        return Words(f"{n} 件待归档", f"{n} to file")
    n = mine.count()
    if role == "handler":
        due = mine.filter(due_at__lte=today).count()
        return Words(f"{n} 件在手，{due} 件今天到期", f"{n} in hand, {due} due today")
    if role == "supervisor":
        n = Claim.objects.filter(branch_id=user.branch_id, stage__in=OPEN_STAGES).count()
        return Words(f"在办 {n} 件", f"{n} open")
    n += Task.objects.filter(user=user, state="open").count() if role == "front_desk" else 0
    return Words(f"{n} 件等着", f"{n} waiting")
