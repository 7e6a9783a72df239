"""The stages of a claim and what each step needs: THE one table. Pure.

It feeds the commands, the database trigger (`sql/stages.sql`), the progress bar, the refused panel and the documentation.
A stage is a noun – the place where the work now lies; a step leads from one to the next and names the milestones it needs.
"""

from __future__ import annotations

from dataclasses import dataclass

from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its id, its name, whether it stands in the bar, and whose turn it is there (a role)."""

    id: str
    name: Words
    turn: str
    is_aside: bool = False
    medical: Words | None = None

    def shown(self, line: str) -> Words:
        """The stage's name for a line of business: assessment of medical claims is the expense review."""
        return self.medical if line == "medical" and self.medical else self.name


STAGES: tuple[Stage, ...] = (
    Stage("reported", Words("报案", "Report"), "front_desk"),
    Stage("registered", Words("立案", "Registration"), "handler"),
    Stage("verifying", Words("核责", "Verification"), "handler"),
    Stage("collecting", Words("收集单证", "Papers"), "handler"),
    Stage("investigating", Words("调查", "Investigation"), "investigator"),
    Stage("assessing", Words("核损", "Assessment"), "assessor", medical=Words("费用审核", "Bill review")),
    Stage("calculating", Words("理算", "Calculation"), "handler"),
    Stage("reviewing", Words("复核", "Review"), "approver"),
    Stage("deciding", Words("决定", "Decision"), "approver"),
    Stage("paying", Words("付款", "Payment"), "finance_maker"),
    Stage("closed", Words("结案", "Closing"), "archivist"),
    Stage("archived", Words("归档", "Archive"), "nobody"),
    Stage("withdrawn", Words("撤案", "Withdrawal"), "nobody", is_aside=True),
    Stage("reopened", Words("重开", "Reopening"), "handler", is_aside=True),
    Stage("disputed", Words("争议", "Dispute"), "complaint_officer", is_aside=True),
)
BY_ID = {stage.id: stage for stage in STAGES}
BAR = tuple(stage for stage in STAGES if not stage.is_aside)
CLOSINGS: dict[str, Words] = {
    "paid": Words("已付结案", "Paid"),
    "zero": Words("零赔结案", "Closed without payment"),
    "refused": Words("拒赔结案", "Refused"),
    "withdrawn": Words("撤案", "Withdrawn"),
    "cancelled": Words("注销", "Cancelled"),
}
OPEN_STAGES = tuple(s.id for s in STAGES if s.id not in ("closed", "archived", "withdrawn"))


@dataclass(frozen=True, slots=True)
class MilestoneKind:
    """A milestone: what it says when reached, what is missing when not, why it is needed, and where it is mended."""

    id: str
    reached: Words
    missing: Words
    why: Words
    place: str


def _m(id: str, reached: Words, missing: Words, why: Words, place: str) -> tuple[str, MilestoneKind]:
    return id, MilestoneKind(id, reached, missing, why, place)


