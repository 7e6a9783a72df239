"""倾听与出险事实: the account in the visitor's words, and every guided question answered or assigned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from lipei.claimfile import moving
from lipei.claimfile.commands import close_task, leave_fact_open, record_fact, write_note
from lipei.claimfile.models import Claim, Fact
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.frontdesk.consent_rules import may_not_note
from lipei.frontdesk.consenting import is_closed_to_health
from lipei.frontdesk.events import AccountHeard, FactsGathered
from lipei.frontdesk.facts_rules import Facts, LeftOpen, asked_at_desk, facts_of_talk
from lipei.frontdesk.holding import (
    end_of,
    finders,
    held_visit,
    local_day,
    locked_visit,
    must_be_open,
    must_hold,
    not_here,
    pass_on,
)
from lipei.frontdesk.models import StationRecord, Visit
from lipei.frontdesk.rules import must_hold_account
from lipei.frontdesk.stations import CORRECTABLE_BEFORE
from lipei.frontdesk.visitor_answers import is_confirmed
from lipei.frontdesk.visitor_rules import account_shown
from lipei.policies.queries import edition_of_policy
from lipei.terms.edition import Edition
from lipei.terms.words import Words

ACCOUNT = Words("经过（客户原话）", "What happened (their own words)")


def _claim(visit: Visit) -> Claim:
    if visit.claim is None:
        raise Refused("conflict", Words("这次接待还没有案件", "This visit has no claim yet"), do=Words("请先核对身份、选定保单。", "Establish identity and policy first."))
    return visit.claim


def edition_of(claim: Claim) -> Edition:
    """The terms the contract was made under; `Refused` when no edition of the product was in force then."""
    edition = edition_of_policy(claim.policy) if claim.policy else None
    if edition is None:
        raise Refused("missing", Words("系统里没有这份保单的条款", "The terms of this policy are not in the system"),
                      do=Words("请管理员放入这一版条款；客户的话照常记下。", "Ask the administrator to add this edition; go on noting what the customer says."))
    return edition


@command("visit.go_on")
def hear_account(visit: str, *, text: str, read_back: bool, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """倾听: the account as told, read back and confirmed by voice, or by the visitor on their screen. Afterwards it is only added to, never changed."""
    here = held_visit(visit, station="listening", by=by)
    claim = _claim(here)
    on_screen = is_confirmed(here, "account", shown=account_shown(text))
    faults = must_hold_account(text, is_read_back=read_back or on_screen)
    refuse_if(faults, Words(f"还不能离开“倾听”，缺 {len(faults)} 项", f"Listening is not complete: {len(faults)} missing"))
    _keep_account(here, claim, text.strip(), by=by)
    moving.reach(claim, "account_confirmed", entry=record(AccountHeard(visit=visit, on_screen=on_screen), file_id=claim.file_id))
    pass_on(here, "listening")


@command("visit.go_on")
def add_to_account(visit: str, *, text: str, read_back: bool, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """补充: more in the visitor's words, put behind what stands, which stays as it was."""
    here = locked_visit(visit, by=by)
    must_be_open(here)
    must_hold(here, by=by)
    claim = _claim(here)
    earlier = Fact.objects.filter(claim=claim, name="account", is_current=True, state="known").first()
    if earlier is None or claim.requested_at is not None:
        raise not_here(here, "listening")
    whole = f"{earlier.value}\n{text.strip()}"
    faults = must_hold_account(whole if text.strip() else "", is_read_back=read_back)
    refuse_if(faults, Words(f"还不能补充，缺 {len(faults)} 项", f"It cannot be added yet: {len(faults)} missing"))
    _keep_account(here, claim, whole, by=by)
    record(AccountHeard(visit=visit, adds=True), file_id=claim.file_id)


def _keep_account(here: Visit, claim: Claim, text: str, *, by: Actor) -> None:
    said_by = here.visitor.name if here.visitor else ""
    record_fact(claim.number, name="account", label=ACCOUNT, value=text, shown=text, source="visitor", said_by=said_by, by=by)


