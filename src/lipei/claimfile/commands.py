"""Commands of the claim itself: report, people, facts, items asked, request, take on, notes, tasks, unmasking, drafts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from lipei.claimfile import moving
from lipei.claimfile.events import (
    ClaimNamed,
    ClaimReported,
    ClaimRequested,
    ClaimTakenOn,
    ClaimWithdrawn,
    FactRecorded,
    LossItemAsked,
    MarkedComplex,
    NoteWritten,
    PartyRecorded,
    PersonalDataSeen,
    TaskClosed,
    TaskOpened,
)
from lipei.claimfile.models import Claim, Fact, LossItem, Party, Task, Unmasking
from lipei.claimfile.rules import must_hold_note, must_hold_promise
from lipei.claimfile.words import FIELDS, PARTY_ROLES, PURPOSES
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.models import File
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.policies.models import Insured, Policy
from lipei.privacy.cipher import keyring
from lipei.privacy.masking import mask_name
from lipei.staff.models import Branch, User
from lipei.staff.roles import BY_ID as BY_ROLE
from lipei.terms.bigrams import vector
from lipei.terms.words import Words, both


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyData:
    """What is written down of a person; numbers in the clear here, sealed in the table."""

    role: str
    name: str
    sex: str = ""
    born_on: dt.date | None = None
    relation: str = ""
    identity_kind: str = "id_card"
    identity: str = ""
    identity_valid_to: dt.date | None = None
    is_sighted: bool = False
    phone: str = ""
    bank_name: str = ""
    bank_account: str = ""
    bank_account_name: str = ""
    authority: str = ""


@command("claim.report")
def report_claim(
    policy_id: int, *, insured_id: int, channel: str, by: Actor, why: str = "", at: dt.datetime = NOW, branch_id: int | None = None
) -> str:
    """Open a draft claim under a policy; returns its number. Stage *reported*; no clock runs yet."""
    policy = Policy.objects.select_related("branch").get(id=policy_id)
    insured = Insured.objects.get(id=insured_id, policy=policy)
    branch = Branch.objects.get(id=branch_id) if branch_id else policy.branch
    local = timezone.localtime(at)
    number = f"{branch.code}-{local.year}-{moving.next_number(f'{branch.code}-{local.year}'):06d}"
    file = File.objects.create(kind="claim", number=number, opened_at=at)
    claim = Claim.objects.create(
        file=file, number=number, policy=policy, insured=insured, branch=branch, product_code=policy.product_code,
        insured_name=insured.name, stage_since=at, reported_at=at, channel=channel,
        first_asked_id=by.user_id if by.has("front_desk") else None,
        turn_user_id=by.user_id if by.has("front_desk") else None, turn="front_desk",
    )
    record(ClaimReported(number=number, channel=channel, policy_number=policy.number), file_id=file.id)
    index_claim(claim)
    return number


def index_claim(claim: Claim) -> None:
    """Write the claim's search vector anew: number, people, policy, subject, account, hospital, plate."""
    names = [p.name for p in Party.objects.filter(claim=claim)]
    told = [str(f.value) for f in Fact.objects.filter(claim=claim, is_current=True, state="known") if isinstance(f.value, str)]
    policy = claim.policy.number if claim.policy else ""
    claim.search = vector(claim.number, claim.insured_name, *names, policy, claim.subject_zh, claim.subject_en, *told)
    claim.save(update_fields=["search"])


@command("fact.record")
def name_claim(
    number: str, *, subject: Words, cause: str, loss_at: dt.datetime | None, line: str, product_code: str, currency: str = "CNY",
    by: Actor, why: str = "", at: dt.datetime = NOW,
) -> None:
    """Say what the claim is about, from its facts, and the currency of its terms; nothing is recorded when nothing has changed."""
    claim = moving.locked_claim(number, by=by)
    told = (subject.zh[:60], subject.en[:90], cause, loss_at, line, product_code, currency)
    if (claim.subject_zh, claim.subject_en, claim.cause, claim.loss_at, claim.line, claim.product_code, claim.currency) == told:
        return
    claim.subject_zh, claim.subject_en, claim.cause, claim.loss_at, claim.line, claim.product_code, claim.currency = told
    claim.save(update_fields=["subject_zh", "subject_en", "cause", "loss_at", "line", "product_code", "currency"])
    loss_on = timezone.localtime(loss_at).date().isoformat() if loss_at else ""
    record(ClaimNamed(subject=subject, cause=cause, loss_on=loss_on, line=line), file_id=claim.file_id)
    index_claim(claim)