MILESTONES: dict[str, MilestoneKind] = dict((
    _m("identity_established", Words("身份和授权已核对", "Identity and authority established"),
       Words("还没有核对来人的身份和授权", "Identity and authority are not yet established"),
       Words("先知道是谁，才能谈保单和个人信息。", "We must know who it is before speaking of policy and personal data."), "visit_identity"),
    _m("account_confirmed", Words("客户的陈述已念读确认", "The visitor's account was read back and confirmed"),
       Words("客户的陈述还没有念读确认", "The account has not been read back and confirmed"),
       Words("原话是以后一切核对的起点。", "Their own words are where every later check begins."), "visit_listening"),
    _m("facts_complete", Words("出险事实已问全", "The facts of the loss are complete"),
       Words("出险事实还没有问全", "The facts of the loss are not complete"),
       Words("每件事要么有答案，要么写明谁去查。", "Each question needs an answer, or a person who will find out."), "visit_facts"),
    _m("first_view_shown", Words("初步看法已说给客户", "The first view was shown"),
       Words("还没有说初步看法", "The first view was not shown"),
       Words("第一笔估计从这里来。", "The first estimate comes from it."), "visit_first_view"),
    _m("understanding_confirmed", Words("客户已复述，理解无误", "The visitor said it back and understood"),
       Words("还没有请客户复述确认", "The visitor has not said it back yet"),
       Words("程序、时间和下一步，客户要真的明白。", "Procedure, time and next step must be understood."), "visit_explanation"),
    _m("claim_requested", Words("已收到索赔申请", "The claim request was received"),
       Words("还没有签名的索赔申请和第一份证明", "There is no signed claim request with a first proof"),
       Words("法定期限从收到申请起算，没有申请不能立案。", "The legal clocks run from it; without it nothing can be registered."), "claim_papers"),
    _m("estimated", Words("每项责任有第一笔估计", "Every exposure has a first estimate"),
       Words("还有责任项没有估计金额", "An exposure has no estimate"),
       Words("准备金从这里来。", "The reserve comes from it."), "claim"),
    _m("coverage_verified", Words("核责完成：保单、责任、除外逐条看过", "Coverage verified: policy, cover and exclusions"),
       Words("核责还没有完成", "Coverage is not verified"),
       Words("先确定属不属于保障范围，再谈金额。", "Whether it is covered comes before how much."), "claim_coverage"),
    _m("papers_complete", Words("必需单证齐，逐份核验", "Required papers complete and examined"),
       Words("必需的单证还没有齐或没有核验", "Required papers are missing or not examined"),
       Words("每个金额都要有单证可对。", "Every amount needs a paper to stand on."), "claim_papers"),
    _m("loss_assessed", Words("费用逐项审核完成", "Every item assessed"),
       Words("还有项目没有审核", "Items are not yet assessed"),
       Words("计算从审核后的金额开始。", "The calculation starts from allowed amounts."), "claim_assessment"),
    _m("calculated", Words("已按条款计算", "Calculated by the terms"),
       Words("还没有按条款计算", "Not yet calculated by the terms"),
       Words("决定要有算式可看。", "A decision needs its arithmetic."), "claim_calculation"),
    _m("account_consented", Words("客户同意记下收款账户", "The customer agreed that we note the account"),
       Words("客户还没有同意记下收款账户", "The customer has not agreed that we note the account"),
       Words("账号是敏感个人信息，要单独同意（个人信息保护法第二十九条）。", "An account number is sensitive personal data and needs a separate consent (Personal Information Protection Law, article 29)."), "claim_consents"),
    _m("payee_verified", Words("收款户名相符", "The payee's account name agrees"),
       Words("还没有核对过的收款账户", "There is no verified payee account"),
       Words("钱只付到本人名下。", "Money goes only to an account in the payee's own name."), "claim_payee"),
    _m("review_passed", Words("复核通过", "Review passed"),
       Words("复核还没有完成", "The review is not done"),
       Words("计算要由另一个人看过。", "Another person must look at the calculation."), "claim_decision"),
    _m("decided", Words("已作决定", "Decided"),
       Words("还没有决定", "Not yet decided"),
       Words("没有决定就没有付款，也没有拒赔。", "Without a decision there is neither payment nor refusal."), "claim_decision"),
    _m("decision_told", Words("决定已书面送达", "The decision was delivered in writing"),
       Words("决定通知书还没有送达", "The decision letter was not delivered"),
       Words("不论付多少，客户都要拿到书面的理由。", "Whatever is paid, the customer receives the reasons in writing."), "claim_letters"),
    _m("paid", Words("款项已到账", "The payment was confirmed"),
       Words("款项还没有确认到账", "The payment is not confirmed"),
       Words("银行确认之前不能结案。", "A claim is not closed before the bank confirms."), "claim_payment"),
    _m("nothing_open", Words("没有未完的任务和疑问", "Nothing is left open"),
       Words("还有未完的任务或疑问", "Tasks or questions are still open"),
       Words("答应过客户的都要做完。", "All that was promised is done first."), "claim_tasks"),
    _m("closing_told", Words("结案已告知", "The closing was told"),
       Words("结案信还没有送达", "The closing letter was not delivered"),
       Words("客户要知道这件事办完了，以及还能怎么做。", "The customer must know it is done and what remains possible."), "claim_letters"),
))


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the command's verb, from where to where, and the milestones it needs first."""

    verb: str
    frm: str
    to: str
    name: Words
    needs: tuple[str, ...] = ()


