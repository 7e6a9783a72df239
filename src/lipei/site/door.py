"""Opens or shuts every page by the one table of doors, and says who acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from lipei.filing.refusal import Refused, not_permitted
from lipei.site.doors import DOORS, LOGGED_IN, PARTNER, PUBLIC
from lipei.site.refusing import refused_page
from lipei.staff.permissions import roles_for
from lipei.staff.queries import actor_of, user_of_account
from lipei.staff.roles import BY_ID
from lipei.terms.words import Words


class DoorMiddleware:
    """Sets `request.actor` and checks the verb of the address before the view is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        request.colleague = None  # type: ignore[attr-defined]
        if not request.path.startswith((settings.STATIC_URL, "/api/")) and request.user.is_authenticated:
            user = user_of_account(int(request.user.pk))
            if user is not None:
                request.actor = actor_of(user)  # type: ignore[attr-defined]
                request.colleague = user  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Shut what the table does not open for this actor."""
        match = request.resolver_match
        name = (match.url_name or "") if match else ""
        if match is not None and match.namespace.startswith("api"):
            name = "api"
        verb = PARTNER if name == "api" else DOORS.get(name)
        if verb is None:
            raise Http404
        actor = request.actor  # type: ignore[attr-defined]
        if verb in (PUBLIC, PARTNER):
            return None
        if actor is None:
            return refused_page(request, _logged_out()) if getattr(request, "htmx", False) else redirect_to_login(request.get_full_path())
        if verb == LOGGED_IN or verb in actor.verbs:
            return None
        return refused_page(request, not_permitted(_what(), who=_who(verb)))


def _logged_out() -> Refused:
    """Told to a page that saves by itself: a login page in its place would look like an answer."""
    return Refused(
        "not_permitted", Words("登录已经过期，没有保存", "You are no longer logged in; nothing was saved"), why=Words("您写的还在这一页。", "What you wrote is still on this page."),
        do=Words("请在新的标签页里登录，再刷新这一页，您写的会自己回来。", "Log in in a new tab, then reload this page; your words come back by themselves."),
    )


def _what() -> Words:
    return Words("您的岗位不能打开这一页。", "Your role does not open this page.")


def _who(verb: str) -> Words:
    roles = [BY_ID[r].name for r in sorted(roles_for(verb)) if r in BY_ID]
    zh, en = "、".join(r.zh for r in roles), ", ".join(r.en for r in roles)
    return Words(f"能打开的岗位：{zh}。", f"Roles that may: {en}.")
