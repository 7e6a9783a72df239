"""What `lipei what-if` does once it knows the book: compares it, writes summary and report, and says the figures."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from lipei.calculation.batch import HOW
from lipei.products.book import writing
from lipei.products.book.adjudicated import CURRENCIES, GOOD, WITH_PROBLEMS
from lipei.products.book.adjudicating import Plan
from lipei.products.book.column_map import read_map
from lipei.products.book.comparing import Compared, Share
from lipei.products.book.comparing_all import SAMPLE, ComparedPartition, run
from lipei.products.book.partitions import Partition
from lipei.products.book.progress import Progress
from lipei.products.book.replacing import replaced
from lipei.products.book.report import page
from lipei.products.book.running import check_book
from lipei.products.book.terms_choice import terms_of
from lipei.terms.money import machine, plain
from lipei.terms.words import Language, Words

ROWS = Words(
    "读入 {read} 行 = 两边都算出 {both} + 只有旧条款算出 {only_old} + 只有新条款算出 {only_new} + 都算不出 {neither}",
    "{read} rows read = {both} calculated under both + {only_old} under the old only + {only_new} under the new only + {neither} under neither",
)
MOVED = Words("多得 {more} 件（{gained}），少得 {less} 件（−{lost}），不变 {same} 件", "{more} get more ({gained}), {less} get less (−{lost}), {same} the same")
SUMS = Words("旧 {old}，新 {new}，相差 {difference}", "old {old}, new {new}, difference {difference}")
WHERE = Words("报告：{path}；{seconds} 秒", "report: {path}; {seconds} s")


def compared(wish: argparse.Namespace, partitions: Sequence[Partition]) -> int:
    """Compares the book as wished; the exit code. Raises `BookTrouble`."""
    began = time.monotonic()
    old = terms_of(terms=wish.against, product=wish.product)
    new = replaced(old, terms_of(terms=wish.terms, product=None))
    mapping = read_map(wish.map) if wish.map else None
    for terms in (old, new):
        check_book(partitions, plan=Plan(terms, mapping))
    progress = Progress(sys.stderr, partitions=len(partitions))

    def say(done: ComparedPartition) -> None:
        progress.step(done.figures.read, done.partition)

    try:
        sample = SAMPLE if wish.sample is None else wish.sample
        figures = run(partitions, plan=Plan(old, mapping), new=new, out=wish.out, jobs=wish.jobs, sample=sample, say=say)
    finally:
        progress.close()
    pairs = [(a.code, b.code) for a, b in zip(old.editions, new.editions, strict=True) if a is not b]
    found = summary(figures, pairs=pairs)
    with writing.in_place_of(wish.out / "summary.json") as part:
        part.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    with writing.in_place_of(wish.out / "report.html") as part:
        part.write_text(page(figures, old=old, new=new, book=wish.book.name, language=wish.lang), encoding="utf-8")
    seconds = time.monotonic() - began
    if wish.json:
        print(json.dumps({**found, "partitions": len(partitions), "currencies": old.currencies, "how": HOW, "seconds": round(seconds, 3)}, ensure_ascii=False))
    else:
        print(said(figures, wish.lang))
        if len(old.currencies) > 1:
            print(CURRENCIES.with_(currencies=", ".join(old.currencies)).in_(wish.lang))
        print(WHERE.with_(path=wish.out / "report.html", seconds=f"{seconds:.1f}").in_(wish.lang))
    return GOOD if figures.both == figures.read and not figures.lines_without_claim else WITH_PROBLEMS


def summary(figures: Compared, *, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The figures for machines; amounts as text."""
    counts = ("read", "both", "only_old", "only_new", "neither", "more", "less", "same", "lines_without_claim")
    amounts = ("old", "new", "difference", "gained", "lost")
    return {
        "editions": [list(pair) for pair in pairs],
        **{name: getattr(figures, name) for name in counts},
        **{name: machine(getattr(figures, name)) for name in amounts},
        "by_coverage": {name: _share(share) for name, share in figures.by_coverage.items()},
        "by_clause": {name: _share(share) for name, share in figures.by_clause.items()},
        "bands": figures.bands,
        "top": [{"claim": claim, "policy": policy, "old": machine(old), "new": machine(new), "difference": machine(change)} for change, claim, policy, old, new in figures.top],
        "sampled": len(figures.sample),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"old": machine(share.old), "new": machine(share.new), "difference": machine(share.difference), "more": share.more, "less": share.less}


def said(figures: Compared, language: Language) -> str:
    """The figures for a person."""
    numbers = {name: f"{getattr(figures, name):,}" for name in ("read", "both", "only_old", "only_new", "neither", "more", "less", "same")}
    amounts = {name: plain(getattr(figures, name)) for name in ("gained", "lost", "old", "new", "difference")}
    return "\n".join(words.with_(**numbers, **amounts).in_(language) for words in (ROWS, MOVED, SUMS))
