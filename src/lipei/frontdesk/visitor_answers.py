"""What the visitor last said on their screen, point by point, and whether it still holds for the text as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lipei.documents.queries import kept_content
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.frontdesk.holding import visits_visible_to
from lipei.frontdesk.models import Visit, VisitorAnswer
from lipei.frontdesk.visitor_rules import digest_of
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """What the visitor last said to a point: to which text, when, and how it was signed."""

    id: int
    answer: str
    digest: str
    signed: str
    at: datetime


def last_answers(visit_number: str, *, actor: Actor) -> dict[str, AnswerSeen]:
    """The latest answer to each point of a visit."""
    rows = VisitorAnswer.objects.filter(visit__in=visits_visible_to(actor).filter(number=visit_number)).order_by("id")
    return {row.point: AnswerSeen(row.pk, row.answer, row.digest, row.signed, row.at) for row in rows}


def is_confirmed(visit: Visit, point: str, *, shown: object) -> bool:
    """Whether the visitor's last word on their screen is that exactly this is right."""
    row = VisitorAnswer.objects.filter(visit=visit, point=point).order_by("-id").first()
    return row is not None and row.answer == "right" and row.digest == digest_of(shown)


def signature_kept(visit_number: str, answer_id: int, *, actor: Actor) -> bytes:
    """The picture of a signature of a visit this actor may see; else `Refused` (not found)."""
    row = VisitorAnswer.objects.filter(id=answer_id, visit__in=visits_visible_to(actor).filter(number=visit_number)).first()
    picture = kept_content(row.signature_sha256) if row else None
    if picture is None:
        raise not_found(Words("没有这个签名。", "There is no such signature."))
    return picture
