"""The list of claims by a filter that stands in the address; what a number on the board opens."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lipei.claimfile.listing import CLOCKS, DUE, SCOPES, ClaimFilter, ListedClaim, claims_of, filter_words
from lipei.claimfile.stages import CLOSINGS, MILESTONES, STAGES
from lipei.filing.actor import Actor
from lipei.staff.queries import branches
from lipei.terms.words import Words
from lipei.workbench.arriving import actor_in, day_in, whole

STAGE_IDS = tuple(s.id for s in STAGES)
KEPT = ("scope", "stage", "branch", "owner", "due", "clock", "closing", "reached", "policy", "q", "in_stage_since", "since", "unassigned", "mine")
TEXT_CHARACTERS_MAX = 80


def filter_in(request: HttpRequest) -> ClaimFilter:
    """The filter of an address; a value that means nothing is left out."""
    get = request.GET.get

    def one_of(name: str, allowed: object, default: str = "") -> str:
        value = get(name, "")
        return value if value in allowed else default  # type: ignore[operator]

    due = get("due", "")
    return ClaimFilter(
        scope=one_of("scope", SCOPES, "open"), stage=one_of("stage", STAGE_IDS), branch=get("branch", "")[:8], owner=get("owner", "")[:20],
        due=due if due in DUE or day_in(due) else "", clock=one_of("clock", CLOCKS), closing=one_of("closing", CLOSINGS),
        reached=one_of("reached", MILESTONES), policy=get("policy", "")[:32], q=get("q", "")[:TEXT_CHARACTERS_MAX].strip(),
        in_stage_since=day_in(get("in_stage_since", "")), since=day_in(get("since", "")), unassigned=get("unassigned", "") == "1",
        mine=get("mine", "") == "1",
    )


@require_GET
def claims(request: HttpRequest) -> HttpResponse:
    """Claims of the filter: rows, the number of all, and the filter as a form."""
    actor, at = actor_in(request), timezone.now()
    wanted = filter_in(request)
    start = whole(request.GET.get("from", ""))
    page = claims_of(wanted, actor=actor, at=at, start=start)
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    context: dict[str, Any] = {
        "total": page.total, "says": filter_words(wanted), "rows": [row_shown(row) for row in page.rows], "wanted": wanted, "kept": kept,
        "more_url": f"?{urlencode({**kept, 'from': page.next_start})}" if page.next_start else "",
        "first_url": f"?{urlencode(kept)}" if start else "", "is_filtered": bool(kept), "options": _options(actor),
    }
    return render(request, "workbench/claim/claims.html", context)


def row_shown(row: ListedClaim) -> dict[str, Any]:
    """A row with its addresses."""
    return {
        "claim": row, "url": reverse("claim", args=(row.number,)), "note_url": reverse("claim_note", args=(row.number,)),
        "call_url": reverse("claim_call", args=(row.number,)), "what": row.closing or row.do or row.stage,
    }


def _options(actor: Actor) -> dict[str, list[dict[str, object]]]:
    anything: dict[str, object] = {"value": "", "label": _("any")}
    own = actor.branch_id if not actor.has("auditor", "approver", "finance_maker", "finance_checker", "archivist") else None
    seen = [b for b in branches() if own is None or b.id == own]
    return {
        "scope": [{"value": k, "label": w} for k, w in SCOPES.items()],
        "stage": [anything, *({"value": s.id, "label": s.name} for s in STAGES)],
        "due": [anything, *({"value": k, "label": w} for k, w in DUE.items())],
        "clock": [anything, *({"value": k, "label": w} for k, w in CLOCKS.items())],
        "branch": [anything, *({"value": b.code, "label": Words(b.name_zh, b.name_en)} for b in seen)] if len(seen) > 1 else [],
    }
