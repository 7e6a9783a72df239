"""A sentence for every station and every situation, in both languages; another one keeps the situation. Pure."""

from __future__ import annotations

import pytest

from lipei.frontdesk.sayings import SAYINGS, saying
from lipei.frontdesk.stations import SITUATIONS, STATIONS
from lipei.speech.checking import checked

PAIRS = [(station.id, situation) for station in STATIONS for situation in SITUATIONS]


def others(station: str, situation: str) -> list[str]:
    """The Chinese of the first six sentences that `another` walks through."""
    return [saying(station, situation=situation, name="周女士", another=n).zh for n in range(6)]


@pytest.mark.parametrize(("station", "situation"), PAIRS)
def test_no_station_lacks_a_sentence_of_its_own_for_a_situation(station: str, situation: str) -> None:
    own = SAYINGS[station].by_situation[situation]
    assert own
    first = saying(station, situation=situation, name="周女士")
    assert first.zh == own[0].zh.format(name="周女士", day="说好的日子")
    assert "{" not in first.zh + first.en


@pytest.mark.parametrize(("station", "situation"), PAIRS)
def test_another_sentence_keeps_the_situation(station: str, situation: str) -> None:
    heard = others(station, situation)
    mine = {words.zh.format(name="周女士", day="说好的日子") for words in SAYINGS[station].by_situation[situation]}
    assert len(mine) >= 2, "one sentence of the situation and one more"
    assert set(heard) == mine
    assert heard[0] != heard[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_we_let_the_clerk_say_passes_our_own_checks(language: str) -> None:
    """No promise, no banned phrase, no blame in any sentence of the table."""
    bad = []
    for station, situation in PAIRS:
        for words in SAYINGS[station].by_situation[situation]:
            text = words.in_(language).format(name="周女士" if language == "zh" else "Ms Zhou", day="12-01")
            bad += [(station, situation, hint) for hint in checked(text, language=language) if hint.kind in ("promise", "banned", "blame")]
    assert not bad