@command("party.record")
def record_party(number: str, *, data: PartyData, by: Actor, why: str = "", at: dt.datetime = NOW) -> int:
    """Write down a person of the claim; a person in the same role is replaced by the newer data. Returns the party's id."""
    claim = moving.locked_claim(number, by=by)
    ring = keyring()
    party = Party.objects.filter(claim=claim, role=data.role).first() or Party(claim=claim, role=data.role)
    party.name, party.sex, party.born_on, party.relation = data.name, data.sex, data.born_on, data.relation
    party.identity_kind, party.identity_valid_to, party.authority = data.identity_kind, data.identity_valid_to, data.authority
    if data.identity:
        party.identity = ring.seal(data.identity, purpose="party.identity")
        party.identity_index, party.identity_tail = ring.index(data.identity), data.identity[-4:]
    if data.is_sighted:
        party.identity_sighted_at = at
    if data.phone:
        party.phone = ring.seal(data.phone, purpose="party.phone")
        party.phone_index, party.phone_tail = ring.index(data.phone), data.phone[-4:]
    if data.bank_account:
        party.bank_account = ring.seal(data.bank_account, purpose="party.bank_account")
        party.bank_account_index, party.bank_account_tail = ring.index(data.bank_account), data.bank_account[-4:]
        party.bank_name, party.bank_account_name = data.bank_name, data.bank_account_name
    party.save()
    record(
        PartyRecorded(role=PARTY_ROLES[data.role], name=data.name, sighted=data.is_sighted), file_id=claim.file_id
    )
    index_claim(claim)
    return party.pk


@command("fact.record")
def record_fact(
    number: str, *, name: str, label: Words, value: Any, shown: str, source: str, by: Actor, said_by: str = "",
    why: str = "", at: dt.datetime = NOW,
) -> None:
    """Write down one answer. An earlier answer to the same question stays in the file, superseded."""
    claim = moving.locked_claim(number, by=by)
    earlier = Fact.objects.filter(claim=claim, name=name, is_current=True).first()
    if earlier is not None and earlier.state == "known" and earlier.value == value:
        return
    entry = record(
        FactRecorded(name=name, label=label, answer=shown, is_known=True, corrects=bool(earlier and earlier.state == "known")),
        file_id=claim.file_id,
    )
    _supersede(earlier)
    Fact.objects.create(claim=claim, name=name, state="known", value=value, source=source, said_by=said_by, valid_at=at, entry_id=entry)
    if earlier is not None and earlier.task_id and earlier.task and earlier.task.state == "open":
        _close(earlier.task, answer=shown, entry=entry)


def _supersede(earlier: Fact | None) -> None:
    if earlier is not None:
        earlier.is_current = False
        earlier.save(update_fields=["is_current"])


@command("fact.record")
def leave_fact_open(
    number: str, *, name: str, label: Words, user_id: int, due_at: dt.datetime, by: Actor, why: str = "", at: dt.datetime = NOW
) -> None:
    """暂不清楚: the answer is not known yet; a colleague finds out by a date, as a task."""
    claim = moving.locked_claim(number, by=by)
    earlier = Fact.objects.filter(claim=claim, name=name, is_current=True).first()
    entry = record(FactRecorded(name=name, label=label, answer="", is_known=False), file_id=claim.file_id)
    _supersede(earlier)
    task = open_task(
        number, kind="find_out", what=Words(f"查明：{label.zh}", f"Find out: {label.en}"), user_id=user_id, due_at=due_at, by=by
    )
    Fact.objects.create(claim=claim, name=name, state="unknown", value=None, source="visitor", task_id=task, entry_id=entry)


