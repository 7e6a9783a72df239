"""The turns and facts of a practice visit as they are kept: sealed, for the owner's eyes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple

from lipei.frontdesk.practice.talking import Turn
from lipei.privacy.cipher import CannotRead, keyring

PURPOSE = "practice"


def sealed(turns: Sequence[Turn], facts: Mapping[str, str]) -> bytes:
    """Turns and facts, sealed."""
    return keyring().seal(json.dumps({"turns": [astuple(turn) for turn in turns], "facts": dict(facts)}, ensure_ascii=False), purpose=PURPOSE)


def opened(content: bytes | memoryview) -> tuple[tuple[Turn, ...], dict[str, str]]:
    """Turns and facts again; nothing when the key is gone."""
    try:
        read = json.loads(keyring().open(content, purpose=PURPOSE))
    except CannotRead:
        return (), {}
    return tuple(Turn(*turn) for turn in read["turns"]), dict(read["facts"])
