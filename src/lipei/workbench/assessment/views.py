"""The page of the assessment: items asked and allowed, the reason and fact of each cut, the sum, and one next action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lipei.assessment.commands import allow_items, complete_assessment
from lipei.assessment.queries import Items, items_of
from lipei.assessment.rules import reasons_for
from lipei.claimfile.stages import BY_ID
from lipei.documents.queries import papers_of
from lipei.filing.actor import Actor
from lipei.filing.drafts import draft_of, drop_draft, keep_draft
from lipei.filing.refusal import Refused
from lipei.terms.words import Words
from lipei.workbench.assessment.reading import Read, read, shown_rows, sums_of
from lipei.workbench.refusing import STATUS, panel


@require_http_methods(["GET", "POST"])
def assessment(request: HttpRequest, number: str) -> HttpResponse:
    """Read the items, or save what the assessor says of them; `complete` also closes the assessment."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = items_of(number, actor=actor)
    if request.method == "GET":
        return _as_left(request, found, actor=actor)
    action = request.POST.get("action", "save")
    said = read(found, request.POST.dict(), rest_in_full=action == "rest")
    try:
        _save(number, said, actor=actor)
        drop_draft(_place(number), by=actor)
        if action == "complete":
            complete_assessment(number, by=actor)
    except Refused as refused:
        return _page(request, items_of(number, actor=actor), actor=actor, said=said, refused=refused)
    if action == "complete":
        messages.success(request, _("The assessment is complete; the calculation comes next"))
        return redirect("claim", number)
    messages.success(request, _("Saved. Complete the review when every item is done."))
    return redirect("claim_assessment", number)


def _place(number: str) -> str:
    return f"assessment:{number}"


def _as_left(request: HttpRequest, found: Items, *, actor: Actor) -> HttpResponse:
    """The page as the assessor left it: what was typed and not saved is still there."""
    draft = draft_of(_place(found.number), by=actor) if "assessment.allow" in actor.verbs and found.stage == "assessing" else None
    if draft is None:
        return _page(request, found, actor=actor)
    said = read(found, draft.content, rest_in_full=False)
    said.faults = []
    return _page(request, found, actor=actor, said=said, saved_at=draft.saved_at)


def _save(number: str, said: Read, *, actor: Actor) -> None:
    """Save the rows, or refuse with what cannot be read and what the rules say, all at once."""
    if not said.faults and not said.rows:
        return
    try:
        if not said.faults:
            allow_items(number, items=said.rows, by=actor)
            return
        raise Refused("bad_input", _cannot(len(said.faults)), missing=tuple(said.faults))
    except Refused as refused:
        said.faults = list(refused.missing)
        raise


def _cannot(n: int) -> Words:
    return Words(f"还不能保存，有 {n} 处要改", f"Cannot be saved yet: {n} to mend")


@require_POST
def sums(request: HttpRequest, number: str) -> HttpResponse:
    """The sums of the form as typed so far; what was typed is kept as a draft, nothing is said yet."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = items_of(number, actor=actor)
    said = read(found, request.POST.dict(), rest_in_full=False)
    typed = {f"{part}-{item_id}": text for item_id, texts in said.typed.items() for part, text in texts.items()}
    saved_at = keep_draft(_place(number), typed, by=actor)
    return render(request, "workbench/assessment/sums.html", {"sums": sums_of(found, shown_rows(found, said)), "saved_at": saved_at})


def _page(
    request: HttpRequest, found: Items, *, actor: Actor, said: Read | None = None, refused: Refused | None = None, saved_at: datetime | None = None
) -> HttpResponse:
    rows = shown_rows(found, said)
    may = "assessment.allow" in actor.verbs and found.stage == "assessing"
    context: dict[str, Any] = {
        "claim": {"number": found.number, "name": found.name, "matter": found.subject, "url": reverse("claim", args=[found.number])},
        "stage_word": BY_ID["assessing"].shown(found.line), "here": BY_ID[found.stage].shown(found.line), "found": found, "rows": rows,
        "sums": sums_of(found, rows), "may": may, "is_before": _is_before(found.stage), "refused": panel(refused) if refused else None,
        "reasons": [{"value": "", "label": Words("请选理由", "Choose a reason")}, *({"value": k, "label": w} for k, w in reasons_for(found.line).items())],
        "papers": papers_of(found.number, actor=actor) if may else (), "saved_at": saved_at,
    }
    return render(request, "workbench/assessment/items.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


def _is_before(stage: str) -> bool:
    return stage in ("reported", "registered", "verifying", "collecting", "investigating")