@command("claim.request")
def ask_items(number: str, *, items: list[tuple[str, str, int | None, int, str]], by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """Write down what the claimant asks for: (category, label, days, claimed fen, source) in the order of the bill.

    Asked amounts are never overwritten; later items are added behind.
    """
    claim = moving.locked_claim(number, by=by)
    first = LossItem.objects.filter(claim=claim).count() + 1
    for n, (category, label, days, claimed, source) in enumerate(items, start=first):
        LossItem.objects.create(claim=claim, number=n, category=category, label=label, days=days, claimed=claimed, source=source)
        record(LossItemAsked(label=label, claimed=claimed), file_id=claim.file_id)
        claim.claimed += claimed
    claim.save(update_fields=["claimed"])


@command("claim.request")
def request_claim(number: str, *, proof: int, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """收到索赔申请: the signed application and the first proof are here; the legal clocks start."""
    claim = moving.locked_claim(number, by=by)
    refuse_if(
        [Missing(Words("还没有任何证明材料", "There is no proof yet"), where=("claim_papers", (number,)))] if proof < 1 else [],
        Words("还不能记为收到索赔申请", "The claim request cannot be recorded yet"),
    )
    if claim.requested_at is not None:
        return
    claim.requested_at = at
    claim.save(update_fields=["requested_at"])
    entry = record(ClaimRequested(proof=proof), file_id=claim.file_id)
    moving.reach(claim, "claim_requested", entry=entry)
    moving.clock_event(claim, "claim_requested", entry=entry)


@command("claim.take_on")
def take_on_claim(number: str, *, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """接手: the handler who takes the claim on owns it until it is closed."""
    claim = moving.locked_claim(number, by=by)
    moving.step_of(claim, "claim.take_on", name=Words("接手", "take on"))
    if claim.owner_id is not None and claim.owner_id != by.user_id:
        raise Refused("conflict", Words("这件已经由别的同事办理。", "A colleague already handles this claim."),
                      do=Words("需要换人，请找主管指派。", "To change that, ask the supervisor to assign it."))
    claim.owner_id = by.user_id
    claim.save(update_fields=["owner"])
    record(ClaimTakenOn(user=by.name, latin=User.objects.get(id=by.staff_id).name_en), file_id=claim.file_id)
    moving.advance(claim, "claim.take_on")


@command("claim.assign")
def assign_claim(number: str, *, user_id: int, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """指派: the supervisor gives the claim to a handler, with a reason."""
    claim = moving.locked_claim(number, by=by)
    user = User.objects.filter(id=user_id, is_working=True, roles__contains=["handler"], branch_id=claim.branch_id).first()
    faults = [] if user else [Missing(Words("请选一位本机构的理赔员", "Choose a handler of this branch"), field="user_id")]
    if not why.strip():
        faults.append(Missing(Words("还没有写为什么指派", "The reason is missing"), field="why"))
    refuse_if(faults, Words("还不能指派", "The claim cannot be assigned yet"))
    assert user is not None
    claim.owner = user
    if claim.turn == "handler":
        claim.turn_user = user
    claim.save(update_fields=["owner", "turn_user"])
    record(ClaimTakenOn(user=user.name, latin=user.name_en), file_id=claim.file_id)


@command("claim.mark_complex")
def mark_complex(number: str, *, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """情形复杂: with a reason the customer is told; the 30-day clock of article 23 runs instead of the normal one."""
    claim = moving.locked_claim(number, by=by)
    refuse_if(
        [] if why.strip() else [Missing(Words("还没有写为什么复杂", "The reason is missing"), field="why")],
        Words("情形复杂要写明理由，理由会告诉客户", "A complex case needs its reason; the customer is told"),
    )
    claim.is_complex = True
    claim.save(update_fields=["is_complex"])
    entry = record(MarkedComplex(reason=why.strip()), file_id=claim.file_id)
    moving.clock_event(claim, "marked_complex", entry=entry)


@command("claim.note")
def write_note(number: str, *, text: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """写记录: a note for colleagues, which the customer may read."""
    claim = moving.locked_claim(number, by=by)
    refuse_if(must_hold_note(text), Words("这条记录还不能保存", "This note cannot be saved yet"))
    record(NoteWritten(text=text.strip()), file_id=claim.file_id)


@command("task.open")
def open_task(
    number: str, *, kind: str, what: Words, user_id: int | None, due_at: dt.datetime, by: Actor, role: str = "",
    why: str = "", at: dt.datetime = NOW,
) -> int:
    """Somebody will do something by a date; returns the task's id."""
    claim = moving.locked_claim(number, by=by)
    user = User.objects.get(id=user_id) if user_id else None
    who = Words(user.name, user.name_en) if user else BY_ROLE[role].name if role in BY_ROLE else both("—")
    entry = record(TaskOpened(what=what, who=who.zh, latin=who.en, due=timezone.localtime(due_at).date().isoformat()), file_id=claim.file_id)
    task = Task.objects.create(
        claim=claim, file_id=claim.file_id, kind=kind, what_zh=what.zh, what_en=what.en, user_id=user_id, role=role,
        due_at=due_at, opened_by_id=entry,
    )
    return task.pk


@command("claim.promise")
def promise(
    number: str, *, what: str, due_at: dt.datetime, by: Actor, keeper_id: int | None = None, why: str = "", at: dt.datetime = NOW
) -> int:
    """答应客户: the customer hears something by a date; it stands on the work list until done – of `keeper_id`, or of who promises."""
    refuse_if(must_hold_promise(what, due_at=due_at, at=at), Words("还不能记下这个答应", "This promise cannot be written down yet"))
    return open_task(number, kind="promise", what=Words(what.strip(), what.strip()), user_id=keeper_id or by.user_id, due_at=due_at, by=by)


def pass_tasks(*, file_ids: Collection[uuid.UUID], frm_id: int, to_id: int) -> int:
    """Part of a hand-over, inside its command: the open tasks of these files pass from one colleague to another; returns how many."""
    return Task.objects.filter(file_id__in=file_ids, user_id=frm_id, state="open").update(user_id=to_id)


@command("task.close")
def close_task(task_id: int, *, answer: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """办完一件: with what came of it."""
    task = Task.objects.select_for_update(of=("self",)).select_related("claim").filter(id=task_id, state="open").first()
    if task is None or task.claim is None:
        raise not_found(Words("这件任务已经办完，或不存在。", "This task is done already, or does not exist."))
    moving.locked_claim(task.claim.number, by=by)
    finish_task(task, answer=answer)


def finish_task(task: Task, *, answer: str) -> None:
    """Write down what came of a task that is taken hold of; `Refused` without a sentence about it."""
    refuse_if(
        [] if answer.strip() else [Missing(Words("还没有写结果", "The outcome is missing"), field="answer")],
        Words("请写一句结果，再记为办完", "Write the outcome in a sentence, then mark it done"),
    )
    entry = record(TaskClosed(what=Words(task.what_zh, task.what_en), answer=answer.strip()), file_id=task.file_id)
    _close(task, answer=answer.strip(), entry=entry)


def _close(task: Task, *, answer: str, entry: int) -> None:
    task.state, task.answer, task.closed_by_id = "done", answer, entry
    task.save(update_fields=["state", "answer", "closed_by"])


@command("claim.withdraw")
def withdraw_claim(number: str, *, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """撤案 at the customer's own wish, with the reason in their words."""
    claim = moving.locked_claim(number, by=by)
    refuse_if(
        [] if why.strip() else [Missing(Words("还没有写客户为什么撤案", "The customer's reason is missing"), field="why")],
        Words("撤案要写明客户的理由", "A withdrawal needs the customer's reason"),
    )
    moving.advance(claim, "claim.withdraw")
    claim.closing = "withdrawn"
    claim.save(update_fields=["closing"])
    entry = record(ClaimWithdrawn(reason=why.strip()), file_id=claim.file_id)
    moving.clock_event(claim, "claim_withdrawn", entry=entry)


@command("personal.unmask")
def unmask(number: str, *, party_id: int, field: str, purpose: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> str:
    """看: one look behind a mask, for a purpose from the list; returns the value in the clear. Logged before it is shown."""
    claim = moving.locked_claim(number, by=by)
    party = Party.objects.filter(id=party_id, claim=claim).first()
    if party is None or field not in FIELDS:
        raise not_found(Words("没有这项资料。", "There is no such value."))
    if purpose not in PURPOSES:
        raise Refused("bad_input", Words("请先选查看的用途。", "Choose the purpose first."),
                      missing=(Missing(Words("用途", "Purpose"), field="purpose"),))
    sealed = getattr(party, field)
    if not sealed:
        raise not_found(Words("这项资料还没有登记。", "This value has not been recorded."))
    Unmasking.objects.create(claim=claim, user_id=by.staff_id, subject=f"party:{party.pk}", field=field, purpose=purpose, at=at)
    role = PARTY_ROLES[party.role]
    subject = Words(f"{role.zh}{mask_name(party.name)}", f"{role.en} {mask_name(party.name)}")
    record(PersonalDataSeen(subject=subject, field=FIELDS[field], purpose=PURPOSES[purpose]), file_id=claim.file_id)
    return keyring().open(sealed, purpose=f"party.{field}")
