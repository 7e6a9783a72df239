"""Hints as a page shows them while somebody writes: the language of the text, the most harmful first, the words in their sentence."""

from __future__ import annotations

from dataclasses import dataclass

from lipei.speech.checking import check
from lipei.speech.hints import CLASSES, EXTRAS, Hint, Kind
from lipei.terms.words import Language, Words

SHOWN_MAX = 4  # at once; who mends one sees the next
CHARACTERS_MAX = 20_000  # of a text that is checked while it is written
AROUND = 12  # characters shown on either side of the words
LATIN_A_HAN = 4  # so many Latin letters weigh as much as one Chinese character
_ORDER = {class_: place for place, class_ in enumerate((*CLASSES, "letter_words", *EXTRAS))}


@dataclass(frozen=True, slots=True)
class Shown:
    """One hint on a page: `before` + `words` + `after` is the place, `slip` what `take` replaces; all in the text's language."""

    name: Words
    why: Words
    before: str
    words: str
    after: str
    better: str
    slip: str
    take: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is shown of a text's hints, and how many more there are."""

    language: Language
    shown: tuple[Shown, ...]
    more: int
    too_long: bool = False


def language_of(text: str) -> Language:
    """The language a text is written in, by its letters: Chinese unless Latin letters clearly outweigh."""
    han = sum("一" <= char <= "鿿" for char in text)
    latin = sum(char.isascii() and char.isalpha() for char in text)
    return "en" if latin > han * LATIN_A_HAN else "zh"


def shelf_of(text: str, *, kind: Kind) -> Shelf:
    """The hints of `text` to be shown beside it; a text of more than `CHARACTERS_MAX` characters is not checked, and says so."""
    language = language_of(text)
    if len(text) > CHARACTERS_MAX:
        return Shelf(language, (), 0, too_long=True)
    hints = sorted(check(text, language=language, kind=kind), key=lambda hint: (_ORDER[hint.class_], hint.start))
    shown = tuple(_shown(hint, text, language) for hint in hints[:SHOWN_MAX])
    return Shelf(language, shown, max(0, len(hints) - SHOWN_MAX))


def _shown(hint: Hint, text: str, language: Language) -> Shown:
    before, after = text[max(0, hint.start - AROUND) : hint.start], text[hint.end : hint.end + AROUND]
    return Shown(
        name=hint.name, why=hint.why, before=before.lstrip(), words="" if hint.class_ == "length" else hint.words, after=after.rstrip(),
        better=hint.better.in_(language), slip=hint.slip, take=hint.take, blocks=hint.severity == "blocks",
    )
