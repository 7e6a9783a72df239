"""A sentence for every station and every situation, in both languages; another one keeps the situation. Pure."""

from __future__ import annotations

import pytest

from lipei.frontdesk.sayings import SAYINGS, saying, sayings_for
from lipei.frontdesk.stations import SITUATIONS, STATIONS
from lipei.terms.words import Words

PAIRS = [(station.id, situation) for station in STATIONS for situation in SITUATIONS]


@pytest.mark.parametrize(("station", "situation"), PAIRS)
def test_no_station_lacks_a_sentence_of_its_own_for_a_situation(station: str, situation: str) -> None:
    own = SAYINGS[station].by_situation[situation]
    first = saying(station, situation=situation, name="周女士")
    assert first == own.with_(name="周女士", day=Words("说好的日子", "the day we agree"))
    assert "{" not in first.zh + first.en


@pytest.mark.parametrize(("station", "situation"), PAIRS)
def test_another_sentence_keeps_the_situation(station: str, situation: str) -> None:
    heard = {saying(station, situation=situation, name="周女士", another=n).zh for n in range(7)}
    elsewhere = {saying(station, situation=other, name="周女士", another=n).zh for other in SITUATIONS if other != situation for n in range(7)}
    assert len(heard) == len(sayings_for(station, situation)) >= 3
    assert not heard & elsewhere
