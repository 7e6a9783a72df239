"""What others may ask of the archive: closed claims that wait to be filed, and what lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lipei.archive.commands import keeping_of
from lipei.archive.models import ArchiveRecord
from lipei.archive.rules import Keeping
from lipei.claimfile.moving import lacking
from lipei.claimfile.stages import CLOSINGS, step_for
from lipei.claimfile.visibility import claims_visible_to
from lipei.filing.actor import Actor
from lipei.filing.refusal import Missing, not_found
from lipei.terms.words import Words

ROWS_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFile:
    """A closed claim that waits for the archive."""

    number: str
    insured_name: str
    closing: Words
    closed_at: datetime
    keep_until: date
    rule: Words
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """Where a filed claim is kept, until when, and by which rule."""

    shelf: str
    keep_until: date
    rule: str
    entries: int
    documents: int
    letters: int


def claims_to_file(*, actor: Actor) -> tuple[ToFile, ...]:
    """Closed claims not yet filed, the oldest first, at most `ROWS_MAX`."""
    step = step_for("archive.file", "closed")
    rows = claims_visible_to(actor).select_related("policy").filter(stage="closed").order_by("stage_since")[:ROWS_MAX]
    found = []
    for claim in rows:
        keeping = keeping_of(claim)
        found.append(
            ToFile(
                number=claim.number, insured_name=claim.insured_name, closing=CLOSINGS[claim.closing], closed_at=claim.stage_since,
                keep_until=keeping.until, rule=keeping.rule, missing=tuple(lacking(claim, step)) if step else (),
            )
        )
    return tuple(found)


def filed(number: str, *, actor: Actor) -> Filed | None:
    """Where a claim was filed; None when it was not."""
    row = ArchiveRecord.objects.filter(claim__number=number, claim__in=claims_visible_to(actor)).first()
    if row is None:
        return None
    return Filed(
        shelf=row.shelf, keep_until=row.keep_until, rule=row.rule, entries=int(row.index.get("entries", 0)),
        documents=len(row.index.get("documents", [])), letters=len(row.index.get("letters", [])),
    )


def keeping_for(number: str, *, actor: Actor) -> Keeping:
    """How long a claim's records must be kept, and the rule; `Refused` when this actor may not see it."""
    claim = claims_visible_to(actor).select_related("policy").filter(number=number).first()
    if claim is None:
        raise not_found(Words(f"找不到案件 {number}。", f"There is no claim {number}."))
    return keeping_of(claim)
