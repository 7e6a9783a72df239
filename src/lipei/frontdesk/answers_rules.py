"""Which of our texts answers a question as a visitor asks it: words compared, best first; too little in common is no answer. Pure.

The texts are few (one contract, one law, one list of papers, one way of working), so each question is compared with all of
them: Chinese by pairs of characters, English by words without their endings, rarer ones weighing more (BM25). Everyday
words are turned into those of the contract by `answer_words`. Nothing is composed: an answer is a text with its source.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lipei.frontdesk.answer_words import KIND_ASKED, LAY, LINKS, SILENT
from lipei.terms.words import Language, Words

ANSWERS_MAX = 5
QUESTION_CHARACTERS_MAX = 300
COVERED_LEAST = 0.36
"""The least share of the question's weight that an answer must have in common with it; below it there is none."""
NEAR_BEST_LEAST = 0.35  # of the best answer's score: weaker ones are not shown beside it
TITLE_WEIGHT, ASKED_WEIGHT, LAY_WEIGHT = 3, 2, 0.8
KIND_GAIN = 1.7  # where the question asks for days, papers or a person, such sources weigh more
SATURATION, LENGTH_SHARE = 1.2, 0.5
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_WHETHER = re.compile(r"([\u4e00-\u9fff])不\1")  # 赔不赔 asks, and refuses nothing
_LATIN = re.compile(r"[a-z]+|\d[\d,.]*\d|\d")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "es", "ed", "ly", "al", "s", "e", "y")
STEM_CHARACTERS_MIN = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that can answer: `key` (kind and name), what it says in plain words, where it stands; `asked` helps to find it and is never shown."""

    key: str
    title: Words
    text: Words
    source: Words
    asked: Words | None = None

    @property
    def kind(self) -> str:
        """clause | clock | paper | stage | station | way."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with how well it fits (no unit; for the order only) and the share of the question's weight it has in common."""

    passage: Passage
    score: float
    covered: float


def answers_to(question: str, passages: Sequence[Passage], *, most: int = ANSWERS_MAX) -> tuple[Found, ...]:
    """The passages that answer the question, the best first; empty when none has enough in common with it."""
    text = _WHETHER.sub(" ", question.strip().lower()[:QUESTION_CHARACTERS_MAX])
    language = language_of(text)
    asked = _asked(text, language)
    if not asked or not passages:
        return ()
    index = _index(passages, language)
    weights = {term: share * index.rarity(term) for term, share in asked.items()}
    whole = sum(weights[term] for term, share in asked.items() if share == 1)
    kinds = _kinds_asked(text, language)
    found = [_measured(n, passage, index, weights, kinds=kinds, whole=whole) for n, passage in enumerate(passages)]
    good = sorted((f for f in found if f.covered >= COVERED_LEAST), key=lambda f: (-f.score, f.passage.key))
    return tuple(f for f in good[:most] if f.score >= NEAR_BEST_LEAST * good[0].score)


def language_of(text: str) -> Language:
    """Chinese where a single Chinese character stands in it, else English."""
    return "zh" if _CHINESE.search(text) else "en"


@dataclass(frozen=True, slots=True)
class _Index:
    terms: tuple[Mapping[str, float], ...]
    lengths: tuple[float, ...]
    holders: Mapping[str, int]

    def rarity(self, term: str) -> float:
        n = self.holders.get(term, 0)
        return math.log(1 + (len(self.terms) - n + 0.5) / (n + 0.5))


def _index(passages: Sequence[Passage], language: Language) -> _Index:
    terms = tuple(_terms_of(p, language) for p in passages)
    return _Index(terms, tuple(sum(t.values()) for t in terms), Counter(term for one in terms for term in one))


@lru_cache(maxsize=4096)
def _terms_of(passage: Passage, language: Language) -> Mapping[str, float]:
    counted: Counter[str] = Counter(terms(passage.text.in_(language), language))
    for term in terms(passage.title.in_(language), language):
        counted[term] += TITLE_WEIGHT
    for term in terms(passage.asked.in_(language), language) if passage.asked else ():
        counted[term] += ASKED_WEIGHT
    return dict(counted)


def _measured(n: int, passage: Passage, index: _Index, weights: Mapping[str, float], *, kinds: frozenset[str], whole: float) -> Found:
    held = index.terms[n]
    mean = sum(index.lengths) / len(index.lengths)
    long = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * index.lengths[n] / mean)
    common = [term for term in weights if term in held]
    score = sum(weights[t] * held[t] * (SATURATION + 1) / (held[t] + long) for t in common)
    covered = min(1.0, sum(weights[t] for t in common) / whole) if whole else 0.0
    return Found(passage, score * (KIND_GAIN if passage.kind in kinds else 1.0), covered)


def _asked(text: str, language: Language) -> dict[str, float]:
    """The terms of the question (share 1), and those its everyday words stand for (share `LAY_WEIGHT`)."""
    asked: dict[str, float] = {}
    for term in terms(text, language):
        asked[term] = 1
    for everyday, ours in LAY[language]:
        if _holds(text, everyday, language):
            for term in terms(ours, language):
                asked.setdefault(term, LAY_WEIGHT)
    return asked


def _kinds_asked(text: str, language: Language) -> frozenset[str]:
    return frozenset(kind for kind, phrases in KIND_ASKED[language].items() if any(_holds(text, phrase, language) for phrase in phrases))


def _holds(text: str, phrase: str, language: Language) -> bool:
    if language == "zh":
        return phrase in text
    return re.search(rf"\b{re.escape(phrase)}\b", text) is not None


def terms(text: str, language: Language) -> tuple[str, ...]:
    """What is compared: pairs of Chinese characters between the silent words, English words without ending, numbers."""
    lower = text.lower()
    words = [w.replace(",", "") for w in _LATIN.findall(lower)]
    if language == "en":
        return tuple(stem(w) for w in words if w not in SILENT["en"])
    numbers = [w for w in words if w[0].isdigit() or len(w) > 1]
    return tuple(numbers) + tuple(_pairs(_CHINESE.findall(_without_silent(lower))))


def _without_silent(text: str) -> str:
    for word in SILENT["zh"]:
        text = text.replace(word, " ")
    for link in LINKS:
        text = text.replace(link, " ")
    return text


def _pairs(runs: Iterable[str]) -> Iterable[str]:
    for run in runs:
        if len(run) == 1:
            yield run
        yield from (run[n : n + 2] for n in range(len(run) - 1))


def stem(word: str) -> str:
    """An English word without its ending, so that `covered` and `cover`, `injuries` and `injury` meet."""
    if word[0].isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM_CHARACTERS_MIN + (ending in ("e", "y")):
            return word.removesuffix(ending)
    return word
