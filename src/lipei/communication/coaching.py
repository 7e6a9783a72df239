"""Coaching: a clerk keeps the scorecard of a talk, and shares it with the supervisor if she wishes. The transcript is not kept."""

from __future__ import annotations

import uuid as ids
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from lipei.claimfile.rules import too_long
from lipei.communication.events import ScorecardKept, ScorecardShared
from lipei.communication.models import Scorecard
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.models import File
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, not_permitted, refuse_if
from lipei.filing.running import running
from lipei.speech import scorecard as cards
from lipei.speech.transcript import TranscriptFaults, read
from lipei.terms.words import Words

OFFICE_COACHING = "OFFICE-COACHING"
ABOUT_CHARACTERS_MAX = 120
LISTED_MAX = 50


def scored(text: str) -> cards.Scorecard:
    """The scorecard of a pasted talk, kept nowhere; `Refused` with every line that cannot be read."""
    try:
        return cards.scorecard_of(read(text))
    except TranscriptFaults as told:
        faults = told.faults
        more = len(faults) - 20
        missing = [Missing(fault.words, field="text") for fault in faults[:20]]
        if more > 0:
            missing.append(Missing(Words(f"还有 {more} 行", f"and {more} more lines"), field="text"))
        raise Refused("bad_input", Words("这段对话还读不了", "This talk cannot be read yet"), missing=tuple(missing)) from told


def _office() -> File:
    file = File.objects.filter(number=OFFICE_COACHING).first()
    return file or File.objects.create(kind="office", number=OFFICE_COACHING, opened_at=running().at)


@command("coaching.keep")
def keep_scorecard(*, text: str, about: str, by: Actor, why: str = "", at: datetime = NOW) -> str:
    """Look at a talk and keep its scorecard; only the clerk sees it. Returns its UUID."""
    if by.user_id is None:
        raise not_permitted(Words("评分只属于一位同事。", "A scorecard belongs to a colleague."), who=Words("请用自己的账号。", "Use your own account."))
    faults = too_long(about, ABOUT_CHARACTERS_MAX, what=Words("这次对话", "Which talk"), field="about")
    if not about.strip():
        faults.append(Missing(Words("还没有写是哪一次对话", "Which talk it was is missing"), field="about",
                              do=Words("例如：11 月 28 日上午，2 号窗口。", "For example: 28 November, counter 2.")))
    card = scored(text)
    refuse_if(faults, Words("还不能留下这张评分", "The scorecard cannot be kept yet"))
    row = Scorecard(owner_id=by.user_id, about=about.strip(), content=cards.kept(card), made_at=at)
    row.entry_id = record(ScorecardKept(scorecard=str(row.uuid)), file_id=_office().id)
    row.save()
    return str(row.uuid)


@command("coaching.keep")
def share_scorecard(uuid: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """The owner lets the supervisor of the branch see it; shared again, nothing changes."""
    row = Scorecard.objects.select_for_update().filter(uuid=uuid, owner_id=by.user_id or 0).first()
    if row is None:
        raise not_found(Words("找不到这张评分。", "There is no such scorecard."))
    if row.shared_at is not None:
        return
    row.shared_at = at
    row.save(update_fields=["shared_at"])
    record(ScorecardShared(scorecard=uuid), file_id=_office().id)


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A scorecard as doors show it."""

    uuid: str
    about: str
    owner: Words
    made_at: datetime
    shared_at: datetime | None
    is_mine: bool
    card: cards.Scorecard


def _visible_to(actor: Actor) -> QuerySet[Scorecard]:
    """One's own; for a supervisor what colleagues of the branch have shared, and nothing else."""
    mine = Q(owner_id=actor.user_id or 0)
    shared = Q(shared_at__isnull=False, owner__branch_id=actor.branch_id or 0) if actor.has("supervisor") else Q(pk__in=[])
    return Scorecard.objects.select_related("owner").filter(mine | shared)


def _seen(row: Scorecard, actor: Actor) -> CardSeen:
    return CardSeen(str(row.uuid), row.about, Words(row.owner.name, row.owner.name_en or row.owner.name), row.made_at, row.shared_at,
                    row.owner_id == actor.user_id, cards.again(row.content))


def scorecards_of(actor: Actor) -> tuple[CardSeen, ...]:
    """What this colleague may see, the newest first, at most `LISTED_MAX`."""
    return tuple(_seen(row, actor) for row in _visible_to(actor).order_by("-made_at", "-id")[:LISTED_MAX])


def scorecard_of(uuid: ids.UUID, *, actor: Actor) -> CardSeen:
    """One scorecard; `Refused` when it is not one's own and not shared."""
    row = _visible_to(actor).filter(uuid=uuid).first()
    if row is None:
        raise not_found(Words("找不到这张评分。", "There is no such scorecard."))
    return _seen(row, actor)
