"""Renders a `Refused` wherever it comes from: as a page, or as a panel for a fragment. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from lipei.filing.refusal import Missing, Refused

STATUS = {"not_permitted": 403, "not_found": 404, "conflict": 409, "own_work": 403}


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
        "note": refused.why,
        "do": refused.do,
        "missing": [
            {"what": m.what, "why": m.why or m.do, "label": m.do if m.why and m.do else None, "url": address_of(m)}
            for m in refused.missing
        ],
        "have": [{"state": "yes", "text": words} for words in refused.have],
        "code": refused.code,
    }


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The refused page (or, for a fragment, the panel alone) with the status that belongs to its code."""
    is_fragment = bool(getattr(request, "htmx", False))
    template = "workbench/refused_panel.html" if is_fragment else "workbench/refused.html"
    return render(request, template, {"refused": panel(refused)}, status=STATUS.get(refused.code, 422))


class RefusedMiddleware:
    """Turns a `Refused` that a view did not handle into the refused page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only `Refused` is ours to render; everything else goes on."""
        return refused_page(request, exception) if isinstance(exception, Refused) else None
