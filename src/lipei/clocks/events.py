"""What happened in a claim, as the clocks hear it: a kind, a moment, and what it was about.

The duties record these as milestones; the clocks read nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lipei.terms.words import Words

EVENTS_MAX = 2_000  # one claim; above this the caller has mixed files

EVENT_KINDS: dict[str, Words] = {
    "contract_formed": Words("保险合同成立", "the insurance contract was formed"),
    "contract_ended": Words("保险合同终止", "the insurance contract ended"),
    "relationship_ended": Words("业务关系结束", "the business relationship ended"),
    "loss_known": Words("知道保险事故发生", "the claimant learned of the event"),
    "ground_known": Words("知道有解除事由", "we learned of a ground to rescind"),
    "rescinded": Words("发出解除合同通知", "notice of rescission was given"),
    "reported": Words("收到报案", "the loss was reported"),
    "claim_acknowledged": Words("已告知收到报案", "the report was acknowledged"),
    "document_list_given": Words("已告知需要哪些材料", "the claimant was told which papers are needed"),
    "claim_requested": Words("收到索赔申请和证明", "the signed claim and first proof were received"),
    "file_incomplete": Words("发现材料不完整", "papers were found to be missing"),
    "supplement_notice_sent": Words("发出补件通知", "the notice of missing papers was sent"),
    "supplement_notice_delivered": Words("补件通知送达", "the notice of missing papers was delivered"),
    "supplement_received": Words("补件收到", "the requested papers were received"),
    "marked_complex": Words("标明情形复杂", "the claim was marked complex"),
    "more_time_notice_sent": Words("已说明需要更多时间", "the claimant was told that more time is needed"),
    "determined": Words("作出核定", "the claim was decided"),
    "denied": Words("核定不属于保险责任", "the decision was that the cover does not apply"),
    "denial_letter_sent": Words("发出拒赔通知书", "the refusal letter was sent"),
    "denial_letter_delivered": Words("拒赔通知书送达", "the refusal letter was delivered"),
    "agreement_reached": Words("达成赔付协议", "agreement on the payment was reached"),
    "advance_paid": Words("先予支付", "the certain part was paid in advance"),
    "paid": Words("已付款", "the claim was paid"),
    "claim_withdrawn": Words("申请撤回", "the claim was withdrawn"),
    "liability_determined": Words("被保险人的赔偿责任确定", "the insured's liability was determined"),
    "suit_filed": Words("已起诉或申请仲裁", "court or arbitration proceedings were begun"),
    "complaint_received": Words("收到投诉", "a complaint was received"),
    "complaint_marked_complex": Words("投诉情况复杂", "the complaint was marked complex"),
    "complaint_extension_approved": Words("投诉延期获批准", "more time for the complaint was approved"),
    "complaint_answered": Words("投诉已答复", "the complaint was answered"),
    "complaint_withdrawn": Words("投诉撤回", "the complaint was withdrawn"),
    "communication_received": Words("收到客户来信来电", "the claimant wrote or called and expects an answer"),
    "communication_answered": Words("已回复客户", "the claimant was answered"),
    "aml_objection_received": Words("收到反洗钱措施异议", "an objection to a money-laundering measure was received"),
    "aml_objection_answered": Words("反洗钱措施异议已答复", "the objection to the measure was answered"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    `about` names the part concerned (a notice, an exposure, an agreement, a complaint); empty means the whole claim.
    `approved` matters for a second or later notice of missing papers only: a supervisor allowed it with a reason.
    Raises `ValueError` for an unknown kind or a moment without a time zone.
    """

    kind: str
    at: datetime
    about: str = ""
    approved: bool = False

    def __post_init__(self) -> None:
        if self.kind not in EVENT_KINDS:
            raise ValueError(f"unknown event kind {self.kind!r}; known: {', '.join(sorted(EVENT_KINDS))}")
        if self.at.tzinfo is None or self.at.utcoffset() is None:
            raise ValueError(f"{self.kind} needs a moment with its time zone, not {self.at.isoformat()}")


def in_order(events: Iterable[Event], *, until: datetime) -> tuple[Event, ...]:
    """The events known at `until`, oldest first; equal moments keep the order in which they were given.

    Raises `ValueError` when there are more than `EVENTS_MAX`.
    """
    known = sorted((event for event in events if event.at <= until), key=lambda event: event.at)
    if len(known) > EVENTS_MAX:
        raise ValueError(f"{len(known)} events are more than one claim can have ({EVENTS_MAX})")
    return tuple(known)
