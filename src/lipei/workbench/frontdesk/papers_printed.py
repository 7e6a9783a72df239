"""Papers printed at the counter: the application, filled from what was told, and the receipt of what was taken in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from lipei.communication.letters import schemas
from lipei.communication.letters.faults import LetterFaults
from lipei.communication.letters.printing import printed
from lipei.communication.press import PressFault
from lipei.documents.kinds import FORMS
from lipei.documents.queries import Checklist, checklist_of, papers_of
from lipei.documents.receipt_rules import ReceiptLine, grouped
from lipei.documents.receipts import ReceiptSeen, receipt_seen
from lipei.filing.actor import Actor
from lipei.filing.drafts import draft_of
from lipei.filing.refusal import Missing, Refused
from lipei.frontdesk.facts_rules import asked_at_desk
from lipei.frontdesk.papers_rules import ITEMS_MAX
from lipei.frontdesk.queries import VisitSeen, facts_told, items_asked, visit_of
from lipei.frontdesk.reading import fen_of
from lipei.frontdesk.taking import paper_kinds
from lipei.process.letters import REGULATOR_PHONE
from lipei.terms.fact_values import value_of_text, value_shown
from lipei.terms.faults import TextFault
from lipei.terms.money import amount_of, shown
from lipei.terms.words import Words, both
from lipei.workbench.frontdesk import calm_beside
from lipei.workbench.frontdesk.views import actor_of, place_of

UNKNOWN = Words("暂不清楚", "not known yet")
TO_BE_GIVEN = Words("由申请人另行提供", "to be given by the claimant")
OTHER_INSURANCE = {
    "true": Words("这次的费用也在别家保险报销。", "Another insurer is asked to pay for it, too."),
    "false": Words("这次的费用没有在别家保险报销。", "No other insurer is asked to pay for it."),
}
CONTACT_DAYS = 3


def _answer(label: Words, value: Words) -> dict[str, Any]:
    return {"label": label, "value": value}


def _written(visit: VisitSeen, *, number: str, day: dt.date) -> dict[str, Any]:
    """What every paper printed at the counter carries."""
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    phone = visit.branch_phone
    return {
        "language": language, "number": number, "date": day,
        "sender": {"insurer": Words(settings.INSURER_ZH, settings.INSURER_EN), "branch": visit.branch, "address": visit.branch_address, "phone": phone},
        "to": {"name": both(visit.visitor.name if visit.visitor else visit.address)},
        "handler": {"name": visit.clerk, "phone": _reach(phone, visit.extension)},
    }


def _reach(phone: str, extension: str) -> Words:
    return Words(f"{phone} 转 {extension}", f"{phone} ext. {extension}") if extension else both(phone)


def _frame(request: HttpRequest, visit: VisitSeen, *, number: str, day: dt.date) -> dict[str, Any]:
    """What a paper about a claim carries besides: its number, and the code of the status page."""
    return _written(visit, number=number, day=day) | {
        "claim_number": visit.claim_number, "check": {"address": request.build_absolute_uri(reverse("status")), "code": visit.status_code},
    }


def _with_claim(number: str, *, actor: Actor) -> VisitSeen:
    visit = visit_of(number, actor=actor)
    if not visit.claim_number or visit.policy is None or visit.visitor is None:
        raise Refused("conflict", Words("还没有案件，不能打印", "There is no claim yet; nothing can be printed"),
                      missing=(Missing(Words("先核对身份、选定保单", "Establish identity and policy first"), where=("visit", (number,))),))
    return visit


def _pdf(data: dict[str, Any], *, at: dt.datetime, name: str) -> HttpResponse:
    try:
        page = printed(schemas.read(data), at=at)
    except LetterFaults as faults:
        raise Refused("missing", Words("还不能打印，有几处要补", "It cannot be printed yet; some things are missing"),
                      missing=tuple(Missing(f.words) for f in faults.faults)) from faults
    except PressFault as fault:
        raise Refused("bad_input", fault.words) from fault
    response = HttpResponse(page.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def application(request: HttpRequest, number: str) -> HttpResponse:
    """索赔申请书, filled from the facts on file and the items typed so far; to be read out and signed."""
    actor = actor_of(request)
    visit = _with_claim(number, actor=actor)
    day = timezone.localdate()
    data = _frame(request, visit, number=f"SQ-{visit.claim_number}", day=day) | _form(visit, actor=actor)
    return _pdf(data, at=timezone.now().replace(hour=0, minute=0, second=0, microsecond=0), name=f"SQ-{visit.claim_number}")


def signed_application(request: HttpRequest, visit: VisitSeen) -> bytes:
    """The application as the visitor signed it on their own screen, with when and how it was signed; the signature itself is kept beside it."""
    actor = actor_of(request)
    said = visit.answers["application"]
    data = _frame(request, visit, number=f"SQ-{visit.claim_number}", day=timezone.localdate()) | _form(visit, actor=actor)
    how = Words("手指签名", "by finger") if said.signed == "finger" else Words("写名签署", "by name")
    when = timezone.localtime(said.at)
    data["claimant"].append(_answer(Words("签名", "Signed"), Words(
        f"{when:%Y-%m-%d %H:%M} 在客户屏上{how.zh}，所签内容 {said.digest[:16]}", f"{when:%Y-%m-%d %H:%M} on the visitor's screen {how.en}, content {said.digest[:16]}")))
    return bytes(_pdf(data, at=said.at, name="signed").content)


def _form(visit: VisitSeen, *, actor: Actor) -> dict[str, Any]:
    assert visit.policy is not None  # looked at before
    assert visit.visitor is not None  # looked at before
    told = facts_told(visit.claim_number, actor=actor)
    account = told.get("account")
    other = told.get("other_insurance")
    person = visit.visitor
    authority = Words(f"（{person.authority.zh}）", f" ({person.authority.en})") if person.authority else None
    return {
        "kind": "claim_form", "product": visit.policy.title, "policy_number": visit.policy.number,
        "claimant": [
            _answer(Words("姓名", "Name"), both(person.name)),
            _answer(Words("身份", "Capacity"), Words(f"{person.capacity.zh}{authority.zh if authority else ''}", f"{person.capacity.en}{authority.en if authority else ''}")),
            _answer(Words("证件", "Document"), Words(f"{person.document.zh} {person.identity_masked}", f"{person.document.en} {person.identity_masked}")),
            _answer(Words("电话", "Phone"), both(person.phone_masked or "–")),
        ],
        "insured": [_answer(Words("姓名", "Name"), both(visit.policy.insured))],
        "event": _event(visit, told), "account_of": both(account.value) if account else UNKNOWN, "asked": _asked(visit, actor=actor),
        "payee": [_answer(Words("收款账户", "Account"), TO_BE_GIVEN)],
        "papers": _papers(visit, actor=actor),
        "other_insurance": OTHER_INSURANCE.get(other.value, UNKNOWN) if other and other.is_known else UNKNOWN,
    }


def _event(visit: VisitSeen, told: Any) -> list[dict[str, Any]]:
    edition = visit.policy.edition if visit.policy else None
    rows = []
    for asked in asked_at_desk(edition) if edition else ():
        fact = told.get(asked.name)
        if fact is None or asked.name == "other_insurance":
            continue
        rows.append(_answer(asked.label, _shown(asked, fact.value) if fact.is_known else UNKNOWN))
    return rows or [_answer(Words("事故", "Event"), UNKNOWN)]


def _shown(asked: Any, value: str) -> Words:
    if asked.choices:
        return asked.choices.get(value) or both(value)
    if asked.kind == "amount":
        return both(shown(amount_of(value)))
    if asked.spec is None:
        return both(value)
    try:
        return value_shown(asked.kind, value_of_text(asked.spec, value), asked.choices)
    except TextFault:
        return both(value)


def _asked(visit: VisitSeen, *, actor: Actor) -> list[dict[str, Any]]:
    """What is claimed: items on file, and those typed at the papers station and not yet sent."""
    rows = [{"label": both(item.label), "amount": item.claimed} for item in items_asked(visit.claim_number, actor=actor)]
    draft = draft_of(place_of(visit.number, "papers"), by=actor)
    values = draft.content if draft else {}
    categories = visit.policy.edition.document.categories if visit.policy and visit.policy.edition else {}
    for n in range(1, ITEMS_MAX + 1):
        amount = values.get(f"item_{n}_amount", "")
        fen = fen_of(amount)[0] if amount.strip() else None
        if fen:
            category = categories.get(values.get(f"item_{n}_category", ""))
            label = values.get(f"item_{n}_label", "").strip()
            rows.append({"label": both(label) if label else category or Words("费用", "Costs"), "amount": fen})
    return rows or [{"label": Words("住院医疗费用，金额以票据为准", "Hospital costs, as the receipts say"), "amount": None}]


def _papers(visit: VisitSeen, *, actor: Actor) -> list[dict[str, Any]]:
    """The papers on file, and those ticked at the papers station and not yet sent."""
    rows = [{"name": p.label, "count": _count(p.pages)} for p in papers_of(visit.claim_number, actor=actor)]
    draft = draft_of(place_of(visit.number, "papers"), by=actor)
    values = draft.content if draft else {}
    kinds = paper_kinds(visit.policy.edition) if visit.policy and visit.policy.edition else {}
    for kind, label in kinds.items():
        pages = values.get(f"paper_{kind}_pages", "").strip()
        if values.get(f"paper_{kind}_form"):
            rows.append({"name": label, "count": Words(f"{pages} 页", f"{pages} pages") if pages.isascii() and pages.isdigit() else Words("1 份", "1")})
    return rows


def _count(pages: int) -> Words:
    return Words(f"{pages} 页", "1 page" if pages == 1 else f"{pages} pages")


@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """单证保管回执: what the receipt of this visit says, as it was written; with the next contact and the code of the status page."""
    actor = actor_of(request)
    visit = _with_claim(number, actor=actor)
    station = visit.station_of("papers")
    seen = receipt_seen(str(station.content.get("receipt", ""))) if station else None
    if seen is None or station is None or station.at is None:
        raise Refused("conflict", Words("这次接待还没有收件，没有回执", "No paper was taken in at this visit; there is no receipt"),
                      missing=(Missing(Words("回到接待", "Back to the visit"), where=("visit", (number,))),))
    checklist = checklist_of(visit.claim_number, actor=actor)
    data = _frame(request, visit, number=seen.content.number, day=timezone.localtime(seen.issued_at).date()) | _receipt(visit, seen, checklist, actor=actor) | {
        "check_url": request.build_absolute_uri(reverse("receipt_check", args=(seen.content.number, seen.fingerprint))),
    }
    return _pdf(data, at=station.at, name=seen.content.number)


def _receipt(visit: VisitSeen, seen: ReceiptSeen, checklist: Checklist, *, actor: Actor) -> dict[str, Any]:
    content = seen.content
    typed = draft_of(place_of(visit.number, "farewell"), by=actor)
    is_return = content.occasion == "returned"
    return {
        "kind": "custody_receipt", "occasion": content.occasion, "about": checklist.subject, "received_at": timezone.localtime(seen.issued_at),
        "counter": Words(f"{content.counter} 号柜台", f"Counter {content.counter}"), "giver": both(content.giver),
        "papers": [_kept(line) for line in content.lines],
        "contact_by": None if is_return else _contact_day(visit, typed.content if typed else {}, at=seen.issued_at),
        "missing": () if is_return else [row.label for row in checklist.missing], "fingerprint": grouped(seen.fingerprint),
    }


def _kept(line: ReceiptLine) -> dict[str, Any]:
    return {
        "number": line.number, "name": Words(**line.name), "form": FORMS[line.form], "count": _count(line.pages), "place": Words(**line.place),
        "returned": line.is_returned,
    }


def _contact_day(visit: VisitSeen, typed: dict[str, str], *, at: dt.datetime) -> dt.date:
    """The agreed day of the next contact; before it is agreed, three days after the papers came in."""
    seen = visit.station_of("farewell")
    agreed = (seen.content.get("contact_on") if seen else "") or typed.get("contact_on", "")
    try:
        return dt.date.fromisoformat(agreed)
    except ValueError:
        return timezone.localtime(at).date() + dt.timedelta(days=CONTACT_DAYS)


@require_GET
def complaint_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """投诉回执: number, who looks into it, the last day of the answer, what was agreed, and the ways that stay open; to be handed over."""
    actor = actor_of(request)
    visit = visit_of(number, actor=actor)
    told = calm_beside.receipt(visit, actor=actor)
    complaint = told["complaint"]
    if complaint is None:
        raise Refused("conflict", Words("这次接待没有登记投诉，没有回执", "No complaint was registered at this visit; there is no receipt"),
                      missing=(Missing(Words("回到接待", "Back to the visit"), where=("visit", (number,))),))
    owner = {"name": complaint.owner, "phone": _reach(complaint.phone, complaint.extension)} if complaint.owner else {"name": visit.clerk, "phone": _reach(complaint.phone, visit.extension)}
    data = _written(visit, number=complaint.number, day=complaint.received_on) | {
        "kind": "complaint_receipt", "received_on": complaint.received_on, "owner": owner, "answer_by": complaint.answer_on, "rule": complaint.rule,
        "agreed": told["agreed"], "regulator_phone": REGULATOR_PHONE.get(settings.JURISDICTION, ""),
    }
    return _pdf(data, at=timezone.now().replace(hour=0, minute=0, second=0, microsecond=0), name=complaint.number)
