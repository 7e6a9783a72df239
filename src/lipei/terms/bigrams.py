"""Chinese free-text search: overlapping pairs of characters as a `tsvector`, so that every phrase is found without a dictionary. Pure.

`胆囊结石` becomes `胆囊 囊结 结石`; Latin letters and digits stay whole, lower case; everything is NFKC-normalised first.
"""

from __future__ import annotations

import unicodedata

TEXT_CHARACTERS_MAX = 20_000


def _is_han(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff" or c == "〇"


def tokens(text: str) -> list[list[str]]:
    """The runs of a text: each a list of tokens that stand side by side."""
    runs: list[list[str]] = []
    word, han = "", ""

    def close() -> None:
        nonlocal word, han
        if word:
            runs.append([word])
        if han:
            runs.append([han[i : i + 2] for i in range(len(han) - 1)] or [han])
        word = han = ""

    for c in unicodedata.normalize("NFKC", text[:TEXT_CHARACTERS_MAX]).lower():
        if _is_han(c):
            if word:
                close()
            han += c
        elif c.isalnum():
            if han:
                close()
            word += c
        else:
            close()
    close()
    return runs


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(*texts: str) -> str:
    """A `tsvector` literal of all texts; runs are kept two positions apart so that phrases never span them."""
    places: dict[str, list[int]] = {}
    position = 1
    for text in texts:
        for run in tokens(text):
            for token in run:
                places.setdefault(token, []).append(min(position, 16_383))
                position += 1
            if len(run) and len(run[0]) == 2 and _is_han(run[0][0]):
                for c in {c for token in run for c in token}:
                    places.setdefault(c, []).append(min(position, 16_383))
            position += 1
    return " ".join(f"{_quoted(t)}:{','.join(map(str, sorted(set(p))[:250]))}" for t, p in sorted(places.items()))


def query(text: str) -> str:
    """A `tsquery` literal: every run of the text as a phrase, the last Latin word also as a beginning. Empty when nothing to find."""
    phrases = []
    for run in tokens(text):
        if len(run) == 1 and not _is_han(run[0][0]):
            phrases.append(_quoted(run[0]) + ":*")
        else:
            phrases.append("(" + " <-> ".join(_quoted(t) for t in run) + ")")
    return " & ".join(phrases)
