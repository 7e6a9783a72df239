"""ONE table: verb × role. Who may do what; amounts are limited by authority, rows by `visible_to`. Pure.

Every `@command` claims a verb and every address of a door names one; the matrix test walks both against this table.
"""

from __future__ import annotations

from lipei.staff.roles import ROLES

_ALL = frozenset(r.id for r in ROLES)
_DESK = frozenset({"front_desk"})
_HANDLER = frozenset({"handler"})
_CLAIMS = frozenset({"front_desk", "handler", "investigator", "assessor"})
_SEE_CLAIMS = _ALL - {"administrator", "colleague"}
_WRITE_CLAIMS = _SEE_CLAIMS - {"auditor"}

PERMISSIONS: dict[str, frozenset[str]] = {
    # reading
    "work.see": _ALL,
    "claim.see": _SEE_CLAIMS,
    "claim.search": _SEE_CLAIMS,
    "board.see": frozenset({"supervisor", "auditor"}),
    "calculation.see": _SEE_CLAIMS,
    "coverage.see": _SEE_CLAIMS,
    "decision.see": _SEE_CLAIMS,
    "letter.see": _SEE_CLAIMS,
    "document.see": _SEE_CLAIMS,
    "papers.see": frozenset({"front_desk", "handler", "archivist", "supervisor", "auditor"}),
    "reference.see": frozenset({"administrator", "supervisor", "auditor"}),
    "staff.change": frozenset({"administrator"}),
    "terms.compare": frozenset({"administrator", "supervisor", "auditor"}),
    "personal.unmask": _WRITE_CLAIMS,
    "draft.keep": _ALL - {"auditor"},
    # the queue; the kiosk of a branch takes tickets and calls a person too
    "ticket.take": _DESK,
    "ticket.call": _DESK,
    "appointment.make": _DESK | {"supervisor"},
    "hall.ask_help": _DESK,
    "hall.give_help": _DESK | {"supervisor"},
    "speech.check": _ALL - {"auditor"},
    # the visit
    "visit.see": frozenset({"front_desk", "supervisor", "auditor"}),
    "visit.open": _DESK,
    "visit.go_on": _DESK,
    "visit.close": _DESK,
    "visit.hand_over": _DESK | {"supervisor"},
    "visit.assist": _DESK | {"supervisor"},
    # the shift at the counter
    "desk.see": frozenset({"front_desk", "supervisor", "auditor"}),
    "floor.see": frozenset({"supervisor", "auditor"}),
    "desk.check": _DESK,
    "desk.rest": _DESK,
    "desk.arrange": frozenset({"supervisor"}),
    # complaints
    "complaint.see": frozenset({"front_desk", "supervisor", "complaint_officer", "auditor"}),
    "complaint.open": _DESK,
    "complaint.take_on": frozenset({"complaint_officer"}),
    "complaint.assign": frozenset({"supervisor", "complaint_officer"}),
    "complaint.note": frozenset({"supervisor", "complaint_officer"}),
    # coaching: a colleague's own talks
    "coaching.see": _CLAIMS | {"supervisor"},
    "coaching.keep": _CLAIMS,
    "practice.play": _CLAIMS,
    "consent.record": frozenset({"front_desk", "handler"}),
    "consent.withdraw": frozenset({"front_desk", "handler"}),
    "rating.see": frozenset({"supervisor"}),
    "rating.call_back": frozenset({"supervisor"}),
    # the claim
    "policy.take_over": frozenset({"administrator"}),
    "claim.report": frozenset({"front_desk", "handler"}),
    "claim.request": frozenset({"front_desk", "handler"}),
    "claim.register": frozenset({"front_desk", "handler"}),
    "claim.take_on": _HANDLER,
    "claim.assign": frozenset({"supervisor"}),
    "claim.mark_complex": _HANDLER,
    "claim.note": _WRITE_CLAIMS,
    "claim.promise": _CLAIMS,
    "claim.withdraw": frozenset({"handler", "supervisor"}),
    "claim.close": _HANDLER,
    "fact.record": _CLAIMS,
    "party.record": _CLAIMS,
    "task.open": _WRITE_CLAIMS,
    "task.close": _WRITE_CLAIMS,
    "coverage.check": frozenset({"front_desk", "handler"}),
    "coverage.view": frozenset({"front_desk", "handler"}),
    "coverage.estimate": frozenset({"front_desk", "handler"}),
    "coverage.verify": _HANDLER,
    "documents.receive": frozenset({"front_desk", "handler"}),
    "documents.return": frozenset({"front_desk", "archivist"}),
    "documents.move": _CLAIMS | {"archivist"},
    "documents.give_receipt": frozenset({"front_desk", "handler", "archivist"}),
    "documents.seek": _CLAIMS | {"archivist", "supervisor"},
    "documents.hand_on": frozenset({"front_desk", "handler", "archivist"}),
    "documents.accept": frozenset({"front_desk", "handler", "archivist"}),
    "documents.count": frozenset({"front_desk", "archivist", "supervisor"}),
    "documents.examine": _HANDLER,
    "documents.waive": _HANDLER,
    "documents.tell": frozenset({"handler", "front_desk"}),
    "documents.ask": _HANDLER,
    "documents.ask_again": frozenset({"supervisor"}),
    "documents.complete": _HANDLER,
    "assessment.allow": frozenset({"assessor"}),
    "assessment.complete": frozenset({"assessor"}),
    "settlement.calculate": _HANDLER,
    "settlement.record_payee": frozenset({"front_desk", "handler"}),
    "settlement.submit": _HANDLER,
    "settlement.pass_review": frozenset({"approver"}),
    "settlement.return": frozenset({"approver"}),
    "settlement.decide_pay": frozenset({"approver"}),
    "settlement.adjust": _HANDLER,
    "settlement.what_if": _SEE_CLAIMS,
    "letter.write": frozenset({"handler", "approver"}),
    "letter.deliver": frozenset({"handler", "front_desk"}),
    "payment.order": frozenset({"finance_maker"}),
    "payment.release": frozenset({"finance_checker"}),
    "payment.see": frozenset({"finance_maker", "finance_checker", "supervisor", "auditor", "handler"}),
    "archive.file": frozenset({"archivist"}),
}


def verbs_of(roles: frozenset[str]) -> frozenset[str]:
    """Every verb that somebody with these roles may use."""
    return frozenset(verb for verb, may in PERMISSIONS.items() if roles & may)


def roles_for(verb: str) -> frozenset[str]:
    """The roles that may use `verb`; empty for an unknown verb."""
    return PERMISSIONS.get(verb, frozenset())
