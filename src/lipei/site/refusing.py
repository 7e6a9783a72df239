"""Turns a `Refused` that no view handled into the refused page, wherever it comes from."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lipei.filing.refusal import Refused
from lipei.workbench.refusing import STATUS, address_of, panel, refused_page

__all__ = ["STATUS", "RefusedMiddleware", "address_of", "panel", "refused_page"]


class RefusedMiddleware:
    """Turns a `Refused` that a view did not handle into the refused page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only `Refused` is ours to render; everything else goes on."""
        return refused_page(request, exception) if isinstance(exception, Refused) else None
