"""Claims told already are read once more after an earlier one came: what comes out is the calculation in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lipei.calculation.replay import Key, Ledger, Stated
from lipei.calculation.restating import restate
from lipei.calculation.tests.test_replay import claim, taken_in
from lipei.terms.words import both

BECAUSE = both("an earlier claim")


def stated(ledger: Ledger, number: str) -> Stated:
    return next(one for one in ledger.stated if one.claim.number == number)


def after(used: dict[Key, int], one: Stated) -> dict[Key, int]:
    return {key: used.get(key, 0) + one.uses().get(key, 0) for key in {**used, **one.uses()}}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 300), st.integers(0, 6_000_00), st.sampled_from(["Lin", "Mei"])), min_size=1, max_size=6),
    st.tuples(st.integers(1, 300), st.integers(0, 6_000_00), st.sampled_from(["Lin", "Mei"])),
)
def test_the_later_ones_come_out_as_all_read_in_order(told: list[tuple[int, int, str]], new: tuple[int, int, str]) -> None:
    first = date(2026, 1, 1)
    later = [claim(f"T{n}", first + timedelta(days=day + new[0]), fen, member=who) for n, (day, fen, who) in enumerate(told)]
    before = taken_in(*later)
    arriving = claim("A", first + timedelta(days=new[0]), new[1], member=new[2])
    whole = taken_in(*later, arriving)
    found = restate(before.stated, used=after({}, stated(whole, "A")), because=BECAUSE)
    now = {one.adjustment.claim: one.after.owed for one in found}
    assert {one.claim.number: now.get(one.claim.number, one.owed) for one in before.stated} == {
        one.claim.number: one.owed for one in whole.stated if one.claim.number != "A"
    }
    assert all(one.adjustment.now - one.adjustment.was == one.after.owed - one.before.owed for one in found)


def test_what_a_person_left_as_told_keeps_its_use_for_those_behind_it() -> None:
    march, june = claim("3", date(2026, 3, 1), 1_500_00), claim("6", date(2026, 6, 1), 1_500_00)
    before = taken_in(march, june)
    january = stated(taken_in(claim("1", date(2026, 1, 9), 1_200_00)), "1")
    used = after({}, january)
    assert [(one.adjustment.claim, one.adjustment.now) for one in restate(before.stated, used=used, because=BECAUSE)] == [
        ("3", 560_00), ("6", 1_200_00),
    ]
    left = restate(before.stated, used=used, because=BECAUSE, left={"3": 560_00})
    assert [(one.adjustment.claim, one.adjustment.now) for one in left] == [("6", 1_200_00)]
    assert [one.adjustment.claim for one in restate(before.stated, used=used, because=BECAUSE, left={"3": 1})] == ["3", "6"]


def test_coverages_concluded_against_neither_owe_nor_use() -> None:
    one = stated(taken_in(claim("3", date(2026, 3, 1), 4_000_00)), "3")
    assert one.owed == 1_600_00
    against = replace(one, claim=replace(one.claim, left_out=frozenset({one.statement.coverages[0].id})))
    assert (against.owed, against.uses()) == (0, {})
