"""Is there cover: the policy at the loss, the person, the premium, what was explained, what was not disclosed. Pure.

Each rule answers with a `Verdict`: yes, no, or open – never no without the fact and the clause or article it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from lipei.filing.refusal import Missing
from lipei.terms.words import Words

Passed = Literal["yes", "no", "open"]
REASON_CHARACTERS_MIN = 6
REASON_CHARACTERS_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check found: `passed` yes, no or open, the reason with its fact, and the article or clause."""

    code: str
    label: Words
    passed: Passed
    reason: Words
    source: Words

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "code": self.code, "label": self.label.as_dict(), "passed": self.passed, "reason": self.reason.as_dict(),
            "source": self.source.as_dict(),
        }


def verdict_of(kept: Mapping[str, Any]) -> Verdict:
    """A verdict as it was stored."""
    return Verdict(kept["code"], Words(**kept["label"]), kept["passed"], Words(**kept["reason"]), Words(**kept["source"]))


@dataclass(frozen=True, slots=True)
class PolicySeen:
    """What the checks look at in a policy."""

    number: str
    from_date: date
    to_date: date
    first_from_date: date
    premium_paid_to: date
    status: str
    explained_on: date | None
    explained_to: str


@dataclass(frozen=True, slots=True)
class Grace:
    """How long a contract stays in force without its premium, and the law that says so (parameters of the jurisdiction)."""

    days_after_due: int
    days_after_dunning: int
    source: Words


CONTRACT = Words("保险合同", "insurance contract")
PERIOD = Words("保险期间", "Period of cover")


def policy_in_force(policy: PolicySeen, *, loss_on: date | None) -> Verdict:
    """Whether the loss lies within the period of cover, first and last day included."""
    label = Words("出险时保单有效", "The policy was in force at the loss")
    span = Words(f"{policy.from_date} 至 {policy.to_date}", f"{policy.from_date} to {policy.to_date}")
    if loss_on is None:
        return Verdict("in_force", label, "open", Words(f"还不知道出险日；保险期间 {span.zh}", f"the day of the loss is not known; cover runs {span.en}"), PERIOD)
    if policy.status != "in_force":
        reason = Words(f"保单状态：{policy.status}，要向承保核实", f"policy status {policy.status}: ask underwriting")
        return Verdict("in_force", label, "open", reason, CONTRACT)
    inside = policy.from_date <= loss_on <= policy.to_date
    reason = Words(
        f"{loss_on} {'在' if inside else '不在'}保险期间 {span.zh} 内",
        f"{loss_on} is {'within' if inside else 'outside'} the period of cover, {span.en}",
    )
    return Verdict("in_force", label, "yes" if inside else "no", reason, PERIOD)


def insured_person(*, is_same: bool | None, name: str) -> Verdict:
    """Whether the person hurt is the insured person of the policy; open until an identity was compared."""
    label = Words("出险人是被保险人", "The person is the insured")
    if is_same is None:
        reason = Words(f"还没有核对{name}的证件", f"the document of {name} has not been compared yet")
        return Verdict("insured_person", label, "open", reason, CONTRACT)
    reason = (
        Words(f"{name}的证件号码与保单一致", f"the identity number of {name} agrees with the policy")
        if is_same
        else Words(f"{name}的证件号码与保单不一致", f"the identity number of {name} differs from the policy")
    )
    return Verdict("insured_person", label, "yes" if is_same else "no", reason, CONTRACT)


def premium_paid(policy: PolicySeen, *, loss_on: date | None, grace: Grace, dunned_on: date | None = None) -> Verdict:
    """Whether the premium was paid at the loss, or the loss fell into the days in which cover goes on without it."""
    label = Words("保费已交", "Premium paid")
    paid_to = policy.premium_paid_to
    if loss_on is None:
        reason = Words(f"保费交到 {paid_to}；还不知道出险日", f"paid to {paid_to}; the day of the loss is not known")
        return Verdict("premium", label, "open", reason, grace.source)
    if loss_on <= paid_to:
        return Verdict("premium", label, "yes", Words(f"保费交到 {paid_to}", f"paid to {paid_to}"), CONTRACT)
    last = paid_to + timedelta(days=1 + grace.days_after_due)
    if dunned_on is not None:
        last = min(last, dunned_on + timedelta(days=grace.days_after_dunning))
    if loss_on <= last:
        reason = Words(
            f"保费只交到 {paid_to}，{last} 以前合同仍然有效；可以扣减欠交的保费",
            f"paid to {paid_to} only; the contract stays in force to {last}, the premium owed may be set off",
        )
        return Verdict("premium", label, "yes", reason, grace.source)
    reason = Words(f"保费只交到 {paid_to}，{last} 以后合同效力中止", f"paid to {paid_to} only; cover was suspended after {last}")
    return Verdict("premium", label, "no", reason, grace.source)


