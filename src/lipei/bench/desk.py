"""`lipei bench desk`: grows a book in a place of its own, asks every page, and compares the sizes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from lipei.bench.place import throw_away_site

GROWTH_MAX = 1.5
GROWING = ("my work", "claim", "search by key", "API report")
BOARD_MS_MAX = 300.0
STATEMENTS_MAX = 15
WRITING = "API report"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is measured: how many generated claims, one size after the other, and with what care."""

    sizes: tuple[int, ...]
    seed: int = 2026
    samples: int = 100
    is_verified: bool = True
    seconds: float = 3.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """How a size came to be: seconds to load what was added, entries in all, and whether verify found nothing (None: not asked)."""

    claims: int
    seconds: float
    entries: int
    history_rows: int
    findings: int | None
    board_refresh_ms: float


def run(wish: Wish, *, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure everything and return it as JSON values: `loaded`, `pages`, `growth`, `kept`."""
    with throw_away_site() as owner_url:
        return _in_place(wish, owner_url, say=say)


def _in_place(wish: Wish, owner_url: str, *, say: Callable[[str], None]) -> dict[str, Any]:
    import psycopg

    from lipei.bench.loading import Book
    from lipei.bench.pages import callers
    from lipei.bench.patterns import read_patterns, tell_patterns

    say("telling the patterns through the commands")
    tell_patterns()
    with psycopg.connect(owner_url) as owner:
        patterns = read_patterns(owner)
    book, everybody = Book(owner_url, patterns=patterns, seed=wish.seed), callers()
    loaded: list[Loaded] = []
    figures: list[Any] = []
    for size in wish.sizes:
        loaded.append(_load(book, size, wish=wish, say=say))
        with psycopg.connect(owner_url) as owner:
            figures += _measured(owner, size, wish=wish, callers=everybody, say=say)
    pages = [{**asdict(f), "ratio": f.ratio} for f in figures]
    return {"loaded": [asdict(one) for one in loaded], "pages": pages, "growth": growth_of(pages), "kept": kept(pages)}


def _load(book: Any, size: int, *, wish: Wish, say: Callable[[str], None]) -> Loaded:
    from django.db import connection
    from django.utils import timezone

    from lipei.analytics.counting import refresh_boards
    from lipei.filing.verification import check

    began = time.monotonic()
    book.grow(size, say=say)
    seconds = time.monotonic() - began
    findings = None
    if wish.is_verified:
        say(f"verifying {size:,} claims")
        findings = len(check(Path("/nonexistent")).findings)
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM row_history)")
        entries, rows = cursor.fetchone()
    counted = time.monotonic()
    boards = refresh_boards(at=timezone.now())
    return Loaded(size, seconds, entries, rows, findings, (time.monotonic() - counted) * 1000 / max(1, boards))


def _measured(owner: Any, size: int, *, wish: Wish, callers: Any, say: Callable[[str], None]) -> list[Any]:
    from lipei.bench.measuring import measure
    from lipei.bench.pages import asks
    from lipei.bench.serving import per_second, served

    asked = asks(owner, seed=wish.seed, size=size, samples=wish.samples)
    found = []
    for page, requests in asked.items():
        say(f"{size:,} claims: {page}")
        found.append(measure(page, requests, callers=callers, claims=size, owner=owner))
        say(f"    p50 {found[-1].p50_ms:.1f} ms, p95 {found[-1].p95_ms:.1f} ms, {found[-1].statements} statements")
    if wish.seconds <= 0:
        return found
    with served() as port:
        say(f"{size:,} claims: over HTTP")
        return [replace(f, per_second=per_second(asked[f.page], callers=callers, port=port, seconds=wish.seconds)) for f in found]


def growth_of(pages: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The p95 of each page at the largest size, as a multiple of that at the smallest."""
    sizes = sorted({p["claims"] for p in pages})
    at = {(p["page"], p["claims"]): p["p95_ms"] for p in pages}
    return {p["page"]: p["p95_ms"] / at[(p["page"], sizes[0])] for p in pages if len(sizes) > 1 and p["claims"] == sizes[-1]}


def kept(pages: Sequence[dict[str, Any]]) -> dict[str, bool]:
    """Which of the house's promises the figures keep."""
    growth = growth_of(pages)
    return {
        f"p95 grows at most {GROWTH_MAX} times": all(growth.get(page, 1.0) <= GROWTH_MAX for page in GROWING),
        f"board p95 under {BOARD_MS_MAX:.0f} ms": all(p["p95_ms"] < BOARD_MS_MAX for p in pages if p["page"] == "board"),
        f"no page above {STATEMENTS_MAX} statements": all(p["statements"] <= STATEMENTS_MAX for p in pages if p["page"] != WRITING),
    }
