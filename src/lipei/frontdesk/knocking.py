"""试码: wrong codes at a public door are counted by the address they come from; too many, and the door stays shut for exactly so many minutes.

No fact, so no history and no command: what is older than an hour is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, transaction
from django.utils import timezone

from lipei.filing.refusal import Refused
from lipei.frontdesk.models import Knock
from lipei.privacy.cipher import keyring
from lipei.terms.words import Words

T = TypeVar("T")
KNOCKS_MAX = 10
WITHIN = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def knock(door: str, *, address: str, look: Callable[[], T | None], at: datetime | None = None) -> T | None:
    """What `look` finds behind a code; None counts as one wrong code of this address. One knock of an address at a time.

    `Refused` (too_often) after `KNOCKS_MAX` wrong ones within `WITHIN`: nothing is looked at, whether the code is right or not.
    """
    now = at or timezone.now()
    place = keyring().index(f"knock {address[:64]}")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"knock {door} {place}"])
        _must_not_be_often(door, place=place, now=now)
        found = look()
        if found is None:
            Knock.objects.filter(at__lt=now - FORGOTTEN_AFTER).delete()
            Knock.objects.create(door=door, place=place, at=now)
    return found


def _must_not_be_often(door: str, *, place: str, now: datetime) -> None:
    recent = Knock.objects.filter(door=door, place=place, at__gt=now - WITHIN).order_by("-at")
    counted = list(recent.values_list("at", flat=True)[:KNOCKS_MAX])
    if len(counted) < KNOCKS_MAX:
        return
    minutes = max(1, -(-int((counted[-1] + WITHIN - now).total_seconds()) // 60))
    raise Refused(
        "too_often", Words(f"请 {minutes} 分钟以后再试", f"Please try again in {minutes} minute{'s' if minutes > 1 else ''}"),
        why=Words(f"从这里输错了 {KNOCKS_MAX} 次。停一停，别人就猜不到您的码。", f"{KNOCKS_MAX} codes from here were wrong. A pause keeps others from guessing yours."),
        do=Words("着急就打电话，或请柜台的同事帮忙。", "If it cannot wait, call us or ask a colleague at the counter."),
    )
