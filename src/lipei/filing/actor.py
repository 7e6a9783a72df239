"""Who does something: every command and entry names one actor. Pure.

`verbs` are what the actor may do (from `staff.permissions`), `authority` up to which amount they may decide, in fen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["staff", "claimant", "expert", "partner", "device", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting person, partner, device, or the system on behalf of an entry."""

    kind: ActorKind
    ref: str
    name: str
    verbs: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    branch_id: int | None = None
    user_id: int | None = None
    authority: int = 0
    caused_by: int | None = None

    @property
    def staff_id(self) -> int:
        """The colleague's id; raises when the actor is not one of ours."""
        if self.user_id is None:
            raise ValueError(f"{self.kind} {self.ref} is not a colleague")
        return self.user_id

    def has(self, *roles: str) -> bool:
        """Whether the actor holds any of `roles`."""
        return bool(self.roles.intersection(roles))


def system(*, caused_by: int | None = None, verbs: frozenset[str] = frozenset({"*"})) -> Actor:
    """The system itself, acting because of the entry `caused_by`."""
    return Actor("system", "lipei", "Lipei", verbs=verbs, caused_by=caused_by)
