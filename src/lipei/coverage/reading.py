"""What the terms say for the facts on file: coverage by coverage, exclusion by exclusion, from least to most. Pure.

Every fact that is not known was only tried (`guessed`); whatever rests on one of them is open, not decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lipei.calculation import CoverageReading, Need, Range, Tried
from lipei.coverage.rules import Passed, Reading, Verdict
from lipei.terms.document import Coverage, Waiting
from lipei.terms.edition import Edition, clause_label
from lipei.terms.money import shown
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class CoverageView:
    """One coverage as far as it can be seen: whether it answers, from–to in fen, why, and whether anything was claimed under it."""

    id: str
    label: Words
    answers: Passed
    low: int
    high: int
    reason: Words
    is_asked: bool = True

    def as_dict(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "id": self.id, "label": self.label.as_dict(), "answers": self.answers, "low": self.low, "high": self.high,
            "reason": self.reason.as_dict(),
        }


NOT_ASKED = Words("这次没有要求这一项的费用", "Nothing was claimed under this part")


def _is_asked(seen: Range, coverage: str) -> bool:
    return any(reading.is_asked for reading in _both(seen, coverage))


def _both(at: Range, coverage: str) -> tuple[CoverageReading, CoverageReading]:
    return at.low.coverage(coverage), at.high.coverage(coverage)


def _passed(*states: bool) -> Passed:
    return "open" if len(set(states)) > 1 else "yes" if states[0] else "no"


def _checks(edition: Edition, spec: Coverage, seen: Range) -> tuple[Verdict, ...]:
    """Trigger, waiting period and exclusions of one coverage, in the order in which they stop it."""
    low, high = _both(seen, spec.id)
    guessed = frozenset(seen.unknown)
    found = [_tried("trigger", low.trigger, high.trigger, wanted=True, guessed=guessed)]
    found += [_tried("exclusion", a, b, wanted=False, guessed=guessed) for a, b in zip(low.exclusions, high.exclusions, strict=False)]
    if spec.waiting is not None and low.waiting is not None and high.waiting is not None:
        found.append(_waited(edition, spec.waiting, low=low, high=high, guessed=guessed))
    return tuple(found)


def _tried(code: str, low: Tried, high: Tried, *, wanted: bool, guessed: frozenset[str]) -> Verdict:
    passed = _passed(low.holds is wanted, high.holds is wanted)
    label = low.label if wanted else Words(f"不属于“{low.label.zh}”", f"Not “{low.label.en}”")
    missing = [f.label for f in low.facts if f.name in guessed]
    if missing:
        return Verdict(code, label, "open", _not_known(missing), clause_label(low.clause))
    return Verdict(code, label, passed, low.because, clause_label(low.clause))


def _waited(edition: Edition, spec: Waiting, *, low: CoverageReading, high: CoverageReading, guessed: frozenset[str]) -> Verdict:
    assert low.waiting is not None
    assert high.waiting is not None
    over = _passed(low.waiting.over, high.waiting.over)
    waived = low.waiting.waived_by is not None and high.waiting.waived_by is not None
    names = [*(spec.unless.names if spec.unless else ()), *(() if waived else spec.happened.names)]
    facts = edition.document.facts
    missing = [facts[n].label for n in names if n in guessed and n in facts]
    source = clause_label(low.waiting.clause)
    if missing:
        return Verdict("waiting", spec.label, "open", _not_known(missing), source)
    because = high.waiting.because if low.waiting.over else low.waiting.because
    return Verdict("waiting", spec.label, over, because, source)


def _not_known(labels: list[Words]) -> Words:
    return Words("还不知道：" + "、".join(w.zh for w in labels), "not known yet: " + ", ".join(w.en for w in labels))


def coverage_views(edition: Edition, seen: Range) -> tuple[CoverageView, ...]:
    """Every coverage of the edition, in its order: open as long as one of its checks is."""
    views = []
    for spec in edition.document.coverages:
        low, high = _both(seen, spec.id)
        least, most = seen.owed_by(spec.id)
        checks = _checks(edition, spec, seen)
        failed = next((v for v in checks if v.passed == "no"), None)
        waits = next((v for v in checks if v.passed == "open"), None)
        deciding = failed or waits or checks[0]
        answers: Passed = deciding.passed if failed or waits else _passed(low.answers, high.answers)
        stop = low.stopped_by or high.stopped_by
        is_asked = _is_asked(seen, spec.id)
        reason = _reason(deciding, stop=stop) if is_asked else NOT_ASKED
        views.append(CoverageView(spec.id, spec.label, answers, least, most, reason, is_asked))
    return tuple(views)


def _reason(deciding: Verdict, *, stop: Words | None) -> Words:
    """Why a coverage answers or not: the check that decides it, with its clause, and its facts where it does not answer."""
    label, source = deciding.label, deciding.source
    if deciding.passed == "yes":
        return Words(f"{label.zh}（{source.zh}）", f"{label.en} ({source.en})")
    if deciding.code == "exclusion" and deciding.passed == "no" and stop is not None:
        return Words(f"{stop.zh}（{source.zh}）", f"{stop.en} ({source.en})")
    return Words(f"{label.zh}（{source.zh}）：{deciding.reason.zh}", f"{label.en} ({source.en}): {deciding.reason.en}")


def readings(edition: Edition, seen: Range) -> tuple[Reading, ...]:
    """What the terms say on each coverage, with the clause it stops at and the facts on file that stop it."""
    found = []
    for spec, view in zip(edition.document.coverages, coverage_views(edition, seen), strict=True):
        low, high = _both(seen, spec.id)
        stopped = low if not low.answers else high
        facts = _facts_of_stop(stopped)
        if not facts and spec.waiting is not None and stopped.waiting is not None and not stopped.waiting.over:
            facts = tuple(spec.waiting.happened.names)
        found.append(Reading(spec.id, spec.label, view.answers, stopped.stop_clause or "", facts, view.reason, view.is_asked))
    return tuple(found)


def _facts_of_stop(reading: CoverageReading) -> tuple[str, ...]:
    tried = next((t for t in reading.exclusions if t.holds), None)
    if tried is None and not reading.trigger.holds:
        tried = reading.trigger
    return tuple(fact.name for fact in tried.facts if not fact.assumed) if tried is not None else ()


def terms_verdicts(edition: Edition, seen: Range) -> tuple[Verdict, ...]:
    """Triggers, waiting periods and every exclusion that was tried, each once, with the facts that decided it.

    Where something was claimed, parts under which nothing was claimed say nothing of the cover.
    """
    found: dict[str, Verdict] = {}
    asked = [spec for spec in edition.document.coverages if _is_asked(seen, spec.id)]
    for spec in asked or edition.document.coverages:
        for verdict in _checks(edition, spec, seen):
            found.setdefault(f"{verdict.code}:{verdict.label.zh}", verdict)
    return tuple(found.values())


def open_needs(needs: Iterable[Need]) -> tuple[Verdict, ...]:
    """A verdict for each fact without which the terms cannot be read at all."""
    return tuple(
        Verdict("fact", need.label, "open", Words(f"{need.label.zh}{need.what.zh}", f"{need.label.en} {need.what.en}"), Words("条款", "terms"))
        for need in needs
    )


def view_sentence(views: tuple[CoverageView, ...], *, low: int, high: int, is_open_ended: bool) -> Words:
    """The first view as it is said to the customer: what may be covered, roughly how much, and that it is no promise."""
    close = Words("这是按现在知道的情况说的，不是承诺；最后看材料和条款。",
                  "This is what can be said from what is known now; it is not a promise. Papers and terms decide.")
    answering = [v for v in views if v.answers != "no"]
    if not answering:
        why = views[0].reason if views else Words("没有相应的责任", "no coverage fits")
        return Words(f"按现在知道的，这次可能不在保障范围内：{why.zh}。{close.zh}", f"From what is known now this may not be covered: {why.en}. {close.en}")
    zh, en = "、".join(v.label.zh for v in answering), ", ".join(v.label.en for v in answering)
    may = Words(f"按现在知道的，可能属于：{zh}", f"From what is known now, this may come under: {en}")
    if is_open_ended:
        rough = Words(f"花了多少还不知道；合同最多付 {shown(high)}", f"what it cost is not known yet; the contract pays at most {shown(high)}")
    elif low == high:
        rough = Words(f"大约 {shown(low)}", f"roughly {shown(low)}")
    else:
        rough = Words(f"大约 {shown(low)} 到 {shown(high)}", f"roughly {shown(low)} to {shown(high)}")
    return Words(f"{may.zh}，{rough.zh}。{close.zh}", f"{may.en}; {rough.en}. {close.en}")


def moves_words(moves: int | None, *, paper: Words | None) -> Words | None:
    """What one thing not known does to the amount (fen), all others being as where most is owed, and the paper that settles it."""
    if moves is None:
        return None
    if moves == 0:
        return Words("不改变金额", "does not change the amount")
    alone = Words(f"光这一项，金额可能相差 {shown(moves)}", f"this alone may move the amount by {shown(moves)}")
    if paper is None:
        return alone
    return Words(f"{alone.zh}；看“{paper.zh}”就能定", f"{alone.en}; settled by: {paper.en}")


def middle(low: int, high: int) -> int:
    """The first estimate: the middle between least and most, in fen, rounded down."""
    return (low + high) // 2
