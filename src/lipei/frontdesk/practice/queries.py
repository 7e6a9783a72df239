"""The practice visits a colleague may see: her own; for a supervisor those of the branch that were shared."""

from __future__ import annotations

import uuid as ids
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.frontdesk.practice.commands import NO_SUCH, language_of
from lipei.frontdesk.practice.keeping import opened
from lipei.frontdesk.practice.models import Practice
from lipei.frontdesk.practice.reading import scenarios
from lipei.frontdesk.practice.scenario import Scenario
from lipei.frontdesk.practice.scoring import Score, score_of
from lipei.frontdesk.practice.talking import Turn, is_over
from lipei.terms.words import Language, Words

LISTED_MAX = 50


@dataclass(frozen=True, slots=True)
class PracticeSeen:
    """A practice visit as doors show it; `score` only once it has ended."""

    uuid: str
    scenario: Scenario
    language: Language
    owner: Words
    begun_at: datetime
    ended_at: datetime | None
    shared_at: datetime | None
    is_mine: bool
    turns: tuple[Turn, ...]
    facts: Mapping[str, str]
    score: Score | None

    @property
    def is_over(self) -> bool:
        """Has the visitor left?"""
        return is_over(self.scenario, self.turns)

    @property
    def is_identified(self) -> bool:
        """Is identity established, so that the desk's sheet may be seen?"""
        return bool(self.turns and self.turns[-1].identified)


def _visible_to(actor: Actor) -> QuerySet[Practice]:
    mine = Q(owner_id=actor.user_id or 0)
    shared = Q(shared_at__isnull=False, owner__branch_id=actor.branch_id or 0) if actor.has("supervisor") else Q(pk__in=[])
    return Practice.objects.select_related("owner").filter(mine | shared, scenario__in=tuple(scenarios()))


def _seen(row: Practice, actor: Actor) -> PracticeSeen:
    scenario, language = scenarios()[row.scenario], language_of(row)
    turns, facts = opened(row.content)
    score = score_of(scenario, turns, facts, language=language) if row.ended_at is not None else None
    return PracticeSeen(str(row.uuid), scenario, language, Words(row.owner.name, row.owner.name_en or row.owner.name), row.begun_at, row.ended_at,
                        row.shared_at, row.owner_id == actor.user_id, turns, facts, score)


def practices_of(actor: Actor) -> tuple[PracticeSeen, ...]:
    """What this colleague may see, the newest first, at most `LISTED_MAX`."""
    return tuple(_seen(row, actor) for row in _visible_to(actor).order_by("-begun_at", "-id")[:LISTED_MAX])


def practice_of(uuid: ids.UUID, *, actor: Actor) -> PracticeSeen:
    """One practice visit; `Refused` when it is neither one's own nor shared."""
    row = _visible_to(actor).filter(uuid=uuid).first()
    if row is None:
        raise not_found(NO_SUCH)
    return _seen(row, actor)
