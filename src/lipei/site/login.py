"""Logging in: by staff number and password (second factor and OIDC by the login library), and role cards in demo mode."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from lipei.demo.progress import progress
from lipei.site.badges import badges
from lipei.staff.models import User
from lipei.staff.queries import branches
from lipei.terms.words import Words

STATUS_PAGE = Words("查理赔进度（凭回执上的查询码）", "How far a claim is (by the code on the receipt)")
HALL_PAGES = (("kiosk", Words("取号机", "Take a ticket")), ("display", Words("叫号屏", "The screen in the hall")))
SCREEN_PAGE = Words("客户屏（凭柜台上的配对码）", "The visitor's screen (by the code at the counter)")


class LipeiAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the administrator; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class LipeiSocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The organisation's own login leads to the account of the colleague whose staff number it names; it makes none."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Raises `ImmediateHttpResponse` with the login page when no working colleague has this number."""
        number = told_number(sociallogin.account.extra_data)
        user = User.objects.select_related("account").filter(number=number, is_working=True).first()
        if user is None:
            raise ImmediateHttpResponse(shown(request, unknown=number or "?"))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user.account)
        elif sociallogin.user.pk != user.account_id:
            raise ImmediateHttpResponse(shown(request, unknown=number))


def told_number(data: Any) -> str:
    """The staff number in what the organisation's login tells of a person: the claim named by `LIPEI_OIDC_CLAIM`."""
    told = {**data, **data.get("id_token", {}), **data.get("userinfo", {})}
    return str(told.get(settings.OIDC_CLAIM) or "")[:20]


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/"


@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The login page; a wrong number or password says so without telling which."""
    from allauth.account.forms import LoginForm

    fault = False
    number = request.POST.get("number", "")[:20]
    if request.method == "POST":
        form = LoginForm(
            {"login": number, "password": request.POST.get("password", "")[:200]}, request=request
        )
        if form.is_valid():
            answer = form.login(request, redirect_url=_next(request))
            return answer if answer is not None else redirect(_next(request))
        fault = True
    return shown(request, number=number, fault=fault)


def public_pages() -> list[dict[str, Any]]:
    """The pages without login; in a demonstration also the hall of the first branch."""
    hall = branches()[:1] if settings.IS_DEMO else ()
    return [
        {"url": reverse("status"), "label": STATUS_PAGE},
        *({"url": reverse(name, args=[branch.code]), "label": label} for branch in hall for name, label in HALL_PAGES),
        {"url": reverse("screen"), "label": SCREEN_PAGE},
    ]


def shown(request: HttpRequest, *, number: str = "", fault: bool = False, unknown: str = "") -> HttpResponse:
    """The login page; `unknown` is the name of somebody whom the organisation knows and this house does not."""
    fault = fault or bool(unknown)
    context: dict[str, Any] = {
        "fault": fault,
        "unknown": unknown,
        "number": number,
        "next": _next(request),
        "sso_url": reverse("openid_connect_login", args=[settings.OIDC_PROVIDER]) if settings.SOCIALACCOUNT_PROVIDERS else "",
        "groups": badges() if settings.IS_DEMO else [],
        "progress": progress() if settings.IS_DEMO else None,
        "public": public_pages(),
    }
    return render(request, "workbench/login.html", context, status=422 if fault else 200)


@require_POST
def login_as(request: HttpRequest, number: str) -> HttpResponse:
    """One click per role, in demo mode only."""
    if not settings.IS_DEMO:
        raise Http404
    user = User.objects.select_related("account").filter(number=number, is_working=True).first()
    if user is None:
        raise Http404
    start_session(request, user.account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(_next(request))


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    end_session(request)
    return redirect("login")
