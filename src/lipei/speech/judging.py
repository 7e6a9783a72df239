"""What a text is taken for, all in all: chances of each class, learned from labelled sentences, with the rules' finds among what is weighed.

A rule's find that the whole speaks against is not shown; where the whole names a class that no rule found, a lean is shown. A lean holds up no letter.
Weights are learned by `speech.learning`: docs/algorithms/speech.md.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from lipei.speech.hints import CLASSES
from lipei.terms.words import Language

LABELS = (*CLASSES, "fine")
SENTENCES_AT_ONCE = 5  # a text of more sentences is judged piece by piece
KEPT = 0.3  # the least chance of its class with which a rule's find is shown; found by fivefold cross-checking of the taught sentences
LEAST: dict[Language, int] = {"zh": 5, "en": 3}  # characters (zh) or words (en): of a greeting alone too little stands there to be judged
STEM = 5  # letters of a word that stand for its family
SCALE = 1000  # weights are whole numbers, so many to one
BIAS = ""  # the trait that every text has
_ENDED = re.compile(r"[。！？…!?.]\W{0,3}$")
_WORD = re.compile(r"[a-z']{1,30}|[0□?!,:;“”]")
_QUOTED = re.compile(r"□{1,400}")
_DIGITS = re.compile(r"\d{1,30}")
Weights = dict[str, Sequence[int]]


@cache
def weights_of(language: Language) -> Weights:
    """The learned weights: trait → how rare it is, then one whole number for each label."""
    read: Weights = json.loads(resources.files("lipei.speech").joinpath("words", f"{language}.learned.json").read_text(encoding="utf-8"))
    return read


def traits(text: str, *, language: Language, kind: str, found: Iterable[str] = ()) -> set[str]:
    """What a text is judged by: runs of one to three characters (zh) or words (en), word families, its kind, and what rules `found` in it."""
    plain = _QUOTED.sub("□", _DIGITS.sub("0", text.strip().lower().replace("’", "'").replace("‘", "'")))
    if language == "zh":
        parts: Sequence[str] = f"^{plain}$"
        joint = ""
    else:
        parts = ["^", *_WORD.findall(plain), "$"]
        joint = " "
    seen = {joint.join(parts[at : at + length]) for length in (1, 2, 3) for at in range(len(parts) - length + 1)}
    if language == "en":
        seen |= {f"~{part[:STEM]}" for part in parts if len(part) > STEM}
    return seen | {f"kind {kind}"} | set(found)


def is_short(text: str, *, language: Language) -> bool:
    """Whether too little stands there to be judged: a word or two, or the name of a thing or place without a sentence's end."""
    size = len(_WORD.findall(text.lower())) if language == "en" else sum(char.isalnum() for char in text)
    return size < LEAST[language] * (1 if _ENDED.search(text) else 2)


def sums(seen: set[str], weights: Weights) -> list[float]:
    """The weight of every label, in the order of `LABELS`: each trait by how rare it is, all of them together of length one."""
    known = [weights[trait] for trait in seen if trait in weights]
    length = math.sqrt(sum(row[0] * row[0] for row in known)) or 1.0
    bias = weights[BIAS]
    return [(bias[place] + sum(row[0] * row[place] for row in known) / length) / SCALE for place in range(1, len(LABELS) + 1)]


def chances(seen: set[str], weights: Weights) -> dict[str, float]:
    """The chance of every label; together they are one."""
    summed = sums(seen, weights)
    most = max(summed)
    shares = [math.exp(one - most) for one in summed]
    whole = sum(shares)
    return {name: share / whole for name, share in zip(LABELS, shares, strict=True)}


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

    def weight(sentence: tuple[int, int]) -> float:
        summed = sums(traits(text[slice(*sentence)], language=language, kind=kind), weights)
        return summed[place] - summed[-1]

    return max(sentences, key=weight)
