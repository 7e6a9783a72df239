"""安抚: begun with its reason beside any visit, or as the station of a complaint; six steps in their order, a second person, a threat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lipei.claimfile.commands import open_task
from lipei.claimfile.file_tasks import open_file_task
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.filing.running import running
from lipei.frontdesk.calm import (
    ALL_REASONS,
    BY_ID,
    OFFERS,
    REASONS,
    CalmStep,
    next_step,
    reasons_for_step,
    steps_lacking,
)
from lipei.frontdesk.calm_events import (
    CalmBegun,
    CalmEnded,
    CalmStepNotApplicable,
    CalmStepTaken,
    ComplaintHeard,
    DeskNoted,
    SecondAnswered,
    SecondCalled,
    ThreatReported,
)
from lipei.frontdesk.calm_rules import (
    WORDS_CHARACTERS_MAX,
    Point,
    apology_of,
    follow_up_of,
    heard_of,
    point_of,
    room_of,
    solution_of,
    step_may_not_apply,
)
from lipei.frontdesk.desk import SECONDS, count_hard, desk_file, may_be_called, present, resting, rooms_of
from lipei.frontdesk.hall import ring_hall
from lipei.frontdesk.holding import end_of, finders, local_day, locked_visit, must_be_open, must_hold, not_here, pass_on
from lipei.frontdesk.models import CalmRecord, CalmTalk, QuietRoom, Visit
from lipei.frontdesk.reading import faults_of_text
from lipei.staff.models import Branch, User
from lipei.staff.queries import colleague_ids
from lipei.terms.words import Words

# ---------- taking hold ----------


def _held(number: str, *, by: Actor) -> Visit:
    here = locked_visit(number, by=by)
    must_be_open(here)
    must_hold(here, by=by)
    return here


def _begun(here: Visit, *, reason: str) -> CalmTalk:
    calm = CalmTalk.objects.create(visit=here, reason=reason, begun_at=running().at)
    record(CalmBegun(visit=here.number, reason=ALL_REASONS[reason]), file_id=here.file_id)
    count_hard(here, "calm")
    ring_hall(here.branch_id)
    return calm


def is_complaint_station(here: Visit) -> bool:
    """Whether the calm mode is the station of this visit, not only beside it."""
    return here.purpose == "complaint"


def _calm_of(here: Visit) -> CalmTalk:
    """The calm talk of a visit; at the station of a complaint it begins by itself, elsewhere it must have been begun."""
    if is_complaint_station(here) and here.station != "calm":
        raise not_here(here, "calm")
    calm = CalmTalk.objects.select_related("second").filter(visit=here).first()
    if calm is None and is_complaint_station(here):
        return _begun(here, reason="complaint")
    if calm is None:
        raise Refused("missing", Words("还没有开始安抚", "The calm mode has not been begun"),
                      missing=(Missing(Words("先选为什么安抚", "Choose the reason first"), where=("visit_calm", (here.number,))),))
    if calm.ended_at is not None:
        raise Refused("conflict", Words("安抚的六步已经走完，没有再办一次", "The six steps were done already; nothing was done twice"),
                      missing=(Missing(Words("回到接待", "Back to the visit"), where=("visit", (here.number,))),))
    return calm


def done_steps(calm: CalmTalk) -> dict[str, CalmRecord]:
    """The steps that are through, by id."""
    return {r.step: r for r in calm.steps.all()}


def _step(step: str) -> CalmStep:
    if step not in BY_ID:
        raise not_found(Words("安抚没有这一步。", "The calm mode has no such step."))
    return BY_ID[step]


def _must_be_next(here: Visit, calm: CalmTalk, step: CalmStep) -> None:
    """`Refused` when a step is ahead, with all that lacks before it, or done already."""
    done = frozenset(done_steps(calm))
    where = ("visit_calm", (here.number,))
    if step.id in done:
        raise Refused("conflict", Words(f"“{step.name.zh}”已经办过，没有再办一次", f"“{step.name.en}” was done already; it was not done twice"),
                      missing=(Missing(Words("接着办下一步", "Go on with the next step"), where=where),))
    ahead = steps_lacking(done, target=step.id)
    if ahead:
        raise Refused(
            "missing", Words(f"还不能到“{step.name.zh}”，缺 {len(ahead)} 步", f"“{step.name.en}” is not open yet: {len(ahead)} steps missing"),
            why=Words("六步按次序走，一步也不跳过。", "The six steps come in their order; none is skipped."),
            missing=tuple(Missing(s.lacking, why=s.why, where=where if n == 0 else None) for n, s in enumerate(ahead)),
        )


# ---------- begin, step by step, end ----------


@command("visit.go_on")
def begin_calm(visit: str, *, reason: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """开始安抚 beside a visit of any purpose, for a reason of the list. The visit's station stays where it is."""
    here = _held(visit, by=by)
    refuse_if(
        [] if reason in REASONS else [Missing(Words("还没有选为什么安抚", "The reason was not chosen"), field="reason")],
        Words("还不能开始安抚", "The calm mode cannot be begun yet"),
    )
    if is_complaint_station(here):
        _calm_of(here)  # it is the station itself: not before it, and not twice
    if not CalmTalk.objects.filter(visit=here).exists():
        _begun(here, reason=reason)


