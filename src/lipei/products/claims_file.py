"""Reads a file of claims of one policy and calculates them through the ledger, each seeing what the earlier ones have used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import Field

from lipei.calculation import CannotCalculate, LineItem, Need, Statement
from lipei.calculation.cures import cure_of, said_of, section_of
from lipei.calculation.explaining import explain_inputs
from lipei.calculation.replay import Adjustment, Key, LedgerClaim, arrive, claim_of, opened
from lipei.terms.document import CaseItem, FactSpec
from lipei.terms.edition import Edition
from lipei.terms.fact_values import value_of_text
from lipei.terms.faults import Fault, Path, TermsFaults, TextFault, path_text
from lipei.terms.fields import Code, FactText, Part
from lipei.terms.money import AmountFault, amount_of
from lipei.terms.reading import Tree, name_shown, read_tree
from lipei.terms.scalars import whole_of
from lipei.terms.validating import validated
from lipei.terms.words import Words

CLAIMS_MAX = 1_000
NAME_CHARACTERS_MAX = 80


class ClaimGiven(Part):
    """One claim of the file: a name, whose it is, the facts as text, the lines of the bill."""

    name: str = Field(default="", max_length=NAME_CHARACTERS_MAX)
    member: str = Field(default="", max_length=NAME_CHARACTERS_MAX)
    facts: dict[Code, FactText] = Field(default_factory=dict)
    items: list[CaseItem] = Field(default_factory=list)


class OneClaim(ClaimGiven):
    """A file that is one claim: its own parts, and the policy's beside them."""

    policy: dict[Code, FactText] = Field(default_factory=dict)
    balances: dict[Code, FactText] = Field(default_factory=dict)

    def as_file(self) -> ClaimsFile:
        """The same as a file of one claim in a list."""
        claim = ClaimGiven(name=self.name, member=self.member, facts=self.facts, items=self.items)
        return ClaimsFile(policy=self.policy, balances=self.balances, claims=[claim])


class ClaimsFile(Part):
    """The claims of one policy; `balances` is what was used before the earliest. Calculated by date, as the clause orders them."""

    policy: dict[Code, FactText] = Field(default_factory=dict)
    balances: dict[Code, FactText] = Field(default_factory=dict)
    claims: list[ClaimGiven] = Field(min_length=1, max_length=CLAIMS_MAX)


@dataclass(frozen=True, slots=True)
class ClaimsGiven:
    """The claims as the file writes them, and where each part stands in it."""

    file: ClaimsFile
    tree: Tree
    is_one: bool

    def place(self, number: int, *parts: str | int) -> Path:
        """The path of a part of a claim (counted from 0); a file that is one claim has no list."""
        return parts if self.is_one else ("claims", number, *parts)


@dataclass(frozen=True, slots=True)
class ClaimsRead:
    """The statement of each claim by its name, in the order of the file, and how claims that came later changed earlier ones."""

    statements: Mapping[str, Statement]
    adjustments: tuple[Adjustment, ...]


def claims_of(text: str, *, source: str) -> ClaimsGiven:
    """The claims that a YAML or JSON text writes; a file without `claims` is one claim. Raises `TermsFaults`."""
    tree = read_tree(text, source=source)
    is_one = "claims" not in tree.value and bool(ClaimGiven.model_fields.keys() & tree.value)
    file = validated(tree, model=OneClaim).as_file() if is_one else validated(tree, model=ClaimsFile)
    if tree.faults:
        raise TermsFaults(source, tree.faults)
    return ClaimsGiven(file, tree, is_one)


def statements_of(edition: Edition, given: ClaimsGiven) -> tuple[Statement, ...]:
    """The statement of each claim, in the order of the file. Raises `TermsFaults` with everything that is wrong."""
    return tuple(read_claims(edition, given).statements.values())


def read_claims(edition: Edition, given: ClaimsGiven) -> ClaimsRead:
    """Every claim through the ledger, in the order of the file. Raises `TermsFaults` with everything that is wrong, by line."""
    reading = _Reading(edition, given)
    claims = reading.claims()
    ledger = opened("", used=reading.used_before(claims))
    if reading.faults:
        raise TermsFaults(given.tree.source, list(dict.fromkeys(reading.faults)))
    adjustments: list[Adjustment] = []
    for claim in claims:
        replayed = arrive(ledger, claim)
        ledger = replayed.ledger
        adjustments += replayed.adjustments
    final = {claim.number: explain_inputs(edition, ledger.statement(claim.number).inputs) for claim in claims}
    return ClaimsRead(final, tuple(adjustments))


