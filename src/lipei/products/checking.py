"""Checks editions as a whole: the document, its worked cases run, and the editions of one product beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import PurePath

from lipei.calculation.worked_cases import CaseResult, run_cases
from lipei.products.untried import untried
from lipei.terms.edition import Edition, edition_of
from lipei.terms.faults import Fault, Path, Place, Severity, TermsFaults, in_order, path_text
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Checked:
    """A terms document that was checked: its text, the edition when it can be used, every fault, the cases that were run."""

    source: str
    text: str
    edition: Edition | None
    faults: tuple[Fault, ...]
    cases: tuple[CaseResult, ...] = ()

    @property
    def is_fit(self) -> bool:
        """Whether the edition may be put in force: no error, and worked cases that all come out."""
        return bool(self.cases) and all(fault.severity != "error" for fault in self.faults)

    def with_faults(self, more: Sequence[Fault]) -> Checked:
        """The same with more faults, in the order of the file."""
        return replace(self, faults=in_order([*self.faults, *more]))


def checked(text: str, *, source: str) -> Checked:
    """Everything that can be said of one terms document; never raises for what is wrong in it."""
    try:
        edition = edition_of(text, source=source)
    except TermsFaults as faults:
        return Checked(source, text, None, faults.faults)
    cases = run_cases(edition)
    doubts = [_fault(edition, *doubt) for doubt in untried(edition, cases)]
    found = [*_failing(edition, cases), *doubts]
    return Checked(source, text, edition, in_order([*edition.remarks, *found]), cases)


def beside(found: Sequence[Checked]) -> tuple[Checked, ...]:
    """The same documents with the faults that show only when editions of one product are seen beside each other."""
    more: dict[int, list[Fault]] = {}
    usable = [(at, one.edition) for at, one in enumerate(found) if one.edition is not None]
    usable.sort(key=lambda pair: (pair[1].document.product, pair[1].document.in_force.first))
    for (_, earlier), (at, later) in pairwise(usable):
        if earlier.document.product == later.document.product:
            more.setdefault(at, []).extend(_neighbours(earlier, later))
    return tuple(one.with_faults(more.get(at, [])) for at, one in enumerate(found))


def in_its_place(one: Checked, path: PurePath) -> Checked:
    """The same with the faults of a file in the folder of products: it is named after its edition, its folder after the product."""
    if one.edition is None:
        return one
    document, more = one.edition.document, []
    if path.parent.name != document.product:
        more.append(_misplaced(one.edition, "product", path.parent.name, document.product))
    if path.stem != document.edition:
        more.append(_misplaced(one.edition, "edition", path.stem, document.edition))
    return one.with_faults(more)


def _fault(edition: Edition, code: str, path: Path, what: Words, cure: Words, severity: Severity = "error") -> Fault:
    near = path
    while near and near not in edition.places:
        near = near[:-1]
    return Fault(code, path_text(path), edition.places.get(near, Place(1)), what, cure, severity)


def _failing(edition: Edition, cases: Sequence[CaseResult]) -> Iterator[Fault]:
    cure = Words(
        "重新手算；条款错了改条款，算例错了改算例",
        "calculate it by hand again; correct the terms or the case, whichever is wrong",
    )
    for at, result in enumerate(cases):
        for difference in result.differences:
            what = Words("算例“{name}”不相符：{said}", "the worked case “{name}” does not agree: {said}")
            if result.statement is None:
                what = Words("算例“{name}”算不了：{said}", "the worked case “{name}” cannot be calculated: {said}")
            said = what.with_(name=result.case.name, said=difference.said)
            yield _fault(edition, "case-fails", ("cases", at, *difference.at), said, difference.cure or cure)


def _neighbours(earlier: Edition, later: Edition) -> Iterator[Fault]:
    last, first = earlier.document.in_force.last, later.document.in_force.first
    if earlier.document.edition == later.document.edition:
        what = Words("这一版写了两次（另一份在 {other}）", "this edition is there twice (the other in {other})")
        cure = Words("换一个版号", "give one of them another name")
        yield _fault(later, "edition-twice", ("edition",), what.with_(other=earlier.source), cure)
    if last is None or last >= first:
        open_ended = Words("没有写 last", "has no `last`")
        until = Words("到 {last} 为止", "lasts until {last}").with_(last=last) if last else open_ended
        what = Words("与 {code} 的有效期重叠：它{until}", "overlaps {code}, which {until}")
        cure = Words("给 {code} 写 last: {day}", "give {code} last: {day}")
        day = first - timedelta(days=1)
        said = what.with_(code=earlier.code, until=until)
        yield _fault(later, "editions-overlap", ("in_force", "first"), said, cure.with_(code=earlier.code, day=day))
    elif last + timedelta(days=1) < first:
        what = Words(
            "{code} 到 {last} 为止，之后到这一版之间没有条款",
            "{code} ends on {last}; between it and this edition there are no terms",
        )
        cure = Words("改成 first: {day}，或延长前一版", "write first: {day}, or let the earlier one last longer")
        day = last + timedelta(days=1)
        said = what.with_(code=earlier.code, last=last)
        yield _fault(later, "editions-gap", ("in_force", "first"), said, cure.with_(day=day), "warning")


def _misplaced(edition: Edition, part: str, found: str, wanted: str) -> Fault:
    names = {"product": Words("文件夹", "the folder"), "edition": Words("文件", "the file")}
    what = Words("{thing}叫“{found}”，里面写的是“{wanted}”", "{thing} is called “{found}”, but says “{wanted}”")
    cure = Words("把{thing}改名为 {wanted}", "call {thing} {wanted}")
    return _fault(
        edition,
        "misplaced",
        (part,),
        what.with_(thing=names[part], found=found, wanted=wanted),
        cure.with_(thing=names[part], wanted=wanted),
    )