def clauses_explained(policy: PolicySeen) -> Verdict:
    """Whether there is a record that clauses limiting cover were explained; without it they have no effect (art. 17)."""
    label = Words("免责条款已经说明", "Clauses that limit cover were explained")
    source = Words("保险法第 17 条第 2 款", "Insurance Law art. 17(2)")
    if policy.explained_on is None:
        reason = Words("没有提示和说明的记录：免除责任的条款不产生效力", "no record of an explanation: clauses that free us from liability have no effect")
        return Verdict("explained", label, "no", reason, source)
    to = policy.explained_to
    reason = Words(f"{policy.explained_on} 已说明，{to}签名" if to else f"{policy.explained_on} 已说明",
                   f"explained on {policy.explained_on}" + (f", signed by {to}" if to else ""))
    return Verdict("explained", label, "yes", reason, source)


@dataclass(frozen=True, slots=True)
class Rescission:
    """How far the right to rescind has run: the last day left, or why it is gone."""

    known_on: date
    last_day: date | None
    gone_by: Words | None


def disclosure(rescission: Rescission | None) -> Verdict:
    """Non-disclosure: nothing known, the right to rescind is gone, or it is open and must be used before any refusal."""
    label = Words("如实告知", "Disclosure")
    source = Words("保险法第 16 条", "Insurance Law art. 16")
    if rescission is None:
        return Verdict("disclosure", label, "yes", Words("没有已知的未如实告知", "no non-disclosure is known"), source)
    if rescission.gone_by is not None:
        return Verdict("disclosure", label, "yes", rescission.gone_by, source)
    reason = Words(
        f"{rescission.known_on} 知道未如实告知；解除权到 {rescission.last_day} 为止。没有先解除合同，不能以此拒赔",
        f"known since {rescission.known_on}; the right to rescind ends on {rescission.last_day}. Without rescission it is no ground to refuse",
    )
    return Verdict("disclosure", label, "open", reason, source)


def right_edition(title: Words | None, *, edition: str, first: date | None, policy: PolicySeen) -> Verdict:
    """Which edition of the terms the contract was made under: the one in force when its period began."""
    label = Words("适用的条款", "The terms that apply")
    if title is None or first is None:
        reason = Words(f"没有 {policy.from_date} 生效的条款版本，请管理员核对", f"no edition was in force on {policy.from_date}; ask the administrator")
        return Verdict("edition", label, "open", reason, CONTRACT)
    reason = Words(f"{title.zh}，{edition} 版（{first} 起）", f"{title.en}, edition {edition} (from {first})")
    return Verdict("edition", label, "yes", reason, CONTRACT)


def is_covered(verdicts: Iterable[Verdict], *, answering: Iterable[Passed]) -> bool | None:
    """True, False, or None while anything that decides it is open.

    Cover fails when the policy, person or premium fails, or when no coverage answers at all.
    """
    deciding = {v.code: v.passed for v in verdicts if v.code in ("in_force", "insured_person", "premium")}
    states = list(answering)
    if "no" in deciding.values() or (states and all(s == "no" for s in states)):
        return False
    if "open" in deciding.values() or not states or not any(s == "yes" for s in states):
        return None
    return True


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the handler concludes on one coverage; not covered needs its reason, clause and the facts it rests on."""

    coverage: str
    is_covered: bool
    reason: str = ""
    clause: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the terms say on one coverage for the facts on file: whether it answers, where it stops, and whether anything was claimed."""

    coverage: str
    label: Words
    answers: Passed
    clause: str
    facts: tuple[str, ...]
    reason: Words
    is_asked: bool = True


