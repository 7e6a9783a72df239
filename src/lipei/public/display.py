"""叫号屏: the screen in a hall – the number called and its counter, who is being served, the next five. No names, nothing of why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lipei.filing.hearing import stream_of
from lipei.frontdesk.hall import topic_of
from lipei.frontdesk.hall_queries import display_of
from lipei.public.kiosk import kiosk_at
from lipei.public.private import private


@require_GET
def show(request: HttpRequest, branch: str) -> HttpResponse:
    """The screen of a branch."""
    here = kiosk_at(branch)
    return private(render(request, "public/display.html", {"kiosk": here, "hall": display_of(here.branch_id, at=timezone.now())}))


@require_GET
def stream(request: HttpRequest, branch: str) -> HttpResponseBase:
    """Says “read again” to kiosk, screen, phones and counters whenever this hall changes; it carries nothing else."""
    return stream_of(topic_of(kiosk_at(branch).branch_id))
