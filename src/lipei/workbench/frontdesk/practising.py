"""Pages of practice: choose a visitor, talk turn by turn, and look at what the talk shows. Nothing here is real."""

from __future__ import annotations

import uuid as ids
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lipei.filing.drafts import draft_of, keep_draft
from lipei.filing.refusal import Refused
from lipei.frontdesk.calm import BY_ID as STEPS
from lipei.frontdesk.practice import commands as play
from lipei.frontdesk.practice.queries import PracticeSeen, practice_of, practices_of
from lipei.frontdesk.practice.reading import scenarios
from lipei.frontdesk.practice.rules import FACT
from lipei.frontdesk.practice.scenario import HiddenFact
from lipei.frontdesk.practice.scoring import GROUPS, Score
from lipei.frontdesk.stations import SITUATIONS, Station, stations_of
from lipei.terms.words import Words
from lipei.workbench.arriving import actor_in, whole
from lipei.workbench.frontdesk import practice_calm
from lipei.workbench.refusing import STATUS, panel

FIELDS = ("station", "said", "turn")
KINDS = {"day": "date", "number": "text", "choice": "choice"}


def language_here() -> str:
    """The language of the page, in which a new visitor will speak."""
    return "zh" if (translation.get_language() or "zh").startswith("zh") else "en"


@require_GET
def practices(request: HttpRequest) -> HttpResponse:
    """All visitors one can practise with, and the practice visits one may see."""
    actor = actor_in(request)
    seen = practices_of(actor)
    mine = [one for one in seen if one.is_mine]
    running = {one.scenario.id: one for one in mine if one.ended_at is None}
    cards = [{"scenario": one, "situation": SITUATIONS[one.situation], "stations": len(stations_of(one.purpose)), "open": running.get(one.id)} for one in scenarios().values()]
    context = {
        "cards": cards, "may_play": "practice.play" in actor.verbs, "is_supervisor": actor.has("supervisor"),
        "ended": [one for one in mine if one.ended_at is not None], "shared": [one for one in seen if not one.is_mine],
    }
    return render(request, "workbench/frontdesk/practices.html", context)


@require_POST
def begin(request: HttpRequest, scenario: str) -> HttpResponse:
    """Begin with this visitor, or go on where it was left."""
    return redirect("practice", play.begin_practice(scenario, language=language_here(), by=actor_in(request)))


