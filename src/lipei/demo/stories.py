"""The steps of a claim as they are told through the commands: each function is one step, taken by the person whose work it is, `at` its moment.

The demonstration tells its claims with these, and the journeys' tests tell theirs; nothing here writes but through commands.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from lipei.archive.commands import close_claim, file_in_archive
from lipei.assessment.commands import Allowing, allow_items, complete_assessment
from lipei.assessment.queries import items_of
from lipei.claimfile.commands import (
    PartyData,
    close_task,
    mark_complex,
    record_fact,
    take_on_claim,
    withdraw_claim,
)
from lipei.claimfile.overview import tasks_of
from lipei.communication.commands import log_contact
from lipei.coverage.commands import check_at_counter, estimate_exposures, show_first_view, verify_coverage
from lipei.coverage.queries import verification_of
from lipei.coverage.rules import Conclusion
from lipei.demo.people import Crew
from lipei.demo.told import Found, Told
from lipei.documents.commands import (
    ask_for_papers,
    complete_papers,
    confirm_document,
    deliver_paper_request,
    receive_document,
)
from lipei.documents.queries import checklist_of, papers_of, papers_to_ask
from lipei.filing.actor import Actor
from lipei.frontdesk import commands as desk
from lipei.frontdesk.finding import policies_found
from lipei.frontdesk.rating import LOW, rate_visit, rating_visitor
from lipei.intake.commands import register_claim
from lipei.payments.commands import order_payment, release_payment
from lipei.payments.queries import orders_of, payables_of
from lipei.settlement.commands import (
    calculate_claim,
    decide,
    pass_review,
    record_payee,
    return_claim,
    submit_for_review,
)
from lipei.settlement.queries import current_statement, proposal_of
from lipei.terms.money import machine
from lipei.terms.words import Words

PLACE = "{n} 柜 · 盒 {m}"
CONSENTS = {"consent_health": "given", "consent_health_how": "voice", "consent_account": "given", "consent_account_how": "voice"}
UNDERSTOOD = {f"back_{point}": "right" for point in ("cover", "papers", "days", "next_step", "disagree")}
AGAIN_EVERY = 5  # every so many visits one point is explained a second time
CONTACT_DAYS = 3
RATED_EACH = 3
NOTICE_DAYS_MAX = 30


# ---------- the visit ----------


def come_to_the_counter(told: Told, crew: Crew, *, at: datetime, drain: Callable[[], object]) -> str | None:
    """The visit from the welcome to the farewell, or to the station where it still stands; returns the claim's number."""
    clerk = crew.front_desk
    visit = desk.open_visit(counter=told.number % 4 + 1, key=told.key, by=clerk, at=at)
    number: str | None = None
    for n, (station, step) in enumerate(_STATIONS.items(), start=1):
        if station == told.stops_at:
            return number
        moment = at + timedelta(minutes=3 * n)
        number = step(visit, told, clerk, number, moment) or number
        drain()
    return number


def _greet(visit: str, told: Told, clerk: Actor, number: str | None, at: datetime) -> None:
    title = "女士" if told.comes.sex == "F" else "先生"
    situation = told.loss.situation or ("injury" if told.visitor == "insured" else "accompanying")
    greeting = {"purpose": "new_loss", "situation": situation, "address": f"{told.comes.name[:1]}{title}"}
    desk.greet(visit, told=greeting, by=clerk, at=at)


def _identify(visit: str, told: Told, clerk: Actor, number: str | None, at: datetime) -> str | None:
    person = told.comes
    choice = next(f.choice for f in policies_found({"find": told.policy.number}, by=clerk) if f.choice.startswith("policy:"))
    said = {
        "name": person.name, "capacity": told.visitor, "document": "id_card", "number": person.identity, "long_term": "on",
        "phone": person.phone, "sighted": "on", "choice": choice, "find": told.policy.number, **CONSENTS,
    }
    return desk.identify(visit, told=said, by=clerk, at=at)


def _listen(visit: str, told: Told, clerk: Actor, number: str | None, at: datetime) -> None:
    desk.hear_account(visit, text=told.loss.account, read_back=True, by=clerk, at=at)


