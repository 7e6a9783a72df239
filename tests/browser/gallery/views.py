"""The gallery's views: a designed page drawn from its example, on a fixed day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lipei.templatetags import lipei as library
from lipei.templatetags.lipei import language
from lipei.terms.words import Words
from tests.browser.gallery import board, claim, decision, desk, parts, reception

TODAY = date(2026, 11, 27)
library.today = lambda zone=None: TODAY  # the gallery shows the day of the design

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "login": ("workbench/login.html", desk.LOGIN),
    "my-work": ("workbench/my_work.html", desk.MY_WORK),
    "my-work-empty": ("workbench/my_work.html", desk.NOTHING),
    "claim": ("workbench/claim.html", claim.CLAIM),
    "claim-bare": ("workbench/claim.html", {"claim": claim.CLAIM["claim"]}),
    "calculation": ("workbench/settlement/calculation.html", decision.CALCULATION),
    "decision": ("workbench/settlement/decision.html", decision.DECISION),
    "board": ("workbench/board.html", board.BOARD),
    "refused": ("workbench/refused.html", claim.REFUSED),
    "reception": ("gallery/reception.html", reception.RECEPTION),
}
NAV = (
    ("my-work", Words("我的工作", "My work"), 23),
    ("reception", Words("前台", "Front desk"), None),
    ("claim", Words("案件", "Claims"), None),
    ("board", Words("看板", "Board"), None),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """What the product's context processor supplies."""
    here = request.path.strip("/")
    return {
        "nav": [{"label": label, "url": f"/{to}/", "current": to == here, "count": count} for to, label, count in NAV],
        "language": language(),
        "other_language": "en" if language() == "zh" else "zh",
        "is_demo": True,
        "actor": {"name": Words("沈怀瑾", "Shen Huaijin"), "role": Words("理赔员", "claims handler")},
    }


def drawn(request: HttpRequest, name: str) -> HttpResponse:
    """One designed page."""
    template, context = PAGES[name]
    return render(request, template, context)


def gallery(request: HttpRequest) -> HttpResponse:
    """All components."""
    return render(request, "gallery/components.html", parts.PARTS)
