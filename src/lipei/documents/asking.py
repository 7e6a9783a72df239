"""Commands that ask for what is missing: the one notice, its delivery, a further one, and the answer that lets the clock run on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from lipei.claimfile import moving
from lipei.claimfile.models import Claim
from lipei.claimfile.stages import BY_ID
from lipei.documents import events, rules
from lipei.documents.cases import case_of
from lipei.documents.models import PaperRequest
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.filing.running import running
from lipei.terms.words import Words

ASKING_STAGES = ("registered", "verifying", "collecting", "assessing", "calculating")


def _ask(claim: Claim, *, kinds: Sequence[str], why: str, approved_by: str, at: dt.datetime) -> int:
    case = case_of(claim)
    wanted = list(dict.fromkeys(kinds))
    refuse_if(rules.must_hold_request(case.standings, kinds=wanted), Words("这份补件通知还不能发", "This notice cannot go out yet"))
    labels = [row.paper.label for row in case.standings if row.paper.kind in wanted]
    request = PaperRequest(claim=claim, kinds=wanted, is_first=not approved_by, why=why, approved_by=approved_by, asked_at=at)
    request.pk = _next_id()
    request.entry_id = record(
        events.PapersAsked(request_id=request.pk, is_first=request.is_first, kinds=wanted, labels=[x.as_dict() for x in labels], reason=why),
        file_id=claim.file_id,
    )
    request.save(force_insert=True)
    moving.clock_event(claim, "file_incomplete", entry=request.entry_id, about=str(request.pk))
    return request.pk


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('paper_request', 'id'))")
        return int(cursor.fetchone()[0])


def _askable(number: str, *, by: Actor) -> Claim:
    claim = moving.locked_claim(number, by=by)
    if claim.stage not in ASKING_STAGES or claim.requested_at is None:
        here = BY_ID[claim.stage].shown(claim.line)
        raise Refused(
            "conflict", Words(f"案件在“{here.zh}”，不能发补件通知", f"The claim is at {here.en}; no notice can go out"),
            why=Words("通知在收到索赔申请以后、提交复核以前发。", "A notice goes out after the claim request and before the review."),
            missing=(Missing(Words("打开案件", "Open the claim"), where=("claim", (number,))),),
        )
    return claim


@command("documents.ask")
def ask_for_papers(number: str, *, kinds: Sequence[str], by: Actor, why: str = "", at: dt.datetime = NOW) -> int:
    """一次性补件通知: the one notice of everything that is missing (Insurance Law 22(2)); returns the request's id.

    A second one is refused here: it needs the supervisor's reason (`ask_again_for_papers`). The clock stops on delivery.
    """
    claim = _askable(number, by=by)
    earlier = PaperRequest.objects.filter(claim=claim).order_by("id").first()
    if earlier is not None:
        day = f"{timezone.localtime(earlier.asked_at):%Y-%m-%d}"
        raise Refused(
            "not_permitted", Words(f"{day} 已经一次告知过缺什么，不能再发", f"What is missing was told on {day}; it cannot be told a second time"),
            why=Words("法律只给一次：第二次要材料，由主管写明理由。", "The law gives one notice; a further one needs the supervisor's reason."),
            do=Words("请先打电话问客户，或请主管再要。", "Call the customer first, or ask the supervisor to ask again."),
            missing=(Missing(Words("看已经发过的通知", "See the notice that went out"), where=("claim_papers", (number,))),),
        )
    return _ask(claim, kinds=kinds, why=why.strip(), approved_by="", at=at)


@command("documents.ask_again")
def ask_again_for_papers(number: str, *, kinds: Sequence[str], reason: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> int:
    """再次补件: a further notice, by the supervisor, with the reason that the customer is told; returns the request's id."""
    claim = _askable(number, by=by)
    faults = rules.must_hold_reason(reason, what=Words("为什么要再要一次", "why papers are asked for again"))
    earlier = PaperRequest.objects.filter(claim=claim).order_by("-id").first()
    if earlier is None:
        faults.append(Missing(Words("还没有发过第一次通知", "There was no first notice yet"),
                              do=Words("由理赔员发一次性补件通知。", "The handler sends the one-time notice."), where=("claim_papers", (number,))))
    elif earlier.answered_at is None:
        faults.append(Missing(Words("上一次通知要的材料还没有收齐", "The papers of the last notice are not all here"), where=("claim_papers", (number,))))
    refuse_if(faults, Words("还不能再要一次", "It cannot be asked again yet"))
    return _ask(claim, kinds=kinds, why=reason.strip(), approved_by=by.name, at=at)


