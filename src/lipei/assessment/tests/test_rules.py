"""What may be said of an item: never more than asked, never below zero, and no cut without reason, words and page. Pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lipei.assessment.rules import (
    REASONS,
    Allowing,
    Asked,
    must_hold_allowing,
    must_hold_assessment,
    names_a_page,
    reasons_for,
)

BED = Asked(id=7, number=1, label="床位费", claimed=196_000)
AMOUNTS = st.integers(min_value=-(10**13), max_value=10**13)


@given(AMOUNTS, st.sampled_from(["", "duplicate", "unheard_of"]), st.sampled_from(["", "收了两次"]), st.sampled_from(["", "费用清单第 3 页"]))
def test_what_is_kept_is_never_unfair(allowed: int, code: str, reason: str, fact: str) -> None:
    if must_hold_allowing(BED, Allowing(BED.id, allowed, code, reason, fact)) == []:
        assert 0 <= allowed <= BED.claimed
        assert allowed == BED.claimed or (code in REASONS and reason and names_a_page(fact))


def test_all_in_full_needs_no_word() -> None:
    assert must_hold_allowing(BED, Allowing(BED.id, 196_000)) == []


def test_everything_a_cut_lacks_is_said_at_once() -> None:
    faults = must_hold_allowing(BED, Allowing(BED.id, 100_000))
    assert [f.field for f in faults] == ["code-7", "reason-7", "fact-7"]
    assert faults[0].what.zh == "第 1 项床位费：核减 ¥960.00，没有选理由"
    assert faults[2].what.en == "Item 1, 床位费: cut by ¥960.00 without naming paper and page"


@pytest.mark.parametrize(
    ("allowed", "said"),
    [(-1, "−¥0.01 allowed; it cannot be below zero"), (196_001, "¥1,960.01 allowed, more than the ¥1,960.00 asked"), (10**11, "more than the ¥1,960.00 asked")],
)
def test_amounts_that_cannot_be_are_named(allowed: int, said: str) -> None:
    (fault,) = must_hold_allowing(BED, Allowing(BED.id, allowed))
    assert said in fault.what.en


def test_another_reason_is_written_out() -> None:
    (fault,) = must_hold_allowing(BED, Allowing(BED.id, 0, "other", "不付", "费用清单第 3 页"))
    assert fault.field == "reason-7"


@pytest.mark.parametrize("fact", ["费用清单第 17 页", "病历第3页，医嘱单", "bill, page 17", "017-05 itemised bill, p. 4", "票据 2 页"])
def test_a_fact_names_paper_and_page(fact: str) -> None:
    assert names_a_page(fact)


@pytest.mark.parametrize("fact", ["", "费用清单", "第 17 页", "page 17", "12-23", "见病历"])
def test_a_fact_without_paper_or_page_does_not_do(fact: str) -> None:
    assert not names_a_page(fact)


def test_nothing_is_complete_without_items_or_with_one_left_open() -> None:
    other = Asked(id=8, number=2, label="手术费", claimed=980_000)
    assert [m.what.en for m in must_hold_assessment([], assessed=frozenset(), number="JH-2026-000001")] == ["There is no item at all"]
    assert [m.what.zh for m in must_hold_assessment([BED, other], assessed=frozenset({7}), number="JH-2026-000001")] == ["第 2 项手术费 ¥9,800.00 还没有审核"]


def test_the_list_of_reasons_leaves_out_what_the_law_does_not_allow() -> None:
    assert not any("目录" in words.zh or "catalogue" in words.en for words in REASONS.values())


def test_a_kitchen_fire_is_not_cut_for_want_of_a_doctors_order_and_a_hospital_bill_not_by_the_market() -> None:
    assert "not_necessary" not in reasons_for("household")
    assert "above_market" in reasons_for("household")
    assert "above_market" not in reasons_for("medical")
    assert reasons_for("motor") == REASONS, "a car and the people in it"
