"""What a visitor hears in a sentence: the signs by which the reply is chosen and the talk is looked at. Pure."""

from __future__ import annotations

import re

from lipei.frontdesk.practice.scenario import Phrases, Scenario
from lipei.speech.checking import check, veiled
from lipei.speech.hints import Hint
from lipei.speech.rules import book_of, talk_words_of
from lipei.terms.words import Language

TALK_SIGNS = ("greeting", "identity_asked", "open_question", "empathy", "read_back", "teach_back", "next_step", "farewell")
MANNERS = ("apology", "thanks")
HARSH = frozenset({"banned", "blame", "impolite"})
LEANING = "leaning-"
PLACE = "at."
LAW = "law."
CUE = "cue."
SIGNS = frozenset({*TALK_SIGNS, *MANNERS, "promise", "harsh", "discloses", "unidentified", "again"})
"""Signs every scenario may use; besides: `at.<station>`, `law.<id>`, `cue.<id>`. `again`: this station was visited before."""
_GAPS = re.compile(r"\s{1,80}")


def hints_of(said: str, *, language: Language) -> tuple[Hint, ...]:
    """The speech hints on words said to a visitor. Left out: leanings, for who learns is told only what can be shown in words;
    and short courtesies (“Goodbye.”), which the net for bare orders catches too."""
    found = check(said, language=language, kind="spoken")
    return tuple(hint for hint in found if not hint.rule.startswith(LEANING) and not (hint.class_ == "impolite" and _is_courtesy(hint.words, language)))


def _is_courtesy(words: str, language: Language) -> bool:
    talk, manners = talk_words_of(language)[0], book_of(language).manners
    return any(pattern.search(words) for pattern in (talk["greeting"], talk["farewell"], talk["empathy"], manners["thanks"], manners["apology"]))


def holds(said: str, phrases: Phrases, *, language: Language) -> str:
    """The first of the phrases that stands in the words (quotations left out), whatever spaces and capitals; empty when none does.

    A phrase that begins with a figure is not found inside a longer figure (“5 days” in “15 days”).
    """
    text = _plain(veiled(said, language=language), language)
    return next((phrase for phrase in phrases.in_(language) if _stands(_plain(phrase, language), text)), "")


def _plain(text: str, language: Language) -> str:
    return _GAPS.sub("" if language == "zh" else " ", text).casefold()


def _stands(phrase: str, text: str) -> bool:
    """A figure may not go on before the phrase; letters may not go on around it."""
    before = r"(?<![0-9一二三四五六七八九十百a-z])" if phrase[:1].isdigit() or phrase[:1] in "一二三四五六七八九十百" or phrase[:1].isascii() else ""
    after = r"(?![a-z])" if phrase[-1:].isascii() and phrase[-1:].isalpha() else ""
    return re.search(before + re.escape(phrase) + after, text) is not None


def signs_of(scenario: Scenario, station: str, said: str, *, language: Language) -> frozenset[str]:
    """Every sign in the words said at a station; what went before (`unidentified`, `again`) the talk adds."""
    words, read = talk_words_of(language)[0], veiled(said, language=language)
    found = {sign for sign in TALK_SIGNS if words[sign].search(read)}
    found |= {sign for sign in MANNERS if book_of(language).manners[sign].search(read)}
    classes = {hint.class_ for hint in hints_of(said, language=language)}
    found |= {"promise"} & classes
    found |= {"harsh"} if classes & HARSH else set()
    found |= {"discloses"} if words["disclosed"].search(read) or holds(said, scenario.secret, language=language) else set()
    found |= {LAW + law.id for law in scenario.law if holds(said, law.said, language=language)}
    found |= {CUE + id_ for id_, phrases in scenario.cues.items() if holds(said, phrases, language=language)}
    return frozenset(found | {PLACE + station})
