"""The kiosk of a branch: a device that may take tickets and call a person, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from lipei.filing.actor import Actor
from lipei.staff.models import Branch
from lipei.terms.words import Words

VERBS = frozenset({"ticket.take", "hall.ask_help"})
PLACE = "kiosk"


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A branch's kiosk and display: who acts there, and the branch's name."""

    actor: Actor
    branch_id: int
    code: str
    name: Words


def kiosk_of(branch_code: str) -> Kiosk | None:
    """The kiosk of the branch with this code (any case); None when there is no such branch."""
    branch = Branch.objects.filter(code__iexact=branch_code[:8]).first()
    if branch is None:
        return None
    actor = Actor("device", f"kiosk-{branch.code}", f"{branch.name_zh}取号机", verbs=VERBS, branch_id=branch.pk)
    return Kiosk(actor, branch.pk, branch.code, Words(branch.name_zh, branch.name_en))
