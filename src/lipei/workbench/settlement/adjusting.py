"""What a decision means for claims told already, and the page on which a proposed adjustment is decided."""

from __future__ import annotations

from typing import Any

from lipei.calculation.restating import Restated
from lipei.filing.refusal import Refused
from lipei.settlement.adjustments import AdjustmentView, Effect, changed_of, overtaken_fault, uses_shown
from lipei.terms.money import shown
from lipei.terms.words import Words
from lipei.workbench.refusing import panel
from lipei.workbench.settlement.deciding import CANNOT_SIGN
from lipei.workbench.settlement.showing import address

STATES = {
    "open": (Words("等人来定", "waits for a person"), "soon"),
    "accepted": (Words("已接受", "accepted"), "done"),
    "left": (Words("不调整", "left as told"), "done"),
    "replaced": (Words("不再合用", "no longer fits"), ""),
    "even": (Words("金额不变，累计已更正", "amount unchanged, use corrected"), "done"),
}


def before_signing(effect: Effect | None, *, number: str) -> dict[str, Any]:
    """Above the reasons: that the calculation was overtaken, or which claims told already this decision would restate."""
    if effect is None:
        return {}
    if effect.overtaken is not None:
        fault = overtaken_fault(effect.overtaken, number=number)
        return {"overtaken": panel(Refused("missing", CANNOT_SIGN, missing=(fault,)))}
    rows = [_row(one) for one in effect.later if one.adjustment.difference]
    return {"restated": {"rows": rows, "unknown": effect.unknown}} if rows or effect.unknown is not None else {}


def _row(one: Restated) -> dict[str, Any]:
    found = one.adjustment
    return {
        "number": found.claim, "url": address("claim_decision", found.claim), "was": found.was, "now": found.now, "difference": found.difference,
        "uses": uses_shown(changed_of(one)),
    }


def after_signing(found: tuple[AdjustmentView, ...], *, number: str) -> dict[str, Any]:
    """Beside a signed decision: what was proposed since, in one line, with its page."""
    standing = next((one for one in found if one.state in ("open", "accepted", "left")), None)
    if standing is None:
        return {}
    word, kind = STATES[standing.state]
    return {"adjusted": {"was": standing.was, "now": standing.now, "word": word, "kind": kind, "url": address("claim_adjustment", number)}}


def sections(found: tuple[AdjustmentView, ...]) -> list[dict[str, Any]]:
    """Every adjustment of a claim as the page shows it, newest first."""
    return [
        {
            "adjustment": one, "title": Words(f"案件 {one.cause} 按条款排在前面", f"Claim {one.cause} comes before by the clause"),
            "cause_url": address("claim_decision", one.cause), "word": STATES[one.state][0], "kind": STATES[one.state][1],
        }
        for one in found
    ]


def form(one: AdjustmentView, *, typed: dict[str, str], faults: dict[str, Words]) -> dict[str, Any]:
    """The choices as sentences, each with what follows."""
    difference = shown(abs(one.difference))
    if one.is_lowering:
        follows = Words(f"累计按条款改过来；已告知的多 {difference}，这里不追回，要重开本案另作决定",
                        f"the ledger follows the clause; {difference} was told too much and is not claimed back here: that takes reopening the claim")
    else:
        follows = Words(f"累计按条款改过来；应补的 {difference} 这里不付，要重开本案另作决定",
                        f"the ledger follows the clause; the {difference} more is not paid here: that takes reopening the claim")
    options = [
        {"value": "accept", "label": Words(f"接受，按条款为 {shown(one.now)}", f"Accept: {shown(one.now)} by the clause"), "note": follows},
        {"value": "leave", "label": Words(f"不调整，维持 {shown(one.was)}", f"Leave it: {shown(one.was)} stands"),
         "note": Words("台账和金额都不动", "neither ledger nor amount changes")},
    ]
    needs = "accept" if one.is_lowering else "leave"
    hint = (
        Words("减少已告知或已付的金额，只有具名的人能定：选“接受”时要写", "only a named person lowers what was told or paid: needed to accept")
        if needs == "accept" else Words("客户因此少得：选“不调整”时要写", "the customer gets less by it: needed to leave it")
    )
    return {"options": options, "chosen": typed.get("choice", ""), "reason": typed.get("reason", ""), "ground": typed.get("ground", ""),
            "ground_hint": hint, "faults": faults, "number": one.number}
