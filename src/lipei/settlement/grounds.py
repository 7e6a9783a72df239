"""Why less was owed than asked: each cut with clause, contract words, fact and amount, from the statement. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lipei.calculation import CoverageReading, Line, LineItem, Statement
from lipei.calculation.figures import rounded
from lipei.terms.document import Coverage
from lipei.terms.edition import clause_label
from lipei.terms.money import plain, shown
from lipei.terms.words import Words

GroundKind = Literal["cut", "reckoned", "added", "stopped"]
CUTTING = frozenset({"sum", "exclude", "limit", "aggregate_limit", "layer", "average", "depreciation"})
PRIOR = "prior_payment"


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason why the amount moved (fen): what, clause, the contract's words, the fact.

    `cut`: an item not covered or above a limit · `reckoned`: prior payment, deductible, ratio · `stopped`: a coverage that
    does not answer · `added`: a fixed benefit on top. asked − cut − reckoned − stopped + added = owed, where no line of the
    bill is read by two coverages that answer.
    """

    what: Words
    clause: str
    clause_label: Words
    quoted: Words
    fact: Words
    amount: int
    kind: GroundKind
    coverage: str

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "what": self.what.as_dict(), "clause": self.clause, "clause_label": self.clause_label.as_dict(),
            "quoted": self.quoted.as_dict(), "fact": self.fact.as_dict(), "amount": self.amount, "kind": self.kind,
            "coverage": self.coverage,
        }


def ground_of(kept: Mapping[str, Any]) -> Ground:
    """A ground as it was stored."""
    words = {name: Words(**kept[name]) for name in ("what", "clause_label", "quoted", "fact")}
    return Ground(clause=kept["clause"], amount=kept["amount"], kind=kept["kind"], coverage=kept["coverage"], **words)


@dataclass(frozen=True, slots=True)
class NotCovered:
    """A coverage that the handler concluded against, with clause and reason, though the terms themselves would answer."""

    coverage: str
    clause: str
    reason: str


def owed_of(statement: Statement, *, refused: Iterable[NotCovered] = ()) -> int:
    """What is owed in fen: the statement's coverages without those that were concluded against."""
    gone = {r.coverage for r in refused}
    return sum(c.owed for c in statement.coverages if c.id not in gone)


def all_stopped(statement: Statement, *, refused: Iterable[NotCovered] = ()) -> bool:
    """Whether no coverage answers."""
    gone = {r.coverage for r in refused}
    return all(c.id in gone or not c.answers for c in statement.coverages)


def grounds_of(statement: Statement, *, refused: Iterable[NotCovered] = ()) -> tuple[Ground, ...]:
    """Every reason why the owed amount differs from the asked one, in the order of the calculation."""
    against = {r.coverage: r for r in refused}
    answering = [c for c in statement.coverages if c.answers and c.id not in against]
    shown = [c for c in statement.coverages if c.answers or c.trigger.holds or (c.id in against and c.is_asked) or not answering]
    unanswered = _unanswered(statement, answering=answering, others=[c for c in shown if c not in answering])
    found: list[Ground] = []
    for coverage in shown:
        if coverage.id in against and coverage.answers:
            found.append(_concluded(statement, coverage, against[coverage.id], amount=unanswered[coverage.id]))
        elif coverage.answers:
            found += _benefit(statement, coverage) if coverage.kind == "benefit" else _steps(statement, coverage)
        else:
            found.append(_stopped(statement, coverage, said=against.get(coverage.id), amount=unanswered[coverage.id]))
    return tuple(found)


def is_cut(grounds: Iterable[Ground]) -> bool:
    """Whether something asked for is not paid because of what the contract covers (not only by deductible and ratio)."""
    return any(g.kind in ("cut", "stopped") for g in grounds)


def _quoted(statement: Statement, clause: str) -> Words:
    return statement.edition.clauses.get(clause) or clause_label(clause)


def _unanswered(
    statement: Statement, *, answering: Iterable[CoverageReading], others: Iterable[CoverageReading]
) -> dict[str, int]:
    """What was asked under each coverage that does not answer and is answered by no other one (fen): the bill counts once.

    A coverage concluded against had its part of the bill; one that the terms stop read none, and takes what is left.
    """
    left = statement.claimed - sum(_read(c) for c in answering if c.kind == "indemnity")
    found: dict[str, int] = {}
    for coverage in sorted(others, key=lambda c: not c.lines):
        amount = 0 if coverage.kind == "benefit" else left
        if coverage.kind == "indemnity" and coverage.lines:
            amount = min(left, _read(coverage))
        found[coverage.id] = max(amount, 0)
        left -= found[coverage.id]
    return found


def _read(coverage: CoverageReading) -> int:
    """What of the bill a coverage began with (fen)."""
    return rounded(coverage.lines[0].before) if coverage.lines else 0


def _concluded(statement: Statement, coverage: CoverageReading, against: NotCovered, *, amount: int) -> Ground:
    return Ground(
        coverage.label, against.clause, clause_label(against.clause), _quoted(statement, against.clause),
        Words(against.reason, against.reason), amount, "stopped", coverage.id,
    )


def _stopped(statement: Statement, coverage: CoverageReading, *, said: NotCovered | None, amount: int) -> Ground:
    """Where the terms stop, the facts that stop them, and the handler's reason behind them."""
    clause = coverage.stop_clause or coverage.clause
    fact = _why_stopped(coverage)
    if said is not None and said.reason:
        fact = Words(f"{fact.zh}。{said.reason}", f"{fact.en}. {said.reason}")
    return Ground(
        coverage.label, clause, clause_label(clause), _quoted(statement, clause), fact, amount, "stopped", coverage.id,
    )


