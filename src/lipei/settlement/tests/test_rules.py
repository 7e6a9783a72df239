"""The pure rules of settlement: check digits, which decision follows, and grounds that add up to the cent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lipei import products
from lipei.calculation import LineItem, explain
from lipei.calculation.worked_cases import statement_of
from lipei.settlement.grounds import ground_of, grounds_of, owed_of
from lipei.settlement.rules import account_number, authority_needed, kind_of, luhn_holds, reason_faults
from lipei.terms.document import WorkedCase
from lipei.terms.edition import Edition
from lipei.terms.words import both

EDITION = products.named("anxin_inpatient", edition="2026")
POLICY = {"cover_from": date(2026, 1, 1), "cover_to": date(2026, 12, 31)}
FACTS = {
    "cause": "accident", "happened_on": date(2026, 10, 24), "admitted_on": date(2026, 10, 24), "discharged_on": date(2026, 11, 7),
    "hospital_level": "tertiary", "settled_through_social_insurance": True,
}


def test_a_check_digit_catches_one_wrong_digit() -> None:
    assert luhn_holds("6222021234567890128")
    assert not any(luhn_holds(f"622202123456789012{d}") for d in "012345679")


def test_account_numbers_are_read_as_people_write_them() -> None:
    assert account_number(" ６２２２-0212 3456\u00a07890128 ") == "6222021234567890128"


@pytest.mark.parametrize(
    ("owed", "cut", "stopped", "kind"),
    [(1, False, False, "pay"), (1, True, False, "part"), (0, True, False, "zero"), (0, True, True, "refuse")],
)
def test_the_decision_follows_from_the_calculation(owed: int, cut: bool, stopped: bool, kind: str) -> None:
    assert kind_of(owed=owed, is_cut=cut, all_stopped=stopped) == kind


def test_to_say_no_needs_authority_over_what_was_asked() -> None:
    assert authority_needed("refuse", owed=0, claimed=6_842_050) == 6_842_050
    assert authority_needed("part", owed=2_632_033, claimed=6_842_050) == 2_632_033


@pytest.mark.parametrize(("text", "faults"), [("", 1), ("好", 1), ("属于保障范围，计算无误。", 0), ("长" * 2_001, 1), ("👍👍👍👍👍👍", 0)])
def test_a_reason_is_a_sentence_of_bearable_length(text: str, faults: int) -> None:
    assert len(reason_faults(text)) == faults


bills = st.lists(
    st.tuples(st.sampled_from(["bed", "implant", "special_care", "drug_west", "nursing", "meals"]), st.integers(1, 9_999_999), st.integers(0, 100)),
    min_size=1, max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(bill=bills, social=st.integers(0, 5_000_000))
def test_grounds_lead_from_asked_to_owed_to_the_cent(bill: list[tuple[str, int, int]], social: int) -> None:
    items = [LineItem(c, claimed, allowed=claimed * share // 100, reason=both("cut")) for c, claimed, share in bill]
    statement = explain(EDITION, facts={**FACTS, "social_paid": social}, items=items, policy=POLICY)
    grounds = grounds_of(statement)
    taken = sum(g.amount for g in grounds if g.kind != "added")
    added = sum(g.amount for g in grounds if g.kind == "added")
    assert statement.claimed - taken + added == owed_of(statement) == statement.owed
    assert tuple(ground_of(g.as_dict()) for g in grounds) == grounds


WORKED = [(edition, case) for edition in products.editions() for case in edition.document.cases]


@pytest.mark.parametrize(("edition", "case"), WORKED, ids=[f"{e.code}:{c.name.en}" for e, c in WORKED])
def test_the_bill_counts_once_whatever_coverages_stop(edition: Edition, case: WorkedCase) -> None:
    statement = statement_of(edition, case)
    begun = [c.lines[0].before for c in statement.coverages if c.kind == "indemnity" and c.answers and c.lines]
    if sum(begun) > statement.claimed:
        pytest.skip("two coverages answer for one line of the bill")
    grounds = grounds_of(statement)
    taken = sum(g.amount for g in grounds if g.kind != "added")
    added = sum(g.amount for g in grounds if g.kind == "added")
    assert statement.claimed - taken + added == statement.owed
