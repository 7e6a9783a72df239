"""The ledger of what claims use of accumulators, only added to; a claim that comes late or changes replays the later ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from lipei.calculation.explaining import explain_inputs
from lipei.calculation.inputs import Balance, Inputs, LineItem, prepared
from lipei.calculation.movements import period_start
from lipei.calculation.statement import Movement, Statement
from lipei.terms.edition import Edition
from lipei.terms.words import Words

CLAIMS_MAX = 10_000
BOOKINGS_MAX = 1_000_000
CHARACTERS_MAX = 400
EARLIER = Words("此前的案件", "earlier claims")
BEFORE = Words("建账以前已用", "used before this ledger began")


class LedgerFault(ValueError):
    """What the ledger refuses, said in both languages."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)


class Key(NamedTuple):
    """Whose balance it is: policy, member (or family, or nobody in particular), accumulator, first day or name of the period."""

    policy: str
    whom: str
    accumulator: str
    period: str


class Booking(NamedTuple):
    """One entry of the ledger, in fen or days: never changed, only countered by a later one."""

    key: Key
    claim: str
    coverage: str
    line: int
    order_key: str
    amount: int
    reason: Words


def order_dates(edition: Edition) -> tuple[str, ...]:
    """The names of the dates by which the clauses order claims: of the accumulators in the order of the document, each once."""
    return tuple(dict.fromkeys(spec.dated_by for spec in edition.document.accumulators.values()))


def order_key(dates: tuple[date, ...], tie: str) -> str:
    """The order of a claim as text that sorts as the order does: its dates, then the second key."""
    return f"{','.join(one.isoformat() for one in dates)}/{tie}"


@dataclass(frozen=True, slots=True)
class LedgerClaim:
    """A claim as it is known now: its checked inputs, and whose it is."""

    number: str
    edition: Edition
    inputs: Inputs
    member: str = ""
    family: str = ""
    tie: str = ""
    left_out: frozenset[str] = frozenset()
    """Coverages that a person concluded against: nothing is owed by them, and nothing used."""

    @property
    def order(self) -> tuple[tuple[date, ...], str]:
        """Where it stands among the claims of its policy: by its dates, then by the second key, its number unless said."""
        return (self.dates(), self.tie or self.number)

    @property
    def order_key(self) -> str:
        """Its order as a ledger keeps it."""
        return order_key(*self.order)

    def dates(self) -> tuple[date, ...]:
        """The dates by which its clauses order claims."""
        env = self.inputs.environment(self.edition)
        return tuple(env[name] for name in order_dates(self.edition))

    def keys(self, policy: str) -> dict[str, Key]:
        """The key of each accumulator that this claim falls under."""
        env = self.inputs.environment(self.edition)
        found: dict[str, Key] = {}
        for name, spec in self.edition.document.accumulators.items():
            dated: date = env[spec.dated_by]
            first = period_start(spec, dated, env=env)
            period = dated.isoformat() if spec.period == "event" else first.isoformat() if first else spec.period
            whom = {"member": self.member, "family": self.family, "policy": ""}[spec.person]
            found[name] = Key(policy, whom, name, period)
        return found


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with its statement as the ledger last gave it."""

    claim: LedgerClaim
    statement: Statement
    keys: Mapping[str, Key]

    @property
    def owed(self) -> int:
        """What is owed by the coverages that were not concluded against, in fen."""
        return sum(one.owed for one in self.statement.coverages if one.id not in self.claim.left_out)

    @property
    def movements(self) -> tuple[Movement, ...]:
        """What those coverages use."""
        return tuple(one for one in self.statement.movements if one.coverage not in self.claim.left_out)

    def uses(self) -> dict[Key, int]:
        """What the claim uses of each key in all, in fen or days."""
        found: dict[Key, int] = {}
        for movement in self.movements:
            key = self.keys[movement.accumulator]
            found[key] = found.get(key, 0) + movement.amount
        return found


class UseChanged(NamedTuple):
    """By which accumulator and clause a claim was restated: what was used before it as it was told, and as it is now (fen, days)."""

    accumulator: Words
    clause: str
    unit: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What another claim's coming, change or reversal means for this one, in fen.

    When it lowers what was told or paid it is a proposal: only a named person may decide it, naming the legal ground.
    """

    claim: str
    was: int
    now: int
    because: Words
    changed: tuple[UseChanged, ...]

    @property
    def difference(self) -> int:
        """What is owed more (or less) than was told."""
        return self.now - self.was

    @property
    def is_proposal(self) -> bool:
        """Whether it lowers what was told, so that a person must decide."""
        return self.now < self.was

    def as_dict(self) -> dict[str, Any]:
        """The form for files: amounts in fen."""
        changed = [{**one._asdict(), "accumulator": one.accumulator.as_dict()} for one in self.changed]
        return {
            "claim": self.claim,
            "was": self.was,
            "now": self.now,
            "difference": self.difference,
            "is_proposal": self.is_proposal,
            "because": self.because.as_dict(),
            "changed": changed,
        }


