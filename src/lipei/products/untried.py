"""What the worked cases of an edition leave untried, and the bill that two coverages pay: doubts that only calculating can show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from lipei.calculation.alternatives import with_one_fact_changed
from lipei.calculation.statement import CoverageReading, Statement
from lipei.calculation.worked_cases import CaseResult
from lipei.terms.document import Coverage, Document
from lipei.terms.edition import Edition
from lipei.terms.faults import Found, Path, warning
from lipei.terms.money import plain
from lipei.terms.words import Words

CASES_MIN = 8


def untried(edition: Edition, cases: Sequence[CaseResult]) -> Iterator[Found]:
    """Too few cases, coverages that none pays, exclusions that none meets, two coverages that pay one bill."""
    document = edition.document
    statements = [result.statement for result in cases if result.statement is not None]
    if cases and len(cases) < CASES_MIN:
        what = Words(f"只有 {len(cases)} 个算例", "only {n} worked case{s}")
        what = what.with_(n=len(cases), s="" if len(cases) == 1 else "s")
        yield warning("few-cases", ("cases",), what, Words(f"至少写 {CASES_MIN} 个", f"write at least {CASES_MIN}"))
    if not statements:
        return
    yield from _unpaid(document, statements)
    yield from _unmet(document, statements)
    yield from _paid_twice(document, statements)


def _unpaid(document: Document, statements: Sequence[Statement]) -> Iterator[Found]:
    paid = {reading.id for statement in statements for reading in statement.coverages if reading.owed}
    for at, coverage in enumerate(document.coverages):
        if coverage.id not in paid:
            what = Words("没有算例赔到责任“{label}”", "no worked case pays anything under “{label}”")
            cure = Words("加一个赔到它的算例", "add a worked case in which it pays")
            yield warning("untried-coverage", ("coverages", at, "id"), what.with_(label=coverage.label), cure)


def _unmet(document: Document, statements: Sequence[Statement]) -> Iterator[Found]:
    """Exclusions that hold in no worked case."""
    met = {id(tried.tested) for s in statements for reading in s.coverages for tried in reading.exclusions if tried.holds}
    places: list[tuple[Path, Coverage | Document]] = [((), document)]
    places += [(("coverages", at), coverage) for at, coverage in enumerate(document.coverages)]
    for path, part in places:
        for at, exclusion in enumerate(part.exclusions):
            if id(exclusion) not in met:
                what = Words("没有算例遇到除外“{label}”", "no worked case meets the exclusion “{label}”")
                cure = Words("加一个因它不付的算例，写 refused_by", "add a worked case that it stops, with refused_by")
                here: Path = (*path, "exclusions", at, "id")
                yield warning("untried-exclusion", here, what.with_(label=exclusion.label), cure)


def _paid_twice(document: Document, statements: Sequence[Statement]) -> Iterator[Found]:
    """Two indemnity coverages that together pay more than the bill which both add up: shown by a claim, never guessed."""
    indemnity = [(at, one) for at, one in enumerate(document.coverages) if one.kind == "indemnity"]
    for (_, first), (at, second) in combinations(indemnity, 2):
        shared = _shared(document, first, second)
        found = next((s for s in _near(statements, (first, second)) if _is_twice(s, first, second)), None) if shared else None
        if found is not None:
            paid = found.coverage(first.id).owed + found.coverage(second.id).owed
            what = Words(
                "“{first}”和“{second}”可能同时赔同一张账单：{claimed} 的费用合计付到 {paid}",
                "“{first}” and “{second}” can both pay one bill: of {claimed} they pay {paid} together",
            ).with_(first=first.label, second=second.label, claimed=plain(found.claimed), paid=plain(paid))
            cure = Words("让 trigger 互相排除，或给 sum 写不同的 of", "let their triggers exclude each other, or give each `sum` an `of` of its own")
            yield warning("paid-twice", ("coverages", at, "trigger", "when"), what, cure)


def _shared(document: Document, first: Coverage, second: Coverage) -> bool:
    """Whether some category of the bill is added up by both."""
    one, other = (set(coverage.steps[0].of or document.categories) for coverage in (first, second))
    return bool(one & other)


def _near(statements: Sequence[Statement], coverages: Sequence[Coverage]) -> Iterator[Statement]:
    """The worked cases, and each with one yes/no or choice changed on which it hangs whether the coverages answer."""
    for statement in statements:
        yield statement
        conditions = [one.trigger.when for one in coverages]
        conditions += [one.when for coverage in coverages for one in statement.edition.document.exclusions_of(coverage)]
        for name in dict.fromkeys(name for condition in conditions for name in condition.names):
            yield from with_one_fact_changed(statement, name)


def _is_twice(statement: Statement, first: Coverage, second: Coverage) -> bool:
    readings: list[CoverageReading] = [statement.coverage(first.id), statement.coverage(second.id)]
    paid = sum(reading.owed for reading in readings)
    return all(reading.owed for reading in readings) and paid > statement.claimed
