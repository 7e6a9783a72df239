"""Learning the weights of `speech.judging` from labelled sentences: an averaged perceptron, the same weights from the same sentences.

Rosenblatt's rule with a margin, averaged over all steps (Freund and Schapire 1999). No chance is in it: the order is made by a fixed stride.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from lipei.speech.checking import veiled
from lipei.speech.judging import LABELS, traits
from lipei.terms.words import Language

ROUNDS = 12
STRIDE = 97  # the sentences are gone through in this stride, so that a class does not come all at once
MARGIN = 2  # by how much the right label must lead
SEEN_MIN = 2  # a trait of a single sentence teaches nothing
SCALE = 100


def learned(sentences: Iterable[Mapping[str, Any]], *, language: Language) -> dict[str, list[int]]:
    """Whole weights by trait, one for each label, traits in alphabetical order."""
    texts = [(traits(veiled(one["text"], language=language), language=language, kind=one["kind"]), LABELS.index(one["label"])) for one in sentences]
    counted = Counter(trait for found, _ in texts for trait in found)
    known = [([trait for trait in sorted(found) if counted[trait] >= SEEN_MIN], label) for found, label in texts]
    now: dict[str, list[int]] = {trait: [0] * len(LABELS) for found, _ in known for trait in found}
    late: dict[str, list[int]] = {trait: [0] * len(LABELS) for trait in now}
    steps, stride = 0, STRIDE
    while math.gcd(stride, len(known)) > 1:
        stride += 1
    for _ in range(ROUNDS):
        for at in range(len(known)):
            found, label = known[at * stride % len(known)]
            steps += 1
            _step(found, label, now, late, steps)
    return {trait: row for trait in sorted(now) if any(row := [round((n * steps - w) * SCALE / steps) for n, w in zip(now[trait], late[trait], strict=True)])}


def _step(found: list[str], label: int, now: dict[str, list[int]], late: dict[str, list[int]], steps: int) -> None:
    """If the right label does not lead by the margin, it gains and its strongest rival loses."""
    summed = [0] * len(LABELS)
    for trait in found:
        for place, weight in enumerate(now[trait]):
            summed[place] += weight
    rival = max((place for place in range(len(LABELS)) if place != label), key=lambda place: summed[place])
    if summed[label] - summed[rival] >= MARGIN * len(found) // 10 + 1:
        return
    for trait in found:
        now[trait][label] += 1
        now[trait][rival] -= 1
        late[trait][label] += steps - 1
        late[trait][rival] -= steps - 1
