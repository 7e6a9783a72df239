"""What every page in front of the counter knows of who asks: the address they come from, and the language they read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from lipei.filing.refusal import Refused
from lipei.public.private import private

LANGUAGES = ("zh-hans", "en")
TOO_OFTEN = 429


def address_of(request: HttpRequest) -> str:
    """The network address the request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))[:64]


def read_in(request: HttpRequest, language: str) -> str:
    """Let this answer be in `language`, whatever the browser's other pages are read in; returns the language."""
    code = language if language in LANGUAGES else LANGUAGES[0]
    translation.activate(code)
    request.LANGUAGE_CODE = code
    return code


def wait_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Too many wrong codes: kindly, and exactly how long."""
    return private(render(request, "public/wait.html", {"refused": refused}, status=TOO_OFTEN))
