"""`customer_text`: the calculation in sentences a customer reads – what came in, what came off and why, what is paid."""

from __future__ import annotations

from lipei.calculation.figures import Figure
from lipei.calculation.statement import CoverageReading, Line, Statement
from lipei.terms.scalars import Exact
from lipei.terms.words import Words

NOT_COVERED = frozenset({"sum", "exclude", "limit", "copayment"})
KEPT_BY_YOU = frozenset(
    {"deductible", "aggregate_deductible", "percentage_deductible", "disappearing_deductible", "franchise"}
)
SHARES = frozenset({"bands", "coinsurance", "fault_share", "deductible_rate", "average"})


def customer_text(statement: Statement) -> Words:
    """A short paragraph in plain words, ending with the sum that is paid."""
    sentences = [
        sentence
        for coverage in statement.coverages
        if coverage.lines or coverage.stopped_by
        for sentence in (_indemnity(coverage) if coverage.kind == "indemnity" else _benefit(coverage))
    ]
    total = Words("一共 {sum} 元。", "In all, {sum} yuan.").with_(sum=_yuan(statement.owed))
    return Words(
        "".join([*(words.zh for words in sentences), total.zh]),
        " ".join([*(words.en for words in sentences), total.en]),
    )


def _yuan(amount: Exact) -> Words:
    return Figure("amount", amount).shown()


def _indemnity(coverage: CoverageReading) -> list[Words]:
    if not coverage.lines:
        return [_stopped(coverage)] if coverage.trigger.holds else []
    claimed = coverage.lines[0].before
    said = [Words("您交来的费用是 {sum} 元。", "The bills you sent come to {sum} yuan.").with_(sum=_yuan(claimed))]
    off = sum(line.cut for line in coverage.lines if line.step in NOT_COVERED)
    if off:
        said.append(
            Words(
                "其中 {off} 元不在保障范围或超过限额。", "Of this, {off} yuan is not covered or lies above a limit."
            ).with_(off=_yuan(off))
        )
    for line in coverage.lines:
        if line.step == "prior_payment" and line.cut:
            said.append(
                Words("{payer}已付 {off} 元。", "{payer} has paid {off} yuan.").with_(
                    payer=line.operands[0].name, off=_yuan(line.cut)
                )
            )
        if line.step in KEPT_BY_YOU and line.cut:
            said.append(
                Words(
                    "免赔额里还有 {off} 元由您自己承担。", "{off} yuan of the deductible is still yours to bear."
                ).with_(off=_yuan(line.cut))
            )
    shares = [line for line in coverage.lines if line.step in SHARES]
    template = (
        Words("其余按合同比例给付 {sum} 元。", "Of the rest, the contract pays {sum} yuan.")
        if shares
        else Words("按合同给付 {sum} 元。", "The contract pays {sum} yuan.")
    )
    return [*said, *_limits(coverage.lines), template.with_(sum=_yuan(coverage.owed))]


def _limits(lines: tuple[Line, ...]) -> list[Words]:
    template = Words("累计限额只剩 {left} 元。", "Only {left} yuan is left of the limit.")
    return [template.with_(left=_yuan(line.after)) for line in lines if line.step == "aggregate_limit" and line.bound]


def _benefit(coverage: CoverageReading) -> list[Words]:
    if not coverage.lines:
        return [_stopped(coverage)] if coverage.trigger.holds else []
    for line in coverage.lines:
        if line.step == "per_diem":
            paid = next(operand.figure.value for operand in line.operands if operand.name.en == "days paid")
            template = Words("{label}按 {n} 天付，{sum} 元。", "{label}: {n} days, {sum} yuan.")
            return [template.with_(label=coverage.label, n=paid, sum=_yuan(coverage.owed))]
    return [Words("{label} {sum} 元。", "{label}: {sum} yuan.").with_(label=coverage.label, sum=_yuan(coverage.owed))]


def _stopped(coverage: CoverageReading) -> Words:
    why = coverage.stopped_by or coverage.label
    template = Words("“{label}”这次不能给付：{why}。", "“{label}” cannot be paid this time: {why}.")
    return template.with_(label=coverage.label, why=why)
