"""Tasks that belong to no claim: an answer promised to a visitor, an open point of a branch. Opened, closed, and listed for their owner."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils import timezone

from lipei.claimfile.clock_faces import ClockFace
from lipei.claimfile.commands import finish_task
from lipei.claimfile.events import TaskOpened
from lipei.claimfile.models import Task
from lipei.claimfile.work_list import task_clock
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import not_found
from lipei.staff.models import User
from lipei.terms.words import Words

OWN_TASKS_MAX = 30


@dataclass(frozen=True, slots=True)
class FileTask:
    """An open task of a file that is no claim: what, who, until when, and the file it stands in (its kind and number)."""

    id: int
    what: Words
    who_id: int
    who: Words
    due_at: dt.datetime
    clock: ClockFace
    file_kind: str
    file_number: str


@command("task.open")
def open_file_task(
    file_id: uuid.UUID, *, kind: str, what: Words, user_id: int, due_at: dt.datetime, by: Actor, why: str = "", at: dt.datetime = NOW
) -> int:
    """A colleague will do something by a date; it stands in the file it came from. Returns the task's id."""
    user = User.objects.get(id=user_id)
    entry = record(TaskOpened(what=what, who=user.name, latin=user.name_en, due=timezone.localtime(due_at).date().isoformat()), file_id=file_id)
    task = Task.objects.create(file_id=file_id, kind=kind, what_zh=what.zh, what_en=what.en, user=user, due_at=due_at, opened_by_id=entry)
    return task.pk


@command("task.close")
def close_file_task(task_id: int, *, answer: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """办完一件, by its owner or the owner's supervisor, with what came of it."""
    task = Task.objects.select_for_update(of=("self",)).select_related("user").filter(id=task_id, state="open", claim=None).first()
    if task is None or not _may_close(task, by):
        raise not_found(Words("这件任务已经办完，或不是您的。", "This task is done already, or it is not yours."))
    finish_task(task, answer=answer)


def _may_close(task: Task, by: Actor) -> bool:
    user = task.user
    return user is not None and (user.pk == by.user_id or (by.has("supervisor") and user.branch_id == by.branch_id))


def own_file_tasks(*, actor: Actor, at: dt.datetime) -> tuple[FileTask, ...]:
    """The actor's open tasks outside claims, what is due first stands first."""
    rows = Task.objects.filter(user_id=actor.user_id or 0, state="open", claim=None)
    return tuple(_shown(task, at=at) for task in rows.select_related("user", "file").order_by("due_at", "id")[:OWN_TASKS_MAX])


def file_task(task_id: int, *, actor: Actor, at: dt.datetime) -> FileTask:
    """One open task outside claims; `Refused` when it is not this actor's to close."""
    task = Task.objects.select_related("user", "file").filter(id=task_id, state="open", claim=None).first()
    if task is None or not _may_close(task, actor):
        raise not_found(Words("这件任务已经办完，或不是您的。", "This task is done already, or it is not yours."))
    return _shown(task, at=at)


def open_tasks_of_file(number: str, *, at: dt.datetime) -> tuple[FileTask, ...]:
    """The open tasks of one file; who may see the file is for its own duty to say."""
    rows = Task.objects.filter(file__number=number, state="open", claim=None)
    return tuple(_shown(task, at=at) for task in rows.select_related("user", "file").order_by("due_at", "id")[:OWN_TASKS_MAX])


def _shown(task: Task, *, at: dt.datetime) -> FileTask:
    user = task.user
    assert user is not None  # every task outside a claim has its owner
    return FileTask(
        task.pk, Words(task.what_zh, task.what_en), user.pk, Words(user.name, user.name_en), task.due_at, task_clock(task, at=at),
        task.file.kind, task.file.number,
    )
