"""What every page knows: navigation by role, language, demo mode, who acts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lipei.site.doors import DOORS
from lipei.staff.roles import BY_ID

NAVIGATION = (
    ("my_work", "work"),
    ("visits", "visits"),
    ("claims", "claims"),
    ("papers", "papers"),
    ("complaints", "complaints"),
    ("payments", "payments"),
    ("archive", "archive"),
    ("coaching", "coaching"),
    ("board", "board"),
    ("reference", "reference"),
)
IN_THE_BAR_MAX = 7
SELDOM = frozenset({"papers", "archive", "coaching", "reference"})
"""Places that fold into “More” for who has more than fit the bar."""


def _label(name: str) -> str:
    return {
        "my_work": _("My work"), "visits": _("Front desk"), "claims": _("Claims"), "papers": _("Papers"), "payments": _("Payments"),
        "archive": _("Archive"), "complaints": _("Complaints"), "coaching": _("Coaching"),
        "board": _("Board"), "reference": _("Reference data"),
    }[name]


def page(request: HttpRequest) -> dict[str, Any]:
    """The common context of staff and public pages."""
    language = "zh-hans" if request.LANGUAGE_CODE.startswith("zh") else "en"
    actor = getattr(request, "actor", None)
    colleague = getattr(request, "colleague", None)
    context: dict[str, Any] = {
        "language": language,
        "other_language": "en" if language == "zh-hans" else "zh-hans",
        "is_demo": settings.IS_DEMO,
        "insurer": settings.INSURER_ZH if language == "zh-hans" else settings.INSURER_EN,
        "insurer_phone": settings.INSURER_PHONE,
        "actor": None,
        "nav": [],
        "nav_more": [],
    }
    if actor is not None and colleague is not None:
        here = request.resolver_match.url_name if request.resolver_match else ""
        path = request.path
        context["actor"] = {
            "name": colleague.name if language == "zh-hans" else colleague.name_en,
            "role": BY_ID[colleague.roles[0]].name if colleague.roles else "",
            "number": colleague.number,
        }
        places = {
            name: {"label": _label(name), "url": reverse(name), "current": here == name or path.startswith(f"/{prefix}/")}
            for name, prefix in NAVIGATION if DOORS.get(name) in actor.verbs
        }
        folded = SELDOM if len(places) > IN_THE_BAR_MAX else frozenset[str]()
        context["nav"] = [place for name, place in places.items() if name not in folded]
        context["nav_more"] = [place for name, place in places.items() if name in folded]
    return context
