"""Whatever happens in a claim, in whichever order, every pack can be read and says something in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lipei import jurisdictions
from lipei.clocks import EVENT_KINDS, Event, due_key, queue, readings
from lipei.clocks.reading import STATES

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
PACKS = {code: jurisdictions.load(code, on=date(2026, 11, 22)) for code in jurisdictions.codes()}
moments = some.integers(0, 24 * 1_200).map(lambda hours: FIRST + timedelta(hours=hours))
events = some.lists(
    some.builds(Event, some.sampled_from(sorted(EVENT_KINDS)), moments, some.sampled_from(["", "a"]), some.booleans()),
    max_size=12,
)


@pytest.mark.parametrize("code", sorted(PACKS))
@given(happened=events, at=moments, data=some.data())
def test_every_history_can_be_read(code: str, happened: list[Event], at: datetime, data: some.DataObject) -> None:
    pack = PACKS[code]
    line = data.draw(some.sampled_from(sorted(pack.lines)))
    found = readings(pack, events=happened, at=at, line=line, traits=pack.traits)
    dated = [reading.due for reading in found if reading.due is not None]
    assert dated == sorted(dated)
    for reading in found:
        assert reading.state in STATES
        for words in (reading.sentence, reading.chip, reading.due_words, reading.bar_words, reading.which):
            assert "{" not in words.zh + words.en
            assert "  " not in words.zh + words.en
    key = due_key(pack, events=happened, at=at, line=line, traits=pack.traits)
    assert key.due_at == next((reading.due for reading in queue(found)), None)
