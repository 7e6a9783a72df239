"""自己看进度: the customer's own page, reached by the code on the receipt; without login, masked, and not to be guessed at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lipei.filing.refusal import Refused
from lipei.frontdesk.knocking import knock
from lipei.frontdesk.rating import SCORES, rate_visit, rating_visitor
from lipei.frontdesk.status import CODE_CHARACTERS_MAX, StatusSeen, status_of
from lipei.public.asking import address_of, wait_page
from lipei.public.private import private

DOOR = "status"


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for the code; a code in the address leads on."""
    code = request.GET.get("code", "").strip()[:CODE_CHARACTERS_MAX]
    if code and "/" not in code:
        return redirect("status", code)
    return private(render(request, "public/status.html", {"status": None, "asked_code": "", "is_wrong": False}))


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Where the claim stands; a code that is not known says so and how to get help; too many of them, and it waits."""
    try:
        status = status_behind(request, code)
    except Refused as refused:
        return wait_page(request, refused)
    return _page(request, status, code)


def status_behind(request: HttpRequest, code: str) -> StatusSeen | None:
    """What the code leads to; None for a wrong one. `Refused` when too many wrong ones came from this address."""
    return knock(DOOR, address=address_of(request), look=lambda: status_of(code))


def _page(request: HttpRequest, status: StatusSeen | None, code: str, *, refused: Refused | None = None) -> HttpResponse:
    context = {
        "status": status, "asked_code": code[:CODE_CHARACTERS_MAX], "is_wrong": status is None, "scores": SCORES.items(), "refused": refused,
        "typed": request.POST if refused else {}, "is_thanked": request.GET.get("thanks") == "1",
    }
    return private(render(request, "public/status.html", context, status=404 if status is None else 422 if refused else 200))


@require_POST
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """The rating of the visit behind this code, where it was not given yet."""
    try:
        status = status_behind(request, code)
    except Refused as refused:
        return wait_page(request, refused)
    if status is None or not status.rates:
        return redirect("status", code)
    try:
        told = {name: request.POST.get(name, "") for name in ("score", "said", "call_back")}
        rate_visit(status.rates, told=told, door=DOOR, language=str(request.LANGUAGE_CODE), by=rating_visitor(status.rates))
    except Refused as refused:
        return _page(request, status, code, refused=refused)
    return redirect(f"{request.path.removesuffix('rate/')}?thanks=1")
