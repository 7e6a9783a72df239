"""The outside as the jobs know it: one bank, one post. Which adapter stands behind each is the site's wiring."""

from __future__ import annotations

from dataclasses import dataclass

from lipei.communication.ports import LetterPost
from lipei.payments.ports import Bank


@dataclass(frozen=True, slots=True)
class Outside:
    """The adapters of this installation."""

    bank: Bank
    post: LetterPost


_connected: list[Outside] = []


def connect(outside: Outside) -> None:
    """Say what stands outside; called once by the site's wiring (and by tests)."""
    _connected[:] = [outside]


def outside() -> Outside:
    """What stands outside; raises when nothing was connected."""
    if not _connected:
        raise RuntimeError("no bank and no post are connected")
    return _connected[0]
