"""A slow, exact reading of steps written apart from the engine: `Fraction` everywhere, plain dicts, no shared code.

It knows nothing of editions, expressions or statements: a step is a dict of numbers, a bill a list of (category, fen).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

F = Fraction
Bill = list[tuple[str, int]]


def half_up(value: Fraction, unit: int = 1) -> int:
    """Nearest multiple of `unit`, half away from zero."""
    sign = -1 if value < 0 else 1
    return sign * int(abs(value) / unit + F(1, 2)) * unit


def largest_remainder(total: int, weights: list[Fraction]) -> list[Fraction]:
    """Whole parts of `total` in proportion to the weights."""
    if not sum(weights):
        return [F(0) for _ in weights]
    ideal = [total * weight / sum(weights) for weight in weights]
    floors = [int(part) for part in ideal]
    rest = sorted(range(len(ideal)), key=lambda at: (-(ideal[at] - floors[at]), at))[: total - sum(floors)]
    return [F(floor + (at in rest)) for at, floor in enumerate(floors)]


def follow(steps: list[dict[str, Any]], bill: Bill, used: dict[str, int]) -> list[Fraction]:
    """The exact amount after the sum of the bill and after each step."""
    lines = [F(amount) for _, amount in bill]
    kinds = [category for category, _ in bill]
    now, taken, before_sharing = sum(lines, F(0)), F(0), None
    after = [now]
    for step in steps:
        name = step["step"]
        chosen = [at for at, kind in enumerate(kinds) if step.get("of") in (None, kind)]
        if name in SHARING and step.get("of") is None and before_sharing is None:
            before_sharing = now
        if name in ON_LINES and (step.get("of") or step.get("scope") == "item"):
            old = sum(lines)
            lines = ON_LINES[name](step, lines, chosen)
            now -= old - sum(lines)
        else:
            old = now
            now = ON_TOTAL[name](step, now, {"used": used, "taken": taken, "covered": before_sharing})
            taken += old - now if name in DEDUCTING else 0
        after.append(now)
    return after


def _line_limit(step: dict[str, Any], lines: list[Fraction], chosen: list[int]) -> list[Fraction]:
    new = list(lines)
    if step.get("scope") == "item":
        for at in chosen:
            new[at] = min(lines[at], F(step["limit"]))
    elif sum(lines[at] for at in chosen) > step["limit"]:
        for at, part in zip(chosen, largest_remainder(step["limit"], [lines[at] for at in chosen]), strict=True):
            new[at] = part
    return new


def _line_ratio(step: dict[str, Any], lines: list[Fraction], chosen: list[int]) -> list[Fraction]:
    return [line * step["pays"] if at in chosen else line for at, line in enumerate(lines)]


def _line_nothing(step: dict[str, Any], lines: list[Fraction], chosen: list[int]) -> list[Fraction]:
    return [F(0) if at in chosen else line for at, line in enumerate(lines)]


def _line_copayment(step: dict[str, Any], lines: list[Fraction], chosen: list[int]) -> list[Fraction]:
    return [max(line - step["amount"], F(0)) if at in chosen else line for at, line in enumerate(lines)]


def _bands(step: dict[str, Any], now: Fraction, known: dict[str, Any]) -> Fraction:
    start = known["taken"] if step["on"] == "bill" else F(0)
    tops = [F(top) if top is not None else None for top, _ in step["table"]]
    if step["kind"] == "whole":
        return now * next(ratio for top, ratio in step["table"] if top is None or start + now <= top)
    total, low = F(0), F(0)
    for (_, ratio), top in zip(step["table"], tops, strict=True):
        high = start + now if top is None else top
        inside = min(high, start + now) - max(low, start)
        total += max(inside, F(0)) * ratio
        low = high
    return total


def _disappearing(step: dict[str, Any], now: Fraction, known: dict[str, Any]) -> Fraction:
    full, gone = F(step["amount"]), F(step["gone_at"])
    if now <= full:
        return F(0)
    return now if now >= gone else now - full * (gone - now) / (gone - full)


def _percentage(step: dict[str, Any], now: Fraction, known: dict[str, Any]) -> Fraction:
    off = min(max(now * step["ratio"], F(step["at_least"])), F(step["at_most"]))
    return max(now - off, F(0))


def _rates(step: dict[str, Any], now: Fraction, known: dict[str, Any]) -> Fraction:
    if step["combine"] == "add":
        return now * max(1 - sum(step["rates"]), F(0))
    for rate in step["rates"]:
        now *= 1 - rate
    return now


def _pocket(step: dict[str, Any], now: Fraction, known: dict[str, Any]) -> Fraction:
    covered = now if known["covered"] is None else known["covered"]
    left = max(step["amount"] - known["used"].get(step["accumulator"], 0), 0)
    return max(now, covered - left)


def _left(step: dict[str, Any], name: str, known: dict[str, Any]) -> Fraction:
    return F(max(step[name] - known["used"].get(step["accumulator"], 0), 0))


ON_LINES: dict[str, Any] = {
    "limit": _line_limit,
    "coinsurance": _line_ratio,
    "exclude": _line_nothing,
    "copayment": _line_copayment,
}
ON_TOTAL: dict[str, Any] = {
    "limit": lambda step, now, known: min(now, F(step["limit"])),
    "first_loss": lambda step, now, known: min(now, F(step["insured"])),
    "coinsurance": lambda step, now, known: now * step["pays"],
    "fault_share": lambda step, now, known: now * step["share"],
    "deductible": lambda step, now, known: max(now - step["amount"], F(0)),
    "copayment": lambda step, now, known: max(now - step["amount"], F(0)),
    "salvage": lambda step, now, known: max(now - step["amount"], F(0)),
    "holdback": lambda step, now, known: max(now - step["amount"], F(0)),
    "franchise": lambda step, now, known: (
        now if now > step["amount"] or (now == step["amount"] and step["equal"] == "pays") else F(0)
    ),
    "disappearing_deductible": _disappearing,
    "percentage_deductible": _percentage,
    "deductible_rate": _rates,
    "bands": _bands,
    "aggregate_deductible": lambda step, now, known: max(now - _left(step, "amount", known), F(0)),
    "aggregate_limit": lambda step, now, known: min(now, _left(step, "limit", known)),
    "layer": lambda step, now, known: min(max(now - step["attachment"], F(0)), F(step["limit"])) * step["share"],
    "average": lambda step, now, known: now * min(F(step["insured"]) / (step["value"] * step["required"]), F(1)),
    "depreciation": lambda step, now, known: now * (1 - min(step["periods"] * step["rate"], step["cap"])),
    "lesser_of": lambda step, now, known: min([now, *map(F, step["amounts"])]),
    "greater_of": lambda step, now, known: max([now, *map(F, step["amounts"])]),
    "out_of_pocket_max": _pocket,
    "round": lambda step, now, known: F(half_up(now, step["to"])),
}
DEDUCTING = {"deductible", "aggregate_deductible", "percentage_deductible", "disappearing_deductible"}
SHARING = DEDUCTING | {"copayment", "coinsurance", "bands"}
