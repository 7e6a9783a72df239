"""Search by number, name, policy, phone, identity number, plate or words: what was searched is told with the result."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from lipei.claimfile.finding import find
from lipei.workbench.arriving import actor_in
from lipei.workbench.claim.listing import row_shown


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Claims and policies for `q`."""
    found = find(request.GET.get("q", ""), actor=actor_in(request), at=timezone.now())
    policies = [
        {"policy": p, "url": f"{reverse('claims')}?{urlencode({'scope': 'all', 'policy': p.number})}"} for p in found.policies
    ]
    return render(request, "workbench/search/search.html", {"found": found, "rows": [row_shown(c) for c in found.claims], "policies": policies})