@command("visit.go_on")
def gather_facts(visit: str, *, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> None:
    """出险事实: each guided question answered or assigned (`<name>__unknown`, `__who`, `__until`); all faults at once."""
    here = held_visit(visit, station="facts", by=by)
    claim = _claim(here)
    facts = _facts(here, claim, told, at=at)
    _write(here, claim, facts, by=by)
    event = FactsGathered(visit=visit, answered=len(facts.answers), left_open=len(facts.left_open))
    moving.reach(claim, "facts_complete", entry=record(event, file_id=claim.file_id))
    pass_on(here, "facts")


@command("visit.go_on")
def correct_facts(visit: str, *, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> bool:
    """更正: before the application is signed; check and first view are then made again, and the file says so.

    Returns whether anything was corrected; the same answers again change nothing.
    """
    here = locked_visit(visit, by=by)
    must_be_open(here)
    must_hold(here, by=by)
    claim = _claim(here)
    if not StationRecord.objects.filter(visit=here, station="facts").exists():
        raise not_here(here, "facts")
    if here.station not in CORRECTABLE_BEFORE or claim.requested_at is not None:
        raise Refused(
            "too_late", Words("申请书已经签名，出险事实不能在柜台改了", "The application is signed; the facts can no longer be changed at the counter"),
            why=Words("签名的申请要和记下的事实一致。", "A signed application must agree with what is on file."),
            missing=(Missing(Words("在案件里写明更正和理由", "Write the correction and its reason in the claim"), where=("claim", (claim.number,))),),
        )
    facts = _facts(here, claim, told, at=at)
    before = _standing(claim)
    _write(here, claim, facts, by=by)
    if _standing(claim) == before and not facts.note:
        return False
    moving.withdraw(claim, "counter_checked", "first_view_shown")
    record(FactsGathered(visit=visit, answered=len(facts.answers), left_open=len(facts.left_open), corrects=True), file_id=claim.file_id)
    here.station = "facts"
    pass_on(here, "facts")
    return True


def _standing(claim: Claim) -> frozenset[int]:
    return frozenset(Fact.objects.filter(claim=claim, is_current=True).values_list("pk", flat=True))


def _facts(here: Visit, claim: Claim, told: Mapping[str, str], *, at: datetime) -> Facts:
    born_on = claim.insured.born_on if claim.insured else None
    asked = asked_at_desk(edition_of(claim))
    facts, faults = facts_of_talk(
        asked, told, today=local_day(at), born_on=born_on, colleagues=finders(here.branch_id)
    )
    if is_closed_to_health(claim):
        faults += may_not_note(asked, told)
    refuse_if(faults, Words(f"还不能离开“出险事实”，缺 {len(faults)} 项", f"The facts are not complete: {len(faults)} missing"))
    assert facts is not None  # no faults
    return facts


def _write(here: Visit, claim: Claim, facts: Facts, *, by: Actor) -> None:
    said_by = here.visitor.name if here.visitor else ""
    for answer in facts.answers:
        record_fact(claim.number, name=answer.name, label=answer.label, value=answer.value, shown=answer.shown.zh, source="visitor", said_by=said_by, by=by)
    for question in facts.left_open:
        _leave_open(claim, question, by=by)
    if facts.note:
        write_note(claim.number, text=facts.note, by=by)


def _leave_open(claim: Claim, question: LeftOpen, *, by: Actor) -> None:
    """Assign a question once: the same person and day again changes nothing, another replaces the earlier task."""
    due_at = end_of(question.due)
    earlier = Fact.objects.select_related("task").filter(claim=claim, name=question.name, is_current=True, state="unknown").first()
    task = earlier.task if earlier else None
    if task is not None and task.state == "open":
        if task.user_id == question.user_id and task.due_at == due_at:
            return
        close_task(task.pk, answer="改由别人或别的日子查明", by=by)
    leave_fact_open(claim.number, name=question.name, label=question.label, user_id=question.user_id, due_at=due_at, by=by)
