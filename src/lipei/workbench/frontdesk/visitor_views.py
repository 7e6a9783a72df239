"""The clerk's and the supervisor's side of what the visitor says: their screen, signatures, consents, ratings in sums."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lipei.filing.actor import Actor
from lipei.filing.drafts import draft_of
from lipei.filing.refusal import Refused
from lipei.frontdesk.consent_rules import HOW, KINDS, texts_on
from lipei.frontdesk.consenting import consents_seen, record_consent, withdraw_consent
from lipei.frontdesk.holding import finders, local_day
from lipei.frontdesk.queries import visit_of
from lipei.frontdesk.rating import answer_call_back, rating_sums
from lipei.frontdesk.screens import end_screen, open_screen
from lipei.frontdesk.visitor_answers import signature_kept
from lipei.workbench.frontdesk import doing, showing
from lipei.workbench.frontdesk.views import actor_of, place_of, typed
from lipei.workbench.frontdesk.visitor_showing import state
from lipei.workbench.refusing import panel


@require_POST
def screen(request: HttpRequest, number: str) -> HttpResponse:
    """Show a fresh code for the visitor's screen, or disconnect it."""
    actor = actor_of(request)
    if request.POST.get("do") == "end":
        end_screen(number, by=actor)
    else:
        open_screen(number, by=actor)
    seen = visit_of(number, actor=actor)
    if getattr(request, "htmx", False):
        return render(request, "workbench/frontdesk/screen_state.html", state(seen, actor=actor) | {"visit": seen})
    return redirect("visit", number)


@require_GET
def screen_state(request: HttpRequest, number: str) -> HttpResponse:
    """Asked every two seconds while a screen is there: is it connected, what has the visitor said, what is still missing."""
    actor = actor_of(request)
    seen = visit_of(number, actor=actor)
    context = state(seen, actor=actor) | {"visit": seen}
    if seen.closed_at is None and seen.clerk_id == actor.user_id:
        draft = draft_of(place_of(number, seen.station), by=actor)
        values = {**showing.on_file(seen, seen.station, actor=actor), **(draft.content if draft else {})}
        context["missing"] = showing.links(doing.lacking(seen.station, seen, values, finders=finders(seen.branch_id), by=actor))
        context["is_counted"] = True
    return render(request, "workbench/frontdesk/screen_state.html", context)


@require_GET
def signature(request: HttpRequest, number: str, answer: int) -> HttpResponse:
    """The picture of a signature given on the visitor's screen."""
    response = HttpResponse(signature_kept(number, answer, actor=actor_of(request)), content_type="image/svg+xml")
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_GET
def ratings(request: HttpRequest) -> HttpResponse:
    """Ratings in sums, and whom to call back."""
    return render(request, "workbench/frontdesk/ratings.html", {"sums": rating_sums(actor=actor_of(request), at=timezone.now()), "refused": None})


@require_http_methods(["GET", "HEAD", "POST"])
def call_back(request: HttpRequest, task: int) -> HttpResponse:
    """The call was made: what came of it."""
    actor = actor_of(request)
    if request.method != "POST":
        return redirect("ratings")
    try:
        answer_call_back(task, answer=request.POST.get("answer", ""), by=actor)
    except Refused as refused:
        if refused.code == "not_found":
            raise
        context = {"sums": rating_sums(actor=actor, at=timezone.now()), "refused": panel(refused), "refused_task": task}
        return render(request, "workbench/frontdesk/ratings.html", context, status=422)
    return redirect("ratings")


@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest, number: str) -> HttpResponse:
    """The separate consents of a claim: how each was answered, by which text, and withdrawing it."""
    actor, told, refused = actor_of(request), typed(request), None
    if request.method == "POST":
        try:
            _say_consent(number, request.POST.get("do", ""), told, by=actor)
        except Refused as wrong:
            if wrong.code not in ("missing", "conflict"):
                raise
            refused = wrong
        else:
            return redirect("claim_consents", number)
    found = {c.kind: c for c in consents_seen(number, actor=actor)}
    texts = texts_on(local_day(timezone.now()))
    context = {
        "number": number, "rows": [{"kind": kind, "text": found[kind].text if kind in found else texts[kind], "seen": found.get(kind)} for kind in KINDS],
        "hows": [{"value": how, "label": HOW[how]} for how in ("voice", "paper")], "refused": panel(refused) if refused else None,
        "may_record": "consent.record" in actor.verbs, "may_withdraw": "consent.withdraw" in actor.verbs,
    }
    return render(request, "workbench/frontdesk/consents.html", context, status=422 if refused else 200)


def _say_consent(number: str, do: str, told: dict[str, str], *, by: Actor) -> None:
    if do == "withdraw":
        withdraw_consent(number, kind=told.get("kind", ""), said=told.get("said", ""), by=by)
    else:
        record_consent(number, kind=told.get("kind", ""), answer=told.get("answer", ""), how=told.get("how", ""), by=by)
