"""What a text lacks: a sentence that ends, a next step with its date, and the courtesies where they belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lipei.speech.hints import WRITTEN_OUT, Hint, Kind
from lipei.speech.rules import Book


def missing(veiled: str, text: str, starts: Sequence[int], *, book: Book, kind: Kind) -> Iterator[Hint]:
    """Extra hints: long sentences everywhere; what belongs in a whole letter, or in words said to a customer."""
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        if len(text[start:end].strip()) > book.sentence_max:
            yield _extra("length", start, end, text, book, kind)
    if kind in WRITTEN_OUT and len(text) >= book.letter_min:
        yield from _of_a_letter(veiled, text, book)
    if kind != "note":
        yield from _of_words_said(veiled, text, book, kind)


def _of_a_letter(veiled: str, text: str, book: Book) -> Iterator[Hint]:
    if not book.manners["greeting"].search(veiled):
        yield _extra("greeting", 0, 0, text, book, "letter")
    if not (book.manners["date"].search(veiled) and book.manners["person"].search(veiled)):
        yield _extra("next-step", len(text), len(text), text, book, "letter")
    if not book.manners["farewell"].search(veiled):
        yield _extra("farewell", len(text), len(text), text, book, "letter")


def _of_words_said(veiled: str, text: str, book: Book, kind: Kind) -> Iterator[Hint]:
    for lacking in ("apology", "thanks"):
        occasion = book.manners[f"{lacking}_due"].search(veiled)
        if occasion and not book.manners[lacking].search(veiled):
            yield _extra(lacking, occasion.start(), occasion.end(), text, book, kind)


def _extra(id_: str, start: int, end: int, text: str, book: Book, kind: Kind) -> Hint:
    why, better = book.lessons[id_]
    class_ = {"length": "length", "next-step": "next_step"}.get(id_, "courtesy")
    return Hint(class_, id_, start, end, text[start:end], why, better, "hint")
