"""留言: what a customer writes from the status page; a task of whoever handles the claim, with the day by which it is answered."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from lipei.claimfile import moving
from lipei.claimfile.diary import law
from lipei.claimfile.events import MessageLeft
from lipei.claimfile.models import Claim, Task
from lipei.claimfile.rules import must_hold_message
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.models import Entry
from lipei.filing.recording import event_of, record
from lipei.filing.refusal import Refused, refuse_if
from lipei.privacy.cipher import CannotRead
from lipei.staff.models import User
from lipei.terms.words import Words

MESSAGES_MAX = 3
"""So many messages of one claim within `WITHIN`; who has more to say is better served by a call."""
WITHIN = dt.timedelta(days=1)
TASK = Words("答复客户的留言", "Answer the customer's message")
VERBS = frozenset({"visitor.message"})


@command("visitor.message")
def leave_message(number: str, *, text: str, or_else: int, by: Actor, why: str = "", at: dt.datetime = NOW) -> dt.date:
    """Leave a message for the handler, else for whoever received the customer, else for `or_else` (a colleague's id).

    Returns the day by which it is answered. The same words again within a day are the same message. `Refused` (too_often) after `MESSAGES_MAX` a day.
    """
    claim = moving.locked_claim(number, by=by)
    said = text.replace("\r\n", "\n").strip()
    refuse_if(must_hold_message(said), Words("留言还没有送到", "The message was not sent yet"))
    lately = list(Entry.objects.filter(file_id=claim.file_id, kind=MessageLeft.KIND, at__gt=at - WITHIN).order_by("number"))
    same = next((entry for entry in lately if words_of_message(entry) == said), None)
    if same is not None:
        told = event_of(same)
        assert isinstance(told, MessageLeft)
        return dt.date.fromisoformat(told.due)
    _must_not_be_often(lately, at=at)
    return _open(claim, said, user=User.objects.get(id=claim.owner_id or claim.first_asked_id or or_else), at=at)


def _open(claim: Claim, said: str, *, user: User, at: dt.datetime) -> dt.date:
    day = answer_day(timezone.localtime(at).date(), at=at)
    entry = record(MessageLeft(text=said, who=user.name, latin=user.name_en, due=day.isoformat()), file_id=claim.file_id)
    due = timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))
    Task.objects.create(claim=claim, file_id=claim.file_id, kind="open_question", what_zh=TASK.zh, what_en=TASK.en, user=user, due_at=due, opened_by_id=entry)
    return day


def _must_not_be_often(lately: list[Entry], *, at: dt.datetime) -> None:
    if len(lately) < MESSAGES_MAX:
        return
    again = timezone.localtime(lately[-MESSAGES_MAX].at + WITHIN)
    raise Refused(
        "too_often", Words(f"您一天里留了 {MESSAGES_MAX} 次言，都收到了", f"You left {MESSAGES_MAX} messages within a day; we have them all"),
        why=Words(f"{again:%Y-%m-%d %H:%M} 以后可以再写。", f"You can write again after {again:%Y-%m-%d %H:%M}."),
        do=Words("着急就打电话，马上有人听。", "If it cannot wait, please call: somebody listens at once."),
    )


def answer_day(day: dt.date, *, at: dt.datetime) -> dt.date:
    """The day by which a message of `day` is answered: the first working day after it, by the calendar of the law."""
    return law(at).calendar.first_working_day(day + dt.timedelta(days=1))


def words_of_message(entry: Entry) -> str:
    """The customer's own words in the entry of a message; empty for any other entry, or where they cannot be opened."""
    if entry.kind != MessageLeft.KIND:
        return ""
    try:
        told = event_of(entry)
    except CannotRead:
        return ""
    return told.text if isinstance(told, MessageLeft) else ""
