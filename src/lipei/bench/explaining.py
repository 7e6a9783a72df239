"""How many claims a second `explain` reads on one core: a medical coverage of ten steps, six lines of bill, two accumulators."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lipei.calculation.explaining import explain_inputs
from lipei.calculation.inputs import LineItem, prepared
from lipei.calculation.statement import Statement
from lipei.terms.edition import Edition, edition_of

CLAIMS_A_ROUND = 200
SECONDS_MAX = 600.0

TERMS = Path(__file__).with_name("ten_steps.yaml")


@dataclass(frozen=True, slots=True)
class Explained:
    """What one way of reading a claim came to: claims per second of CPU time, milliseconds of one claim end to end."""

    claims_per_cpu_second: float
    milliseconds_median: float
    steps: int
    claims: int


def explain_per_second(seconds: float, *, alternatives: bool = False, stored: bool = False) -> Explained:
    """Read claims for about so many seconds: facts checked, explained, the amount owed taken.

    `alternatives` also looks for what would bring the claimant more; `stored` also writes the statement out as text.
    Raises `ValueError` for seconds that are not above 0 and at most `SECONDS_MAX`.
    """
    if not 0 < seconds <= SECONDS_MAX:
        raise ValueError(f"seconds must be above 0 and at most {SECONDS_MAX:g}, not {seconds!r}")
    edition = edition_of(TERMS.read_text(encoding="utf-8"), source=TERMS.name)
    claims = [_claim(number) for number in range(CLAIMS_A_ROUND)]

    def one(at: int) -> Statement:
        statement = _explained(edition, claims[at], alternatives=alternatives)
        if stored:
            statement.as_dict()
        return statement

    steps = len(one(0).lines)
    counted, spent, lasted = _rounds(one, seconds)
    return Explained(counted / spent, sorted(lasted)[len(lasted) // 2] * 1000, steps, counted)


def _rounds(one: Callable[[int], Statement], seconds: float) -> tuple[int, float, list[float]]:
    """Claims read, CPU seconds they took, and how long each claim of the last round lasted."""
    counted, spent, until = 0, 0.0, time.perf_counter() + seconds
    while counted == 0 or time.perf_counter() < until:
        began = time.process_time()
        for at in range(CLAIMS_A_ROUND):
            if one(at).owed < 0:
                raise AssertionError("a claim owes less than nothing")
        spent += time.process_time() - began
        counted += CLAIMS_A_ROUND
    return counted, spent, [_lasted(one, at) for at in range(CLAIMS_A_ROUND)]


def _lasted(one: Callable[[int], Statement], at: int) -> float:
    began = time.perf_counter()
    one(at)
    return time.perf_counter() - began


def _explained(edition: Edition, claim: dict[str, Any], *, alternatives: bool) -> Statement:
    return explain_inputs(edition, prepared(edition, **claim), alternatives=alternatives)


def _claim(number: int) -> dict[str, Any]:
    """A stay like others, every amount a little different, some with what earlier claims have used."""
    days = 3 + number % 20
    bill = [
        LineItem("bed", 140_00 * days, days=days),
        LineItem("drug_a", 3_100_00 + 17_31 * number),
        LineItem("drug_b", 2_400_50 + 9_77 * number),
        LineItem("surgery", 9_800_00 + 101_03 * number),
        LineItem("implant", 21_000_00 + 40_00 * number),
        LineItem("special", 100_00 * (number % 4)),
    ]
    facts = {
        "cause": "accident" if number % 3 else "illness",
        "happened_on": date(2026, 5, 1),
        "admitted_on": date(2026, 5, 2),
        "discharged_on": date(2026, 5, 2 + days),
        "social_paid": 8_000_00 + 33_33 * number,
    }
    balances = {"deductible": 600_00 * (number % 4), "year": 3_180_00 * (number % 5)}
    return {"facts": facts, "items": bill, "balances": balances, "policy": {"cover_from": date(2026, 1, 1)}}
