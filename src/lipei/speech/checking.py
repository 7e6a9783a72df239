"""Checking a text for speech: quotations set aside, each rule applied, and what is missing named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lipei.speech.hints import CLASSES, WRITTEN_OUT, Hint, Kind
from lipei.speech.judging import KEPT, chances, heaviest, is_short, pieces, traits, weights_of
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
    spared: list[tuple[str, int]]  # classes whose rules found words and spared them, and where

    def sentence(self, place: int) -> tuple[int, int]:
        """Where the sentence at `place` begins and ends."""
        number = bisect_right(self.starts, place) - 1
        return self.starts[number], self.starts[number + 1] if number + 1 < len(self.starts) else len(self.veiled)

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
    found = list(_judged(text, read, _ruled(text, read, book=book, kind=kind), book=book, kind=kind))
    found += missing(read.veiled, text, read.starts, book=book, kind=kind)
    return tuple(sorted(found, key=lambda hint: (hint.start, hint.end, hint.rule)))


def label(text: str, *, language: Language, kind: Kind) -> str:
    """The one class of a text: the most harmful that any hint names, else `fine`."""
    named = {hint.class_ for hint in check(text, language=language, kind=kind)}
    return next((class_ for class_ in CLASSES if class_ in named), "fine")


def _hints(rule: Rule, text: str, read: _Text, language: Language, kind: Kind) -> Iterator[Hint]:
    firm = _apart(rule.firm, read.veiled, []) if kind in WRITTEN_OUT else []
    firm = [place for place in firm if not _is_denied(rule, read, place[0])]
    loose = _apart((*rule.finds, *rule.firm), read.veiled, firm)
    spared = [place for place in loose if _is_spared(rule, read, place[0])]
    read.spared.extend((rule.class_, start) for start, _ in spared)
    for start, end in sorted({*firm, *loose}.difference(spared)):
        words = text[start:end]
        plain = rule.plain.get(words.lower()) or rule.plain.get(words.lower().removesuffix("s"))
        yield Hint(
            class_=rule.class_, rule=rule.id, start=start, end=end, words=words, why=rule.why,
            better=_in_plain(rule.better, words, plain), severity="blocks" if (start, end) in firm else "hint",
            slip=words if plain else text[slice(*read.sentence(start))].strip(), take=plain or rule.better.in_(language),
        )


def _apart(patterns: Iterable[re.Pattern[str]], text: str, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the patterns are found, none inside another and none touching what is `taken`."""
    kept: list[tuple[int, int]] = []
    last = -1
    for start, end in sorted({found.span() for pattern in patterns for found in pattern.finditer(text)}):
        if start < end and start >= last and not any(a < end and start < b for a, b in taken):
            kept.append((start, end))
            last = end
    return kept


def _ruled(text: str, read: _Text, *, book: Book, kind: Kind) -> list[Hint]:
    return [hint for rule in book.rules if kind in rule.kinds for hint in _hints(rule, text, read, book.language, kind)]


def marks(text: str, *, language: Language, kind: Kind) -> frozenset[str]:
    """What the rules say of a text as a whole, as traits: each rule that found, each class found, each class spared."""
    book = book_of(language)
    read = _read(text, book)
    return _marks(_ruled(text, read, book=book, kind=kind), read, (0, len(text)))


def _marks(ruled: Iterable[Hint], read: _Text, span: tuple[int, int]) -> frozenset[str]:
    inner = [hint for hint in ruled if span[0] <= hint.start < span[1] and hint.class_ in CLASSES]
    spared = {class_ for class_, place in read.spared if span[0] <= place < span[1]}
    return frozenset({f"rule {hint.rule}" for hint in inner} | {f"class {hint.class_}" for hint in inner} | {f"spared {class_}" for class_ in spared})


def _judged(text: str, read: _Text, ruled: list[Hint], *, book: Book, kind: Kind) -> Iterator[Hint]:
    """Piece by piece: the finds of the rules that the whole bears out, those that hold up a letter always, and the lean that no rule found."""
    yield from (hint for hint in ruled if hint.class_ not in CLASSES)
    as_kind = "letter" if kind == "decision" else kind
    for span in pieces(read.starts, len(text)):
        inner = [hint for hint in ruled if span[0] <= hint.start < span[1] and hint.class_ in CLASSES]
        piece = read.veiled[slice(*span)]
        if is_short(piece, language=book.language):
            yield from inner
            continue
        odds = chances(traits(piece, language=book.language, kind=as_kind, found=_marks(inner, read, span)), weights_of(book.language))
        likely = max(odds, key=odds.__getitem__)
        kept = [hint for hint in inner if hint.severity == "blocks" or odds[hint.class_] >= KEPT or hint.class_ == likely]
        yield from kept
        may_lean = kind != "decision" and (likely, kind) != ("jargon", "note")
        if likely != "fine" and may_lean and likely not in {hint.class_ for hint in kept}:
            yield _lean(text, read, span, likely, book=book, kind=as_kind)


def _lean(text: str, read: _Text, span: tuple[int, int], class_: str, *, book: Book, kind: str) -> Hint:
    start, end = _trimmed(text, heaviest(read.veiled, read.starts, span, class_, language=book.language, kind=kind))
    why, better = book.lessons[f"leaning-{class_}"]
    words = text[start:end]
    return Hint(class_=class_, rule=f"leaning-{class_}", start=start, end=end, words=words, why=why, better=better, severity="hint", slip=words)


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    words = text[slice(*span)]
    return span[0] + len(words) - len(words.lstrip()), span[1] - len(words) + len(words.rstrip())


def veiled(text: str, *, language: Language) -> str:
    """The text with its quotations veiled, as it is judged."""
    return _read(text, book_of(language)).veiled


def _in_plain(better: Words, term: str, plain: str | None) -> Words:
    if plain is None:
        return better
    return better.with_(term=term, plain=plain)


def _is_spared(rule: Rule, read: _Text, place: int) -> bool:
    return any(read.holds(pattern, place, before=1, after=2) for pattern in rule.unless) or _is_denied(rule, read, place)


def _is_denied(rule: Rule, read: _Text, place: int) -> bool:
    return any(read.holds(pattern, place, before=0, after=0) for pattern in rule.unless_here)


def _read(text: str, book: Book) -> _Text:
    veiled = list(text)
    for start, end in (*_quotations(text), *(found.span("said") for found in book.reported.finditer(text))):
        if not book.agreed.match(text, end):
            veiled[start:end] = VEIL * (end - start)
    whole = "".join(veiled)
    starts = (0, *(found.end() for found in book.ends.finditer(whole) if found.end() < len(whole)))
    return _Text(veiled=whole, starts=starts, answers={}, spared=[])


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where quoted words stand, without their marks."""
    for opening, closing in QUOTES:
        place = text.find(opening)
        while place >= 0:
            end = text.find(closing, place + 1, place + 1 + QUOTATION_MAX)
            if end > place:
                yield place + 1, end
            place = text.find(opening, max(end, place) + 1)
