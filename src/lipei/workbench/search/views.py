"""Search by number, name, policy, phone, identity number, plate or words: what was searched is told with the result.

A personal number never stands in an address: it is posted, and the address of its result holds it sealed.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lipei.claimfile.finding import find, is_personal
from lipei.privacy.cipher import CannotRead, keyring
from lipei.workbench.arriving import actor_in
from lipei.workbench.claim.listing import row_shown

PURPOSE = "search.query"
SEALED_CHARACTERS_MAX = 1_000


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Claims and policies for `q`, or for a personal number sealed in `k`."""
    if request.method == "POST":
        return redirect(address_of(request.POST.get("q", "")))
    typed = request.GET.get("q", "")
    if is_personal(typed):
        return redirect(address_of(typed))
    found = find(typed or opened(request.GET.get("k", "")), actor=actor_in(request), at=timezone.now())
    policies = [
        {"policy": p, "url": f"{reverse('claims')}?{urlencode({'scope': 'all', 'policy': p.number})}"} for p in found.policies
    ]
    return render(request, "workbench/search/search.html", {"found": found, "rows": [row_shown(c) for c in found.claims], "policies": policies})


def address_of(typed: str) -> str:
    """The address of a search: words as they are, a phone or identity number sealed."""
    if not is_personal(typed):
        return f"{reverse('search')}?{urlencode({'q': typed})}"
    sealed = urlsafe_b64encode(keyring().seal(typed, purpose=PURPOSE)).decode()
    return f"{reverse('search')}?{urlencode({'k': sealed})}"


def opened(sealed: str) -> str:
    """What was typed; nothing when the address was altered or was made with a key that is gone."""
    try:
        return keyring().open(urlsafe_b64decode(sealed[:SEALED_CHARACTERS_MAX]), purpose=PURPOSE) if sealed else ""
    except (CannotRead, NotBase64, ValueError):
        return ""
