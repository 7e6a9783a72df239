"""说明: the five points said back by the visitor; what stays unclear becomes a task with its person and day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lipei.claimfile import moving
from lipei.claimfile.commands import open_task
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import refuse_if
from lipei.frontdesk.events import UnderstandingConfirmed
from lipei.frontdesk.holding import claim_of, end_of, finders, held_visit, local_day, pass_on
from lipei.frontdesk.queries import visit_of
from lipei.frontdesk.teach_back import SaidBack, Understanding, understanding_of
from lipei.staff.models import User
from lipei.terms.words import Words


@command("visit.go_on")
def explain(visit: str, *, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> None:
    """说明: each of the five points said back right, or assigned to a colleague by a day; open questions become tasks."""
    here = held_visit(visit, station="explanation", by=by)
    claim = claim_of(here)
    understood, faults = understanding_of(told, today=local_day(at), colleagues=finders(here.branch_id), marked=visit_of(visit, actor=by).marked)
    refuse_if(faults, Words(f"还不能离开“说明”，缺 {len(faults)} 项", f"The explanation is not complete: {len(faults)} missing"))
    assert understood is not None  # no faults
    for question in understood.left_open:
        open_task(claim.number, kind="open_question", what=question.what, user_id=question.user_id, due_at=end_of(question.due), by=by)
    event = UnderstandingConfirmed(
        visit=visit, open_questions=len(understood.questions), right=understood.count("right"), again=understood.count("again"),
        left_open=understood.count("open"), unclear=understood.unclear,
    )
    moving.reach(claim, "understanding_confirmed", entry=record(event, file_id=claim.file_id))
    pass_on(here, "explanation", content=_kept(understood), entry=record(event, file_id=here.file_id))


def _kept(understood: Understanding) -> dict[str, Any]:
    ids = {q.user_id for q in understood.left_open}
    names = {u.pk: {"zh": u.name, "en": u.name_en} for u in User.objects.filter(id__in=ids)}
    return {
        "points": [_point_kept(point, names) for point in understood.points],
        "open_questions": [{"text": q.text, "who": names[q.user_id], "until": q.due.isoformat()} for q in understood.questions],
        "simple": understood.is_simple,
    }


def _point_kept(point: SaidBack, names: Mapping[int, dict[str, str]]) -> dict[str, Any]:
    question = point.question
    left = {"who": names[question.user_id], "until": question.due.isoformat()} if question else {}
    return {"id": point.point, "outcome": point.outcome, "unclear": point.unclear, "marked": point.is_marked, **left}