def answers_of(told: Told) -> dict[str, str]:
    """The guided questions with their answers as typed; a cost is told where there is a bill."""
    said = {"happened_time": told.loss.happened_time, "place": told.loss.place, "other_insurance": "false", **told.loss.answers()}
    if told.items:
        said["estimated_cost"] = machine(_rounded(told.claimed))
    return {name: text for name, text in said.items() if text}


def _rounded(fen: int) -> int:
    """What people say of a bill: to the nearest thousand yuan, five hundred at least."""
    return max(50_000, (fen + 50_000) // 100_000 * 100_000)


def _ask_facts(visit: str, told: Told, clerk: Actor, number: str | None, at: datetime) -> None:
    said = answers_of(told)
    if told.leaves_open:
        del said["other_insurance"]
        until = (at + timedelta(days=CONTACT_DAYS)).date().isoformat()
        said |= {"other_insurance__unknown": "on", "other_insurance__who": str(clerk.user_id), "other_insurance__until": until}
    desk.gather_facts(visit, told=said, by=clerk, at=at)


def _check(visit: str, told: Told, clerk: Actor, number: str | None, at: datetime) -> None:
    assert number is not None
    check_at_counter(number, by=clerk, at=at)
    desk.pass_check(visit, by=clerk, at=at)


def _first_view(visit: str, told: Told, clerk: Actor, number: str | None, at: datetime) -> None:
    assert number is not None
    show_first_view(number, subject=told.loss.about, by=clerk, at=at)
    desk.pass_first_view(visit, by=clerk, at=at)


def _explain(visit: str, told: Told, clerk: Actor, number: str | None, at: datetime) -> None:
    again = {"back_papers": "again", "unclear_papers": "以为要把病历原件也交来"} if told.number % AGAIN_EVERY == 0 else {}
    desk.explain(visit, told={**UNDERSTOOD, **again}, by=clerk, at=at)


def _place(told: Told) -> str:
    return PLACE.format(n=told.number % 6 + 1, m=told.number % 40 + 1)


def papers_said(told: Told) -> dict[str, str]:
    """Papers, items and signature as typed at the counter."""
    forms = {"identity": "sighted", "licences": "sighted", "discharge_summary": "copy", "accident_proof": "copy", "police_finding": "copy", "relation": "copy"}
    said = {f"paper_{kind}_form": forms.get(kind, "original") for kind in told.brings}
    said |= {f"paper_{kind}_pages": str(2 + told.number % 3) for kind in told.brings if kind != "identity"}
    for n, item in enumerate(told.items, start=1):
        said |= {f"item_{n}_category": item.category, f"item_{n}_label": item.label, f"item_{n}_amount": machine(item.fen), f"item_{n}_page": str(item.page)}
        if item.days is not None:
            said[f"item_{n}_days"] = str(item.days)
    return {**said, "place": _place(told), "application_read": "on", "application_signed": "on"}


def _take_papers(visit: str, told: Told, clerk: Actor, number: str | None, at: datetime) -> None:
    desk.take_papers(visit, told=papers_said(told), by=clerk, at=at)


def _farewell(visit: str, told: Told, clerk: Actor, number: str | None, at: datetime) -> None:
    contact = (at + timedelta(days=CONTACT_DAYS)).date().isoformat()
    desk.say_farewell(visit, told={"contact_on": contact, "about": "告诉您材料齐不齐，下一步做什么", "receipt_given": "on"}, by=clerk, at=at)
    if told.number % RATED_EACH == 0:
        _rate(visit, told, at=at + timedelta(minutes=1))


def _rate(visit: str, told: Told, *, at: datetime) -> None:
    """Some visitors say how it was; few of them were not content, and those wish to be called."""
    score = (5, 4, 5, 4, 3, 5, 4, 5, 2)[told.number // RATED_EACH % 9]
    said = {"score": str(score), **({"said": "等得久了一点，后来讲得很清楚。", "call_back": "on"} if score <= LOW else {})}
    rate_visit(visit, told=said, door="status", language="zh-hans", by=rating_visitor(visit), at=at)


_STATIONS: dict[str, Callable[[str, Told, Actor, str | None, datetime], str | None]] = {
    "welcome": _greet, "identity": _identify, "listening": _listen, "facts": _ask_facts, "check": _check,
    "first_view": _first_view, "explanation": _explain, "papers": _take_papers, "farewell": _farewell,
}


# ---------- from registration to the papers ----------


def register(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """A first estimate for each exposure, then the claim is registered."""
    estimate_exposures(number, by=crew.front_desk, at=at)
    register_claim(number, why="已核对，与以前的案件不是同一次事故。", by=crew.front_desk, at=at)


def take_on(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """The handler takes the claim on; says so when it is complex."""
    take_on_claim(number, by=crew.handler, at=at)
    if told.complex_because:
        mark_complex(number, by=crew.handler, why=told.complex_because, at=at)


def _find_out(number: str, found: Found, *, by: Actor, at: datetime) -> None:
    record_fact(number, name=found.name, label=found.label, value=found.value, shown=found.shown, source="document", said_by=found.paper, by=by, at=at)


def verify(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """Facts that came to light are written down, then each exposure is concluded as the terms say."""
    for found in told.early:
        _find_out(number, found, by=crew.handler, at=at)
    proposed = verification_of(number, actor=crew.handler, at=at).proposed
    concluded = tuple(
        c if c.is_covered or c.reason else Conclusion(c.coverage, False, "按记下的事实和这一条，合同不保这一项；每一条都看过了。", c.clause, c.facts) for c in proposed
    )
    verify_coverage(number, conclusions=concluded, by=crew.handler, at=at)


def ask_papers(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """The one notice of everything that is missing, delivered the same day: the clock stands still."""
    kinds = [row.kind for row in papers_to_ask(number, actor=crew.handler)]
    if not kinds:
        return
    request = ask_for_papers(number, kinds=kinds, by=crew.handler, at=at)
    deliver_paper_request(request, proof="短信送达回执", by=crew.handler, at=at + timedelta(hours=1))


def gather_papers(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """What was missing comes in, everything is examined, and the papers are complete."""
    giver = told.comes.name
    for row in checklist_of(number, actor=crew.handler).missing:
        receive_document(number, kind=row.kind, form="copy", pages=2, received_from=giver, place=_place(told), by=crew.handler, at=at)
    for paper in papers_of(number, actor=crew.handler):
        if paper.state == "received":
            confirm_document(paper.custody_number, by=crew.handler, at=at + timedelta(minutes=20))
    for found in told.found:
        _find_out(number, found, by=crew.handler, at=at + timedelta(minutes=30))
    if told.leaves_open:
        _find_out(number, Found("other_insurance", Words("别家保险", "Other insurance"), "false", "否", "电话核实"), by=crew.handler, at=at + timedelta(minutes=32))
    complete_papers(number, by=crew.handler, at=at + timedelta(minutes=40))


# ---------- amounts ----------


def assess(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """Every item allowed, or cut with its reason and the page it rests on; a fixed benefit has no items."""
    cuts = {cut.item: cut for cut in told.cuts}
    said = []
    for item in items_of(number, actor=crew.assessor).items:
        cut = cuts.get(item.number)
        said.append(Allowing(item.id, item.claimed) if cut is None else Allowing(item.id, cut.allowed, cut.code, cut.reason, cut.fact))
    if said:
        allow_items(number, items=said, by=crew.assessor, at=at)
    complete_assessment(number, by=crew.assessor, at=at + timedelta(minutes=15))


def calculate(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """Calculated by the terms; where something is owed, the payee's account is checked."""
    view = calculate_claim(number, by=crew.handler, at=at)
    if view.owed > 0:
        record_payee(number, data=payee_of(told), by=crew.handler, at=at + timedelta(minutes=10))


def payee_of(told: Told) -> PartyData:
    """An account in the payee's own name: an invented card number with a right check digit."""
    body = f"62220212{told.number % 10**8:08d}01"
    return PartyData(role="payee", name=told.is_paid_to.name, bank_name="示例银行镜湖支行", bank_account=body + _check_digit(body), bank_account_name=told.is_paid_to.name)


def _check_digit(body: str) -> str:
    digits = [int(c) for c in reversed(body)]
    total = sum(sum(divmod(2 * d, 10)) for d in digits[0::2]) + sum(digits[1::2])
    return str(-total % 10)


def submit(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """To somebody else for review; a returned story goes back once and is calculated again."""
    submit_for_review(number, by=crew.handler, at=at)
    if told.returned_because:
        return_claim(number, what=told.returned_because, by=crew.approver, at=at + timedelta(hours=2))
        for task in tasks_of(number, actor=crew.handler, at=at):
            if task.kind == "review":
                close_task(task.id, answer="已补充说明并重新计算。", by=crew.handler, at=at + timedelta(hours=3))
        calculate_claim(number, by=crew.handler, at=at + timedelta(hours=3, minutes=5))
        submit_for_review(number, by=crew.handler, at=at + timedelta(hours=3, minutes=15))


def _amount_to_sign(number: str, by: Actor) -> tuple[str, int]:
    proposal = proposal_of(number, actor=by)
    assert proposal is not None
    return proposal.kind, proposal.asked if proposal.kind == "refuse" else proposal.amount


def review(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """Another person looks at statement, facts and papers."""
    _, amount = _amount_to_sign(number, crew.approver)
    pass_review(number, reason="逐条看过：事实有单证，计算与条款一致。", by=crew.approver_for(amount), at=at)


REASONS = {
    "pay": "属于保障范围，单证齐全，计算无误，同意给付。",
    "part": "属于保障范围；扣减的各项都有条款和单证依据，同意给付。",
    "zero": "属于保障范围，但费用在年度免赔额以内，本次应付为零。",
    "refuse": "按档案里的事实和条款，不属于保障范围；已逐条写明依据。",
}


def sign(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """The decision the calculation leads to, within authority."""
    kind, amount = _amount_to_sign(number, crew.approver)
    decide(number, kind=kind, reason=REASONS[kind], by=crew.approver_for(amount), at=at)


# ---------- money and the end ----------


def order(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """The cashier orders what is payable; a claim in which nothing is owed has nothing to order."""
    for payable in payables_of(number, actor=crew.finance_maker):
        if payable.amount > 0:
            order_payment(number, payable_id=payable.id, amount=payable.amount, by=crew.finance_maker, at=at)


def release(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """A second person releases the claim's orders."""
    for made in orders_of(number, actor=crew.finance_checker):
        if made.state == "ready":
            release_payment(made.uuid, by=crew.finance_checker, at=at)


def close(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """The promised contact was kept, nothing is open: the claim is closed."""
    name = told.comes.name
    log_contact(number, channel="phone", direction="out", with_name=name, text="告知结果和到账情况，客户没有别的问题。", minutes=6, by=crew.handler, at=at)
    for task in tasks_of(number, actor=crew.handler, at=at):
        close_task(task.id, answer="已电话告知客户。", by=crew.handler, at=at + timedelta(minutes=5))
    close_claim(number, by=crew.handler, at=at + timedelta(minutes=10))


def file(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """Filed with its shelf."""
    file_in_archive(number, shelf=f"镜湖 {told.number % 3 + 1} 库 · 架 {told.number % 20 + 1} · 盒 {told.number % 60 + 1}", by=crew.archivist, at=at)


def give_up(number: str, told: Told, crew: Crew, *, at: datetime) -> None:
    """The customer withdraws, in their own words."""
    withdraw_claim(number, by=crew.handler, why=told.withdrawn_because, at=at)


def owed_of(number: str, *, by: Actor) -> int | None:
    """What the current calculation says is owed (fen); None before it."""
    view = current_statement(number, actor=by)
    return view.owed if view else None


Step = Callable[..., None]
STEP_BY_NAME: dict[str, Step] = {
    "register": register, "take_on": take_on, "verify": verify, "ask_papers": ask_papers, "papers": gather_papers, "assess": assess,
    "calculate": calculate, "submit": submit, "review": review, "decide": sign, "order": order, "release": release, "close": close, "file": file,
    "withdraw": give_up,
}


def tell(told: Told, crew: Crew, *, drain: Callable[[], object]) -> str | None:
    """Tell a whole story, each step at its moment, followers after each; returns the claim's number (None: no claim yet)."""
    number: str | None = None
    for name, at in told.steps:
        if name == "visit":
            number = come_to_the_counter(told, crew, at=at, drain=drain)
            if number is None or told.stops_at:
                return number
        else:
            assert number is not None
            STEP_BY_NAME[name](number, told, crew, at=at)
        drain()
    return number


__all__ = ["STEP_BY_NAME", "answers_of", "come_to_the_counter", "owed_of", "papers_said", "payee_of", "tell"]
