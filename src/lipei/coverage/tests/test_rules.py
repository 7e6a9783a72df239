"""The pure rules of cover: the premium's days of grace, what was explained, the right to rescind, and what decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lipei.coverage.rules import (
    Grace,
    PolicySeen,
    Rescission,
    Verdict,
    clauses_explained,
    disclosure,
    insured_person,
    is_covered,
    policy_in_force,
    premium_paid,
)
from lipei.terms.words import Words, both

POLICY = PolicySeen("P-1", date(2026, 1, 1), date(2026, 12, 31), date(2025, 1, 1), date(2026, 6, 30), "in_force", date(2025, 12, 28), "周砚秋")
GRACE = Grace(60, 30, Words("保险法第 36 条", "Insurance Law art. 36"))


@pytest.mark.parametrize(
    ("day", "passed"),
    [(date(2025, 12, 31), "no"), (date(2026, 1, 1), "yes"), (date(2026, 12, 31), "yes"), (date(2027, 1, 1), "no")],
)
def test_first_and_last_day_are_covered(day: date, passed: str) -> None:
    assert policy_in_force(POLICY, loss_on=day).passed == passed


def test_a_policy_that_is_not_in_force_is_asked_about_and_not_refused() -> None:
    assert policy_in_force(replace(POLICY, status="suspended"), loss_on=date(2026, 5, 1)).passed == "open"


@pytest.mark.parametrize(
    ("days_after_due", "passed"), [(-1, "yes"), (0, "yes"), (60, "yes"), (61, "no")],
)
def test_cover_goes_on_sixty_days_after_a_premium_fell_due(days_after_due: int, passed: str) -> None:
    due = POLICY.premium_paid_to + timedelta(days=1)
    found = premium_paid(POLICY, loss_on=due + timedelta(days=days_after_due), grace=GRACE)
    assert found.passed == passed
    if passed == "yes" and days_after_due >= 0:
        assert "可以扣减欠交的保费" in found.reason.zh


@pytest.mark.parametrize(("days", "passed"), [(30, "yes"), (31, "no")])
def test_or_thirty_days_after_we_asked_for_it(days: int, passed: str) -> None:
    asked = date(2026, 7, 5)
    assert premium_paid(POLICY, loss_on=asked + timedelta(days=days), grace=GRACE, dunned_on=asked).passed == passed


def test_without_a_record_nothing_was_explained() -> None:
    found = clauses_explained(replace(POLICY, explained_on=None))
    assert found.passed == "no"
    assert "不产生效力" in found.reason.zh


def test_non_disclosure_is_no_ground_before_rescission_and_none_when_the_right_is_gone() -> None:
    assert disclosure(None).passed == "yes"
    open_right = disclosure(Rescission(date(2026, 11, 1), date(2026, 12, 1), None))
    assert open_right.passed == "open"
    assert "没有先解除合同，不能以此拒赔" in open_right.reason.zh
    gone = disclosure(Rescission(date(2026, 9, 1), None, Words("超过三十日，解除权消灭", "the right is gone")))
    assert gone.passed == "yes"


def _verdict(code: str, passed: str) -> Verdict:
    return Verdict(code, both(code), passed, both("why"), both("source"))  # type: ignore[arg-type]


def test_what_decides_and_what_only_informs() -> None:
    fine = [_verdict(c, "yes") for c in ("in_force", "insured_person", "premium")]
    assert is_covered([*fine, _verdict("disclosure", "open")], answering=["yes", "no"]) is True
    assert is_covered(fine, answering=["no", "no"]) is False
    assert is_covered(fine, answering=["open"]) is None
    assert is_covered([*fine[:2], _verdict("premium", "no")], answering=["yes"]) is False
    assert is_covered([*fine[:1], _verdict("insured_person", "open"), fine[2]], answering=["yes"]) is None


def test_the_person_is_open_until_somebody_looked() -> None:
    assert insured_person(is_same=None, name="方玉兰").passed == "open"
    assert insured_person(is_same=False, name="方玉兰").passed == "no"
