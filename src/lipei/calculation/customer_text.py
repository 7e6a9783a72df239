"""`customer_text`: the calculation in sentences a customer reads – what came in, what came off and why, what is paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lipei.calculation.figures import Figure
from lipei.calculation.statement import CoverageReading, Line, Statement
from lipei.terms.combinators import AggregateLimit
from lipei.terms.edition import clause_label
from lipei.terms.scalars import Exact
from lipei.terms.words import Words

OFF_THE_BILL: dict[frozenset[str], Words] = {
    frozenset({"sum"}): Words("{off}没有通过费用审核", "{off} was not accepted when the bill was reviewed"),
    frozenset({"exclude"}): Words("{off}不在保障范围", "{off} is not covered"),
    frozenset({"limit", "sublimit", "first_loss"}): Words("{off}超过限额", "{off} lies above a limit"),
}
"""What comes off first, by what it is; steps of one kind are told as one sum."""
BY_THEIR_NAME = frozenset(
    {"depreciation", "salvage", "holdback", "coordinate", "franchise", "layer", "lesser_of", "agreed_value"}
)
KEPT_BY_YOU = frozenset(
    {"deductible", "aggregate_deductible", "family_deductible", "percentage_deductible", "disappearing_deductible"}
)
OWN_PAYMENTS = frozenset({"copayment"})
SHARES = frozenset({"bands", "coinsurance", "ratio_table", "fault_share", "deductible_rate", "average", "contribution"})
UNITS = {
    "CNY": Words("元", "yuan"),
    "USD": Words("美元", "US dollars"),
    "EUR": Words("欧元", "euros"),
    "GBP": Words("英镑", "pounds"),
    "HKD": Words("港元", "Hong Kong dollars"),
}


def customer_text(statement: Statement) -> Words:
    """A short paragraph in plain words, ending with the sum that is paid."""
    speaker = _Speaker(UNITS[statement.edition.document.currency])
    answering = [coverage for coverage in statement.coverages if coverage.trigger.holds]
    said = [sentence for coverage in answering for sentence in speaker.coverage(coverage, alone=len(answering) == 1)]
    counted = sum(coverage.lines[0].before for coverage in answering if coverage.kind == "indemnity" and coverage.lines)
    if 0 < counted < statement.claimed:
        text = Words(
            "另有 {sum}的费用不属于这次的任何一项责任。", "Another {sum} of the bills falls under no cover this time."
        )
        said.append(text.with_(sum=speaker.sum(statement.claimed - counted)))
    if not answering:
        said = [_not_met(coverage) for coverage in statement.coverages[:1]]
    total = Words("一共 {sum}。", "In all, {sum}.").with_(sum=speaker.sum(statement.owed))
    sentences = [*said, total]
    return Words("".join(words.zh for words in sentences), " ".join(words.en for words in sentences))


@dataclass(frozen=True, slots=True)
class _Speaker:
    unit: Words

    def sum(self, amount: Exact) -> Words:
        """`26,320.33 元`."""
        return Words("{sum} {unit}", "{sum} {unit}").with_(sum=Figure("amount", amount).shown(), unit=self.unit)

    def coverage(self, coverage: CoverageReading, *, alone: bool) -> list[Words]:
        """What one coverage comes to; `alone` when no other answers."""
        if not coverage.answers:
            return [_stopped(coverage)]
        if coverage.kind == "benefit":
            return [self._benefit(coverage)]
        bill = Words("您交来的费用是 {sum}。", "The bills you sent come to {sum}.")
        if not alone and coverage.lines[0].number > 1:
            bill = Words("“{label}”的费用是 {sum}。", "For “{label}” the bills come to {sum}.")
        first = bill.with_(sum=self.sum(coverage.lines[0].before), label=coverage.label)
        return [first, *self._taken_off(coverage.lines), self._rest(coverage)]

    def _taken_off(self, lines: tuple[Line, ...]) -> Iterator[Words]:
        yield from self._off_the_bill(lines)
        deductibles = sum(line.step in KEPT_BY_YOU and line.cut > 0 for line in lines)
        for line in lines:
            if line.step == "prior_payment" and line.cut:
                text = Words("{payer}已付 {off}。", "{payer} has paid {off}.")
                yield text.with_(payer=line.operands[0].name, off=self.sum(line.cut))
            if line.step in KEPT_BY_YOU and line.cut and deductibles == 1:
                text = Words("免赔额里还有 {off}由您自己承担。", "{off} of the deductible is still yours to bear.")
                yield text.with_(off=self.sum(line.cut))
            elif line.step in KEPT_BY_YOU | OWN_PAYMENTS and line.cut:
                text = Words("“{label}”：{off}由您自己承担。", "“{label}”: {off} is yours to bear.")
                yield text.with_(label=line.label, off=self.sum(line.cut))
            if line.step in BY_THEIR_NAME and line.cut:
                text = Words("{label}：{off}。", "{label}: {off}.")
                yield text.with_(label=line.label, off=self.sum(line.cut))
            if line.step == "aggregate_limit" and line.bound and not line.after:
                yield Words("{used_up}。", "{used_up}.").with_(used_up=_used_up(line))
            elif line.step == "aggregate_limit" and line.bound:
                text = Words("“{label}”只剩 {left}。", "Only {left} is left of “{label}”.")
                yield text.with_(left=self.sum(line.after), label=line.label)

    def _off_the_bill(self, lines: tuple[Line, ...]) -> Iterator[Words]:
        """`Of this, 2,400.00 yuan is not covered and 3,780.00 yuan lies above a limit.`"""
        cuts = {kind: sum(line.cut for line in lines if line.step in kind) for kind in OFF_THE_BILL}
        parts = [OFF_THE_BILL[kind].with_(off=self.sum(off)) for kind, off in cuts.items() if off]
        if parts:
            first = ", ".join(part.en for part in parts[:-1])
            en = f"{first} and {parts[-1].en}" if first else parts[-1].en
            yield Words("其中 " + "，".join(part.zh for part in parts) + "。", f"Of this, {en}.")

    def _rest(self, coverage: CoverageReading) -> Words:
        if coverage.owed == 0:
            return Words("所以这一项没有可给付的金额。", "So nothing is payable under this cover.")
        if any(line.step in SHARES and line.cut for line in coverage.lines):
            text = Words("其余按合同比例给付 {sum}。", "Of the rest, the contract pays {sum}.")
        else:
            text = Words("其余给付 {sum}。", "The rest, {sum}, is paid.")
        return text.with_(sum=self.sum(coverage.owed))

    def _benefit(self, coverage: CoverageReading) -> Words:
        if coverage.owed == 0:
            text = Words(
                "按合同，“{label}”这次没有可给付的金额。",
                "By the contract, nothing is payable for “{label}” this time.",
            )
            return text.with_(label=coverage.label)
        for line in coverage.lines:
            if line.step == "per_diem":
                paid = next(operand.figure.value for operand in line.operands if operand.name.en == "days paid")
                text = Words("{label}按 {n} 天付，{sum}。", "{label}: {n} days, {sum}.")
                return text.with_(label=coverage.label, n=paid, sum=self.sum(coverage.owed))
        return Words("{label} {sum}。", "{label}: {sum}.").with_(label=coverage.label, sum=self.sum(coverage.owed))


def _used_up(line: Line) -> Words:
    """That nothing is left of the accumulator of an aggregate limit, in the words of the terms."""
    accumulators = line.evidence.edition.document.accumulators
    words = accumulators[line.taken.accumulator].used_up if isinstance(line.taken, AggregateLimit) else line.label
    return Words(words.zh, words.en[0].upper() + words.en[1:])


def _stopped(coverage: CoverageReading) -> Words:
    text = Words("“{label}”这次不能给付：{why}（{clause}）。", "“{label}” cannot be paid this time: {why} ({clause}).")
    why = coverage.stopped_by or coverage.label
    return text.with_(label=coverage.label, why=why, clause=clause_label(coverage.stop_clause or coverage.clause))


def _not_met(coverage: CoverageReading) -> Words:
    text = Words("这次的情况不属于“{label}”（{clause}）。", "This does not fall under “{label}” ({clause}).")
    return text.with_(label=coverage.trigger.label, clause=clause_label(coverage.trigger.clause))
