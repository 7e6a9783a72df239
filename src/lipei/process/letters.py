"""The data of each letter, gathered from the rooms that know it: acknowledgement, missing papers, decision, closing.

A letter prints in both languages from the same data; which one goes is the customer's.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from lipei.archive.queries import keeping_for
from lipei.calculation import customer_text
from lipei.claimfile.summary import ClaimSummary, Colleague, summary_of
from lipei.communication.commands import write_letter
from lipei.communication.letters.reckoning import changes_of, statement_fields
from lipei.documents.queries import checklist_of, request_of
from lipei.filing.actor import Actor
from lipei.filing.running import running
from lipei.jurisdictions import Pack, load
from lipei.payments.queries import orders_of
from lipei.settlement.grounds import Ground
from lipei.settlement.queries import DecisionView, StatementView, current_statement, last_decision
from lipei.terms.words import Words, both

REGULATOR_PHONE = {"cn": "12378"}
REVIEW_DAYS = 15  # 复议: our own promise, the simple term of the complaint rules
TITLES = {"F": Words("女士", "Ms"), "M": Words("先生", "Mr")}
COUNT = Words("{n} 份", "{n}")
WANTED_DAYS = 30
ANSWER_DAYS = 5  # working promise after a further paper arrives


def _today() -> date:
    return timezone.localtime(running().at).date()


def _law() -> Pack:
    return load(settings.JURISDICTION, on=_today())


def _person(who: Colleague | None, *, phone: str) -> dict[str, Any]:
    if who is None:
        return {"name": Words("理赔服务台", "Claims service desk"), "phone": both(phone)}
    return {
        "name": who.name, "staff_number": who.number,
        "phone": Words(f"{phone} 转 {who.extension}", f"{phone} ext. {who.extension}"),
    }


def _frame(claim: ClaimSummary, *, language: str = "zh") -> dict[str, Any]:
    return {
        "language": language,
        "date": _today(),
        "sender": {
            "insurer": Words(settings.INSURER_ZH, settings.INSURER_EN), "branch": claim.branch, "address": claim.address,
            "phone": claim.phone,
        },
        "to": {"name": both(claim.insured_name), "title": TITLES.get(claim.sex)},
        "handler": _person(claim.ask, phone=claim.phone),
        "check": {"address": settings.SITE_ADDRESS + reverse("status")},
    }


def _remedies(claim: ClaimSummary) -> dict[str, Any]:
    law = _law()
    clock = next((c for c in law.clocks_in_force() if c.id == ("limitation.life" if claim.line == "life" else "limitation.non_life")), None)
    return {
        "ask": _person(claim.ask, phone=claim.phone), "review_days": REVIEW_DAYS, "regulator_phone": REGULATOR_PHONE[law.code],
        "limitation_years": clock.period.amount // 12 if clock else 2,
    }


def write_acknowledgement(number: str, by: Actor) -> None:
    """受理通知书: what was received, by when the customer hears, what is still missing."""
    claim = summary_of(number, actor=by)
    papers = checklist_of(number, actor=by)
    hear_by = claim.due_on or _today() + timedelta(days=WANTED_DAYS)
    data = {
        **_frame(claim), "about": claim.subject, "requested_on": claim.requested_on, "hear_by": hear_by,
        "hear_rule": Words("法律规定的核定期限", "the time the law allows for the decision"),
        "received": [{"name": p.label, "count": COUNT.with_(n=p.pages)} for p in papers.papers],
        "missing": [row.label for row in papers.missing],
    }
    write_letter(number, kind="acknowledgement", data=data, by=by)


def write_supplement_notice(number: str, by: Actor, *, request_id: int) -> None:
    """一次性补件通知书: every paper that is missing, why, what it must show, how to get it."""
    claim = summary_of(number, actor=by)
    request = request_of(request_id, actor=by)
    left = max(1, (claim.due_on - _today()).days) if claim.due_on else WANTED_DAYS
    data = {
        **_frame(claim), "about": claim.subject, "requested_on": claim.requested_on, "decide_days_left": left,
        "papers": [
            {"name": p.label, "why": p.why, "must_show": p.shows, "how": p.how, "instead": p.instead} for p in request.papers
        ],
    }
    write_letter(number, kind="supplement_notice", data=data, by=by, about=str(request_id))


def _less(ground: Ground) -> bool:
    return ground.kind != "added"


def _clauses(ground: Ground) -> list[dict[str, Any]]:
    return [{"id": ground.clause, "label": ground.clause_label, "text": ground.quoted}] if ground.clause else []


def _lines(decision: DecisionView) -> list[dict[str, Any]]:
    return [
        {"effect": "less" if _less(g) else "plus", "label": g.what, "amount": g.amount, "fact": g.fact, "clauses": _clauses(g)}
        for g in decision.grounds
        if g.kind != "stopped" and g.amount
    ]


def _refused(decision: DecisionView) -> list[dict[str, Any]]:
    return [
        {
            "label": g.what, "amount": g.amount, "facts": [{"what": g.fact}], "clauses": _clauses(g),
            "why": Words(f"按{g.clause_label.zh}，这一项不属于保障范围。", f"Under {g.clause_label.en} this is not covered."),
        }
        for g in decision.grounds
        if g.kind == "stopped"
    ]


def _asked_fact(claim: ClaimSummary) -> Words:
    if claim.loss_at is None:
        return claim.subject
    day = timezone.localtime(claim.loss_at).date()
    return Words(f"{day}，{claim.subject.zh}的费用单据", f"Bills for {claim.subject.en}, {day}")


def _write_calculation(claim: ClaimSummary, view: StatementView, decision: DecisionView, by: Actor) -> int:
    """理赔计算书, which goes with every decision; returns its pages."""
    data = {
        **_frame(claim), **statement_fields(view.statement), "in_plain_words": None if view.refused else customer_text(view.statement), "decision_number": claim.number, "policy_number": claim.policy_number,
        "insured": both(claim.insured_name), "event": claim.subject,
        "calculated_by": {"name": Words(view.by_name, view.by_name_en)},
        "reviewed_by": {"name": Words(decision.by_name, decision.by_name_en)},
    }
    return write_letter(claim.number, kind="calculation_statement", data=data, by=by).pages


def write_decision(number: str, by: Actor) -> None:
    """The decision in writing, with its calculation: paid, in part, nothing owed, or refused."""
    claim = summary_of(number, actor=by, at=running().at)
    decision, view = last_decision(number, actor=by), current_statement(number, actor=by)
    if decision is None or view is None:
        raise LookupError(f"{number} has no decision")
    pages = _write_calculation(claim, view, decision, by)
    common = {
        **_frame(claim), "asked": claim.claimed, "asked_fact": _asked_fact(claim),
        "changes": changes_of(view.statement, answer_days=ANSWER_DAYS), "remedies": _remedies(claim),
        "decided_by": {"name": Words(decision.by_name, decision.by_name_en)},
    }
    if decision.kind == "refuse":
        changes = common["changes"] or _what_could_change(decision)
        write_letter(number, kind="decision_refuse", data={**common, **_refusal(decision), "changes": changes}, by=by)
        return
    data = {**common, "lines": _lines(decision), "owed": decision.amount, "calculation_pages": pages}
    if decision.amount and claim.payee:
        data |= {"pay_by": claim.pay_by, "account": {"bank": both(claim.payee.bank), "tail": claim.payee.tail}}
    refused = _refused(decision)
    kind = "decision_part" if refused else "decision_pay"
    write_letter(number, kind=kind, data={**data, "refused": refused} if refused else data, by=by)


def _what_could_change(decision: DecisionView) -> list[dict[str, Any]]:
    """A refusal rests on facts on file: a paper that shows one of them to be otherwise opens the decision again."""
    facts = {g.fact.zh: g.fact for g in decision.grounds if g.kind == "stopped"}
    return [
        {
            "what": Words(f"如果有材料说明这件事不是这样：{fact.zh}", f"If a paper shows that this is not so: {fact.en}"),
            "how": Words("请把医院、交警或其他有权机关出具的材料交到柜台，我们重新核责", "hand in what the hospital, the police or another authority issued; we then verify cover again"),
            "answer_days": ANSWER_DAYS,
        }
        for fact in facts.values()
    ]


def _refusal(decision: DecisionView) -> dict[str, Any]:
    return {
        "determined_on": timezone.localtime(decision.at).date(), "refused": _refused(decision),
        "found": [
            {"what": Words("保单在出险时有效，您是被保险人", "The policy was in force and you are insured under it"),
             "source": Words("保单记录", "policy record")}
        ],
        "contract_after": Words("这份合同继续有效；这次不付，不影响以后的事故。",
                                "Your contract stays in force; this decision does not affect later events."),
    }


def _why_ended(number: str, by: Actor) -> Words | None:
    """Why nothing was paid, in the words of the decision; a paid claim needs no reason."""
    decision = last_decision(number, actor=by)
    return both(decision.reason) if decision is not None and decision.amount == 0 else None


def write_closing(number: str, by: Actor) -> None:
    """结案通知书: how it ended, what was paid, what goes back, how long we keep it."""
    claim = summary_of(number, actor=by)
    keeping = keeping_for(number, actor=by)
    papers = checklist_of(number, actor=by).papers
    data = {
        **_frame(claim), "about": claim.subject, "ending": claim.closing, "closed_on": claim.closed_on or _today(), "reason": _why_ended(number, by),
        "payments": [
            {"on": timezone.localtime(o.confirmed_at).date(), "amount": o.amount, "to": both(o.payee_name)}
            for o in orders_of(number, actor=by)
            if o.confirmed_at is not None
        ],
        "returned": [
            {"number": p.custody_number, "name": p.label, "form": p.form_word, "count": COUNT.with_(n=p.pages), "place": p.place,
             "returned": p.keeping == "returned"}
            for p in papers
            if p.form == "original" and p.keeping == "returned"
        ],
        "kept_until": keeping.until, "kept_rule": keeping.rule, "remedies": _remedies(claim),
    }
    write_letter(number, kind="closing", data=data, by=by)
