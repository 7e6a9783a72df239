"""The figures of the speech checks: counted rightly, and on the seen half as good as they were."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from lipei.speech.checking import marks, veiled
from lipei.speech.judging import LABELS, chances, traits
from lipei.speech.learning import learned
from lipei.speech.measuring import HALVES, TAUGHT, WORDS, Share, figures, judged, labelled, main, sentences_of
from lipei.terms.words import LANGUAGES, Language

ROUNDING = 3  # thousandths by which another processor may differ
FLOOR = 0.9  # precision and recall on the half the rules were written on; the other half is told, not asserted


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


def test_halves_are_counted_and_no_sentence_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure"]) == 0
    said = capsys.readouterr().out
    for language in LANGUAGES:
        for half in HALVES:
            if not sentences_of(half, language).exists():
                assert f"{half} {language}: no sentences here" in said
                continue
            assert f"{half} {language}: {len(labelled(half, language))} texts" in said
            assert sum(one["text"] in said for one in labelled(half, language)) == 0


@pytest.mark.deep
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_are_those_that_the_sentences_teach(language: Language) -> None:
    weights = learned(labelled("seen", language), labelled(TAUGHT, language), language=language)
    written_down = json.loads(WORDS.joinpath(f"{language}.learned.json").read_text(encoding="utf-8"))
    known = weights.keys() & written_down.keys()
    assert len(known) >= 0.999 * max(len(weights), len(written_down)), "run: lipei speech learn"
    assert max(abs(a - b) for trait in known for a, b in zip(weights[trait], written_down[trait], strict=True)) <= ROUNDING


@pytest.mark.parametrize("language", LANGUAGES)
def test_learning_tells_apart_what_it_was_taught_and_by_no_chance(language: Language) -> None:
    few = [one for label in LABELS for one in [one for one in labelled(TAUGHT, language) if one["label"] == label][:8]]
    weights = learned([], few, language=language)
    assert weights == learned([], few, language=language)
    judged_again = [
        max(odds, key=odds.__getitem__) for one in few
        for odds in [chances(traits(veiled(one["text"], language=language), language=language, kind=one["kind"],
                                    found=marks(one["text"], language=language, kind=one["kind"])), weights)]
    ]
    assert sum(given == one["label"] for given, one in zip(judged_again, few, strict=True)) >= 0.9 * len(few)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_that_is_counted_is_also_taught(language: Language) -> None:
    taught = {one["text"] for half in ("seen", TAUGHT) for one in labelled(half, language)}
    assert not [one["text"] for one in labelled("unseen", language) if one["text"] in taught]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_class_has_forty_sentences_and_more(language: Language) -> None:
    counted = Counter(one["label"] for one in labelled("seen", language))
    assert min(counted.values()) >= 40
    assert set(counted) == set(LABELS)


def test_a_text_can_be_checked_at_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--language", "en", "I guarantee that we pay."]) == 0
    assert "[blocks]" in capsys.readouterr().out
