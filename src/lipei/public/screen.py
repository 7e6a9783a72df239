"""客户屏: the page the visitor looks at while the clerk writes; paired by a code, in the visitor's own language, with nothing of anybody else's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.frontdesk.confirming import answer_on_screen, consent_on_screen
from lipei.frontdesk.rating import SCORES, is_rated, rate_visit
from lipei.frontdesk.screens import pair_screen, screen_of, visit_of_screen
from lipei.frontdesk.visitor_answers import marked_parts
from lipei.frontdesk.visitor_rules import PAD_HEIGHT, PAD_WIDTH
from lipei.frontdesk.visitor_screen import Shown, shown_to_visitor
from lipei.public.asking import LANGUAGES, address_of, read_in, wait_page
from lipei.public.private import private
from lipei.terms.words import Words

KEY, LANGUAGE = "lipei_screen", "lipei_screen_language"
DAY_SECONDS = 24 * 3600
NO_CONTENT = 204
PARTS_MAX = 20
WRONG = Words("没有这个码，或者它过了五分钟。请再看一眼柜台上的码。", "There is no such code, or its five minutes are over. Look at the code at the counter once more.")


def _language(request: HttpRequest) -> str:
    return read_in(request, request.COOKIES.get(LANGUAGE, ""))


def _screen(request: HttpRequest) -> tuple[Actor, Shown] | None:
    """Who this device is and what it shows; None when it is not paired, or no more."""
    device = screen_of(request.COOKIES.get(KEY, ""))
    shown = shown_to_visitor(visit_of_screen(device), actor=device) if device else None
    return (device, shown) if device is not None and shown is not None else None


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest) -> HttpResponse:
    """The screen of the one visit this device is paired with; unpaired, it asks for the code."""
    language = _language(request)
    if request.method == "POST":
        return _pair(request, language)
    paired = _screen(request)
    if paired is None:
        return _answer(render(request, "public/screen_code.html", {"wrong": None}), language)
    return _answer(render(request, "public/screen.html", _context(request, paired[1])), language)


def _pair(request: HttpRequest, language: str) -> HttpResponse:
    try:
        key = pair_screen(request.POST.get("code", "")[:40], address=address_of(request))
    except Refused as refused:
        return _answer(wait_page(request, refused), language)
    if key is None:
        return _answer(render(request, "public/screen_code.html", {"wrong": WRONG}, status=404), language)
    answer = redirect("screen")
    answer.set_cookie(KEY, key, max_age=DAY_SECONDS, httponly=True, samesite="Strict", secure=settings.IS_SECURE, path=reverse("screen"))
    return _answer(answer, language)


def _answer(response: HttpResponse, language: str) -> HttpResponse:
    response["Content-Language"] = language
    return private(response)


def _context(request: HttpRequest, shown: Shown, *, refused: Refused | None = None) -> dict[str, Any]:
    number = shown.visit.number
    may_rate = shown.is_over or shown.visit.station == "farewell"
    is_thanked = may_rate and is_rated(number)
    return {
        "shown": shown, "version": f"{shown.version}{'r' if is_thanked else ''}", "scores": SCORES.items(), "may_rate": may_rate and not is_thanked,
        "is_thanked": is_thanked, "refused": refused, "errors": {m.field: m for m in refused.missing if m.field} if refused else {},
        "typed": request.POST if refused else {}, "pad": (PAD_WIDTH, PAD_HEIGHT), "unclear": _unclear(request, shown, refused), "consented": {p.removeprefix("consent_"): a for p, a in shown.answers.items() if p.startswith("consent_")},
    }


def _unclear(request: HttpRequest, shown: Shown, refused: Refused | None) -> list[str]:
    """What the visitor has marked as not clear: as just sent, else as it stands."""
    if refused is not None:
        return request.POST.getlist("unclear")[:PARTS_MAX]
    return [part for part, is_still in marked_parts(shown.answers).items() if is_still]


@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """Asked every two seconds: nothing when the page is as it should be, else the page as it is now."""
    language = _language(request)
    paired = _screen(request)
    if paired is None:
        return _answer(HttpResponse(status=NO_CONTENT, headers={"HX-Redirect": reverse("screen")}), language)
    context = _context(request, paired[1])
    if request.GET.get("seen") == context["version"]:
        return _answer(HttpResponse(status=NO_CONTENT), language)
    return _answer(render(request, "public/screen_now.html", context), language)


def _said(request: HttpRequest, do: Any) -> HttpResponse:
    """Do what the visitor pressed; what is refused is told on the same page, with what they drew or wrote."""
    language = _language(request)
    paired = _screen(request)
    if paired is None:
        return _answer(redirect("screen"), language)
    device, shown = paired
    try:
        do(device, shown.visit.number, language)
    except Refused as refused:
        again = shown_to_visitor(shown.visit.number, actor=device)
        context = _context(request, again or shown, refused=refused)
        return _answer(render(request, "public/screen.html", context, status=422), language)
    return _answer(redirect("screen"), language)


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Right or not right; an application is signed, and of an explanation single parts are marked as not clear."""
    told = request.POST

    def do(device: Actor, number: str, language: str) -> None:
        answer_on_screen(number, answer=told.get("answer", "")[:12], digest=told.get("digest", "")[:64], language=language,
                         strokes=told.get("strokes", ""), signed_name=told.get("signed_name", ""), unclear=told.getlist("unclear")[:PARTS_MAX], by=device)
    return _said(request, do)


@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Each consent given or refused."""
    told = {name: value[:12] for name, value in request.POST.items() if isinstance(value, str) and name.startswith("consent_")}

    def do(device: Actor, number: str, language: str) -> None:
        consent_on_screen(number, told=told, language=language, strokes=request.POST.get("strokes", ""), signed_name=request.POST.get("signed_name", ""), by=device)
    return _said(request, do)


@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """The rating, once."""
    told = {name: request.POST.get(name, "") for name in ("score", "said", "call_back")}

    def do(device: Actor, number: str, language: str) -> None:
        rate_visit(number, told=told, door="screen", language=language, by=device)
    return _said(request, do)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The visitor's language, on this screen only: the clerk's page stays as it is."""
    asked = request.POST.get("language", "")
    response = redirect("screen")
    if asked in LANGUAGES:
        response.set_cookie(LANGUAGE, asked, max_age=DAY_SECONDS, httponly=True, samesite="Lax", secure=settings.IS_SECURE, path=reverse("screen"))
    return private(response)
