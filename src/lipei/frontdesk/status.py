"""What a customer may see with the code on the receipt: where the claim stands, what they have to do, who answers – masked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from lipei.claimfile.events import MessageLeft
from lipei.claimfile.models import Claim, Milestone, Task
from lipei.communication.queries import LetterView, letter_by_code
from lipei.documents.queries import papers_lacking
from lipei.filing.actor import system
from lipei.frontdesk.models import StationRecord, Visit
from lipei.frontdesk.rating import is_rated
from lipei.privacy.masking import mask_name
from lipei.terms.words import Words

CODE_CHARACTERS_MAX = 20
TAIL_CHARACTERS = 4
MISSING_MAX = 20
GATHERING = frozenset({"reported", "registered", "verifying", "collecting"})
NOTHING_PAID = frozenset({"refused", "zero", "withdrawn", "cancelled"})

HEADLINES: dict[str, Words] = {
    "registered": Words("已经立案，马上有人接手。", "Registered; somebody takes it on now."),
    "verifying": Words("我们正在核对保单和保障。", "We are checking policy and cover."),
    "collecting": Words("我们正在逐份看材料。", "We are looking at each paper."),
    "investigating": Words("我们正在了解当时的情况。", "We are finding out what happened."),
    "assessing": Words("材料齐了，我们正在逐项看费用。", "The papers are complete; we look at each item."),
    "calculating": Words("材料齐了，我们正在算应付多少。", "The papers are complete; we are working out what is owed."),
    "reviewing": Words("算好了，另一位同事在复核。", "It is worked out; a colleague is checking it."),
    "deciding": Words("复核过了，正在作决定。", "It was checked and is being decided."),
    "paying": Words("结果定了，正在付款。", "It is decided; the payment is on its way."),
    "closed": Words("这件办完了。", "This matter is done."),
    "archived": Words("这件办完了，材料已归档。", "This matter is done and its papers are filed."),
    "withdrawn": Words("这件已按您的意思撤回。", "This claim was withdrawn as you wished."),
}
WAITING_FOR_PAPERS = Words("还差材料，等您交来。", "Papers are missing; we wait for them.")
ROAD: tuple[tuple[str, Words, Words], ...] = (
    ("claim_requested", Words("收下申请和材料", "Application and papers received"), Words("期限从这一天起算。", "The time limit runs from this day.")),
    ("estimated", Words("立案", "Registered"), Words("交给一位同事从头办到底。", "One colleague sees it through.")),
    ("papers_complete", Words("材料收齐", "Papers complete"), Words("缺什么，一次说全。", "What is missing is said once, all of it.")),
    ("review_passed", Words("计算和复核", "Worked out and checked"), Words("一位同事计算，另一位同事复核。", "One colleague works it out, another checks it.")),
    ("decision_told", Words("书面告诉您结果", "The result in writing"), Words("不论付多少，每一处都写明原因。", "Whatever is paid, every amount has its reason.")),
    ("paid", Words("付款", "Payment"), Words("结果定下后 10 日内。", "Within 10 days after it is agreed.")),
)


@dataclass(frozen=True, slots=True)
class RoadStep:
    """One step of the way: done with its day, the present one, or still to come."""

    word: Words
    note: Words
    state: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class MessageWaiting:
    """A message that was not answered yet: when it came, and by which day the customer hears. Never what it says."""

    at: dt.datetime
    answer_by: dt.date


@dataclass(frozen=True, slots=True)
class PaperMissing:
    """A paper that is still missing: its kind, and its name."""

    kind: str
    label: Words


@dataclass(frozen=True, slots=True)
class StatusSeen:
    """The state of a claim as the code shows it; no full name, no amounts, no reasons.

    `missing` are papers by name only; `waiting` are the customer's messages not answered yet, without their words. `rates` is the visit this code
    may still rate, empty when it was rated or is not over. `claim` and `receiver` (who received the customer) are for the door alone, never shown.
    """

    claim: str
    receiver: int

    who: Words
    headline: Words
    is_your_turn: bool
    hear_by: dt.date | None
    legal_day: dt.date | None
    contact: Words
    phone: str
    extension: str
    road: tuple[RoadStep, ...]
    missing: tuple[PaperMissing, ...]
    waiting: tuple[MessageWaiting, ...]
    may_send: bool
    genuine: Words | None = None
    rates: str = ""


def status_of(code: str) -> StatusSeen | None:
    """What the code on a receipt or a letter shows; None when there is no such code, or it leads to no claim."""
    written = "".join(code.split()).upper()[:CODE_CHARACTERS_MAX]
    letter = letter_by_code(written) if written else None
    visits = Visit.objects.select_related("claim__owner", "claim__first_asked", "clerk", "branch")
    by_code = visits.filter(claim__number=letter.claim_number) if letter else visits.filter(status_code=written)
    visit = by_code.first() if written else None
    claim = visit.claim if visit else None
    if visit is None or claim is None:
        return None
    who = claim.first_asked or visit.clerk
    is_yours, missing = claim.turn == "customer", _missing(claim)
    hear_by, waiting = _to_tell(claim)
    return StatusSeen(
        claim=claim.number, receiver=visit.clerk_id,
        who=_who(claim), headline=_headline(claim, is_yours=is_yours), is_your_turn=is_yours, hear_by=hear_by, legal_day=_legal_day(claim),
        contact=Words(who.name, who.name_en), phone=visit.branch.phone, extension=who.extension, road=_road(claim), missing=missing,
        waiting=waiting, may_send=bool(missing) and claim.requested_at is not None,
        rates="" if letter or visit.closed_at is None or is_rated(visit.number) else visit.number, genuine=_genuine(letter) if letter else None,
    )


def code_of_receipt(number: str) -> str:
    """The code of the status page that stands on a custody receipt; empty when the visit has none."""
    record = StationRecord.objects.select_related("visit").filter(station="papers", content__receipt=number).first()
    return record.visit.status_code if record else ""


def _missing(claim: Claim) -> tuple[PaperMissing, ...]:
    """The papers still missing, by name alone, while papers are being gathered."""
    if claim.stage not in GATHERING:
        return ()
    return tuple(PaperMissing(paper.kind, paper.label) for paper in papers_lacking(claim.number, actor=system()))[:MISSING_MAX]


def _genuine(letter: LetterView) -> Words:
    day = timezone.localtime(letter.written_at).date()
    return Words(
        f"{letter.name.zh} {letter.number} 是我们在 {day} 写的。", f"{letter.name.en} {letter.number} was written by us on {day}."
    )


def _who(claim: Claim) -> Words:
    name, tail = mask_name(claim.insured_name), claim.number[-TAIL_CHARACTERS:]
    return Words(f"{name}的理赔 · 编号尾号 {tail}", f"Claim of {name} · number ending {tail}")


def _headline(claim: Claim, *, is_yours: bool) -> Words:
    if is_yours:
        return WAITING_FOR_PAPERS
    if claim.stage == "reported":
        return Words("申请收到了，正在立案。", "Your application is here and is being registered.") if claim.requested_at else Words("报案记下了，正在接待。", "The loss is noted; you are being served.")
    return HEADLINES.get(claim.stage, HEADLINES["verifying"])


def _to_tell(claim: Claim) -> tuple[dt.date | None, tuple[MessageWaiting, ...]]:
    """By when the customer was promised to hear, and their messages that nobody has answered yet, the oldest first."""
    said = Q(opened_by__kind=MessageLeft.KIND)
    tasks = Task.objects.filter(said | Q(kind="promise"), claim=claim, state="open").order_by("due_at", "id")
    rows = [(kind, at, timezone.localtime(due).date()) for kind, at, due in tasks.values_list("opened_by__kind", "opened_by__at", "due_at")]
    promised = next((day for kind, _, day in rows if kind != MessageLeft.KIND), None)
    return promised, tuple(MessageWaiting(at, day) for kind, at, day in rows if kind == MessageLeft.KIND)


def _legal_day(claim: Claim) -> dt.date | None:
    """The last day of the legal limit: `due_at` is the midnight behind it."""
    is_limit = claim.due_at is not None and claim.due_clock.startswith(("determination.", "payment"))
    return timezone.localtime(claim.due_at - dt.timedelta(seconds=1)).date() if is_limit and claim.due_at else None


def _road(claim: Claim) -> tuple[RoadStep, ...]:
    reached = dict(Milestone.objects.filter(claim=claim, is_valid=True).values_list("kind", "at"))
    road: list[RoadStep] = []
    for kind, word, note in ROAD:
        if kind == "paid" and claim.closing in NOTHING_PAID:
            continue
        at = reached.get(kind)
        is_first_open = at is None and not any(step.state == "now" for step in road)
        road.append(RoadStep(word, note, "done" if at else "now" if is_first_open else "", timezone.localtime(at).date() if at else None))
    return tuple(road)
