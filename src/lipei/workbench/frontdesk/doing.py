"""What pressing the filled button of a station does: one command, and what the neighbour duties then show on the next page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from lipei.coverage.commands import check_at_counter, show_first_view
from lipei.documents.queries import papers_of as papers_on_file
from lipei.filing.actor import Actor
from lipei.filing.refusal import Missing, Refused
from lipei.frontdesk import commands as desk
from lipei.frontdesk.answer_queries import questions_asked
from lipei.frontdesk.consent_rules import may_not_note, may_not_take, must_be_a_guardian
from lipei.frontdesk.consenting import consents_as_told
from lipei.frontdesk.facts_rules import asked_at_desk, facts_of_talk
from lipei.frontdesk.finding import chosen_of, found_for
from lipei.frontdesk.holding import local_day
from lipei.frontdesk.identity_rules import visitor_of
from lipei.frontdesk.papers_rules import papers_of, returned_of
from lipei.frontdesk.queries import VisitSeen
from lipei.frontdesk.rules import farewell_of, greeting_of, must_have_answered, must_hold_account
from lipei.frontdesk.stations import PURPOSES
from lipei.frontdesk.taking import SIGNED, paper_kinds
from lipei.frontdesk.teach_back import understanding_of
from lipei.frontdesk.visitor_rules import account_shown, digest_of
from lipei.frontdesk.visitor_screen import application_digest

Told = Mapping[str, str]


def finish(station: str, visit: VisitSeen, told: Told, *, by: Actor, application: bytes = b"") -> None:
    """Do what the station's button says; raises `Refused` with everything that is missing.

    `application` is the PDF of what the visitor signed on their own screen, where they did.
    """
    number = visit.number
    if station == "welcome":
        desk.greet(number, told=told, by=by)
    elif station == "identity":
        desk.identify(number, told=told, by=by)
    elif station == "listening":
        desk.hear_account(number, text=told.get("account", ""), read_back=bool(told.get("read_back")), by=by)
    elif station == "facts":
        desk.gather_facts(number, told=told, by=by)
        make_check(visit, by=by)
    elif station == "check":
        desk.pass_check(number, by=by)
        make_first_view(visit, by=by)
    else:
        _finish_later(station, visit, told, by=by, application=application)


def _finish_later(station: str, visit: VisitSeen, told: Told, *, by: Actor, application: bytes) -> None:
    number = visit.number
    if station == "first_view":
        desk.pass_first_view(number, by=by)
    elif station == "explanation":
        desk.explain(number, told=told, by=by)
    elif station == "papers" and visit.purpose == "collect_papers":
        desk.return_papers(number, told=told, by=by)
    elif station == "papers":
        desk.take_papers(number, told=told, by=by, application=application)
    elif station == "answer":
        desk.answer_question(number, by=by)
    elif station == "farewell":
        desk.say_farewell(number, told=told, by=by)


def make_check(visit: VisitSeen, *, by: Actor) -> None:
    """Let the duty of cover check policy and cover; when it cannot yet, the check's own page says so and offers it again."""
    try:
        check_at_counter(visit.claim_number, by=by)
    except Refused:
        return


def make_first_view(visit: VisitSeen, *, by: Actor) -> None:
    """Let the duty of cover make the first view; when it cannot yet, its own page says so and offers it again."""
    try:
        show_first_view(visit.claim_number, by=by)
    except Refused:
        return


def do_also(do: str, station: str, visit: VisitSeen, told: Told, *, by: Actor) -> bool:
    """The lesser buttons of a station; whether `do` was one of them."""
    if do == "check" and station == "check":
        check_at_counter(visit.claim_number, by=by)
    elif do == "view" and station == "first_view":
        show_first_view(visit.claim_number, by=by)
    elif do == "add" and station == "listening":
        desk.add_to_account(visit.number, text=told.get("addition", ""), read_back=bool(told.get("read_back")), by=by)
    elif do == "correct" and station == "facts":
        if desk.correct_facts(visit.number, told=told, by=by):
            make_check(visit, by=by)
    else:
        return False
    return True


def lacking(station: str, visit: VisitSeen, told: Told, *, finders: frozenset[int], by: Actor) -> list[Missing]:
    """Everything that still keeps the station from being done, as typed so far; for the foot of the page. `finders` may find something out."""
    today = local_day(timezone.now())
    if station == "welcome":
        return greeting_of(told, today=today)[1]
    if station == "identity":
        return _lacking_identity(visit, told, by=by)
    if station == "listening":
        text = told.get("account", "")
        return must_hold_account(text, is_read_back=bool(told.get("read_back")) or _is_right(visit, "account", digest_of(account_shown(text))))
    if station == "answer":
        return must_have_answered(len(questions_asked(visit.number)))
    if station == "farewell":
        has_claim = bool(visit.claim_number)
        return farewell_of(told, today=today, needs_contact=has_claim, needs_receipt=has_claim or visit.purpose == "complaint")[1]
    if station == "explanation":
        return understanding_of(told, today=today, colleagues=finders, marked=visit.marked)[1]
    edition = visit.policy.edition if visit.policy else None
    if station == "facts" and edition is not None:
        born_on = visit.policy.born_on if visit.policy else None
        asked = asked_at_desk(edition)
        closed = may_not_note(asked, told) if visit.is_health_closed else []
        return [*facts_of_talk(asked, told, today=today, born_on=born_on, colleagues=finders)[1], *closed]
    if station == "papers":
        return _lacking_papers(visit, told, by=by)
    return []


def _lacking_identity(visit: VisitSeen, told: Told, *, by: Actor) -> list[Missing]:
    needs_claim = PURPOSES[visit.purpose].needs_claim
    chosen, faults = chosen_of(told, found_for(told, needs_claim=needs_claim, by=by), needs_claim=needs_claim)
    is_known = chosen is not None and chosen.is_known
    today = local_day(timezone.now())
    faults = [*visitor_of(told, today=today, needs_authority=not is_known, purpose=visit.purpose)[1], *faults]
    faults += must_be_a_guardian("".join(told.get("number", "").split()), capacity=told.get("capacity", ""), today=today)
    if chosen is None:
        return faults
    _, unasked = consents_as_told(
        visit.number, told, purpose=visit.purpose, policy_id=chosen.policy_id, claim_number=chosen.claim_number, today=today,
    )
    return [*faults, *unasked]


def _is_right(visit: VisitSeen, point: str, digest: str) -> bool:
    said = visit.answers.get(point)
    return said is not None and said.answer == "right" and said.digest == digest


def is_signed_on_screen(visit: VisitSeen, told: Told, *, by: Actor) -> bool:
    """Whether the visitor signed exactly this application on their own screen."""
    digest = application_digest(visit, told, actor=by) if visit.answers else ""
    return bool(digest) and _is_right(visit, "application", digest)


def _lacking_papers(visit: VisitSeen, told: Told, *, by: Actor) -> list[Missing]:
    today = local_day(timezone.now())
    if visit.purpose == "collect_papers":
        kept = frozenset(p.custody_number for p in papers_on_file(visit.claim_number, actor=by) if p.keeping == "kept")
        return returned_of(told, today=today, kept=kept)[1]
    edition = visit.policy.edition if visit.policy else None
    if edition is None:
        return []
    kinds = paper_kinds(edition)
    closed = may_not_take(told, kinds=kinds) if visit.is_health_closed else []
    signed = {**told, **SIGNED} if is_signed_on_screen(visit, told, by=by) else told
    return [*closed, *papers_of(
        signed, today=today, kinds=kinds, categories=edition.document.categories, needs_application=visit.requested_at is None
    )[1]]
