"""安抚 at the counter: one calm page with its six steps, the second person, the threat; beside any visit or as the station of a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lipei.filing.drafts import draft_of, drop_draft, keep_draft
from lipei.filing.refusal import Refused, not_found
from lipei.frontdesk import commands as desk
from lipei.frontdesk.calm import BY_ID as STEPS
from lipei.frontdesk.calm_queries import CalmSeen, calm_of
from lipei.frontdesk.queries import VisitSeen, must_be_open_for, visit_of
from lipei.process.complaining import open_complaint_of_visit
from lipei.terms.words import Words
from lipei.workbench.arriving import whole
from lipei.workbench.frontdesk import calm_showing, floor_showing, showing
from lipei.workbench.frontdesk.unsaved import Line
from lipei.workbench.frontdesk.unsaved import unsaved as unsaved_of
from lipei.workbench.frontdesk.views import MOVED, actor_of, place_of, typed
from lipei.workbench.refusing import STATUS, panel


def _place(number: str, step: str) -> str:
    """Where the draft of a step lies: among the visit's, so that a hand-over takes it along."""
    return place_of(number, f"calm:{step}")


def _seen(request: HttpRequest, number: str) -> tuple[VisitSeen, CalmSeen | None]:
    """The visit and its calm talk; for a complaint that is a station, and ahead of the visit it is refused with all that lacks."""
    visit = visit_of(number, actor=actor_of(request))
    seen = calm_of(number)
    if visit.purpose == "complaint" and seen is None:
        must_be_open_for(visit, "calm")
    return visit, seen


@require_http_methods(["GET", "HEAD", "POST"])
def calm(request: HttpRequest, number: str) -> HttpResponse:
    """The present step with its sentence and its button; before it was begun, why it is called for."""
    actor = actor_of(request)
    if request.method == "POST":
        return _step_taken(request, number)
    visit, seen = _seen(request, number)
    step = seen.present.id if seen and seen.present else "quiet_room"
    draft = draft_of(_place(number, step), by=actor)
    return _page(request, visit, seen, values=draft.content if draft else {}, saved_at=draft.saved_at if draft else None)


def _page(request: HttpRequest, visit: VisitSeen, seen: CalmSeen | None, *, values: dict[str, str], refused: Refused | None = None, unsaved: Sequence[Line] = (), **more: Any) -> HttpResponse:
    actor = actor_of(request)
    context = calm_showing.page(visit, seen, actor=actor, values=values, refused=refused, another=request.GET.get("another", ""), **more)
    context["refused"] = panel(refused) if refused else None
    context["unsaved"] = unsaved
    template = "calm_begin.html" if context["calm"] is None and visit.purpose != "complaint" else "calm.html"
    if getattr(request, "htmx", False) and "another" in request.GET:
        template = "say.html"
    return render(request, f"workbench/frontdesk/{template}", context, status=STATUS.get(refused.code, 422) if refused else 200)


def _step_taken(request: HttpRequest, number: str) -> HttpResponse:
    actor, told = actor_of(request), typed(request)
    step = told.pop("step", "")[:20]
    if step in STEPS and "draft.keep" in actor.verbs:
        keep_draft(_place(number, step), told, by=actor)
    visit, seen = _seen(request, number)
    try:
        is_complaint = desk.take_calm_step(number, step=step, told=told, by=actor)
    except Refused as refused:
        if refused.code == "conflict":
            return _page(request, *_seen(request, number), values={}, unsaved=unsaved_of(visit, "calm", told, on_file={}), refused=refused)
        if refused.code in MOVED or not calm_showing.stands_at(seen, step):
            raise
        return _page(request, visit, seen, values=told, saved_at=timezone.now(), refused=refused)
    drop_draft(_place(number, step), by=actor)
    if is_complaint:
        found = open_complaint_of_visit(number, by=actor)
        messages.success(request, _("The complaint is registered: %(number)s.") % {"number": found})
    return _onward(number)


def _onward(number: str) -> HttpResponse:
    """To the next step, or back to the visit once all six are through."""
    seen = calm_of(number)
    return redirect("visit", number) if seen is not None and seen.ended_at else redirect("visit_calm", number)


