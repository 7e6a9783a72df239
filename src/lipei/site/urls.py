"""All addresses: the frame's own, the login library's, and each door's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.decorators.http import require_GET

from lipei.site.login import login, login_as, logout


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether the program answers and the database with it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page of a colleague: the board for those who lead, the reference data for the administrator, else my work."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.has("administrator"):
        return redirect("reference")
    return redirect("board" if actor.has("supervisor") else "my_work")


handler400 = "lipei.site.refusing.bad_request"

urlpatterns = [
    path("", home, name="home"),
    path("health", health, name="health"),
    path("login", login, name="login"),
    path("login/as/<str:number>", login_as, name="login_as"),
    path("logout", logout, name="logout"),
    path("accounts/", include("allauth.urls")),
    path("", include("lipei.public.urls")),
    path("", include("lipei.workbench.frontdesk.urls")),
    path("", include("lipei.workbench.complaints.urls")),
    path("", include("lipei.workbench.coverage.urls")),
    path("", include("lipei.workbench.settlement.urls")),
    path("", include("lipei.workbench.documents.urls")),
    path("", include("lipei.workbench.assessment.urls")),
    path("", include("lipei.workbench.payments.urls")),
    path("", include("lipei.workbench.communication.urls")),
    path("", include("lipei.workbench.archive.urls")),
    path("", include("lipei.workbench.work.urls")),
    path("", include("lipei.workbench.claim.urls")),
    path("", include("lipei.workbench.search.urls")),
    path("", include("lipei.workbench.board.urls")),
    path("", include("lipei.workbench.reference.urls")),
    path("", include("lipei.api.urls")),
]
