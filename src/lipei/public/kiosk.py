"""取号机: one question, four answers, a number – without login, name or document; a person is one touch away. Bound to a branch by its address."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lipei.filing.refusal import Refused
from lipei.frontdesk.hall import ask_for_help
from lipei.frontdesk.hall_queries import TicketShown, ticket_by_code, wait_now
from lipei.frontdesk.kiosk import PLACE, Kiosk, kiosk_of
from lipei.frontdesk.queue_rules import APPOINTMENT_CODE_DIGITS, ERRANDS, PRIORITIES
from lipei.frontdesk.tickets import keep_appointment, take_ticket
from lipei.public.private import private
from lipei.public.qr import qr_for_screen

STATUS = {"too_many": 429, "not_found": 404}


def kiosk_at(branch_code: str) -> Kiosk:
    """The kiosk of this address; 404 when there is no such branch."""
    kiosk = kiosk_of(branch_code)
    if kiosk is None:
        raise Http404
    return kiosk


@require_GET
def start(request: HttpRequest, branch: str) -> HttpResponse:
    """The question: what brings you here today."""
    return _start(request, kiosk_at(branch))


def _start(request: HttpRequest, kiosk: Kiosk, *, refused: Refused | None = None) -> HttpResponse:
    context = _frame(kiosk) | {
        "wait": wait_now(kiosk.branch_id, at=timezone.now()), "key": uuid.uuid4(), "refused": refused,
        "errands": [{"value": e, "said": each.said, "note": each.note} for e, each in ERRANDS.items() if each.at_kiosk],
        "priorities": [{"value": p, "word": word} for p, word in PRIORITIES.items()],
    }
    return private(render(request, "public/kiosk.html", context, status=STATUS.get(refused.code, 422) if refused else 200))


def _frame(kiosk: Kiosk) -> dict[str, object]:
    return {"kiosk": kiosk, "at": timezone.now(), "home_url": f"{reverse('kiosk', args=(kiosk.code,))}?language={settings.LANGUAGE_CODE}"}


@require_POST
def take(request: HttpRequest, branch: str) -> HttpResponse:
    """An answer was touched: the number. Touched twice, it is one."""
    kiosk = kiosk_at(branch)
    chosen = [p for p in request.POST.getlist("priority") if p in PRIORITIES]
    try:
        given = take_ticket(purpose=request.POST.get("purpose", "")[:20], priority=chosen[0] if chosen else "", key=_key(request), by=kiosk.actor)
    except Refused as refused:
        return _start(request, kiosk, refused=refused)
    return redirect("kiosk_ticket", kiosk.code, given.code)


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


@require_http_methods(["GET", "HEAD", "POST"])
def appointment(request: HttpRequest, branch: str) -> HttpResponse:
    """Who has an appointment says its code and gets the number for it."""
    kiosk, refused = kiosk_at(branch), None
    code = "".join(c for c in request.POST.get("code", "") if c.isascii() and c.isdigit())[:APPOINTMENT_CODE_DIGITS]
    if request.method == "POST":
        try:
            given = keep_appointment(code, key=_key(request), by=kiosk.actor)
        except Refused as wrong:
            refused = wrong
        else:
            return redirect("kiosk_ticket", kiosk.code, given.code)
    context = _frame(kiosk) | {"key": uuid.uuid4(), "refused": refused, "typed": code, "digits": APPOINTMENT_CODE_DIGITS, "keys": "123456789"}
    return private(render(request, "public/kiosk_appointment.html", context, status=STATUS.get(refused.code, 422) if refused else 200))


@require_POST
def help_wanted(request: HttpRequest, branch: str) -> HttpResponse:
    """A person is called; the page says that somebody comes over."""
    kiosk = kiosk_at(branch)
    ask_for_help(PLACE, by=kiosk.actor)
    return private(render(request, "public/kiosk_help.html", _frame(kiosk)))


@require_GET
def ticket(request: HttpRequest, branch: str, code: str) -> HttpResponse:
    """The number to keep, how many are before it, and where to sit; to be printed, or followed on a phone."""
    kiosk = kiosk_at(branch)
    shown = ticket_by_code(code, at=timezone.now())
    if shown is None or shown.branch_id != kiosk.branch_id:
        return redirect("kiosk", kiosk.code)
    phone = f"{settings.SITE_ADDRESS}{reverse('ticket', args=(code,))}"
    return private(render(request, "public/kiosk_ticket.html", _frame(kiosk) | {"ticket": shown, "qr": qr_for_screen(phone)}))


@require_GET
def own_ticket(request: HttpRequest, code: str) -> HttpResponse:
    """The same number on the visitor's own phone, kept up to date; nothing else of theirs."""
    shown: TicketShown | None = ticket_by_code(code, at=timezone.now())
    return private(render(request, "public/ticket.html", {"ticket": shown, "at": timezone.now()}, status=200 if shown else 404))
