"""Turns a `Refused` that no view handled into the refused page, wherever it comes from."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request as plain_bad_request

from lipei.filing.refusal import Refused
from lipei.terms.words import Words
from lipei.workbench.refusing import STATUS, address_of, panel, refused_page

__all__ = ["STATUS", "RefusedMiddleware", "address_of", "bad_request", "panel", "refused_page"]


class RefusedMiddleware:
    """Turns a `Refused` that a view did not handle into the refused page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only `Refused` is ours to render; everything else goes on."""
        return refused_page(request, exception) if isinstance(exception, Refused) else None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form that is too large to be read is told kindly; what was saved before stays saved."""
    if not isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return plain_bad_request(request, exception)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
    return refused_page(request, Refused(
        "bad_input", Words(f"这一次送来的文字超过 {most} MB，没有保存", f"What was sent is above {most} MB of text; it was not saved"),
        why=Words("以前自动保存的还在。", "What was saved before is still there."),
        do=Words("点浏览器的“后退”，写的内容还在；请写要紧的，整篇文字作为材料收下。", "Press Back, your text is still there; keep what matters and take the whole text in as a paper."),
    ))
