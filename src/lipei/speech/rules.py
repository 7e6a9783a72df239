"""The rules of the speech checks, read from word lists: what finds, what spares, why, and what is better."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from lipei.speech.hints import CLASSES, KINDS, Kind
from lipei.terms.words import LANGUAGES, Language, Words

SHEETS = (*CLASSES, "letter_words")  # the classes that are found by rules, one word list each
GAP_MAX = 80  # characters a pattern may leap over: with no unbounded repeat, time grows with the text only
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d*,\}")
_REPEAT = re.compile(r"\{(?:\d+,)?(\d+)\}")
_SET = re.compile(r"(?<!P)<([a-z_]+)>")


class RuleFault(ValueError):
    """A word list that cannot be used: says which file, which rule, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way a sentence goes wrong, in one language.

    `unless` spares a find when it stands in the sentence before, the same, or the two after; `unless_here` only in
    the same one. `firm` finds hold up a letter, and there only `unless_here` spares them.
    `plain` maps each term of a jargon rule to its plain word.
    """

    id: str
    class_: str
    kinds: frozenset[str]
    finds: tuple[re.Pattern[str], ...]
    firm: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    unless_here: tuple[re.Pattern[str], ...]
    plain: Mapping[str, str]
    why: Words
    better: Words
    hit: str
    spare: str


@dataclass(frozen=True, slots=True)
class Book:
    """All that one language brings: rules, how it quotes, where its sentences end, and its courtesies."""

    language: Language
    rules: tuple[Rule, ...]
    reported: re.Pattern[str]
    agreed: re.Pattern[str]
    ends: re.Pattern[str]
    sentence_max: int
    letter_min: int
    lessons: Mapping[str, tuple[Words, Words]]
    manners: Mapping[str, re.Pattern[str]]


@cache
def book_of(language: Language) -> Book:
    """The rules of `language`; raises `RuleFault` when a list is incomplete or a pattern could run away."""
    lessons = {one["id"]: one for one in _read("lessons.yaml")}
    sheet = _read(f"{language}.yaml")
    sets: dict[str, str] = sheet["sets"]
    compiled = _Compiler(sets)
    rules = [rule for name in SHEETS for rule in _rules_of(language, name, lessons, compiled)]
    missing = {id_ for id_, one in lessons.items() if one["class"] in SHEETS} ^ {rule.id for rule in rules}
    if missing:
        raise RuleFault(f"{language}: lessons and rules differ: {sorted(missing)}")
    return Book(
        language=language,
        rules=tuple(rules),
        reported=compiled.one(sheet["reported"]),
        agreed=compiled.one(sheet["agreed"]),
        ends=compiled.one(sheet["ends"]),
        sentence_max=int(sheet["sentence_max"]),
        letter_min=int(sheet["letter_min"]),
        lessons={id_: _lesson(one) for id_, one in lessons.items() if one["class"] not in SHEETS},
        manners={name: compiled.one(pattern) for name, pattern in sheet["manners"].items()},
    )


def books() -> tuple[Book, ...]:
    """The rules of every language."""
    return tuple(book_of(language) for language in LANGUAGES)


@cache
def talk_words_of(language: Language) -> tuple[Mapping[str, re.Pattern[str]], tuple[int, int]]:
    """The words by which the points of a talk are known, and the least and most characters a minute."""
    sheet = dict(_read(f"{language}.talk.yaml"))
    pace = sheet.pop("pace")
    compiled = _Compiler(_read(f"{language}.yaml")["sets"])
    return {name: compiled.one(pattern) for name, pattern in sheet.items()}, (int(pace["least"]), int(pace["most"]))


class _Compiler:
    """Patterns with `<name>` places for the sets of a language, refused when they could take more than linear time."""

    def __init__(self, sets: Mapping[str, str]) -> None:
        self.sets = sets

    def one(self, pattern: str) -> re.Pattern[str]:
        whole = self._filled(pattern)
        if _UNBOUNDED.search(_without_classes(whole)):
            raise RuleFault(f"a repeat without bound in {pattern!r}")
        if any(int(count) > GAP_MAX for count in _REPEAT.findall(whole)):
            raise RuleFault(f"a leap of more than {GAP_MAX} in {pattern!r}")
        try:
            return re.compile(whole, re.IGNORECASE)
        except re.error as error:
            raise RuleFault(f"{pattern!r}: {error}") from error

    def all(self, patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(self.one(pattern) for pattern in patterns)

    def _filled(self, pattern: str) -> str:
        for _ in range(4):
            if not _SET.search(pattern):
                return pattern
            pattern = _SET.sub(self._set, pattern)
        raise RuleFault(f"sets nested too deep in {pattern!r}")

    def _set(self, found: re.Match[str]) -> str:
        if found[1] not in self.sets:
            raise RuleFault(f"no set named {found[1]!r}")
        return f"(?:{self.sets[found[1]]})"


def _without_classes(pattern: str) -> str:
    return re.sub(r"\[(?:\\.|[^\]])*\]", "x", pattern)


def _rules_of(language: str, class_: str, lessons: Mapping[str, dict[str, Any]], compiled: _Compiler) -> Iterable[Rule]:
    sheet = _read(f"{language}.{class_}.yaml")
    spared = compiled.all(sheet.get("unless", ()))
    for one in sheet["rules"]:
        lesson = lessons.get(one["id"])
        if lesson is None or lesson["class"] != class_:
            raise RuleFault(f"{language}.{class_}.yaml: no lesson {one['id']!r}")
        plain: dict[str, str] = one.get("plain", {})
        why, better = _lesson(lesson)
        yield Rule(
            id=one["id"],
            class_=class_,
            kinds=frozenset(lesson.get("kinds", KINDS)),
            finds=compiled.all(_from_a_word(pattern, language) for pattern in one.get("finds", ()))
            + _terms(plain, language, compiled),
            firm=compiled.all(one.get("firm", ())),
            unless=spared + compiled.all(one.get("unless", ())),
            unless_here=compiled.all(one.get("unless_here", ())),
            plain={term.lower(): word for term, word in plain.items()},
            why=why,
            better=better,
            hit=one["hit"],
            spare=one["spare"],
        )


def _from_a_word(pattern: str, language: str) -> str:
    """In a language of letters no find begins inside a word (“ring” in “bring”); it is faster, too."""
    return rf"(?:(?<![A-Za-z])|(?![A-Za-z]))(?:{pattern})" if language == "en" else pattern


def _terms(plain: Mapping[str, str], language: str, compiled: _Compiler) -> tuple[re.Pattern[str], ...]:
    if not plain:
        return ()
    terms = "|".join(re.escape(term) for term in sorted(plain, key=lambda term: (-len(term), term)))
    return (compiled.one(rf"\b(?:{terms})s?\b" if language == "en" else f"(?:{terms})"),)


def _lesson(one: dict[str, Any]) -> tuple[Words, Words]:
    return Words(**one["why"]), Words(**one["better"])


def kinds_of(text: str) -> Kind:
    """The kind named `text`; raises `ValueError` for any other word."""
    for kind in KINDS:
        if kind == text:
            return kind
    raise ValueError(f"no kind of text is named {text!r}: {', '.join(KINDS)}")


def _read(name: str) -> Any:
    return yaml.safe_load(resources.files("lipei.speech").joinpath("words", name).read_text(encoding="utf-8"))
