"""How far the demonstration has been told, for the login page while it fills in behind."""

from __future__ import annotations

from lipei.demo.drawing import CLAIMS
from lipei.demo.telling import how_many_told
from lipei.terms.words import Words


def progress() -> Words | None:
    """“Still filling in: 52 of 400 claims”; None once everything was told."""
    told = how_many_told()
    if told >= CLAIMS:
        return None
    return Words(f"演示数据还在填入：{told} / {CLAIMS} 件案件，已经可以用了。", f"The demonstration is still filling in: {told} of {CLAIMS} claims; it can be used already.")
