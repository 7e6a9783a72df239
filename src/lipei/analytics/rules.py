"""What the board's figures mean: effort of a colleague, the band of a good load, when a claim is stuck. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_high

from lipei.terms.words import Words

# Effort points of one open claim: to be worked on now, waiting for somebody else, and on top when it is complex.
POINTS_NOW, POINTS_WAITING, POINTS_COMPLEX = 2, 1, 2
BAND_PART = (1, 5)  # the band of a good load: a fifth below to a fifth above the middle colleague
STUCK_TIMES = 2  # a claim is stuck after twice the usual time of its stage …
STUCK_DAYS_MIN = 3  # … but never before this many days
USUAL_SAMPLES_MIN = 5  # fewer finished stages than this give no usual time
SERVICE_DAYS = 90
RATIO_SAMPLES_MIN = 1

HOW_EFFORT: tuple[Words, ...] = (
    Words("每件在办案件：轮到自己办 2 点，等别人 1 点；情形复杂再加 2 点。", "Each open claim: 2 points when it is one's own turn, 1 when others have to act; 2 more when it is complex."),
    Words("绿带：本机构中间那位同事的点数，上下五分之一。", "The green band: the points of the middle colleague of the branch, a fifth below to a fifth above."),
    Words("只算现在手上的案件，不算办过多少，也不比快慢。", "Only what is in hand now counts, not how much was done, nor how fast."),
)


def effort(now: int, waiting: int, complex_: int) -> int:
    """Points of a colleague: claims to work on now, claims waiting for others, and how many of both are complex."""
    return now * POINTS_NOW + waiting * POINTS_WAITING + complex_ * POINTS_COMPLEX


@dataclass(frozen=True, slots=True)
class Band:
    """A good load in points, from `low` to `high`."""

    low: int
    high: int


def band_of(points: tuple[int, ...]) -> Band | None:
    """The band around the middle colleague; None with fewer than three colleagues or no work at all."""
    if len(points) < 3 or not any(points):
        return None
    middle = median_high(points)
    part = max(1, middle * BAND_PART[0] // BAND_PART[1])
    return Band(max(0, middle - part), middle + part)


def days_shown(hours: int) -> Words:
    """Days with one decimal from whole hours: `6.2 天` / `6.2 days`; under a day the hours themselves."""
    if hours < 1:
        return Words("不到 1 小时", "under 1 hour")
    if hours < 24:
        return Words(f"{hours} 小时", f"{hours} hours" if hours > 1 else "1 hour")
    tenths = (hours * 10 + 12) // 24
    text = f"{tenths // 10}.{tenths % 10}"
    return Words(f"{text} 天", f"{text} days")


def stuck_after_days(usual_hours: int | None) -> int | None:
    """After how many whole days in a stage a claim counts as stuck; None when there is no usual time."""
    if usual_hours is None:
        return None
    return max(STUCK_DAYS_MIN, -(-usual_hours * STUCK_TIMES // 24))


def permille(part: int, whole: int) -> str | None:
    """`98.2%` from two counts; None when there is nothing to divide by."""
    if whole < RATIO_SAMPLES_MIN:
        return None
    tenths = (part * 1000 + whole // 2) // whole
    return f"{tenths // 10}.{tenths % 10}%"
