"""Speech hints at the staff door: asked for while somebody writes; the text is read and kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from lipei.filing.refusal import Refused
from lipei.speech.hints import KINDS
from lipei.speech.rules import kinds_of
from lipei.speech.showing import shelf_of
from lipei.terms.words import Words

NAME_CHARACTERS_MAX = 60


@require_POST
def speech_check(request: HttpRequest) -> HttpResponse:
    """The hints of one text, as the part of a page below it. The text is read, and kept nowhere."""
    kind, field = request.POST.get("kind", ""), request.POST.get("field", "")[:NAME_CHARACTERS_MAX]
    if kind not in KINDS:
        raise Refused("bad_input", Words("没有这种文字。", "There is no such kind of text."))
    text = request.POST.get(request.POST.get("of", ""), "")
    context = {"shelf": shelf_of(text, kind=kinds_of(kind)), "field": field, "seen": True}
    return render(request, "workbench/communication/hints.html", context)
