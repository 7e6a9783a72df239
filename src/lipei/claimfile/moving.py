"""How a claim is taken hold of and moved: lock it, reach milestones, go on to the next stage or say all that is missing.

Used by the duties inside their commands; nothing here is a command of its own.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from lipei.claimfile import diary
from lipei.claimfile.events import StageMoved
from lipei.claimfile.models import Claim, ClockEvent, Milestone
from lipei.claimfile.stages import BY_ID, MILESTONES, MilestoneKind, Step, missing_for, missing_on_the_way, step_for
from lipei.claimfile.visibility import claims_visible_to
from lipei.filing.actor import Actor
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found
from lipei.filing.running import running
from lipei.terms.words import Words


def locked_claim(number: str, *, by: Actor) -> Claim:
    """The claim by its number, locked for the running command; `Refused` when this actor may not see it."""
    claim = (
        claims_visible_to(by).select_for_update(of=("self",)).select_related("file", "policy", "insured").filter(number=number).first()
    )
    if claim is None:
        raise not_found(Words(f"找不到案件 {number}。", f"There is no claim {number}."))
    return claim


def reached(claim: Claim) -> frozenset[str]:
    """The kinds of all valid milestones of a claim."""
    return frozenset(Milestone.objects.filter(claim=claim, is_valid=True).values_list("kind", flat=True))


def reach(claim: Claim, kind: str, *, entry: int) -> None:
    """Write down that a milestone was reached, with the entry that proves it; reaching it again changes nothing."""
    now = running()
    if not Milestone.objects.filter(claim=claim, kind=kind, is_valid=True).exists():
        Milestone.objects.create(claim=claim, kind=kind, entry_id=entry, at=now.at, by_ref=now.by.ref)


def withdraw(claim: Claim, *kinds: str) -> None:
    """Take milestones back: their ground has changed and the step must be done again."""
    for milestone in Milestone.objects.filter(claim=claim, kind__in=kinds, is_valid=True):
        milestone.is_valid = False
        milestone.save(update_fields=["is_valid"])


def clock_event(
    claim: Claim, kind: str, *, entry: int, about: str = "", is_approved: bool = False, happened_at: datetime | None = None
) -> None:
    """Write down what starts, stops or meets a clock, and set the claim's next due date anew.

    `happened_at` is when it happened, where that is not the moment of writing it down (a delivery heard of later).
    """
    now = running()
    ClockEvent.objects.create(
        claim=claim, kind=kind, at=happened_at or now.at, about=about, is_approved=is_approved, entry_id=entry
    )
    diary.set_due(claim, at=now.at)


def lacking(claim: Claim, step: Step) -> list[Missing]:
    """Everything `step` still needs, each with why and the way there."""
    return [_to_mend(claim, m) for m in missing_for(step, reached(claim))]


def _to_mend(claim: Claim, milestone: MilestoneKind) -> Missing:
    return Missing(what=milestone.missing, why=milestone.why, where=(milestone.place, (claim.number,)))


def in_order(claim: Claim, step: Step) -> tuple[Words, ...]:
    """What `step` needs and already has."""
    have = reached(claim)
    return tuple(MILESTONES[m].reached for m in step.needs if m in have)


def step_of(claim: Claim, verb: str, *, name: Words) -> Step:
    """The step `verb` takes from the claim's present stage; `Refused` with all that lacks on the way when it does not belong there."""
    step = step_for(verb, claim.stage)
    if step is None:
        here = BY_ID[claim.stage].shown(claim.line)
        raise Refused(
            "conflict",
            Words(f"案件现在在“{here.zh}”，不能{name.zh}。", f"The claim is at {here.en}; “{name.en}” is not possible here."),
            why=Words("每一步按规定的次序走，谁也不能跳过。", "The steps come in their prescribed order; nobody can skip one."),
            do=Words("请打开案件，看“下一步”。", "Open the claim and see “Next”."),
            missing=(
                *(_to_mend(claim, m) for m in missing_on_the_way(verb, claim.stage, reached(claim))),
                Missing(what=Words("看案件现在的下一步", "See the claim's next step"), where=("claim", (claim.number,))),
            ),
        )
    return step


def advance(claim: Claim, verb: str, *, missing: list[Missing] | None = None, name: Words | None = None) -> int:
    """Go on to the stage `verb` leads to, or refuse with all that is missing; returns the entry's id.

    `missing` are the duty's own faults; they are listed together with the milestones that lack.
    """
    step = step_of(claim, verb, name=name or Words("走这一步", "this step"))
    faults = [*(missing or []), *lacking(claim, step)]
    if faults:
        n = len(faults)
        raise Refused(
            "missing",
            Words(f"还不能{step.name.zh}，缺 {n} 项", f"Cannot {step.name.en[0].lower() + step.name.en[1:]} yet: {n} missing"),
            why=Words("您填的都在，没有丢。补完就能继续。", "Nothing you entered is lost. Complete these and go on."),
            missing=tuple(faults),
            have=in_order(claim, step),
        )
    return move(claim, step)


def move(claim: Claim, step: Step) -> int:
    """Write the new stage, whose turn it is now, and the entry."""
    now = running()
    entry = record(StageMoved(frm=claim.stage, to=step.to, name=step.name), file_id=claim.file_id)
    claim.stage = step.to
    claim.stage_since = now.at
    claim.turn = BY_ID[step.to].turn
    claim.turn_user_id = claim.owner_id if claim.turn == "handler" else None
    claim.save(update_fields=["stage", "stage_since", "turn", "turn_user"])
    return entry


def next_number(series: str) -> int:
    """The next number of a series, without gaps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO counter (series, value) VALUES (%s, 1) ON CONFLICT (series) DO UPDATE SET value = counter.value + 1 RETURNING value",
            [series],
        )
        return int(cursor.fetchone()[0])
