"""Pages of the front desk: today's visits, one page a station, and the small things a visit needs beside it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lipei.claimfile.commands import unmask
from lipei.claimfile.words import PURPOSES as LOOKS
from lipei.filing.actor import Actor
from lipei.filing.drafts import draft_of, drop_draft, keep_draft
from lipei.filing.refusal import Refused, not_found
from lipei.frontdesk import commands as desk
from lipei.frontdesk.desk import desk_now
from lipei.frontdesk.holding import finders
from lipei.frontdesk.queries import (
    VisitSeen,
    last_counter,
    must_be_open_for,
    present_visit_of,
    visit_of,
    visits_today,
    who_takes_over,
)
from lipei.frontdesk.stations import BY_ID
from lipei.terms.words import Words
from lipei.workbench.frontdesk import calm_beside, doing, queueing, showing
from lipei.workbench.refusing import STATUS, panel

MOVED = frozenset({"conflict", "not_permitted", "not_found", "too_late"})
FIELDS_MAX = 600
CALM = "calm"  # the station that has pages of its own


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, as the door has established."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def typed(request: HttpRequest) -> dict[str, str]:
    """The fields of a form as typed, without the frame's own."""
    names = [n for n in request.POST if n not in ("csrfmiddlewaretoken", "do", "speech_of", "speech_seen")][:FIELDS_MAX]
    return {name: str(request.POST[name]) for name in names}


def place_of(number: str, station: str) -> str:
    """Where the draft of a station lies."""
    return f"visit:{number}:{station}"


@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """Today's visits, and one button to begin the next."""
    actor = actor_of(request)
    rows, known = visits_today(actor=actor, at=timezone.now()), desk_now(actor.branch_id or 0, at=timezone.now())
    line = queueing.queue(request, known=known)
    counter = line["queue"].counter or next((v.counter for v in rows if v.clerk_id == actor.user_id), 0) or last_counter(actor=actor)
    desk = {
        "visits": rows, "mine": actor.user_id, "counter": counter, "key": uuid.uuid4(),
        "may_open": "visit.open" in actor.verbs, "may_see_ratings": "rating.see" in actor.verbs,
    }
    context = desk | calm_beside.shift(actor=actor, known=known) | line
    return render(request, "workbench/frontdesk/visits.html", context)


