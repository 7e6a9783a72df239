"""What the clerk's pages show of the visitor's own screen: the code, whether it is connected, and the visitor's last word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from lipei.filing.actor import Actor
from lipei.filing.drafts import draft_of
from lipei.frontdesk.consent_rules import KINDS, LATER, texts_on
from lipei.frontdesk.consenting import consents_seen
from lipei.frontdesk.holding import local_day
from lipei.frontdesk.queries import VisitSeen
from lipei.frontdesk.teach_back import POINTS as TAUGHT
from lipei.frontdesk.visitor_answers import AnswerSeen, marked_parts
from lipei.frontdesk.visitor_rules import POINTS, account_shown, digest_of
from lipei.frontdesk.visitor_screen import application_digest
from lipei.terms.words import Words

CHANGES_UNDER = frozenset({"listening", "papers"})
"""Stations at which what stands on the screen may change under the visitor's answer."""


def state(visit: VisitSeen, *, actor: Actor) -> dict[str, Any]:
    """What the rail says of the visitor's screen, and their last word to the present station."""
    point = POINTS.get(visit.station)
    answers = visit.answers
    said = answers.get(point.id) if point else None
    values = draft_of(f"visit:{visit.number}:{visit.station}", by=actor) if said and visit.station in CHANGES_UNDER else None
    now = _digest_now(visit, values.content if values else {}, actor=actor) if said and point else ""
    return {
        "screen": visit.screen, "said": said, "is_stale": bool(said and now and said.digest != now),
        "consents_said": [{"text": texts_on(local_day(timezone.now()))[kind], "is_given": a.answer == "given", "at": a.at, "id": a.id, "signed": a.signed}
                          for kind in KINDS if (a := answers.get(f"consent_{kind}"))] if visit.station == "identity" else [],
        "marks": _marks(answers, station=visit.station), "may_poll": visit.closed_at is None, "may_show": visit.closed_at is None and visit.clerk_id == actor.user_id,
    }


def _marks(answers: Mapping[str, AnswerSeen], *, station: str) -> list[dict[str, Any]]:
    """At the explanation each point, and whether the visitor marked it as not clear: still, or not any more."""
    marked = marked_parts(answers)
    if station != "explanation":
        return []
    return [{"id": p.id, "label": Words(p.name.zh, f"{p.name.en[0].upper()}{p.name.en[1:]}"), "is_marked": p.id in marked, "is_still": marked.get(p.id, False)} for p in TAUGHT]


def _digest_now(visit: VisitSeen, values: dict[str, str], *, actor: Actor) -> str:
    """The digest of what would stand on the screen now, where it can change under the visitor's answer."""
    if visit.station == "listening":
        return digest_of(account_shown(values.get("account", "")))
    return application_digest(visit, values, actor=actor) if visit.station == "papers" else ""


def consents(visit: VisitSeen, *, actor: Actor, values: dict[str, str], errors: dict[str, Words]) -> dict[str, Any]:
    """The consents at the identity station: to be asked while it is open, as answered afterwards."""
    if visit.claim_number:
        return {"consents_on_file": consents_seen(visit.claim_number, actor=actor), "consents_asked": []}
    texts = texts_on(local_day(timezone.now()))
    asked = KINDS if visit.purpose == "new_loss" else ("health",) if visit.purpose == "bring_papers" else ()
    return {"consents_on_file": (), "consents_asked": [_asked(texts[kind], values, errors) for kind in asked]}


def _asked(text: Any, values: dict[str, str], errors: dict[str, Words]) -> dict[str, Any]:
    name = f"consent_{text.kind}"
    options = [{"value": "given", "label": Words("同意", "Agrees")}, {"value": "refused", "label": Words("不同意", "Does not agree")}]
    if text.kind == "account":
        options.append({"value": LATER, "label": Words("付款时再问", "Ask when it is paid")})
    return {
        "name": name, "label": Words(f"同意：{text.name.zh}", f"Consent: {text.name.en}"), "how_name": f"{name}_how", "text": text, "options": options, "value": values.get(name, ""), "how": values.get(f"{name}_how", ""),
        "error": errors.get(name), "how_error": errors.get(f"{name}_how"), "is_refused": values.get(name) == "refused",
        "hows": [{"value": "voice", "label": Words("口头", "by voice")}, {"value": "paper", "label": Words("签在纸上", "on paper")}],
    }
