"""Learning the weights of `speech.judging` from labelled sentences: multinomial logistic regression over rare traits.

Traits are weighed by how rare they are (Spärck Jones 1972) and each text is of length one; the loss with a quadratic bound on the weights is brought down
by Nesterov's accelerated descent, each trait with its own step. No chance is in it. What rules find in a sentence counts as a trait only where the
rules were not made from that sentence: on their own sentences they are right too often.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lipei.speech.checking import marks, veiled
from lipei.speech.judging import BIAS, LABELS, SCALE, traits
from lipei.speech.rules import kinds_of
from lipei.terms.words import Language

ROUNDS = 80
BOUND = 0.1  # how much large weights cost; found by fivefold cross-checking of the taught sentences
SEEN_MIN = 2  # a trait of a single sentence teaches nothing
LEAST_WEIGHT = 0.2  # a trait that weighs less for every label is left out
Numbers = NDArray[np.float64]


def learned(ruled: Iterable[Mapping[str, Any]], strange: Iterable[Mapping[str, Any]], *, language: Language) -> dict[str, list[int]]:
    """Whole weights by trait: rarity, then one for each label; traits in alphabetical order. `ruled` sentences are those the rules were made from."""
    texts = [(_traits(one, language), LABELS.index(one["label"])) for one in ruled]
    texts += [(_traits(one, language) | marks(one["text"], language=language, kind=kinds_of(one["kind"])), LABELS.index(one["label"])) for one in strange]
    counted = Counter(trait for seen, _ in texts for trait in seen)
    names = sorted(trait for trait, count in counted.items() if count >= SEEN_MIN)
    rarity = np.array([math.log((1 + len(texts)) / (1 + counted[name])) + 1 for name in names])
    table = _Table.of([seen for seen, _ in texts], names, rarity)
    weights, bias = _fitted(table, np.eye(len(LABELS))[[label for _, label in texts]])
    weights -= weights.mean(axis=1, keepdims=True)
    found = {BIAS: [0, *_whole(bias - bias.mean())]}
    for at, name in enumerate(names):
        if np.abs(weights[at]).max() > LEAST_WEIGHT:
            found[name] = [*_whole(rarity[at : at + 1]), *_whole(weights[at])]
    return found


def _traits(one: Mapping[str, Any], language: Language) -> set[str]:
    return traits(veiled(one["text"], language=language), language=language, kind=one["kind"])


def _whole(numbers: Numbers) -> list[int]:
    return [int(one) for one in np.rint(numbers * SCALE)]


@dataclass(frozen=True, slots=True)
class _Table:
    """Texts × traits, mostly empty: the filled places in the order of texts, and the same in the order of traits."""

    rows: int
    columns: int
    column: NDArray[np.int64]
    value: Numbers
    starts: NDArray[np.int64]  # where each text begins among the filled places
    row_by_column: NDArray[np.int64]
    value_by_column: Numbers
    column_starts: NDArray[np.int64]
    filled: NDArray[np.int64]  # the traits that occur

    @classmethod
    def of(cls, texts: Sequence[set[str]], names: Sequence[str], rarity: Numbers) -> _Table:
        place = {name: at for at, name in enumerate(names)}
        known = [np.array(sorted(place[trait] for trait in seen if trait in place), dtype=np.int64) for seen in texts]
        column = np.concatenate(known)
        value = np.concatenate([rarity[one] / np.sqrt((rarity[one] ** 2).sum()) for one in known])
        row = np.repeat(np.arange(len(texts)), [len(one) for one in known])
        order = np.argsort(column, kind="stable")
        ordered = column[order]
        begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        starts = np.concatenate([[0], np.cumsum([len(one) for one in known])[:-1]])
        return cls(len(texts), len(names), column, value, starts, row[order], value[order], begins, ordered[begins])

    def times(self, weights: Numbers) -> Numbers:
        """Texts × labels."""
        return np.asarray(np.add.reduceat(weights[self.column] * self.value[:, None], self.starts, axis=0))

    def back(self, errors: Numbers) -> Numbers:
        """Traits × labels."""
        summed = np.zeros((self.columns, errors.shape[1]))
        summed[self.filled] = np.add.reduceat(errors[self.row_by_column] * self.value_by_column[:, None], self.column_starts, axis=0)
        return summed

    def steepness(self) -> Numbers:
        """For each trait a bound on how fast its slope changes."""
        length = np.add.reduceat(self.value, self.starts)
        counts = np.diff(np.append(self.starts, len(self.column)))
        return np.bincount(self.column, weights=self.value * np.repeat(length, counts), minlength=self.columns) / 2 + BOUND


def _fitted(table: _Table, meant: Numbers) -> tuple[Numbers, Numbers]:
    """Weights (traits × labels) and bias (labels) after `ROUNDS` steps."""
    weights = ahead = np.zeros((table.columns, meant.shape[1]))
    bias = bias_ahead = np.zeros(meant.shape[1])
    steep, pace = table.steepness()[:, None], 1.0
    for _ in range(ROUNDS):
        scores = table.times(ahead) + bias_ahead
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        errors = shares / shares.sum(axis=1, keepdims=True) - meant
        stepped = ahead - (table.back(errors) + BOUND * ahead) / steep
        bias_stepped = bias_ahead - errors.sum(axis=0) * 2 / table.rows
        faster = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        ahead = stepped + (pace - 1) / faster * (stepped - weights)
        bias_ahead = bias_stepped + (pace - 1) / faster * (bias_stepped - bias)
        weights, bias, pace = stepped, bias_stepped, faster
    return weights, bias
