"""Pages of the floor: the desk and hall of a branch now, how its counters are reckoned, and the figures of a day with what they count."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lipei.filing.refusal import not_found
from lipei.terms.words import Words
from lipei.workbench.arriving import actor_in, day_in
from lipei.workbench.frontdesk import floor_showing

CODE_CHARACTERS_MAX = 8


def _code(request: HttpRequest) -> str:
    """The branch asked for; empty for one's own."""
    return request.GET.get("branch", "")[:CODE_CHARACTERS_MAX]


@require_GET
def desk_today(request: HttpRequest) -> HttpResponse:
    """大堂: who waits, who is served where, who rests, who wants help, how hard contacts are shared, open points. Reads itself again."""
    return render(request, "workbench/frontdesk/desk_today.html", floor_showing.desk(actor=actor_in(request), code=_code(request)))


@require_GET
def staffing(request: HttpRequest) -> HttpResponse:
    """怎么算的: the counters each hour of today needs, with the arithmetic."""
    return render(request, "workbench/frontdesk/staffing.html", floor_showing.staffing(actor=actor_in(request), code=_code(request)))


@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """The service figures of a day, formulas beside them."""
    return render(request, "workbench/frontdesk/day.html", floor_showing.day(actor=actor_in(request), code=_code(request), on=day_in(request.GET.get("day", ""))))


@require_GET
def figure(request: HttpRequest, figure: str) -> HttpResponse:
    """Exactly the tickets or visits that one figure of a day counts."""
    context = floor_showing.day(actor=actor_in(request), code=_code(request), on=day_in(request.GET.get("day", "")))
    found = context["day"].figure(figure)
    if found is None:
        raise not_found(Words("这一天没有这个数字。", "There is no such figure on this day."))
    return render(request, "workbench/frontdesk/figure.html", context | {"figure": found})
