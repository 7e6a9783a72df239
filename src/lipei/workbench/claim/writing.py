"""Small pages of a claim for what is written down: notes, calls, promises, tasks done; what is typed is kept as a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lipei.claimfile.commands import close_task, promise, write_note
from lipei.claimfile.overview import head_of, tasks_of
from lipei.communication.commands import log_contact
from lipei.communication.wording_of_kinds import CHANNELS, DIRECTIONS
from lipei.filing.drafts import draft_of, drop_draft, keep_draft
from lipei.filing.refusal import Missing, Refused, not_found
from lipei.terms.words import Words
from lipei.workbench.arriving import actor_in, day_in, typed
from lipei.workbench.refusing import STATUS, panel

FIELDS: dict[str, tuple[str, ...]] = {
    "note": ("text",),
    "call": ("channel", "direction", "with_name", "minutes", "text"),
    "promise": ("what", "due", "hour"),
}
FIRST: dict[str, dict[str, str]] = {"note": {}, "call": {"channel": "phone", "direction": "out"}, "promise": {"hour": "17:00"}}


def draft_place(number: str, kind: str) -> str:
    """Where the draft of a small page lies."""
    return f"claim:{number}:{kind}"


def _page(request: HttpRequest, number: str, kind: str, *, refused: Refused | None = None, values: dict[str, str] | None = None) -> HttpResponse:
    actor = actor_in(request)
    head = head_of(number, actor=actor)
    kept = draft_of(draft_place(number, kind), by=actor) if values is None else None
    context: dict[str, Any] = {
        "claim": head, "values": values or {**FIRST[kind], **(kept.content if kept else {})}, "saved_at": kept.saved_at if kept else None,
        "draft_url": reverse("claim_draft", args=(number, kind)), "refused": panel(refused) if refused else None, "faults": faults_of(refused),
        "channels": [{"value": k, "label": w} for k, w in CHANNELS.items()],
        "directions": [{"value": k, "label": w} for k, w in DIRECTIONS.items()],
        "names": [{"value": name, "label": name} for name in head.visitors],
    }
    return render(request, f"workbench/claim/{kind}.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


def faults_of(refused: Refused | None) -> dict[str, Words]:
    """What is wrong by form field, to be told beside it."""
    return {m.field: m.what for m in refused.missing if m.field} if refused else {}


def _write(request: HttpRequest, number: str, kind: str, write: Callable[[dict[str, str]], object], *, told: str) -> HttpResponse:
    """Show the page, or write down what was typed: told on the claim's page, or the page again with everything kept."""
    if request.method == "GET":
        return _page(request, number, kind)
    values, actor = typed(request, *FIELDS[kind]), actor_in(request)
    try:
        write(values)
    except Refused as refused:
        return _page(request, number, kind, refused=refused, values=values)
    drop_draft(draft_place(number, kind), by=actor)
    messages.success(request, told)
    return redirect("claim", number)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, number: str) -> HttpResponse:
    """写记录."""
    actor = actor_in(request)
    return _write(request, number, "note", lambda v: write_note(number, text=v["text"], by=actor), told=_("The note is in the file."))


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, number: str) -> HttpResponse:
    """打电话: what was said, with whom, how long."""

    def write(v: dict[str, str]) -> None:
        log_contact(
            number, channel=v["channel"], direction=v["direction"], with_name=v["with_name"], text=v["text"], minutes=minutes_in(v["minutes"]),
            by=actor_in(request),
        )

    return _write(request, number, "call", write, told=_("The contact is in the file."))


def minutes_in(text: str) -> int | None:
    """Minutes as typed; None when the field is empty. `Refused` for what is no whole number."""
    cleaned = text.strip()
    if not cleaned:
        return None
    if cleaned.isascii() and cleaned.isdecimal() and len(cleaned) < 6:
        return int(cleaned)
    raise Refused(
        "bad_input", Words("还不能记下这次往来", "This contact cannot be saved yet"),
        missing=(Missing(Words(f"“{cleaned[:20]}”不是分钟数", f"“{cleaned[:20]}” is not a number of minutes"),
                         do=Words("请写整数，例如 4；不清楚就空着。", "Write a whole number such as 4, or leave it empty."), field="minutes"),),
    )


@require_http_methods(["GET", "POST"])
def promised(request: HttpRequest, number: str) -> HttpResponse:
    """答应客户: what, by when."""

    def write(v: dict[str, str]) -> None:
        promise(number, what=v["what"], due_at=moment_in(v["due"], v["hour"]), by=actor_in(request))

    return _write(request, number, "promise", write, told=_("The promise stands on your work list."))


def moment_in(day: str, hour: str) -> dt.datetime:
    """The moment of a day and an hour as typed. `Refused` naming each that is none."""
    faults: list[Missing] = []
    date = day_in(day)
    if date is None:
        told = Words(f"没有“{day.strip()[:20]}”这一天", f"There is no day “{day.strip()[:20]}”") if day.strip() else Words("还没有写日期", "The day is missing")
        faults.append(Missing(told, do=Words("请写成 2026-11-27。", "Write it as 2026-11-27."), field="due"))
    try:
        time = dt.time.fromisoformat(hour.strip() or "17:00")
    except ValueError:
        time = dt.time(17)
        faults.append(Missing(Words(f"没有“{hour.strip()[:20]}”这个时间", f"There is no time “{hour.strip()[:20]}”"),
                              do=Words("请写成 17:00。", "Write it as 17:00."), field="hour"))
    if faults or date is None:
        raise Refused("bad_input", Words("还不能记下这个答应", "This promise cannot be written down yet"), missing=tuple(faults))
    return timezone.make_aware(dt.datetime.combine(date, time.replace(tzinfo=None)))


@require_POST
def draft(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Keep what is being typed; told where it happened."""
    if kind not in FIELDS:
        raise not_found(Words("没有这张表。", "There is no such form."))
    actor = actor_in(request)
    head_of(number, actor=actor)
    saved_at = keep_draft(draft_place(number, kind), typed(request, *FIELDS[kind]), by=actor)
    return render(request, "workbench/claim/saved.html", {"saved_at": saved_at})


@require_GET
def tasks(request: HttpRequest, number: str) -> HttpResponse:
    """What is still open in a claim, each with its own answer."""
    return _tasks_page(request, number)


def _tasks_page(request: HttpRequest, number: str, *, refused: Refused | None = None, task_id: int = 0, answer: str = "") -> HttpResponse:
    actor = actor_in(request)
    context: dict[str, Any] = {
        "claim": head_of(number, actor=actor), "tasks": tasks_of(number, actor=actor, at=timezone.now()),
        "may_close": "task.close" in actor.verbs, "refused": panel(refused) if refused else None, "task_id": task_id, "answer": answer,
        "promise_url": reverse("claim_promise", args=(number,)) if "claim.promise" in actor.verbs else "",
    }
    return render(request, "workbench/claim/tasks.html", context, status=STATUS.get(refused.code, 422) if refused else 200)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, number: str, task_id: int) -> HttpResponse:
    """Done, with what came of it."""
    if request.method == "GET":
        return redirect("claim_tasks", number)
    answer = typed(request, "answer")["answer"]
    try:
        close_task(task_id, answer=answer, by=actor_in(request))
    except Refused as refused:
        return _tasks_page(request, number, refused=refused, task_id=task_id, answer=answer)
    messages.success(request, _("Done, and the outcome is in the file."))
    return redirect("claim_tasks", number)