@require_GET
def practice(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """The talk where it stands; once it has ended, what can be learned from it."""
    actor = actor_in(request)
    seen = practice_of(uuid, actor=actor)
    if seen.score is not None:
        return render(request, "workbench/frontdesk/practice_result.html", _result(seen, seen.score))
    draft = draft_of(play.place_of(str(uuid)), by=actor)
    return _page(request, seen, values=_kept(seen) | (draft.content if draft else {}), saved_at=draft.saved_at if draft else None)


@require_POST
def say(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """Say it: the visitor answers. What cannot be said yet stays as typed."""
    actor, told = actor_in(request), _typed(request, practice_of(uuid, actor=actor_in(request)))
    saved_at = _keep(uuid, told, request)
    try:
        play.answer_visitor(str(uuid), turn=whole(told["turn"]), station=told["station"], said=told["said"], told=told, by=actor)
    except Refused as refused:
        return _refused(request, uuid, told, refused, saved_at)
    facts = {name: value for name, value in told.items() if name.startswith(FACT)}
    keep_draft(play.place_of(str(uuid)), {"station": told["station"], **facts}, by=actor)
    return redirect("practice", uuid)


@require_POST
def draft(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """Autosave of the turn that is being written."""
    told = _typed(request, practice_of(uuid, actor=actor_in(request)))
    return render(request, "workbench/frontdesk/saved.html", {"saved_at": _keep(uuid, told, request), "missing": []})


@require_POST
def end(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """End the visit and show what can be learned."""
    actor = actor_in(request)
    seen = practice_of(uuid, actor=actor)
    told = _typed(request, seen)
    if not any(FACT + fact.id in request.POST for fact in seen.scenario.facts):
        kept = draft_of(play.place_of(str(uuid)), by=actor)
        told = _kept(seen) | (kept.content if kept else {})
    try:
        play.end_practice(str(uuid), told=told, by=actor)
    except Refused as refused:
        return _refused(request, uuid, told, refused, None)
    return redirect("practice", uuid)


@require_POST
def share(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """Let the supervisor see it."""
    play.share_practice(str(uuid), by=actor_in(request))
    messages.success(request, _("Your supervisor can see this practice visit now."))
    return redirect("practice", uuid)


@require_POST
def forget(request: HttpRequest, uuid: ids.UUID) -> HttpResponse:
    """Let it go, with all that was said."""
    play.forget_practice(str(uuid), by=actor_in(request))
    messages.success(request, _("The practice visit is gone; nothing of it is kept."))
    return redirect("practices")


def _typed(request: HttpRequest, seen: PracticeSeen) -> dict[str, str]:
    names = (*FIELDS, *(FACT + fact.id for fact in seen.scenario.facts), *practice_calm.names_of(seen))
    return {name: str(request.POST.get(name, "")) for name in names}


def _kept(seen: PracticeSeen) -> dict[str, str]:
    return {FACT + id_: value for id_, value in seen.facts.items()}


def _keep(uuid: ids.UUID, told: Mapping[str, str], request: HttpRequest) -> datetime:
    return keep_draft(play.place_of(str(uuid)), {name: value for name, value in told.items() if name != "turn"}, by=actor_in(request))


def _refused(request: HttpRequest, uuid: ids.UUID, told: dict[str, str], refused: Refused, saved_at: datetime | None) -> HttpResponse:
    seen = practice_of(uuid, actor=actor_in(request))
    if refused.code == "not_found" or seen.score is not None:
        raise refused
    return _page(request, seen, values=told, refused=refused, saved_at=saved_at)


def _page(request: HttpRequest, seen: PracticeSeen, *, values: Mapping[str, str], refused: Refused | None = None, saved_at: datetime | None = None) -> HttpResponse:
    scenario, number = seen.scenario, len(seen.turns)
    errors = {missing.field: missing.what for missing in refused.missing if missing.field} if refused else {}
    context = {
        "seen": seen, "scenario": scenario, "situation": SITUATIONS[scenario.situation], "home_url": reverse("practices"), "bar": _bar(seen),
        "heard": seen.turns[-1].heard if seen.turns else scenario.begins.in_(seen.language), "earlier": _talk(seen), "turn": number + 1, "values": values,
        "errors": errors, "refused": panel(refused) if refused else None, "saved_at": saved_at, "draft_url": reverse("practice_draft", args=(seen.uuid,)),
        "stations": [{"value": one.id, "label": one.name} for one in stations_of(scenario.purpose)],
        "facts": [_asked(fact, values, errors) for fact in scenario.facts], "calm_mode": practice_calm.panel(seen, values),
    } | practice_calm.rail(seen)
    return render(request, "workbench/frontdesk/practice.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


def _asked(fact: HiddenFact, values: Mapping[str, str], errors: Mapping[str, Words]) -> dict[str, Any]:
    options = [{"value": id_, "label": name} for id_, name in fact.options]
    return {"name": FACT + fact.id, "label": fact.ask, "kind": KINDS[fact.kind], "options": options, "value": values.get(FACT + fact.id, ""), "error": errors.get(FACT + fact.id)}


def _bar(seen: PracticeSeen) -> list[dict[str, Any]]:
    """The stations: those taken, the present one, the rest."""
    been = [turn.station for turn in seen.turns]
    now = been[-1] if been else ""
    return [{"word": one.name, "state": "now" if one.id == now else "done" if one.id in been else ""} for one in stations_of(seen.scenario.purpose)]


def _talk(seen: PracticeSeen) -> list[dict[str, Any]]:
    """The whole talk so far: what was said where, and what came back."""
    names: dict[str, Station] = {one.id: one for one in stations_of(seen.scenario.purpose)}
    return [{"number": n, "station": STEPS[turn.step].name if turn.step else names[turn.station].name, "said": turn.said, "heard": turn.heard} for n, turn in enumerate(seen.turns, 1)]


def _result(seen: PracticeSeen, score: Score) -> dict[str, Any]:
    groups = []
    for id_, name in GROUPS.items():
        points = score.of(id_)
        if not points:
            continue
        groups.append({"id": id_, "name": name, "done": [p for p in points if p.is_done], "open": [p for p in points if not p.is_done], "count": len(points)})
    names = {one.id: one.name for one in stations_of(seen.scenario.purpose)}
    model = [{"station": STEPS[turn.step].name if turn.step else names[turn.station], "said": turn.words.in_(seen.language)} for turn in seen.scenario.model]
    return {"seen": seen, "scenario": seen.scenario, "groups": groups, "done": score.done, "count": len(score.points), "talk": _talk(seen), "model": model,
            "begins": seen.scenario.begins.in_(seen.language)}
