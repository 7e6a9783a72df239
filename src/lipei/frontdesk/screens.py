"""客户屏: the page the visitor looks at is tied to one visit by a short code, without login; with the visit it ends."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.frontdesk.holding import locked_visit, must_be_open, must_hold
from lipei.frontdesk.knocking import knock
from lipei.frontdesk.models import Screen, Visit
from lipei.frontdesk.visitor_events import ScreenEnded, ScreenOpened, ScreenPaired

CODE_DIGITS = 8
CODE_LIVES = timedelta(minutes=5)
RATING_LIVES = timedelta(minutes=10)
"""How long a screen stays after the farewell, showing nothing but thanks and the rating."""
KEY_BYTES = 32
VISITOR_VERBS = frozenset({"visitor.answer", "visitor.consent", "visitor.rate"})
DOOR = "screen"


@command("visit.go_on")
def open_screen(visit: str, *, by: Actor, why: str = "", at: datetime = NOW) -> str:
    """A fresh code for the visitor's screen, good for five minutes and one device; an earlier screen ends."""
    here = locked_visit(visit, by=by)
    must_be_open(here)
    must_hold(here, by=by)
    _end(here, at=at)
    Screen.objects.filter(paired_at=None, ended_at=None, valid_until__lt=at).update(ended_at=at)
    code = _free_code()
    entry = record(ScreenOpened(visit=visit), file_id=here.file_id)
    Screen.objects.create(visit=here, code=code, valid_until=at + CODE_LIVES, entry_id=entry)
    return code


def _free_code() -> str:
    taken = frozenset(Screen.objects.filter(paired_at=None, ended_at=None).values_list("code", flat=True))
    while (code := f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}") in taken:
        pass
    return code


@command("visit.go_on")
def end_screen(visit: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """Disconnect the visitor's screen; it shows nothing from this moment on."""
    here = locked_visit(visit, by=by)
    must_hold(here, by=by)
    _end(here, at=at)


def _end(visit: Visit, *, at: datetime) -> None:
    if Screen.objects.filter(visit=visit, ended_at=None).update(ended_at=at):
        record(ScreenEnded(visit=visit.number), file_id=visit.file_id)


@command("visitor.pair")
def _pair(screen_id: int, *, key_sha256: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    screen = Screen.objects.select_for_update(of=("self",)).select_related("visit").get(id=screen_id)
    screen.key_sha256, screen.paired_at = key_sha256, at
    screen.save(update_fields=["key_sha256", "paired_at"])
    record(ScreenPaired(visit=screen.visit.number), file_id=screen.visit.file_id)


def pair_screen(code: str, *, address: str) -> str | None:
    """The key for the device that typed a code; None for a wrong, used or old one. `Refused` when too many wrong ones came from there."""
    written = "".join(c for c in code if c.isascii() and c.isdigit())[: CODE_DIGITS + 1]
    return knock(DOOR, address=address, look=lambda: _key_for(written))


def _key_for(code: str) -> str | None:
    screen = Screen.objects.select_for_update(of=("self",)).select_related("visit").filter(
        code=code, paired_at=None, ended_at=None, valid_until__gt=timezone.now(), visit__closed_at=None,
    ).first()
    if screen is None:
        return None
    key = secrets.token_urlsafe(KEY_BYTES)
    _pair(screen.pk, key_sha256=_digest(key), by=_device(screen, verbs=frozenset({"visitor.pair"})))
    return key


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def screen_of(key: str) -> Actor | None:
    """The device that holds this key, as the actor it is in its one visit; None when the screen has ended.

    After the farewell it may still rate for `RATING_LIVES`, and nothing else.
    """
    screen = Screen.objects.select_related("visit").filter(key_sha256=_digest(key), ended_at=None).first() if key else None
    if screen is None or screen.paired_at is None:
        return None
    closed = screen.visit.closed_at
    if closed is None:
        return _device(screen, verbs=VISITOR_VERBS)
    return _device(screen, verbs=frozenset({"visitor.rate"})) if timezone.now() < closed + RATING_LIVES else None


def _device(screen: Screen, *, verbs: frozenset[str]) -> Actor:
    return Actor("device", f"screen:{screen.pk}", "客户屏", verbs=verbs, branch_id=screen.visit.branch_id)


def visit_of_screen(device: Actor) -> str:
    """The number of the one visit this device shows."""
    return Screen.objects.select_related("visit").get(id=int(device.ref.removeprefix("screen:"))).visit.number


@dataclass(frozen=True, slots=True)
class ScreenSeen:
    """The visitor's screen as the clerk's page shows it: a code still to be typed (empty once used or old), or a connected device."""

    code: str
    valid_until: datetime
    is_paired: bool

    @property
    def code_shown(self) -> str:
        """`4829 1537`."""
        return f"{self.code[:4]} {self.code[4:]}" if self.code else ""


def screen_of_visit() -> Subquery:
    """The present screen of a visit, read in the statement that reads the visit."""
    rows = Screen.objects.filter(visit=OuterRef("pk"), ended_at=None)
    return Subquery(rows.values(told=JSONObject(code="code", valid_until="valid_until", is_paired=Q(paired_at__isnull=False)))[:1])


def screen_seen(told: Mapping[str, Any] | None) -> ScreenSeen | None:
    """The screen from `screen_of_visit`; None when there is none."""
    if told is None:
        return None
    valid_until = datetime.fromisoformat(told["valid_until"])
    is_good = not told["is_paired"] and valid_until > timezone.now()
    return ScreenSeen(told["code"] if is_good else "", valid_until, told["is_paired"])
