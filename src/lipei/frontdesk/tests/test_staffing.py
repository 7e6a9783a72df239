"""How many counters an hour needs: Erlang's formula against values worked out otherwise, and the branch's past that it is fed with."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from math import exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lipei.frontdesk.staffing import (
    DAYS_MIN,
    PRIOR_VISITORS,
    SERVICES_MIN,
    TARGET,
    Past,
    Staffing,
    Target,
    Today,
    TooLittle,
    counters_needed,
    kept_share,
    load_of,
    staffing_of,
    waiting_chance,
)

FRIDAY = dt.date(2026, 11, 27)
LOADS = st.fractions(min_value=Fraction(1, 100), max_value=Fraction(20), max_denominator=100)


def summed(load: Fraction, counters: int) -> Fraction:
    """Erlang's C by its definition, as a sum of factorials; nothing of the recursion that is tested."""
    top = load**counters / factorial(counters) * Fraction(counters) / (counters - load)
    return top / (sum((load**k / factorial(k) for k in range(counters)), Fraction(0)) + top)


@given(LOADS, st.integers(1, 30))
def test_the_recursion_gives_what_the_definition_sums_up_to(load: Fraction, counters: int) -> None:
    expected = summed(load, counters) if counters > load else Fraction(1)
    assert waiting_chance(load, counters=counters) == expected


def test_one_counter_is_busy_as_often_as_somebody_waits_and_three_at_load_two_make_four_ninths() -> None:
    assert waiting_chance(Fraction(7, 10), counters=1) == Fraction(7, 10)
    assert waiting_chance(Fraction(2), counters=3) == Fraction(4, 9)


def test_the_textbook_case_of_two_hundred_calls_an_hour() -> None:
    """200 calls of 3 minutes an hour, 14 people: 17.4 % wait, 88.8 % are answered within 20 seconds (the worked case of most handbooks)."""
    assert load_of(Fraction(200), service=180) == 10
    assert round(float(waiting_chance(Fraction(10), counters=14)), 4) == 0.1741
    assert round(kept_share(Fraction(10), counters=14, service=180, within=20), 3) == 0.888


def test_counters_that_cannot_keep_up_keep_nothing() -> None:
    assert waiting_chance(Fraction(3), counters=3) == 1
    assert kept_share(Fraction(3), counters=3, service=600, within=600) == 0.0
    assert counters_needed(Fraction(500), service=600, target=TARGET) is None


@given(LOADS, st.integers(60, 3600))
def test_the_number_keeps_the_target_and_one_fewer_does_not(load: Fraction, service: int) -> None:
    found = counters_needed(load, service=service, target=TARGET)
    assert found is not None
    assert kept_share(load, counters=found, service=service, within=600) >= TARGET.share
    assert found == 1 or kept_share(load, counters=found - 1, service=service, within=600) < TARGET.share


def past(*, weeks: int = 4, a_day: dict[int, int] | None = None, seconds: int = 700, services: int = 40) -> Past:
    days = [FRIDAY - dt.timedelta(days=7 * n) for n in range(1, weeks + 1)]
    return Past({(day, hour): n for day in days for hour, n in (a_day or {9: 8, 10: 10, 11: 10}).items()}, [seconds] * services)


def told(found: Staffing | TooLittle) -> Staffing:
    assert isinstance(found, Staffing)
    return found


def test_ten_visitors_an_hour_of_twelve_minutes_need_three_counters() -> None:
    staffing = told(staffing_of(past(), today=Today(FRIDAY, 10, 0, 8)))
    need = staffing.at(11)
    assert need is not None
    assert (staffing.factor, need.visitors, need.load, need.counters) == (1, 10, Fraction(195, 100), 3)
    assert round(need.kept, 3) == round(1 - float(summed(Fraction(195, 100), 3)) * exp(-1.05 * 600 / 700), 3)
    assert staffing.at(20) is None


def test_a_day_that_brings_more_people_needs_more_counters() -> None:
    staffing = told(staffing_of(past(), today=Today(FRIDAY, 10, 30, 26)))
    assert staffing.expected == 13
    assert staffing.factor == Fraction(26 + PRIOR_VISITORS, 13 + PRIOR_VISITORS)
    need = staffing.at(11)
    assert need is not None
    assert (need.load, need.counters) == (Fraction(305, 100), 5)


def test_the_first_visitors_of_a_morning_do_not_turn_everything_over() -> None:
    staffing = told(staffing_of(past(), today=Today(FRIDAY, 9, 15, 6)))
    assert staffing.expected == 2
    assert staffing.factor == Fraction(16, 12)


def test_too_little_past_gives_no_number_but_says_what_there_is() -> None:
    assert staffing_of(past(weeks=DAYS_MIN - 1), today=Today(FRIDAY, 10, 0, 8)) == TooLittle(DAYS_MIN - 1, 40)
    assert staffing_of(past(services=SERVICES_MIN - 1), today=Today(FRIDAY, 10, 0, 8)) == TooLittle(4, SERVICES_MIN - 1)
    assert staffing_of(Past({}, []), today=Today(FRIDAY, 10, 0, 0)) == TooLittle(0, 0)


def test_without_enough_fridays_the_workdays_speak_and_never_the_weekend() -> None:
    days = {FRIDAY - dt.timedelta(days=n): n for n in range(1, 9)}
    found = told(staffing_of(Past({(day, 9): 4 for day in days}, [600] * 20), today=Today(FRIDAY, 8, 0, 0)))
    assert (found.basis, found.days) == ("kind", 6)
    sunday = staffing_of(Past({(day, 9): 4 for day in days}, [600] * 20), today=Today(FRIDAY + dt.timedelta(days=2), 8, 0, 0))
    assert sunday == TooLittle(2, 20)


def test_to_day_is_not_its_own_past() -> None:
    today_too = Past({**past().come, (FRIDAY, 11): 90}, past().services)
    assert staffing_of(today_too, today=Today(FRIDAY, 10, 0, 8)) == staffing_of(past(), today=Today(FRIDAY, 10, 0, 8))


@pytest.mark.parametrize(("minutes", "counters"), [(2, 4), (10, 3), (480, 2)])
def test_a_shorter_promise_needs_more_counters(minutes: int, counters: int) -> None:
    assert counters_needed(Fraction(195, 100), service=700, target=Target(Fraction(4, 5), minutes)) == counters
