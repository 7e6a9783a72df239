"""What every page in front of the counter knows of who asks: the address they come from, and the language they read."""

from __future__ import annotations

from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from lipei.filing.refusal import Refused
from lipei.public.private import private

LANGUAGES = ("zh-hans", "en")
TOO_OFTEN = 429
ADDRESS_CHARACTERS_MAX = 64


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: the peer – or, when that is a proxy of our own network, the address this proxy wrote down last."""
    peer = str(request.META.get("REMOTE_ADDR", ""))[:ADDRESS_CHARACTERS_MAX]
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return told[:ADDRESS_CHARACTERS_MAX] if told and _is_ours(peer) else peer


def _is_ours(peer: str) -> bool:
    try:
        return ip_address(peer).is_private
    except ValueError:
        return peer == ""  # a Unix socket has no address


def read_in(request: HttpRequest, language: str) -> str:
    """Let this answer be in `language`, whatever the browser's other pages are read in; returns the language."""
    code = language if language in LANGUAGES else LANGUAGES[0]
    translation.activate(code)
    request.LANGUAGE_CODE = code
    return code


def wait_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Too many wrong codes: kindly, and exactly how long."""
    return private(render(request, "public/wait.html", {"refused": refused}, status=TOO_OFTEN))
