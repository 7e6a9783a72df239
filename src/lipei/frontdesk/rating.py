"""评价: the visitor rates the visit once, by faces and words; the clerk never sees it, the supervisor sees sums, the ratings of a day but for their own visits, and whom to call back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from lipei.claimfile.events import TaskClosed, TaskOpened
from lipei.claimfile.models import Task
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.frontdesk.holding import end_of, local_day, visits_visible_to
from lipei.frontdesk.models import Rating, StationRecord, Visit
from lipei.frontdesk.reading import faults_of_text
from lipei.frontdesk.visitor_events import VisitRated
from lipei.privacy.cipher import keyring
from lipei.terms.words import Words

SCORES: dict[int, Words] = {
    1: Words("很不满意", "Very poor"), 2: Words("不满意", "Poor"), 3: Words("一般", "Fair"), 4: Words("满意", "Good"), 5: Words("很满意", "Very good"),
}
LOW = 2
"""Up to here a visitor is asked whether the supervisor may call back."""
SAID_CHARACTERS_MAX = 300
CALL_BACK_DAYS = 1
SUM_DAYS = 30
CALLS_MAX = 50
PURPOSE = "rating.said"
VERBS = frozenset({"visitor.rate"})


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating as told: the score, a few words, and whether the supervisor may call."""

    score: int
    said: str
    wishes_call: bool


def rating_of(told: Mapping[str, str]) -> tuple[Rated | None, list[Missing]]:
    """The rating that was chosen, or what is missing."""
    chosen, said = told.get("score", "").strip(), told.get("said", "").strip()
    faults = faults_of_text(said, label=Words("您的话", "Your words"), name="said", most=SAID_CHARACTERS_MAX)
    if chosen not in {str(score) for score in SCORES}:
        faults.append(Missing(Words("还没有选一张脸", "No face was chosen yet"), do=Words("请选一个；不想评也没有关系。", "Choose one; or leave it, that is fine too."), field="score"))
    return (None, faults) if faults else (Rated(int(chosen), said, bool(told.get("call_back"))), [])