@command("visit.go_on")
def take_calm_step(visit: str, *, step: str, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> bool:
    """One of the six steps with what it must leave behind; returns whether a complaint was heard. All faults at once."""
    here = _held(visit, by=by)
    wanted = _step(step)
    calm = _calm_of(here)
    _must_be_next(here, calm, wanted)
    content, said = _TAKEN[step](here, calm, told, by)
    entry = record(CalmStepTaken(visit=visit, step=step, name=wanted.name, said=said), file_id=here.file_id)
    CalmRecord.objects.create(calm=calm, step=step, state="done", content=content, at=at, entry_id=entry)
    count_hard(here, "calm")
    ring_hall(here.branch_id)
    is_heard = step == "point" and bool(content["answer_by"])
    if is_heard:
        _hear_complaint(here, calm, content)
    _end_if_through(here, calm)
    return is_heard


@command("visit.go_on")
def mark_calm_step_not_applicable(visit: str, *, step: str, reason: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """A step truly does not apply, for a reason from its own list."""
    here = _held(visit, by=by)
    wanted = _step(step)
    calm = _calm_of(here)
    _must_be_next(here, calm, wanted)
    faults = step_may_not_apply(step, reason=reason, is_complaint=is_complaint_station(here))
    refuse_if(faults, Words(f"“{wanted.name.zh}”还不能记为不适用", f"“{wanted.name.en}” cannot be marked as not applicable yet"))
    chosen = next(r for r in reasons_for_step(step, is_complaint=is_complaint_station(here)) if r.id == reason)
    entry = record(CalmStepNotApplicable(visit=visit, step=step, name=wanted.name, reason=chosen.name), file_id=here.file_id)
    CalmRecord.objects.create(calm=calm, step=step, state="not_applicable", reason=reason, at=at, entry_id=entry)
    _end_if_through(here, calm)


def _end_if_through(here: Visit, calm: CalmTalk) -> None:
    if next_step(frozenset(done_steps(calm))) is not None:
        return
    calm.ended_at = running().at
    calm.save(update_fields=["ended_at"])
    record(CalmEnded(visit=here.number), file_id=here.file_id)
    if here.station == "calm":
        pass_on(here, "calm")


def may_become_complaint(here: Visit) -> list[Missing]:
    """A visit whose calm talk has begun beside it does not turn into a complaint's: the complaint is registered in the talk."""
    if not CalmRecord.objects.filter(calm__visit=here).exists():
        return []
    return [Missing(
        Words("安抚已经走了几步，来意不能再改成投诉", "Steps of the calm mode were taken; the purpose can no longer become a complaint"),
        do=Words("在安抚第三步勾选“客户要登记为投诉”；那一步已过的，办完这次再为投诉开一次接待。",
                 "Tick “registered as a complaint” at its third step; if that is past, open another visit for the complaint afterwards."),
        field="purpose",
    )]


def must_be_calm(here: Visit) -> None:
    """`Refused` while a calm talk that was begun is not through: a visit is not closed over it."""
    calm = CalmTalk.objects.filter(visit=here, ended_at=None).first()
    if calm is None:
        return
    done = frozenset(done_steps(calm))
    lacking = [s for s in BY_ID.values() if s.id not in done]
    where = ("visit_calm", (here.number,))
    raise Refused(
        "missing", Words(f"安抚还没有走完，缺 {len(lacking)} 步", f"The calm mode is not complete: {len(lacking)} steps missing"),
        why=Words("开始了的安抚要走完，或写明哪一步为什么不适用。", "A calm mode that was begun is completed, or says why a step does not apply."),
        missing=tuple(Missing(s.lacking, why=s.why, where=where if n == 0 else None) for n, s in enumerate(lacking)),
    )


# ---------- what each step leaves behind ----------


Taken = tuple[dict[str, Any], str]


def _refuse(step: str, faults: list[Missing]) -> None:
    name = BY_ID[step].name
    refuse_if(faults, Words(f"“{name.zh}”还不能记为办完，缺 {len(faults)} 项", f"“{name.en}” is not complete: {len(faults)} missing"))


def _room(here: Visit, calm: CalmTalk, told: Mapping[str, str], by: Actor) -> Taken:
    rooms = rooms_of(here.branch_id)
    (room_id, alone), faults = room_of(told, today=local_day(running().at), rooms=rooms, has_second=calm.second_id is not None)
    _refuse("quiet_room", faults)
    calm.room_id = room_id
    calm.save(update_fields=["room"])
    name = next(r.name for r in rooms if r.id == room_id)
    return {"room": name.as_dict(), "alone": alone}, name.zh


def _listened(here: Visit, calm: CalmTalk, told: Mapping[str, str], by: Actor) -> Taken:
    words, faults = heard_of(told, today=local_day(running().at))
    _refuse("listen", faults)
    return {"words": words}, words


def _point(here: Visit, calm: CalmTalk, told: Mapping[str, str], by: Actor) -> Taken:
    is_complaint = is_complaint_station(here) or bool(told.get("register"))
    point, faults = point_of(told, today=local_day(running().at), is_complaint=is_complaint, colleagues=colleague_ids(here.branch_id))
    _refuse("point", faults)
    return _content(point), point.matter


def _content(point: Point) -> dict[str, Any]:
    return {"about": point.about, "matter": point.matter, "wish": point.wish, "against": point.against, "name": point.name,
            "answer_by": point.answer_by, "reach": point.reach}


def _apology(here: Visit, calm: CalmTalk, told: Mapping[str, str], by: Actor) -> Taken:
    point = done_steps(calm).get("point")
    matter = str(point.content.get("matter", "")) if point else ""
    said, faults = apology_of(told, today=local_day(running().at), matter=matter)
    _refuse("apology", faults)
    return {"apology": said}, said


def has_supervisor(calm: CalmTalk) -> bool:
    """Whether a supervisor was called and has come."""
    return calm.accepted_at is not None and calm.second is not None and "supervisor" in calm.second.roles


def _solution(here: Visit, calm: CalmTalk, told: Mapping[str, str], by: Actor) -> Taken:
    (offers, agreed), faults = solution_of(told, today=local_day(running().at), has_supervisor=has_supervisor(calm))
    _refuse("solution", faults)
    named = "、".join(OFFERS[o].name.zh for o in offers)
    return {"offers": list(offers), "agreed": agreed}, f"{agreed}（{named}）"


def _follow_up(here: Visit, calm: CalmTalk, told: Mapping[str, str], by: Actor) -> Taken:
    answer, faults = follow_up_of(told, today=local_day(running().at), colleagues=finders(here.branch_id))
    _refuse("follow_up", faults)
    assert answer is not None  # no faults
    what, user_id, due = answer
    if here.claim is not None:
        open_task(here.claim.number, kind="promise", what=Words(what, what), user_id=user_id, due_at=end_of(due), by=by)
    else:
        open_file_task(here.file_id, kind="promise", what=Words(what, what), user_id=user_id, due_at=end_of(due), by=by)
    user = User.objects.get(id=user_id)
    return {"answer": what, "who": Words(user.name, user.name_en).as_dict(), "until": due.isoformat()}, what


_TAKEN = {
    "quiet_room": _room, "listen": _listened, "point": _point, "apology": _apology, "solution": _solution, "follow_up": _follow_up,
}


def _hear_complaint(here: Visit, calm: CalmTalk, point: Mapping[str, Any]) -> None:
    heard = done_steps(calm).get("listen")
    words = str(heard.content.get("words", "")) if heard else ""
    record(
        ComplaintHeard(
            visit=here.number, branch_id=here.branch_id, clerk_id=here.clerk_id, about=point["about"], against_id=point["against"] or 0,
            claim=here.claim.number if here.claim else "", answer_by=point["answer_by"], complainant=point["name"],
            matter=point["matter"], wish=point["wish"], words=words or point["matter"], reach=point["reach"],
        ),
        file_id=here.file_id,
    )


# ---------- the second person, a threat ----------


def _names(user: User) -> Words:
    return Words(user.name, user.name_en)


@command("visit.go_on")
def call_second(visit: str, *, user_id: int, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """叫第二位同事: one of those present; they find the call on their work page. Called again, another takes the place."""
    here = _held(visit, by=by)
    calm = _calm_of(here)
    here_now = present(here.branch_id, roles=SECONDS, at=at)
    away = {here.clerk_id, *resting(here.branch_id, at=at)}
    chosen = next((u for u in may_be_called(here_now, away=away) if u.pk == user_id), None)
    refuse_if(
        [] if chosen else [Missing(Words("请选一位现在在的同事", "Choose a colleague who is here now"), field="second")],
        Words("还没有叫到人", "Nobody was called yet"),
    )
    assert chosen is not None  # no faults
    if calm.second_id == chosen.pk:
        return
    calm.second, calm.called_at, calm.accepted_at = chosen, at, None
    calm.save(update_fields=["second", "called_at", "accepted_at"])
    record(SecondCalled(visit=visit, who=_names(chosen)), file_id=here.file_id)
    ring_hall(here.branch_id)


def _called(visit: str, *, by: Actor) -> tuple[Visit, CalmTalk]:
    here = locked_visit(visit, by=by)
    must_be_open(here)
    calm = CalmTalk.objects.select_related("second").filter(visit=here, second_id=by.user_id).first()
    if calm is None:
        raise Refused("conflict", Words(f"{here.label} 没有叫您，或者已经叫了别人", f"{here.label} did not call you, or has called somebody else"))
    return here, calm


@command("visit.assist")
def accept_call(visit: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """我来: the called colleague comes; pressed twice, it is once."""
    here, calm = _called(visit, by=by)
    if calm.accepted_at is None and calm.second is not None:
        calm.accepted_at = at
        calm.save(update_fields=["accepted_at"])
        record(SecondAnswered(visit=visit, who=_names(calm.second), comes=True), file_id=here.file_id)
        ring_hall(here.branch_id)


@command("visit.assist")
def decline_call(visit: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """来不了: the clerk sees it at once and calls somebody else."""
    here, calm = _called(visit, by=by)
    assert calm.second is not None  # it is who acts
    record(SecondAnswered(visit=visit, who=_names(calm.second), comes=False), file_id=here.file_id)
    calm.second, calm.called_at, calm.accepted_at = None, None, None
    calm.save(update_fields=["second", "called_at", "accepted_at"])
    ring_hall(here.branch_id)


@command("visit.go_on")
def report_threat(visit: str, *, words: str = "", by: Actor, why: str = "", at: datetime = NOW) -> bool:
    """受到威胁: noted, a supervisor called at once; returns whether one works here today. Needs no other input."""
    here = _held(visit, by=by)
    refuse_if(faults_of_text(words, label=Words("威胁的话", "The words"), name="words", most=WORDS_CHARACTERS_MAX), Words("话还没有记下", "The words were not noted"))
    calm = CalmTalk.objects.select_related("second").filter(visit=here).first() or _begun(here, reason="threat")
    away = resting(here.branch_id, at=at)
    supervisors = [u for u in present(here.branch_id, roles=("supervisor",), at=at) if u.pk not in away]
    if supervisors and not has_supervisor(calm):
        calm.second, calm.called_at, calm.accepted_at = supervisors[0], at, None
    said = words.strip()
    calm.threat_at, calm.threat_words = at, "\n".join(t for t in (calm.threat_words, said) if t)
    calm.save()
    count_hard(here, "threat")
    ring_hall(here.branch_id)
    record(ThreatReported(visit=visit, called=_names(supervisors[0]) if supervisors else None, words=said), file_id=here.file_id)
    return bool(supervisors)


@command("desk.arrange")
def name_quiet_room(*, name_zh: str, name_en: str, branch_id: int | None = None, by: Actor, why: str = "", at: datetime = NOW) -> int:
    """安静处: a place of the branch where an upset visitor can sit; returns its id."""
    branch = Branch.objects.filter(id=branch_id or by.branch_id or 0).first()
    faults = [] if branch else [Missing(Words("没有选机构", "The branch was not chosen"), field="branch")]
    for name, field in ((name_zh, "name_zh"), (name_en, "name_en")):
        faults += faults_of_text(name, label=Words("名称", "The name"), name=field, most=40)
        if not name.strip():
            faults.append(Missing(Words("名称要写中文和英文", "The name is needed in Chinese and English"), field=field))
    if branch and QuietRoom.objects.filter(branch=branch, name_zh=name_zh.strip()).exists():
        faults.append(Missing(Words(f"已经有“{name_zh.strip()}”", f"There is “{name_en.strip()}” already"), field="name_zh"))
    refuse_if(faults, Words("还不能加这一处", "This place cannot be added yet"))
    assert branch is not None  # no faults
    room = QuietRoom.objects.create(branch=branch, name_zh=name_zh.strip(), name_en=name_en.strip())
    record(DeskNoted(what=Words(f"设安静处“{room.name_zh}”", f"Quiet place set up: {room.name_en}")), file_id=desk_file(branch).id)
    return room.pk
