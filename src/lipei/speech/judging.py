"""What a text leans to where no rule spoke: weights learned from the labelled sentences, for wordings that no list foresaw.

A lean is a hint and never more: it holds up no letter. Weights are whole numbers, learned by `speech.learning` from the seen half.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from lipei.speech.hints import CLASSES
from lipei.terms.words import Language

LABELS = (*CLASSES, "fine")
SENTENCES_AT_ONCE = 5  # a text of more sentences is judged piece by piece
LEAD = 5  # for each trait: by so much a class must outweigh `fine`; found by fourfold cross-checking of the seen half
LEAST: dict[Language, int] = {"zh": 5, "en": 3}  # characters (zh) or words (en): of a greeting alone too little stands there to lean anywhere
STEM = 5  # letters of a word that stand for its family
_WORD = re.compile(r"[a-z']{1,30}|[0□?!,:;“”]")
_QUOTED = re.compile(r"□{1,400}")
_DIGITS = re.compile(r"\d{1,30}")
Weights = dict[str, Sequence[int]]


@cache
def weights_of(language: Language) -> Weights:
    """The learned weights: trait → one whole number for each label."""
    read: Weights = json.loads(resources.files("lipei.speech").joinpath("words", f"{language}.learned.json").read_text(encoding="utf-8"))
    return read


def traits(text: str, *, language: Language, kind: str) -> set[str]:
    """What a text is judged by: runs of one to three characters (zh) or words (en), word families, and its kind."""
    plain = _QUOTED.sub("□", _DIGITS.sub("0", text.strip().lower().replace("’", "'").replace("‘", "'")))
    if language == "zh":
        parts: Sequence[str] = f"^{plain}$"
        joint = ""
    else:
        parts = ["^", *_WORD.findall(plain), "$"]
        joint = " "
    found = {joint.join(parts[at : at + length]) for length in (1, 2, 3) for at in range(len(parts) - length + 1)}
    if language == "en":
        found |= {f"~{part[:STEM]}" for part in parts if len(part) > STEM}
    return found | {f"kind {kind}"}


def scores(found: set[str], weights: Weights) -> list[int]:
    """The sum of the weights of every label, in the order of `LABELS`."""
    known = [weights[trait] for trait in found if trait in weights]
    return [sum(one[place] for one in known) for place in range(len(LABELS))]


def leaning(text: str, *, language: Language, kind: str) -> str:
    """The label a text leans to: `fine` unless a class outweighs it."""
    if _size(text, language) < LEAST[language]:
        return "fine"
    found = traits(text, language=language, kind=kind)
    summed = scores(found, weights_of(language))
    best = max(range(len(LABELS)), key=lambda place: summed[place])
    return LABELS[best] if summed[best] - summed[-1] >= LEAD * len(found) else "fine"


def _size(text: str, language: Language) -> int:
    return len(_WORD.findall(text.lower())) if language == "en" else sum(char.isalnum() for char in text)


def pieces(starts: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """The stretches of a text that are judged at once: all of a short one, else `SENTENCES_AT_ONCE` sentences each."""
    for at in range(0, len(starts), SENTENCES_AT_ONCE):
        end = starts[at + SENTENCES_AT_ONCE] if at + SENTENCES_AT_ONCE < len(starts) else length
        yield starts[at], end


def heaviest(text: str, starts: Sequence[int], span: tuple[int, int], label: str, *, language: Language, kind: str) -> tuple[int, int]:
    """The sentence within `span` that weighs most for `label`."""
    inner = [start for start in starts if span[0] <= start < span[1]]
    sentences = [one for one in zip(inner, [*inner[1:], span[1]], strict=True) if text[slice(*one)].strip()]
    place, weights = LABELS.index(label), weights_of(language)

    def weight(sentence: tuple[int, int]) -> int:
        summed = scores(traits(text[slice(*sentence)], language=language, kind=kind), weights)
        return summed[place] - summed[-1]

    return max(sentences, key=weight)
