"""Laws of whole books: order of rows, cutting a book in two, more deductible, larger bills – checked on random claims."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lipei.calculation.batch import Claims, Policies, batch
from lipei.calculation.tests.small_terms import edition_with
from lipei.terms.edition import Edition
from lipei.terms.money import plain

LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
POLICIES = Policies(np.zeros(3, dtype=np.int64))
rows = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 300_000_00)), min_size=1, max_size=25)


def annual(deductible: int = 500_00, *, limit: int = 20_000_00) -> Edition:
    return edition_with(
        f'step: aggregate_deductible, amount: "{plain(deductible)}", accumulator: borne',
        "step: coinsurance, pays: 2/37",
        f'step: aggregate_limit, limit: "{plain(limit)}", accumulator: paid',
        amounts=("borne", "paid"),
    )


TERMS, STRICTER = annual(), annual(700_00)


def book(drawn: list[tuple[int, int]]) -> Claims:
    policy, bill = (np.array(column, dtype=np.int64) for column in zip(*drawn, strict=True))
    return Claims(policy, np.arange(len(drawn)), bill=bill, bill_category="a")


def owed(drawn: list[tuple[int, int]], edition: Edition = TERMS) -> Any:
    return batch([edition], policies=POLICIES, claims=book(drawn)).owed


@LAW
@given(rows)
def test_nothing_is_negative_nothing_above_the_bill_and_all_together_not_above_the_limit(drawn: list[tuple[int, int]]) -> None:
    found = owed(drawn)
    assert (found >= 0).all()
    assert (found <= np.array([bill for _, bill in drawn])).all()
    assert all(found[[at for at, row in enumerate(drawn) if row[0] == policy]].sum() <= 20_000_00 + 1 for policy in range(3))


@LAW
@given(rows, st.randoms(use_true_random=False))
def test_rows_in_another_order_with_the_same_order_keys_are_owed_the_same(drawn: list[tuple[int, int]], chance: Any) -> None:
    places = list(range(len(drawn)))
    chance.shuffle(places)
    claims = book(drawn)
    assert claims.bill is not None
    mixed = Claims(claims.policy[places], claims.order[places], bill=claims.bill[places], bill_category="a")
    assert (batch([TERMS], policies=POLICIES, claims=mixed).owed == owed(drawn)[places]).all()


@LAW
@given(rows, st.integers(0, 25))
def test_a_book_cut_in_two_is_owed_what_it_is_owed_whole(drawn: list[tuple[int, int]], cut: int) -> None:
    first, second = drawn[: max(1, cut)], drawn[max(1, cut) :]
    before = batch([TERMS], policies=POLICIES, claims=book(first))
    found = list(before.owed)
    if second:
        found += list(batch([TERMS], policies=POLICIES, claims=book(second), balances=before.closing).owed)
    assert found == list(owed(drawn))


@LAW
@given(rows)
def test_more_deductible_never_pays_more_in_all(drawn: list[tuple[int, int]]) -> None:
    assert owed(drawn, STRICTER).sum() <= owed(drawn).sum() + len(drawn)


@LAW
@given(rows)
def test_what_is_used_is_what_is_paid_and_what_is_left_over_is_the_closing_balance(drawn: list[tuple[int, int]]) -> None:
    result = batch([TERMS], policies=POLICIES, claims=book(drawn))
    assert (result.moved[1] == result.owed).all()
    assert result.closing.used.sum() == result.moved.sum()


@LAW
@given(rows)
def test_the_same_book_gives_the_same_bytes(drawn: list[tuple[int, int]]) -> None:
    assert owed(drawn).tobytes() == owed(drawn).tobytes()
