"""The ledger of a policy: claims that come late, change or are taken back restate the later ones, and nothing is edited."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lipei.calculation import LineItem, explain
from lipei.calculation.replay import (
    Key,
    Ledger,
    LedgerClaim,
    LedgerFault,
    arrive,
    claim_of,
    correct,
    lower,
    opened,
    reverse,
)
from lipei.calculation.tests.small_terms import COVERAGE, HEAD, step
from lipei.terms.edition import Edition, edition_of

ACCUMULATORS = """
  own: {label: {zh: 本人免赔额, en: own deductible}, used_up: {zh: 用完, en: used up}, period: calendar_year, person: member, dated_by: on, clause: "1"}
  family: {label: {zh: 家庭免赔额, en: family deductible}, used_up: {zh: 用完, en: used up}, period: calendar_year, person: family, dated_by: on, clause: "1"}
  year: {label: {zh: 年度限额, en: annual limit}, used_up: {zh: 用完, en: used up}, period: calendar_year, person: policy, dated_by: on, clause: "1"}
"""
FAMILY_STEP = (
    'step: family_deductible, amount: "2,000.00", accumulator: own, family_amount: "3,000.00", family_accumulator: family'
)


@lru_cache(maxsize=1)
def terms() -> Edition:
    """2,000 a member and 3,000 a family are borne each year, then 80 % is paid, no more than 20,000 a year for the policy."""
    steps = ["step: sum", FAMILY_STEP, "step: coinsurance, pays: 80%", 'step: aggregate_limit, limit: "20,000.00", accumulator: year']
    return edition_of(HEAD + ACCUMULATORS + COVERAGE.format(kind="indemnity") + "".join(step(one) for one in steps))


def claim(number: str, on: date, fen: int, *, member: str = "Lin", family: str = "Lin's", tie: str = "") -> LedgerClaim:
    items = [LineItem("a", fen)]
    return claim_of(terms(), number=number, facts={"on": on}, items=items, member=member, family=family, tie=tie)


def told(ledger: Ledger) -> dict[str, int]:
    return {one.claim.number: one.statement.owed for one in ledger.stated}


def taken_in(*claims: LedgerClaim) -> Ledger:
    ledger = opened("P1")
    for one in claims:
        ledger = arrive(ledger, one).ledger
    return ledger


MARCH, JUNE, OCTOBER = (
    claim("2026-03", date(2026, 3, 1), 1_500_00),
    claim("2026-06", date(2026, 6, 1), 1_500_00),
    claim("2026-10", date(2026, 10, 1), 1_000_00),
)


def test_the_late_january_bill_takes_the_deductible_and_march_and_june_are_owed_more() -> None:
    ledger = taken_in(MARCH, JUNE)
    assert told(ledger) == {"2026-03": 0, "2026-06": 800_00}  # 1,500 borne, then 500 of the 2,000; (1,500 − 500) × 80 %
    late = arrive(ledger, claim("2026-01", date(2026, 1, 9), 1_200_00))
    assert told(late.ledger) == {"2026-01": 0, "2026-03": 560_00, "2026-06": 1_200_00}
    assert [(one.claim, one.was, one.now, one.is_proposal) for one in late.adjustments] == [
        ("2026-03", 0, 560_00, False),
        ("2026-06", 800_00, 1_200_00, False),
    ]
    changed = late.adjustments[0].changed[0]
    assert (changed.accumulator.en, changed.clause, changed.before, changed.after) == ("own deductible", "1", 0, 1_200_00)


def test_the_reversed_june_claim_lowers_october_and_that_is_only_a_proposal() -> None:
    ledger = taken_in(MARCH, JUNE, OCTOBER)
    assert told(ledger)["2026-10"] == 800_00
    undone = reverse(ledger, "2026-06")
    assert told(undone.ledger) == {"2026-03": 0, "2026-10": 400_00}
    june, october = undone.adjustments
    assert (june.claim, june.now) == ("2026-06", 0)
    assert (october.claim, october.difference, october.is_proposal) == ("2026-10", -400_00, True)
    assert all(booking.amount < 0 for booking in undone.booked if booking.claim == "2026-06")
    assert "reversed" in october.because.en


def test_what_was_told_is_lowered_only_by_a_named_person_with_a_ground() -> None:
    october = reverse(taken_in(MARCH, JUNE, OCTOBER), "2026-06").adjustments[1]
    for by, ground in (("", "clause 1"), ("Wen Hua", " "), ("W" * 401, "clause 1")):
        with pytest.raises(LedgerFault):
            lower(october, by=by, ground=ground)
    assert lower(october, by="Wen Hua", ground="clause 1; paid by mistake").by == "Wen Hua"
    rising = arrive(taken_in(MARCH), claim("2026-01", date(2026, 1, 9), 1_200_00)).adjustments[0]
    with pytest.raises(LedgerFault):
        lower(rising, by="Wen Hua", ground="clause 1")


def test_the_corrected_deductible_gives_back_what_a_bill_had_used_too_much() -> None:
    ledger = taken_in(MARCH, JUNE)
    right = correct(ledger, claim("2026-03", date(2026, 3, 1), 700_00))
    assert told(right.ledger) == {"2026-03": 0, "2026-06": 160_00}
    assert [(one.claim, one.difference) for one in right.adjustments] == [("2026-06", -640_00)]
    keys = {booking.key.accumulator: booking.amount for booking in right.booked if booking.claim == "2026-03"}
    assert keys == {"own": -800_00, "family": -800_00}
    assert ledger.bookings == right.ledger.bookings[: len(ledger.bookings)]


def test_two_claims_of_one_day_stand_in_the_order_of_their_second_key() -> None:
    one, two = claim("B", date(2026, 5, 5), 2_000_00, tie="2"), claim("A", date(2026, 5, 5), 2_500_00, tie="1")
    assert told(taken_in(one, two)) == told(taken_in(two, one)) == {"A": 400_00, "B": 1_600_00}


def test_another_year_member_or_family_does_not_move() -> None:
    others = [
        claim("next-year", date(2027, 1, 1), 3_000_00),
        claim("sister", date(2026, 4, 1), 900_00, member="Lin Er"),
        claim("neighbour", date(2026, 4, 1), 3_000_00, member="Qian", family="Qian's"),
    ]
    ledger = taken_in(*others)
    before = told(ledger)
    late = arrive(ledger, claim("late", date(2026, 2, 1), 1_000_00))
    assert late.adjustments == ()
    assert {number: owed for number, owed in told(late.ledger).items() if number != "late"} == before
    assert {booking.claim for booking in late.booked} == {"late"}


def test_a_familys_deductible_used_by_one_is_used_for_all() -> None:
    ledger = taken_in(claim("1", date(2026, 2, 1), 2_000_00), claim("2", date(2026, 3, 1), 5_000_00, member="Lin Er"))
    assert told(ledger) == {"1": 0, "2": 3_200_00}  # only 1,000 of the family's 3,000 were left


def test_what_was_used_before_the_ledger_began_counts_in_its_own_period() -> None:
    key = Key("P1", "Lin", "own", "2026-01-01")
    ledger = opened("P1", used={key: 1_900_00})
    ledger = arrive(ledger, claim("1", date(2026, 2, 1), 1_100_00)).ledger
    assert told(ledger) == {"1": 800_00}
    assert ledger.balance(key) == 2_000_00
    with pytest.raises(LedgerFault):
        opened("P1", used={key: -1})


def test_a_number_comes_once_and_only_what_is_there_is_changed() -> None:
    ledger = taken_in(MARCH)
    for wrong in (lambda: arrive(ledger, MARCH), lambda: correct(ledger, JUNE), lambda: reverse(ledger, "1999")):
        with pytest.raises(LedgerFault):
            wrong()


days = st.integers(0, 420).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
drawn_claims = st.lists(
    st.tuples(days, st.integers(0, 9_000_00), st.sampled_from(["Lin", "Lin Er", "Qian"])), min_size=1, max_size=8
)
RULE = settings(max_examples=60, deadline=None)


def made(drawn: list[tuple[date, int, str]]) -> list[LedgerClaim]:
    families = {"Lin": "Lin's", "Lin Er": "Lin's", "Qian": "Qian's"}
    return [claim(f"{at:02d}", on, fen, member=who, family=families[who]) for at, (on, fen, who) in enumerate(drawn)]


def from_scratch(claims: list[LedgerClaim]) -> dict[str, int]:
    """Every claim in the order of its day and number, each with the sums of those before it, kept in a plain counter."""
    used: Counter[tuple[Any, ...]] = Counter()
    owed = {}
    for one in sorted(claims, key=lambda c: (c.inputs.facts["on"], c.number)):
        year = one.inputs.facts["on"].year
        keys = {"own": (one.member, year), "family": (one.family, year), "year": ("all", year)}
        balances = {name: used[(name, *key)] for name, key in keys.items()}
        statement = explain(terms(), facts=one.inputs.facts, items=one.inputs.items, balances=balances)
        for movement in statement.movements:
            used[(movement.accumulator, *keys[movement.accumulator])] += movement.amount
        owed[one.number] = statement.owed
    return owed


@RULE
@given(drawn_claims, st.randoms(use_true_random=False))
def test_whatever_order_they_come_in_all_claims_stand_as_if_read_in_their_order(drawn: Any, chance: Any) -> None:
    claims = made(drawn)
    arrived = list(claims)
    chance.shuffle(arrived)
    ledger = taken_in(*arrived)
    assert told(ledger) == from_scratch(claims)
    assert _booked(ledger) == _used_now(ledger)


@RULE
@given(drawn_claims, st.integers(0, 100))
def test_taking_a_claim_back_restores_what_was(drawn: Any, which: int) -> None:
    claims = made(drawn)
    gone = claims[which % len(claims)]
    without = taken_in(*[one for one in claims if one is not gone])
    again = reverse(arrive(without, gone).ledger, gone.number).ledger
    assert told(again) == told(without)
    assert {key: amount for key, amount in _booked(again).items() if amount} == _booked(without)


@RULE
@given(drawn_claims, st.integers(0, 100), days, st.integers(0, 9_000_00))
def test_correcting_a_claim_is_as_if_it_had_come_so_and_twice_the_same_changes_nothing(
    drawn: Any, which: int, on: date, fen: int
) -> None:
    claims = made(drawn)
    old = claims[which % len(claims)]
    new = claim(old.number, on, fen, member=old.member, family=old.family)
    once = correct(taken_in(*claims), new)
    assert told(once.ledger) == from_scratch([new if one is old else one for one in claims])
    assert _booked(once.ledger) == _used_now(once.ledger)
    twice = correct(once.ledger, claim(old.number, on, fen, member=old.member, family=old.family))
    assert (twice.booked, twice.adjustments) == ((), ())


@RULE
@given(drawn_claims)
def test_adjustments_are_the_differences_between_what_was_told_and_what_stands(drawn: Any) -> None:
    *earlier, last = made(drawn)
    ledger = taken_in(*earlier)
    replayed = arrive(ledger, last)
    differences = {one.claim: one.difference for one in replayed.adjustments}
    before, after = told(ledger), told(replayed.ledger)
    assert differences == {number: after[number] - before[number] for number in before if after[number] != before[number]}


def _booked(ledger: Ledger) -> dict[Key, int]:
    """The sum of the bookings by key, without those that come to nothing."""
    sums: Counter[Key] = Counter()
    for booking in ledger.bookings:
        sums[booking.key] += booking.amount
    assert all(ledger.balance(key) == amount for key, amount in sums.items())
    return {key: amount for key, amount in sums.items() if amount}


def _used_now(ledger: Ledger) -> dict[Key, int]:
    """What the statements as they stand use of each key."""
    sums: Counter[Key] = Counter()
    for one in ledger.stated:
        for movement in one.statement.movements:
            sums[one.keys[movement.accumulator]] += movement.amount
    return {key: amount for key, amount in sums.items() if amount}
