"""The badges of the demo's login page: one colleague a role, grouped by duty, each saying what waits there."""

from __future__ import annotations

from typing import Any

from lipei.claimfile.queries import waiting_for
from lipei.staff.models import User
from lipei.staff.roles import BY_ID, GROUPS, ROLES
from lipei.terms.words import Words


def badges() -> list[dict[str, Any]]:
    """Groups of badges: {label, cards: [{number, surname, role, name, does, waits}]}; roles nobody holds are left out."""
    first: dict[str, User] = {}
    for user in User.objects.filter(is_working=True).order_by("number"):
        for role in user.roles:
            first.setdefault(role, user)
    waits = waiting_for((user, role) for role, user in first.items())
    groups: list[dict[str, Any]] = []
    for key, label in GROUPS.items():
        cards = [_card(first[r.id], r.id, waits[r.id]) for r in ROLES if r.group == key and r.id in first]
        if cards:
            groups.append({"label": label, "cards": cards})
    return groups


def _card(user: User, role: str, waits: Words) -> dict[str, Any]:
    return {
        "number": user.number, "surname": user.name[:1], "name": user.name, "name_en": user.name_en,
        "role": BY_ID[role].name, "does": BY_ID[role].does, "waits": waits,
    }
