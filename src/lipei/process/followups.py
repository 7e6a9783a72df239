"""The one table that says what follows from what.

A follower prepares, proposes, asks; what turns against a claimant is decided by a named human. Each follower runs at least
once and leaves a mark in its command's transaction, so that its second run stops there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lipei.filing.models import Entry


@dataclass(frozen=True, slots=True)
class Follower:
    """What is done when an event of `kind` was recorded."""

    kind: str
    name: str
    run: Callable[[Entry], None]


FOLLOWERS: tuple[Follower, ...] = ()


def followed_kinds() -> frozenset[str]:
    """Every kind of event that has a follower."""
    return frozenset(f.kind for f in FOLLOWERS)


def followers_of(kind: str) -> tuple[Follower, ...]:
    """The followers of one kind, in order."""
    return tuple(f for f in FOLLOWERS if f.kind == kind)
