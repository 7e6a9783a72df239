"""What the visitor last said on their screen, point by point, and whether it still holds for the text as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from lipei.documents.queries import kept_content
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.frontdesk.holding import visits_visible_to
from lipei.frontdesk.models import Visit, VisitorAnswer
from lipei.frontdesk.visitor_rules import PART, digest_of
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """What the visitor last said to a point: to which text, when, and how it was signed."""

    id: int
    answer: str
    digest: str
    signed: str
    at: datetime


def answers_of_visit() -> ArraySubquery:
    """Every answer of a visit, the oldest first, read in the statement that reads the visit."""
    rows = VisitorAnswer.objects.filter(visit=OuterRef("pk")).order_by("id")
    return ArraySubquery(rows.values(told=JSONObject(id="id", point="point", answer="answer", digest="digest", signed="signed", at="at")))


def last_answers(told: Iterable[Mapping[str, Any]]) -> dict[str, AnswerSeen]:
    """The latest answer to each point, from `answers_of_visit`."""
    return {t["point"]: AnswerSeen(t["id"], t["answer"], t["digest"], t["signed"], datetime.fromisoformat(t["at"])) for t in told}


def ever_marked(told: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """What of the explanation the visitor ever marked as not clear, be it clear by now."""
    return frozenset(t["point"].removeprefix(PART) for t in told if t["point"].startswith(PART) and t["answer"] != "right")


def marked_parts(answers: Mapping[str, AnswerSeen]) -> dict[str, bool]:
    """The parts the visitor marked as not clear on their screen, and whether each still is."""
    return {point.removeprefix(PART): said.answer != "right" for point, said in answers.items() if point.startswith(PART)}


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