@dataclass(frozen=True, slots=True)
class Lowered:
    """A proposal that a person has decided: who, and on which legal ground."""

    adjustment: Adjustment
    by: str
    ground: str


def lower(adjustment: Adjustment, *, by: str, ground: str) -> Lowered:
    """The decision to lower what was told or paid. Raises `LedgerFault` without a name and a ground, or for one that does not lower."""
    if not adjustment.is_proposal:
        raise LedgerFault(Words("这一项没有减少什么，不用决定", "this adjustment lowers nothing; there is nothing to decide"))
    if not by.strip() or not ground.strip():
        raise LedgerFault(
            Words("减少已告知或已付的金额，要写明决定人和法律依据", "to lower what was told or paid, name who decides and the legal ground")
        )
    if len(by) > CHARACTERS_MAX or len(ground) > CHARACTERS_MAX:
        raise LedgerFault(Words(f"不要超过 {CHARACTERS_MAX} 字", f"keep it within {CHARACTERS_MAX} characters"))
    return Lowered(adjustment, by.strip(), ground.strip())


@dataclass(frozen=True, slots=True)
class Ledger:
    """The bookings of one policy in the order in which they were made, and its claims in the order of their clauses."""

    policy: str
    bookings: tuple[Booking, ...] = ()
    stated: tuple[Stated, ...] = ()

    def balance(self, key: Key) -> int:
        """What is used of an accumulator: the sum of its bookings, in fen or days."""
        return sum(booking.amount for booking in self.bookings if booking.key == key)

    def statement(self, number: str) -> Statement:
        """The statement of a claim as it stands now. Raises `LedgerFault` for a claim that is not there."""
        found = next((one.statement for one in self.stated if one.claim.number == number), None)
        if found is None:
            raise LedgerFault(Words(f"台账里没有案件“{number[:40]}”", f"the ledger has no claim “{number[:40]}”"))
        return found


@dataclass(frozen=True, slots=True)
class Replayed:
    """The ledger after a change, what was booked for it, and what it means for claims that were told something else."""

    ledger: Ledger
    booked: tuple[Booking, ...]
    adjustments: tuple[Adjustment, ...]


def claim_of(
    edition: Edition,
    *,
    number: str,
    facts: Mapping[str, Any],
    items: Iterable[LineItem] = (),
    policy: Mapping[str, Any] | None = None,
    member: str = "",
    family: str = "",
    tie: str = "",
) -> LedgerClaim:
    """A claim for the ledger, its inputs checked. Raises `CannotCalculate` with all that is missing or wrong."""
    inputs = prepared(edition, facts=facts, items=items, policy=policy)
    return LedgerClaim(number, edition, inputs, member, family, tie)


def opened(policy: str, *, used: Mapping[Key, int] | None = None) -> Ledger:
    """An empty ledger, or one that begins with what was used before it (fen or days). Raises `LedgerFault` below zero."""
    begun = used or {}
    if any(amount < 0 for amount in begun.values()):
        raise LedgerFault(Words("已用数不能小于零", "what was used cannot be below zero"))
    return Ledger(policy, tuple(Booking(key, "", "", 0, "", amount, BEFORE) for key, amount in begun.items() if amount))


def arrive(ledger: Ledger, claim: LedgerClaim) -> Replayed:
    """Take in a claim, in time or late. Raises `LedgerFault` for a number that is there already."""
    if any(one.claim.number == claim.number for one in ledger.stated):
        raise LedgerFault(
            Words(f"案件“{claim.number[:40]}”已在台账里，请用更正", f"claim “{claim.number[:40]}” is in the ledger; correct it instead")
        )
    because = Words(f"案件 {claim.number} 到了", f"claim {claim.number} came in")
    return _replayed(ledger, [*(one.claim for one in ledger.stated), claim], because)


def correct(ledger: Ledger, claim: LedgerClaim) -> Replayed:
    """Put a claim as it is known now in the place of what was known: corrected, reopened, partly recovered.

    Raises `LedgerFault` for a claim that is not there.
    """
    ledger.statement(claim.number)
    others = [one.claim for one in ledger.stated if one.claim.number != claim.number]
    because = Words(f"案件 {claim.number} 有更正", f"claim {claim.number} was corrected")
    return _replayed(ledger, [*others, claim], because)


def reverse(ledger: Ledger, number: str) -> Replayed:
    """Take a claim out as if it had never been; what it used is countered. Raises `LedgerFault` for one that is not there."""
    ledger.statement(number)
    because = Words(f"案件 {number} 撤销了", f"claim {number} was reversed")
    return _replayed(ledger, [one.claim for one in ledger.stated if one.claim.number != number], because)


