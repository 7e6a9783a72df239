"""What waits for colleagues in their roles, counted at once: for the badges of the demo's login page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from lipei.claimfile.models import Claim, Task
from lipei.claimfile.stages import OPEN_STAGES
from lipei.claimfile.visibility import SEES_ALL
from lipei.staff.models import User
from lipei.terms.words import Words

CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class _Heap:
    """Claims that lie alike: whose turn, where, at which stage; how many, and how many of them are due by tonight."""

    turn: str
    user_id: int | None
    branch_id: int
    stage: str
    number: int
    due: int


def waiting_for(holders: Iterable[tuple[User, str]]) -> dict[str, Words]:
    """What waits for each colleague in a role, in a few words, by role; two statements however many roles there are."""
    tonight = timezone.localtime().replace(hour=23, minute=59, second=59)
    counted = (
        Claim.objects.filter(stage__in=(*OPEN_STAGES, CLOSED))
        .values_list("turn", "turn_user_id", "branch_id", "stage")
        .annotate(number=Count("id"), due=Count("id", filter=Q(due_at__lte=tonight)))
    )
    heaps = [_Heap(*row) for row in counted]
    tasks = dict(Task.objects.filter(state="open", user__isnull=False).values_list("user_id").annotate(number=Count("id")))
    return {role: _waiting(user, role, heaps, open_tasks=tasks.get(user.pk, 0)) for user, role in holders}


def _waiting(user: User, role: str, heaps: list[_Heap], *, open_tasks: int) -> Words:
    if role == "auditor":
        return Words("只读", "Reads only")
    if role == "administrator":
        return Words("条款、人员、参数", "Terms, people, parameters")
    if role == "archivist":
        n = sum(h.number for h in heaps if h.stage == CLOSED)
        return Words(f"{n} 件待归档", f"{n} to file")
    seen = [h for h in heaps if h.stage != CLOSED and (role in SEES_ALL or h.branch_id == user.branch_id)]
    if role == "supervisor":
        n = sum(h.number for h in seen)
        return Words(f"在办 {n} 件", f"{n} open")
    mine = [h for h in seen if h.user_id == user.pk or (h.turn == role and h.user_id is None)]
    n, due = sum(h.number for h in mine), sum(h.due for h in mine)
    if role == "handler":
        return Words(f"{n} 件在手，{due} 件今天到期", f"{n} in hand, {due} due today")
    n += open_tasks if role == "front_desk" else 0
    return Words(f"{n} 件等着", f"{n} waiting")
