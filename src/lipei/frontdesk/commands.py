"""Commands of a visit: greet, look through, see off; leave a station out with its reason; hand over.

Opening, identity, account, facts, explanation, answers and papers have rooms of their own (`seating`, `identifying`, `telling`,
`understanding`, `answering`, `taking`), so have the calm mode and the shift (`calming`, `shift`); all are named here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from lipei.claimfile import moving
from lipei.claimfile.commands import open_task, pass_tasks, promise
from lipei.claimfile.models import Claim
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.drafts import hand_drafts
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, refuse_if
from lipei.frontdesk.answering import answer_question, leave_question, say_answer
from lipei.frontdesk.calming import (
    accept_call,
    begin_calm,
    call_second,
    decline_call,
    mark_calm_step_not_applicable,
    may_become_complaint,
    must_be_calm,
    name_quiet_room,
    report_threat,
    take_calm_step,
)
from lipei.frontdesk.desk import count_hard
from lipei.frontdesk.events import (
    StationNotApplicable,
    VisitClosed,
    VisitHandedOver,
    VisitorGreeted,
)
from lipei.frontdesk.fair_rules import LONG_MINUTES
from lipei.frontdesk.hall import ring_hall
from lipei.frontdesk.holding import (
    claim_of,
    desk_colleagues,
    end_of,
    go_on,
    held_visit,
    local_day,
    locked_visit,
    must_be_open,
    must_hold,
    not_here,
    pass_on,
    write_station,
)
from lipei.frontdesk.identifying import identify
from lipei.frontdesk.models import CalmTalk, Visit
from lipei.frontdesk.rules import (
    farewell_of,
    greeting_of,
    may_not_apply,
    must_hold_handover,
)
from lipei.frontdesk.seating import open_visit
from lipei.frontdesk.shift import end_break, sign_self_check, take_break
from lipei.frontdesk.stations import BY_ID, PURPOSES, SITUATIONS, reasons_for
from lipei.frontdesk.taking import return_papers, take_papers
from lipei.frontdesk.telling import add_to_account, correct_facts, gather_facts, hear_account
from lipei.frontdesk.understanding import explain
from lipei.staff.models import User
from lipei.terms.words import Words

__all__ = [
    "accept_call", "add_to_account", "answer_question", "begin_calm", "call_second", "correct_facts", "decline_call", "end_break", "explain",
    "gather_facts", "greet", "hand_over_visit", "hear_account", "identify", "leave_question", "mark_calm_step_not_applicable", "mark_not_applicable",
    "name_quiet_room", "open_visit", "pass_check", "pass_first_view", "report_threat", "return_papers", "say_answer", "say_farewell", "sign_self_check",
    "take_break", "take_calm_step", "take_papers",
]
FOLLOW_UP_DAYS = 2


@command("visit.go_on")
def greet(visit: str, *, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> None:
    """迎接: purpose, situation and form of address. May be corrected while the visitor is not yet established; said again unchanged, it stands."""
    here = locked_visit(visit, by=by)
    must_be_open(here)
    must_hold(here, by=by)
    if here.station not in ("welcome", "identity"):
        raise not_here(here, "welcome")
    greeting, faults = greeting_of(told, today=local_day(at))
    if greeting is not None and greeting.purpose == "complaint" and here.purpose != "complaint":
        faults += may_become_complaint(here)
    refuse_if(faults, Words(f"还不能离开“迎接”，缺 {len(faults)} 项", f"The welcome is not complete: {len(faults)} missing"))
    assert greeting is not None  # no faults
    corrects = here.station == "identity"
    if corrects and (here.purpose, here.situation, here.visitor_name) == (greeting.purpose, greeting.situation, greeting.address):
        return
    here.purpose, here.situation, here.visitor_name = greeting.purpose, greeting.situation, greeting.address
    here.station = "welcome"
    entry = record(
        VisitorGreeted(visit=visit, purpose=PURPOSES[greeting.purpose].name, situation=SITUATIONS[greeting.situation],
                       address=greeting.address, corrects=corrects),
        file_id=here.file_id,
    )
    pass_on(here, "welcome", entry=entry)


@command("visit.go_on")
def pass_check(visit: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """当场核对 was looked through together; the check itself is made by the duty of cover."""
    _pass_shown(visit, "check", milestone="counter_checked", lacking=Words("还没有当场核对", "The check was not made yet"), by=by)


@command("visit.go_on")
def pass_first_view(visit: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """初步看法 was told with its reasons; the view itself is made by the duty of cover."""
    _pass_shown(visit, "first_view", milestone="first_view_shown", lacking=Words("还没有算出初步看法", "The first view was not made yet"), by=by)


def _pass_shown(number: str, station: str, *, milestone: str, lacking: Words, by: Actor) -> None:
    visit = held_visit(number, station=station, by=by)
    claim = claim_of(visit)
    refuse_if(
        [] if milestone in moving.reached(claim) else [Missing(lacking, why=BY_ID[station].why)],
        Words(f"还不能离开“{BY_ID[station].name.zh}”", f"“{BY_ID[station].name.en}” is not complete"),
    )
    pass_on(visit, station)


@command("visit.close")
def say_farewell(visit: str, *, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> None:
    """送别: the next contact is promised, the visit closed; who was asked first stays owner until the matter is closed."""
    here = held_visit(visit, station="farewell", by=by)
    must_be_calm(here)
    farewell, faults = farewell_of(told, today=local_day(at), needs_contact=here.claim is not None, needs_receipt=must_hand_receipt(here))
    refuse_if(faults, Words(f"还不能送别，缺 {len(faults)} 项", f"Not ready for the farewell: {len(faults)} missing"))
    assert farewell is not None  # no faults
    if here.claim is not None and farewell.contact_on is not None:
        promise(here.claim.number, what=farewell.about, due_at=end_of(farewell.contact_on), keeper_id=keeper_of(here.claim), by=by)
        _leave_claim(here.claim)
    here.closed_at = at
    if at - here.opened_at >= timedelta(minutes=LONG_MINUTES):
        count_hard(here, "long")
    contact_on = farewell.contact_on.isoformat() if farewell.contact_on else ""
    entry = record(VisitClosed(visit=visit, contact_on=contact_on), file_id=here.file_id)
    pass_on(here, "farewell", content={"contact_on": contact_on, "about": farewell.about}, entry=entry)
    ring_hall(here.branch_id)


def must_hand_receipt(visit: Visit) -> bool:
    """Who came about a claim or complained goes home with a receipt or card: number, person, day."""
    return visit.claim is not None or visit.purpose == "complaint"


def keeper_of(claim: Claim) -> int | None:
    """谁先接待谁跟到底: who was asked first keeps what is promised, whoever says it; None when that colleague no longer works here."""
    asked = claim.first_asked
    return asked.pk if asked is not None and asked.is_working else None


def _leave_claim(claim: Claim) -> None:
    """Without a claim request it is the customer's turn: the papers are at home."""
    if claim.stage == "reported" and claim.requested_at is None:
        claim.turn, claim.turn_user = "customer", None
        claim.save(update_fields=["turn", "turn_user"])


