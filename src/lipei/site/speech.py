"""After saving, a browser without script is told the speech hints that one with script saw while writing; what was saved stays as it is."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from lipei.speech.hints import KINDS
from lipei.speech.rules import kinds_of
from lipei.speech.showing import Shown, shelf_of
from lipei.templatetags.lipei import html_language, language
from lipei.terms.words import Language

TEXTS_MAX = 20  # texts of one form that are looked through
TOLD_MAX = 2  # hints told after saving


class SpeechMiddleware:
    """Reads the texts that a form names in `speech_of` once the form was saved (answered by going on to another page)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302 and not request.POST.get("speech_seen"):
            for written, hint in _hints(request)[:TOLD_MAX]:
                messages.info(request, format_html(
                    _("Saved as you wrote it. For next time, “{said}”: {why} Better: “{better}”"), why=hint.why.in_(language()),
                    said=_quoted(hint.words, written) if hint.words else hint.name.in_(language()), better=_quoted(hint.better, written)))
        return response


def _quoted(words: str, written: Language) -> str:
    """Words in the language somebody wrote in, which may not be that of the page."""
    return format_html('<span lang="{}">{}</span>', html_language(written), words)


def _hints(request: HttpRequest) -> list[tuple[Language, Shown]]:
    found: list[tuple[Language, Shown]] = []
    for pair in request.POST.getlist("speech_of")[:TEXTS_MAX]:
        kind, _colon, name = pair.partition(":")
        if kind in KINDS:
            shelf = shelf_of(request.POST.get(name, ""), kind=kinds_of(kind))
            found += [(shelf.language, hint) for hint in shelf.shown]
    return found
