"""The texts of the letters: data by letter, language and edition, each approved by a named person.

The day on a letter chooses the edition, so a letter printed again years later finds the words it was sent with.
An edition that was in force is never altered; a change is a new edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from lipei.terms.words import Words

FOLDER = Path(__file__).parent / "texts"
_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Edition:
    """One approved edition of one letter's texts, in force from `effective_from` until the next one."""

    letter: str
    edition: str
    effective_from: date
    approved_by: str
    approved_on: date
    words: Mapping[str, Words]


class TextFault(ValueError):
    """A text file that cannot be used; the sentence names file, edition, text and cure."""


def _text(place: str, entry: object) -> Words:
    if not isinstance(entry, dict) or set(entry) != {"zh", "en"}:
        raise TextFault(f"{place}: needs zh and en, and nothing else")
    words = Words(str(entry["zh"]), str(entry["en"]))
    for text in (words.zh, words.en):
        if text.count("**") % 2:
            raise TextFault(f"{place}: a ** that opens bold is not closed")
    return words


def _edition(letter: str, raw: Mapping[str, object]) -> Edition:
    place = f"{letter}.yaml, edition {raw.get('edition', '?')}"
    if set(raw) != {"edition", "effective_from", "approved_by", "approved_on", "words"}:
        raise TextFault(f"{place}: needs edition, effective_from, approved_by, approved_on, words; has {sorted(raw)}")
    since, approved, words = raw["effective_from"], raw["approved_on"], raw["words"]
    if not isinstance(since, date) or not isinstance(approved, date) or not isinstance(words, dict):
        raise TextFault(f"{place}: effective_from and approved_on are dates, words are a table")
    if approved > since:
        raise TextFault(f"{place}: approved on {approved}, after it came into force on {since}")
    return Edition(
        letter=letter,
        edition=str(raw["edition"]),
        effective_from=since,
        approved_by=str(raw["approved_by"]),
        approved_on=approved,
        words={str(name): _text(f"{place}, {name}", entry) for name, entry in words.items()},
    )


def editions_in(letter: str, written: str) -> tuple[Edition, ...]:
    """The editions written in one text file, oldest first. Raises `TextFault` naming place and cure."""
    raw = yaml.safe_load(written)
    if not isinstance(raw, dict) or raw.get("letter") != letter or not isinstance(raw.get("editions"), list):
        raise TextFault(f"{letter}.yaml: begins with `letter: {letter}` and a list `editions`")
    found = sorted((_edition(letter, entry) for entry in raw["editions"]), key=lambda e: e.effective_from)
    if not found or len({e.effective_from for e in found}) < len(found) or len({e.edition for e in found}) < len(found):
        raise TextFault(f"{letter}.yaml: each edition has its own name and its own first day")
    return tuple(found)


@cache
def editions(letter: str) -> tuple[Edition, ...]:
    """All editions of one letter's texts, oldest first."""
    return editions_in(letter, (FOLDER / f"{letter}.yaml").read_text(encoding="utf-8"))


def in_force(letter: str, *, on: date) -> Edition:
    """The edition in force on that day; a day before the first edition finds the first."""
    known = editions(letter)
    return next((edition for edition in reversed(known) if edition.effective_from <= on), known[0])


def letters() -> tuple[str, ...]:
    """The names of all text files."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def places(text: str) -> frozenset[str]:
    """The names of the `{places}` in a text."""
    return frozenset(_PLACE.findall(text))


Run = dict[str, str | bool]


def _runs(text: str, values: Mapping[str, str]) -> Iterator[Run]:
    for index, piece in enumerate(text.split("**")):
        filled = _PLACE.sub(lambda place: values[place[1]], piece)
        if filled:
            yield {"t": filled, "b": index % 2 == 1}


def filled(text: str, values: Mapping[str, str]) -> list[Run]:
    """The text with its places filled, as runs of plain and bold; `**` inside a value stays as it is written."""
    return list(_runs(text, values))
