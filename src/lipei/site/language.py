"""The reader's language: chosen by `?language=` on any page, kept in a cookie; zh-Hans unless chosen otherwise."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

COOKIE = "lipei_language"
YEAR_SECONDS = 365 * 24 * 3600
CODES = tuple(code for code, _ in settings.LANGUAGES)


class LanguageMiddleware:
    """Activates the chosen language for the request; the same address shows the same page in the other one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("language", "")
        kept = request.COOKIES.get(COOKIE, "")
        code = next((c for c in (asked, kept) if c in CODES), settings.LANGUAGE_CODE)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        try:
            response = self.get_response(request)
        finally:
            translation.deactivate()
        response.headers.setdefault("Content-Language", code)
        if asked in CODES and asked != kept:
            response.set_cookie(COOKIE, asked, max_age=YEAR_SECONDS, samesite="Lax", httponly=True, secure=settings.IS_SECURE)
        return response
