"""What the board's door may ask: the summary of a branch as it was last counted, frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lipei.analytics.counting import refresh_board
from lipei.analytics.models import BoardSummary
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.staff.models import Branch
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Board:
    """A branch's summary: who it is for, what was counted, and when."""

    branch_id: int
    code: str
    name: Words
    content: Mapping[str, Any]
    counted_at: dt.datetime
    others: tuple[tuple[str, Words], ...]


def board_of(code: str, *, actor: Actor, at: dt.datetime) -> Board:
    """The board of a branch: a supervisor's own, any branch for an auditor. A branch never counted yet is counted now, once."""
    seen = {b.code: b for b in Branch.objects.select_related("boardsummary").order_by("code") if actor.has("auditor") or b.pk == actor.branch_id}
    branch = seen.get(code) or next((b for b in seen.values() if b.pk == actor.branch_id), None)
    if branch is None or (code and code not in seen):
        raise not_found(Words(f"看不到机构 {code} 的看板。", f"The board of branch {code} is not for you."))
    summary = BoardSummary.objects.filter(branch=branch).first() if not hasattr(branch, "boardsummary") else branch.boardsummary
    if summary is None:
        refresh_board(branch.pk, at=at)
        summary = BoardSummary.objects.get(branch=branch)
    others = tuple((b.code, Words(b.name_zh, b.name_en)) for b in seen.values() if b.pk != branch.pk)
    return Board(branch.pk, branch.code, Words(branch.name_zh, branch.name_en), summary.content, summary.counted_at, others)
