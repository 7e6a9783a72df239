"""What the pages of a visit show: the frame round every station, and each station's own part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from lipei.claimfile.words import PURPOSES as LOOKS
from lipei.coverage.queries import last_check, last_first_view
from lipei.documents.kinds import FORMS
from lipei.documents.queries import checklist_of, papers_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import Missing, Refused
from lipei.frontdesk.answer_queries import questions_asked
from lipei.frontdesk.facts_rules import asked_at_desk
from lipei.frontdesk.finding import found_for
from lipei.frontdesk.identity_rules import AUTHORITIES, BY_AUTHORITY, CAPACITIES, DOCUMENTS, SCOPES
from lipei.frontdesk.papers_rules import ITEMS_MAX, OTHERS_MAX
from lipei.frontdesk.queries import Colleague, FactTold, VisitSeen, facts_told, items_asked, who_finds_out
from lipei.frontdesk.reading import day_of, fen_of
from lipei.frontdesk.rules import QUESTIONS_MAX
from lipei.frontdesk.sayings import SAYINGS, saying
from lipei.frontdesk.stations import BY_ID, CORRECTABLE_BEFORE, PURPOSES, SITUATIONS, before, button, reasons_for
from lipei.terms.words import Words, both
from lipei.workbench.frontdesk import calm_beside, doing, explaining, visitor_showing
from lipei.workbench.frontdesk.unsaved import unsaved
from lipei.workbench.refusing import address_of

ITEM_ROWS = 8
MORE_ROWS = 8
SOON_DAYS = 3
ASKS_COLLEAGUES = frozenset({"facts", "explanation"})
CHOOSE: dict[str, Any] = {"value": "", "label": Words("请选", "Choose")}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of a page, the fault at each, whether more lines were asked for, and who may find something out."""

    values: dict[str, str]
    errors: dict[str, Words]
    more: bool
    colleagues: tuple[Colleague, ...] = ()


def options(table: Mapping[str, Words]) -> list[dict[str, Any]]:
    """A table of words as the choices of a field."""
    return [{"value": value, "label": label} for value, label in table.items()]


def errors_of(refused: Refused | None) -> dict[str, Words]:
    """The first fault of each field, to be shown where it is mended."""
    found: dict[str, Words] = {}
    for missing in refused.missing if refused else ():
        if missing.field:
            found.setdefault(missing.field, missing.what)
    return found


def links(missing: list[Missing]) -> list[dict[str, Any]]:
    """What is missing, short, as links to where it is mended."""
    return [{"label": _short(m.what), "url": address_of(m)} for m in missing]


_BEFORE = Words("还没有答：|客户还没有自己说出：|还没有写哪里不清楚：|还没有写|还没有选", "Not answered yet: |The visitor has not said in their own words: ")
_BEHIND = (" is missing", " was not chosen", " is not chosen")


def _short(what: Words) -> Words:
    """The fault without what the foot says already: `还没有答：在哪里` → `在哪里`."""
    zh = next((what.zh.removeprefix(b) for b in _BEFORE.zh.split("|") if what.zh.startswith(b)), what.zh)
    en = next((what.en.removeprefix(b) for b in _BEFORE.en.split("|") if what.en.startswith(b)), what.en)
    en = next((en.removesuffix(b) for b in _BEHIND if en.endswith(b)), en)
    return Words(zh, en[:1].upper() + en[1:])


def say(visit: VisitSeen, station: str, *, another: str = "", contact_on: str = "") -> dict[str, Any]:
    """The sentence to say at a station, the point of manner, and the way to another sentence."""
    n = int(another) if another.isascii() and another.isdigit() and len(another) < 4 else 0
    agreed, _ = day_of(contact_on) if contact_on else (None, None)
    day = both((agreed or timezone.localdate() + dt.timedelta(days=SOON_DAYS)).isoformat())
    words = saying(station, situation=visit.situation, name=visit.address, another=n, day=day)
    url = f"{reverse('visit_station', args=(visit.number, station))}?another={n + 1}"
    return {"say": {"words": Words(f"“{words.zh}”", f"“{words.en}”"), "situation": SITUATIONS.get(visit.situation), "manner": SAYINGS[station].manner, "another_url": url}}