def conclusion_faults(
    conclusions: tuple[Conclusion, ...], *, readings: tuple[Reading, ...], clauses: frozenset[str], known: frozenset[str],
    explained: bool, limits: frozenset[str], where: tuple[str, tuple[str | int, ...]],
) -> list[Missing]:
    """Everything that stands against these conclusions, all at once.

    `clauses` the edition has, `known` names of facts on file, `limits` clauses that free us from liability and so need the
    explanation of article 17.
    """
    given = {c.coverage: c for c in conclusions}
    faults: list[Missing] = []
    for reading in readings:
        conclusion = given.get(reading.coverage)
        if conclusion is None:
            what = Words(f"“{reading.label.zh}”还没有结论", f"“{reading.label.en}” has no conclusion yet")
            faults.append(Missing(what, why=Words("每项责任都要有结论。", "Every coverage needs one."), field=f"covered_{reading.coverage}"))
        elif conclusion.is_covered:
            faults += _covered_faults(reading, where=where)
        else:
            faults += _not_covered_faults(conclusion, reading, clauses=clauses, known=known, where=where)
            if conclusion.clause in limits and not explained:
                what = Words(f"第 {conclusion.clause} 条没有说明记录，不能用来拒绝“{reading.label.zh}”",
                             f"clause {conclusion.clause} was never explained and cannot be used against “{reading.label.en}”")
                faults.append(Missing(what, why=Words("保险法第 17 条第 2 款。", "Insurance Law art. 17(2)."), field=f"clause_{reading.coverage}"))
    return faults


def _covered_faults(reading: Reading, *, where: tuple[str, tuple[str | int, ...]]) -> list[Missing]:
    if reading.answers == "yes":
        return []
    if reading.answers == "open":
        what = Words(f"“{reading.label.zh}”还定不下来：{reading.reason.zh}", f"“{reading.label.en}” is still open: {reading.reason.en}")
        return [Missing(what, why=Words("先查明这些事实。", "Find these facts out first."), where=where)]
    what = Words(f"按档案里的事实，“{reading.label.zh}”不在保障内：{reading.reason.zh}",
                 f"on the facts on file “{reading.label.en}” is not covered: {reading.reason.en}")
    return [Missing(what, why=Words("事实有误就先更正事实；结论要和条款一致。", "Correct the fact if it is wrong; the conclusion must follow the terms."), where=where)]


def _not_covered_faults(
    conclusion: Conclusion, reading: Reading, *, clauses: frozenset[str], known: frozenset[str], where: tuple[str, tuple[str | int, ...]]
) -> list[Missing]:
    faults: list[Missing] = []
    label, name = reading.label, reading.coverage
    if len(conclusion.reason.strip()) < REASON_CHARACTERS_MIN:
        faults.append(Missing(Words(f"不保障“{label.zh}”还没有写理由", f"the reason why “{label.en}” is not covered is missing"), field=f"reason_{name}"))
    elif len(conclusion.reason) > REASON_CHARACTERS_MAX:
        n = len(conclusion.reason)
        faults.append(Missing(Words(f"理由有 {n} 个字，最多 {REASON_CHARACTERS_MAX} 个", f"the reason has {n} characters; the most is {REASON_CHARACTERS_MAX}"), field=f"reason_{name}"))
    if conclusion.clause not in clauses:
        what = Words(f"不保障“{label.zh}”还没有写条款", f"the clause why “{label.en}” is not covered is missing")
        faults.append(Missing(what, do=Words("请选合同里的一条。", "Choose a clause of the contract."), field=f"clause_{name}"))
    missing = [f for f in conclusion.facts if f not in known]
    if not conclusion.facts or missing:
        what = Words(f"不保障“{label.zh}”依据的事实不在档案里", f"the facts why “{label.en}” is not covered are not on file")
        faults.append(Missing(what, why=Words("没有事实，不能对客户作不利的结论。", "Nothing is concluded against the claimant without a fact."), where=where))
    if reading.answers != "no":
        what = Words(f"按档案里的事实，条款并没有排除“{label.zh}”", f"on the facts on file the terms do not exclude “{label.en}”")
        faults.append(Missing(what, why=Words("先把依据的事实记入档案，再作结论。", "Record the fact it rests on first."), where=where))
    return faults
