"""A `Refused` as the staff door shows it: a page, or a panel inside a page or fragment. Nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from lipei.filing.refusal import Missing, Refused
from lipei.terms.words import Words

STATUS = {"not_permitted": 403, "not_found": 404, "conflict": 409, "own_work": 403, "too_often": 429}


def address_of(missing: Missing) -> str:
    """The address where a missing thing is mended; empty when there is none."""
    if missing.where is None:
        return f"#id_{missing.field}" if missing.field else ""
    name, args = missing.where
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def panel(refused: Refused) -> dict[str, Any]:
    """The context of the refused panel: title, note, all that is missing with its way there, what is in order."""
    return {
        "title": refused.what,
        "note": _note(refused),
        "missing": [
            {"what": m.what, "why": m.why or m.do, "label": m.do if m.why and m.do else None, "url": address_of(m)}
            for m in refused.missing
        ],
        "have": [{"state": "yes", "text": words} for words in refused.have],
        "code": refused.code,
    }


def _note(refused: Refused) -> Words | None:
    """Why, and what to do, in one line."""
    if refused.why is None or refused.do is None:
        return refused.why or refused.do
    return Words(f"{refused.why.zh}{refused.do.zh}", f"{refused.why.en} {refused.do.en}")


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The refused page (or, for a fragment, the panel alone) with the status that belongs to its code."""
    is_fragment = bool(getattr(request, "htmx", False))
    template = "workbench/refused_panel.html" if is_fragment else "workbench/refused.html"
    shown = panel(refused)
    return render(request, template, {**shown, "refused": shown}, status=STATUS.get(refused.code, 422))
