"""The shift at the counter: the self-check before the first visitor, and the break after a hard contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from lipei.claimfile.file_tasks import open_file_task
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.frontdesk.calm_events import DeskNoted
from lipei.frontdesk.desk import desk_file, hards_of
from lipei.frontdesk.fair_rules import may_rest
from lipei.frontdesk.hall import ring_hall
from lipei.frontdesk.holding import end_of, local_day
from lipei.frontdesk.models import Break, ShiftCheck
from lipei.frontdesk.shift_rules import ITEMS, self_check_of
from lipei.staff.models import Branch, User
from lipei.staff.queries import colleague_ids
from lipei.terms.words import Words


@command("desk.check")
def sign_self_check(*, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> int:
    """班前自查, once a day, signed; what is not in order becomes an open point of the branch with its owner. Returns how many."""
    today, user = local_day(at), User.objects.select_related("branch").get(id=by.staff_id)
    check, faults = self_check_of(told, today=today, colleagues=colleague_ids(user.branch_id))
    refuse_if(faults, Words(f"自查还没有做完，缺 {len(faults)} 项", f"The check is not complete: {len(faults)} missing"))
    assert check is not None  # no faults
    if ShiftCheck.objects.filter(user=user, on=today).exists():
        raise Refused("conflict", Words("今天已经自查过了，没有再记一次", "Today's check is signed already; it was not signed twice"),
                      missing=(Missing(Words("去前台", "To the front desk"), where=("visits", ())),))
    file, names = desk_file(user.branch), {item.id: item.name for item in ITEMS}
    for point in check.points:
        what = Words(f"{names[point.item].zh}：{point.what}", f"{names[point.item].en}: {point.what}")
        open_file_task(file.id, kind="follow_up", what=what, user_id=point.user_id, due_at=end_of(point.due), by=by)
    n = len(check.points)
    rest = (f"，{n} 处要改", f", {n} to put right") if n else ("，都好", ", all in order")
    entry = record(DeskNoted(what=Words(f"{user.name}班前自查{rest[0]}", f"{user.name_en} signed the check before the shift{rest[1]}")), file_id=file.id)
    ShiftCheck.objects.create(user=user, branch=user.branch, on=today, states=check.states, signed_at=at, entry_id=entry)
    return n


@command("desk.rest")
def take_break(*, minutes: int, by: Actor, why: str = "", at: datetime = NOW) -> datetime:
    """歇一歇 after a hard contact; returns until when. Pressed again while it runs, it stays as it is."""
    running_one = Break.objects.select_for_update().filter(user_id=by.staff_id, ended_at=None).first()
    if running_one is not None and running_one.until_at > at:
        return running_one.until_at
    if running_one is not None:
        _end(running_one, at=running_one.until_at)
    branch = Branch.objects.get(id=by.branch_id or 0)
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    taken = Break.objects.filter(user_id=by.staff_id, from_at__gte=start, from_at__lte=at).count()
    faults = may_rest(hards_of(branch.pk, at=at), user_id=by.staff_id, minutes=minutes, breaks_today=taken, at=at)
    refuse_if(faults, Words("还不能记为歇息", "The break cannot be noted yet"))
    until = at + timedelta(minutes=minutes)
    Break.objects.create(user_id=by.staff_id, branch=branch, from_at=at, until_at=until)
    _note(by, branch, Words(f"歇 {minutes} 分钟", f"takes a break of {minutes} minutes"))
    return until


@command("desk.rest")
def end_break(*, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """我回来了; also said by opening the next visit. Without a break it changes nothing."""
    found = Break.objects.select_for_update().filter(user_id=by.user_id or 0, ended_at=None).first()
    if found is None:
        return
    _end(found, at=min(at, found.until_at))
    _note(by, found.branch, Words("回到柜台", "is back at the counter"))


def _end(found: Break, *, at: datetime) -> None:
    found.ended_at = at
    found.save(update_fields=["ended_at"])


def _note(by: Actor, branch: Branch, what: Words) -> None:
    user = User.objects.get(id=by.staff_id)
    record(DeskNoted(what=Words(f"{user.name}{what.zh}", f"{user.name_en} {what.en}")), file_id=desk_file(branch).id)
    ring_hall(branch.pk)