_REQUESTED = ("identity_established", "facts_complete", "claim_requested")
STEPS: tuple[Step, ...] = (
    Step("claim.register", "reported", "registered", Words("立案", "Register the claim"), (*_REQUESTED, "estimated")),
    Step("claim.take_on", "registered", "verifying", Words("接手核责", "Take on the claim"), _REQUESTED),
    Step("coverage.verify", "verifying", "collecting", Words("完成核责", "Complete verification"), ("coverage_verified",)),
    Step("documents.complete", "collecting", "assessing", Words("单证收齐，送审核", "Papers complete, send to assessment"),
         ("coverage_verified", "papers_complete")),
    Step("assessment.complete", "assessing", "calculating", Words("完成费用审核", "Complete the assessment"), ("loss_assessed",)),
    Step("settlement.submit", "calculating", "reviewing", Words("提交复核", "Submit for review"),
         ("coverage_verified", "papers_complete", "loss_assessed", "calculated")),
    Step("settlement.pass_review", "reviewing", "deciding", Words("复核通过", "Pass the review"), ("calculated", "review_passed")),
    Step("settlement.return", "reviewing", "calculating", Words("退回", "Return"), ()),
    Step("settlement.return", "deciding", "calculating", Words("退回", "Return"), ()),
    Step("settlement.decide_pay", "deciding", "paying", Words("签名，同意付款", "Sign and approve"),
         ("payee_verified", "review_passed", "decided")),
    Step("claim.close", "paying", "closed", Words("结案", "Close the claim"), ("decided", "decision_told", "paid", "nothing_open")),
    Step("claim.close", "deciding", "closed", Words("结案", "Close the claim"), ("decided", "decision_told", "nothing_open")),
    Step("archive.file", "closed", "archived", Words("归档", "File in the archive"), ("closing_told", "nothing_open")),
    *(Step("claim.withdraw", s, "withdrawn", Words("撤案", "Withdraw"), ())
      for s in ("reported", "registered", "verifying", "collecting", "assessing", "calculating")),
)


def step_for(verb: str, stage: str) -> Step | None:
    """The step that `verb` takes from `stage`, or None when it does not lead on from there."""
    return next((s for s in STEPS if s.verb == verb and s.frm == stage), None)


def steps_from(stage: str) -> tuple[Step, ...]:
    """Every step that leads on from `stage`."""
    return tuple(s for s in STEPS if s.frm == stage)


def missing_for(step: Step, reached: frozenset[str]) -> tuple[MilestoneKind, ...]:
    """All milestones `step` still needs, in the order of the table."""
    return tuple(MILESTONES[m] for m in step.needs if m not in reached)


def missing_on_the_way(verb: str, stage: str, reached: frozenset[str]) -> tuple[MilestoneKind, ...]:
    """All milestones still lacking on the straight way from `stage` up to and through `verb`; none when it lies behind."""
    place = {s.id: n for n, s in enumerate(BAR)}
    onward = [s for s in STEPS if s.frm in place and place.get(s.to, -1) > place[s.frm]]
    goal = max((place[s.frm] for s in onward if s.verb == verb), default=-1)
    if stage not in place or goal <= place[stage]:
        return ()
    needs = {m for s in onward if place[stage] <= place[s.frm] <= goal for m in s.needs}
    return tuple(kind for name, kind in MILESTONES.items() if name in needs and name not in reached)