@require_POST
def visit_open(request: HttpRequest) -> HttpResponse:
    """Begin a visit; pressed twice, it is one."""
    told = typed(request)
    counter = told.get("counter", "").strip()
    try:
        key = uuid.UUID(told.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    number = desk.open_visit(counter=int(counter) if counter.isascii() and counter.isdigit() and len(counter) < 4 else 0, key=key, by=actor_of(request))
    return redirect("visit_station", number, "welcome")


@require_GET
def visit(request: HttpRequest, number: str) -> HttpResponse:
    """The station where the visit stands; a closed visit shows what came of it."""
    seen = visit_of(number, actor=actor_of(request))
    if seen.closed_at is None:
        return redirect("visit_station", number, seen.station)
    return render(request, "workbench/frontdesk/over.html", showing.over(seen, actor=actor_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def station(request: HttpRequest, number: str, station: str) -> HttpResponse:
    """One station: its page, and its button. Ahead of the visit it is refused with all that lacks and the way there."""
    actor = actor_of(request)
    if request.method == "POST":
        return _pressed(request, number, station)
    seen = visit_of(number, actor=actor)
    must_be_open_for(seen, station)
    if getattr(request, "htmx", False) and "another" in request.GET:
        return render(request, "workbench/frontdesk/say.html", showing.say(seen, station, another=request.GET.get("another", "")))
    draft = draft_of(place_of(number, station), by=actor)
    return _page(request, seen, station, told=draft.content if draft else {}, saved_at=draft.saved_at if draft else None)


def _pressed(request: HttpRequest, number: str, station: str) -> HttpResponse:
    actor, told = actor_of(request), typed(request)
    do = request.POST.get("do", "")
    saved_at = _keep(number, station, told, by=actor)
    seen = visit_of(number, actor=actor)
    must_be_open_for(seen, station)
    if do in ("find", "more", "save"):
        return _page(request, seen, station, told=told, saved_at=saved_at, more=do == "more")
    try:
        if not doing.do_also(do, station, seen, told, by=actor):
            doing.finish(station, seen, told, by=actor, application=_signed_on_screen(request, seen, station, told))
    except Refused as refused:
        if refused.code in MOVED and refused.code != "conflict":
            raise
        return _page(request, visit_of(number, actor=actor), station, told=told, saved_at=saved_at, refused=refused)
    drop_draft(place_of(number, station), by=actor)
    return redirect("visit", number)


def _signed_on_screen(request: HttpRequest, seen: VisitSeen, station: str, told: dict[str, str]) -> bytes:
    """The PDF of the application that the visitor has signed on their own screen; nothing where it is signed on paper."""
    from lipei.workbench.frontdesk.papers_printed import (
        signed_application,  # the printed papers use this module's names
    )

    is_signed = station == "papers" and seen.purpose != "collect_papers" and doing.is_signed_on_screen(seen, told, by=actor_of(request))
    return signed_application(request, seen) if is_signed else b""


def _keep(number: str, station: str, told: dict[str, str], *, by: Actor) -> Any:
    """Keep what was typed before anything else: whatever happens now, it is not lost."""
    if station not in BY_ID or not told or "draft.keep" not in by.verbs:
        return None
    try:
        return keep_draft(place_of(number, station), told, by=by)
    except Refused:
        return timezone.now()


def _page(request: HttpRequest, seen: VisitSeen, station: str, *, told: dict[str, str], refused: Refused | None = None, **more: Any) -> HttpResponse:
    """The station with what was `told` in its fields; where nothing is asked any more, what was told stands beside it as not saved."""
    actor = actor_of(request)
    context = showing.page(seen, station, actor=actor, told=told, refused=refused, another=request.GET.get("another", ""), **more)
    context["refused"] = panel(refused) if refused else None
    return render(request, f"workbench/frontdesk/{station}.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


@require_POST
def draft(request: HttpRequest, number: str, station: str) -> HttpResponse:
    """Autosave: keeps what was typed and says what is still missing."""
    actor, told = actor_of(request), typed(request)
    seen = visit_of(number, actor=actor)
    must_be_open_for(seen, station)
    saved_at = keep_draft(place_of(number, station), told, by=actor)
    is_asked = seen.station == station or showing.is_correctable(seen, station)
    missing = doing.lacking(station, seen, told, finders=finders(seen.branch_id), by=actor) if is_asked else []
    context = {"saved_at": saved_at, "missing": showing.links(missing), "claimed": showing.sum_typed(station, seen, told)}
    return render(request, "workbench/frontdesk/saved.html", context)


@require_POST
def not_applicable(request: HttpRequest, number: str, station: str) -> HttpResponse:
    """The station truly does not apply, for a reason of its list."""
    actor = actor_of(request)
    seen = visit_of(number, actor=actor)
    must_be_open_for(seen, station)
    try:
        desk.mark_not_applicable(number, station=station, reason=request.POST.get("reason", "")[:40], by=actor)
    except Refused as refused:
        if refused.code in MOVED or station == CALM:
            raise
        kept = draft_of(place_of(number, station), by=actor)
        return _page(request, seen, station, told=kept.content if kept else {}, refused=refused)
    drop_draft(place_of(number, station), by=actor)
    return redirect("visit", number)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Another colleague of the desk goes on; the visitor need not say it again."""
    actor = actor_of(request)
    seen = visit_of(number, actor=actor)
    told, refused = typed(request), None
    place = place_of(number, "hand_over")
    if request.method == "POST":
        to = told.get("to", "")
        try:
            desk.hand_over_visit(number, to_user_id=int(to) if to.isascii() and to.isdigit() and len(to) < 10 else 0, summary=told.get("summary", ""), by=actor)
        except Refused as wrong:
            if wrong.code in MOVED:
                raise
            refused = wrong
        else:
            drop_draft(place, by=actor)
            return redirect("visits")
    context = showing.frame(seen, actor=actor, station=seen.station) | {
        "values": told, "errors": showing.errors_of(refused), "refused": panel(refused) if refused else None,
        "colleagues": [{"value": c.id, "label": Words(c.name, c.name_en)} for c in who_takes_over(seen)],
    }
    return render(request, "workbench/frontdesk/hand_over.html", context, status=422 if refused else 200)


@require_POST
def reveal(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """看: the visitor's number in the clear for 30 seconds, for a purpose, with the name of who looked."""
    actor = actor_of(request)
    seen = visit_of(number, actor=actor)
    if seen.visitor is None or field not in ("identity", "phone"):
        raise not_found(Words("没有这项资料。", "There is no such value."))
    purpose = request.POST.get("purpose", "")[:24]
    shown = unmask(seen.claim_number, party_id=seen.visitor.party_id, field=field, purpose=purpose, by=actor)
    colleague = request.colleague  # type: ignore[attr-defined]
    masked = seen.visitor.identity_masked if field == "identity" else seen.visitor.phone_masked
    revealed = {"shown": shown, "by": Words(colleague.name, colleague.name_en), "at": timezone.now(), "purpose": LOOKS[purpose], "value": masked}
    if getattr(request, "htmx", False):
        return render(request, "workbench/frontdesk/revealed.html", revealed)
    return render(request, "workbench/frontdesk/revealed_page.html", {**revealed, "visit": seen})


@require_GET
def station_of_claim(request: HttpRequest, number: str, station: str) -> HttpResponse:
    """From a claim to the station of its latest visit, where what is missing there is mended."""
    visit_number = present_visit_of(number, actor=actor_of(request))
    if not visit_number:
        raise not_found(Words(f"案件 {number} 没有柜台接待。", f"Claim {number} has no visit at a counter."))
    seen = visit_of(visit_number, actor=actor_of(request))
    return redirect(reverse("visit_station", args=(visit_number, station)) if seen.station_of(station) else reverse("visit", args=(visit_number,)))
