"""How the parts of the claim page are shown: people with their masks, cover, money, papers, the next action, the history."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lipei.claimfile.overview import FactShown, Overview, PersonShown
from lipei.claimfile.stages import step_for
from lipei.claimfile.time_line import EntryShown
from lipei.claimfile.words import FIELDS, PURPOSES
from lipei.communication.letters.reckoning import lines_of
from lipei.documents.queries import Paper
from lipei.filing.actor import Actor
from lipei.settlement.queries import StatementView
from lipei.terms.money import shown
from lipei.terms.words import Words, both
from lipei.workbench.arriving import address

DOTS = "•" * 4
SOUGHT = Words("没有找到，正在找", "not found, being sought")
PAPER_KINDS = {"confirmed": "done", "received": "soon", "rejected": "late"}
NOT_KNOWN = Words("暂不清楚，有人去查", "not known yet, somebody finds out")
NOT_ASKED = Words("没有要求", "not claimed")
CONCLUSIONS = {
    "covered": (Words("属于", "covered"), "done"),
    "not_covered": (Words("不属于", "not covered"), ""),
    "": (Words("还没有核责", "not verified yet"), ""),
}


def told(seen: Overview) -> dict[str, Any] | None:
    """The account in the customer's own words, with who said it and when."""
    account = seen.account
    if account is None or account.value is None:
        return None
    at = f" · {seen.account_at:%m-%d}" if seen.account_at else ""
    return {"text": account.value, "source": Words(f"{account.source.zh}{at}", f"{account.source.en}{at}"), "lang": "zh-Hans"}


def facts(found: tuple[FactShown, ...]) -> list[dict[str, Any]]:
    """Answers on file, each with where it is known from."""
    return [
        {"term": f.label, "value": f.value or NOT_KNOWN, "note": f.source if f.value else None, "num": True} for f in found
    ]


def people(seen: Overview, *, actor: Actor) -> list[dict[str, Any]]:
    """People of the claim, numbers masked; each mask opens for a purpose."""
    return [_person(p, seen.number, actor=actor, is_payee_checked="payee_verified" in seen.milestones) for p in seen.people]


def _person(person: PersonShown, number: str, *, actor: Actor, is_payee_checked: bool) -> dict[str, Any]:
    said = [person.sex, person.relation, Words(f"{person.age} 岁", f"age {person.age}") if person.age is not None else None]
    about = [w for w in said if w is not None]
    notes = [both(person.authority)] if person.authority else []
    if person.is_sighted:
        notes.append(Words("证件已看", "document sighted"))
    is_checked = bool(person.bank_tail) and is_payee_checked
    return {
        "role": person.role, "name": person.name, "about": _joined(about), "note": _joined(notes), "masks": _masks(person, number, actor=actor),
        "bank": person.bank_name, "state": Words("户名相符", "name agrees") if is_checked else None, "kind": "done",
    }


def _joined(words: list[Words]) -> Words | None:
    return Words("，".join(w.zh for w in words), ", ".join(w.en for w in words)) if words else None


def _masks(person: PersonShown, number: str, *, actor: Actor) -> list[dict[str, Any]]:
    tails = {"phone": (person.phone_tail, 7), "identity": (person.identity_tail, 14), "bank_account": (person.bank_tail, 4)}
    purposes = [{"value": key, "label": words} for key, words in PURPOSES.items() if key != "audit"]
    return [
        {
            "label": FIELDS[field], "value": "•" * dots + tail, "last": tail, "what": FIELDS[field], "key": f"{field}-{person.id}",
            "purposes": purposes,
            "reveal_url": reverse("claim_reveal", args=(number, person.id, field)) if "personal.unmask" in actor.verbs else "",
        }
        for field, (tail, dots) in tails.items() if tail
    ]


def cover(seen: Overview, statement: StatementView | None) -> dict[str, Any] | None:
    """Coverages with their first estimate and what was concluded; once calculated, those under which nothing was claimed say so."""
    if not seen.exposures:
        return None
    url = address("claim_coverage", seen.number)
    not_asked = {c.label for c in statement.statement.coverages if not c.is_asked} if statement is not None else set()
    rows = [
        {"coverage": e.label, "url": url, "estimate": e.estimate, "state": state, "kind": kind}
        for e in seen.exposures for state, kind in [(NOT_ASKED, "") if e.label in not_asked else CONCLUSIONS[e.conclusion]]
    ]
    return {"rows": rows}


