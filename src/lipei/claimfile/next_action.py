"""The one obvious next action of a claim: what is to be done, where, whose turn it is, what is in order and what lacks. Pure.

Read from the table of stages alone, so that work list, claim page and refused panel never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass

from lipei.claimfile.stages import MILESTONES, MilestoneKind, Step, steps_from
from lipei.claimfile.words import TURNS
from lipei.terms.words import Words, both

# What is said when a milestone is the next thing to reach.
TO_REACH: dict[str, Words] = {
    "identity_established": Words("核对身份和授权", "Check identity and authority"),
    "account_confirmed": Words("听陈述，念读确认", "Hear the account, read it back"),
    "facts_complete": Words("问全出险事实", "Ask the facts of the loss"),
    "first_view_shown": Words("说初步看法", "Tell the first view"),
    "understanding_confirmed": Words("说明程序，请客户复述", "Explain, and hear it back"),
    "claim_requested": Words("收申请和第一份证明", "Take the application and first proof"),
    "estimated": Words("估计金额，立案", "Estimate and register"),
    "coverage_verified": Words("核对保障责任", "Verify the cover"),
    "papers_complete": Words("收齐并核验单证", "Complete and examine the papers"),
    "loss_assessed": Words("逐项审核费用", "Review the bill item by item"),
    "calculated": Words("按条款计算", "Calculate by the terms"),
    "account_consented": Words("问客户是否同意记下收款账户", "Ask whether we may note the account"),
    "payee_verified": Words("核对收款账户", "Check the payee's account"),
    "review_passed": Words("复核计算", "Review the calculation"),
    "decided": Words("决定付不付、付多少", "Decide whether and how much"),
    "decision_told": Words("送达决定通知书", "Deliver the decision letter"),
    "paid": Words("付款，等银行确认", "Pay, and have the bank confirm"),
    "nothing_open": Words("办完未完的任务", "Finish what is still open"),
    "closing_told": Words("送达结案通知", "Deliver the closing letter"),
}
# Where the button of a step stands.
PLACES: dict[str, str] = {
    "claim.register": "claim_register", "claim.take_on": "claim_take_on", "coverage.verify": "claim_coverage",
    "documents.complete": "claim_papers", "assessment.complete": "claim_assessment", "settlement.submit": "claim_calculation",
    "settlement.pass_review": "claim_decision", "settlement.decide_pay": "claim_decision", "claim.close": "claim_close",
    "archive.file": "archive_file",
}
# What the counter also does before the application is signed; a loss told through another door goes without.
AT_THE_COUNTER = ("account_confirmed", "first_view_shown", "understanding_confirmed")
ASIDE = ("claim.withdraw", "settlement.return")
ORDER = tuple(MILESTONES)
# What the closing command finds out itself; it lacks only while a task is open.
FOUND_AT_CLOSING = "nothing_open"
WAIT = Words("等客户补件", "Wait for the customer's papers")


@dataclass(frozen=True, slots=True)
class NextAction:
    """What comes next: the verb, the address it is done at, and the step it leads to with what it needs."""

    verb: Words
    place: str
    step: Step | None
    is_step: bool
    met: tuple[MilestoneKind, ...]
    lacking: tuple[MilestoneKind, ...]


def step_ahead(stage: str, reached: frozenset[str]) -> Step | None:
    """The step that leads on from `stage`; at *deciding*, closing once a decision without payment was made."""
    ahead = [s for s in steps_from(stage) if s.verb not in ASIDE]
    if stage == "deciding":
        wanted = "claim.close" if "decided" in reached else "settlement.decide_pay"
        return next((s for s in ahead if s.verb == wanted), None)
    return ahead[0] if ahead else None


def next_action(
    stage: str, *, turn: str, reached: frozenset[str], channel: str = "counter", has_open_tasks: bool = False
) -> NextAction | None:
    """The next action of a claim at `stage`; None when nothing is left to do."""
    step = step_ahead(stage, reached)
    if step is None:
        return None
    needs = [m for m in step.needs if m != FOUND_AT_CLOSING or has_open_tasks or m in reached]
    met = tuple(MILESTONES[m] for m in needs if m in reached)
    lacking = tuple(MILESTONES[m] for m in needs if m not in reached)
    if turn == "customer":
        return NextAction(WAIT, "claim_papers", step, False, met, lacking)
    first = _first_open(stage, needs=needs, reached=reached, channel=channel)
    if first is None:
        return NextAction(step.name, PLACES[step.verb], step, True, met, lacking)
    place = "claim_register" if first == "estimated" else MILESTONES[first].place
    return NextAction(TO_REACH[first], place, step, False, met, lacking)


def _first_open(stage: str, *, needs: list[str], reached: frozenset[str], channel: str) -> str | None:
    wanted = set(needs)
    if stage == "reported" and channel == "counter" and "claim_requested" not in reached:
        wanted.update(AT_THE_COUNTER)
    return next((m for m in ORDER if m in wanted and m not in reached), None)


def whose_turn(turn: str, *, user_id: int | None, user_name: Words | None, own_id: int | None, own_roles: frozenset[str]) -> Words:
    """`您来做`, `等顾维桢`, `等财务复核`, `等客户`: whose turn it is as this reader reads it."""
    if turn in ("customer", "nobody"):
        return TURNS[turn]
    if user_id is not None and user_id == own_id:
        return Words("您来做", "You")
    if user_id is not None and user_name is not None:
        return Words(f"等{user_name.zh}", user_name.en)
    if turn in own_roles:
        return Words("您来做", "You")
    return TURNS.get(turn) or both(turn)
