"""Who sits where at a decision: the claim's head, the payee, the clock that runs, and whether this colleague may decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from lipei.claimfile import diary
from lipei.claimfile.events import StageMoved
from lipei.claimfile.models import Claim, Party
from lipei.claimfile.time_line import who_did, with_latin_names
from lipei.clocks import Reading, most_urgent
from lipei.filing.actor import Actor
from lipei.filing.events import REGISTRY
from lipei.filing.models import Entry
from lipei.filing.recording import event_of
from lipei.settlement import conflict
from lipei.settlement.adjustments import AdjustmentView, Effect, adjustment_views, effect_of, stated_in
from lipei.settlement.events import SubmittedForReview
from lipei.settlement.models import Statement
from lipei.settlement.queries import (
    DecisionView,
    Proposal,
    StatementView,
    claim_and_milestones,
    current_row,
    decision_of,
    proposal_from,
    statement_view,
    visible_claim,
)
from lipei.settlement.rules import ORGANISATION, authority_needed, levels_shown
from lipei.settlement.similar import Similar, similar_to
from lipei.staff.queries import authority_holders, authority_levels, who_may_decide
from lipei.terms.words import Words, both

LATEST = 4
SUBMITTED = SubmittedForReview.KIND


@dataclass(frozen=True, slots=True)
class ClaimHead:
    """What stands at the head of every page of settlement."""

    number: str
    name: str
    subject: Words
    stage: str
    line: str
    branch_id: int
    policy_number: str
    owner: Words | None
    reached: frozenset[str]


@dataclass(frozen=True, slots=True)
class PayeeView:
    """Where the money goes, without its number: the last four digits only."""

    name: str
    bank_name: str
    tail: str
    account_name: str
    authority: str
    is_organisation: bool
    is_verified: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of what happened last."""

    at: datetime
    sentence: Words
    by: Words
    is_key: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """Whether this colleague may decide: what excludes them, the authority needed and their own (fen), and who else may."""

    excluded: Words | None
    needed: int
    authority: int
    who: Words | None
    levels: tuple[tuple[Words, int, bool], ...]

    @property
    def is_within(self) -> bool:
        """Whether the amount lies within this colleague's authority."""
        return self.needed <= self.authority


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the decision's page needs, read once."""

    head: ClaimHead
    view: StatementView | None
    proposal: Proposal | None
    seat: Seat | None
    payee: PayeeView | None
    decision: DecisionView | None
    similar: Similar | None
    clock: Reading | None
    submission: EntryView | None
    latest: tuple[EntryView, ...]
    entries: int
    effect: Effect | None
    adjustments: tuple[AdjustmentView, ...]


def head_of(number: str, *, actor: Actor) -> ClaimHead:
    """The head of a claim's pages."""
    return _head(*claim_and_milestones(number, actor=actor))


def _head(claim: Claim, have: frozenset[str]) -> ClaimHead:
    subject = Words(claim.subject_zh, claim.subject_en) if claim.subject_zh and claim.subject_en else both(claim.number)
    owner = Words(claim.owner.name, claim.owner.name_en) if claim.owner is not None else None
    policy = claim.policy.number if claim.policy is not None else ""
    return ClaimHead(claim.number, claim.insured_name, subject, claim.stage, claim.line, claim.branch_id, policy, owner, have)


def payee_of(number: str, *, actor: Actor) -> PayeeView | None:
    """The payee on file, or None."""
    claim, have = claim_and_milestones(number, actor=actor)
    return _payee(conflict.people_of(claim), have=have)


def _payee(people: list[Party], *, have: frozenset[str]) -> PayeeView | None:
    row = next((p for p in people if p.role == "payee"), None)
    if row is None:
        return None
    return PayeeView(row.name, row.bank_name, row.bank_account_tail, row.bank_account_name, row.authority, row.identity_kind == ORGANISATION, "payee_verified" in have)


def people_of(number: str, *, actor: Actor) -> tuple[str, ...]:
    """The names of the claim's own people, the insured first: the ones who may be paid without a mandate."""
    claim = visible_claim(number, actor=actor)
    names = [claim.insured_name, claim.policy.holder_name if claim.policy is not None else ""]
    names += [p.name for p in conflict.people_of(claim) if p.role != "payee"]
    return tuple(dict.fromkeys(n for n in names if n))


def desk_of(number: str, *, actor: Actor, at: datetime) -> Desk:
    """The decision's desk: the claim, its statement and proposal, and – while it is still to be decided – the seat."""
    claim, have = claim_and_milestones(number, actor=actor)
    head = _head(claim, have)
    row = current_row(claim)
    view = statement_view(row) if row is not None else None
    proposal = proposal_from(view) if view is not None else None
    is_decided = "decided" in head.reached
    people = conflict.people_of(claim)
    seat = None
    if row is not None and proposal is not None and not is_decided:
        seat = _seat(claim, row, kind=proposal.kind, people=people, actor=actor)
    total, submission, latest = _entries(claim)
    effect = effect_of(claim, stated_in(view, claim)) if seat is not None and view is not None and claim.snapshot is not None else None
    return Desk(
        head, view, proposal, seat, _payee(people, have=head.reached), decision_of(claim) if is_decided else None,
        similar_to(claim, row, at=at) if row is not None else None, most_urgent(diary.clocks_of(claim, at=at)), submission, latest, total,
        effect, adjustment_views(claim) if is_decided else (),
    )


def _seat(claim: Claim, row: Statement, *, kind: str, people: list[Party], actor: Actor) -> Seat:
    needed = authority_needed(kind, owed=row.owed, claimed=row.claimed)
    out = conflict.excluded(claim, row, people=people)
    holders = authority_holders()
    who = who_may_decide(needed, branch_id=claim.branch_id, without=frozenset(out), among=holders)
    own = actor.authority if "settlement.decide_pay" in actor.verbs else 0
    return Seat(
        out.get(actor.user_id or 0), needed, own, Words(who.name, who.name_en) if who is not None else None,
        levels_shown(authority_levels(holders), own=own),
    )


def _entries(claim: Claim) -> tuple[int, EntryView | None, tuple[EntryView, ...]]:
    """How many entries the file has, the last submission, and the latest entries, newest first – in one statement.

    Moves of the stage are left out: the step that caused them stands beside them.
    """
    last = F("file__head__length") - 2 * LATEST
    wanted = with_latin_names(Entry.objects.filter(file_id=claim.file_id)).filter(Q(kind=SUBMITTED) | Q(number__gt=last)).order_by("-number")
    rows = [row for row in wanted if row.kind in REGISTRY]
    total = rows[0].number if rows else 0
    submission = next((row for row in rows if row.kind == SUBMITTED), None)
    latest = [row for row in rows if row.kind != StageMoved.KIND and row.number > total - 2 * LATEST][:LATEST]
    return total, _entry(submission) if submission is not None else None, tuple(_entry(row) for row in latest)


def _entry(row: Entry) -> EntryView:
    event = event_of(row)
    return EntryView(row.at, event.sentence(), who_did(row), event.KEY)