@dataclass(slots=True)
class _Reading:
    """A file being read against the terms, collecting whatever is wrong with it."""

    edition: Edition
    given: ClaimsGiven
    faults: list[Fault] = field(default_factory=list)

    def claims(self) -> list[LedgerClaim]:
        """The claims that can be calculated, in the order of the file."""
        document = self.edition.document
        policy = self._values(document.policy, self.given.file.policy, ("policy",))
        found: list[LedgerClaim] = []
        names: set[str] = set()
        for number, claim in enumerate(self.given.file.claims):
            name = claim.name or str(number + 1)
            if name in names:
                what, cure = Words("有两件叫这个名字", "two claims have this name"), Words("换一个名字", "give one another name")
                self._fault("twice", self.given.place(number, "name"), what, cure)
            names.add(name)
            facts = self._values(document.facts, claim.facts, self.given.place(number, "facts"))
            try:
                bill = [_line(item) for item in claim.items]
                one = claim_of(
                    self.edition, number=name, facts=facts, items=bill, policy=policy, member=claim.member,
                    tie=f"{number:06d}",
                )
            except CannotCalculate as refusal:
                self.faults += [fault for need in refusal.needs if (fault := self._of_need(need, number)) is not None]
            else:
                found.append(one)
        return found

    def used_before(self, claims: list[LedgerClaim]) -> dict[Key, int]:
        """The balances that the file gives, fen or days; they count for the period of the first claim."""
        used: dict[Key, int] = {}
        keys = claims[0].keys("") if claims else {}
        for name, text in self.given.file.balances.items():
            spec = self.edition.document.accumulators.get(name)
            if spec is None:
                self._unknown(name, ("balances", name), self.edition.document.accumulators, Words("累计", "accumulators"))
                continue
            try:
                amount = whole_of(text) if spec.unit == "days" else amount_of(text)
            except (AmountFault, TextFault) as fault:
                self._unreadable(fault, ("balances", name))
                continue
            if amount < 0:
                self._fault("negative", ("balances", name), Words("不能小于零", "must not be below zero"), NOTHING_USED)
            elif name in keys:
                used[keys[name]] = amount
        return used

    def _values(self, specs: Mapping[str, FactSpec], texts: Mapping[str, str], path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, text in texts.items():
            if name not in specs:
                self._unknown(name, (*path, name), specs, Words("事实", "facts"))
                continue
            try:
                values[name] = value_of_text(specs[name], text)
            except TextFault as fault:
                self._unreadable(fault, (*path, name))
        return values

    def _of_need(self, need: Need, number: int) -> Fault | None:
        """The fault for something that stands in the way; None when its text could not be read and was told so already."""
        claim, where = self.given.file.claims[number], section_of(need, self.edition)
        is_written = need.name in (self.given.file.policy if where == "policy" else claim.facts)
        cure = cure_of(need, self.edition, written=is_written)
        if need.name == "items":
            row = ("items",) if need.row is None else ("items", need.row - 1)
            return self._made("bill", self.given.place(number, *row), said_of(need), cure)
        if where is None:
            return self._made("cannot", self.given.place(number), said_of(need), cure)
        section: Path = ("policy",) if where == "policy" else self.given.place(number, "facts")
        place = (*section, need.name)
        if is_written:
            is_told = any(fault.path == path_text(place) for fault in self.faults)
            return None if is_told else self._made("does-not-fit", place, said_of(need), cure)
        return self._made("missing", section if self._is_there(section) else self.given.place(number), said_of(need), cure)

    def _is_there(self, path: Path) -> bool:
        return path in self.given.tree.places

    def _unreadable(self, fault: TextFault | AmountFault, path: Path) -> None:
        if isinstance(fault, TextFault):
            self._fault("unreadable", path, fault.what, fault.cure)
        else:
            self._fault("unreadable", path, fault.words, Words("写成 10,000.00", "write it as 10,000.00"))

    def _unknown(self, name: str, path: Path, known: Iterable[str], kind: Words) -> None:
        close = get_close_matches(name, list(known), n=1)
        cure = Words("删掉它；这份条款有：{names}", "remove it; these terms have: {names}").with_(names=", ".join(known) or "–")
        if close:
            cure = Words("是不是“{close}”？", "did you mean “{close}”?").with_(close=close[0])
        what = Words("“{name}”不在条款的{kind}里", "“{name}” is not among the {kind} of these terms").with_(name=name_shown(name), kind=kind)
        self._fault("unknown", path, what, cure)

    def _fault(self, code: str, path: Path, what: Words, cure: Words) -> None:
        self.faults.append(self._made(code, path, what, cure))

    def _made(self, code: str, path: Path, what: Words, cure: Words) -> Fault:
        return Fault(code, path_text(path), self.given.tree.place_of(path), what, cure)


NOTHING_USED = Words("没有用过就写 0", "write 0 when nothing was used")


def _line(item: CaseItem) -> LineItem:
    return LineItem(item.category, item.claimed, item.allowed, item.days, reason=item.reason, person=item.person)
