"""What a partner may write by the machine door: report a loss, add a paper – each once, however often the call is repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from lipei.claimfile import moving
from lipei.claimfile.commands import PartyData, record_fact, record_party, report_claim
from lipei.claimfile.models import Claim
from lipei.documents.commands import receive_document
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.intake.events import PartnerReported, PartnerSentPaper
from lipei.intake.models import ReportReceived
from lipei.intake.partner_rules import FactRead, facts_read, faults_of_report
from lipei.policies.models import Insured
from lipei.policies.queries import edition_of_policy
from lipei.privacy.cipher import keyring
from lipei.terms.words import Words

KEY = re.compile(r"^[\x21-\x7e]{8,80}$")
ACCOUNT = Words("经过（客户原话）", "What happened (their own words)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerReport:
    """A loss as a partner tells it; the identity number in the clear here, sealed in the table. `facts` are texts by fact name."""

    policy_number: str
    insured_identity: str
    reporter_name: str
    reporter_phone: str
    account: str
    facts: Mapping[str, str] = field(default_factory=dict)


@command("api.report")
def report_by_partner(report: PartnerReport, *, key: str, digest: str, by: Actor, why: str = "", at: datetime = NOW) -> dict[str, Any]:
    """报案: a draft claim with the facts told; returns the answer to give. The same key with the same body is the same answer.

    Raises `Refused` with every fault at once; `conflict` when the key was used with another body.
    """
    earlier = _earlier(key, digest=digest, by=by)
    if earlier is not None:
        return earlier
    faults = faults_of_report(name=report.reporter_name, phone=report.reporter_phone, account=report.account)
    insured = _insured(report)
    if insured is None:
        faults.append(Missing(Words("没有这样的保单和被保险人", "There is no such policy with this insured person"),
                              do=Words("请核对保单号和证件号码。", "Check the policy number and the identity number."), field="policy_number"))
    facts, more = _facts(report, insured, today=timezone.localtime(at).date())
    refuse_if([*faults, *more], Words("还不能记下这次报案", "The report cannot be taken in yet"))
    assert insured is not None  # no faults
    number = report_claim(insured.policy_id, insured_id=insured.pk, channel="api", by=by)
    claim = Claim.objects.get(number=number)
    entry = record(PartnerReported(number=number, partner=by.ref, key=key), file_id=claim.file_id)
    answer = {"number": number, "stage": claim.stage, "reported_at": at.isoformat()}
    _keep(claim, key=key, digest=digest, answer=answer, entry=entry, by=by, at=at)
    _write(number, report, insured, facts, by=by)
    return answer


def _insured(report: PartnerReport) -> Insured | None:
    index = keyring().index("".join(report.insured_identity.split()).upper())
    return Insured.objects.select_related("policy").filter(policy__number=report.policy_number.strip(), identity_index=index).first()


def _facts(report: PartnerReport, insured: Insured | None, *, today: date) -> tuple[tuple[FactRead, ...], list[Missing]]:
    edition = edition_of_policy(insured.policy) if insured else None
    return facts_read(edition, report.facts, today=today) if edition else ((), [])


def _write(number: str, report: PartnerReport, insured: Insured, facts: tuple[FactRead, ...], *, by: Actor) -> None:
    """People and facts as told; nothing of it stands for a document sighted at the counter."""
    ring = keyring()
    record_party(
        number, by=by,
        data=PartyData(role="insured", name=insured.name, sex=insured.sex, born_on=insured.born_on, relation=insured.relation,
                       identity=ring.open(insured.identity, purpose="insured.identity"), phone=ring.open(insured.phone, purpose="insured.phone")),
    )
    record_party(number, data=PartyData(role="reporter", name=report.reporter_name.strip(), phone=report.reporter_phone.strip()), by=by)
    told = report.account.strip()
    record_fact(number, name="account", label=ACCOUNT, value=told, shown=told, source="partner", said_by=report.reporter_name.strip(), by=by)
    for fact in facts:
        record_fact(number, name=fact.name, label=fact.label, value=fact.value, shown=fact.shown.zh, source="partner", said_by=by.name, by=by)


@command("api.document")
def add_paper_by_partner(
    number: str, *, kind: str, title: str, pages: int, content: bytes, key: str, digest: str, by: Actor, why: str = "", at: datetime = NOW
) -> dict[str, Any]:
    """交件: an electronic paper for a claim this partner reported; returns the answer with its custody number. Once for each key."""
    earlier = _earlier(key, digest=digest, by=by)
    if earlier is not None:
        return earlier
    claim = moving.locked_claim(number, by=by)
    custody = receive_document(number, kind=kind, form="electronic", title=title, pages=pages, received_from=by.name, content=content, by=by)
    entry = record(PartnerSentPaper(number=number, partner=by.ref, key=key, custody_number=custody), file_id=claim.file_id)
    answer = {"number": number, "custody_number": custody, "received_at": at.isoformat()}
    _keep(claim, key=key, digest=digest, answer=answer, entry=entry, by=by, at=at)
    return answer


def _earlier(key: str, *, digest: str, by: Actor) -> dict[str, Any] | None:
    """The answer given to this key before; two calls with one key wait for each other."""
    if not KEY.match(key):
        raise Refused("missing", Words("缺少请求头 Idempotency-Key", "The header Idempotency-Key is missing"),
                      why=Words("有了它，断线重发也只记一次。", "With it a repeated call is written once."),
                      do=Words("请为每次写入生成一个 8 至 80 位的键，重发时用同一个。", "Make a key of 8 to 80 visible ASCII characters for each write and repeat it when you try again."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{by.ref}\x1f{key}"])
    row = ReportReceived.objects.filter(partner=by.ref, key=key).first()
    if row is None:
        return None
    if row.body_digest != digest:
        raise Refused("conflict", Words("这个 Idempotency-Key 已经用于另一份内容", "This Idempotency-Key was used with another body"),
                      why=Words("同一个键只对应同一份内容。", "One key stands for one body."), do=Words("新的内容请用新的键。", "Use a new key for a new body."))
    return dict(row.answer)


def _keep(claim: Claim, *, key: str, digest: str, answer: dict[str, Any], entry: int, by: Actor, at: datetime) -> None:
    ReportReceived.objects.create(partner=by.ref, key=key, body_digest=digest, claim=claim, answer=answer, at=at, entry_id=entry)
