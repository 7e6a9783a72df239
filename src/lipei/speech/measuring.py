"""How often the speech checks are right: precision and recall per class, with 95 % intervals, over both halves."""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import yaml

from lipei.speech.checking import check, label
from lipei.speech.hints import CLASSES, KINDS
from lipei.speech.learning import learned
from lipei.speech.rules import kinds_of
from lipei.terms.words import LANGUAGES, Language

WORDS = Path(__file__).parent / "words"
SENTENCES = Path(__file__).parent / "tests" / "sentences"
HALVES = {"seen": "seen", "unseen": "unseen2"}  # half → its files; the first unseen half was counted and is read since
TAUGHT = "taught"  # the sentences that only teach the weights
Z = 1.959964  # two-sided 95 %
PAGE = 500  # characters
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `all`, with its Wilson interval at 95 %."""

    right: int
    all: int

    @property
    def value(self) -> float:
        return self.right / self.all if self.all else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound (E. B. Wilson 1927); from nothing to all where nothing was counted."""
        if not self.all:
            return 0.0, 1.0
        n, p = self.all, self.right / self.all
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        reach = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:5.3f} [{low:4.2f}–{high:4.2f}] {self.right:>3}/{self.all:<3}"


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision and recall of one class."""

    class_: str
    precision: Share
    recall: Share


def figures(pairs: Iterable[tuple[str, str]]) -> tuple[Figure, ...]:
    """The figures of each class, from pairs (labelled, given)."""
    counted = Counter(pairs)

    def total(class_: str, place: int) -> int:
        return sum(count for pair, count in counted.items() if pair[place] == class_)

    return tuple(
        Figure(
            class_,
            precision=Share(counted[class_, class_], total(class_, 1)),
            recall=Share(counted[class_, class_], total(class_, 0)),
        )
        for class_ in (*CLASSES, "fine")
    )


def judged(half: str, language: Language) -> list[tuple[str, str]]:
    """(labelled, given) for every sentence of a half."""
    return [
        (one["label"], label(one["text"], language=language, kind=kinds_of(one["kind"])))
        for one in labelled(half, language)
    ]


def labelled(half: str, language: Language) -> list[dict[str, Any]]:
    """The labelled sentences of a half, or the taught ones; raises `FileNotFoundError` where the program came without them."""
    read: list[dict[str, Any]] = yaml.safe_load(sentences_of(half, language).read_text(encoding="utf-8"))
    return read


def sentences_of(half: str, language: Language) -> Path:
    """Where the sentences of a half, or the taught ones, lie."""
    return SENTENCES / f"{HALVES.get(half, half)}.{language}.yaml"


def page_milliseconds(language: Language) -> float:
    """The median time (of the processor) of checking a letter of 500 characters, made of sentences of the seen half.

    Such a page is the worst: nearly every sentence of it is at fault.
    """
    page = "".join(one["text"] for one in labelled("seen", language))[:PAGE]
    check(page, language=language, kind="letter")
    taken = []
    for _ in range(ROUNDS):
        begun = process_time()
        check(page, language=language, kind="letter")
        taken.append(process_time() - begun)
    return sorted(taken)[ROUNDS // 2] * 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """`lipei speech measure`: counts only, never a sentence."""
    parser = argparse.ArgumentParser(prog="lipei speech", description=__doc__)
    parser.add_argument("act", choices=["measure", "check", "learn"])
    parser.add_argument("--half", choices=HALVES, action="append", help="one half only")
    parser.add_argument("--language", choices=LANGUAGES, default="zh", help="language of the text to check")
    parser.add_argument("--kind", choices=KINDS, default="letter", help="kind of the text to check")
    parser.add_argument("text", nargs="?", help="the text to check")
    wish = parser.parse_intermixed_args(arguments)
    if wish.act == "learn":
        return _learn()
    if wish.act == "check":
        return _check(wish.text or "", language=wish.language, kind=wish.kind)
    for half in wish.half or tuple(HALVES):
        for language in LANGUAGES:
            _print(half, language)
    return 0


def _check(text: str, *, language: Language, kind: str) -> int:
    for hint in check(text, language=language, kind=kinds_of(kind)):
        print(f"{hint.start}–{hint.end} {hint.name.in_(language)} [{hint.severity}] {hint.words}")
        print(f"    {hint.why.in_(language)}\n    → {hint.better.in_(language)}")
    return 0


def _learn() -> int:
    """Write the weights anew from the seen half and the taught sentences."""
    for language in LANGUAGES:
        weights = learned(labelled("seen", language), labelled(TAUGHT, language), language=language)
        WORDS.joinpath(f"{language}.learned.json").write_text(written(weights), encoding="utf-8")
        print(f"{language}: {len(weights)} traits")
    return 0


def written(weights: Mapping[str, Sequence[int]]) -> str:
    """The weights as their file holds them: one trait a line."""
    rows = ",\n".join(f"{json.dumps(trait, ensure_ascii=False)}: {json.dumps(list(row), separators=(',', ':'))}" for trait, row in weights.items())
    return f"{{\n{rows}\n}}\n"


def _print(half: str, language: Language) -> None:
    if not sentences_of(half, language).exists():
        print(f"\n{half} {language}: no sentences here")
        return
    pairs = judged(half, language)
    right = Share(sum(given == meant for meant, given in pairs), len(pairs))
    print(f"\n{half} {language}: {len(pairs)} texts, right {right}, a page in {page_milliseconds(language):.1f} ms")
    print(f"  {'class':<10} {'precision':<28} recall")
    for one in figures(pairs):
        print(f"  {one.class_:<10} {one.precision!s:<28} {one.recall}")


if __name__ == "__main__":
    raise SystemExit(main())
