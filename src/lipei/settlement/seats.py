"""Who sits where at a decision: the claim's head, the payee, the clock that runs, and whether this colleague may decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lipei.claimfile import diary
from lipei.claimfile.models import Party
from lipei.claimfile.moving import reached
from lipei.clocks import Reading, most_urgent
from lipei.filing.actor import Actor
from lipei.filing.events import REGISTRY
from lipei.filing.models import Entry
from lipei.filing.recording import event_of
from lipei.settlement import conflict
from lipei.settlement.queries import current_row, visible_claim
from lipei.settlement.rules import authority_needed, levels_shown
from lipei.staff.queries import authority_levels, who_may_decide
from lipei.terms.words import Words, both

LATEST = 4


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


def head_of(number: str, *, actor: Actor) -> ClaimHead:
    """The head of a claim's pages."""
    claim = visible_claim(number, actor=actor)
    subject = Words(claim.subject_zh, claim.subject_en) if claim.subject_zh and claim.subject_en else both(claim.number)
    owner = Words(claim.owner.name, claim.owner.name_en) if claim.owner is not None else None
    policy = claim.policy.number if claim.policy is not None else ""
    return ClaimHead(number, claim.insured_name, subject, claim.stage, claim.line, claim.branch_id, policy, owner, reached(claim))


@dataclass(frozen=True, slots=True)
class PayeeView:
    """Where the money goes, without its number: the last four digits only."""

    name: str
    bank_name: str
    tail: str
    account_name: str
    authority: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of what happened last."""

    at: datetime
    sentence: Words
    by: str
    is_key: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """Whether this colleague may decide: what excludes them, the authority needed and their own (fen), and who else may."""

    excluded: Words | None
    needed: int
    authority: int
    who: Words | None
    who_is_me: bool
    levels: tuple[tuple[Words, int, bool], ...]

    @property
    def is_within(self) -> bool:
        """Whether the amount lies within this colleague's authority."""
        return self.needed <= self.authority


def payee_of(number: str, *, actor: Actor) -> PayeeView | None:
    """The payee on file, or None."""
    claim = visible_claim(number, actor=actor)
    row = Party.objects.filter(claim=claim, role="payee").first()
    if row is None:
        return None
    return PayeeView(row.name, row.bank_name, row.bank_account_tail, row.bank_account_name, row.authority, "payee_verified" in reached(claim))


def people_of(number: str, *, actor: Actor) -> tuple[str, ...]:
    """The names of the claim's own people, the insured first: the ones who may be paid without a mandate."""
    claim = visible_claim(number, actor=actor)
    names = [claim.insured_name, claim.policy.holder_name if claim.policy is not None else ""]
    names += Party.objects.filter(claim=claim).exclude(role="payee").values_list("name", flat=True)
    return tuple(dict.fromkeys(n for n in names if n))


def seat_of(number: str, *, kind: str, actor: Actor) -> Seat | None:
    """The seat of this colleague at the decision `kind` leads to; None while there is no calculation."""
    claim = visible_claim(number, actor=actor)
    row = current_row(claim)
    if row is None:
        return None
    needed = authority_needed(kind, owed=row.owed, claimed=row.claimed)
    out = conflict.excluded(claim, row)
    who = who_may_decide(needed, branch_id=claim.branch_id, without=frozenset(out))
    own = actor.authority if "settlement.decide_pay" in actor.verbs else 0
    return Seat(
        out.get(actor.user_id or 0), needed, own, Words(who.name, who.name_en) if who is not None else None,
        who is not None and who.pk == actor.user_id, levels_shown(authority_levels(), own=own),
    )


def clock_of(number: str, *, actor: Actor, at: datetime) -> Reading | None:
    """The clock that runs out first, or None."""
    return most_urgent(diary.clocks_of(visible_claim(number, actor=actor), at=at))


def latest_entries(number: str, *, actor: Actor) -> tuple[int, tuple[EntryView, ...]]:
    """How many entries the claim's file has, and the latest ones, newest first."""
    claim = visible_claim(number, actor=actor)
    rows = list(Entry.objects.filter(file_id=claim.file_id).order_by("-number")[:LATEST])
    total = rows[0].number if rows else 0
    return total, tuple(_entry(row) for row in rows if row.kind in REGISTRY)


def submission_of(number: str, *, actor: Actor) -> EntryView | None:
    """Who submitted the claim for review last, and when."""
    claim = visible_claim(number, actor=actor)
    row = Entry.objects.filter(file_id=claim.file_id, kind="submitted_for_review").order_by("-number").first()
    return _entry(row) if row is not None else None


def _entry(row: Entry) -> EntryView:
    event = event_of(row)
    return EntryView(row.at, event.sentence(), row.by_name, event.KEY)