def money(seen: Overview, statement: StatementView | None) -> dict[str, Any] | None:
    """From what is asked to what is owed, to the fen; before the calculation only what is asked."""
    url = address("claim_calculation", seen.number)
    if statement is None:
        if not seen.claimed:
            return None
        asked = {"label": Words("客户要求", "Claimed"), "amount": seen.claimed, "kind": "sum", "url": address("claim_assessment", seen.number)}
        return {"rows": [asked], "url": ""}
    stopped = {r.coverage for r in statement.refused}
    rows: list[dict[str, Any]] = [{"label": Words("客户要求", "Claimed"), "amount": statement.claimed, "kind": "sum", "url": url}]
    lines = lines_of(statement.statement) if not stopped else ()
    rows += [
        {"label": line.label, "amount": -line.amount if line.effect == "less" else line.amount, "url": url,
         "kind": "minus" if line.effect == "less" else "plus"}
        for line in lines
    ]
    rest = statement.owed - sum(row["amount"] for row in rows)
    if rest:
        label = Words("不属于保障的部分", "Not covered") if rest < 0 else Words("津贴", "Benefits")
        rows.append({"label": label, "amount": rest, "kind": "minus" if rest < 0 else "plus", "url": url})
    return {"rows": [*rows, {"label": Words("应付", "Owed"), "amount": statement.owed, "kind": "total", "url": url}], "url": url}


def papers(found: tuple[Paper, ...], number: str) -> dict[str, Any] | None:
    """Papers that came in, where each is, and whether it agrees."""
    if not found:
        return None
    rows = [
        {
            "name": p.name, "url": address("paper", p.custody_number), "note": p.form_word, "place": p.place, "state": SOUGHT if p.is_sought else p.state_word,
            "kind": "late" if p.is_sought else PAPER_KINDS.get(p.state, ""),
            "custody": [{"number": p.custody_number, "short": p.short, "url": address("paper", p.custody_number)}],
        }
        for p in found
    ]
    note = ngettext("%(number)s paper", "%(number)s papers", len(found)) % {"number": len(found)}
    return {"rows": rows, "note": note, "url": address("claim_papers", number)}


def next_of(seen: Overview, statement: StatementView | None, *, actor: Actor) -> dict[str, Any] | None:
    """The next-action panel: the verb, whose turn, what is in order and what lacks, one button when it is the reader's."""
    links = _links(seen, actor=actor)
    todo = seen.next
    if todo is None:
        return None
    number = seen.number
    checks: list[dict[str, Any]] = [{"state": "yes", "text": m.reached} for m in todo.met]
    checks += [{"state": "no", "text": m.missing, "note": m.why, "url": address(m.place, number), "link": _("Go there")} for m in todo.lacking]
    checks += _may_gain(statement, number) if seen.is_mine else []
    panel: dict[str, Any] = {
        "title": todo.verb, "turn": _turn(seen), "checks": checks, "links": links, "text": _text(seen, statement, actor=actor),
    }
    if seen.is_mine and todo.is_step and todo.step is not None and todo.step.verb == "claim.take_on":
        return panel | {"button": todo.verb, "action": reverse("claim_take_on", args=(number,))}
    return panel | ({"button": todo.verb, "url": address(todo.place, number)} if seen.is_mine else {})


def _turn(seen: Overview) -> Words:
    return Words("由您来做", "Your turn") if seen.is_mine else seen.turn


def _text(seen: Overview, statement: StatementView | None, *, actor: Actor) -> Words | None:
    if statement is None or seen.stage not in ("calculating", "reviewing", "deciding"):
        return None
    owed = shown(statement.owed)
    if actor.authority and statement.owed > actor.authority:
        own = shown(actor.authority)
        return Words(f"应付 {owed}，超过您的权限 {own}，由审批人决定。", f"Owed {owed}, above your authority of {own}; an approver decides.")
    return Words(f"应付 {owed}。", f"Owed {owed}.")


def _may_gain(statement: StatementView | None, number: str) -> list[dict[str, Any]]:
    """The one open question that may help the customer: what a paper could still bring."""
    if statement is None:
        return []
    gains = sorted((a for a in statement.statement.alternatives if a.paper and a.difference > 0), key=lambda a: -a.difference)
    return [
        {
            "state": "warn", "text": Words(f"先问一句，客户可能多得 {shown(a.difference)}", f"Ask first: the customer may gain {shown(a.difference)}"),
            "note": a.label, "url": address("claim_calculation", number), "link": _("See what it needs"),
        }
        for a in gains[:1]
    ]


def _links(seen: Overview, *, actor: Actor) -> list[dict[str, Any]]:
    """What else may be done with this claim, each on its own page with a reason."""
    wanted = [
        ("claim_assign", "claim.assign", _("Assign to somebody"), seen.stage not in ("closed", "archived", "withdrawn")),
        ("claim_complex", "claim.mark_complex", _("Mark as complex"), not seen.is_complex and "claim_requested" in seen.milestones and "decided" not in seen.milestones),
        ("claim_promise", "claim.promise", _("Promise something"), seen.stage not in ("archived", "withdrawn")),
        ("claim_withdraw", "claim.withdraw", _("Withdraw"), step_for("claim.withdraw", seen.stage) is not None),
    ]
    return [
        {"label": label, "url": reverse(place, args=(seen.number,))} for place, verb, label, fits in wanted if fits and verb in actor.verbs
    ]


def entries(found: tuple[EntryShown, ...]) -> list[dict[str, Any]]:
    """Lines of the time line, each with who did it and the reason given."""
    return [
        {"at": e.at, "kind": e.kind, "what": e.what, "by": Words(f"{e.by.zh} · {e.why}", f"{e.by.en} · {e.why}") if e.why else e.by} for e in found
    ]
