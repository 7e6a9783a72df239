"""Pages of the papers of a house: shelves and alarms, batches to the archive and other branches, inventories by scanning."""

from __future__ import annotations

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from lipei.documents.batches import accept_batch, send_batch, take_back_batch
from lipei.documents.custody_queries import batch_of, ends_for, house_of, inventory_of
from lipei.documents.inventories import move_here, seek_missing, take_inventory
from lipei.documents.inventory_rules import scanned
from lipei.documents.kinds import FORMS
from lipei.documents.periods import PERIODS
from lipei.filing.refusal import Refused
from lipei.workbench.documents.views import actor_of_request, refused_status, typed
from lipei.workbench.refusing import panel

BATCH_STATES = {"offered": "soon", "accepted": "done", "taken_back": "wait"}
FINDING_KINDS = {"right": "done", "elsewhere": "soon", "missing": "late", "unknown": "wait"}


@require_GET
def house(request: HttpRequest) -> HttpResponse:
    """What lies where in one's own branch, what is sought or out, what comes and goes."""
    actor = actor_of_request(request)
    context: dict[str, Any] = {
        "house": house_of(actor=actor), "periods": PERIODS, "batch_kinds": BATCH_STATES,
        "may": {verb: f"documents.{verb}" in actor.verbs for verb in ("count", "hand_on", "accept")},
    }
    return render(request, "workbench/documents/house.html", context)


# ---------- batches ----------


@require_http_methods(["GET", "POST"])
def new_batch(request: HttpRequest) -> HttpResponse:
    """Papers to hand on, scanned one a line, and where they go."""
    actor, refusal = actor_of_request(request), None
    given = typed(request, "numbers", "to", "note")
    if request.method == "POST":
        try:
            number = send_batch(scanned(given["numbers"]), to=given["to"], note=given["note"], by=actor)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Batch %(number)s is on its way; the receiver accepts it") % {"number": number})
            return redirect("batch", number)
    ends = [{"value": "", "label": _("Choose one")}, *({"value": value, "label": name} for value, name in ends_for(actor=actor))]
    context = {"ends": ends, "given": given, "refused": panel(refusal) if refusal else None, "errors": _errors(refusal)}
    return render(request, "workbench/documents/batch_new.html", context, status=refused_status(refusal) if refusal else 200)


def _errors(refusal: Refused | None) -> dict[str, Any]:
    return {fault.field: fault.what for fault in refusal.missing if fault.field} if refusal else {}


@require_GET
def batch(request: HttpRequest, number: str) -> HttpResponse:
    """One batch: its papers, and for the receiver the acceptance."""
    return _batch(request, number)


def _batch(request: HttpRequest, number: str, *, refused: Refused | None = None, given: dict[str, str] | None = None) -> HttpResponse:
    seen, lines = batch_of(number, actor=actor_of_request(request))
    arrived = frozenset(scanned((given or {}).get("scanned", ""))) | frozenset(request.POST.getlist("arrived"))
    rows = [{"line": line, "form": FORMS[line.form], "is_on": line.custody_number in arrived} for line in lines]
    context = {"batch": seen, "rows": rows, "kind": BATCH_STATES[seen.state], "given": given or {}, "refused": panel(refused) if refused else None, "errors": _errors(refused)}
    return render(request, "workbench/documents/batch.html", context, status=refused_status(refused) if refused else 200)


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """The receiver says what arrived – ticked or scanned – and where it is put; the rest is sought at once."""
    if request.method == "GET":
        return redirect("batch", number)
    given = typed(request, "scanned", "place")
    arrived = tuple(dict.fromkeys((*request.POST.getlist("arrived"), *scanned(given["scanned"]))))
    try:
        lacking = accept_batch(number, arrived=arrived, place=given["place"], by=actor_of_request(request))
    except Refused as refused:
        return _batch(request, number, refused=refused, given=given)
    if lacking:
        told = ngettext("Accepted; %(n)s paper was not in it and is being sought", "Accepted; %(n)s papers were not in it and are being sought", len(lacking))
        messages.warning(request, told % {"n": len(lacking)})
    else:
        messages.success(request, _("Accepted, every paper is there"))
    return redirect("batch", number)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """The sender takes a batch back that nobody accepted yet."""
    if request.method == "GET":
        return redirect("batch", number)
    try:
        take_back_batch(number, by=actor_of_request(request))
    except Refused as refused:
        return _batch(request, number, refused=refused)
    messages.success(request, _("Taken back; every paper is where it was"))
    return redirect("batch", number)


# ---------- inventories ----------


@require_http_methods(["GET", "POST"])
def new_inventory(request: HttpRequest) -> HttpResponse:
    """A shelf and what was scanned on it; then the comparison."""
    refusal = None
    given = typed(request, "place", "numbers")
    if request.method == "GET":
        given["place"] = request.GET.get("place", "").replace("\x00", "")[:60]
    else:
        try:
            return redirect("inventory", take_inventory(given["place"], numbers=given["numbers"], by=actor_of_request(request)))
        except Refused as refused:
            refusal = refused
    context = {"given": given, "refused": panel(refusal) if refusal else None, "errors": _errors(refusal)}
    return render(request, "workbench/documents/inventory_new.html", context, status=refused_status(refusal) if refusal else 200)


@require_GET
def inventory(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """What was found on a shelf, each difference with the one press that mends it."""
    return _inventory(request, uuid)


def _inventory(request: HttpRequest, uuid: uuids.UUID, *, refused: Refused | None = None) -> HttpResponse:
    actor = actor_of_request(request)
    seen = inventory_of(uuid, actor=actor)
    rows = [{"line": line, "kind": FINDING_KINDS[line.finding], "is_first": n == 0 or seen.lines[n - 1].finding != line.finding} for n, line in enumerate(seen.lines)]
    context = {
        "seen": seen, "rows": rows, "may_mend": seen.is_own and "documents.count" in actor.verbs, "refused": panel(refused) if refused else None,
    }
    return render(request, "workbench/documents/inventory.html", context, status=refused_status(refused) if refused else 200)


@require_http_methods(["GET", "POST"])
def mend(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """One press: moved here, or sought."""
    if request.method == "GET":
        return redirect("inventory", uuid)
    given, by = typed(request, "number", "how"), actor_of_request(request)
    try:
        if given["how"] == "move_here":
            move_here(uuid, number=given["number"], by=by)
        else:
            seek_missing(uuid, number=given["number"], by=by)
    except Refused as refused:
        return _inventory(request, uuid, refused=refused)
    told = _("%(number)s now lies here") if given["how"] == "move_here" else _("%(number)s is being sought; the supervisor has the task")
    messages.success(request, told % {"number": given["number"]})
    return redirect("inventory", uuid)
