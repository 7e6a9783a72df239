"""The measurement of `explain` reads ten steps, and refuses to measure for no time at all."""

from __future__ import annotations

import pytest

from lipei.bench.explaining import explain_per_second


def test_ten_steps_are_read_and_every_way_of_reading_is_counted() -> None:
    plain, with_alternatives = explain_per_second(0.05), explain_per_second(0.05, alternatives=True)
    assert plain.steps == with_alternatives.steps == 10
    assert plain.claims >= 200
    assert plain.claims_per_cpu_second > 0
    assert 0 < plain.milliseconds_median < with_alternatives.milliseconds_median


@pytest.mark.parametrize("seconds", [0, -1, 601])
def test_a_time_that_cannot_be_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="seconds must be"):
        explain_per_second(seconds)