@command("visit.go_on")
def mark_not_applicable(visit: str, *, station: str, reason: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """A station truly does not apply, for a reason from its list; what must still follow becomes a task."""
    here = held_visit(visit, station=station, by=by)
    faults = may_not_apply(station, purpose=here.purpose, reason=reason)
    name = BY_ID[station].name
    refuse_if(faults, Words(f"“{name.zh}”还不能记为不适用", f"“{name.en}” cannot be marked as not applicable yet"))
    chosen = next(r for r in reasons_for(station, here.purpose) if r.id == reason)
    event = StationNotApplicable(visit=visit, station=station, name=name, reason=chosen.name)
    entry = record(event, file_id=here.file_id)
    if here.claim is not None:
        record(event, file_id=here.claim.file_id)
        if chosen.follow_up is not None:
            due = end_of(local_day(at) + timedelta(days=FOLLOW_UP_DAYS))
            open_task(here.claim.number, kind="follow_up", what=chosen.follow_up, user_id=by.user_id, due_at=due, by=by)
    write_station(here, station, state="not_applicable", reason=reason, entry=entry)
    go_on(here, station)


@command("visit.hand_over")
def hand_over_visit(visit: str, *, to_user_id: int, summary: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """交接: by the clerk who holds it, or the branch's supervisor. Drafts go along, so the visitor need not say it again."""
    here = locked_visit(visit, by=by)
    must_be_open(here)
    if not by.has("supervisor"):
        must_hold(here, by=by)
    faults = must_hold_handover(summary, to_user_id=to_user_id, colleagues=desk_colleagues(here.branch_id), holder_id=here.clerk_id)
    refuse_if(faults, Words(f"还不能交接，缺 {len(faults)} 项", f"The visit cannot be handed over yet: {len(faults)} missing"))
    to, frm = User.objects.get(id=to_user_id), here.clerk
    event = VisitHandedOver(visit=visit, frm=frm.name, to=to.name, summary=summary.strip(), tasks=_pass_matter(here, to), follows=_follows(here, to))
    record(event, file_id=here.file_id)
    if here.claim is not None:
        record(event, file_id=here.claim.file_id)
    here.clerk = to
    here.save(update_fields=["clerk"])
    CalmTalk.objects.filter(visit=here, second=to).update(second=None, called_at=None, accepted_at=None)
    hand_drafts(f"visit:{visit}:", to_ref=to.number)


def _pass_matter(here: Visit, to: User) -> int:
    """Who hands over what was asked of them first hands the matter over whole: the ownership and their open tasks in it.

    A colleague who only served a later visit hands over that visit; the matter stays with who was asked first.
    """
    claim = here.claim
    if claim is not None and claim.first_asked_id not in (None, here.clerk_id):
        return pass_tasks(file_ids=[here.file_id], frm_id=here.clerk_id, to_id=to.pk)
    if claim is not None:
        claim.first_asked = to
        claim.save(update_fields=["first_asked"])
    return pass_tasks(file_ids=[here.file_id, *([claim.file_id] if claim else [])], frm_id=here.clerk_id, to_id=to.pk)


def _follows(here: Visit, to: User) -> bool:
    return here.claim is not None and here.claim.first_asked_id == to.pk
