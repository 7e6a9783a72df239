"""Commands of the archive: close a claim when nothing is open, and file it with its term of keeping."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils import timezone

from lipei.archive.events import ClaimFiled
from lipei.archive.models import ArchiveRecord
from lipei.archive.rules import Keeping, closing_of, kept_until, must_hold_shelf, open_tasks_missing
from lipei.claimfile import moving
from lipei.claimfile.events import ClaimClosed
from lipei.claimfile.models import Claim, Milestone, Task
from lipei.claimfile.stages import CLOSINGS, Step
from lipei.communication.models import Letter
from lipei.documents.models import Document
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.models import Entry
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused
from lipei.staff.roles import BY_ID
from lipei.terms.words import Words

YEAR_DAYS = 366


def _open_tasks(claim: Claim) -> list[Missing]:
    rows = Task.objects.select_related("user").filter(claim=claim, state="open").order_by("due_at")
    tasks = tuple(
        (Words(t.what_zh, t.what_en), t.user.name if t.user else (BY_ID[t.role].name.zh if t.role in BY_ID else t.role)) for t in rows
    )
    return open_tasks_missing(tasks, number=claim.number)


def _lacking(claim: Claim, step: Step) -> list[Missing]:
    """What the table of stages lacks, with open tasks listed one by one in place of *nothing open*."""
    lacking = [m for m in moving.lacking(claim, step) if m.where is None or m.where[0] != "claim_tasks"]
    return [*lacking, *_open_tasks(claim)]


def _refuse(claim: Claim, step: Step, missing: list[Missing]) -> None:
    if missing:
        n = len(missing)
        raise Refused(
            "missing", Words(f"还不能{step.name.zh}，缺 {n} 项", f"Cannot {step.name.en[0].lower()}{step.name.en[1:]} yet: {n} missing"),
            why=Words("一次列全，补完就能继续。", "This is the whole list; complete it and go on."),
            missing=tuple(missing), have=moving.in_order(claim, step),
        )


def decision_kind(claim: Claim) -> str:
    """pay, part, zero or refuse – as the entry of the valid decision says."""
    milestone = Milestone.objects.select_related("entry").filter(claim=claim, kind="decided", is_valid=True).first()
    if milestone is None:
        return ""
    if milestone.entry.kind == "claim_refused":
        return "refuse"
    return str(json.loads(milestone.entry.plain).get("kind", ""))


@command("claim.close")
def close_claim(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """结案: everything decided, told, paid and done; else all that is missing at once."""
    claim = moving.locked_claim(number, by=by)
    step = moving.step_of(claim, "claim.close", name=Words("结案", "close it"))
    _refuse(claim, step, _lacking(claim, step))
    claim.closing = closing_of(decision_kind(claim))
    claim.due_at, claim.due_clock, claim.due_changes_at = None, "", None
    claim.save(update_fields=["closing", "due_at", "due_clock", "due_changes_at"])
    entry = record(ClaimClosed(closing=CLOSINGS[claim.closing]), file_id=claim.file_id)
    moving.reach(claim, "nothing_open", entry=entry)
    moving.move(claim, step)


def _index(claim: Claim) -> dict[str, Any]:
    return {
        "entries": Entry.objects.filter(file_id=claim.file_id).count(),
        "documents": list(Document.objects.filter(claim=claim).order_by("id").values_list("custody_number", flat=True)),
        "letters": list(Letter.objects.filter(claim=claim).order_by("id").values_list("number", flat=True)),
    }


def keeping_of(claim: Claim) -> Keeping:
    """How long this claim's records must be kept."""
    policy = claim.policy
    if policy is None:
        raise ValueError(f"{claim.number} has no policy")
    paid = Milestone.objects.filter(claim=claim, kind="paid", is_valid=True).first()
    return kept_until(
        contract_end=policy.to_date, is_over_one_year=(policy.to_date - policy.from_date).days > YEAR_DAYS,
        paid_on=timezone.localtime(paid.at).date() if paid else None,
    )


@command("archive.file")
def file_in_archive(number: str, *, shelf: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """归档: with its index, its place, and until when it is kept."""
    claim = moving.locked_claim(number, by=by)
    step = moving.step_of(claim, "archive.file", name=Words("归档", "file it"))
    _refuse(claim, step, [*_lacking(claim, step), *must_hold_shelf(shelf)])
    keeping = keeping_of(claim)
    entry = record(
        ClaimFiled(shelf=shelf.strip(), keep_until=keeping.until.isoformat(), rule=keeping.rule), file_id=claim.file_id
    )
    ArchiveRecord.objects.create(
        claim=claim, shelf=shelf.strip(), keep_until=keeping.until, rule=keeping.rule.zh, index=_index(claim), filed_at=at, entry_id=entry
    )
    moving.move(claim, step)
