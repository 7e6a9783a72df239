"""The twenty-three published cases, in our words: textbooks, examinations, rules and insurers' pages, to the cent."""

from __future__ import annotations

import pytest

from lipei.products.tests.published_cases import Expected, Told, told
from lipei.terms.money import machine

CASES_COUNT = 23
AMOUNTS_COUNT = 52
TOLD = told()
AMOUNTS = [(one, expected) for one in TOLD for expected in one.case.expected]


def _named(value: object) -> str:
    return f"{value.case.number:02d}" if isinstance(value, Told) else getattr(value, "what", value).en  # type: ignore[union-attr]


def test_all_published_cases_are_there_with_all_their_answers() -> None:
    assert [one.case.number for one in TOLD] == list(range(1, CASES_COUNT + 1))
    assert len(AMOUNTS) == AMOUNTS_COUNT


@pytest.mark.parametrize(("one", "expected"), AMOUNTS, ids=_named)
def test_the_published_amount_comes_out_to_the_cent(one: Told, expected: Expected) -> None:
    assert one.amount(expected) == expected.amount, f"{one.case.says.en} {expected.what.en}: {machine(expected.amount)}"


@pytest.mark.parametrize("one", TOLD, ids=_named)
def test_the_terms_of_the_case_have_no_warning_but_that_the_claims_stand_outside(one: Told) -> None:
    assert [fault.code for fault in one.edition.warnings] == ["no-cases"]


@pytest.mark.parametrize("one", TOLD, ids=_named)
def test_the_case_is_told_in_both_languages(one: Told) -> None:
    words = [one.case.says, *[said for said in [one.case.reading] if said is not None]]
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in said.zh) for said in words)
    assert not any("\u4e00" <= sign <= "\u9fff" for said in words for sign in said.en)
