"""`batch` and `explain` and a slow exact reference say the same to the cent, on random documents and claims, with balances carried from claim to claim."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lipei.calculation.batch import IS_COMPILED, batch
from lipei.calculation.batch.tests.books import Row, explained_one_by_one, tables_of
from lipei.calculation.batch.tests.drawn_books import claims, documents, terms_of
from lipei.calculation.batch.tests.reference import reference

QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]
places = st.tuples(st.integers(0, 2), st.integers(0, 3))
books = st.tuples(st.lists(documents, min_size=1, max_size=2), st.lists(st.tuples(places, claims), min_size=1, max_size=8))


def rows_of(drawn: list[tuple[tuple[int, int], dict[str, Any]]], many_editions: int) -> list[Row]:
    """Policies 0, 1, 2; policies 1 and 2 are one family; a policy has up to two members."""
    return [Row(policy % many_editions, policy, 2 * policy + order % 2, min(policy, 1), order, claim) for (policy, order), claim in drawn]


def agrees(drawn: tuple[list[Any], list[Any]]) -> None:
    editions = [terms_of(document) for document in drawn[0]]
    rows = rows_of(drawn[1], len(editions))
    policies, table, items = tables_of(rows)
    result = batch(editions, policies=policies, claims=table, items=items)
    if not IS_COMPILED:  # each book would be compiled; as plain Python the written kernels are tried on every one
        again = batch(editions, policies=policies, claims=table, items=items, speed="fastest")
        assert (again.by_coverage == result.by_coverage).all()
        assert (again.moved == result.moved).all()
    wrong = {problem.row for problem in result.problems}
    explained = explained_one_by_one(editions, rows)
    if all(explained):
        assert explained == reference(drawn[0], rows)
    for at, expected in enumerate(explained):
        names = list(editions[rows[at].edition].document.accumulators)
        assert (expected is None) == (at in wrong)
        owed, moved = expected or ([], {})
        assert list(result.by_coverage[: len(owed), at]) == owed
        assert {name: int(result.moved[slot, at]) for slot, name in enumerate(names) if result.moved[slot, at]} == moved


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(books)
def test_every_claim_of_a_book_is_owed_what_explain_and_the_reference_say(drawn: tuple[list[Any], list[Any]]) -> None:
    agrees(drawn)


@pytest.mark.deep
@settings(max_examples=20_000, deadline=None, suppress_health_check=QUIET)
@given(books)
def test_every_claim_of_a_book_is_owed_what_explain_and_the_reference_say_at_length(drawn: tuple[list[Any], list[Any]]) -> None:
    agrees(drawn)