@command("visitor.rate")
def rate_visit(visit: str, *, told: Mapping[str, str], door: str, language: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """Rate a visit that is at its farewell or over, once. A wish to be called opens a task for the supervisor, on the visit's own file."""
    here = _rateable(visit)
    rated, faults = rating_of(told)
    refuse_if(faults, Words("还差一点", "Almost done"))
    assert rated is not None  # no faults
    entry = record(VisitRated(visit=visit, score=rated.score), file_id=here.file_id)
    task = _call_back(here, at=at) if rated.wishes_call else None
    Rating.objects.create(
        visit=here, score=rated.score, said=keyring().seal(rated.said, purpose=PURPOSE) if rated.said else None, door=door, language=language,
        call_back=task, at=at, entry_id=entry,
    )


def _rateable(number: str) -> Visit:
    visit = Visit.objects.select_for_update(of=("self",)).filter(number=number).first()
    if visit is None or (visit.closed_at is None and visit.station != "farewell"):
        raise Refused("conflict", Words("还没有到评价的时候", "It is not yet time to rate"), do=Words("办完了再请您评。", "We ask you once everything is done."))
    if Rating.objects.filter(visit=visit).exists():
        raise Refused("conflict", Words("您已经评过了，谢谢", "You have rated this visit already; thank you"))
    return visit


def _call_back(visit: Visit, *, at: dt.datetime) -> Task:
    what = Words(f"给 {visit.label} 的客户回电话：客户评价后希望主管联系", f"Call the visitor of {visit.label} back: they rated the visit and wish to hear from the supervisor")
    due = end_of(local_day(at) + dt.timedelta(days=CALL_BACK_DAYS))
    entry = record(TaskOpened(what=what, who="主管", latin="Supervisor", due=timezone.localtime(due).date().isoformat()), file_id=visit.file_id)
    return Task.objects.create(file_id=visit.file_id, kind="follow_up", what_zh=what.zh, what_en=what.en, role="supervisor", due_at=due, opened_by_id=entry)


def rating_visitor(visit_number: str) -> Actor:
    """Who rates by the code on the receipt: the visitor, known by that code only."""
    return Actor("claimant", f"visit:{visit_number}"[:64], "客户", verbs=VERBS)


def is_rated(visit_number: str) -> bool:
    """Whether a visit was rated; never how."""
    return Rating.objects.filter(visit__number=visit_number).exists()


@command("rating.call_back")
def answer_call_back(task_id: int, *, answer: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """The supervisor has called the visitor back: what came of it."""
    rating = Rating.objects.select_related("visit").filter(visit__in=visits_visible_to(by), call_back_id=task_id, call_back__state="open").first()
    if rating is None:
        raise not_found(Words("这个回电已经打过，或不存在。", "This call was made already, or does not exist."))
    faults = faults_of_text(answer.strip(), label=Words("结果", "The outcome"), name="answer", most=SAID_CHARACTERS_MAX)
    if not answer.strip():
        faults.append(Missing(Words("还没有写结果", "The outcome is missing"), field="answer"))
    refuse_if(faults, Words("请写一句结果，再记为办完", "Write the outcome in a sentence, then mark it done"))
    task = Task.objects.select_for_update().get(id=task_id)
    entry = record(TaskClosed(what=Words(task.what_zh, task.what_en), answer=answer.strip()), file_id=task.file_id)
    task.state, task.answer, task.closed_by_id = "done", answer.strip(), entry
    task.save(update_fields=["state", "answer", "closed_by"])


@dataclass(frozen=True, slots=True)
class ScoreSum:
    """How many visits were rated so, of all that were rated."""

    score: int
    word: Words
    count: int


@dataclass(frozen=True, slots=True)
class CallBack:
    """A visitor who wishes to be called: what the supervisor needs for the call, the visit it opens into."""

    task_id: int
    visit: str
    label: str
    address: str
    said: str
    due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class RatingSums:
    """What the supervisor sees: sums of the last `SUM_DAYS` days, how many visits were not rated, and whom to call back."""

    scores: tuple[ScoreSum, ...]
    rated: int
    visits: int
    call_backs: tuple[CallBack, ...]


def rating_sums(*, actor: Actor, at: dt.datetime) -> RatingSums:
    """The ratings of the visits this actor may see and had no part in, in sums only."""
    over = _of_others(visits_visible_to(actor).filter(closed_at__gt=at - dt.timedelta(days=SUM_DAYS)), actor=actor)
    counted = dict(Rating.objects.filter(visit__in=over).values_list("score").annotate(n=Count("id")))
    waiting = Rating.objects.select_related("visit", "call_back").filter(
        visit__in=visits_visible_to(actor), call_back__state="open").order_by("call_back__due_at", "id")[:CALLS_MAX]
    return RatingSums(
        scores=tuple(ScoreSum(score, word, counted.get(score, 0)) for score, word in sorted(SCORES.items(), reverse=True)),
        rated=sum(counted.values()), visits=over.count(), call_backs=tuple(_call(row) for row in waiting),
    )


def _of_others(visits: QuerySet[Visit], *, actor: Actor) -> QuerySet[Visit]:
    """The visits that the actor neither holds nor did a station of."""
    done = StationRecord.objects.filter(visit=OuterRef("pk"), entry__by_kind=actor.kind, entry__by_ref=actor.ref)
    return visits.exclude(clerk_id=actor.user_id).exclude(Exists(done))


def _call(row: Rating) -> CallBack:
    assert row.call_back is not None  # asked for
    return CallBack(row.call_back.pk, row.visit.number, row.visit.label, row.visit.visitor_name, _words(row), row.call_back.due_at)


def _words(row: Rating) -> str:
    return keyring().open(row.said, purpose=PURPOSE) if row.said else ""


@dataclass(frozen=True, slots=True)
class RatedVisit:
    """How one visit was rated, in the visitor's words and their language; for the supervisor, never for who held the visit."""

    score: int
    said: str
    language: str


def ratings_of_others(visits: Collection[Visit], *, actor: Actor) -> tuple[frozenset[int], dict[int, RatedVisit]]:
    """Of these visits the ids of those in which the actor had no part, and how they were rated, by visit; both empty for who may not see ratings.

    Whoever held a visit or did a station of it does not learn how it was rated, a supervisor at the counter neither.
    """
    if "rating.see" not in actor.verbs:
        return frozenset(), {}
    others = frozenset(_of_others(Visit.objects.filter(pk__in=[visit.pk for visit in visits]), actor=actor).values_list("pk", flat=True))
    rows = Rating.objects.filter(visit_id__in=others)
    return others, {row.visit_id: RatedVisit(row.score, _words(row), row.language) for row in rows}
