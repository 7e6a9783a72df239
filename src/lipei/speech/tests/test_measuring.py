"""The figures of the speech checks: counted rightly, and on the seen half as good as they were."""

from __future__ import annotations

import pytest

from lipei.speech.measuring import Share, figures, judged, labelled, main
from lipei.terms.words import LANGUAGES, Language

FLOOR = 0.95  # precision and recall on the half the rules were written on; the other half is told, not asserted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_seen_half_is_read_rightly(language: Language) -> None:
    for one in figures(judged("seen", language)):
        assert one.precision.value >= FLOOR, one
        assert one.recall.value >= FLOOR, one


def test_figures_are_counted_by_hand() -> None:
    promise = figures([("promise", "promise"), ("promise", "fine"), ("fine", "promise"), ("fine", "fine")])[0]
    assert (promise.precision, promise.recall) == (Share(1, 2), Share(1, 2))


def test_the_interval_is_wilsons() -> None:
    low, high = Share(8, 10).interval
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert Share(0, 0).interval == (0.0, 1.0)


def test_both_halves_are_counted_and_no_sentence_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure"]) == 0
    said = capsys.readouterr().out
    for language in LANGUAGES:
        for half in ("seen", "unseen"):
            assert f"{half} {language}: {len(labelled(half, language))} texts" in said
            told = sum(one["text"] in said for one in labelled(half, language))
            assert told == 0


def test_a_text_can_be_checked_at_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--language", "en", "I guarantee that we pay."]) == 0
    assert "[blocks]" in capsys.readouterr().out