@require_POST
def calm_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Autosave of the present step."""
    told = typed(request)
    step = told.pop("step", "")
    if step not in STEPS:
        raise not_found(Words("安抚没有这一步。", "The calm mode has no such step."))
    _seen(request, number)
    saved_at = keep_draft(_place(number, step), told, by=actor_of(request))
    return render(request, "workbench/frontdesk/saved.html", {"saved_at": saved_at, "missing": [], "claimed": None})


@require_POST
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """开始安抚, with its reason."""
    visit, seen = _seen(request, number)
    try:
        desk.begin_calm(number, reason=request.POST.get("reason", "")[:20], by=actor_of(request))
    except Refused as refused:
        if refused.code in MOVED:
            raise
        return _page(request, visit, seen, values={}, refused=refused)
    return redirect("visit_calm", number)


@require_POST
def step_not_applicable(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """A step truly does not apply, for a reason of its list."""
    visit, seen = _seen(request, number)
    try:
        desk.mark_calm_step_not_applicable(number, step=step, reason=request.POST.get("reason", "")[:40], by=actor_of(request))
    except Refused as refused:
        if refused.code in MOVED or not calm_showing.stands_at(seen, step):
            raise
        return _page(request, visit, seen, values={}, refused=refused)
    return _onward(number)


@require_POST
def call(request: HttpRequest, number: str) -> HttpResponse:
    """叫第二位同事."""
    visit, seen = _seen(request, number)
    try:
        desk.call_second(number, user_id=whole(request.POST.get("second", "")), by=actor_of(request))
    except Refused as refused:
        if refused.code in MOVED:
            raise
        return _page(request, visit, seen, values={}, refused=refused)
    return redirect("visit_calm", number)


@require_POST
def answer_call(request: HttpRequest, number: str) -> HttpResponse:
    """The called colleague says whether they come: to the visit, or back to their work."""
    if request.POST.get("do") == "decline":
        desk.decline_call(number, by=actor_of(request))
        return redirect("my_work")
    desk.accept_call(number, by=actor_of(request))
    return redirect("visit_calm", number)


@require_POST
def threat(request: HttpRequest, number: str) -> HttpResponse:
    """One press: noted, the supervisor called; the next page says what to do now."""
    has_supervisor = desk.report_threat(number, words=request.POST.get("words", ""), by=actor_of(request))
    if has_supervisor:
        messages.success(request, _("Noted. The supervisor is called."))
    else:
        messages.warning(request, _("Noted. No supervisor works here today: call another colleague, and the police if it turns to force."))
    return redirect("visit_calm", number)


@require_http_methods(["GET", "HEAD", "POST"])
def self_check(request: HttpRequest) -> HttpResponse:
    """班前自查: seven things, one signature."""
    actor, told = actor_of(request), typed(request)
    refused = None
    if request.method == "POST":
        try:
            n = desk.sign_self_check(told=told, by=actor)
        except Refused as wrong:
            if wrong.code in MOVED:
                raise
            refused = wrong
        else:
            messages.success(request, _("Signed. Everything is in order.") if not n else _("Signed. What is not in order has its owner now."))
            return redirect("visits")
    context = calm_showing.check(actor=actor, values=told, refused=refused)
    context["refused"] = panel(refused) if refused else None
    return render(request, "workbench/frontdesk/self_check.html", context, status=422 if refused else 200)


@require_POST
def take_break(request: HttpRequest) -> HttpResponse:
    """歇一歇, or back again."""
    actor = actor_of(request)
    if request.POST.get("do") == "back":
        desk.end_break(by=actor)
    else:
        desk.take_break(minutes=whole(request.POST.get("minutes", "")), by=actor)
    return redirect("visits")


@require_POST
def rooms(request: HttpRequest) -> HttpResponse:
    """安静处: one more place of the branch."""
    actor = actor_of(request)
    told = typed(request)
    try:
        desk.name_quiet_room(name_zh=told.get("name_zh", ""), name_en=told.get("name_en", ""), by=actor)
    except Refused as refused:
        context = floor_showing.desk(actor=actor) | {"values": told, "errors": showing.errors_of(refused), "refused": panel(refused)}
        return render(request, "workbench/frontdesk/desk_today.html", context, status=422)
    return redirect(reverse("desk_today"))