def _why_stopped(coverage: CoverageReading) -> Words:
    tried = next((t for t in coverage.exclusions if t.holds), None)
    if tried is not None:
        return _with_sources(tried.because, [f.source for f in tried.facts])
    if not coverage.trigger.holds:
        return _with_sources(coverage.trigger.because, [f.source for f in coverage.trigger.facts])
    return coverage.waiting.because if coverage.waiting is not None else coverage.label


def _with_sources(said: Words, sources: Iterable[Words | None]) -> Words:
    named = {s.zh: s for s in sources if s is not None}
    if not named:
        return said
    zh, en = "、".join(s.zh for s in named.values()), ", ".join(s.en for s in named.values())
    return Words(f"{said.zh}（{zh}）", f"{said.en} ({en})")


def _benefit(statement: Statement, coverage: CoverageReading) -> list[Ground]:
    if coverage.owed == 0:
        return []
    line = coverage.lines[0]
    return [Ground(coverage.label, line.clause, line.clause_shown, line.clause_text, line.arithmetic, coverage.owed, "added", coverage.id)]


def _steps(statement: Statement, coverage: CoverageReading) -> list[Ground]:
    spec = next(c for c in statement.edition.document.coverages if c.id == coverage.id)
    found: list[Ground] = []
    for line in coverage.lines:
        amount = rounded(line.before) - rounded(line.after)
        if amount == 0:
            continue
        if line.step == "sum":
            found += _assessed(statement, line)
            continue
        kind: GroundKind = "cut" if line.step in CUTTING else "reckoned"
        fact = _fact(line, items=_items(statement, spec, line)) if kind == "cut" else line.arithmetic
        found.append(Ground(line.label, line.clause, line.clause_shown, line.clause_text, fact, amount, kind, coverage.id))
    return found


def _assessed(statement: Statement, line: Line) -> list[Ground]:
    """The assessor's own cuts: an item allowed below what was asked, with the reason and paper it stands on."""
    found = []
    for item in statement.inputs.items:
        if item.counted == item.claimed:
            continue
        reason = item.reason or Words("审核核减", "reduced in the bill review")
        fact = _with_sources(Words(f"{reason.zh}：{plain(item.claimed)} → {plain(item.counted)}", f"{reason.en}: {plain(item.claimed)} → {plain(item.counted)}"), [item.source])
        what = item.label or statement.edition.document.categories[item.category]
        found.append(Ground(what, line.clause, line.clause_shown, line.clause_text, fact, item.claimed - item.counted, "cut", line.coverage))
    return found


def _items(statement: Statement, spec: Coverage, line: Line) -> list[LineItem]:
    """The lines of the bill a step looked at."""
    step = next((s for s in spec.steps if s.label.zh == line.label.zh and s.clause == line.clause), None)
    of = getattr(step, "of", None)
    return [i for i in statement.inputs.items if of and i.category in of]


def _fact(line: Line, *, items: list[LineItem]) -> Words:
    """The fact a cut rests on: the lines of the bill with their page, or the arithmetic, and the exception that was tried."""
    zh, en = [], []
    for item in items:
        amount = plain(item.counted) + (f" · {item.days} 日" if item.days else "")
        amount_en = plain(item.counted) + (f" · {item.days} days" if item.days else "")
        source = item.source
        zh.append(f"{source.zh}，{amount}" if source else f"{(item.label or line.label).zh} {amount}")
        en.append(f"{source.en}, {amount_en}" if source else f"{(item.label or line.label).en} {amount_en}")
    if not items:
        zh, en = [line.arithmetic.zh], [line.arithmetic.en]
    for tried in line.exceptions:
        if not tried.holds:
            zh.append(f"没有“{tried.label.zh}”")
            en.append(f"no “{tried.label.en}”")
    return Words("；".join(zh), "; ".join(en))


def summary_of(statement: Statement, *, grounds: tuple[Ground, ...], owed: int) -> Words:
    """The proposal in one sentence: covered or not, what others paid, what was cut, and how the rest is reckoned."""
    if owed == 0 and all(g.kind == "stopped" for g in grounds) and grounds:
        return Words(f"不在保障范围内：{grounds[0].what.zh}，{grounds[0].clause_label.zh}。", f"Not covered: {grounds[0].what.en}, {grounds[0].clause_label.en}.")
    prior = sum(rounded(line.cut) for line in statement.lines if line.step == PRIOR)
    cut = sum(g.amount for g in grounds if g.kind == "cut")
    added = sum(g.amount for g in grounds if g.kind == "added")
    zh, en = ["属于保障范围。"], ["Covered."]
    parts_zh = [f"别处已付 {shown(prior)}"] * bool(prior) + [f"核减 {shown(cut)}"] * bool(cut)
    parts_en = [f"paid elsewhere {shown(prior)}"] * bool(prior) + [f"cut {shown(cut)}"] * bool(cut)
    parts_zh.append("其余按免赔额和比例计算" + (f"，另加定额 {shown(added)}" if added else ""))
    parts_en.append("the rest by deductible and ratio" + (f", plus fixed benefits {shown(added)}" if added else ""))
    return Words("".join([*zh, "；".join(parts_zh), "。"]), " ".join([*en, "; ".join(parts_en).capitalize() + "."]))