def _request(request_id: int, *, by: Actor) -> PaperRequest:
    request = PaperRequest.objects.select_related("claim").filter(pk=request_id).first()
    if request is None:
        raise not_found(Words("没有这份补件通知。", "There is no such notice."))
    request.claim = moving.locked_claim(request.claim.number, by=by)
    request.refresh_from_db(fields=["sent_at", "delivered_at", "answered_at"])
    return request


@command("documents.tell")
def send_paper_request(request_id: int, *, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """The notice left the house: proves that it was asked for promptly, and stops nothing. Said again, it changes nothing."""
    request = _request(request_id, by=by)
    if request.sent_at is not None:
        return
    request.sent_at = at
    request.save(update_fields=["sent_at"])
    entry = record(events.PaperRequestSent(request_id=request_id), file_id=request.claim.file_id)
    moving.clock_event(request.claim, "supplement_notice_sent", entry=entry, about=str(request_id))


@command("documents.tell")
def deliver_paper_request(request_id: int, *, proof: str, by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """送达: the notice reached the customer, with its proof; from here the clock stands still and it is the customer's turn.

    Papers that came before the notice did leave the clock running. Said again, it changes nothing.
    """
    request = _request(request_id, by=by)
    refuse_if(rules.must_hold_proof(proof), Words("还不能记为送达", "The delivery cannot be recorded yet"))
    if request.delivered_at is not None:
        return
    stops = request.answered_at is None
    request.delivered_at, request.proof = at, proof.strip()
    request.sent_at = request.sent_at or at
    request.save(update_fields=["delivered_at", "proof", "sent_at"])
    claim = request.claim
    entry = record(
        events.PaperRequestDelivered(request_id=request_id, is_first=request.is_first, stops=stops, proof=request.proof), file_id=claim.file_id
    )
    moving.clock_event(claim, "supplement_notice_delivered" if stops else "supplement_notice_sent", entry=entry, about=str(request_id),
                       is_approved=stops and not request.is_first)
    if stops and claim.stage in ASKING_STAGES:
        claim.turn, claim.turn_user_id = "customer", None
        claim.save(update_fields=["turn", "turn_user"])


def answer_requests(claim: Claim) -> None:
    """Requests of which nothing is missing any more are answered: the clock runs again, the turn comes back to the house."""
    waiting = list(PaperRequest.objects.filter(claim=claim, answered_at=None).order_by("id"))
    if not waiting:
        return
    case = case_of(claim)
    for request in waiting:
        rows = [row for kind in request.kinds if (row := case.standing(kind)) is not None]
        if not any(row.is_lacking for row in rows):
            _answer(claim, request)


def _answer(claim: Claim, request: PaperRequest) -> None:
    resumes = request.delivered_at is not None
    entry = record(events.SupplementReceived(request_id=request.pk, resumes=resumes), file_id=claim.file_id)
    request.answered_at = running().at
    request.save(update_fields=["answered_at"])
    if resumes:
        moving.clock_event(claim, "supplement_received", entry=entry, about=str(request.pk))
        if claim.turn == "customer":
            claim.turn = BY_ID[claim.stage].turn
            claim.turn_user_id = claim.owner_id if claim.turn == "handler" else None
            claim.save(update_fields=["turn", "turn_user"])
