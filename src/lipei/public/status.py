"""自己看进度: the customer's own page, reached by the code on the receipt; without login, masked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lipei.frontdesk.status import CODE_CHARACTERS_MAX, status_of
from lipei.public.guessing import GUESSES, address_of
from lipei.public.private import private


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for the code; a code in the address leads on."""
    code = request.GET.get("code", "").strip()[:CODE_CHARACTERS_MAX]
    if code and "/" not in code:
        return redirect("status", code)
    return private(render(request, "public/status.html", {"status": None, "code": "", "is_wrong": False}))


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Where the claim stands; a code that is not known says so and how to get help. Who guesses too often waits."""
    address = address_of(request)
    if not GUESSES.may_try(address):
        return private(render(request, "public/status.html", {"status": None, "code": "", "is_too_often": True}, status=429))
    status = status_of(code)
    if status is None:
        GUESSES.was_wrong(address)
    context = {"status": status, "code": code[:CODE_CHARACTERS_MAX], "is_wrong": status is None}
    return private(render(request, "public/status.html", context, status=200 if status else 404))
