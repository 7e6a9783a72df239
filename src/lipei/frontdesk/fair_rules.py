"""Hard contacts shared out fairly, and the break after one: it protects the person and ranks nobody. Pure.

A hard contact is a visit in which the calm mode was needed, a threat was uttered, or which took very long. Its weight says how
much it asks of a person; a visit counts once, by its heaviest kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lipei.filing.refusal import Missing
from lipei.terms.words import Words

WEIGHTS: dict[str, int] = {"long": 1, "calm": 2, "threat": 3}
KINDS: dict[str, Words] = {
    "long": Words("谈得很久", "Very long"),
    "calm": Words("用了安抚", "Calm mode"),
    "threat": Words("受到威胁", "A threat"),
}
LONG_MINUTES = 60
RECENT_DAYS = 7
BREAK_MINUTES: tuple[int, ...] = (10, 15, 20)
BREAKS_A_DAY_MAX = 6
BREAK_WITHIN_MINUTES = 60
"""How long after a hard contact the break is offered."""


def looks_hard(*, purpose: str, priority: str) -> bool:
    """Whether a ticket foretells a hard contact: a complaint, or somebody who said that they are worried or in grief."""
    return purpose == "complaint" or priority == "distressed"


@dataclass(frozen=True, slots=True)
class Hard:
    """One hard contact of one colleague's; `visit` groups the kinds that belong to one visit."""

    user_id: int
    visit: int
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Load:
    """What hard contacts have asked of one colleague lately: how many visits, their weight, the last one."""

    user_id: int
    visits: int
    weight: int
    last_at: datetime | None


def loads(hards: Iterable[Hard], *, of: Iterable[int], at: datetime) -> tuple[Load, ...]:
    """The load of each colleague in `of` over the last `RECENT_DAYS`, in the order given."""
    since = at - timedelta(days=RECENT_DAYS)
    heaviest: dict[tuple[int, int], Hard] = {}
    for hard in hards:
        key = (hard.user_id, hard.visit)
        if since < hard.at <= at and (key not in heaviest or WEIGHTS[hard.kind] > WEIGHTS[heaviest[key].kind]):
            heaviest[key] = hard
    found = []
    for user_id in of:
        own = [h for (user, _), h in heaviest.items() if user == user_id]
        found.append(Load(user_id, len(own), sum(WEIGHTS[h.kind] for h in own), max((h.at for h in own), default=None)))
    return tuple(found)


def next_for_hard(given: Iterable[Load], *, resting: frozenset[int] = frozenset()) -> int | None:
    """Who is proposed for the next hard contact: the lightest load, then whose last one lies furthest back; never somebody on a break."""
    free = [load for load in given if load.user_id not in resting]
    if not free:
        return None
    return min(free, key=lambda load: (load.weight, load.last_at.timestamp() if load.last_at else 0.0, load.user_id)).user_id


def lighter_than(given: Iterable[Load], *, holder_id: int, resting: frozenset[int] = frozenset()) -> int | None:
    """Who is proposed to take a hard contact instead of its holder; None when nobody has had less."""
    known = list(given)
    chosen = next_for_hard(known, resting=resting)
    weights = {load.user_id: load.weight for load in known}
    return chosen if chosen is not None and weights[chosen] < weights.get(holder_id, 0) else None


def may_rest(hards: Iterable[Hard], *, user_id: int, minutes: int, breaks_today: int, at: datetime) -> list[Missing]:
    """A break is taken after a hard contact of one's own within the hour, for one of the lengths on the list."""
    faults: list[Missing] = []
    since = at - timedelta(minutes=BREAK_WITHIN_MINUTES)
    if not any(h.user_id == user_id and since <= h.at <= at for h in hards):
        faults.append(Missing(Words("一小时内没有难办的接待", "There was no hard contact within the last hour"),
                              do=Words("想歇一歇，直接和主管说。", "If you need a pause, just tell your supervisor.")))
    if minutes not in BREAK_MINUTES:
        told = "、".join(str(m) for m in BREAK_MINUTES)
        faults.append(Missing(Words(f"歇多久请从 {told} 分钟里选", f"Choose how long: {', '.join(str(m) for m in BREAK_MINUTES)} minutes"), field="minutes"))
    if breaks_today >= BREAKS_A_DAY_MAX:
        faults.append(Missing(Words(f"今天已经歇了 {breaks_today} 次", f"You have taken {breaks_today} breaks today"),
                              do=Words("今天对您太重了，请和主管商量换班。", "Today asks too much of you; speak with your supervisor about a change of shift.")))
    return faults
