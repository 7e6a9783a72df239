"""Answers at hand: a question looked up in contract, law, papers and procedure; said with its source, or given to a colleague."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lipei.filing.refusal import Refused
from lipei.frontdesk import commands as desk
from lipei.frontdesk.answer_queries import questions_asked, sources_of
from lipei.frontdesk.answers_rules import QUESTION_CHARACTERS_MAX, answers_to
from lipei.frontdesk.queries import VisitSeen, visit_of, who_finds_out
from lipei.frontdesk.stations import BY_ID
from lipei.terms.words import Words
from lipei.workbench.frontdesk import showing
from lipei.workbench.frontdesk.views import MOVED, actor_of, typed
from lipei.workbench.refusing import panel

ANSWER_DAYS = 2


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, number: str) -> HttpResponse:
    """Look a question up (`do` empty), write down what was said (`say:<key>`), or give it to a colleague (`leave`)."""
    actor, told = actor_of(request), typed(request)
    seen = visit_of(number, actor=actor)
    do, refused = request.POST.get("do", ""), None
    if request.method == "POST" and do:
        try:
            if do.startswith("say:"):
                desk.say_answer(number, question=told.get("question", ""), key=do.removeprefix("say:"), by=actor)
            else:
                desk.leave_question(number, told=told, by=actor)
        except Refused as wrong:
            if wrong.code in MOVED:
                raise
            refused = wrong
        else:
            return redirect("visit_station", number, "answer") if seen.station == "answer" else redirect("visit_answers", number)
    context = _context(request, seen, told, refused)
    return render(request, "workbench/frontdesk/answers.html", context, status=422 if refused else 200)


def _context(request: HttpRequest, seen: VisitSeen, told: dict[str, str], refused: Refused | None) -> dict[str, Any]:
    actor = actor_of(request)
    question = told.get("question", "").strip()[:QUESTION_CHARACTERS_MAX]
    found = answers_to(question, sources_of(seen.number, at=timezone.now())) if question else ()
    back = BY_ID[seen.station].name
    return showing.frame(seen, actor=actor, station=seen.station) | {
        "question": question, "found": [f.passage for f in found], "asked": questions_asked(seen.number), "errors": showing.errors_of(refused),
        "refused": panel(refused) if refused else None, "may_say": seen.clerk_id == actor.user_id and seen.closed_at is None,
        "colleagues": [showing.CHOOSE, *({"value": c.id, "label": Words(f"{c.name} · {c.role.zh}", f"{c.name_en} · {c.role.en}")} for c in who_finds_out(seen.branch_id))],
        "who": told.get("question__who") or seen.first_asked_id or seen.clerk_id,
        "until": told.get("question__until") or (timezone.localdate() + dt.timedelta(days=ANSWER_DAYS)).isoformat(),
        "back_url": reverse("visit", args=(seen.number,)), "back": Words(f"回到“{back.zh}”", f"Back to {back.en.lower()}") if seen.closed_at is None else Words("回到接待", "Back to the visit"),
    }