def bar(visit: VisitSeen) -> list[dict[str, Any]]:
    """The stations of the visit: links back, none forward."""
    return [
        {"word": s.name, "state": s.state, "url": reverse("visit_station", args=(visit.number, s.id)) if s.state == "done" else ""}
        for s in visit.stations
    ]


def frame(visit: VisitSeen, *, actor: Actor, station: str) -> dict[str, Any]:
    """What stands round every station: bar, rail, and whose visit it is; with the way to the calm mode."""
    return bare_frame(visit, actor=actor, station=station) | calm_beside.beside(visit, actor=actor, station=station)


def bare_frame(visit: VisitSeen, *, actor: Actor, station: str) -> dict[str, Any]:
    """Bar, rail, and whose visit it is."""
    now = timezone.now()
    return {
        "visit": visit, "bar": bar(visit), "home_url": reverse("visits"), "station": BY_ID[station],
        "minutes": max(0, int(((visit.closed_at or now) - visit.opened_at).total_seconds() // 60)),
        "purpose": PURPOSES[visit.purpose].name if visit.purpose else None, "situation": SITUATIONS.get(visit.situation),
        "is_mine": visit.clerk_id == actor.user_id, "is_open": visit.closed_at is None,
        "first_asked_is_me": visit.first_asked_id == actor.user_id,
        "looks": options(LOOKS) if "personal.unmask" in actor.verbs else [],
        "may_hand_over": visit.closed_at is None and (visit.clerk_id == actor.user_id or actor.has("supervisor")),
    }


def page(
    visit: VisitSeen, station: str, *, actor: Actor, told: dict[str, str], refused: Refused | None = None, saved_at: dt.datetime | None = None,
    another: str = "", more: bool = False,
) -> dict[str, Any]:
    """The whole context of a station's page, with what was `told` and not saved yet."""
    is_present = visit.station == station and visit.closed_at is None
    may_write = is_present and visit.clerk_id == actor.user_id
    may_type = may_write or (takes_more(visit, station) and visit.clerk_id == actor.user_id)
    known = on_file(visit, station, actor=actor)
    values = _overlaid(known, told) if may_type else known
    context = frame(visit, actor=actor, station=station) | say(visit, station, another=another, contact_on=values.get("contact_on", ""))
    context |= {
        "values": values, "errors": errors_of(refused), "saved_at": saved_at if may_type else None, "is_present": is_present, "may_write": may_write, "may_type": may_type,
        "draft_url": reverse("visit_draft", args=(visit.number, station)) if may_type else "", "unsaved": [] if may_type else unsaved(visit, station, told, on_file=known),
        "reasons": [{"value": r.id, "label": r.name} for r in reasons_for(station, visit.purpose)] if may_write and visit.purpose else [],
        "here": visit.station_of(station),
    }
    colleagues = who_finds_out(visit.branch_id) if station in ASKS_COLLEAGUES else ()
    context |= foot(visit, station, actor=actor, values=values, may_write=may_write, finders=frozenset(c.id for c in colleagues))
    context |= visitor_showing.state(visit, actor=actor)
    return context | _OWN[station](visit, actor, Typed(values, errors_of(refused), more, colleagues))


def _overlaid(known: dict[str, str], told: dict[str, str]) -> dict[str, str]:
    """What is on file under what was told since; a tick that was taken away is not among what a form sends."""
    return {name: text for name, text in known.items() if not (told and name.endswith("__unknown"))} | told


def is_correctable(visit: VisitSeen, station: str) -> bool:
    """Whether what was said at a station that is done may still be corrected there."""
    if station == "facts":
        return visit.station in CORRECTABLE_BEFORE and visit.requested_at is None and visit.closed_at is None
    return station == "welcome" and visit.station == "identity" and visit.closed_at is None


def takes_more(visit: VisitSeen, station: str) -> bool:
    """Whether a station that is done is still written at: corrected, or the account added to."""
    return is_correctable(visit, station) or (station == "listening" and visit.requested_at is None and visit.closed_at is None)


def foot(
    visit: VisitSeen, station: str, *, actor: Actor, values: dict[str, str], may_write: bool, finders: frozenset[int] = frozenset()
) -> dict[str, Any]:
    """The fixed foot: back, what is missing as links, and the one filled button."""
    earlier = before(visit.purpose, station)
    if may_write:
        missing = doing.lacking(station, visit, values, finders=finders, by=actor)
        return {
            "back_url": reverse("visit_station", args=(visit.number, earlier.id)) if earlier else "",
            "back": Words(f"回到“{earlier.name.zh}”", f"Back to {earlier.name.en.lower()}") if earlier else None,
            "missing": links(missing), "button": button(_purpose(visit, station, values), station), "do": "",
        } | _made_first(visit, station, actor=actor)
    present = BY_ID[visit.station]
    if present.id == station or visit.closed_at is not None:
        return {"back_url": reverse("visits"), "back": Words("回到前台", "Back to the front desk"), "missing": [], "button": None, "do": ""}
    corrects = is_correctable(visit, station) and visit.clerk_id == actor.user_id
    return {
        "back_url": reverse("visit", args=(visit.number,)), "back": Words(f"回到“{present.name.zh}”", f"Back to {present.name.en.lower()}"),
        "missing": [], "button": Words("保存更正", "Save the correction") if corrects else None, "do": "correct" if station == "facts" else "",
    }


def _purpose(visit: VisitSeen, station: str, values: dict[str, str]) -> str:
    return values.get("purpose", "") or "new_loss" if station == "welcome" else visit.purpose


def _made_first(visit: VisitSeen, station: str, *, actor: Actor) -> dict[str, Any]:
    """Until the check or the first view is made, making it is the one thing to press."""
    if station == "check" and last_check(visit.claim_number, actor=actor) is None:
        return {"button": Words("现在核对", "Check now"), "send_name": "do", "send_value": "check"}
    if station == "first_view" and last_first_view(visit.claim_number, actor=actor) is None:
        return {"button": Words("算出范围", "Reckon the range"), "send_name": "do", "send_value": "view"}
    return {}


def on_file(visit: VisitSeen, station: str, *, actor: Actor) -> dict[str, str]:
    """What is on file already for the fields of a station."""
    if station == "welcome":
        return {"purpose": visit.purpose, "situation": visit.situation, "address": visit.address}
    if station == "identity":
        return {"document": "id_card"}
    if station == "facts":
        return _facts_on_file(facts_told(visit.claim_number, actor=actor))
    if station == "farewell" and visit.station == "farewell" and visit.purpose == "complaint":
        return {"contact_on": calm_beside.agreed_day(visit)}
    if station == "farewell" and visit.station == "farewell":
        return {"contact_on": (timezone.localdate() + dt.timedelta(days=SOON_DAYS)).isoformat()}
    return {}


def _facts_on_file(told: Mapping[str, FactTold]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, fact in told.items():
        if fact.is_known:
            values[name] = fact.value
        else:
            values |= {f"{name}__unknown": "on", f"{name}__who": str(fact.who_id or ""), f"{name}__until": fact.due.isoformat() if fact.due else ""}
    return values


def _answer(visit: VisitSeen, actor: Actor, typed: Typed) -> dict[str, Any]:
    return {"asked": questions_asked(visit.number)}


def _welcome(visit: VisitSeen, actor: Actor, typed: Typed) -> dict[str, Any]:
    return {
        "purposes": [{"value": p.id, "label": p.said, "note": p.name} for p in PURPOSES.values()], "situations": options(SITUATIONS),
    }


def _identity(visit: VisitSeen, actor: Actor, typed: Typed) -> dict[str, Any]:
    needs_claim = PURPOSES[visit.purpose].needs_claim if visit.purpose else False
    is_asked = bool(typed.values.get("number") or typed.values.get("find")) and visit.station == "identity"
    found = found_for(typed.values, needs_claim=needs_claim, by=actor) if is_asked else ()
    return {
        "capacities": [CHOOSE, *options(CAPACITIES)], "documents": options(DOCUMENTS), "authorities": [CHOOSE, *options(AUTHORITIES)],
        "needs_authority": typed.values.get("capacity") in BY_AUTHORITY, "found": found, "is_asked": is_asked, "needs_claim": needs_claim,
        "scopes": [CHOOSE, *options(SCOPES)],
    } | visitor_showing.consents(visit, actor=actor, values=typed.values, errors=typed.errors)


def _listening(visit: VisitSeen, actor: Actor, typed: Typed) -> dict[str, Any]:
    account = facts_told(visit.claim_number, actor=actor).get("account")
    may_add = account is not None and takes_more(visit, "listening") and visit.clerk_id == actor.user_id
    return {"account": account, "may_add": may_add, "values": _addition(typed.values, account.value) if account else typed.values}


def _addition(told: dict[str, str], account: str) -> dict[str, str]:
    """Other words than the account's, typed in a second tab, are an addition that must still be read back."""
    again = told.get("account", "").strip()
    if told.get("addition") or again in ("", account.strip()):
        return told
    return {**told, "addition": again, "read_back": ""}


def _facts(visit: VisitSeen, actor: Actor, typed: Typed) -> dict[str, Any]:
    edition = visit.policy.edition if visit.policy else None
    told = facts_told(visit.claim_number, actor=actor)
    questions = []
    for asked in asked_at_desk(edition) if edition else ():
        kind = {"boolean": "choice", "whole": "text", "ratio": "text"}.get(asked.kind, asked.kind)
        questions.append({
            "name": asked.name, "label": asked.label, "ask": asked.ask, "kind": kind, "options": options(asked.choices), "hint": asked.hint,
            "value": typed.values.get(asked.name, ""), "note": _day_note(typed.values.get(asked.name, "")) if kind == "date" else None,
            "may_be_open": asked.is_needed, "is_open": bool(typed.values.get(f"{asked.name}__unknown")),
            "who": typed.values.get(f"{asked.name}__who", ""), "until": typed.values.get(f"{asked.name}__until", ""),
            "quote_after": asked.name == "place", "error": typed.errors.get(asked.name),
            "who_error": typed.errors.get(f"{asked.name}__who"), "until_error": typed.errors.get(f"{asked.name}__until"),
        })
    return {
        "questions": questions, "account": told.get("account"),
        "colleagues": [CHOOSE, *({"value": c.id, "label": Words(f"{c.name} · {c.role.zh}", f"{c.name_en} · {c.role.en}")} for c in typed.colleagues)],
    }


WEEKDAYS = Words("一二三四五六日", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday")


def _day_note(text: str) -> Words | None:
    """`星期三 · 距今天 23 天`: what helps to see a wrong day."""
    day, _ = day_of(text) if text else (None, None)
    if day is None:
        return None
    ago = (timezone.localdate() - day).days
    zh, en = WEEKDAYS.zh[day.weekday()], WEEKDAYS.en.split()[day.weekday()]
    if ago < 0:
        return Words(f"星期{zh}", en)
    return Words(f"星期{zh} · 距今天 {ago} 天", f"{en} · {ago} days ago") if ago else Words(f"星期{zh} · 今天", f"{en} · today")


def _check(visit: VisitSeen, actor: Actor, typed: Typed) -> dict[str, Any]:
    seen = last_check(visit.claim_number, actor=actor)
    state = {"yes": "yes", "no": "no", "open": "warn"}
    rows = [{"state": state[v.passed], "text": v.label, "note": _reason(v.reason, v.source)} for v in seen.verdicts] if seen else []
    return {"check": seen, "rows": rows}


def _reason(reason: Words, source: Words) -> Words:
    return Words(f"{reason.zh}（{source.zh}）", f"{reason.en} ({source.en})")


def _first_view(visit: VisitSeen, actor: Actor, typed: Typed) -> dict[str, Any]:
    return {"view": last_first_view(visit.claim_number, actor=actor)}


def _explanation(visit: VisitSeen, actor: Actor, typed: Typed) -> dict[str, Any]:
    return explaining.shown(visit, values=typed.values, errors=typed.errors, actor=actor) | {
        "rows": [_question_row(n, typed) for n in range(1, QUESTIONS_MAX + 1)],
        "colleagues": [CHOOSE, *({"value": c.id, "label": Words(c.name, c.name_en)} for c in typed.colleagues)],
    }


def _question_row(n: int, typed: Typed) -> dict[str, Any]:
    name = f"question_{n}"
    faults = [typed.errors[f] for f in (name, f"{name}__who", f"{name}__until") if f in typed.errors]
    return {
        "n": n, "name": name, "text": typed.values.get(name, ""), "who": typed.values.get(f"{name}__who", ""),
        "until": typed.values.get(f"{name}__until", ""), "faults": faults,
    }


def _papers(visit: VisitSeen, actor: Actor, typed: Typed) -> dict[str, Any]:
    if visit.purpose == "collect_papers":
        kept = [p for p in papers_of(visit.claim_number, actor=actor) if p.keeping == "kept"]
        return {"is_return": True, "kept": [{"paper": p, "is_on": bool(typed.values.get(f"return_{p.custody_number}"))} for p in kept]}
    checklist = checklist_of(visit.claim_number, actor=actor)
    edition = visit.policy.edition if visit.policy else None
    forms = [{"value": "", "label": Words("没有", "Not here")}, *({"value": f, "label": FORMS[f]} for f in ("original", "copy", "sighted"))]
    return {
        "papers": [_paper_row(row, typed.values) for row in checklist.rows if row.kind != "application"], "forms": forms,
        "others": [_other_row(n, typed.values) for n in range(1, OTHERS_MAX + 1)], "items": _items(typed.values, more=typed.more),
        "categories": [{"value": "", "label": Words("类别", "Category")}, *options(edition.document.categories)] if edition else [],
        "claimed": sum_typed("papers", visit, typed.values), "asked": items_asked(visit.claim_number, actor=actor),
        "needs_application": visit.requested_at is None,
    }


def _paper_row(row: Any, values: dict[str, str]) -> dict[str, Any]:
    name = f"paper_{row.kind}"
    return {
        "name": name, "label": row.label, "shows": row.shows, "need": row.need, "how": row.how, "on_file": list(row.papers),
        "form": values.get(f"{name}_form", ""), "pages": values.get(f"{name}_pages", ""), "keeping": values.get(f"{name}_keeping", ""),
    }


def _other_row(n: int, values: dict[str, str]) -> dict[str, Any]:
    return {"n": n, "name": f"other_{n}", **{part: values.get(f"other_{n}_{part}", "") for part in ("title", "form", "pages", "keeping")}}


def _items(values: dict[str, str], *, more: bool) -> list[dict[str, Any]]:
    last = max((n for n in range(1, ITEMS_MAX + 1) if any(values.get(f"item_{n}_{p}") for p in ("category", "label", "days", "page", "amount"))), default=0)
    rows = min(ITEMS_MAX, max(ITEM_ROWS, last + (MORE_ROWS if more else 1)))
    return [{"n": n, "name": f"item_{n}", **{p: values.get(f"item_{n}_{p}", "") for p in ("category", "label", "days", "page", "amount")}} for n in range(1, rows + 1)]


def sum_typed(station: str, visit: VisitSeen, values: Mapping[str, str]) -> int | None:
    """The sum of the amounts typed so far (fen), leaving out what cannot be read; None at other stations."""
    if station != "papers":
        return None
    return sum(fen_of(values[name])[0] or 0 for name in (f"item_{n}_amount" for n in range(1, ITEMS_MAX + 1)) if values.get(name, "").strip())


def _farewell(visit: VisitSeen, actor: Actor, typed: Typed) -> dict[str, Any]:
    papers = visit.station_of("papers")
    return {"has_receipt": bool(papers and papers.content.get("receipt")), "has_claim": bool(visit.claim_number)} | calm_beside.receipt(visit, actor=actor)


def over(visit: VisitSeen, *, actor: Actor) -> dict[str, Any]:
    """A visit that is over: what was done at each station and what comes next."""
    beside = calm_beside.receipt(visit, actor=actor) | calm_beside.shift(actor=actor)
    told = {"said_back": explaining.said_back(visit), "asked": questions_asked(visit.number)}
    return frame(visit, actor=actor, station="farewell") | beside | told | {"may_register": visit.requested_at is not None and visit.claim_stage == "reported" and "claim.register" in actor.verbs}


_OWN = {
    "welcome": _welcome, "identity": _identity, "listening": _listening, "facts": _facts, "check": _check, "first_view": _first_view,
    "explanation": _explanation, "papers": _papers, "answer": _answer, "farewell": _farewell,
}
