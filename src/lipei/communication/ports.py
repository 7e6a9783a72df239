"""What communication needs from outside: a post that takes a printed letter and answers with a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class NotTaken(Exception):
    """The post could not take the letter now; the message says why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The post's receipt; `delivered` is its proof of delivery when it has one at once."""

    receipt: str
    delivered: str = ""


class LetterPost(Protocol):
    """Takes a letter by its UUID; the same UUID again must not send it twice."""

    def take(self, *, uuid: str, number: str, channel: str, to_name: str, pdf: bytes) -> Taken:
        """Hand a letter over. Raises `NotTaken`."""
        ...
