"""The word lists: complete in both languages, each rule with its example, and no pattern that could run away."""

from __future__ import annotations

import pytest

from lipei.speech import check
from lipei.speech.hints import CLASS_NAMES, CLASSES, EXTRAS, Kind
from lipei.speech.rules import SHEETS, Rule, RuleFault, _Compiler, book_of, books
from lipei.terms.words import Language

ALL = [(book.language, rule) for book in books() for rule in book.rules]


def _kind(rule: Rule) -> Kind:
    return next(kind for kind in ("spoken", "note", "letter") if kind in rule.kinds)


@pytest.mark.parametrize(("language", "rule"), ALL, ids=lambda one: one if isinstance(one, str) else one.id)
def test_every_rule_finds_its_example_and_spares_its_near_miss(language: Language, rule: Rule) -> None:
    assert rule.id in {hint.rule for hint in check(rule.hit, language=language, kind=_kind(rule))}
    assert rule.id not in {hint.rule for hint in check(rule.spare, language=language, kind=_kind(rule))}


@pytest.mark.parametrize(("language", "rule"), ALL, ids=lambda one: one if isinstance(one, str) else one.id)
def test_every_rule_says_why_and_what_is_better_in_both_languages(language: Language, rule: Rule) -> None:
    for words in (rule.why, rule.better):
        assert any("一" <= char <= "鿿" for char in words.zh)
        assert words.en.isascii() or "“" in words.en or "…" in words.en
    assert bool(rule.plain) == (rule.class_ == "jargon")


def test_both_languages_know_the_same_rules() -> None:
    zh, en = ({rule.id: rule.class_ for rule in book_of(language).rules} for language in ("zh", "en"))
    assert zh == en
    assert set(zh.values()) == set(SHEETS)


def test_every_class_has_its_name() -> None:
    assert set(CLASS_NAMES) == {*CLASSES, *EXTRAS}


def test_the_better_sentence_is_itself_no_hint_worth_a_block() -> None:
    for book in books():
        for rule in book.rules:
            better = rule.better.in_(book.language)
            blocked = [
                hint for hint in check(better, language=book.language, kind="letter")
                if hint.severity == "blocks" and hint.rule != "letter-blank"
            ]
            assert not blocked, (rule.id, better, blocked)


@pytest.mark.parametrize("pattern", ["a.*b", "a+", "(?:ab){2,}", "a.{0,500}b", "<nobody>", "(unclosed"])
def test_a_pattern_that_could_run_away_is_refused(pattern: str) -> None:
    with pytest.raises(RuleFault):
        _Compiler({}).one(pattern)