def _replayed(ledger: Ledger, claims: list[LedgerClaim], because: Words) -> Replayed:
    if len(claims) > CLAIMS_MAX:
        raise LedgerFault(Words(f"一张保单最多 {CLAIMS_MAX} 件", f"a policy may have {CLAIMS_MAX} claims"))
    before = {one.claim.number: one for one in ledger.stated}
    stated = tuple(_in_order(ledger, claims, before))
    after = {one.claim.number: one for one in stated}
    numbers = [number for number in {**before, **after} if before.get(number) is not after.get(number)]
    booked = tuple(
        booking for number in numbers for booking in _differences(before.get(number), after.get(number), because)
    )
    if len(ledger.bookings) + len(booked) > BOOKINGS_MAX:
        raise LedgerFault(Words(f"台账最多 {BOOKINGS_MAX} 笔", f"a ledger may have {BOOKINGS_MAX} bookings"))
    adjustments = (adjustment_of(before[number], after.get(number), because) for number in numbers if number in before)
    return Replayed(
        Ledger(ledger.policy, (*ledger.bookings, *booked), stated),
        booked,
        tuple(one for one in adjustments if one.difference),
    )


@dataclass(slots=True)
class Running:
    """What is used of each key (fen, days) while claims are read in their order; `by_claims` are those that claims have used."""

    used: dict[Key, int] = field(default_factory=dict)
    by_claims: set[Key] = field(default_factory=set)

    def balances(self, keys: Mapping[str, Key]) -> dict[str, Balance]:
        """The balances before the next claim, by accumulator."""
        return {
            name: Balance(max(self.used.get(key, 0), 0), EARLIER if key in self.by_claims else None)
            for name, key in keys.items()
        }

    def use(self, one: Stated) -> None:
        """Go past a claim."""
        for key, amount in one.uses().items():
            self.used[key] = self.used.get(key, 0) + amount
            self.by_claims.add(key)


def _in_order(ledger: Ledger, claims: list[LedgerClaim], before: Mapping[str, Stated]) -> Iterator[Stated]:
    """Every claim in the order of its clauses, explained anew only when itself or what was used before it has changed."""
    running = Running()
    for booking in ledger.bookings:
        if not booking.claim:
            running.used[booking.key] = running.used.get(booking.key, 0) + booking.amount
    for claim in sorted(claims, key=lambda one: one.order):
        old = before.get(claim.number)
        keys = old.keys if old is not None and old.claim is claim else claim.keys(ledger.policy)
        balances = running.balances(keys)
        if old is None or old.claim is not claim or old.statement.inputs.balances != balances:
            old = explained(claim, balances, keys)
        running.use(old)
        yield old


def explained(claim: LedgerClaim, balances: Mapping[str, Balance], keys: Mapping[str, Key]) -> Stated:
    """The claim with what was used before it. Raises `CannotCalculate`."""
    inputs = replace(claim.inputs, balances=balances)
    return Stated(claim, explain_inputs(claim.edition, inputs, alternatives=False), keys)


def _uses(one: Stated | None) -> dict[tuple[Key, str], tuple[int, Movement]]:
    """What a claim uses by key and coverage, with the movement that says in which step."""
    found: dict[tuple[Key, str], tuple[int, Movement]] = {}
    for movement in one.movements if one is not None else ():
        assert one is not None
        place = (one.keys[movement.accumulator], movement.coverage)
        found[place] = (found.get(place, (0, movement))[0] + movement.amount, movement)
    return found


def _differences(old: Stated | None, new: Stated | None, because: Words) -> Iterator[Booking]:
    had, has = _uses(old), _uses(new)
    claim = (new or old).claim  # type: ignore[union-attr]
    for key, coverage in {**had, **has}:
        place = (key, coverage)
        amount = (has[place][0] if place in has else 0) - (had[place][0] if place in had else 0)
        if amount:
            movement = (has.get(place) or had[place])[1]
            yield Booking(key, claim.number, coverage, movement.line, claim.order_key, amount, because)


def adjustment_of(old: Stated, new: Stated | None, because: Words) -> Adjustment:
    """What it means for a claim that it is now restated, or taken out."""
    owed = new.owed if new is not None else 0
    changed = tuple(_changed(old, new)) if new is not None else ()
    return Adjustment(old.claim.number, old.owed, owed, because, changed)


def _changed(old: Stated, new: Stated) -> Iterator[UseChanged]:
    was = old.statement.inputs.balances
    for name, balance in new.statement.inputs.balances.items():
        before = was[name].used if name in was else 0
        if balance.used != before:
            spec = new.claim.edition.document.accumulators[name]
            yield UseChanged(spec.label, spec.clause, spec.unit, before, balance.used)
