"""咨询: what was answered from a source is written down with it; what nothing here answers becomes a task – never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from lipei.claimfile.commands import open_task
from lipei.claimfile.file_tasks import open_file_task
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.events import Event
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, refuse_if
from lipei.frontdesk.answer_queries import sources_of
from lipei.frontdesk.events import QuestionAnswered, QuestionLeftOpen
from lipei.frontdesk.holding import (
    end_of,
    finders,
    held_visit,
    local_day,
    locked_visit,
    must_be_open,
    must_hold,
    pass_on,
)
from lipei.frontdesk.models import Visit, VisitQuestion
from lipei.frontdesk.rules import asked_of, must_have_answered, question_left_of
from lipei.staff.models import User
from lipei.terms.words import Words, both


@command("visit.go_on")
def say_answer(visit: str, *, question: str, key: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """“I said this”: the question, and the text it was answered with as its source says it now; at any station of an open visit."""
    here = _held(visit, by=by)
    asked, faults = asked_of({"question": question}, today=local_day(at))
    passage = next((p for p in sources_of(visit, at=at) if p.key == key), None)
    if passage is None:
        faults.append(Missing(Words("没有这个出处，或它不属于这位客户的合同", "There is no such source, or it is not of this visitor's contract"),
                              do=Words("请再查一遍问题。", "Look the question up again."), field="q"))
    refuse_if(faults, Words(f"还不能记下回答，缺 {len(faults)} 项", f"The answer cannot be noted yet: {len(faults)} missing"))
    assert passage is not None  # no faults
    entry = _record(here, QuestionAnswered(visit=visit, question=asked, title=passage.title, answer=passage.text, source=passage.source))
    said = {"title": passage.title.as_dict(), "text": passage.text.as_dict(), "source": passage.source.as_dict()}
    VisitQuestion.objects.create(visit=here, question=asked, key=key, answer=said, clerk_id=here.clerk_id, at=at, entry_id=entry)


@command("visit.go_on")
def leave_question(visit: str, *, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> int:
    """Nothing here answers it: a colleague does, by a day; a task in the claim, or in the visit where there is none. Returns the task's id."""
    here = _held(visit, by=by)
    left, faults = question_left_of(told, today=local_day(at), colleagues=finders(here.branch_id))
    refuse_if(faults, Words(f"还不能交给同事，缺 {len(faults)} 项", f"It cannot be given to a colleague yet: {len(faults)} missing"))
    assert left is not None  # no faults
    due, what, who = end_of(left.due), both(left.text), User.objects.get(id=left.user_id)
    if here.claim is not None:
        task = open_task(here.claim.number, kind="open_question", what=what, user_id=left.user_id, due_at=due, by=by)
    else:
        task = open_file_task(here.file_id, kind="open_question", what=what, user_id=left.user_id, due_at=due, by=by)
    event = QuestionLeftOpen(visit=visit, question=left.text, who=Words(who.name, who.name_en), due=left.due.isoformat())
    entry = record(event, file_id=here.file_id)
    VisitQuestion.objects.create(visit=here, question=left.text, task_id=task, clerk_id=here.clerk_id, at=at, entry_id=entry)
    return task


@command("visit.go_on")
def answer_question(visit: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """咨询 is done when each question was answered from its source or given to a colleague."""
    here = held_visit(visit, station="answer", by=by)
    refuse_if(must_have_answered(VisitQuestion.objects.filter(visit=here).count()), Words("还不能离开“回答”，缺 1 项", "The answer is not complete: 1 missing"))
    pass_on(here, "answer")


def _held(number: str, *, by: Actor) -> Visit:
    here = locked_visit(number, by=by)
    must_be_open(here)
    must_hold(here, by=by)
    return here


def _record(here: Visit, event: Event) -> int:
    """On the visit's file, and on the claim's where there is one."""
    if here.claim is not None:
        record(event, file_id=here.claim.file_id)
    return record(event, file_id=here.file_id)
