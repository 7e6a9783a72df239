"""Where bars, dots and marks stand: positions computed from whole numbers, handed to SVG as attributes. Pure.

The content policy of the pages allows no inline style, so a length is an SVG attribute (`width="36.1%"`, `height="56"`),
never a `style`. Amounts are fen; a position is text in per cent of the drawing's width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

HUNDREDTHS = 10_000  # a whole, in hundredths of a per cent
FULL = "100%"


def part_of(value: object, name: str, default: Any = None) -> Any:
    """`name` of a row that may be a mapping or an object; `default` where it has none or it is None."""
    found = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
    return default if found is None else found


def hundredths(part: int, whole: int) -> int:
    """`part` in hundredths of a per cent of `whole`, kept between nothing and all of it; half up."""
    if whole <= 0:
        return 0
    return max(0, min(HUNDREDTHS, (2 * part * HUNDREDTHS + whole) // (2 * whole)))


def percent(value: int) -> str:
    """`3610` → `36.1%`: hundredths of a per cent as SVG reads them."""
    whole, rest = divmod(value, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def share(part: int, whole: int) -> str:
    """`share(2467033, 6842050)` → `36.06%`."""
    return percent(hundredths(part, whole))


@dataclass(frozen=True, slots=True)
class Fallen:
    """One row of the money waterfall with the place of its bar."""

    row: Any
    left: str
    width: str


def fall(rows: Iterable[Any]) -> list[Fallen]:
    """The waterfall from the claimed to the owed amount: each cut hangs where the amount before it ended.

    Rows carry `amount` in fen (signed) and `kind`: `sum` starts, `minus` and `plus` move, `total` closes.
    The longest sum is the full width.
    """
    listed = list(rows)
    widest = max((abs(part_of(r, "amount", 0)) for r in listed), default=0)
    fallen, level = [], 0
    for row in listed:
        amount = part_of(row, "amount", 0)
        if part_of(row, "kind", "") in ("sum", "total"):
            level, low, high = abs(amount), 0, abs(amount)
        else:
            low, high = sorted((level, level + amount))
            level += amount
        fallen.append(Fallen(row, share(low, widest), share(high - low, widest)))
    return fallen


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of the claimed amount is left after a step (solid) and what the step took away (hatched)."""

    left: str
    cut: str


def kept(step: Any, claimed: int) -> Kept:
    """The bar of one step of the ladder: `before` and `after` in fen, of the `claimed` amount."""
    before, after = part_of(step, "before", 0), part_of(step, "after", 0)
    if part_of(step, "added", False):
        return Kept(share(after, claimed), "0%")
    return Kept(share(after, claimed), share(max(0, before - after), claimed))


@dataclass(frozen=True, slots=True)
class DueBar:
    """One day of the due chart and the height of its bar in pixels."""

    day: Any
    height: int


def due_bars(days: Sequence[Any], *, step: int, tallest: int) -> list[DueBar]:
    """Bars of `step` pixels for each claim, shrunk together when the tallest would pass `tallest` pixels."""
    numbers = [part_of(d, "number", 0) for d in days]
    most = max(numbers, default=0)
    if most * step <= tallest:
        return [DueBar(d, n * step) for d, n in zip(days, numbers, strict=True)]
    return [DueBar(d, max(2, n * tallest // most) if n else 0) for d, n in zip(days, numbers, strict=True)]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of authority on the scale: where it begins, how wide it is, whose it is."""

    row: Any
    left: str
    width: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels of authority side by side, and the place of this amount among them."""

    levels: list[Level]
    at: str
    turned: bool  # the amount's words stand left of the mark, because it is near the right end


def authority(levels: Sequence[Any], amount: int) -> Scale:
    """Each level wider than the one below it; inside a level the amount stands in proportion. Limits in fen, rising."""
    weights = [5 + n * n for n in range(len(levels))]
    whole = sum(weights)
    starts = [hundredths(sum(weights[:n]), whole) for n in range(len(levels) + 1)]
    limits = [0, *(part_of(level, "limit", 0) for level in levels)]
    drawn = [Level(v, percent(a), percent(b - a)) for v, (a, b) in zip(levels, pairwise(starts), strict=True)]
    at = HUNDREDTHS
    for (low, high), (start, end) in zip(pairwise(limits), pairwise(starts), strict=True):
        if amount <= high:
            at = start + (end - start) * max(0, amount - low) // max(1, high - low)
            break
    return Scale(drawn, percent(at), at > 8000)


@dataclass(frozen=True, slots=True)
class Dot:
    """One past decision on the strip."""

    row: Any
    x: str
    y: int
    unlike: Any
    turned: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the strip's axis."""

    x: str
    word: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The strip of similar decisions: dots over an axis of per cents, the usual band, and this claim."""

    dots: list[Dot]
    ticks: list[Tick]
    own: str
    own_word: str
    band_left: str
    band_width: str


STRIP_FLOOR = 56  # pixels from the top to the lowest dot
STRIP_STEP = 13
STRIP_LEVELS = 3
DOT_APART = 190  # hundredths of a per cent of the strip's width
EDGE = 500  # the axis keeps 5 % free at each end


def similar(decisions: Sequence[Any], *, own: int, low: int, high: int) -> Strip:
    """Ratios in per mille (385 = 38.5 %). The axis runs over whole tens of per cent that hold all of them."""
    ratios = sorted([*(part_of(d, "permille", 0) for d in decisions), own])
    first, last = ratios[0] // 50 * 50, -(-(ratios[-1] + 1) // 50) * 50
    last = max(last, first + 100)
    place = _placing(first, last)
    dots, row_ends = [], [-HUNDREDTHS] * STRIP_LEVELS
    for decision in sorted(decisions, key=lambda d: int(part_of(d, "permille", 0))):
        x = place(part_of(decision, "permille", 0))
        level = next((n for n, end in enumerate(row_ends) if x - end >= DOT_APART), STRIP_LEVELS - 1)
        row_ends[level] = x
        y = STRIP_FLOOR - STRIP_STEP * level
        dots.append(Dot(decision, percent(x), y, part_of(decision, "unlike", ""), x > 8000))
    step = 50 if last - first <= 400 else 100
    ticks = [Tick(percent(place(v)), f"{v // 10}%") for v in range(first, last + 1, step)]
    own_word = f"{own // 10}.{own % 10}%"
    band = place(low), place(high)
    return Strip(dots, ticks, percent(place(own)), own_word, percent(band[0]), percent(band[1] - band[0]))


def _placing(first: int, last: int) -> Callable[[int], int]:
    """The place of a per-mille value on the axis, in hundredths of a per cent of the drawing."""

    def place(value: int) -> int:
        return EDGE + (HUNDREDTHS - 2 * EDGE) * max(0, min(last - first, value - first)) // (last - first)

    return place
