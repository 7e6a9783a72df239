"""Hard contacts are shared out so that nobody carries more than the others, and after one a break may be taken."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from lipei.frontdesk.fair_rules import BREAKS_A_DAY_MAX, RECENT_DAYS, WEIGHTS, Hard, loads, may_rest, next_for_hard

NOW = dt.datetime(2026, 11, 28, 10, 0, tzinfo=dt.UTC)
LU, QIAO, BAI = 1, 2, 3


def ago(minutes: int = 0, days: int = 0) -> dt.datetime:
    return NOW - dt.timedelta(minutes=minutes, days=days)


def test_the_next_hard_contact_goes_to_who_has_had_least() -> None:
    hards = [Hard(LU, 1, "calm", ago(30)), Hard(QIAO, 2, "long", ago(90))]
    assert next_for_hard(loads(hards, of=[LU, QIAO, BAI], at=NOW)) == BAI
    assert next_for_hard(loads(hards, of=[LU, QIAO], at=NOW)) == QIAO


def test_a_threat_weighs_more_than_two_long_talks() -> None:
    hards = [Hard(LU, 1, "threat", ago(30)), Hard(QIAO, 2, "long", ago(20)), Hard(QIAO, 3, "long", ago(10))]
    assert next_for_hard(loads(hards, of=[LU, QIAO], at=NOW)) == QIAO


def test_a_visit_counts_once_by_its_heaviest_kind() -> None:
    hards = [Hard(LU, 1, "calm", ago(30)), Hard(LU, 1, "threat", ago(20)), Hard(LU, 1, "long", ago(5))]
    (load,) = loads(hards, of=[LU], at=NOW)
    assert (load.visits, load.weight) == (1, WEIGHTS["threat"])


def test_what_lies_further_back_no_longer_counts() -> None:
    hards = [Hard(LU, 1, "threat", ago(days=RECENT_DAYS, minutes=1)), Hard(QIAO, 2, "long", ago(5))]
    assert [load.weight for load in loads(hards, of=[LU, QIAO], at=NOW)] == [0, 1]


def test_equal_loads_go_to_who_had_the_last_one_longest_ago() -> None:
    hards = [Hard(LU, 1, "calm", ago(30)), Hard(QIAO, 2, "calm", ago(days=2))]
    assert next_for_hard(loads(hards, of=[LU, QIAO], at=NOW)) == QIAO


def test_somebody_on_a_break_is_never_proposed() -> None:
    given_loads = loads([Hard(LU, 1, "calm", ago(30))], of=[LU, QIAO], at=NOW)
    assert next_for_hard(given_loads, resting=frozenset({QIAO})) == LU
    assert next_for_hard(given_loads, resting=frozenset({LU, QIAO})) is None


@given(st.lists(st.tuples(st.sampled_from([LU, QIAO, BAI]), st.sampled_from(sorted(WEIGHTS))), max_size=40))
def test_following_the_proposal_never_lets_two_colleagues_drift_apart(kinds: list[tuple[int, str]]) -> None:
    """Whatever the day brings: if each hard contact goes to the one proposed, no load is further from another than one heaviest contact."""
    hards: list[Hard] = []
    for n, (_, kind) in enumerate(kinds):
        chosen = next_for_hard(loads(hards, of=[LU, QIAO, BAI], at=NOW))
        assert chosen is not None
        hards.append(Hard(chosen, n, kind, ago(minutes=100 - n)))
    weights = [load.weight for load in loads(hards, of=[LU, QIAO, BAI], at=NOW)]
    assert max(weights) - min(weights) <= max(WEIGHTS.values())


def test_a_break_follows_a_hard_contact_of_ones_own_within_the_hour() -> None:
    hards = [Hard(LU, 1, "calm", ago(30))]
    assert may_rest(hards, user_id=LU, minutes=10, breaks_today=0, at=NOW) == []
    assert len(may_rest(hards, user_id=QIAO, minutes=10, breaks_today=0, at=NOW)) == 1
    assert len(may_rest([Hard(LU, 1, "calm", ago(61))], user_id=LU, minutes=10, breaks_today=0, at=NOW)) == 1


def test_all_that_speaks_against_a_break_is_told_at_once() -> None:
    assert len(may_rest([], user_id=LU, minutes=480, breaks_today=BREAKS_A_DAY_MAX, at=NOW)) == 3
