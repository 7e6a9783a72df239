"""Followers run at once, in the same process: for stories told by the demo and by tests, where no worker stands by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lipei.filing import recording
from lipei.process.followups import follow_entry, followed_kinds

ROUNDS_MAX = 200


@dataclass(slots=True)
class Inline:
    """The entries whose followers still have to run."""

    waiting: list[int] = field(default_factory=list)

    def drain(self) -> int:
        """Run the followers of all waiting entries, and of the entries these leave; returns how many ran."""
        done = 0
        while self.waiting:
            if done >= ROUNDS_MAX:
                raise RuntimeError("followers keep following each other")
            follow_entry(self.waiting.pop(0))
            done += 1
        return done


@contextmanager
def followers_inline() -> Iterator[Inline]:
    """Within the block nothing is deferred to a worker; call `drain()` after each command."""
    inline = Inline()
    before = recording.followed()
    recording.follow_with(followed_kinds(), inline.waiting.append)
    try:
        yield inline
    finally:
        recording.restore_followed(before)
