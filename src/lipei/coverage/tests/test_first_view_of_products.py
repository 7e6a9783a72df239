"""The first view of every product: from what is known at the counter alone, its range holds what was owed in the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lipei import products
from lipei.calculation import Known, LineItem, explain_range, facts_of
from lipei.calculation.worked_cases import balances_of
from lipei.claimfile.answers import Answers
from lipei.coverage.gathering import unknown_facts
from lipei.terms.document import WorkedCase
from lipei.terms.edition import Edition

CASES = [(edition, case) for edition in products.editions() for case in edition.document.cases]
ASKED_AT_THE_COUNTER = ("first_view", "registration")


def _named(value: object) -> str:
    return value.code if isinstance(value, Edition) else value.name.en  # type: ignore[union-attr, attr-defined]


def known_at_the_counter(edition: Edition, case: WorkedCase) -> dict[str, Any]:
    """The facts that are asked at the counter, and those of the case that the terms take as usual."""
    specs = edition.document.facts
    early = {
        name: text
        for name, text in case.facts.items()
        if specs[name].required_at in ASKED_AT_THE_COUNTER or (specs[name].default is not None and specs[name].needed_when is None)
    }
    return facts_of(edition, early)


@pytest.mark.parametrize(("edition", "case"), CASES, ids=_named)
def test_the_range_of_the_first_view_holds_the_amount(edition: Edition, case: WorkedCase) -> None:
    known = known_at_the_counter(edition, case)
    answers = Answers({name: Known(value) for name, value in known.items()}, frozenset(), {})
    most = max(sum(item.claimed for item in case.items), 1_000_000_00)
    today = max(value for value in known.values() if isinstance(value, date)) + timedelta(days=1)
    unknown = unknown_facts(edition, answers, on=today, most=most)
    seen = explain_range(
        edition,
        facts=known,
        unknown={one.name: one.values for one in unknown},
        items=[LineItem(i.category, i.claimed, i.allowed, i.days, person=i.person) for i in case.items],
        balances=balances_of(edition, case.balances),
        policy=facts_of(edition, case.policy, section="policy"),
        fill=False,
    )
    low, high = seen.owed
    assert low <= case.owed <= high
