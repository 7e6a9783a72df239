"""The order of calling and the promised wait: properties over random halls, and the days a supervisor would ask about."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lipei.frontdesk.queue_rules import FIRST_IN_A_ROW_MAX, Hall, Waiting, calling_order, may_miss
from lipei.frontdesk.waiting_rules import GUESS_SECONDS, SAMPLES_MIN, Served, minutes_to_wait, promise_kept, usual_time

NINE = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
EXAMPLES = 150


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def person(n: int, minutes: float = 0, **more: object) -> Waiting:
    return replace(Waiting(n, at(minutes)), **more)  # type: ignore[arg-type]


def gone_first(row: int) -> tuple[tuple[datetime, bool], ...]:
    """The last `row` calls went first, while others waited."""
    return tuple((at(40 - n), True) for n in range(row))


tickets = st.lists(
    st.builds(
        Waiting, ticket=st.integers(1, 10_000), since=st.integers(0, 120).map(at), goes_first=st.booleans(),
        due_at=st.none() | st.integers(0, 180).map(at), for_counter=st.sampled_from((0, 0, 0, 0, 1, 2, 9)),
        returned_at=st.none() | st.none() | st.integers(0, 120).map(at),
    ),
    max_size=30, unique_by=lambda w: w.ticket,
)
halls = st.builds(
    Hall, now=st.integers(0, 150).map(at), last_calls=st.lists(st.tuples(st.integers(0, 150).map(at), st.booleans()), max_size=FIRST_IN_A_ROW_MAX).map(tuple),
    open_counters=st.frozensets(st.sampled_from((1, 2, 3)), min_size=1),
)


@settings(max_examples=EXAMPLES)
@given(tickets, halls)
def test_nobody_is_lost_or_doubled_in_the_line(waiting: list[Waiting], hall: Hall) -> None:
    seen = {c: [w.ticket for w in calling_order(waiting, hall=hall, counter=c)] for c in (0, 1, 2, 3)}
    for order in seen.values():
        assert len(order) == len(set(order))
    assert sorted(seen[0]) == sorted(w.ticket for w in waiting), "the hall sees everybody"
    for one in waiting:
        reached_by = {c for c in hall.open_counters if one.ticket in seen[c]}
        assert reached_by == ({one.for_counter} if one.for_counter in hall.open_counters else hall.open_counters), "somebody can call them"


@settings(max_examples=EXAMPLES)
@given(tickets, halls, st.randoms())
def test_the_order_does_not_depend_on_how_the_tickets_lie(waiting: list[Waiting], hall: Hall, chance: random.Random) -> None:
    mixed = list(waiting)
    chance.shuffle(mixed)
    assert calling_order(mixed, hall=hall, counter=1) == calling_order(waiting, hall=hall, counter=1)


@settings(max_examples=EXAMPLES)
@given(st.lists(st.booleans(), min_size=1, max_size=30), st.integers(0, FIRST_IN_A_ROW_MAX))
def test_of_the_same_kind_who_came_first_is_called_first(kinds: list[bool], row: int) -> None:
    waiting = [person(n, n, goes_first=first) for n, first in enumerate(kinds)]
    order = calling_order(waiting, hall=Hall(at(99), gone_first(row)))
    for kind in (True, False):
        mine = [w.ticket for w in order if w.goes_first is kind]
        assert mine == sorted(mine)


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 12), st.integers(0, FIRST_IN_A_ROW_MAX))
def test_nobody_starves_though_somebody_with_priority_comes_before_every_call(before: int, row: int) -> None:
    """With `before` others of the ordinary line ahead, they are called after at most 3 × (before + 1) calls."""
    waiting = [person(n, n) for n in range(before + 1)]
    last, calls, newest = before, 0, list(gone_first(row))
    while any(w.ticket == last for w in waiting):
        waiting += [person(1_000 + 2 * calls + n, 200 + calls, goes_first=True) for n in (0, 1)]
        called = calling_order(waiting, hall=Hall(at(500), tuple(newest)))[0]
        waiting.remove(called)
        newest.insert(0, (at(200 + calls), called.goes_first))
        calls += 1
    assert calls <= (FIRST_IN_A_ROW_MAX + 1) * (before + 1)


@settings(max_examples=EXAMPLES)
@given(st.lists(st.booleans(), min_size=2, max_size=12), st.integers(0, FIRST_IN_A_ROW_MAX), st.integers(1, 3))
def test_who_missed_the_call_and_comes_back_follows_the_next_one(kinds: list[bool], row: int, back: int) -> None:
    waiting = [person(n, n, goes_first=first) for n, first in enumerate(kinds)]
    returned = [person(100 + n, 0, returned_at=at(50 + n)) for n in range(back)]
    hall = Hall(at(60), gone_first(row))
    order = calling_order([*waiting, *returned], hall=hall)
    next_one = calling_order(waiting, hall=hall)[0]
    assert order[0] == next_one
    assert list(order[1 : 1 + back]) == returned
    left = [w for w in waiting if w != next_one]
    assert list(calling_order([*left, *returned], hall=replace(hall, last_calls=((at(61), False), *hall.last_calls))))[:back] == returned, "one was called in between: now them"


def test_an_elder_who_comes_last_is_called_before_those_who_wait_already() -> None:
    order = calling_order([person(1), person(2, 1), person(3, 5, goes_first=True)], hall=Hall(at(6)))
    assert [w.ticket for w in order] == [3, 1, 2]


def test_two_have_gone_before_the_one_who_waits_longest_so_it_is_their_turn() -> None:
    waiting = [person(1, 0), person(2, 20, goes_first=True)]
    assert [w.ticket for w in calling_order(waiting, hall=Hall(at(50), gone_first(2)))] == [1, 2]
    newcomer = [person(3, 45), person(2, 46, goes_first=True)]
    assert [w.ticket for w in calling_order(newcomer, hall=Hall(at(50), gone_first(2)))] == [2, 3], "nobody was passed over: they came later"


def test_an_appointment_is_called_at_its_time_and_not_before_others_until_then() -> None:
    waiting = [person(1, 30), person(2, 31), person(3, 0, due_at=at(60))]
    assert [w.ticket for w in calling_order(waiting, hall=Hall(at(40)))] == [1, 2, 3], "they came early: the others first"
    assert [w.ticket for w in calling_order(waiting, hall=Hall(at(56)))] == [3, 1, 2]
    assert [w.ticket for w in calling_order(waiting[2:], hall=Hall(at(10)))] == [3], "nobody else waits: why let them sit"


def test_who_was_sent_on_is_called_there_first_and_by_others_only_when_that_counter_has_closed() -> None:
    waiting = [person(1, goes_first=True), person(2, 5, for_counter=2)]
    both_open = Hall(at(9), open_counters=frozenset({1, 2}))
    assert [w.ticket for w in calling_order(waiting, hall=both_open, counter=2)] == [2, 1]
    assert [w.ticket for w in calling_order(waiting, hall=both_open, counter=1)] == [1]
    assert [w.ticket for w in calling_order(waiting, hall=replace(both_open, open_counters=frozenset({1})), counter=1)] == [2, 1]


def test_nobody_is_passed_over_before_the_third_call() -> None:
    assert [len(may_miss(calls)) for calls in (1, 2, 3, 4)] == [1, 1, 0, 0]


# ---------- the promised wait ----------


def past(count: int, *, purpose: str = "ask", hour: int = 9, weekday: int = 0, minutes: int = 10) -> list[Served]:
    return [Served(purpose, weekday, hour, minutes * 60)] * count


def test_the_usual_time_comes_from_the_closest_past_that_is_enough() -> None:
    told = past(SAMPLES_MIN, minutes=6) + past(20, hour=15, minutes=14) + past(30, purpose="new_loss", hour=15, minutes=40)
    assert (usual_time(told, purpose="ask", weekday=0, hour=9).seconds, usual_time(told, purpose="ask", weekday=0, hour=9).basis) == (360, "hours")
    assert usual_time(told, purpose="ask", weekday=0, hour=12).basis == "purpose"
    assert usual_time(told, purpose="ask", weekday=6, hour=9).basis == "purpose", "a Sunday is not like a Monday"
    assert usual_time(told, purpose="complaint", weekday=0, hour=9).basis == "branch"


def test_without_a_past_the_promise_says_that_it_is_a_guess() -> None:
    found = usual_time(past(SAMPLES_MIN - 1), purpose="ask", weekday=0, hour=9)
    assert (found.seconds, found.basis) == (GUESS_SECONDS, "guess")
    slips = past(50, minutes=0) + past(50, minutes=600)
    assert usual_time(slips, purpose="ask", weekday=0, hour=9).basis == "guess", "slips and visits left open teach nothing"


def test_three_before_at_two_counters_wait_half_as_long_as_at_one() -> None:
    assert minutes_to_wait([600] * 3, counters=1) == 30
    assert minutes_to_wait([600] * 3, counters=2) == 15
    assert minutes_to_wait([600] * 3, counters=0) == 30, "no counter open yet: as if one were"
    assert minutes_to_wait([600] * 3, counters=2, busy_seconds=600) == 18, "17.5 is told as 18, never less"
    assert minutes_to_wait([], counters=2) == 2


@settings(max_examples=EXAMPLES)
@given(st.lists(st.integers(30, 9_000), max_size=40), st.integers(1, 30), st.integers(0, 9_000))
def test_one_more_before_never_shortens_the_wait_and_one_more_counter_never_lengthens_it(before: list[int], counters: int, busy: int) -> None:
    minutes = minutes_to_wait(before, counters=counters, busy_seconds=busy)
    assert minutes_to_wait([*before, 60], counters=counters, busy_seconds=busy) >= minutes
    assert minutes_to_wait(before, counters=counters + 1, busy_seconds=busy) <= minutes


def test_a_promise_is_kept_to_the_minute_and_over_by_whole_minutes() -> None:
    assert promise_kept(taken_at=at(0), minutes=10, called_at=at(10), now=at(99)).is_kept
    late = promise_kept(taken_at=at(0), minutes=10, called_at=None, now=at(12.5))
    assert (late.is_kept, late.waited, late.over) == (False, 12, 3)
