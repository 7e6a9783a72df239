"""What the decision's page shows: reasons, who may decide, similar decisions, and the choices as sentences."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lipei.claimfile.stages import BY_ID
from lipei.filing.actor import Actor
from lipei.filing.refusal import Missing, Refused
from lipei.settlement.grounds import Ground
from lipei.settlement.queries import DecisionView, Proposal, StatementView
from lipei.settlement.rules import KINDS
from lipei.settlement.seats import ClaimHead, Desk, PayeeView, Seat
from lipei.settlement.similar import Similar
from lipei.terms.money import plain, shown
from lipei.terms.words import Words
from lipei.workbench.settlement.showing import address

CANNOT_SIGN = Words("还不能签这个决定", "This decision cannot be signed yet")
TITLES = {
    "pay": Words("给付 {amount}", "pay {amount}"),
    "part": Words("部分给付 {amount}", "pay in part, {amount}"),
    "zero": Words("属于保障范围，应付为零", "covered, nothing owed"),
    "refuse": Words("不属于保障范围", "not covered"),
}


def nothing_chosen() -> Missing:
    """No choice was made."""
    return Missing(Words("还没有选怎么定", "No decision was chosen"), do=Words("请选一句，再签名。", "Choose a sentence, then sign."), field="decision")


def changed_meanwhile(number: str) -> Refused:
    """The calculation on the screen is no longer the one in force."""
    return Refused(
        "conflict", Words("计算在这期间换过了，请看新的再决定。", "The calculation changed meanwhile; look at the new one before deciding."),
        why=Words("您写的理由还在。", "The reason you wrote is still there."),
        missing=(Missing(Words("看现在的计算", "See the calculation as it is now"), where=("claim_calculation", (number,))),),
    )


def _title(kind: str, amount: int) -> Words:
    return TITLES[kind].with_(amount=shown(amount))


def nothing_yet(found: ClaimHead) -> dict[str, Any]:
    """There is no calculation to decide on."""
    here = BY_ID[found.stage].shown(found.line)
    return {"title": Words("还没有可以决定的", "Nothing to decide yet"),
            "waits": Words(f"案件在“{here.zh}”，还没有计算。", f"The claim is at {here.en}; it has not been calculated."), "asked": None, "proposed": None}


def reasons(found: ClaimHead, view: StatementView, proposal: Proposal) -> dict[str, Any]:
    """The proposal and each cut with clause, contract words, fact and amount."""
    cuts = [g for g in proposal.grounds if g.kind in ("cut", "stopped")]
    name = _title(proposal.kind, proposal.amount)
    asks = found.stage in ("reviewing", "deciding") and "decided" not in found.reached
    return {
        "title": Words(f"请决定：{name.zh}", f"For decision: {name.en}") if asks else Words(f"计算的结果：{name.zh}", f"The calculation leads to: {name.en}"),
        "asked": proposal.asked, "asked_url": address("claim_assessment", found.number), "proposed": proposal.amount,
        "summary": proposal.summary, "calculation_url": address("claim_calculation", found.number),
        "cuts": [_cut(g, n=n, edition=view.edition, number=found.number) for n, g in enumerate(cuts, start=1)],
        "cuts_title": Words("不给付的理由", "Reasons for not paying") if proposal.kind == "refuse" else None,
        "cuts_note": Words(f"{len(cuts)} 处，逐条看", f"{len(cuts)}, each to be read") if cuts else None,
    }


def _cut(ground: Ground, *, n: int, edition: str, number: str) -> dict[str, Any]:
    return {
        "what": ground.what, "quoted": ground.quoted, "fact": ground.fact, "fact_url": address("claim_papers", number),
        "amount": -ground.amount if ground.amount else None,
        "clause": {"key": f"g{n}", "ref": ground.clause_label, "title": ground.clause_label, "text": ground.quoted, "edition": Words(f"{edition} 版", f"edition {edition}")},
    }


def around(desk: Desk) -> dict[str, Any]:
    """The clock that runs, who submitted when, similar decisions, and the latest events."""
    context: dict[str, Any] = {"similar": strip(desk.similar), "history": history(desk)}
    if desk.clock is not None:
        clock = desk.clock
        context["clock"] = {"chip": clock.left, "which": clock.label, "kind": clock.tone, "sentence": clock.sentence, "due": clock.due_words}
    if desk.submission is not None:
        context["submitted"] = {"by": desk.submission.by, "at": desk.submission.at}
    return context


def strip(found: Similar | None) -> dict[str, Any] | None:
    """Similar decisions as a strip and a table; none when there are too few."""
    if found is None:
        return None
    unlike = {d.number: d.unlike for d in found.closest if not found.low <= d.permille <= found.high}
    return {
        "note": found.note, "own": found.own, "low": found.low, "high": found.high,
        "decisions": [
            {"permille": d.permille, "url": address("claim_decision", d.number), "label": f"{d.number} {_percent(d.permille)}", "unlike": unlike.get(d.number)}
            for d in found.decisions
        ],
        "sentence": Words(
            f"本件 {_percent(found.own)}；以前 {len(found.decisions)} 件，中间八成在 {_percent(found.low)} 到 {_percent(found.high)} 之间",
            f"this claim {_percent(found.own)}; of {len(found.decisions)} earlier ones the middle eight tenths lie between {_percent(found.low)} and {_percent(found.high)}",
        ),
        "rows": [
            {"number": d.number, "url": address("claim_decision", d.number), "amount": d.amount, "ratio": _percent(d.permille), "unlike": d.unlike}
            for d in found.closest
        ],
    }


def _percent(permille: int) -> str:
    return f"{permille // 10}.{permille % 10}%"


def history(desk: Desk) -> dict[str, Any]:
    """The latest events of the file."""
    entries = [{"at": row.at, "kind": "key" if row.is_key else "", "what": row.sentence, "by": row.by} for row in desk.latest]
    return {"entries": entries, "url": address("claim_history", desk.head.number), "count": desk.entries}


def seat_context(seat: Seat, *, proposal: Proposal, payee: PayeeView | None, view: StatementView) -> dict[str, Any]:
    """Who may decide: the scale of authority and the checks."""
    name = Words(view.by_name, view.by_name_en)
    mine = seat.excluded is not None
    checks: list[dict[str, Any]] = []
    if seat.authority:
        checks.append(
            {"state": "no", "text": Words(f"您不能决定：{seat.excluded.zh}", f"You cannot decide: {seat.excluded.en}")} if seat.excluded is not None
            else {"state": "yes", "text": Words(f"计算由{name.zh}做，不是您", f"Calculated by {name.en}, not by you")}
        )
        if not mine:
            checks.append({"state": "yes", "text": Words("您与本案的人没有登记的利害关系", "You declared no interest in anybody of this claim")})
    if proposal.amount > 0:
        checks.append(_payee_check(payee))
    levels = [{"label": label, "limit": limit, "own": own} for label, limit, own in seat.levels]
    return {"authority": {"levels": levels, "amount": seat.needed} if levels else None, "checks": checks, "who_may": _who(seat)}


def _payee_check(payee: PayeeView | None) -> dict[str, Any]:
    if payee is None or not payee.is_verified:
        return {"state": "no", "text": Words("还没有核对过的收款账户", "There is no verified payee account")}
    return {"state": "yes", "text": Words(f"收款户名相符：{payee.name}，{payee.bank_name} 尾号 {payee.tail}", f"Payee's account agrees: {payee.name}, {payee.bank_name} ending {payee.tail}")}


def _who(seat: Seat) -> Words:
    if seat.who is None:
        return Words("现在没有权限够的同事可以决定，请主管找管理员。", "Nobody has enough authority to decide; ask the supervisor to see the administrator.")
    return Words(f"可由{seat.who.zh}决定。", f"{seat.who.en} can decide.")


def choices(
    found: ClaimHead, view: StatementView, proposal: Proposal, *, seat: Seat, typed: tuple[str, str, datetime | None], actor: Actor
) -> dict[str, Any]:
    """The choices as sentences, each with what its button will do; nobody gets a choice they may not take."""
    if found.stage not in ("reviewing", "deciding"):
        here = BY_ID[found.stage].shown(found.line)
        return {"waits": Words(f"案件在“{here.zh}”，还没有提交复核。", f"The claim is at {here.en}; it has not been submitted for review.")}
    if "settlement.decide_pay" not in actor.verbs:
        return {"waits": _who(seat)}
    if seat.excluded is not None:
        return {"waits": Words(f"您不能复核或决定：{seat.excluded.zh}。{_who(seat).zh}", f"You cannot review or decide: {seat.excluded.en}. {_who(seat).en}")}
    options = _options(found, proposal, seat=seat)
    chosen, reason, saved_at = typed
    chosen = chosen if chosen in {o["value"] for o in options} else options[0]["value"]
    button = next(o["button"] for o in options if o["value"] == chosen)
    return {"decide": {
        "action": address("claim_decision", found.number), "options": options, "chosen": chosen, "reason": reason, "button": button,
        "draft_url": address("claim_decision_draft", found.number), "hidden": [{"name": "statement", "value": view.id}], "after": _after(found, proposal),
        "saved_at": saved_at,
    }}


def _options(found: ClaimHead, proposal: Proposal, *, seat: Seat) -> list[dict[str, Any]]:
    owner = found.owner or Words("理赔员", "the handler")
    amount = shown(proposal.amount)
    options: list[dict[str, Any]] = []
    if seat.is_within:
        options.append(_agree(proposal, amount=amount))
    elif found.stage == "reviewing":
        who = seat.who or Words("权限够的同事", "a colleague with the authority")
        options.append({
            "value": "pass", "label": Words(f"复核通过，交{who.zh}决定", f"Pass the review; {who.en} decides"),
            "note": Words(f"超过您的权限 {shown(seat.authority)}", f"above your authority of {shown(seat.authority)}"),
            "button": Words("复核通过", "Pass the review"),
        })
    options.append({
        "value": "return", "label": Words(f"退回{owner.zh}", f"Return it to {owner.en}"), "note": Words("写明要补什么、改什么", "say what to add or change"),
        "button": Words(f"退回{owner.zh}", f"Return to {owner.en}"),
    })
    return options


def _agree(proposal: Proposal, *, amount: str) -> dict[str, Any]:
    if proposal.kind in ("pay", "part"):
        return {"value": proposal.kind, "label": Words(f"同意给付 {amount}", f"Agree to pay {amount}"),
                "note": Words("通知书送客户，付款单交财务", "the letter goes to the customer, the order to payments"),
                "button": Words(f"签名，同意付 {amount}", f"Sign and approve {amount}")}
    if proposal.kind == "zero":
        return {"value": "zero", "label": Words("属于保障范围，应付为零", "Covered, nothing is owed"), "note": Words("通知书写明怎么算成零", "the letter shows how it comes to nothing"),
                "button": Words("签名，应付为零", "Sign: nothing is owed")}
    return {"value": "refuse", "label": KINDS["refuse"], "note": Words("写明条款和事实，3 日内发出书面通知（保险法第 24 条）", "with clause and fact; the written notice goes out within 3 days (art. 24)"),
            "button": Words("签名，不予给付", "Sign the refusal")}


def _after(found: ClaimHead, proposal: Proposal) -> Words:
    owner = found.owner or Words("理赔员", "the handler")
    if proposal.kind in ("pay", "part"):
        return Words(f"签名后：通知书送客户，{owner.zh}看到决定，财务得到付款单。", f"After signing: the letter goes to the customer, {owner.en} sees the decision, payments get the order.")
    return Words(f"签名后：{owner.zh}把通知书送到客户手里，再结案。", f"After signing: {owner.en} delivers the letter, then closes the claim.")


def signed_card(signed: DecisionView) -> dict[str, Any]:
    """The decision as it was signed."""
    return {
        "title": Words(f"已决定：{_title(signed.kind, signed.amount).zh}", f"Decided: {_title(signed.kind, signed.amount).en}"),
        "signed": {"by": Words(signed.by_name, signed.by_name_en), "at": signed.at, "reason": signed.reason, "amount": signed.amount,
                   "kind": KINDS[signed.kind], "ratio": f"{plain(signed.amount)} / {plain(signed.asked)}"},
    }
