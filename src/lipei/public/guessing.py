"""How often a code may be guessed at the customer's door: wrong tries are counted per address, and all together."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from threading import Lock

from django.http import HttpRequest

WINDOW_SECONDS = 600
WRONG_PER_ADDRESS_MAX = 20
WRONG_TOGETHER_MAX = 2_000
"""Many addresses at once are somebody who has many; then everybody waits for the window to pass, and the phone is open."""
ADDRESSES_MAX = 10_000
ADDRESS_CHARACTERS_MAX = 64


@dataclass(slots=True)
class Guesses:
    """The wrong tries of one window in this process, forgotten when it is over; at most `ADDRESSES_MAX` addresses are told apart."""

    now: Callable[[], float] = time.monotonic
    began: float = 0.0
    together: int = 0
    wrong: OrderedDict[str, int] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def may_try(self, address: str) -> bool:
        """Whether this address may try a code now."""
        with self.lock:
            self._turn()
            return self.together < WRONG_TOGETHER_MAX and self.wrong.get(address, 0) < WRONG_PER_ADDRESS_MAX

    def was_wrong(self, address: str) -> None:
        """Count one wrong try."""
        with self.lock:
            self._turn()
            self.together += 1
            self.wrong[address] = self.wrong.pop(address, 0) + 1
            if len(self.wrong) > ADDRESSES_MAX:
                self.wrong.popitem(last=False)

    def _turn(self) -> None:
        if self.now() - self.began >= WINDOW_SECONDS:
            self.began, self.together = self.now(), 0
            self.wrong.clear()


GUESSES = Guesses()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: the peer – or, when that is a proxy of our own network, the address this proxy wrote down last."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return told[:ADDRESS_CHARACTERS_MAX] if told and _is_ours(peer) else peer


def _is_ours(peer: str) -> bool:
    try:
        return ip_address(peer).is_private
    except ValueError:
        return peer == ""  # a Unix socket has no address
