"""Complaints at the staff door: the list, one with its legal clock and time line; and a task that belongs to no claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lipei.claimfile import file_tasks
from lipei.complaints.commands import give_complaint, note_complaint, reach_complainant, take_on_complaint
from lipei.complaints.queries import complaint_of, complaints_of, officers
from lipei.filing.refusal import Refused
from lipei.workbench.arriving import actor_in, typed, whole
from lipei.workbench.claim.writing import faults_of
from lipei.workbench.refusing import STATUS, panel


@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints this colleague sees: their own, or all of them."""
    actor = actor_in(request)
    is_mine = request.GET.get("mine") == "1"
    rows = complaints_of(actor=actor, at=timezone.now(), mine=is_mine)
    return render(request, "workbench/complaints/list.html", {"rows": rows, "is_mine": is_mine, "is_officer": actor.has("complaint_officer")})


@require_GET
def complaint(request: HttpRequest, number: str) -> HttpResponse:
    """One complaint on one page."""
    return _page(request, number)


def _page(request: HttpRequest, number: str, *, refused: Refused | None = None, values: dict[str, str] | None = None, reach: str = "") -> HttpResponse:
    actor, at = actor_in(request), timezone.now()
    seen = complaint_of(number, actor=actor, at=at)
    is_owner = seen.owner_id == actor.user_id
    may_give = "complaint.assign" in actor.verbs
    context: dict[str, Any] = {
        "complaint": seen, "reach": reach, "refused": panel(refused) if refused else None, "faults": faults_of(refused), "values": values or {},
        "may_take_on": "complaint.take_on" in actor.verbs and (seen.owner_id is None or (is_owner and seen.state == "received")),
        "may_note": "complaint.note" in actor.verbs, "may_see_visit": bool(seen.visit) and "visit.see" in actor.verbs and not actor.has("complaint_officer"),
        "officers": [{"value": pk, "label": name} for pk, name in officers(at=at, without=seen.owner_id or 0)] if may_give else [], "may_give": may_give,
    }
    return render(request, "workbench/complaints/complaint.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


def _do(request: HttpRequest, number: str, write: Callable[[], object], *, told: str, values: dict[str, str]) -> HttpResponse:
    try:
        write()
    except Refused as refused:
        if refused.code == "not_found":
            raise
        return _page(request, number, refused=refused, values=values)
    messages.success(request, told)
    return redirect("complaint", number)


@require_POST
def take_on(request: HttpRequest, number: str) -> HttpResponse:
    """接手."""
    return _do(request, number, lambda: take_on_complaint(number, by=actor_in(request)), told=_("It is in your hands now."), values={})


@require_POST
def note(request: HttpRequest, number: str) -> HttpResponse:
    """写记录."""
    values = typed(request, "text")
    return _do(request, number, lambda: note_complaint(number, text=values["text"], by=actor_in(request)), told=_("The note is in the file."), values=values)


@require_POST
def give(request: HttpRequest, number: str) -> HttpResponse:
    """改派, with the reason."""
    values = typed(request, "user", "why")
    return _do(
        request, number, lambda: give_complaint(number, user_id=whole(values["user"]), by=actor_in(request), why=values["why"][:2_000]),
        told=_("Another colleague looks after it now."), values=values,
    )


@require_POST
def reach(request: HttpRequest, number: str) -> HttpResponse:
    """看联系方式: shown on this one page; who looked stands in the file."""
    answer = _page(request, number, reach=reach_complainant(number, by=actor_in(request)))
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
def file_task(request: HttpRequest, task: int) -> HttpResponse:
    """A promise to a visitor or an open point of the branch: what, until when, and a sentence when it is done."""
    actor = actor_in(request)
    found = file_tasks.file_task(task, actor=actor, at=timezone.now())
    refused, values = None, typed(request, "answer")
    if request.method == "POST":
        try:
            file_tasks.close_file_task(task, answer=values["answer"], by=actor)
        except Refused as wrong:
            refused = wrong
        else:
            messages.success(request, _("Done, and in the file."))
            return redirect("my_work")
    place = {"visit": "visit", "complaint": "complaint"}.get(found.file_kind, "")
    is_open_to = place and (place != "visit" or "visit.see" in actor.verbs)
    context = {
        "task": found, "refused": panel(refused) if refused else None, "faults": faults_of(refused), "values": values,
        "file_url": reverse(place, args=(found.file_number,)) if is_open_to else "",
    }
    return render(request, "workbench/complaints/task.html", context, status=422 if refused else 200)
