"""The one table that says what follows from what.

A follower prepares, proposes, asks; what turns against a claimant is decided by a named human. Each runs at least once: those
inside the house leave a mark in their own transaction, those that reach outside are harmless when repeated.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lipei.claimfile.commands import open_task
from lipei.claimfile.models import Claim, FollowMark
from lipei.communication.jobs import send_letter
from lipei.filing.actor import Actor, system
from lipei.filing.command import CLOCK_TOLERANCE, NOW, command
from lipei.filing.models import Entry
from lipei.filing.refusal import Refused
from lipei.payments.commands import make_payable, set_reserve
from lipei.payments.jobs import ask_after, pay_order
from lipei.process import letters
from lipei.process.complaining import HEARD, open_heard_complaint
from lipei.process.outside import outside
from lipei.settlement.adjusting import propose_adjustments
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Cause:
    """The entry that is followed: its claim's number, its values, and the time its followers tell."""

    entry_id: int
    number: str
    values: dict[str, object]
    at: datetime

    def text(self, name: str) -> str:
        """A value of the event as text."""
        return str(self.values[name])

    def whole(self, name: str) -> int:
        """A value of the event as a whole number."""
        return int(str(self.values[name]))


@dataclass(frozen=True, slots=True)
class Follower:
    """What is done when an event of `kind` was recorded. `reaches_out`: it talks to the outside and needs no mark."""

    kind: str
    name: str
    run: Callable[[Cause, Actor], None]
    reaches_out: bool = False


def _reserve(cause: Cause, by: Actor) -> None:
    set_reserve(cause.number, by=by)


def _payable(cause: Cause, by: Actor) -> None:
    make_payable(
        cause.number, decision_entry=cause.entry_id, payee_id=cause.whole("payee_id"), amount=cause.whole("amount"), by=by
    )


def _no_payable(cause: Cause, by: Actor) -> None:
    make_payable(cause.number, decision_entry=cause.entry_id, payee_id=0, amount=0, by=by)


def _send(cause: Cause, by: Actor) -> None:
    send_letter(cause.text("letter"), post=outside().post, at=cause.at)


def _pay(cause: Cause, by: Actor) -> None:
    pay_order(cause.text("order"), bank=outside().bank, at=cause.at)


def _ask_bank(cause: Cause, by: Actor) -> None:
    ask_after(cause.text("order"), bank=outside().bank, at=cause.at)


def _adjustments(cause: Cause, by: Actor) -> None:
    propose_adjustments(cause.number, by=by)


def _letter(write: Callable[[str, Actor], object]) -> Callable[[Cause, Actor], None]:
    def run(cause: Cause, by: Actor) -> None:
        write(cause.number, by)

    return run


def _supplement(cause: Cause, by: Actor) -> None:
    letters.write_supplement_notice(cause.number, by, request_id=cause.whole("request_id"))


def _open_complaint(cause: Cause, by: Actor) -> None:
    open_heard_complaint(cause.entry_id, by=by)


FOLLOWERS: tuple[Follower, ...] = (
    Follower("claim_registered", "set_reserve", _reserve),
    Follower("claim_registered", "write_acknowledgement", _letter(letters.write_acknowledgement)),
    Follower("papers_asked", "write_supplement_notice", _supplement),
    Follower("claim_decided", "make_payable", _payable),
    Follower("claim_decided", "write_decision", _letter(letters.write_decision)),
    Follower("claim_decided", "propose_adjustments", _adjustments),
    Follower("adjustment_accepted", "propose_adjustments", _adjustments),
    Follower("adjustment_left", "propose_adjustments", _adjustments),
    Follower("claim_refused", "release_reserve", _no_payable),
    Follower("claim_refused", "write_refusal", _letter(letters.write_decision)),
    Follower("claim_closed", "write_closing", _letter(letters.write_closing)),
    Follower(HEARD, "open_complaint", _open_complaint),
    Follower("letter_written", "send_letter", _send, reaches_out=True),
    Follower("payment_released", "pay_order", _pay, reaches_out=True),
    Follower("payment_handed_over", "ask_after_order", _ask_bank, reaches_out=True),
)


def followed_kinds() -> frozenset[str]:
    """Every kind of event that has a follower."""
    return frozenset(f.kind for f in FOLLOWERS)


@command("system.follow")
def _follow_once(follower: Follower, *, cause: Cause, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """Run one follower with its mark in the same transaction; where the mark stands already, do nothing."""
    if FollowMark.objects.filter(entry_id=cause.entry_id, follower=follower.name).exists():
        return
    FollowMark.objects.create(entry_id=cause.entry_id, follower=follower.name)
    follower.run(cause, by)


@command("system.follow")
def _hand_to_a_person(follower: Follower, *, cause: Cause, refused: Refused, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """What a follower could not do becomes a task of the claim's owner, with the whole reason; without a claim the job stays as failed."""
    if FollowMark.objects.filter(entry_id=cause.entry_id, follower=follower.name).exists():
        return
    FollowMark.objects.create(entry_id=cause.entry_id, follower=follower.name)
    claim = Claim.objects.filter(number=cause.number).first()
    if claim is None:
        raise refused
    reasons = [refused.what, *(m.what for m in refused.missing)][:4]
    what = Words("；".join(r.zh for r in reasons)[:200], "; ".join(r.en for r in reasons)[:300])
    open_task(cause.number, kind="follow_up", what=what, user_id=claim.owner_id, role="handler", due_at=at, by=by)


def follow_entry(entry_id: int) -> None:
    """Run all followers of an entry. One that fails does not hold up the others; the first failure is raised at the end."""
    entry = Entry.objects.select_related("file__claim").get(id=entry_id)
    is_told = abs(entry.at - entry.recorded_at) > CLOCK_TOLERANCE
    cause = Cause(entry.pk, entry.file.number, json.loads(entry.plain), entry.at if is_told else NOW)
    by = system(caused_by=entry.pk)
    failure: Exception | None = None
    for follower in (f for f in FOLLOWERS if f.kind == entry.kind):
        try:
            _run(follower, cause, by)
        except Exception as fault:
            failure = failure or fault
    if failure is not None:
        raise failure


def _run(follower: Follower, cause: Cause, by: Actor) -> None:
    if follower.reaches_out:
        follower.run(cause, by)
        return
    try:
        _follow_once(follower, cause=cause, by=by, at=cause.at)
    except Refused as refused:
        _hand_to_a_person(follower, cause=cause, refused=refused, by=by, at=cause.at)
