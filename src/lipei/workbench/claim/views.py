"""The claim on one screen, its whole history, and one look behind a mask."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lipei.claimfile.commands import unmask
from lipei.claimfile.overview import Overview, history_of, overview_of
from lipei.claimfile.words import PURPOSES
from lipei.documents.queries import papers_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.settlement.queries import StatementView, current_statement
from lipei.workbench.arriving import actor_in, there_is, whole
from lipei.workbench.claim import showing
from lipei.workbench.refusing import STATUS, panel


@require_GET
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a claim."""
    return claim_page(request, number)


def claim_page(request: HttpRequest, number: str, *, refused: Refused | None = None) -> HttpResponse:
    """The page of a claim, with the panel of a step that could not be taken."""
    actor = actor_in(request)
    seen = overview_of(number, actor=actor, at=timezone.now())
    statement = _statement(seen, actor=actor)
    context: dict[str, Any] = {
        "claim": {"name": seen.name, "matter": seen.matter or seen.stage_word, "number": number, "product": seen.product},
        "clocks": seen.clocks, "stages": seen.stages, "told": showing.told(seen), "facts": showing.facts(seen.facts),
        "people": showing.people(seen, actor=actor), "cover": showing.cover(seen, statement), "money": showing.money(seen, statement),
        "papers": showing.papers(papers_of(number, actor=actor), number), "next": showing.next_of(seen, statement, actor=actor),
        "history": {
            "entries": showing.entries(seen.history), "count": seen.history_count, "url": reverse("claim_history", args=(number,)),
        },
        "tasks": seen.tasks, "tasks_url": reverse("claim_tasks", args=(number,)), "closing": seen.closing, "owner": seen.owner,
        "refused": panel(refused) if refused else None, **_writes(number, actor=actor),
    }
    return render(request, "workbench/claim.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


def _statement(seen: Overview, *, actor: Actor) -> StatementView | None:
    """The calculation in force; left out where its terms cannot be read any more (its own page says why)."""
    if "calculated" not in seen.milestones:
        return None
    try:
        return current_statement(seen.number, actor=actor)
    except Refused:
        return None


def _writes(number: str, *, actor: Actor) -> dict[str, str]:
    may_note = "claim.note" in actor.verbs
    return {
        "note_url": reverse("claim_note", args=(number,)) if may_note else "",
        "call_url": reverse("claim_call", args=(number,)) if may_note else "",
        "letter_url": reverse("claim_letters", args=(number,)) if "letter.see" in actor.verbs and there_is("claim_letters", number) else "",
    }


@require_GET
def history(request: HttpRequest, number: str) -> HttpResponse:
    """Every entry, newest first, page by page."""
    page = history_of(number, actor=actor_in(request), before=whole(request.GET.get("before", "")))
    context = {
        "claim": {"name": page.name, "matter": page.matter, "number": number, "url": reverse("claim", args=(number,))},
        "entries": showing.entries(page.entries), "count": page.count, "older_url": f"?before={page.before}" if page.before else "",
    }
    return render(request, "workbench/claim/history.html", context)


@never_cache
@require_POST
def reveal(request: HttpRequest, number: str, party_id: int, field: str) -> HttpResponse:
    """看: one look behind a mask for a purpose; it covers itself after 30 seconds, and the look is in the file."""
    actor, purpose = actor_in(request), request.POST.get("purpose", "")
    clear = unmask(number, party_id=party_id, field=field, purpose=purpose, by=actor)
    context = {
        "shown": clear, "by": actor.name, "at": timezone.now(), "purpose": PURPOSES[purpose], "value": f"{showing.DOTS}{clear[-4:]}",
        "number": number,
    }
    template = "workbench/claim/revealed.html" if getattr(request, "htmx", False) else "workbench/claim/revealed_page.html"
    return render(request, template, context)
