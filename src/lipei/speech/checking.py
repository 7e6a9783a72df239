"""Checking a text for speech: quotations set aside, each rule applied, and what is missing named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from lipei.speech.hints import CLASSES, Hint, Kind, severity_of
from lipei.speech.manners import missing
from lipei.speech.rules import Book, Rule, book_of
from lipei.terms.words import Language, Words

VEIL = "□"  # stands for each character of a quotation, so that places keep their numbers
QUOTES = (("“", "”"), ('"', '"'), ("「", "」"), ("『", "』"), ("‘", "’"), ("《", "》"))
QUOTATION_MAX = 300  # characters; a mark that closes later than that was no quotation


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with its quotations veiled and its sentences marked."""

    veiled: str
    starts: tuple[int, ...]  # where each sentence begins

    answers: dict[tuple[re.Pattern[str], int, int], bool]  # what was already looked for, and where

    def holds(self, pattern: re.Pattern[str], place: int, *, before: int, after: int) -> bool:
        """Whether `pattern` stands in the sentence at `place`, or in as many `before` it and `after` it."""
        number = bisect_right(self.starts, place) - 1
        start = self.starts[max(0, number - before)]
        end = self.starts[number + after + 1] if number + after + 1 < len(self.starts) else len(self.veiled)
        asked = (pattern, start, end)
        if asked not in self.answers:
            self.answers[asked] = pattern.search(self.veiled[start:end]) is not None
        return self.answers[asked]


def check(text: str, *, language: Language, kind: Kind) -> tuple[Hint, ...]:
    """Every hint on `text`, by place. Words quoted from another person are never flagged.

    Time grows with the length of the text only. Source of the classes: docs/algorithms/speech-classes.md.
    """
    book = book_of(language)
    read = _read(text, book)
    found = [hint for rule in book.rules if kind in rule.kinds for hint in _hints(rule, text, read, kind)]
    found += missing(read.veiled, text, read.starts, book=book, kind=kind)
    return tuple(sorted(found, key=lambda hint: (hint.start, hint.end, hint.rule)))


def label(text: str, *, language: Language, kind: Kind) -> str:
    """The one class of a text: the most harmful that any hint names, else `fine`."""
    named = {hint.class_ for hint in check(text, language=language, kind=kind)}
    return next((class_ for class_ in CLASSES if class_ in named), "fine")


def _hints(rule: Rule, text: str, read: _Text, kind: Kind) -> Iterator[Hint]:
    taken = -1
    places = sorted({found.span() for pattern in rule.finds for found in pattern.finditer(read.veiled)})
    for start, end in places:
        if start < taken or start == end or _is_spared(rule, read, start):
            continue
        taken = end
        words = text[start:end]
        plain = rule.plain.get(words.lower()) or rule.plain.get(words.lower().removesuffix("s"))
        yield Hint(
            class_=rule.class_,
            rule=rule.id,
            start=start,
            end=end,
            words=words,
            why=rule.why,
            better=_in_plain(rule.better, words, plain),
            severity=severity_of(rule.class_, kind),
        )


def _in_plain(better: Words, term: str, plain: str | None) -> Words:
    if plain is None:
        return better
    return better.with_(term=term, plain=plain)


def _is_spared(rule: Rule, read: _Text, place: int) -> bool:
    if any(read.holds(pattern, place, before=1, after=2) for pattern in rule.unless):
        return True
    return any(read.holds(pattern, place, before=0, after=0) for pattern in rule.unless_here)


def _read(text: str, book: Book) -> _Text:
    veiled = list(text)
    for start, end in (*_quotations(text), *(found.span("said") for found in book.reported.finditer(text))):
        if not book.agreed.match(text, end):
            veiled[start:end] = VEIL * (end - start)
    whole = "".join(veiled)
    starts = (0, *(found.end() for found in book.ends.finditer(whole) if found.end() < len(whole)))
    return _Text(veiled=whole, starts=starts, answers={})


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where quoted words stand, without their marks."""
    for opening, closing in QUOTES:
        place = text.find(opening)
        while place >= 0:
            end = text.find(closing, place + 1, place + 1 + QUOTATION_MAX)
            if end > place:
                yield place + 1, end
            place = text.find(opening, max(end, place) + 1)
